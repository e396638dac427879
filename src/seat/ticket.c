/* The ticket from the trainee's side. The call keeps what it is worth, the seat what it says. */
#include "seat/inside.h"

#include <stdlib.h>

enum seat_result seat_ticket(struct seat *seat, int64_t now_ms, uint32_t field, const char *text,
                             size_t length, enum call_refusal *refusal, struct error *error) {
    struct event event = {.kind = EVENT_TICKET, .ref = field};
    if (field >= seat->scenario->ticket_count) {
        *refusal = CALL_NO_SUCH_VALUE;
        return SEAT_REFUSED;
    }
    seat_mask(seat, text, length);
    event.text = buffer_text(&seat->masked);
    event.length = seat->masked.length;
    if (!ticket_values(&seat->scenario->ticket[field]))
        event.verdict =
            call_judge_ticket(seat->call, field, event.text, event.length, &seat->reading);
    return seat_try(seat, now_ms, &event, refusal, error);
}

void seat_ticket_note(struct seat *seat, const struct event *event) {
    if (event->kind != EVENT_TICKET)
        return;
    free(seat->ticket[event->ref]);
    seat->ticket[event->ref] = memory_text_of(event->text, event->length);
}

void seat_ticket_forget(struct seat *seat) {
    for (size_t i = 0; i < TICKET_FIELDS; i++)
        free(seat->ticket[i]);
}

const char *seat_ticket_text(const struct seat *seat, uint32_t field) {
    return field < TICKET_FIELDS ? seat->ticket[field] : NULL;
}

bool seat_is_after_call(const struct seat *seat) {
    struct call_view view;
    call_view(seat->call, &view);
    return view.phase == PHASE_AFTER_CALL;
}
