/* Which replies are open to the trainee where the call stands. */
#include "call/state.h"

bool call_takes_typed(const struct call *call) {
    return call_node(call)->accepts_typed;
}

/* An exam hides the list wherever typing is possible: recognising is easier than saying. */
bool call_takes_choice(const struct call *call) {
    const struct node *node = call_node(call);
    return node->accepts_choice && !(call->mode == MODE_EXAM && node->accepts_typed);
}

bool call_offers(const struct call *call, const struct reply *reply) {
    return !(reply->once && reply_used(call, reply)) && call_holds(call, reply->condition);
}

/* Fisher and Yates, from a seed made of what the list depends on: the same state shows the same
 * order, and another visit another one. */
static void shuffle(const struct call *call, uint32_t *options, uint32_t count) {
    uint64_t chance = call->seed ^ ((uint64_t)call->node << 32) ^ call->visits[call->node];
    hash_random(&chance);
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = (uint32_t)(hash_random(&chance) % i);
        uint32_t kept = options[i - 1];
        options[i - 1] = options[j];
        options[j] = kept;
    }
}

uint32_t call_options(const struct call *call, uint32_t *options, uint32_t room) {
    if (!call->opened || call_talk_over(call) || call->phase == PHASE_ON_HOLD || !call_takes_choice(call))
        return 0;
    const struct node *node = call_node(call);
    uint32_t count = 0;
    for (uint32_t i = 0; i < node->reply_count && count < room; i++)
        if (call_offers(call, &node->replies[i]))
            options[count++] = i;
    shuffle(call, options, count);
    return count;
}
