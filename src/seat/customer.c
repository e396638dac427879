/* What a trainee does about the customer's feelings. */
#include "seat/inside.h"

enum seat_result seat_mood(struct seat *seat, int64_t now_ms, enum feeling feeling,
                           enum call_refusal *refusal, struct error *error) {
    struct event event = {.kind = EVENT_MOOD_READ, .ref = feeling};
    return seat_try(seat, now_ms, &event, refusal, error);
}
