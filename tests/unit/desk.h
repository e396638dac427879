/* The script with hidden facts, a masked card and a ticket, and a trainee at it: listed replies by
 * id, typed replies judged as a seat does. */
#ifndef ITR_TESTS_DESK_H
#define ITR_TESTS_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "script.h"

/* tests/unit/scenario/hidden.json with `old` replaced by `with` (NULL: as it is). */
static inline struct scenario *desk_script(const char *old, const char *with) {
    struct buffer path = {0}, text = {0}, changed = {0};
    const char *root = getenv("ITR_SOURCE");
    buffer_printf(&path, "%s/tests/unit/scenario/hidden.json", root ? root : ".");
    assert_true(file_read(buffer_text(&path), JSON_SIZE, &text, NULL));
    const char *at = old ? strstr(buffer_text(&text), old) : NULL;
    if (old && !at)
        fail_msg("the script has no: %s", old);
    if (old) {
        buffer_add(&changed, text.bytes, (size_t)(at - text.bytes));
        buffer_add_text(&changed, with);
        buffer_add_text(&changed, at + strlen(old));
    }
    struct scenario *scenario = script_load(buffer_text(old ? &changed : &text));
    assert_non_null(scenario);
    buffer_free(&path);
    buffer_free(&text);
    buffer_free(&changed);
    return scenario;
}

static inline struct call_view desk_view(const struct call *call) {
    struct call_view view;
    call_view(call, &view);
    return view;
}

static inline void desk_type(struct call *call, const char *text, struct call_outcome *outcome) {
    struct reading reading = {0};
    struct judgement judgement;
    struct call_view view = desk_view(call);
    call_judge(call, NULL, 0, text, strlen(text), &reading, &judgement);
    struct event event = {.kind = EVENT_TYPED,
                          .t_ms = view.t_ms + 1000,
                          .node = view.node,
                          .text = text,
                          .length = strlen(text),
                          .judgement = &judgement};
    assert_int_equal(call_allows(call, &event), CALL_ALLOWED);
    call_apply(call, &event, outcome);
    reading_free(&reading);
}

static inline enum call_refusal desk_fill(struct call *call, const char *field, const char *text) {
    struct reading reading = {0};
    struct call_view view = desk_view(call);
    int number = scenario_ticket(call_scenario(call), field);
    struct event event = {.kind = EVENT_TICKET,
                          .t_ms = view.t_ms,
                          .node = view.node,
                          .ref = (uint32_t)number,
                          .text = text,
                          .length = strlen(text)};
    assert_true(number >= 0);
    if (!ticket_values(&call_scenario(call)->ticket[number]))
        event.verdict = call_judge_ticket(call, event.ref, text, strlen(text), &reading);
    enum call_refusal refusal = call_allows(call, &event);
    if (refusal == CALL_ALLOWED)
        call_apply(call, &event, NULL);
    reading_free(&reading);
    return refusal;
}

/* Each word of the list: a reply's id, or "!" for a knowing skip to the stage it leads to. */
static inline void desk_play(struct call *call, const char *replies) {
    char list[256], *rest = list;
    snprintf(list, sizeof list, "%s", replies);
    for (char *id = strtok_r(rest, " ", &rest); id; id = strtok_r(NULL, " ", &rest)) {
        enum call_refusal refusal = script_say(call, id, desk_view(call).t_ms + 1000, NULL);
        if (refusal == CALL_LOCKED) {
            script_do(call, EVENT_SKIP, desk_view(call).t_ms, STAGE_FOLLOW_UP, NULL);
            refusal = script_say(call, id, desk_view(call).t_ms + 1000, NULL);
        }
        if (refusal != CALL_ALLOWED)
            fail_msg("%s: %s", id, call_refusal_word(refusal));
    }
}

static inline uint8_t desk_halves(const struct call *call, const char *point) {
    int number = scenario_point(call_scenario(call), point);
    assert_true(number >= 0);
    return call_point(call, (uint32_t)number).halves;
}

static inline bool desk_knows(const struct call *call, const char *fact) {
    int number = scenario_fact(call_scenario(call), fact);
    assert_true(number >= 0);
    return call_fact_revealed(call, (uint32_t)number);
}

static inline bool desk_says(const struct call_outcome *outcome, const char *words) {
    for (uint32_t i = 0; i < outcome->line_count; i++)
        if (strstr(outcome->lines[i].text->in[LANGUAGE_EN], words))
            return true;
    return false;
}

#endif
