/* Figures of groups of calls, asked of the index. */
#include "report/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- shares ---- */

/* Half up, in whole numbers. */
int64_t report_thousandths(struct report_share share) {
    return share.count ? (2000 * share.hits + share.count) / (2 * share.count) : 0;
}

void report_interval(struct report_share share, double *low, double *high) {
    const double z = 1.959963984540054; /* of 95 % */
    double n = (double)share.count, p = share.count ? (double)share.hits / n : 0;
    *low = 0, *high = 1;
    if (!share.count)
        return;
    double middle = p + z * z / (2 * n), width = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    *low = share.hits ? (middle - width) / (1 + z * z / n) : 0;
    *high = share.hits < share.count ? (middle + width) / (1 + z * z / n) : 1;
}

bool report_enough(struct report_share share) {
    return share.count >= REPORT_ENOUGH;
}

/* ---- asking ---- */

void report_add_filter(struct buffer *sql, const struct report_filter *filter) {
    buffer_add_text(sql, " WHERE 1");
    if (filter->trainee)
        buffer_add_text(sql, " AND call.trainee = ?1");
    if (filter->scenario)
        buffer_add_text(sql, " AND call.scenario = ?2");
    if (filter->since)
        buffer_add_text(sql, " AND call.day >= ?3");
    if (filter->until)
        buffer_add_text(sql, " AND call.day <= ?4");
    if (filter->mode)
        buffer_add_text(sql, " AND call.mode = ?5");
}

static void bind_filter(sqlite3_stmt *statement, const struct report_filter *filter) {
    const char *const texts[] = {filter->trainee, filter->scenario, filter->since, filter->until,
                                 filter->mode};
    for (int i = 0; i < 5; i++)
        if (texts[i])
            sqlite3_bind_text(statement, i + 1, texts[i], -1, SQLITE_STATIC);
}

static int ask_once(struct store *store, const char *sql, const struct report_filter *filter,
                    report_answer *answer, void *user) {
    sqlite3_stmt *statement = NULL;
    int step = sqlite3_prepare_v2(store_database(store), sql, -1, &statement, NULL);
    if (step == SQLITE_OK) {
        bind_filter(statement, filter);
        while ((step = sqlite3_step(statement)) == SQLITE_ROW)
            answer(user, statement);
    }
    sqlite3_finalize(statement);
    return step;
}

bool report_ask(struct store *store, const char *sql, const struct report_filter *filter,
                report_answer *answer, void *user, struct error *error) {
    if (ask_once(store, sql, filter, answer, user) == SQLITE_DONE)
        return true;
    return error_set(error, _("the index of the calls can't be used: %s"),
                     sqlite3_errmsg(store_database(store)));
}

/* ---- figures ---- */

#define STRING_OF(number) #number
#define STRING(number) STRING_OF(number)

/* In the order of enum report_figure: hits and count of each share. */
#define X(name, hits, count, label) "sum(" hits "), " count ", "
static const char columns[] = REPORT_FIGURES(X);
#undef X

static const char *const group_columns[] = {"''", "call.trainee", "call.scenario", "call.day"};

static void take_figures(void *user, sqlite3_stmt *row) {
    struct report_figures *figures = user;
    figures->items = memory_reserve(figures->items, &figures->capacity, figures->count + 1,
                                    sizeof *figures->items);
    struct report_group *group = &figures->items[figures->count++];
    int column = 0;
    for (int i = 0; i < FIGURE_COUNT; i++) {
        group->shares[i].hits = sqlite3_column_int64(row, column++);
        group->shares[i].count = sqlite3_column_int64(row, column++);
    }
    group->name = arena_text(figures->arena, (const char *)sqlite3_column_text(row, column++));
    group->calls = sqlite3_column_int64(row, column++);
    group->q_sum = sqlite3_column_int64(row, column++);
    group->unsure = sqlite3_column_int64(row, column++);
    group->frt_sum = sqlite3_column_int64(row, column++);
    group->frt_target_sum = sqlite3_column_int64(row, column++);
    group->replied = sqlite3_column_int64(row, column++);
    group->aht_sum = sqlite3_column_int64(row, column++);
    group->aht_under = sqlite3_column_int64(row, column++);
    group->aht_over = sqlite3_column_int64(row, column++);
}

