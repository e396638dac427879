/* The ticket: fields filled in during the call or after it, worth something once saved. */
#include "call/state.h"

#include <string.h>

/* ---- what may be written ---- */

int call_ticket_value(const struct ticket_field *field, const char *text, size_t length) {
    for (uint32_t i = 0; i < ticket_values(field); i++) {
        const char *word = ticket_value(field, i);
        if (strlen(word) == length && !memcmp(word, text, length))
            return (int)i;
    }
    return -1;
}

enum call_refusal call_allows_ticket(const struct call *call, const struct event *event) {
    const struct scenario *scenario = call->scenario;
    if (event->kind == EVENT_TICKET_SAVED)
        return scenario->ticket_count ? CALL_ALLOWED : CALL_WRONG_PHASE;
    if (event->ref >= scenario->ticket_count)
        return CALL_NO_SUCH_VALUE;
    const struct ticket_field *field = &scenario->ticket[event->ref];
    if (!event->text || text_is_blank(event->text, event->length))
        return CALL_EMPTY;
    if (ticket_values(field) && call_ticket_value(field, event->text, event->length) < 0)
        return CALL_NO_SUCH_VALUE;
    return CALL_ALLOWED;
}

/* ---- filling in ---- */

static bool has_needs(const struct call *call, const struct ticket_field *field) {
    for (uint32_t i = 0; i < field->need_count; i++)
        if (!call_fact_revealed(call, field->needs[i]))
            return false;
    return true;
}

/* Worked out when the field is filled in: what is found out later does not make a guess right. */
static struct ticket_entry entry_of(const struct call *call, const struct event *event) {
    const struct ticket_field *field = &call->scenario->ticket[event->ref];
    struct ticket_entry entry = {.value = 1};
    if (!ticket_values(field)) {
        entry.halves = event->verdict == VERDICT_MET       ? 2
                       : event->verdict == VERDICT_PARTIAL ? 1
                                                           : 0;
        return entry;
    }
    int value = call_ticket_value(field, event->text, event->length);
    entry.value = (uint8_t)(value + 1);
    entry.halves = ticket_right(call->scenario, field, (uint32_t)value) ? 2 : 0;
    entry.guessed = entry.halves && !has_needs(call, field);
    if (entry.guessed)
        entry.halves = 1;
    return entry;
}

void call_apply_ticket(struct call *call, const struct event *event) {
    call->ticket[event->ref] = entry_of(call, event);
}

enum verdict call_judge_ticket(const struct call *call, uint32_t field, const char *text,
                               size_t length, struct reading *reading) {
    int rule = call->scenario->ticket[field].rule;
    if (rule < 0)
        return VERDICT_NOT;
    language_read(call->scenario->lexicon, NULL, 0, text, length, reading);
    return reading->rules[rule].verdict;
}

/* ---- saving ---- */

struct share {
    uint32_t fields, halves;
    bool guessed;
};

static struct share share_of(const struct call *call, uint32_t point) {
    struct share share = {0};
    for (uint32_t i = 0; i < call->scenario->ticket_count; i++) {
        if (call->scenario->ticket[i].point != point)
            continue;
        share.fields++;
        share.halves += call->ticket[i].halves;
        share.guessed |= call->ticket[i].guessed;
    }
    return share;
}

/* All right: MET; half and more: PARTIAL; else NOT. */
static uint8_t worth(const struct share *share) {
    if (share->halves == 2 * share->fields)
        return 2;
    return share->halves >= share->fields ? 1 : 0;
}

void call_apply_ticket_saved(struct call *call, struct call_outcome *outcome) {
    if (call->ticket_saved_ms >= 0)
        return; /* the first time counts */
    call->ticket_saved_ms = call->t_ms;
    for (uint32_t i = 0; i < call->scenario->point_count; i++) {
        if (!call->scenario->points[i].on_ticket)
            continue;
        struct share share = share_of(call, i);
        struct credit *credit = call_mark(call, i, worth(&share), outcome);
        if (credit && credit->counted && share.guessed)
            credit->reason = "guessed";
        if (credit && credit->reason && !strcmp(credit->reason, "wrong"))
            credit->reason = "ticket";
    }
}

void call_ticket_on_route(struct call *call) {
    for (uint32_t i = 0; i < call->scenario->point_count; i++)
        if (call->scenario->points[i].on_ticket)
            call->points[i].flags |= POINT_ON_ROUTE;
}

/* ---- after the talk ---- */

bool call_talk_over(const struct call *call) {
    return call->ended || call->phase == PHASE_AFTER_CALL;
}

void call_hang_up(struct call *call) {
    call->talk_end_ms = call->t_ms;
    if (call->scenario->after_call)
        call->phase = PHASE_AFTER_CALL;
    else
        call->ended = true;
}

/* ---- for people and machines that look ---- */

struct ticket_entry call_ticket(const struct call *call, uint32_t field) {
    return call->ticket[field];
}
