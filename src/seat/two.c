/* Two seats at one record: the second one is the customer's, played by a person from a role card.
 */
#include <string.h>

#include "seat/inside.h"

enum seat_result seat_say(struct seat *seat, int64_t now_ms, const char *text, size_t length,
                          enum call_refusal *refusal, struct error *error) {
    seat_mask(seat, text, length);
    struct event event = {.kind = EVENT_SAID,
                          .seat = SEAT_CUSTOMER,
                          .text = buffer_text(&seat->masked),
                          .length = seat->masked.length};
    return seat_try(seat, now_ms, &event, refusal, error);
}

enum seat_result seat_nobody_speaks(struct seat *seat, int64_t now_ms, enum call_refusal *refusal,
                                    struct error *error) {
    struct event event = {.kind = EVENT_SILENCE, .seat = SEAT_CUSTOMER};
    call_silence_step(seat->call, &event.ref);
    return seat_try(seat, now_ms, &event, refusal, error);
}

enum seat_result seat_rate(struct seat *seat, int64_t now_ms, uint32_t rater, uint32_t rating,
                           const char *words, size_t length, enum call_refusal *refusal,
                           struct error *error) {
    seat_mask(seat, words, length);
    struct event event = {.kind = EVENT_RATED, .seat = rater, .ref = rating};
    if (seat->masked.length) {
        event.text = buffer_text(&seat->masked);
        event.length = seat->masked.length;
    }
    return seat_try(seat, now_ms, &event, refusal, error);
}

/* ---- the cue ---- */

/* What the script had the customer say last. While it is still his turn more may come to it. */
void seat_note_cue(struct seat *seat, const struct event *event,
                   const struct call_outcome *outcome) {
    bool answered = event->kind == EVENT_REPLY || event->kind == EVENT_TYPED;
    if (answered || (seat->cue_over && outcome->line_count)) {
        seat->cue_count = 0;
        seat->cue_over = false;
    }
    if (event->kind == EVENT_SAID || event->kind == EVENT_UNDO)
        seat->cue_over = true;
    for (uint32_t i = 0; i < outcome->line_count && seat->cue_count < OUTCOME_LINES; i++)
        if (outcome->lines[i].who == SPOKEN_CUSTOMER)
            seat->cue[seat->cue_count++] = outcome->lines[i].text;
}

uint32_t seat_cue(const struct seat *seat, const struct text *const **lines) {
    *lines = seat->cue;
    return seat->cue_count;
}

void seat_cue_words(const struct seat *seat, struct buffer *out) {
    for (uint32_t i = 0; i < seat->cue_count; i++) {
        const char *text = seat->cue[i]->in[seat->opening.language];
        bool spaced = out->length && seat->opening.language != LANGUAGE_ZH;
        buffer_add_text(out, spaced ? " " : "");
        buffer_add_text(out, text);
    }
}

uint32_t seat_of_row(const struct seat *seat, const struct event *event) {
    switch (event->kind) {
    case EVENT_SILENCE:
    case EVENT_TIMEOUT:
    case EVENT_GAP:
        return event->seat;
    default:
        return event->seat || seat->opening.seats != 2 ? event->seat : SEAT_AGENT;
    }
}
