/* What may happen now. Asked before an event is written; changes nothing. */
#include "call/state.h"

#include <string.h>

/* The target that a change really leads to, following returns out of scenes. */
static struct target resolve(const struct call *call, struct target target) {
    uint32_t depth = call->depth;
    while (target.kind == TARGET_RETURN && depth)
        target = call->back[--depth];
    return target;
}

int64_t call_leads_to(const struct call *call, const struct change *change) {
    if (change->scene != SCENE_NONE)
        return call->scenario->scenes[change->scene].start;
    struct target target = resolve(call, change->target);
    return target.kind == TARGET_NODE ? (int64_t)target.index : -1;
}

const struct change *call_route(const struct call *call, const struct judgement *judgement) {
    static const struct change nothing = {.scene = SCENE_NONE};
    const struct node *node = call_node(call);
    switch (judgement->route) {
    case ROUTE_TYPED_RULE:
        return judgement->route_index < node->typed_rule_count
                   ? &node->typed_rules[judgement->route_index].change
                   : NULL;
    case ROUTE_REPLY:
        return judgement->route_index < node->reply_count
                   ? &node->replies[judgement->route_index].change
                   : NULL;
    case ROUTE_FACT:
        return &nothing;
    default:
        return node->otherwise;
    }
}

/* Does this event itself go for the point? The lock asks what was done, not how well: a point tried
 * too late or wrongly is lost, but locks nobody out. */
static bool goes_for(const struct event *event, const struct change *change, uint32_t point) {
    bool marks_count = event->kind == EVENT_REPLY || event->kind == EVENT_ACTION ||
                       event->kind == EVENT_LATER ||
                       (event->judgement && event->judgement->route != ROUTE_REPLY);
    for (uint32_t i = 0; marks_count && i < change->mark_count; i++)
        if (change->marks[i].point == point)
            return true;
    if (event->judgement)
        for (uint32_t i = 0; i < event->judgement->point_count; i++)
            if (event->judgement->points[i].point == point &&
                event->judgement->points[i].verdict != VERDICT_NOT)
                return true;
    return false;
}

static bool requirement_done(const struct call *call, const struct requirement *requirement,
                             const struct event *event, const struct change *change) {
    for (uint32_t i = 0; i < requirement->count; i++) {
        uint32_t point = requirement->points[i];
        if (point_is_trip(&call->scenario->points[point]) ||
            call->scenario->points[point].on_ticket || /* it may be saved after the call */
            call->points[point].flags & POINT_TRIED || (event && goes_for(event, change, point)))
            return true;
    }
    return false;
}

static uint32_t missing_before(const struct call *call, enum stage stage, const struct event *event,
                               const struct change *change, uint32_t *missing, uint32_t room) {
    const struct scenario *scenario = call->scenario;
    uint32_t count = 0;
    for (uint32_t i = 0; i < scenario->requirement_count; i++) {
        const struct requirement *requirement = &scenario->required[i];
        if (requirement->stage >= stage || call_skipped(call, requirement->stage) ||
            requirement_done(call, requirement, event, change))
            continue;
        if (count < room)
            missing[count] = i;
        count++;
    }
    return count;
}

uint32_t call_missing(const struct call *call, enum stage stage, uint32_t *missing, uint32_t room) {
    return missing_before(call, stage, NULL, NULL, missing, room);
}

bool call_locked(const struct call *call, const struct event *event, const struct change *change) {
    int64_t node = call_leads_to(call, change);
    if (node < 0)
        return false;
    enum stage stage = call->scenario->nodes[node].stage;
    return stage > call_node(call)->stage &&
           missing_before(call, stage, event, change, NULL, 0) > 0;
}

int call_next_stage(const struct call *call, const struct event *event) {
    const struct node *node = call_node(call);
    const struct change *change = NULL;
    if (event->kind == EVENT_REPLY && event->ref < node->reply_count)
        change = &node->replies[event->ref].change;
    else if (event->kind == EVENT_ACTION)
        change = call_action_change(call, event);
    else if (event->kind == EVENT_HANDOVER)
        change = &call->scenario->second_line.change;
    else if (event->kind == EVENT_LATER && event->ref < node->later_count)
        change = &node->later[event->ref].change;
    else if (event->judgement)
        change = call_route(call, event->judgement);
    int64_t to = change ? call_leads_to(call, change) : -1;
    return to < 0 ? -1 : (int)call->scenario->nodes[to].stage;
}

static enum call_refusal allows_reply(const struct call *call, const struct event *event) {
    if (!call_takes_choice(call))
        return CALL_NOT_TYPED;
    const struct node *node = call_node(call);
    if (event->ref >= node->reply_count || !call_offers(call, &node->replies[event->ref]))
        return CALL_NO_SUCH_REPLY;
    return call_locked(call, event, &node->replies[event->ref].change) ? CALL_LOCKED : CALL_ALLOWED;
}

bool text_is_blank(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (!strchr(" \t\r\n", text[i]))
            return false;
    return true;
}

static enum call_refusal allows_typed(const struct call *call, const struct event *event) {
    if (!call_takes_typed(call))
        return CALL_NOT_TYPED;
    if (!event->text || text_is_blank(event->text, event->length))
        return CALL_EMPTY;
    const struct change *change = event->judgement ? call_route(call, event->judgement) : NULL;
    if (!change)
        return CALL_NO_SUCH_REPLY;
    return call_locked(call, event, change) ? CALL_LOCKED : CALL_ALLOWED;
}

