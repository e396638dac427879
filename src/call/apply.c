/* The fold: an allowed event changes the state. */
#include "call/state.h"

#include <string.h>

/* ---- what the customer says ---- */

uint32_t say_lines(struct call *call, const struct lines *lines, enum spoken_by who,
                   struct call_outcome *outcome) {
    uint32_t said = 0;
    for (uint32_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->items[i];
        if (!call_holds(call, line->condition))
            continue;
        uint32_t variant = 0;
        if (line->variant_count > 1)
            variant = vary_line(call, line);
        said++;
        call->seats.cued |= who == SPOKEN_CUSTOMER;
        if (outcome && outcome->line_count < OUTCOME_LINES)
            outcome->lines[outcome->line_count++] = (struct spoken){&line->variants[variant], who};
    }
    return said;
}

uint32_t call_say(struct call *call, const struct lines *lines, struct call_outcome *outcome) {
    return say_lines(call, lines, SPOKEN_CUSTOMER, outcome);
}

/* ---- marks ---- */

bool call_order_broken(const struct call *call, const struct point *point) {
    for (uint32_t i = 0; i < point->after_count; i++)
        if (!call->halves[point->after[i]])
            return true;
    for (uint32_t i = 0; i < point->before_count; i++)
        if (call->halves[point->before[i]])
            return true;
    return false;
}

/* Why a reply that goes for a point earns nothing now; NULL when it does. */
static const char *refuse_credit(struct call *call, uint32_t index, uint8_t halves) {
    const struct point *point = &call->scenario->points[index];
    struct call_point *at = &call->points[index];
    if (!call_point_open(call, point))
        return "condition";
    if (call->halves[index] == 2 || at->flags & (POINT_WRONG | POINT_LATE))
        return "again";
    if (point->kind == POINT_TIMED && case_clock(call, point) > point->within_ms) {
        at->flags |= POINT_LATE;
        return "late";
    }
    if (point->within_turns && call->turns > point->within_turns) {
        at->flags |= POINT_LATE;
        return "late";
    }
    if (call_order_broken(call, point))
        return "order";
    return halves && halves <= call->halves[index] ? "again" : NULL;
}

static const char *earn(struct call *call, uint32_t index, uint8_t halves) {
    struct call_point *at = &call->points[index];
    const char *refused = refuse_credit(call, index, halves);
    if (refused && !strcmp(refused, "condition"))
        return refused;
    at->flags |= POINT_TRIED | POINT_ON_ROUTE;
    if (refused)
        return refused;
    if (!halves) {
        at->flags |= POINT_WRONG;
        return "wrong";
    }
    at->flags &= (uint8_t)~POINT_UNSURE;
    if (at->t_ms < 0)
        at->t_ms = call->t_ms;
    call->halves[index] = halves;
    return NULL;
}

static const char *trip(struct call *call, uint32_t index) {
    const struct point *point = &call->scenario->points[index];
    struct call_point *at = &call->points[index];
    if (!call_point_open(call, point))
        return "condition";
    at->flags |= POINT_TRIED | POINT_ON_ROUTE;
    if (!call->halves[index])
        return "again";
    call->halves[index] = 0;
    at->t_ms = call->t_ms;
    return NULL;
}

struct credit *call_note_credit(struct call_outcome *outcome, uint32_t point) {
    if (!outcome || outcome->credit_count == OUTCOME_CREDITS)
        return NULL;
    struct credit *credit = &outcome->credits[outcome->credit_count++];
    *credit = (struct credit){.point = point};
    return credit;
}

struct credit *call_mark(struct call *call, uint32_t index, uint8_t halves,
                         struct call_outcome *outcome) {
    uint8_t before = call->halves[index], worth = practice_halves(call, index, halves);
    bool trips = point_is_trip(&call->scenario->points[index]), hinted = worth < halves;
    halves = worth;
    const char *reason = trips ? trip(call, index) : earn(call, index, halves);
    struct credit *credit = call_note_credit(outcome, index);
    if (!credit)
        return NULL;
    credit->before = before;
    credit->after = call->halves[index];
    credit->verdict = halves == 2 ? VERDICT_MET : halves == 1 ? VERDICT_PARTIAL : VERDICT_NOT;
    credit->counted = reason == NULL;
    credit->reason = reason ? reason : hinted ? "hint" : NULL;
    return credit;
}

static void mark(struct call *call, uint32_t index, uint8_t halves,
                 const struct judged_point *judged, struct call_outcome *outcome) {
    struct credit *credit = call_mark(call, index, halves, outcome);
    if (!credit || !judged)
        return;
    credit->lacks = judged->lacks;
    credit->span_count = judged->span_count;
    memcpy(credit->spans, judged->spans, sizeof credit->spans);
}

