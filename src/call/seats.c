/* Two seats: a person plays the customer. He speaks in his own words (`said`); what the script has
 * the customer say is his cue. The script judges and routes the agent as always, but nothing of the
 * customer's comes by itself: no timer runs, and the time he thinks costs the agent nothing. */
#include "call/state.h"

#define RATING_MOST 5

bool seats_two(const struct call *call) {
    return call->seats.count == 2;
}

void seats_open(struct call *call, const struct event *event) {
    call->seats.count = event->seats == 2 ? 2 : 0;
    call->seats.customers_turn = seats_two(call);
}

/* ---- what may be ---- */

static enum call_refusal allows_said(const struct call *call, const struct event *event) {
    if (!call_talking(call))
        return CALL_WRONG_PHASE;
    return event->text && !text_is_blank(event->text, event->length) ? CALL_ALLOWED : CALL_EMPTY;
}

enum call_refusal seats_allows(const struct call *call, const struct event *event) {
    if (!seats_two(call) || (event->kind == EVENT_SAID && event->seat != SEAT_CUSTOMER))
        return CALL_WRONG_MODE;
    if (event->kind == EVENT_SAID)
        return allows_said(call, event);
    if (event->seat != SEAT_AGENT && event->seat != SEAT_CUSTOMER)
        return CALL_WRONG_MODE;
    if (event->ref < 1 || event->ref > RATING_MOST)
        return CALL_NO_SUCH_VALUE;
    return call_talk_over(call) ? CALL_ALLOWED : CALL_WRONG_PHASE;
}

/* The player decides when his patience with a silent agent is over, not the clock. */
bool call_silence_step(const struct call *call, uint32_t *step) {
    uint32_t count;
    const struct silence_step *steps = call_steps(call, &count);
    *step = call->steps_run;
    return call->opened && !call_talk_over(call) && count &&
           (call->steps_run < count || steps[count - 1].repeats);
}

enum call_refusal seats_allows_silence(const struct call *call, const struct event *event) {
    uint32_t step;
    bool fits =
        event->seat == SEAT_CUSTOMER && call_silence_step(call, &step) && step == event->ref;
    return fits ? CALL_ALLOWED : CALL_NOTHING_LEFT;
}

/* ---- what it does ---- */

static bool agent_can_answer(const struct call *call) {
    const struct node *node = call_node(call);
    if (call_takes_typed(call) || call->phase == PHASE_ON_HOLD)
        return true;
    for (uint32_t i = 0; call_takes_choice(call) && i < node->reply_count; i++)
        if (call_offers(call, &node->replies[i]))
            return true;
    return false;
}

void seats_apply(struct call *call, const struct event *event) {
    if (event->kind == EVENT_RATED) {
        call->seats.rated[event->seat == SEAT_CUSTOMER ? 0 : 1] = (uint8_t)event->ref;
        return;
    }
    call->quiet_ms = call->t_ms;
    call->steps_run = 0;
    call->seats.customers_turn = !agent_can_answer(call);
}

void seats_follow(struct call *call, const struct event *event) {
    bool answered = event->kind == EVENT_REPLY || event->kind == EVENT_TYPED;
    bool cued = call->seats.cued;
    call->seats.cued = false;
    if (!seats_two(call))
        return;
    if (answered || cued)
        call->seats.customers_turn = true;
    if (call_talk_over(call) || call->phase == PHASE_ON_HOLD) /* he hears music */
        call->seats.customers_turn = false;
}
