#include "store/fill.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STATEMENTS(X)                                                                              \
    X(FILE, "INSERT INTO file(day, name, size, mtime, state) VALUES(?,?,?,?,?)")                   \
    X(CALL,                                                                                        \
      "INSERT INTO call VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")    \
    X(STAGE, "INSERT INTO stage VALUES(?,?,?)")                                                    \
    X(POINT, "INSERT INTO point VALUES(?,?,?)")                                                    \
    X(REPLY, "INSERT INTO reply VALUES(?,?,?,?,?,?)")                                              \
    X(WORDING, "INSERT INTO wording VALUES(?,?,?,?,?,?) ON CONFLICT DO UPDATE SET "                \
               "version = excluded.version, action = excluded.action, zh = excluded.zh, "          \
               "en = excluded.en WHERE excluded.version >= wording.version")                       \
    X(DAY, "INSERT OR REPLACE INTO day VALUES(?,?)")

enum statement {
#define X(name, sql) INSERT_##name,
    STATEMENTS(X)
#undef X
        INSERT_COUNT
};
static const char *const statements[] = {
#define X(name, sql) sql,
    STATEMENTS(X)
#undef X
};

struct fill {
    sqlite3 *database;
    sqlite3_stmt *insert[INSERT_COUNT];
};

struct fill *fill_new(sqlite3 *database) {
    struct fill *fill = memory_new(sizeof *fill);
    fill->database = database;
    for (int i = 0; i < INSERT_COUNT; i++)
        if (sqlite3_prepare_v2(database, statements[i], -1, &fill->insert[i], NULL) != SQLITE_OK) {
            fill_free(fill);
            return NULL;
        }
    return fill;
}

void fill_free(struct fill *fill) {
    if (!fill)
        return;
    for (int i = 0; i < INSERT_COUNT; i++)
        sqlite3_finalize(fill->insert[i]);
    free(fill);
}

/* ---- one row ---- */

/* A row that is being made: columns are given one after the other. */
struct row {
    sqlite3_stmt *statement;
    int column;
};

static void text(struct row *row, const char *value) {
    sqlite3_bind_text(row->statement, ++row->column, value, -1, SQLITE_STATIC);
}

static void number(struct row *row, int64_t value) {
    sqlite3_bind_int64(row->statement, ++row->column, value);
}

static void number_or_null(struct row *row, int64_t value) {
    if (value == UNKNOWN)
        sqlite3_bind_null(row->statement, ++row->column);
    else
        number(row, value);
}

static bool done(struct row *row) {
    bool good = sqlite3_step(row->statement) == SQLITE_DONE;
    sqlite3_reset(row->statement);
    return good;
}

static struct row row_of(struct fill *fill, enum statement which) {
    return (struct row){fill->insert[which], 0};
}

/* ---- a record ---- */

static bool fill_call(struct fill *fill, int64_t id, const struct look *look) {
    struct row row = row_of(fill, INSERT_CALL);
    const struct record_opening *opening = &look->opening;
    char day[11];
    snprintf(day, sizeof day, "%.10s", opening->start);
    number(&row, id);
    text(&row, opening->trainee);
    text(&row, opening->scenario_id);
    number(&row, opening->scenario_version);
    text(&row, mode_word(opening->mode));
    text(&row, language_code(opening->language));
    text(&row, opening->start);
    text(&row, day);
    text(&row, look->outcome);
    text(&row, look->ending);
    number(&row, look->q_tenths);
    number(&row, look->pass);
    number(&row, look->critical);
    number(&row, look->unsure);
    number(&row, look->duration_ms);
    number_or_null(&row, look->frt_ms);
    number(&row, 1000 * (int64_t)(opening->frt_s ? opening->frt_s : FRT_S));
    number(&row, look->replies);
    number(&row, look->typed);
    number_or_null(&row, look->rating);
    const struct look_fold *fold = &look->fold;
    const int64_t folded[] = {fold->talk_ms, fold->hold_ms,     fold->after_ms,
                              fold->holds,   fold->silences,    fold->first_contact,
                              fold->solved,  fold->transferred, fold->complaint,
                              fold->defused, fold->error};
    for (size_t i = 0; i < sizeof folded / sizeof *folded; i++)
        number_or_null(&row, folded[i]);
    return done(&row);
}

static bool fill_stages(struct fill *fill, int64_t id, const struct look *look) {
    bool good = true;
    const cJSON *stage;
    cJSON_ArrayForEach(stage, look->stages) {
        struct row row = row_of(fill, INSERT_STAGE);
        if (!cJSON_IsNumber(stage) || stage->valuedouble < 0 || stage->valuedouble > 100)
            continue;
        number(&row, id);
        text(&row, stage->string);
        number(&row, lround(10 * stage->valuedouble));
        good = good && done(&row);
    }
    return good;
}

static bool fill_points(struct fill *fill, int64_t id, const struct look *look) {
    bool good = true;
    const cJSON *verdict;
    cJSON_ArrayForEach(verdict, look->verdicts) {
        struct row row = row_of(fill, INSERT_POINT);
        if (!cJSON_IsString(verdict))
            continue;
        number(&row, id);
        text(&row, verdict->string);
        text(&row, verdict->valuestring);
        good = good && done(&row);
    }
    return good;
}

static bool fill_replies(struct fill *fill, int64_t id, const struct look *look) {
    bool good = true;
    for (size_t i = 0; good && i < look->record->count; i++) {
        const struct record_row *reply = &look->record->rows[i];
        int kind = event_kind_from(reply->kind);
        if (kind != EVENT_REPLY && kind != EVENT_TYPED)
            continue;
        struct row row = row_of(fill, INSERT_REPLY);
        number(&row, id);
        number(&row, reply->row);
        number(&row, reply->t_ms);
        number(&row, kind == EVENT_TYPED);
        text(&row, reply->node);
        text(&row, reply->ref);
        good = done(&row);
    }
    return good;
}

static bool fill_wordings(struct fill *fill, const struct scenario *scenario) {
    bool good = true;
    for (uint32_t i = 0; good && i < scenario->point_count; i++) {
        const struct point *point = &scenario->points[i];
        struct row row = row_of(fill, INSERT_WORDING);
        text(&row, scenario->id);
        text(&row, point->id);
        number(&row, scenario->version);
        number(&row, point->action);
        text(&row, point->text.in[LANGUAGE_ZH]);
        text(&row, point->text.in[LANGUAGE_EN]);
        good = done(&row);
    }
    return good;
}

bool fill_record(struct fill *fill, const struct store_todo *todo, const struct look *look) {
    struct row row = row_of(fill, INSERT_FILE);
    text(&row, todo->day);
    text(&row, todo->name);
    number(&row, todo->size);
    number(&row, todo->mtime);
    number(&row, look->state);
    if (!done(&row))
        return false;
    int64_t id = sqlite3_last_insert_rowid(fill->database);
    return look->state != STORE_CALL ||
           (fill_call(fill, id, look) && fill_stages(fill, id, look) &&
            fill_points(fill, id, look) && fill_replies(fill, id, look) &&
            (!look->first_met || fill_wordings(fill, look->scenario)));
}

bool fill_day(struct fill *fill, const struct store_day *day) {
    struct row row = row_of(fill, INSERT_DAY);
    text(&row, day->name);
    number(&row, day->mtime);
    return done(&row);
}
