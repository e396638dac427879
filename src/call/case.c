/* The case clock: call time and what was skipped of the days between. */
#include "call/state.h"

int64_t case_ms(const struct call *call) {
    return call->t_ms + call->practice.skipped_ms;
}

int64_t case_clock(const struct call *call, const struct point *point) {
    return point->by_case ? case_ms(call) : call->t_ms;
}

uint32_t call_later(const struct call *call, uint32_t *steps, uint32_t room) {
    const struct node *node = call_node(call);
    uint32_t count = 0;
    if (!call->opened || call_talk_over(call) || !call_talking(call))
        return 0;
    for (uint32_t i = 0; i < node->later_count && count < room; i++)
        if (call_holds(call, node->later[i].condition))
            steps[count++] = i;
    return count;
}

enum call_refusal case_allows(const struct call *call, const struct event *event) {
    const struct node *node = call_node(call);
    if (!call_talking(call))
        return CALL_WRONG_PHASE;
    if (event->ref >= node->later_count || !call_holds(call, node->later[event->ref].condition))
        return CALL_NOTHING_LEFT;
    return CALL_ALLOWED;
}

/* The customer does not wait on the phone meanwhile: silence begins anew. */
void case_apply(struct call *call, const struct event *event, struct call_outcome *outcome) {
    const struct later_step *step = &call_node(call)->later[event->ref];
    call->practice.skipped_ms += step->after_ms;
    call->quiet_ms = call->t_ms;
    call->steps_run = 0;
    mark_change(call, &step->change, outcome);
    run_change(call, &step->change, outcome);
}
