/* The trie of all productions while they are added: inner header of the grammar. */
#ifndef ITR_LANGUAGE_TRIE_H
#define ITR_LANGUAGE_TRIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "language/token.h"

/* An item of a production: a symbol, or a gap. */
#define ITEM_GAP UINT32_C(0x80000000)
#define ITEM_GAP_WIDE UINT32_C(0x00000100)
#define ITEM_GAP_WIDTH(item) ((item)&0xFF)

struct output {
    uint32_t next; /* 0 ends */
    uint32_t id;   /* symbol of a class, or alternative */
    bool is_class;
};

struct node {
    uint32_t child_first, child_count; /* in `children` (after trie_close) */
    uint32_t outputs;                  /* first, 0 none */
    uint32_t gaps;                     /* first gap child, 0 none */
    uint32_t next;                     /* the parent's next gap child */
    uint32_t gap;                      /* how wide, when it is one */
};

struct step {
    uint64_t key; /* node << 32 | symbol */
    uint32_t child;
};

struct child {
    uint32_t symbol, node;
};

struct trie {
    struct node *nodes; /* node 0 is the root */
    size_t node_count, node_capacity;
    struct output *outputs;
    size_t output_count, output_capacity;
    struct step *steps;
    size_t step_count, step_size;
    struct child *children; /* by parent, sorted by symbol (after trie_close) */
};

void trie_start(struct trie *trie);
void trie_free(struct trie *trie);
void trie_add(struct trie *trie, const uint32_t *items, size_t count, struct output output);

/* Lines up the children of each node. */
void trie_close(struct trie *trie);

#endif
