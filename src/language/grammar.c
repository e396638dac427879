#include "language/grammar.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "language/grammar_inside.h"

struct grammar *grammar_new(void) {
    static atomic_uint_fast64_t serials;
    struct grammar *grammar = memory_new(sizeof *grammar);
    grammar->serial = atomic_fetch_add(&serials, 1) + 1;
    grammar->vocabulary = vocabulary_new();
    grammar->arena = arena_new();
    trie_start(&grammar->trie);
    grammar->link_count = 1;     /* 0 ends a list */
    grammar_new_symbol(grammar); /* 0 is no symbol */
    for (int i = 0; i < SLOT_COUNT; i++)
        grammar->slots[i] = grammar_new_symbol(grammar);
    grammar_add_slots(grammar);
    return grammar;
}

void grammar_free(struct grammar *grammar) {
    if (grammar == NULL)
        return;
    vocabulary_free(grammar->vocabulary);
    trie_free(&grammar->trie);
    tokens_free(&grammar->cut);
    free(grammar->parent_first);
    free(grammar->link_next);
    free(grammar->link_class);
    free(grammar->classes);
    free(grammar->class_table);
    free(grammar->loose);
    free(grammar->exact);
    arena_free(grammar->arena);
    free(grammar);
}

struct vocabulary *grammar_vocabulary(const struct grammar *grammar) {
    return grammar->vocabulary;
}

uint32_t grammar_new_symbol(struct grammar *grammar) {
    grammar->parent_first =
        memory_reserve(grammar->parent_first, &grammar->parent_capacity, grammar->symbol_count + 1,
                       sizeof *grammar->parent_first);
    grammar->parent_first[grammar->symbol_count] = 0;
    return (uint32_t)grammar->symbol_count++;
}

uint32_t grammar_slot(const struct grammar *grammar, enum slot slot) {
    return grammar->slots[slot];
}

/* ---- classes ---- */

static void class_table_put(struct grammar *grammar, uint32_t class) {
    size_t place = grammar->classes[class].hash & (grammar->class_table_size - 1);
    while (grammar->class_table[place] != 0)
        place = (place + 1) & (grammar->class_table_size - 1);
    grammar->class_table[place] = class + 1;
}

static void class_table_grow(struct grammar *grammar) {
    free(grammar->class_table);
    grammar->class_table_size = grammar->class_table_size ? grammar->class_table_size * 2 : 1024;
    grammar->class_table = memory_new(grammar->class_table_size * sizeof(uint32_t));
    for (uint32_t i = 0; i < grammar->class_count; i++)
        class_table_put(grammar, i);
}

struct symbol_class *grammar_class_of(struct grammar *grammar, const char *name, size_t length) {
    if (grammar->class_count * 2 >= grammar->class_table_size)
        class_table_grow(grammar);
    uint64_t hash = hash_fast(name, length);
    size_t place = hash & (grammar->class_table_size - 1);
    for (; grammar->class_table[place] != 0;
         place = (place + 1) & (grammar->class_table_size - 1)) {
        struct symbol_class *class = &grammar->classes[grammar->class_table[place] - 1];
        if (class->hash == hash && class->length == length &&
            memcmp(class->name, name, length) == 0)
            return class;
    }
    grammar->classes = memory_reserve(grammar->classes, &grammar->class_capacity,
                                      grammar->class_count + 1, sizeof *grammar->classes);
    struct symbol_class *class = &grammar->classes[grammar->class_count];
    *class = (struct symbol_class){.name = arena_text_of(grammar->arena, name, length),
                                   .length = length,
                                   .hash = hash,
                                   .symbol = grammar_new_symbol(grammar)};
    class_table_put(grammar, (uint32_t)grammar->class_count++);
    return class;
}

uint32_t grammar_class(struct grammar *grammar, const char *name, size_t length) {
    return grammar_class_of(grammar, name, length)->symbol;
}

void grammar_declare(struct grammar *grammar, uint32_t symbol) {
    for (size_t i = grammar->class_count; i-- > 0;)
        if (grammar->classes[i].symbol == symbol) {
            grammar->classes[i].made = true;
            return;
        }
}

const char *grammar_undefined(const struct grammar *grammar) {
    for (size_t i = 0; i < grammar->class_count; i++)
        if (!grammar->classes[i].made)
            return grammar->classes[i].name;
    return NULL;
}

/* ---- words ---- */

