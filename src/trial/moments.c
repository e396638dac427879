/* Moments of a script that can be practised alone. */
#include <stdlib.h>

#include "trial/trial.h"

#define OPTION_ROOM 64

static struct call *open_at(const struct scenario *scenario, uint32_t node) {
    struct call *call = call_new(scenario);
    struct event opened = {
        .kind = EVENT_OPENED, .node = scenario->start, .mode = MODE_DRILL, .number = node + 1};
    call_apply(call, &opened, NULL);
    return call;
}

/* What a reply earns there: 2 for a full mark of some point and no harm. */
static bool is_right(const struct call *at, struct call *spare, uint32_t node, uint32_t option) {
    struct event event = {.kind = EVENT_REPLY, .node = node, .ref = option};
    struct call_outcome outcome;
    bool full = false;
    call_copy(spare, at);
    if (call_allows(spare, &event) != CALL_ALLOWED)
        return false;
    call_apply(spare, &event, &outcome);
    for (uint32_t i = 0; i < outcome.credit_count; i++) {
        if (outcome.credits[i].after < outcome.credits[i].before)
            return false;
        full |= outcome.credits[i].counted && outcome.credits[i].after == 2;
    }
    return full;
}

static bool is_moment(const struct scenario *scenario, uint32_t node) {
    struct call *call = open_at(scenario, node), *spare = call_new(scenario);
    uint32_t options[OPTION_ROOM], right = 0;
    uint32_t count = call_options(call, options, OPTION_ROOM);
    for (uint32_t i = 0; i < count; i++)
        right += is_right(call, spare, node, options[i]);
    free(call);
    free(spare);
    return right > 0 && right < count;
}

uint32_t trial_moments(const struct scenario *scenario, uint32_t *nodes, uint32_t room) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < scenario->node_count && count < room; i++)
        if (scenario->nodes[i].accepts_choice && scenario->nodes[i].reply_count > 1 &&
            is_moment(scenario, i))
            nodes[count++] = i;
    return count;
}
