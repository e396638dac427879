/* What the trainee does besides talking: letting case time pass, taking back, hints, confidence. */
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "seat/inside.h"

enum seat_result seat_later(struct seat *seat, int64_t now_ms, uint32_t step,
                            enum call_refusal *refusal, struct error *error) {
    struct event event = {.kind = EVENT_LATER, .ref = step};
    return seat_try(seat, now_ms, &event, refusal, error);
}

enum seat_result seat_undo(struct seat *seat, int64_t now_ms, uint32_t steps,
                           enum call_refusal *refusal, struct error *error) {
    struct event event = {.kind = EVENT_UNDO, .ref = steps};
    enum seat_result result = seat_tick(seat, now_ms, error);
    if (result != SEAT_DONE)
        return result;
    event.number = record_turns_back(&seat->turns, steps); /* the customer may have acted */
    return seat_try(seat, now_ms, &event, refusal, error);
}

enum seat_result seat_hint(struct seat *seat, int64_t now_ms, enum call_refusal *refusal,
                           struct error *error) {
    struct event event = {.kind = EVENT_HINT};
    enum seat_result result = seat_tick(seat, now_ms, error);
    if (result != SEAT_DONE)
        return result;
    call_hint(seat->call, &event.ref, &event.number);
    return seat_try(seat, now_ms, &event, refusal, error);
}

enum seat_result seat_sure(struct seat *seat, int64_t now_ms, uint32_t level,
                           enum call_refusal *refusal, struct error *error) {
    struct event event = {.kind = EVENT_SURE, .ref = level};
    return seat_try(seat, now_ms, &event, refusal, error);
}

const char *seat_login(struct arena *arena) {
    const struct passwd *user = getpwuid(getuid());
    const char *name = user && *user->pw_name ? user->pw_name : getenv("USER");
    return arena_text(arena, name && *name ? name : "trainee");
}
