/* What the customer does on his own: silence and hold steps, in order of time. */
#include "call/state.h"

const struct silence_step *call_steps(const struct call *call, uint32_t *count) {
    if (call->phase == PHASE_ON_HOLD) {
        *count = call->scenario->hold_count;
        return call->scenario->hold;
    }
    *count = call_node(call)->silence_count;
    return call_node(call)->silence;
}

static int64_t step_due(const struct call *call) {
    uint32_t count;
    const struct silence_step *steps = call_steps(call, &count);
    if (call->steps_run < count)
        return call->quiet_ms + steps[call->steps_run].after_ms;
    if (!count || !steps[count - 1].repeats)
        return -1;
    int64_t times = (int64_t)call->steps_run - count + 2;
    return call->quiet_ms + times * steps[count - 1].after_ms;
}

/* The customer speaks up before the countdown runs out at the same moment. */
static enum event_kind next_kind(const struct call *call, int64_t *due) {
    int64_t countdown = practice_due(call);
    *due = -1;
    if (!call->opened || call_talk_over(call) || seats_two(call))
        return EVENT_SILENCE;
    *due = step_due(call);
    if (countdown < 0 || (*due >= 0 && *due <= countdown))
        return EVENT_SILENCE;
    *due = countdown;
    return EVENT_TIMEOUT;
}

int64_t call_next_due(const struct call *call) {
    int64_t due;
    next_kind(call, &due);
    return due;
}

bool call_due(const struct call *call, int64_t now_ms, struct event *event) {
    int64_t due;
    enum event_kind kind = next_kind(call, &due);
    if (due < 0 || due > now_ms)
        return false;
    *event = (struct event){
        .kind = kind,
        .t_ms = due > call->t_ms ? due : call->t_ms,
        .node = call->node,
        .ref = kind == EVENT_SILENCE ? call->steps_run : 0,
    };
    return true;
}
