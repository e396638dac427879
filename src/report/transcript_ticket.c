/* How the ticket and the end of the work after the call are told. */
#include "report/telling.h"

#include <string.h>

static void add_plain(struct buffer *out, const char *text) {
    display_add(out, text, strlen(text), false);
}

/* "Ticket, Cause: the adapter" */
static void tell_entry(struct buffer *out, const struct call *call, const struct event *event) {
    const struct ticket_field *field = &call_scenario(call)->ticket[event->ref];
    struct call_view view;
    call_view(call, &view);
    int value = call_ticket_value(field, event->text, event->length);
    buffer_printf(out, "%s, ", _("Ticket"));
    add_plain(out, ticket_label(field, view.language));
    buffer_add_text(out, ": ");
    if (value >= 0)
        add_plain(out, ticket_value_label(field, (uint32_t)value, view.language));
    else
        display_add(out, event->text, event->length, false);
}

bool tell_ticket(struct buffer *out, const struct call *call, const struct event *event) {
    if (event->kind != EVENT_TICKET && event->kind != EVENT_TICKET_SAVED &&
        event->kind != EVENT_DONE)
        return false;
    tell_time(out, event->t_ms);
    buffer_add_text(out, "-- ");
    if (event->kind == EVENT_TICKET)
        tell_entry(out, call, event);
    else
        buffer_add_text(out, event->kind == EVENT_DONE ? _("The work after the call is done")
                                                       : _("The ticket is saved"));
    buffer_add_text(out, " --\n");
    return true;
}