static enum call_refusal allows_silence(const struct call *call, const struct event *event) {
    struct event due;
    if (seats_two(call))
        return seats_allows_silence(call, event);
    if (!call_due(call, event->t_ms, &due) || due.t_ms != event->t_ms || due.ref != event->ref ||
        due.kind != EVENT_SILENCE)
        return CALL_WRONG_PHASE;
    return CALL_ALLOWED;
}

static enum call_refusal allows_skip(const struct call *call, const struct event *event) {
    if (event->ref >= STAGE_COUNT || !call_missing(call, (enum stage)event->ref, NULL, 0))
        return CALL_WRONG_PHASE;
    return CALL_ALLOWED;
}

static enum call_refusal allows_later(const struct call *call, const struct event *event) {
    enum call_refusal refusal = case_allows(call, event);
    if (refusal != CALL_ALLOWED)
        return refusal;
    return call_locked(call, event, &call_node(call)->later[event->ref].change) ? CALL_LOCKED
                                                                                : CALL_ALLOWED;
}

bool call_talking(const struct call *call) {
    return call->phase == PHASE_OPEN || call->phase == PHASE_HANDLING ||
           call->phase == PHASE_TRANSFERRED;
}

/* Nobody is on the line any more: what is left is work at the desk. */
static bool after_call(enum event_kind kind) {
    return kind == EVENT_TICKET || kind == EVENT_TICKET_SAVED || kind == EVENT_NOTE ||
           kind == EVENT_LOOKUP || kind == EVENT_ARTICLE || kind == EVENT_PROPOSED ||
           kind == EVENT_DONE || kind == EVENT_GAP || kind == EVENT_RATED;
}

static enum call_refusal allows_running(const struct call *call, const struct event *event) {
    if (call->phase == PHASE_AFTER_CALL && !after_call(event->kind))
        return event->kind == EVENT_CLOSED ? CALL_NOT_ENDED : CALL_WRONG_PHASE;
    switch (event->kind) {
    case EVENT_REPLY:
        return call_talking(call) ? allows_reply(call, event) : CALL_WRONG_PHASE;
    case EVENT_TYPED:
        return call_talking(call) ? allows_typed(call, event) : CALL_WRONG_PHASE;
    case EVENT_SILENCE:
        return allows_silence(call, event);
    case EVENT_HOLD:
        return call->phase == PHASE_HANDLING ? CALL_ALLOWED : CALL_WRONG_PHASE;
    case EVENT_RESUME:
        return call->phase == PHASE_ON_HOLD ? CALL_ALLOWED : CALL_WRONG_PHASE;
    case EVENT_SKIP:
        return call_talking(call) ? allows_skip(call, event) : CALL_WRONG_PHASE;
    case EVENT_ACTION:
        return call_talking(call) ? allows_action(call, event) : CALL_WRONG_PHASE;
    case EVENT_HANDOVER:
        return call_talking(call) ? allows_handover(call, event) : CALL_WRONG_PHASE;
    case EVENT_NOTE:
        return allows_note(call, event);
    case EVENT_LATER:
        return allows_later(call, event);
    case EVENT_UNDO:
    case EVENT_HINT:
    case EVENT_SURE:
    case EVENT_TIMEOUT:
        return practice_allows(call, event);
    case EVENT_BREATHE:
        return call_talking(call) && !call->customer.breathed ? CALL_ALLOWED : CALL_WRONG_PHASE;
    case EVENT_MOOD_READ:
        return event->ref < FEELING_COUNT && !call->customer.read ? CALL_ALLOWED : CALL_WRONG_PHASE;
    case EVENT_LOOKUP:
    case EVENT_ARTICLE:
    case EVENT_PROPOSED:
        return lookup_allows(call, event);
    case EVENT_TICKET:
    case EVENT_TICKET_SAVED:
        return call_allows_ticket(call, event);
    case EVENT_SAID:
    case EVENT_RATED:
        return seats_allows(call, event);
    case EVENT_DONE:
        return call->phase == PHASE_AFTER_CALL ? CALL_ALLOWED : CALL_WRONG_PHASE;
    case EVENT_END:
    case EVENT_GAP:
        return CALL_ALLOWED;
    case EVENT_CLOSED:
        return CALL_NOT_ENDED;
    default:
        return CALL_WRONG_PHASE;
    }
}

enum call_refusal call_allows(const struct call *call, const struct event *event) {
    if (call->phase == PHASE_CLOSED)
        return CALL_CLOSED;
    if ((event->kind == EVENT_OPENED) == call->opened)
        return CALL_NOT_OPEN;
    if (event->kind == EVENT_OPENED)
        return event->t_ms == 0 ? CALL_ALLOWED : CALL_TIME_BACK;
    if (event->t_ms < call->t_ms)
        return CALL_TIME_BACK;
    if (event->node != call->node)
        return CALL_WRONG_NODE;
    if (call->ended && event->kind == EVENT_RATED)
        return seats_allows(call, event);
    if (call->ended)
        return event->kind == EVENT_CLOSED || event->kind == EVENT_GAP ? CALL_ALLOWED : CALL_CLOSED;
    struct event due;
    if (event->kind != EVENT_SILENCE && event->kind != EVENT_TIMEOUT &&
        call_due(call, event->t_ms, &due))
        return CALL_TIMER_FIRST;
    return allows_running(call, event);
}
