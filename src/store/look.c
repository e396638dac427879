/* A record's ends and rows, and the fold over its script. What rows alone say (first reply, length,
 * marks) is taken from them, so that a record whose script was lost still counts there. */
#include "store/look.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- scripts ---- */

#define SCRIPTS 64 /* kept at a time */

struct look_script {
    char *bundle;
    struct scenario *scenario; /* NULL: can't be had */
};
struct look_scripts {
    const char *data;
    struct look_script items[SCRIPTS];
    size_t count;
};

struct look_scripts *look_scripts_new(const char *data) {
    struct look_scripts *scripts = memory_new(sizeof *scripts);
    scripts->data = data;
    return scripts;
}

static void forget_scripts(struct look_scripts *scripts) {
    for (size_t i = 0; i < scripts->count; i++) {
        free(scripts->items[i].bundle);
        scenario_free(scripts->items[i].scenario);
    }
    scripts->count = 0;
}

void look_scripts_free(struct look_scripts *scripts) {
    forget_scripts(scripts);
    free(scripts);
}

static const struct scenario *script_of(struct look_scripts *scripts, struct look *look) {
    for (size_t i = 0; i < scripts->count; i++)
        if (!strcmp(scripts->items[i].bundle, look->opening.bundle))
            return scripts->items[i].scenario;
    if (scripts->count == SCRIPTS)
        forget_scripts(scripts);
    struct look_script *script = &scripts->items[scripts->count++];
    struct record_opening opening;
    script->bundle = memory_text(look->opening.bundle);
    script->scenario = seat_scenario_of(scripts->data, look->record, &opening, look->arena, NULL);
    look->first_met = script->scenario != NULL;
    return script->scenario;
}

/* ---- rows ---- */

static void look_at_rows(struct look *look) {
    const struct record *record = look->record;
    look->frt_ms = UNKNOWN;
    look->duration_ms = record->rows[record->count - 1].t_ms;
    for (size_t i = 0; i < record->count; i++) {
        int kind = event_kind_from(record->rows[i].kind);
        if (kind != EVENT_REPLY && kind != EVENT_TYPED)
            continue;
        look->replies++;
        look->typed += kind == EVENT_TYPED;
        if (look->frt_ms == UNKNOWN)
            look->frt_ms = record->rows[i].t_ms;
    }
}

static const cJSON *member(const cJSON *object, const char *key) {
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static bool is_outcome(const cJSON *word) {
    for (int i = 0; cJSON_IsString(word) && i < OUTCOME_COUNT; i++)
        if (!strcmp(outcome_word((enum outcome)i), word->valuestring))
            return true;
    return false;
}

static bool look_at_closing(struct look *look) {
    const struct record_row *last = &look->record->rows[look->record->count - 1];
    const cJSON *closing = look->closing = json_parse_line(last->data, strlen(last->data), NULL);
    const cJSON *q = member(closing, "q"), *rating = member(closing, "rating");
    const cJSON *ending = member(closing, "ending"), *verdict;
    if (!is_outcome(member(closing, "outcome")) || !cJSON_IsNumber(q) || q->valuedouble < 0 ||
        q->valuedouble > 100 || !cJSON_IsBool(member(closing, "pass")))
        return false;
    look->outcome = member(closing, "outcome")->valuestring;
    look->ending = cJSON_IsString(ending) ? ending->valuestring : "";
    look->q_tenths = lround(10 * q->valuedouble);
    look->pass = cJSON_IsTrue(member(closing, "pass"));
    look->critical = cJSON_IsTrue(member(closing, "critical"));
    look->rating = cJSON_IsNumber(rating) && rating->valuedouble >= 1 && rating->valuedouble <= 5
                       ? (int)rating->valuedouble
                       : UNKNOWN;
    look->stages = member(closing, "stages");
    look->verdicts = member(closing, "verdicts");
    cJSON_ArrayForEach(verdict, look->verdicts) look->unsure |=
        cJSON_IsString(verdict) && !strcmp(verdict->valuestring, "UNSURE");
    return true;
}

/* ---- the fold ---- */

static bool did_harm(const struct call *call, const struct scenario *scenario) {
    for (uint32_t i = 0; i < scenario->point_count; i++) {
        const struct point *point = &scenario->points[i];
        if (point->kind == POINT_CRITICAL && point->harm != HARM_CUSTOMER &&
            !call_point(call, i).halves)
            return true;
    }
    return false;
}

static void take_fold(struct look_fold *found, const struct record_fold *fold) {
    const struct scorecard *scorecard = fold->scorecard;
    struct call_view view;
    call_view(fold->call, &view);
    found->talk_ms = scorecard->kpi.talk_ms;
    found->hold_ms = scorecard->kpi.hold_ms;
    found->after_ms = scorecard->kpi.after_ms;
    found->holds = (int)scorecard->kpi.holds;
    found->silences = (int)scorecard->kpi.silences;
    found->first_contact = scorecard->first_contact;
    found->solved = scorecard->case_closed && !scorecard->critical;
    found->transferred = view.transferred || view.outcome == OUTCOME_TRANSFERRED;
    found->complaint = fold->scenario->complaint_type != COMPLAINT_NONE || view.supervisor;
    found->defused =
        found->complaint && scorecard->case_closed && feeling_of(view.mood) >= FEELING_CALM;
    found->error = did_harm(fold->call, fold->scenario);
}

static void look_at_fold(struct look *look, struct look_scripts *scripts) {
    struct record_fold fold;
    uint32_t bad_row;
    look->fold = (struct look_fold){UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN,
                                    UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN};
    look->scenario = script_of(scripts, look);
    if (!look->scenario)
        return;
    if (record_refold(look->record, look->scenario, &fold, NULL, NULL, &bad_row, NULL))
        take_fold(&look->fold, &fold);
    record_fold_free(&fold);
}

void look_at(const char *path, struct look_scripts *scripts, struct look *look) {
    *look = (struct look){.state = STORE_UNREADABLE, .arena = arena_new()};
    look->record = record_read(path, NULL);
    if (!look->record || look->record->state != RECORD_COMPLETE ||
        !record_opening_from_row(&look->record->rows[0], &look->opening, look->arena, NULL) ||
        !look_at_closing(look))
        return;
    look->state = look->opening.at ? STORE_DRILL : STORE_CALL;
    if (look->state == STORE_DRILL)
        return;
    look_at_rows(look);
    look_at_fold(look, scripts);
}

void look_free(struct look *look) {
    cJSON_Delete(look->closing);
    record_free(look->record);
    arena_free(look->arena);
}
