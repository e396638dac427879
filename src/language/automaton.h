/* The trie of all productions, closed: laid out for walking.
 *
 * States are numbered level by level, so that what leads on from a state stands side by side, the
 * symbols of its children in one short row. A *jump* is a child behind a gap. A child of the root
 * with many children is *heavy*: of which heavy ones a symbol leads on from is kept in 64 bits, so
 * that a pair of words is tried against all of them at once. Inner header of the grammar. */
#ifndef ITR_LANGUAGE_AUTOMATON_H
#define ITR_LANGUAGE_AUTOMATON_H

#include "language/trie.h"

#define OUTPUT_CLASS UINT32_C(0x80000000) /* an output is a class; else an alternative */
#define HEAVY_MOST 64
#define HEAVY_CHILDREN 8 /* more make a child of the root heavy */

/* Each list of a state ends where that of the next begins; one more state stands at the end. */
struct state {
    uint32_t first;   /* its first child: a state */
    uint32_t outputs; /* in `outputs` */
    uint32_t jumps;   /* in `jumps` */
};

struct jump {
    uint32_t symbol, state; /* the symbol that leads on, and where to */
    uint16_t width;         /* words between, at most */
    bool wide;              /* over commas too */
};

/* What is known of a symbol. */
struct meaning {
    uint64_t leads; /* bits of the heavy states that it leads on from */
    uint64_t heavy; /* the bit of `root` when that is heavy */
    uint32_t root;  /* the child of the root that it leads to, 0 none */
    bool jumped;    /* some jump leads on by it */
};

struct automaton {
    struct state *states; /* state 0 is the root */
    uint32_t *symbols;    /* by state: the symbol that leads to it */
    size_t state_count;
    uint32_t *outputs;
    struct jump *jumps;
    size_t output_count, jump_count;
    struct meaning *meanings; /* by symbol */
    uint32_t heavy[HEAVY_MOST];
    size_t heavy_count;
};

void automaton_build(struct automaton *automaton, const struct trie *trie, size_t symbol_count);
void automaton_free(struct automaton *automaton);

#endif