void mark_point(struct call *call, uint32_t point, uint8_t halves, struct call_outcome *outcome) {
    mark(call, point, halves, NULL, outcome);
}

static void note_unsure(struct call *call, const struct judged_point *judged,
                        struct call_outcome *outcome) {
    uint32_t index = judged->point;
    struct call_point *at = &call->points[index];
    bool open = point_is_trip(&call->scenario->points[index]) ? call->halves[index] != 0
                                                              : call->halves[index] == 0;
    if (!open || at->flags & (POINT_WRONG | POINT_LATE))
        return;
    at->flags |= POINT_UNSURE | POINT_TRIED | POINT_ON_ROUTE;
    struct credit *credit = call_note_credit(outcome, index);
    if (!credit)
        return;
    credit->before = credit->after = call->halves[index];
    credit->verdict = VERDICT_UNSURE;
    credit->reason = "unsure";
    credit->span_count = judged->span_count;
    memcpy(credit->spans, judged->spans, sizeof credit->spans);
}

/* Tells what was lacking; it earns nothing and costs nothing. */
static void note_parts(struct call *call, const struct judged_point *judged,
                       struct call_outcome *outcome) {
    struct credit *credit = call_note_credit(outcome, judged->point);
    if (!credit)
        return;
    credit->before = credit->after = call->halves[judged->point];
    credit->verdict = VERDICT_NOT;
    credit->reason = "parts";
    credit->lacks = judged->lacks;
    credit->span_count = judged->span_count;
    memcpy(credit->spans, judged->spans, sizeof credit->spans);
}

static void mark_judged(struct call *call, const struct judgement *judgement,
                        struct call_outcome *outcome) {
    for (uint32_t i = 0; i < judgement->point_count; i++) {
        const struct judged_point *judged = &judgement->points[i];
        if (judged->verdict == VERDICT_UNSURE)
            note_unsure(call, judged, outcome);
        else if (judged->verdict == VERDICT_NOT)
            note_parts(call, judged, outcome);
        else
            mark(call, judged->point, judged->verdict == VERDICT_MET ? 2 : 1, judged, outcome);
    }
}

static void mark_route(struct call *call) {
    const struct node *node = call_node(call);
    for (uint32_t i = 0; i < node->point_count; i++)
        call->points[node->points[i]].flags |= POINT_ON_ROUTE;
}

/* ---- moving ---- */

void call_end_at(struct call *call, uint32_t ending, struct call_outcome *outcome) {
    call_hang_up(call);
    call->ending = (int)ending;
    call->outcome = call->scenario->endings[ending].outcome;
    call_say(call, &call->scenario->endings[ending].says, outcome);
}

static void end_without_way(struct call *call) {
    call_hang_up(call);
    call->no_way_on = true;
    call->outcome = OUTCOME_ABANDONED;
}

static void arrive(struct call *call, uint32_t node, struct call_outcome *outcome) {
    call->node = node;
    call->visits[node]++;
    call->quiet_ms = call->t_ms;
    call->steps_run = 0;
    call_say(call, &call_node(call)->says, outcome);
    call_facts_cue(call, outcome);
}

/* All options filtered away, nothing to type or to do, nor a silence that leads on: the call ends
 * by this rule and says so, instead of trapping the trainee. */
static bool stuck(const struct call *call) {
    if (call_takes_typed(call) || desk_leads_on(call))
        return false;
    const struct node *node = call_node(call);
    for (uint32_t i = 0; call_takes_choice(call) && i < node->reply_count; i++)
        if (call_offers(call, &node->replies[i]))
            return false;
    for (uint32_t i = call->steps_run; i < node->silence_count; i++)
        if (node->silence[i].change.target.kind != TARGET_STAY ||
            node->silence[i].change.scene != SCENE_NONE)
            return false;
    return true;
}

void call_follow(struct call *call, struct target target, struct call_outcome *outcome) {
    while (target.kind == TARGET_RETURN && call->depth)
        target = call->back[--call->depth];
    if (target.kind == TARGET_NODE)
        arrive(call, target.index, outcome);
    else if (target.kind == TARGET_ENDING)
        call_end_at(call, target.index, outcome);
    else if (target.kind == TARGET_RETURN)
        end_without_way(call);
}

static void enter_scene(struct call *call, const struct change *change,
                        struct call_outcome *outcome) {
    if (call->depth == SCENE_DEPTH) {
        end_without_way(call);
        return;
    }
    struct target back = change->target;
    if (back.kind == TARGET_STAY)
        back = (struct target){TARGET_NODE, call->node};
    call->back[call->depth++] = back;
    arrive(call, call->scenario->scenes[change->scene].start, outcome);
}

