#include "base/memory.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Blocks start small, so that an arena of a few pieces is cheap, and double up to a size from which
 * the C library maps fresh pages, which are zero without being touched. */
#define BLOCK_FIRST ((size_t)4 << 10)
#define BLOCK_LARGEST ((size_t)1 << 20)

struct block {
    struct block *next;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *blocks; /* the one in use first */
    size_t used, room;    /* of the first block */
    size_t next_block;
    size_t taken; /* from the system */
};

struct arena *arena_new(void) {
    struct arena *arena = memory_new(sizeof *arena);

    arena->next_block = BLOCK_FIRST;
    arena->taken = sizeof *arena;
    return arena;
}

void arena_free(struct arena *arena) {
    if (!arena)
        return;
    for (struct block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

static struct block *block_new(struct arena *arena, size_t size, bool zeroed) {
    struct block *block;

    if (size > SIZE_MAX - sizeof *block)
        memory_exhausted();
    block = zeroed ? memory_new(sizeof *block + size) : memory_resize(NULL, sizeof *block + size);
    block->next = NULL;
    arena->taken += sizeof *block + size;
    return block;
}

/* A piece too large for the blocks gets one of its own, behind the one in use. */
static void *take_large(struct arena *arena, size_t size, bool zeroed) {
    struct block *block = block_new(arena, size, zeroed);

    if (arena->blocks) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        arena->blocks = block;
        arena->used = arena->room = size;
    }
    return block->bytes;
}

void *arena_take(struct arena *arena, size_t size) {
    size_t aligned = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    void *piece;

    if (aligned < size)
        memory_exhausted();
    if (aligned > arena->room - arena->used) {
        if (aligned > arena->next_block / 4)
            return take_large(arena, aligned, true);
        struct block *block = block_new(arena, arena->next_block, true);
        block->next = arena->blocks;
        arena->blocks = block;
        arena->used = 0;
        arena->room = arena->next_block;
        if (arena->next_block < BLOCK_LARGEST)
            arena->next_block *= 2;
    }
    piece = arena->blocks->bytes + arena->used;
    arena->used += aligned;
    return piece;
}

void *arena_take_unset(struct arena *arena, size_t size) {
    return size < BLOCK_FIRST ? arena_take(arena, size) : take_large(arena, size, false);
}

char *arena_text(struct arena *arena, const char *text) {
    return arena_text_of(arena, text, strlen(text));
}

char *arena_text_of(struct arena *arena, const char *bytes, size_t length) {
    char *copy = arena_take(arena, length + 1);

    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

size_t arena_size(const struct arena *arena) {
    return arena->taken;
}
