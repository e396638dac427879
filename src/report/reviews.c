/* Verdicts that the machine left open, and what people decided. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

enum { TIME, ID, SCENARIO, POINT, VERDICT, WORDS, BY, REASON, COLUMNS };
static const char *const header[COLUMNS] = {"time",    "id",    "scenario", "point",
                                            "verdict", "words", "by",       "reason"};

static char *table_of(const char *data) {
    struct buffer path = {0};
    file_join(&path, data, "reviews/decisions.csv");
    return buffer_release(&path);
}

/* ---- what waits ---- */

struct walk {
    struct report_reviews *reviews;
    const char *data;
    enum language language;
    const struct record *record;
    struct record_opening opening;
    struct scenario *scenario; /* NULL until a point's sentence is wanted */
};

static const char *sentence_of(struct walk *walk, const char *point) {
    struct arena *arena = walk->reviews->arena;
    struct record_opening opening;
    if (!walk->scenario)
        walk->scenario = seat_scenario_of(walk->data, walk->record, &opening, arena, NULL);
    int index = walk->scenario ? scenario_point(walk->scenario, point) : -1;
    return arena_text(arena,
                      index < 0 ? point : walk->scenario->points[index].text.in[walk->language]);
}

static void add_review(struct walk *walk, const struct record_row *row, const char *point) {
    struct report_reviews *reviews = walk->reviews;
    struct arena *arena = reviews->arena;
    reviews->items = memory_reserve(reviews->items, &reviews->capacity, reviews->count + 1,
                                    sizeof *reviews->items);
    reviews->items[reviews->count++] =
        (struct report_review){.record = arena_text(arena, walk->record->path),
                               .id = report_row_id(arena, walk->record->path, row->row),
                               .trainee = walk->opening.trainee,
                               .scenario_id = walk->opening.scenario_id,
                               .start = arena_text(arena, walk->opening.start),
                               .point = arena_text(arena, point),
                               .text = sentence_of(walk, point),
                               .words = arena_text(arena, row->text),
                               .verdict = "",
                               .by = "",
                               .reason = "",
                               .time = ""};
}

/* The last row in which this point was left open: later ones say more of it. */
static const struct record_row *row_of_point(const struct record *record, const char *point) {
    const struct record_row *found = NULL;
    for (size_t i = 1; i < record->count; i++) {
        const struct record_row *row = &record->rows[i];
        const cJSON *item;
        if (strcmp(row->kind, event_kind_word(EVENT_TYPED)) != 0 || !strstr(row->data, point))
            continue;
        cJSON *data = json_parse_line(row->data, strlen(row->data), NULL);
        cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(data, "points")) {
            const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "id"));
            const char *verdict =
                cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "verdict"));
            if (id && verdict && !strcmp(id, point) &&
                !strcmp(verdict, verdict_name(VERDICT_UNSURE)))
                found = row;
        }
        cJSON_Delete(data);
    }
    return found;
}

/* The closing row names what was left open. */
static void take_closing(struct walk *walk, const cJSON *closing) {
    const cJSON *verdict;
    cJSON_ArrayForEach(verdict, cJSON_GetObjectItemCaseSensitive(closing, "verdicts")) {
        const char *word = cJSON_GetStringValue(verdict);
        if (!word || strcmp(word, verdict_name(VERDICT_UNSURE)) != 0)
            continue;
        const struct record_row *row = row_of_point(walk->record, verdict->string);
        if (row)
            add_review(walk, row, verdict->string);
    }
}

static void take_record(struct walk *walk) {
    const struct record *record = walk->record;
    const struct record_row *last = &record->rows[record->count - 1];
    cJSON *closing = json_parse_line(last->data, strlen(last->data), NULL);
    if (record_opening_from_row(&record->rows[0], &walk->opening, walk->reviews->arena, NULL))
        take_closing(walk, closing);
    else
        walk->reviews->unreadable++;
    cJSON_Delete(closing);
    scenario_free(walk->scenario);
    walk->scenario = NULL;
}

/* ---- what was decided ---- */

