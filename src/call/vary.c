/* Which variant of a line is said. Under fold 1 the seed draws it. From fold 2 on the one that was
 * heard least recently comes: the variants of a line stand in an order of their own, every play
 * starts one further on, and within a call they come in turn. So a trainee hears all of them before
 * one comes back, and the same record says the same words. */
#include "call/state.h"

#include <string.h>

#define VARIANTS 16

/* The order belongs to the line and the script, not to the seed of one call: only so does the next
 * play know what was said first in the one before. */
static uint32_t in_order(const struct call *call, const struct line *line, uint32_t place) {
    uint8_t order[VARIANTS];
    uint32_t count = line->variant_count;
    const char *id = call->scenario->id;
    uint64_t chance = hash_fast(id, strlen(id)) + line->number;
    for (uint32_t i = 0; i < count; i++)
        order[i] = (uint8_t)i;
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = (uint32_t)(hash_random(&chance) % i);
        uint8_t kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
    return order[place];
}

uint32_t vary_line(struct call *call, const struct line *line) {
    uint32_t count = line->variant_count;
    if (call->fold < 2)
        return (uint32_t)(hash_random(&call->chance) % count);
    uint8_t *heard = &call->heard[line->number];
    uint32_t place = (call->plays + *heard) % count;
    *heard = (uint8_t)((*heard + 1) % count);
    return in_order(call, line, place);
}
