#include "trial/step.h"

bool trial_step_apply(struct call *call, const struct event *event, struct call_outcome *outcome) {
    if (call_allows(call, event) == CALL_LOCKED) {
        struct event skip = {.kind = EVENT_SKIP,
                             .t_ms = event->t_ms,
                             .node = event->node,
                             .ref = (uint32_t)call_next_stage(call, event)};
        call_apply(call, &skip, NULL);
    }
    if (call_allows(call, event) != CALL_ALLOWED)
        return false;
    call_apply(call, event, outcome);
    return true;
}
