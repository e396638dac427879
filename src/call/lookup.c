/* Looking things up while the customer waits, and what is put down for the next one. The search is
 * not done here: what it found stands in the event. */
#include "call/state.h"

bool call_read(const struct call *call, uint32_t article) {
    return call->articles_read >> article & 1;
}

/* A base can be asked on the phone, on hold, and when the call is over. */
enum call_refusal lookup_allows(const struct call *call, const struct event *event) {
    uint32_t count = event->kind == EVENT_ARTICLE ? call->scenario->article_count
                                                  : call->scenario->proposal_count;
    if (event->kind != EVENT_LOOKUP && event->ref != CALL_NONE && event->ref >= count)
        return CALL_WRONG_PHASE;
    return event->text && event->length ? CALL_ALLOWED : CALL_EMPTY;
}

static void run(struct call *call, const struct change *change, struct call_outcome *outcome) {
    mark_change(call, change, outcome);
    run_change(call, change, outcome);
}

void lookup_apply(struct call *call, const struct event *event, struct call_outcome *outcome) {
    const struct scenario *scenario = call->scenario;
    if (event->kind == EVENT_LOOKUP) {
        call->lookups++;
    } else if (event->kind == EVENT_PROPOSED && event->ref != CALL_NONE) {
        run(call, &scenario->proposals[event->ref].change, outcome);
    } else if (event->kind == EVENT_ARTICLE && event->ref != CALL_NONE) {
        bool again = call_read(call, event->ref);
        call->articles_read |= UINT64_C(1) << event->ref;
        if (!again)
            run(call, &scenario->articles[event->ref].change, outcome);
    }
}

uint32_t call_judge_proposal(const struct call *call, const char *text, size_t length,
                             struct reading *reading) {
    const struct scenario *scenario = call->scenario;
    language_read(scenario->lexicon, NULL, 0, text, length, reading);
    for (uint32_t i = 0; i < scenario->proposal_count; i++)
        if (reading->rules[scenario->proposals[i].rule].verdict == VERDICT_MET &&
            call_holds(call, scenario->proposals[i].condition))
            return i;
    return CALL_NONE;
}
