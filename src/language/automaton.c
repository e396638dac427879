#include "language/automaton.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

void automaton_free(struct automaton *automaton) {
    free(automaton->states);
    free(automaton->symbols);
    free(automaton->outputs);
    free(automaton->jumps);
    free(automaton->meanings);
    *automaton = (struct automaton){0};
}

/* ---- numbering ---- */

struct layout {
    struct automaton *automaton;
    const struct trie *trie;
    uint32_t *node;   /* by state: its node */
    uint32_t *behind; /* by gap node: the state of its first child */
};

static void add_children(struct layout *layout, uint32_t node) {
    struct automaton *automaton = layout->automaton;
    const struct node *of = &layout->trie->nodes[node];
    for (uint32_t i = 0; i < of->child_count; i++) {
        const struct child *child = &layout->trie->children[of->child_first + i];
        layout->node[automaton->state_count] = child->node;
        automaton->symbols[automaton->state_count++] = child->symbol;
    }
}

static void add_outputs(struct layout *layout, uint32_t node) {
    struct automaton *automaton = layout->automaton;
    const struct trie *trie = layout->trie;
    for (uint32_t at = trie->nodes[node].outputs; at != 0; at = trie->outputs[at].next)
        automaton->outputs[automaton->output_count++] =
            trie->outputs[at].id | (trie->outputs[at].is_class ? OUTPUT_CLASS : 0);
}

static void add_jumps(struct layout *layout, uint32_t node) {
    struct automaton *automaton = layout->automaton;
    const struct trie *trie = layout->trie;
    for (uint32_t gap = trie->nodes[node].gaps; gap != 0; gap = trie->nodes[gap].next)
        for (uint32_t i = 0; i < trie->nodes[gap].child_count; i++) {
            uint32_t state = layout->behind[gap] + i, symbol = automaton->symbols[state];
            automaton->jumps[automaton->jump_count++] =
                (struct jump){.symbol = symbol,
                              .state = state,
                              .width = ITEM_GAP_WIDTH(trie->nodes[gap].gap),
                              .wide = trie->nodes[gap].gap & ITEM_GAP_WIDE};
            automaton->meanings[symbol].jumped = true;
        }
}

/* What stands behind gaps comes first, for it is nobody's child. */
static void number(struct layout *layout) {
    struct automaton *automaton = layout->automaton;
    automaton->state_count = 1;
    for (uint32_t i = 0; i < layout->trie->node_count; i++)
        if (layout->trie->nodes[i].gap != 0) {
            layout->behind[i] = (uint32_t)automaton->state_count;
            add_children(layout, i);
        }
    for (size_t i = 0; i < automaton->state_count; i++) {
        automaton->states[i] =
            (struct state){(uint32_t)automaton->state_count, (uint32_t)automaton->output_count,
                           (uint32_t)automaton->jump_count};
        add_children(layout, layout->node[i]);
        add_outputs(layout, layout->node[i]);
        add_jumps(layout, layout->node[i]);
    }
    automaton->states[automaton->state_count] =
        (struct state){(uint32_t)automaton->state_count, (uint32_t)automaton->output_count,
                       (uint32_t)automaton->jump_count};
}

/* ---- the root ---- */

static uint32_t children_of(const struct automaton *automaton, uint32_t state) {
    return automaton->states[state + 1].first - automaton->states[state].first;
}

/* The heaviest children of the root, as many as there are bits. */
static void find_heavy(struct automaton *automaton) {
    const struct state *root = automaton->states;
    for (uint32_t least = HEAVY_CHILDREN + 1, found = HEAVY_MOST + 1; found > HEAVY_MOST;
         least += least) {
        found = 0;
        for (uint32_t i = root[0].first; i < root[1].first; i++)
            if (children_of(automaton, i) >= least && found++ < HEAVY_MOST)
                automaton->heavy[found - 1] = i;
        automaton->heavy_count = found;
    }
}

static void note_root(struct automaton *automaton) {
    const struct state *states = automaton->states;
    for (uint32_t i = states[0].first; i < states[1].first; i++)
        automaton->meanings[automaton->symbols[i]].root = i;
    find_heavy(automaton);
    for (size_t k = 0; k < automaton->heavy_count; k++) {
        uint32_t state = automaton->heavy[k];
        automaton->meanings[automaton->symbols[state]].heavy = UINT64_C(1) << k;
        for (uint32_t i = states[state].first; i < states[state + 1].first; i++)
            automaton->meanings[automaton->symbols[i]].leads |= UINT64_C(1) << k;
    }
}

void automaton_build(struct automaton *automaton, const struct trie *trie, size_t symbol_count) {
    size_t nodes = trie->node_count + 1, jumps = 0;
    for (size_t i = 0; i < trie->node_count; i++)
        jumps += trie->nodes[i].gap != 0 ? trie->nodes[i].child_count : 0;
    struct layout layout = {.automaton = automaton,
                            .trie = trie,
                            .node = memory_new(nodes * sizeof *layout.node),
                            .behind = memory_new(nodes * sizeof *layout.behind)};
    automaton->states = memory_new(nodes * sizeof *automaton->states);
    automaton->symbols = memory_new(nodes * sizeof *automaton->symbols);
    automaton->outputs = memory_new((trie->output_count + 1) * sizeof *automaton->outputs);
    automaton->jumps = memory_new((jumps + 1) * sizeof *automaton->jumps);
    automaton->meanings = memory_new((symbol_count + 1) * sizeof *automaton->meanings);
    number(&layout);
    note_root(automaton);
    free(layout.node);
    free(layout.behind);
}
