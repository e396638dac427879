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

int64_t call_next_due(const struct call *call) {
    if (!call->opened || call->ended)
        return -1;
    uint32_t count;
    const struct silence_step *steps = call_steps(call, &count);
    if (call->steps_run >= count)
        return -1;
    return call->quiet_ms + steps[call->steps_run].after_ms;
}

bool call_due(const struct call *call, int64_t now_ms, struct event *event) {
    int64_t due = call_next_due(call);
    if (due < 0 || due > now_ms)
        return false;
    *event = (struct event){
        .kind = EVENT_SILENCE,
        .t_ms = due > call->t_ms ? due : call->t_ms,
        .node = call->node,
        .ref = call->steps_run,
    };
    return true;
}
