/* The knowledge base at a seat. */
#include <string.h>

#include "seat/inside.h"

struct knowledge *seat_knowledge(struct seat *seat) {
    if (seat->knowledge)
        return seat->knowledge;
    struct folders folders;
    struct findings findings = {0};
    bool found = folders_find(&folders, NULL);
    seat->knowledge = knowledge_open(found ? folders.knowledge : NULL, seat->data, &findings);
    findings_free(&findings);
    folders_free(&folders);
    return seat->knowledge;
}

enum seat_result seat_lookup(struct seat *seat, int64_t now_ms, const char *query, size_t length,
                             const char *ids, enum call_refusal *refusal, struct error *error) {
    seat_mask(seat, query, length);
    struct event event = {.kind = EVENT_LOOKUP,
                          .text = buffer_text(&seat->masked),
                          .length = seat->masked.length,
                          .ids = ids};
    return seat_try(seat, now_ms, &event, refusal, error);
}

enum seat_result seat_article(struct seat *seat, int64_t now_ms, const char *id, const char *title,
                              enum call_refusal *refusal, struct error *error) {
    int index = scenario_article(seat->scenario, id);
    struct event event = {.kind = EVENT_ARTICLE,
                          .ref = index < 0 ? CALL_NONE : (uint32_t)index,
                          .text = title,
                          .length = strlen(title),
                          .ids = id};
    return seat_try(seat, now_ms, &event, refusal, error);
}

enum seat_result seat_propose(struct seat *seat, int64_t now_ms, const char *text, size_t length,
                              enum call_refusal *refusal, struct error *error) {
    enum seat_result result = seat_tick(seat, now_ms, error);
    if (result != SEAT_DONE)
        return result;
    seat_mask(seat, text, length);
    struct event event = {.kind = EVENT_PROPOSED,
                          .ref = call_judge_proposal(seat->call, buffer_text(&seat->masked),
                                                     seat->masked.length, &seat->reading),
                          .text = buffer_text(&seat->masked),
                          .length = seat->masked.length};
    return seat_try(seat, now_ms, &event, refusal, error);
}
