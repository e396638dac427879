/* What a group gets wrong most: the verdicts of the closing rows, point by point. */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

struct asking {
    struct report_errors *errors;
    enum language language;
};

static void take_error(void *user, sqlite3_stmt *row) {
    struct asking *asking = user;
    struct report_errors *errors = asking->errors;
    const char *text =
        (const char *)sqlite3_column_text(row, asking->language == LANGUAGE_ZH ? 4 : 5);
    errors->items =
        memory_reserve(errors->items, &errors->capacity, errors->count + 1, sizeof *errors->items);
    errors->items[errors->count++] = (struct report_error){
        .scenario_id = arena_text(errors->arena, (const char *)sqlite3_column_text(row, 0)),
        .point = arena_text(errors->arena, (const char *)sqlite3_column_text(row, 1)),
        .text = text ? arena_text(errors->arena, text) : NULL,
        .action = (enum key_action)sqlite3_column_int(row, 6),
        .counted = (uint32_t)sqlite3_column_int64(row, 2),
        .missed = (uint32_t)sqlite3_column_int64(row, 3)};
}

static bool ask_errors(struct store *store, const struct report_filter *filter,
                       struct asking *asking, struct error *error) {
    struct buffer sql = {0};
    buffer_add_text(&sql,
                    "SELECT tally.scenario, tally.point, counted, missed, zh, en, action FROM "
                    "(SELECT call.scenario, point.point, count(*) AS counted, "
                    "sum(verdict <> 'MET') AS missed FROM call JOIN point ON point.call = "
                    "call.id");
    report_add_filter(&sql, filter);
    buffer_add_text(&sql, " GROUP BY 1, 2 HAVING missed > 0) AS tally LEFT JOIN wording ON "
                          "wording.scenario = tally.scenario AND wording.point = tally.point");
    bool good = report_ask(store, buffer_text(&sql), filter, take_error, asking, error);
    buffer_free(&sql);
    return good;
}

static bool ask_calls(struct store *store, const struct report_filter *filter,
                      struct report_errors *errors, struct error *error) {
    struct report_figures figures;
    int64_t unreadable = 0;
    bool good = report_figures(store, REPORT_ALL, filter, &figures, error) &&
                report_unreadable(store, &unreadable, error);
    if (good && figures.count) {
        errors->calls = (uint32_t)figures.items[0].calls;
        errors->passes = (uint32_t)figures.items[0].shares[FIGURE_passed].hits;
    }
    errors->unreadable = (size_t)unreadable;
    report_figures_free(&figures);
    return good;
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

bool report_common_errors(struct store *store, const struct report_filter *filter,
                          enum language language, struct report_errors *errors,
                          struct error *error) {
    struct asking asking = {errors, language};
    *errors = (struct report_errors){.arena = arena_new()};
    if (!ask_calls(store, filter, errors, error) || !ask_errors(store, filter, &asking, error))
        return false;
    if (errors->count)
        qsort(errors->items, errors->count, sizeof *errors->items, by_misses);
    return true;
}

void report_errors_free(struct report_errors *errors) {
    free(errors->items);
    arena_free(errors->arena);
    *errors = (struct report_errors){0};
}
