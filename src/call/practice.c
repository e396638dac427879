/* What the ways to practise add to a call: replies taken back, hints, how sure one is, a countdown.
 *
 * Before each reply of a learn call the whole state is kept in a ring of CALL_UNDO places behind
 * it. An undo copies the place back, all but what practice must not erase: the clock, the marks
 * (first verdicts and trips stay), the turns, the chance of lines, and `struct practice`. So a new
 * part of the state comes back of itself; one that shall stay gets a line in keep_what_stays. */
#include "call/state.h"

#include <string.h>

#define TIMEOUT_PATIENCE 10
#define SURE_MOST 3

void practice_open(struct call *call, const struct event *event) {
    call->practice.moment = event->number;
    if (event->number) /* what came before was not this trainee's to do: nothing is locked */
        call->skipped = (1u << STAGE_COUNT) - 1;
}

/* ---- taking back ---- */

static struct call *place(const struct call *call, uint32_t number) {
    size_t at = (1 + (call->practice.past + number) % CALL_UNDO) * call_size(call->scenario);
    return (struct call *)(void *)((char *)call + at);
}

bool event_can_be_undone(enum event_kind kind) {
    return kind == EVENT_REPLY || kind == EVENT_TYPED || kind == EVENT_LATER ||
           kind == EVENT_ACTION || kind == EVENT_HANDOVER;
}

void practice_remember(struct call *call) {
    struct practice *practice = &call->practice;
    if (call->mode != MODE_LEARN || !practice->room)
        return;
    if (practice->past_count == CALL_UNDO)
        practice->past = (practice->past + 1) % CALL_UNDO;
    else
        practice->past_count++;
    memcpy(place(call, practice->past_count - 1), call, call_size(call->scenario));
}

void practice_copy(struct call *to, const struct call *from, uint32_t room) {
    size_t size = call_size(from->scenario);
    to->practice.room = room;
    if (!room || !from->practice.room)
        to->practice.past_count = 0;
    else if (from->practice.past_count)
        memcpy((char *)to + size, (const char *)from + size, CALL_UNDO * size);
}

static void keep_what_stays(struct call *call, const struct call *now) {
    call->t_ms = now->t_ms;
    call->chance = now->chance;
    call->turns = now->turns;
    call->gaps = now->gaps;
    call->practice = now->practice;
    call->customer.drained_ms = now->customer.drained_ms;
    call->ticket_saved_ms = now->ticket_saved_ms;
    memcpy(call->ticket, now->ticket, sizeof call->ticket);
}

static void undo(struct call *call, uint32_t steps) {
    struct practice *practice = &call->practice;
    practice->past_count -= steps;
    practice->undone += steps;
    practice->sure = 0;
    struct call now = *call;
    memcpy(call, place(call, practice->past_count), (size_t)((char *)call->points - (char *)call));
    call_lay_out(call);
    keep_what_stays(call, &now);
    call->quiet_ms = call->t_ms;
    call->steps_run = 0;
}

/* ---- hints ---- */

static bool can_hint(const struct call *call, uint32_t index) {
    const struct point *point = &call->scenario->points[index];
    return !point_is_trip(point) && !call->halves[index] &&
           !(call->points[index].flags & (POINT_WRONG | POINT_LATE | POINT_SHOWN)) &&
           call_holds(call, point->condition) && !call_order_broken(call, point);
}

uint32_t call_hinted(const struct call *call, uint32_t point) {
    uint8_t flags = call->points[point].flags;
    return flags & POINT_SHOWN ? 2 : flags & POINT_HINTED ? 1 : 0;
}

static bool take_hint(const struct call *call, uint32_t index, uint32_t *point, uint32_t *level) {
    if (!can_hint(call, index))
        return false;
    *point = index;
    *level = call_hinted(call, index) + 1;
    return true;
}

