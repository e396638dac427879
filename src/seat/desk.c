/* What the trainee does at the desk beside the call. */
#include <inttypes.h>
#include <string.h>

#include "seat/inside.h"

void seat_tell_tried(const struct seat *seat, const struct event *event, struct buffer *out) {
    if (event->kind == EVENT_ACTION && event->ref < seat->scenario->action_count) {
        const struct desk_action *action = &seat->scenario->actions[event->ref];
        buffer_add_text(out, action->id);
        if (action->takes_amount)
            buffer_printf(out, " %" PRId64, event->amount);
        if (event->length)
            buffer_add_byte(out, ' ');
    }
    if (event->text)
        buffer_add(out, event->text, event->length);
}

/* The right number is kept as the script spells it, a wrong one masked like anything typed. */
static void take_target(struct seat *seat, struct event *event, const char *given, size_t length) {
    const char *right = event->ref < seat->scenario->action_count
                            ? call_target(seat->call, event->ref, given, length)
                            : NULL;
    if (right) {
        event->text = *right ? right : NULL;
        event->length = strlen(right);
        return;
    }
    seat_mask(seat, given, length);
    event->text = buffer_text(&seat->masked);
    event->length = seat->masked.length;
}

enum seat_result seat_act(struct seat *seat, int64_t now_ms, uint32_t action, int64_t amount,
                          const char *target, size_t length, enum call_refusal *refusal,
                          struct error *error) {
    struct event event = {.kind = EVENT_ACTION, .ref = action, .amount = amount};
    take_target(seat, &event, target ? target : "", target ? length : 0);
    return seat_try(seat, now_ms, &event, refusal, error);
}

static struct event note_event(struct seat *seat, enum event_kind kind, const char *note,
                               size_t length) {
    seat_mask(seat, note, length);
    return (struct event){
        .kind = kind, .text = buffer_text(&seat->masked), .length = seat->masked.length};
}

enum seat_result seat_hand_over(struct seat *seat, int64_t now_ms, const char *note, size_t length,
                                enum call_refusal *refusal, struct error *error) {
    struct event event = note_event(seat, EVENT_HANDOVER, note, length);
    event.needs = call_judge_note(seat->call, event.text, event.length, &seat->reading);
    return seat_try(seat, now_ms, &event, refusal, error);
}

enum seat_result seat_note(struct seat *seat, int64_t now_ms, const char *note, size_t length,
                           enum call_refusal *refusal, struct error *error) {
    struct event event = note_event(seat, EVENT_NOTE, note, length);
    return seat_try(seat, now_ms, &event, refusal, error);
}