static void set_variables(struct call *call, const struct change *change) {
    for (uint32_t i = 0; i < change->effect_count; i++) {
        struct expression_world world = call_world(call);
        call->variables[change->effects[i].variable] =
            expression_value(change->effects[i].value, &world);
    }
}

void mark_change(struct call *call, const struct change *change, struct call_outcome *outcome) {
    for (uint32_t i = 0; i < change->mark_count; i++)
        mark(call, change->marks[i].point, change->marks[i].halves, NULL, outcome);
}

void run_change(struct call *call, const struct change *change, struct call_outcome *outcome) {
    if (call_talk_over(call)) { /* nobody hears it */
        set_variables(call, change);
        return;
    }
    customer_feel(call, change->mood, change->patience);
    set_variables(call, change);
    call_facts_change(call, change, outcome);
    if (change->rating)
        customer_rate(call, outcome);
    call_say(call, &change->answers, outcome);
    call_facts_tell(call, outcome);
    if (change->transfer) {
        call->phase = PHASE_TRANSFERRED;
        call->transferred = true;
        call->desk.transfers++;
    }
    if (change->back && call->phase == PHASE_TRANSFERRED)
        call->phase = PHASE_HANDLING;
    call->desk.calls += change->calls_again;
    if (call->patience == 0)
        call_end_at(call, call->scenario->hang_up, outcome);
    else if (change->scene != SCENE_NONE)
        enter_scene(call, change, outcome);
    else
        call_follow(call, change->target, outcome);
    if (call->scenario->profile)
        customer_limit(call, outcome);
    if (!call_talk_over(call) && stuck(call))
        end_without_way(call);
}

/* ---- the events ---- */

void call_begin_turn(struct call *call) {
    if (call->phase == PHASE_OPEN)
        call->phase = PHASE_HANDLING;
    call->turns++;
    call->quiet_ms = call->t_ms;
    call->steps_run = 0;
    call->customer.breathed = call->customer.read = false;
    mark_route(call);
}

static void apply_opened(struct call *call, const struct event *event,
                         struct call_outcome *outcome) {
    call->opened = true;
    call->phase = PHASE_OPEN;
    call->mode = event->mode;
    call->language = event->language;
    call->seed = event->seed;
    call->chance = event->seed;
    call->plays = event->plays;
    call->fold = event->fold ? event->fold : 1;
    practice_open(call, event);
    seats_open(call, event);
    call_ticket_on_route(call);
    arrive(call, call->practice.moment ? call->practice.moment - 1 : call->scenario->start,
           outcome);
    if (stuck(call))
        end_without_way(call);
}

static void apply_reply(struct call *call, const struct event *event,
                        struct call_outcome *outcome) {
    const struct reply *reply = &call_node(call)->replies[event->ref];
    struct heard heard = {0};
    if (call->scenario->reacts)
        heard = customer_listen(call, event);
    heard.unwelcome = reply->change.mood < 0;
    practice_begin_turn(call, outcome);
    call->replies[reply->number / 8] |= (uint8_t)(1 << reply->number % 8);
    mark_change(call, &reply->change, outcome);
    call_tell_card(call, reply, outcome);
    if (!call->scenario->reacts || customer_react(call, &heard, outcome))
        run_change(call, &reply->change, outcome);
}

static void apply_typed(struct call *call, const struct event *event,
                        struct call_outcome *outcome) {
    const struct judgement *judgement = event->judgement;
    const struct change *change = call_route(call, judgement);
    struct heard heard = {0};
    if (call->scenario->reacts)
        heard = customer_listen(call, event);
    heard.unwelcome = judgement->route != ROUTE_OTHERWISE && change->mood < 0;
    practice_begin_turn(call, outcome);
    mark_judged(call, judgement, outcome);
    if (judgement->route == ROUTE_REPLY) {
        const struct reply *reply = &call_node(call)->replies[judgement->route_index];
        call->replies[reply->number / 8] |= (uint8_t)(1 << reply->number % 8);
    } else {
        mark_change(call, change, outcome);
    }
    if (call->scenario->reacts && !customer_react(call, &heard, outcome))
        return; /* he hung up: nothing comes out any more */
    call_facts_asked(call, judgement, change, outcome);
    run_change(call, change, outcome);
}

static void apply_silence(struct call *call, const struct event *event,
                          struct call_outcome *outcome) {
    uint32_t count;
    const struct silence_step *steps = call_steps(call, &count);
    const struct silence_step *step = &steps[event->ref < count ? event->ref : count - 1];
    call->steps_run++;
    if (step->interrupt && outcome)
        outcome->interrupted = true;
    if (!step->interrupt && call->phase != PHASE_ON_HOLD)
        customer_react_to(call, TRIGGER_SILENCE, outcome);
    if (call_talk_over(call))
        return;
    mark_change(call, &step->change, outcome);
    run_change(call, &step->change, outcome);
}

