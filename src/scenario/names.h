/* From an id to its number: one hash table a kind of thing, so that a reference costs the same
 * however long the script is. */
#ifndef ITR_SCENARIO_NAMES_H
#define ITR_SCENARIO_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct name_slot {
    const char *name; /* NULL: empty */
    uint64_t hash;
    uint32_t number;
};

/* Start with `= {0}`; its memory is the arena's, its keys are the caller's. */
struct names {
    struct name_slot *slots;
    size_t room, count; /* room is a power of two */
};

/* Adds a name. False, and *number is the first one's, when it is there already. */
bool names_add(struct names *names, struct arena *arena, const char *name, uint32_t *number);

/* The number of a name, or -1. */
int64_t names_find(const struct names *names, const char *name, size_t length);

/* The name nearest to one that was not found, if near enough to have been meant, or NULL. Takes
 * time with the number of names. */
const char *names_nearest(const struct names *names, const char *name);

#endif
