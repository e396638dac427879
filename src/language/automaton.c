#include "language/automaton.h"

#include <stdlib.h>

#include "base/base.h"

void automaton_free(struct automaton *automaton) {
    free(automaton->states);
    free(automaton->arcs);
    free(automaton->jumps);
    free(automaton->outputs);
    free(automaton->meanings);
    *automaton = (struct automaton){0};
}

/* ---- numbering ---- */

struct layout {
    struct automaton *automaton;
    const struct trie *trie;
    uint32_t *node; /* by state: its node */
};

static uint32_t output_at(const struct trie *trie, uint32_t at) {
    return trie->outputs[at].id | (trie->outputs[at].is_class ? OUTPUT_CLASS : 0);
}

/* The target for a node; a state gets the next number. */
static uint32_t target_for(struct layout *layout, uint32_t node) {
    const struct node *of = &layout->trie->nodes[node];
    bool ends = of->child_count == 0 && of->gaps == 0;
    if (ends && of->outputs != 0 && layout->trie->outputs[of->outputs].next == 0)
        return TARGET_SHOWS | output_at(layout->trie, of->outputs);
    layout->node[layout->automaton->state_count] = node;
    return (uint32_t)layout->automaton->state_count++;
}

static void add_arcs(struct layout *layout, const struct node *node) {
    struct automaton *automaton = layout->automaton;
    for (uint32_t i = 0; i < node->child_count; i++) {
        const struct child *child = &layout->trie->children[node->child_first + i];
        automaton->arcs[automaton->arc_count++] =
            (struct arc){child->symbol, target_for(layout, child->node)};
    }
}

static void add_outputs(struct layout *layout, const struct node *node) {
    struct automaton *automaton = layout->automaton;
    for (uint32_t at = node->outputs; at != 0; at = layout->trie->outputs[at].next)
        automaton->outputs[automaton->output_count++] = output_at(layout->trie, at);
}

static void add_jumps(struct layout *layout, const struct node *node) {
    struct automaton *automaton = layout->automaton;
    const struct trie *trie = layout->trie;
    for (uint32_t at = node->gaps; at != 0; at = trie->nodes[at].next) {
        const struct node *gap = &trie->nodes[at];
        for (uint32_t i = 0; i < gap->child_count; i++) {
            const struct child *child = &trie->children[gap->child_first + i];
            automaton->jumps[automaton->jump_count++] =
                (struct jump){.symbol = child->symbol,
                              .target = target_for(layout, child->node),
                              .width = ITEM_GAP_WIDTH(gap->gap),
                              .wide = gap->gap & ITEM_GAP_WIDE};
        }
    }
}

static void number(struct layout *layout) {
    struct automaton *automaton = layout->automaton;
    automaton->state_count = 1; /* the root's node is 0 too */
    for (size_t i = 0; i < automaton->state_count; i++) {
        const struct node *node = &layout->trie->nodes[layout->node[i]];
        automaton->states[i] =
            (struct state){(uint32_t)automaton->arc_count, (uint32_t)automaton->output_count,
                           (uint32_t)automaton->jump_count};
        add_arcs(layout, node);
        add_outputs(layout, node);
        add_jumps(layout, node);
    }
    automaton->states[automaton->state_count] =
        (struct state){(uint32_t)automaton->arc_count, (uint32_t)automaton->output_count,
                       (uint32_t)automaton->jump_count};
}

/* ---- what symbols mean ---- */

static uint32_t arcs_of(const struct automaton *automaton, uint32_t target) {
    if (target & TARGET_SHOWS)
        return 0;
    return automaton->states[target + 1].arcs - automaton->states[target].arcs;
}

static void note_roots(struct automaton *automaton) {
    for (uint32_t i = 0; i < automaton->states[1].arcs; i++) {
        const struct arc *root = &automaton->arcs[i];
        struct meaning *meaning = &automaton->meanings[root->symbol];
        meaning->root = root->target;
        meaning->heavy = arcs_of(automaton, root->target) > HEAVY_ARCS;
        if (!meaning->heavy)
            continue;
        const struct state *state = &automaton->states[root->target];
        for (uint32_t k = state[0].arcs; k < state[1].arcs; k++)
            automaton->meanings[automaton->arcs[k].symbol].leads |= heavy_bit(root->target);
    }
}

static void note_inner(struct automaton *automaton) {
    for (size_t i = automaton->states[1].arcs; i < automaton->arc_count; i++)
        automaton->meanings[automaton->arcs[i].symbol].inner = true;
    for (size_t i = 0; i < automaton->jump_count; i++) {
        struct meaning *meaning = &automaton->meanings[automaton->jumps[i].symbol];
        meaning->inner = meaning->jumped = true;
    }
}

void automaton_build(struct automaton *automaton, const struct trie *trie, size_t symbol_count) {
    size_t nodes = trie->node_count + 1;
    struct layout layout = {
        .automaton = automaton, .trie = trie, .node = memory_new(nodes * sizeof *layout.node)};
    automaton->states = memory_new(nodes * sizeof *automaton->states);
    automaton->arcs = memory_new(nodes * sizeof *automaton->arcs);
    automaton->jumps = memory_new(nodes * sizeof *automaton->jumps);
    automaton->outputs = memory_new((trie->output_count + 1) * sizeof *automaton->outputs);
    automaton->meanings = memory_new((symbol_count + 1) * sizeof *automaton->meanings);
    for (uint32_t i = 0; i < symbol_count; i++)
        automaton->meanings[i].symbol = i;
    number(&layout);
    automaton->states =
        memory_resize(automaton->states, (automaton->state_count + 1) * sizeof *automaton->states);
    automaton->arcs =
        memory_resize(automaton->arcs, (automaton->arc_count + 1) * sizeof *automaton->arcs);
    automaton->jumps =
        memory_resize(automaton->jumps, (automaton->jump_count + 1) * sizeof *automaton->jumps);
    note_roots(automaton);
    note_inner(automaton);
    free(layout.node);
}