static void apply_resume(struct call *call) {
    call->phase = call->phase_before_hold;
    call->quiet_ms = call->t_ms;
    call->steps_run = 0;
}

static void apply_skip(struct call *call, const struct event *event) {
    for (uint32_t stage = 0; stage < event->ref; stage++)
        call->skipped |= 1u << stage;
}

static void apply_end(struct call *call) {
    call_hang_up(call);
    call->ending = -1;
    call->outcome = OUTCOME_ABANDONED;
}

static void apply_kind(struct call *call, const struct event *event, struct call_outcome *outcome) {
    switch (event->kind) {
    case EVENT_OPENED:
        apply_opened(call, event, outcome);
        break;
    case EVENT_REPLY:
        apply_reply(call, event, outcome);
        break;
    case EVENT_TYPED:
        apply_typed(call, event, outcome);
        break;
    case EVENT_SILENCE:
        apply_silence(call, event, outcome);
        break;
    case EVENT_HOLD:
        call->phase_before_hold = call->phase;
        call->phase = PHASE_ON_HOLD;
        call->quiet_ms = call->t_ms;
        call->steps_run = 0;
        customer_react_to(call, TRIGGER_HOLD, outcome);
        break;
    case EVENT_BREATHE:
        customer_breathe(call);
        break;
    case EVENT_MOOD_READ:
        call->customer.read = true;
        break;
    case EVENT_RESUME:
        apply_resume(call);
        break;
    case EVENT_SKIP:
        apply_skip(call, event);
        break;
    case EVENT_ACTION:
        apply_action(call, event, outcome);
        break;
    case EVENT_HANDOVER:
        apply_handover(call, event, outcome);
        break;
    case EVENT_LATER:
        case_apply(call, event, outcome);
        break;
    case EVENT_UNDO:
    case EVENT_HINT:
    case EVENT_SURE:
    case EVENT_TIMEOUT:
        practice_apply(call, event, outcome);
        break;
    case EVENT_END:
        apply_end(call);
        break;
    case EVENT_LOOKUP:
    case EVENT_ARTICLE:
    case EVENT_PROPOSED:
        lookup_apply(call, event, outcome);
        break;
    case EVENT_TICKET:
        call_apply_ticket(call, event);
        break;
    case EVENT_TICKET_SAVED:
        call_apply_ticket_saved(call, outcome);
        break;
    case EVENT_DONE:
        call->ended = true;
        break;
    case EVENT_SAID:
    case EVENT_RATED:
        seats_apply(call, event);
        break;
    case EVENT_GAP:
        call->gaps++;
        break;
    case EVENT_CLOSED:
        call->phase = PHASE_CLOSED;
        break;
    default:
        break;
    }
}

static void start_outcome(const struct call *call, struct call_outcome *outcome) {
    outcome->line_count = outcome->credit_count = outcome->fact_count = 0;
    outcome->outside = false;
    outcome->sure = 0;
    outcome->asked = false;
    outcome->repeat = outcome->interrupted = outcome->escalated = false;
    outcome->rating = 0;
    outcome->mood_before = call->mood;
    outcome->patience_before = call->patience;
    outcome->node_before = call->node;
}

static void finish_outcome(const struct call *call, struct call_outcome *outcome,
                           uint32_t visits_before, bool talk_was_over) {
    outcome->mood = call->mood;
    outcome->patience = call->patience;
    outcome->case_ms = case_ms(call);
    outcome->talk_over = call_talk_over(call);
    outcome->node = call->node;
    outcome->moved =
        call->node != outcome->node_before || call->visits[call->node] != visits_before;
    outcome->ended = call->ended;
    outcome->talk_ended = call_talk_over(call) && !talk_was_over;
}

void call_apply(struct call *call, const struct event *event, struct call_outcome *outcome) {
    if (event->kind == EVENT_REFUSED)
        return;
    uint32_t visits = call->visits[call->node];
    bool talk_was_over = call_talk_over(call);
    if (outcome)
        start_outcome(call, outcome);
    if (event_can_be_undone(event->kind))
        practice_remember(call);
    call->t_ms = event->t_ms;
    if (call->scenario->profile)
        customer_wait(call);
    call->seats.cued = false;
    apply_kind(call, event, outcome);
    seats_follow(call, event);
    if (outcome)
        finish_outcome(call, outcome, visits, talk_was_over);
}

struct call *call_new_at(const struct scenario *scenario, uint32_t node, enum language language) {
    struct call *call = call_new(scenario);
    struct event opened = {.kind = EVENT_OPENED, .mode = MODE_PRACTISE, .language = language};
    call_apply(call, &opened, NULL);
    if (node != call->node)
        arrive(call, node, NULL);
    return call;
}