bool report_figures(struct store *store, enum report_by by, const struct report_filter *filter,
                    struct report_figures *figures, struct error *error) {
    struct buffer sql = {0};
    *figures = (struct report_figures){.arena = arena_new()};
    buffer_printf(&sql,
                  "SELECT %s%s, count(*), sum(q), sum(unsure), sum(frt), sum(CASE WHEN frt IS NOT "
                  "NULL THEN frt_target END), count(frt), sum(duration), sum(duration < %d), "
                  "sum(duration > %d) FROM call",
                  columns, group_columns[by], AHT_FROM, AHT_UNTIL);
    report_add_filter(&sql, filter);
    if (by == REPORT_ALL)
        buffer_add_text(&sql, " HAVING count(*)");
    else
        buffer_printf(&sql, " GROUP BY %s ORDER BY %s", group_columns[by], group_columns[by]);
    bool good = report_ask(store, buffer_text(&sql), filter, take_figures, figures, error);
    buffer_free(&sql);
    return good;
}

void report_figures_free(struct report_figures *figures) {
    free(figures->items);
    arena_free(figures->arena);
    *figures = (struct report_figures){0};
}

static void take_number(void *user, sqlite3_stmt *row) {
    *(int64_t *)user = sqlite3_column_int64(row, 0);
}

bool report_unreadable(struct store *store, int64_t *count, struct error *error) {
    const struct report_filter all = {0};
    return report_ask(store, "SELECT count(*) FROM file WHERE state = 2", &all, take_number, count,
                      error);
}

/* ---- stages ---- */

static void take_stage(void *user, sqlite3_stmt *row) {
    struct report_stages *stages = user;
    const char *word = (const char *)sqlite3_column_text(row, 0);
    for (int i = 0; i < STAGE_COUNT; i++)
        if (!strcmp(stage_word((enum stage)i), word)) {
            stages->q_sum[i] = sqlite3_column_int64(row, 1);
            stages->passed[i] =
                (struct report_share){sqlite3_column_int64(row, 2), sqlite3_column_int64(row, 3)};
        }
}

static void take_action(void *user, sqlite3_stmt *row) {
    struct report_stages *stages = user;
    int64_t action = sqlite3_column_int64(row, 0);
    if (action >= 0 && action < ACTION_COUNT)
        stages->met[action] =
            (struct report_share){sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2)};
}

bool report_stages(struct store *store, const struct report_filter *filter,
                   struct report_stages *stages, struct error *error) {
    struct buffer sql = {0};
    *stages = (struct report_stages){0};
    buffer_printf(&sql,
                  "SELECT stage.stage, sum(stage.q), sum(stage.q >= %d), count(*) FROM call JOIN "
                  "stage ON stage.call = call.id",
                  10 * PASS_STAGE);
    report_add_filter(&sql, filter);
    buffer_add_text(&sql, " GROUP BY stage.stage");
    bool good = report_ask(store, buffer_text(&sql), filter, take_stage, stages, error);
    buffer_clear(&sql);
    buffer_add_text(&sql, "SELECT action, sum(met), sum(counted) FROM (SELECT call.scenario, "
                          "point.point, count(*) AS counted, sum(verdict = 'MET') AS met FROM call "
                          "JOIN point ON point.call = call.id");
    report_add_filter(&sql, filter);
    buffer_add_text(&sql, " GROUP BY 1, 2) AS tally JOIN wording ON wording.scenario = "
                          "tally.scenario AND wording.point = tally.point GROUP BY action");
    good = good && report_ask(store, buffer_text(&sql), filter, take_action, stages, error);
    buffer_free(&sql);
    return good;
}
