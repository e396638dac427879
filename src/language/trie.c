#include "language/trie.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

static size_t step_place(const struct trie *trie, uint64_t key) {
    return (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 24) & (trie->step_size - 1);
}

static uint32_t trie_child(const struct trie *trie, uint32_t node, uint32_t symbol) {
    uint64_t key = (uint64_t)node << 32 | symbol;
    for (size_t place = step_place(trie, key); trie->steps[place].child != 0;
         place = (place + 1) & (trie->step_size - 1))
        if (trie->steps[place].key == key)
            return trie->steps[place].child;
    return 0;
}

void trie_start(struct trie *trie) {
    trie->step_size = 1 << 15;
    trie->steps = memory_new(trie->step_size * sizeof *trie->steps);
    trie->nodes = memory_reserve(NULL, &trie->node_capacity, 1 << 12, sizeof *trie->nodes);
    trie->nodes[0] = (struct node){0};
    trie->node_count = 1;
    trie->outputs = memory_reserve(NULL, &trie->output_capacity, 1 << 10, sizeof *trie->outputs);
    trie->output_count = 1;
}

void trie_free(struct trie *trie) {
    free(trie->nodes);
    free(trie->outputs);
    free(trie->steps);
    free(trie->children);
    *trie = (struct trie){0};
}

static void put_step(struct trie *trie, struct step step) {
    size_t place = step_place(trie, step.key);
    while (trie->steps[place].child != 0)
        place = (place + 1) & (trie->step_size - 1);
    trie->steps[place] = step;
}

static void grow_steps(struct trie *trie) {
    struct step *old = trie->steps;
    size_t size = trie->step_size;
    trie->step_size *= 2;
    trie->steps = memory_new(trie->step_size * sizeof *trie->steps);
    for (size_t i = 0; i < size; i++)
        if (old[i].child != 0)
            put_step(trie, old[i]);
    free(old);
}

static uint32_t new_node(struct trie *trie) {
    trie->nodes = memory_reserve(trie->nodes, &trie->node_capacity, trie->node_count + 1,
                                 sizeof *trie->nodes);
    trie->nodes[trie->node_count] = (struct node){0};
    return (uint32_t)trie->node_count++;
}

static uint32_t symbol_child(struct trie *trie, uint32_t node, uint32_t symbol) {
    uint32_t child = trie_child(trie, node, symbol);
    if (child != 0)
        return child;
    child = new_node(trie);
    trie->nodes[node].child_count++;
    if (++trie->step_count * 2 > trie->step_size)
        grow_steps(trie);
    put_step(trie, (struct step){(uint64_t)node << 32 | symbol, child});
    return child;
}

static uint32_t gap_child(struct trie *trie, uint32_t node, uint32_t gap) {
    for (uint32_t child = trie->nodes[node].gaps; child != 0; child = trie->nodes[child].next)
        if (trie->nodes[child].gap == gap)
            return child;
    uint32_t child = new_node(trie);
    trie->nodes[child].gap = gap;
    trie->nodes[child].next = trie->nodes[node].gaps;
    trie->nodes[node].gaps = child;
    return child;
}

void trie_add(struct trie *trie, const uint32_t *items, size_t count, struct output output) {
    uint32_t node = 0;
    for (size_t i = 0; i < count; i++)
        node = items[i] & ITEM_GAP ? gap_child(trie, node, items[i])
                                   : symbol_child(trie, node, items[i]);
    for (uint32_t at = trie->nodes[node].outputs; at != 0; at = trie->outputs[at].next)
        if (trie->outputs[at].id == output.id && trie->outputs[at].is_class == output.is_class)
            return;
    trie->outputs = memory_reserve(trie->outputs, &trie->output_capacity, trie->output_count + 1,
                                   sizeof *trie->outputs);
    output.next = trie->nodes[node].outputs;
    trie->outputs[trie->output_count] = output;
    trie->nodes[node].outputs = (uint32_t)trie->output_count++;
}

static int compare_children(const void *a, const void *b) {
    const struct child *x = a, *y = b;
    return x->symbol < y->symbol ? -1 : x->symbol > y->symbol;
}

void trie_close(struct trie *trie) {
    uint32_t *filled = memory_new(trie->node_count * sizeof *filled);
    uint32_t next = 0;
    trie->children = memory_new((trie->step_count + 1) * sizeof *trie->children);
    for (size_t i = 0; i < trie->node_count; i++) {
        trie->nodes[i].child_first = next;
        next += trie->nodes[i].child_count;
    }
    for (size_t i = 0; i < trie->step_size; i++) {
        if (trie->steps[i].child == 0)
            continue;
        uint32_t node = (uint32_t)(trie->steps[i].key >> 32);
        trie->children[trie->nodes[node].child_first + filled[node]++] =
            (struct child){(uint32_t)trie->steps[i].key, trie->steps[i].child};
    }
    for (size_t i = 0; i < trie->node_count; i++)
        if (trie->nodes[i].child_count > 1)
            qsort(trie->children + trie->nodes[i].child_first, trie->nodes[i].child_count,
                  sizeof *trie->children, compare_children);
    free(filled);
}
