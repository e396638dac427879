/* The work after a call, as a machine does it. */
#include <string.h>

#include "trial/step.h"
#include "trial/trial.h"

static const char *right_value(const struct scenario *scenario, const struct ticket_field *field,
                               enum language language) {
    for (uint32_t i = 0; i < ticket_values(field); i++)
        if (ticket_right(scenario, field, i))
            return ticket_value(field, i);
    return field->example.in[language];
}

static void fill_in(struct call *call, uint32_t number, const struct call_view *view) {
    const struct ticket_field *field = &call_scenario(call)->ticket[number];
    const char *text = right_value(call_scenario(call), field, view->language);
    struct event event = {.kind = EVENT_TICKET,
                          .t_ms = view->t_ms,
                          .node = view->node,
                          .ref = number,
                          .text = text,
                          .length = strlen(text),
                          .verdict = VERDICT_MET};
    trial_step_apply(call, &event, NULL);
}

static void step(struct call *call, enum event_kind kind, const struct call_view *view) {
    struct event event = {.kind = kind, .t_ms = view->t_ms, .node = view->node};
    trial_step_apply(call, &event, NULL);
}

void trial_after_call(struct call *call, bool ticket) {
    const struct scenario *scenario = call_scenario(call);
    struct call_view view;
    call_view(call, &view);
    for (uint32_t i = 0; ticket && i < scenario->ticket_count; i++)
        fill_in(call, i, &view);
    if (ticket && scenario->ticket_count)
        step(call, EVENT_TICKET_SAVED, &view);
    step(call, EVENT_DONE, &view);
}

const char *trial_ticket_value(const struct scenario *scenario, uint32_t field,
                               enum language language) {
    return right_value(scenario, &scenario->ticket[field], language);
}
