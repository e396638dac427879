/* How the desk is told: one line for what was done there. */
#include "report/telling.h"

#include <inttypes.h>
#include <string.h>

static void add_text(struct buffer *out, const char *text, size_t length) {
    display_add(out, text, length, false);
}

static void tell_action(struct buffer *out, const struct call *call, const struct event *event,
                        const struct call_outcome *outcome, enum language language) {
    const struct desk_action *action = &call_scenario(call)->actions[event->ref];
    const char *label = action->label.in[language];
    buffer_printf(out, "-- %s: ", _("Desk"));
    add_text(out, label, strlen(label));
    if (action->takes_amount)
        buffer_printf(out, " %" PRId64, event->amount);
    if (event->length) {
        buffer_add_text(out, " · ");
        add_text(out, event->text, event->length);
    }
    if (outcome->outside)
        buffer_printf(out, " (%s)", _("outside policy"));
    buffer_add_text(out, " --\n");
}

static void tell_account(struct buffer *out, const struct call *call, enum language language) {
    const struct scenario *scenario = call_scenario(call);
    if (!scenario->account_count)
        return;
    buffer_add_text(out, "    # ");
    for (uint32_t i = 0; i < scenario->account_count; i++) {
        const char *label = scenario->account[i].label.in[language];
        buffer_add_text(out, i ? " · " : "");
        add_text(out, label, strlen(label));
        buffer_add_byte(out, ' ');
        report_account_value(out, call, scenario->account[i].variable, call_account(call, i));
    }
    buffer_add_byte(out, '\n');
}

static void tell_note(struct buffer *out, const char *what, const struct event *event) {
    buffer_printf(out, "-- %s: ", what);
    if (event->text)
        add_text(out, event->text, event->length);
    buffer_add_text(out, " --\n");
}

bool tell_desk(struct buffer *out, const struct call *call, const struct event *event,
               const struct call_outcome *outcome) {
    struct call_view view;
    call_view(call, &view);
    switch (event->kind) {
    case EVENT_ACTION:
        tell_time(out, event->t_ms);
        tell_action(out, call, event, outcome, view.language);
        tell_account(out, call, view.language);
        return true;
    case EVENT_HANDOVER:
        tell_time(out, event->t_ms);
        tell_note(out, _("Handed on to the second line"), event);
        return true;
    case EVENT_NOTE:
        tell_time(out, event->t_ms);
        tell_note(out, _("Note"), event);
        return true;
    case EVENT_LOOKUP:
        tell_time(out, event->t_ms);
        tell_note(out, _("Looked up"), event);
        return true;
    case EVENT_ARTICLE:
        tell_time(out, event->t_ms);
        tell_note(out, _("Read"), event);
        return true;
    case EVENT_PROPOSED:
        tell_time(out, event->t_ms);
        tell_note(out, _("Proposed for the knowledge base"), event);
        return true;
    default:
        return false;
    }
}

void report_account_value(struct buffer *out, const struct call *call, uint32_t variable,
                          int64_t value) {
    if (call_scenario(call)->variables[variable].truth)
        buffer_add_text(out, value ? _("yes") : _("no"));
    else
        buffer_printf(out, "%" PRId64, value);
}