static bool take_decision(void *user, size_t number, const char *const *fields) {
    struct report_reviews *reviews = user;
    for (size_t i = 0; i < reviews->count; i++) {
        struct report_review *review = &reviews->items[i];
        if (strcmp(review->id, fields[ID]) != 0 || strcmp(review->point, fields[POINT]) != 0)
            continue;
        review->verdict = arena_text(reviews->arena, fields[VERDICT]);
        review->by = arena_text(reviews->arena, fields[BY]);
        review->reason = arena_text(reviews->arena, fields[REASON]);
        review->time = arena_text(reviews->arena, fields[TIME]);
    }
    (void)number;
    return true;
}

static bool read_decisions(const char *data, struct report_reviews *reviews, struct error *error) {
    char *path = table_of(data);
    bool good = table_read(path, header, COLUMNS, take_decision, reviews, error);
    free(path);
    return good;
}

static bool walk_records(const char *data, enum language language, struct report_reviews *reviews,
                         struct error *error) {
    struct record_summary *summaries;
    size_t count;
    if (!record_history(data, &summaries, &count, &reviews->unreadable, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct record *record = record_read(summaries[i].path, NULL);
        struct walk walk = {
            .reviews = reviews, .data = data, .language = language, .record = record};
        if (record && record->state == RECORD_COMPLETE)
            take_record(&walk);
        else
            reviews->unreadable++;
        record_free(record);
    }
    record_history_free(summaries, count);
    return true;
}

bool report_reviews(const char *data, enum language language, struct report_reviews *reviews,
                    struct error *error) {
    *reviews = (struct report_reviews){.arena = arena_new()};
    return walk_records(data, language, reviews, error) && read_decisions(data, reviews, error);
}

void report_reviews_free(struct report_reviews *reviews) {
    free(reviews->items);
    arena_free(reviews->arena);
    *reviews = (struct report_reviews){0};
}

bool report_decide(const char *data, const struct report_review *review,
                   const struct report_decision *decision, struct error *error) {
    const char *const fields[COLUMNS] = {decision->time, review->id,        review->scenario_id,
                                         review->point,  decision->verdict, review->words,
                                         decision->by,   decision->reason};
    char *path = table_of(data);
    bool added = table_add(path, header, COLUMNS, fields, error);
    free(path);
    return added;
}

/* ---- the second scorecard ---- */

static void decide_points(const struct report_reviews *reviews, struct call *call,
                          struct report_decided *score) {
    for (size_t i = 0; i < reviews->count; i++) {
        const struct report_review *review = &reviews->items[i];
        int point = scenario_point(call_scenario(call), review->point);
        int verdict = verdict_from(review->verdict);
        if (point >= 0 && verdict >= 0 && call_decide(call, (uint32_t)point, (enum verdict)verdict))
            score->decided++;
        else
            score->open++;
    }
}

static bool score_again(const char *data, const struct record *record,
                        const struct report_reviews *reviews, struct report_decided *score,
                        struct error *error) {
    struct record_opening opening;
    struct record_fold fold;
    uint32_t bad_row;
    struct scenario *scenario = seat_scenario_of(data, record, &opening, reviews->arena, error);
    if (!scenario)
        return false;
    bool good = record_refold(record, scenario, &fold, NULL, NULL, &bad_row, error);
    if (good) {
        scorecard_close(fold.scorecard, fold.call);
        score->recorded_tenths = fold.scorecard->q_tenths;
        score->recorded_pass = fold.scorecard->pass;
        decide_points(reviews, fold.call, score);
        scorecard_close(fold.scorecard, fold.call);
        score->decided_tenths = fold.scorecard->q_tenths;
        score->decided_pass = fold.scorecard->pass;
    }
    record_fold_free(&fold);
    scenario_free(scenario);
    return good;
}

bool report_decided_score(const char *data, const char *path, struct report_decided *score,
                          struct error *error) {
    struct report_reviews reviews = {.arena = arena_new()};
    struct record *record = record_read(path, error);
    *score = (struct report_decided){0};
    bool good = record != NULL;
    if (good && record->state == RECORD_COMPLETE) {
        struct walk walk = {.reviews = &reviews, .data = data, .record = record};
        take_record(&walk);
        good = read_decisions(data, &reviews, error) &&
               score_again(data, record, &reviews, score, error);
    } else if (good) {
        good = error_set(error, _("%s is not closed: only closed calls are reviewed"), path);
    }
    record_free(record);
    report_reviews_free(&reviews);
    return good;
}
