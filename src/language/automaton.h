/* The trie of all productions, closed: laid out for walking.
 *
 * States are numbered level by level, and what leads on from a state stands side by side. Half the
 * trie's nodes are ends that show one thing: they are no states, an *arc* that leads there names
 * what it shows. A *jump* is an arc over a gap. A child of the root with many arcs is *heavy*: it
 * has one of 64 bits, and of each symbol the bits of the heavy states that it leads on from are
 * kept, so that most pairs of words are known to lead nowhere before any arc is tried. Inner header
 * of the grammar. */
#ifndef ITR_LANGUAGE_AUTOMATON_H
#define ITR_LANGUAGE_AUTOMATON_H

#include "language/trie.h"

/* What is shown: an alternative, or a class. */
#define OUTPUT_CLASS UINT32_C(0x40000000)

/* Where an arc leads: a state, or the only thing that is shown there. State 0 is the root, so a
 * target of 0 is none. */
#define TARGET_SHOWS UINT32_C(0x80000000)

#define HEAVY_ARCS 4 /* more make a child of the root heavy */

/* Each list of a state ends where that of the next begins; one more state stands at the end. */
struct state {
    uint32_t arcs, outputs, jumps; /* where they begin */
};

struct arc {
    uint32_t symbol, target;
};

struct jump {
    uint32_t symbol, target;
    uint16_t width; /* words between, at most */
    bool wide;      /* over commas too */
};

/* What is known of a symbol. */
struct meaning {
    uint64_t leads;        /* bits of the heavy states that it leads on from */
    uint32_t symbol, root; /* where it leads to from the root, 0 nowhere */
    bool heavy;            /* that is a heavy state */
    bool jumped;           /* some jump leads on by it */
    bool inner;            /* it leads on from somewhere but the root, or is asked for by name */
};

struct automaton {
    struct state *states;
    size_t state_count;
    struct arc *arcs;
    struct jump *jumps;
    uint32_t *outputs;
    size_t arc_count, jump_count, output_count;
    struct meaning *meanings; /* by symbol */
};

static inline uint64_t heavy_bit(uint32_t state) {
    return UINT64_C(1) << state % 64;
}

void automaton_build(struct automaton *automaton, const struct trie *trie, size_t symbol_count);
void automaton_free(struct automaton *automaton);

#endif