static uint32_t *word_symbol(uint32_t **symbols, size_t *capacity, uint32_t word) {
    size_t before = *capacity;
    *symbols = memory_reserve(*symbols, capacity, (size_t)word + 1, sizeof **symbols);
    for (size_t i = before; i < *capacity; i++)
        (*symbols)[i] = 0;
    return &(*symbols)[word];
}

uint32_t grammar_word(struct grammar *grammar, uint32_t word, bool exact) {
    uint32_t *symbol = exact ? word_symbol(&grammar->exact, &grammar->exact_capacity, word)
                             : word_symbol(&grammar->loose, &grammar->loose_capacity, word);
    if (*symbol == 0) {
        *symbol = grammar_new_symbol(grammar);
        vocabulary_carry(grammar->vocabulary, word, *symbol, !exact);
    }
    return *symbol;
}

/* ---- productions ---- */

static void link_parent(struct grammar *grammar, uint32_t symbol, uint32_t class) {
    for (uint32_t at = grammar->parent_first[symbol]; at != 0; at = grammar->link_next[at])
        if (grammar->link_class[at] == class)
            return;
    size_t capacity = grammar->link_capacity;
    grammar->link_next = memory_reserve(grammar->link_next, &capacity, grammar->link_count + 1,
                                        sizeof *grammar->link_next);
    grammar->link_class = memory_reserve(grammar->link_class, &grammar->link_capacity,
                                         grammar->link_count + 1, sizeof *grammar->link_class);
    grammar->link_next[grammar->link_count] = grammar->parent_first[symbol];
    grammar->link_class[grammar->link_count] = class;
    grammar->parent_first[symbol] = (uint32_t)grammar->link_count++;
}

void grammar_produce(struct grammar *grammar, const uint32_t *items, size_t count,
                     struct output output) {
    if (output.is_class && count == 1)
        link_parent(grammar, items[0], output.id);
    else
        trie_add(&grammar->trie, items, count, output);
}

void grammar_finish(struct grammar *grammar) {
    struct symbol_parents parents = {grammar->parent_first, grammar->link_next, grammar->link_class,
                                     grammar->symbol_count};
    vocabulary_close(grammar->vocabulary, &parents);
    trie_close(&grammar->trie, grammar->symbol_count);
}

/* ---- who may hold a word of a class ---- */

struct holders {
    const struct grammar *grammar;
    bool *holds; /* by symbol */
    bool changed;
    void (*note)(void *user, uint32_t alternative);
    void *user;
};

static void give_holders(struct holders *holders, uint32_t node) {
    const struct trie *trie = &holders->grammar->trie;
    for (uint32_t at = trie->nodes[node].outputs; at != 0; at = trie->outputs[at].next) {
        const struct output *output = &trie->outputs[at];
        if (!output->is_class) {
            if (holders->note != NULL)
                holders->note(holders->user, output->id);
        } else if (!holders->holds[output->id]) {
            holders->holds[output->id] = true;
            holders->changed = true;
        }
    }
}

static void pass_holders(struct holders *holders, uint32_t node, bool held) {
    const struct trie *trie = &holders->grammar->trie;
    const struct node *of = &trie->nodes[node];
    if (held)
        give_holders(holders, node);
    for (uint32_t i = 0; i < of->child_count; i++) {
        const struct child *child = &trie->children[of->child_first + i];
        pass_holders(holders, child->node, held || holders->holds[child->symbol]);
    }
    for (uint32_t gap = of->gaps; gap != 0; gap = trie->nodes[gap].next)
        pass_holders(holders, gap, held);
}

/* Classes that one of these symbols alone makes hold it too. */
static void pass_parents(struct holders *holders) {
    const struct grammar *grammar = holders->grammar;
    for (uint32_t symbol = 0; symbol < grammar->symbol_count; symbol++) {
        if (!holders->holds[symbol])
            continue;
        for (uint32_t at = grammar->parent_first[symbol]; at != 0; at = grammar->link_next[at])
            if (!holders->holds[grammar->link_class[at]]) {
                holders->holds[grammar->link_class[at]] = true;
                holders->changed = true;
            }
    }
}

void grammar_find_holders(const struct grammar *grammar, uint32_t symbol,
                          void (*note)(void *user, uint32_t alternative), void *user) {
    struct holders holders = {.grammar = grammar,
                              .holds = memory_new(grammar->symbol_count * sizeof(bool))};
    vocabulary_mark_holders(grammar->vocabulary, symbol, holders.holds);
    do {
        holders.changed = false;
        pass_parents(&holders);
        pass_holders(&holders, 0, false);
    } while (holders.changed);
    holders.note = note;
    holders.user = user;
    pass_holders(&holders, 0, false);
    free(holders.holds);
}
