/* How machines take a step. */
#include <string.h>

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

static void give_text(struct event *event, const char *text) {
    event->text = text;
    event->length = strlen(text);
}

bool trial_step_event(const struct call *call, const struct trial_step *step, struct event *event) {
    const struct scenario *scenario = call_scenario(call);
    const struct node *node = &scenario->nodes[step->node];
    struct call_view view;
    call_view(call, &view);
    *event = (struct event){.kind = EVENT_REPLY, .t_ms = view.t_ms, .node = view.node};
    if (step->reply) {
        event->ref = (uint32_t)(step->reply - node->replies);
    } else if (step->later) {
        event->kind = EVENT_LATER;
        event->ref = (uint32_t)(step->later - node->later);
    } else if (step->action) {
        event->kind = EVENT_ACTION;
        event->ref = (uint32_t)(step->action - scenario->actions);
        event->amount = step->amount;
        give_text(event, trial_target(scenario, step->action));
    } else if (step->article) {
        event->kind = EVENT_ARTICLE;
        event->ref = (uint32_t)(step->article - scenario->articles);
        event->ids = step->article->id;
        give_text(event, step->article->id);
    } else {
        return !step->rule && !step->handover && call_due(call, INT64_MAX, event);
    }
    return true;
}
