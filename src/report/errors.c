/* What a group gets wrong most: from the verdicts in the closing rows, point by point. */
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

static struct report_error *error_of(struct report_errors *errors, const char *scenario_id,
                                     const char *point) {
    for (size_t i = 0; i < errors->count; i++)
        if (!strcmp(errors->items[i].scenario_id, scenario_id) &&
            !strcmp(errors->items[i].point, point))
            return &errors->items[i];
    errors->items =
        memory_reserve(errors->items, &errors->capacity, errors->count + 1, sizeof *errors->items);
    struct report_error *error = &errors->items[errors->count++];
    *error = (struct report_error){.scenario_id = arena_text(errors->arena, scenario_id),
                                   .point = arena_text(errors->arena, point)};
    return error;
}

static void count_verdicts(struct report_errors *errors, const char *scenario_id,
                           const cJSON *verdicts) {
    const cJSON *verdict;
    cJSON_ArrayForEach(verdict, verdicts) {
        if (!cJSON_IsString(verdict))
            continue;
        struct report_error *error = error_of(errors, scenario_id, verdict->string);
        error->counted++;
        error->missed += strcmp(verdict->valuestring, "MET") != 0;
    }
}

/* The sentence of each point of this script that has none yet, from the script as it was played. */
static void take_texts(struct report_errors *errors, const struct scenario *scenario,
                       enum language language) {
    for (size_t i = 0; i < errors->count; i++) {
        struct report_error *error = &errors->items[i];
        int point = scenario_point(scenario, error->point);
        if (error->text || point < 0 || strcmp(error->scenario_id, scenario->id) != 0)
            continue;
        error->text = arena_text(errors->arena, scenario->points[point].text.in[language]);
        error->action = scenario->points[point].action;
    }
}

static bool lacks_text(const struct report_errors *errors, const char *scenario_id) {
    for (size_t i = 0; i < errors->count; i++)
        if (!errors->items[i].text && !strcmp(errors->items[i].scenario_id, scenario_id))
            return true;
    return false;
}

static void count_record(struct report_errors *errors, const char *data,
                         const struct record *record, enum language language) {
    const struct record_row *last = &record->rows[record->count - 1];
    struct record_opening opening;
    cJSON *closing = json_parse_line(last->data, strlen(last->data), NULL);
    struct scenario *scenario = NULL;
    if (closing && record_opening_from_row(&record->rows[0], &opening, errors->arena, NULL)) {
        errors->calls++;
        errors->passes += cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(closing, "pass"));
        count_verdicts(errors, opening.scenario_id,
                       cJSON_GetObjectItemCaseSensitive(closing, "verdicts"));
        if (lacks_text(errors, opening.scenario_id))
            scenario = seat_scenario_of(data, record, &opening, errors->arena, NULL);
    }
    if (scenario)
        take_texts(errors, scenario, language);
    scenario_free(scenario);
    cJSON_Delete(closing);
}

/* Most often missed first; then by name, so that the order is the same every time. */
static int by_misses(const void *a, const void *b) {
    const struct report_error *x = a, *y = b;
    uint64_t left = (uint64_t)x->missed * y->counted, right = (uint64_t)y->missed * x->counted;
    if (left != right)
        return left < right ? 1 : -1;
    if (x->counted != y->counted)
        return x->counted < y->counted ? 1 : -1;
    int scenario = strcmp(x->scenario_id, y->scenario_id);
    return scenario ? scenario : strcmp(x->point, y->point);
}

static void drop_what_nobody_missed(struct report_errors *errors) {
    size_t kept = 0;
    for (size_t i = 0; i < errors->count; i++)
        if (errors->items[i].missed)
            errors->items[kept++] = errors->items[i];
    errors->count = kept;
}

bool report_common_errors(const char *data, enum language language, struct report_errors *errors,
                          struct error *error) {
    struct record_summary *summaries;
    size_t count;
    *errors = (struct report_errors){.arena = arena_new()};
    if (!record_history(data, &summaries, &count, &errors->unreadable, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct record *record = record_read(summaries[i].path, NULL);
        if (record && record->state == RECORD_COMPLETE)
            count_record(errors, data, record, language);
        else
            errors->unreadable++;
        record_free(record);
    }
    record_history_free(summaries, count);
    drop_what_nobody_missed(errors);
    if (errors->count)
        qsort(errors->items, errors->count, sizeof *errors->items, by_misses);
    return true;
}

void report_errors_free(struct report_errors *errors) {
    free(errors->items);
    arena_free(errors->arena);
    *errors = (struct report_errors){0};
}
