#include "scenario/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

static struct name_slot *names_slot(const struct names *names, uint64_t hash, const char *name,
                                    size_t length) {
    size_t at = hash & (names->room - 1);
    for (;; at = (at + 1) & (names->room - 1)) {
        struct name_slot *slot = &names->slots[at];
        if (!slot->name)
            return slot;
        if (slot->hash == hash && strncmp(slot->name, name, length) == 0 && !slot->name[length])
            return slot;
    }
}

static void names_grow(struct names *names, struct arena *arena) {
    struct names bigger = {.room = names->room ? names->room * 2 : 64, .count = names->count};
    bigger.slots = arena_take(arena, bigger.room * sizeof *bigger.slots);
    for (size_t i = 0; i < names->room; i++) {
        const struct name_slot *slot = &names->slots[i];
        if (slot->name)
            *names_slot(&bigger, slot->hash, slot->name, strlen(slot->name)) = *slot;
    }
    *names = bigger;
}

bool names_add(struct names *names, struct arena *arena, const char *name, uint32_t *number) {
    if (2 * names->count >= names->room)
        names_grow(names, arena);
    size_t length = strlen(name);
    uint64_t hash = hash_fast(name, length);
    struct name_slot *slot = names_slot(names, hash, name, length);
    if (slot->name) {
        *number = slot->number;
        return false;
    }
    *slot = (struct name_slot){.name = name, .hash = hash, .number = *number};
    names->count++;
    return true;
}

int64_t names_find(const struct names *names, const char *name, size_t length) {
    if (!names->count)
        return -1;
    const struct name_slot *slot = names_slot(names, hash_fast(name, length), name, length);
    return slot->name ? (int64_t)slot->number : -1;
}

const char *names_nearest(const struct names *names, const char *name) {
    const char **list = memory_new((names->count + 1) * sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < names->room; i++)
        if (names->slots[i].name)
            list[count++] = names->slots[i].name;
    const char *nearest = finding_nearest(name, list);
    free(list);
    return nearest;
}