/* What can be earned here first, then what the stage still asks for. */
bool call_hint(const struct call *call, uint32_t *point, uint32_t *level) {
    const struct node *node = call_node(call);
    if (call->mode != MODE_LEARN || !call->opened || call_talk_over(call))
        return false;
    for (uint32_t i = 0; i < node->point_count; i++)
        if (take_hint(call, node->points[i], point, level))
            return true;
    for (uint32_t i = 0; i < call->scenario->point_count; i++)
        if (call->scenario->points[i].stage == node->stage && take_hint(call, i, point, level))
            return true;
    return false;
}

uint8_t practice_halves(const struct call *call, uint32_t point, uint8_t halves) {
    bool hinted = call->points[point].flags & POINT_HINTED;
    return hinted && halves > 1 && !point_is_trip(&call->scenario->points[point]) ? 1 : halves;
}

/* ---- a turn ---- */

static bool asks(const struct call *call, uint32_t index) {
    const struct point *point = &call->scenario->points[index];
    return !point_is_trip(point) && !call->halves[index] &&
           !(call->points[index].flags & (POINT_WRONG | POINT_LATE)) &&
           call_holds(call, point->condition);
}

void practice_begin_turn(struct call *call, struct call_outcome *outcome) {
    const struct node *node = call_node(call);
    for (uint32_t i = 0; outcome && i < node->point_count; i++)
        outcome->asked |= asks(call, node->points[i]);
    if (outcome)
        outcome->sure = call->practice.sure;
    call->practice.sure = 0;
    call_begin_turn(call);
}

/* ---- the countdown ---- */

int64_t practice_due(const struct call *call) {
    if (call->mode != MODE_DRILL || !call->opened || call_talk_over(call) || !call_talking(call))
        return -1;
    return call->quiet_ms + call->scenario->drill_ms;
}

/* No reply in time is an answer: it loses what was asked, and patience. */
static void time_out(struct call *call, struct call_outcome *outcome) {
    static const struct change change = {.patience = -TIMEOUT_PATIENCE, .scene = SCENE_NONE};
    const struct node *node = call_node(call);
    call->practice.timeouts++;
    practice_begin_turn(call, outcome);
    for (uint32_t i = 0; i < node->point_count; i++) {
        uint32_t index = node->points[i];
        if (!asks(call, index))
            continue;
        call->points[index].flags |= POINT_TRIED | POINT_WRONG;
        struct credit *credit = call_note_credit(outcome, index);
        if (credit)
            credit->reason = "timeout";
    }
    run_change(call, &change, outcome);
}

/* ---- the events ---- */

static enum call_refusal allows_timeout(const struct call *call, const struct event *event) {
    struct event due;
    bool now =
        call_due(call, event->t_ms, &due) && due.kind == EVENT_TIMEOUT && due.t_ms == event->t_ms;
    return now ? CALL_ALLOWED : CALL_WRONG_PHASE;
}

static enum call_refusal allows_hint(const struct call *call, const struct event *event) {
    uint32_t point, level;
    bool fits = call_hint(call, &point, &level) && point == event->ref && level == event->number;
    return fits ? CALL_ALLOWED : CALL_NOTHING_LEFT;
}

enum call_refusal practice_allows(const struct call *call, const struct event *event) {
    if (event->kind == EVENT_TIMEOUT)
        return allows_timeout(call, event);
    if (event->kind != EVENT_SURE && call->mode != MODE_LEARN)
        return CALL_WRONG_MODE;
    if (!call_talking(call))
        return CALL_WRONG_PHASE;
    if (event->kind == EVENT_HINT)
        return allows_hint(call, event);
    uint32_t most = event->kind == EVENT_SURE ? SURE_MOST : call->practice.past_count;
    return event->ref && event->ref <= most ? CALL_ALLOWED : CALL_NOTHING_LEFT;
}

void practice_apply(struct call *call, const struct event *event, struct call_outcome *outcome) {
    if (event->kind == EVENT_UNDO)
        undo(call, event->ref);
    else if (event->kind == EVENT_HINT)
        call->points[event->ref].flags |= event->number == 2 ? POINT_SHOWN : POINT_HINTED;
    else if (event->kind == EVENT_SURE)
        call->practice.sure = event->ref;
    else
        time_out(call, outcome);
}
