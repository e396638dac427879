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
    grammar_settle(grammar);
    trie_free(&grammar->trie);
    automaton_free(&grammar->automaton);
    free(grammar->risen_first);
    free(grammar->risen);
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

const char *grammar_undefined(const struct grammar *grammar, size_t *at) {
    while (*at < grammar->class_count) {
        const struct symbol_class *class = &grammar->classes[(*at)++];
        if (!class->made)
            return class->name;
    }
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

/* ---- finishing ---- */

void grammar_keep(struct grammar *grammar, uint32_t symbol) {
    size_t before = grammar->kept_capacity;
    grammar->kept = memory_reserve(grammar->kept, &grammar->kept_capacity, (size_t)symbol + 1,
                                   sizeof *grammar->kept);
    memset(grammar->kept + before, 0, grammar->kept_capacity - before);
    grammar->kept[symbol] = true;
}

static void note_kept(struct grammar *grammar) {
    for (size_t i = 0; i < grammar->symbol_count && i < grammar->kept_capacity; i++)
        if (grammar->kept[i])
            grammar->automaton.meanings[i].inner = true;
}

/* Symbols that lead on somewhere or that scan_has is asked for. */
static bool *find_wanted(const struct grammar *grammar) {
    const struct meaning *meanings = grammar->automaton.meanings;
    bool *wanted = memory_new(grammar->symbol_count * sizeof *wanted);
    for (size_t i = 0; i < grammar->symbol_count; i++)
        wanted[i] = meanings[i].inner || meanings[i].root != 0;
    return wanted;
}

/* Takes an output or a target. */
static void note_found(bool *found, uint32_t output) {
    if (output & OUTPUT_CLASS)
        found[output & ~(OUTPUT_CLASS | TARGET_SHOWS)] = true;
}

/* Symbols that a scan may find: slots, and classes that productions make. */
static bool *find_found(const struct grammar *grammar) {
    const struct automaton *automaton = &grammar->automaton;
    bool *found = memory_new(grammar->symbol_count * sizeof *found);
    for (size_t i = 0; i < automaton->output_count; i++)
        note_found(found, automaton->outputs[i]);
    for (size_t i = 0; i < automaton->arc_count; i++)
        note_found(found, automaton->arcs[i].target);
    for (size_t i = 0; i < automaton->jump_count; i++)
        note_found(found, automaton->jumps[i].target);
    for (size_t i = 0; i < SLOT_COUNT; i++)
        found[grammar->slots[i]] = true;
    return found;
}

struct risers {
    uint32_t *items;
    size_t count, capacity;
    uint32_t *met; /* by symbol: for which symbol it was met last, + 1 */
};

static void rise(struct risers *risers, uint32_t from, uint32_t symbol) {
    if (risers->met[symbol] == from + 1)
        return;
    risers->met[symbol] = from + 1;
    risers->items =
        memory_reserve(risers->items, &risers->capacity, risers->count + 1, sizeof *risers->items);
    risers->items[risers->count++] = symbol;
}

/* Adds `symbol` and every class that it alone makes, itself or through others; keeps the wanted. */
static void rise_from(const struct grammar *grammar, struct risers *risers, uint32_t symbol,
                      const bool *wanted) {
    size_t start = risers->count, kept = start;
    rise(risers, symbol, symbol);
    for (size_t i = start; i < risers->count; i++)
        for (uint32_t at = grammar->parent_first[risers->items[i]]; at != 0;
             at = grammar->link_next[at])
            rise(risers, symbol, grammar->link_class[at]);
    for (size_t i = start; i < risers->count; i++)
        if (wanted[risers->items[i]])
            risers->items[kept++] = risers->items[i];
    risers->count = kept;
}

static void find_risen(struct grammar *grammar, const bool *wanted) {
    bool *found = find_found(grammar);
    struct risers risers = {.met = memory_new(grammar->symbol_count * sizeof(uint32_t))};
    grammar->risen_first = memory_new((grammar->symbol_count + 1) * sizeof *grammar->risen_first);
    for (uint32_t i = 0; i < grammar->symbol_count; i++) {
        grammar->risen_first[i] = (uint32_t)risers.count;
        if (found[i])
            rise_from(grammar, &risers, i, wanted);
    }
    grammar->risen_first[grammar->symbol_count] = (uint32_t)risers.count;
    grammar->risen = risers.items;
    free(risers.met);
    free(found);
}

void grammar_finish(struct grammar *grammar) {
    trie_close(&grammar->trie);
    automaton_build(&grammar->automaton, &grammar->trie, grammar->symbol_count);
    trie_free(&grammar->trie);
    note_kept(grammar);
    bool *wanted = find_wanted(grammar);
    struct symbol_parents parents = {grammar->parent_first, grammar->link_next, grammar->link_class,
                                     grammar->symbol_count, wanted};
    vocabulary_close(grammar->vocabulary, &parents);
    find_risen(grammar, wanted);
    free(wanted);
}

void grammar_settle(struct grammar *grammar) {
    tokens_free(&grammar->cut);
    free(grammar->parent_first);
    free(grammar->link_next);
    free(grammar->link_class);
    free(grammar->classes);
    free(grammar->class_table);
    free(grammar->loose);
    free(grammar->exact);
    free(grammar->kept);
    arena_free(grammar->arena);
    grammar->parent_first = grammar->link_next = grammar->link_class = NULL;
    grammar->classes = NULL;
    grammar->class_table = grammar->loose = grammar->exact = NULL;
    grammar->kept = NULL;
    grammar->arena = NULL;
}

/* ---- who may hold a word of a class ---- */

struct holders {
    const struct grammar *grammar;
    bool *holds; /* by symbol */
    bool changed;
    void (*note)(void *user, uint32_t alternative);
    void *user;
};

static void give_holder(struct holders *holders, uint32_t output) {
    if (!(output & OUTPUT_CLASS)) {
        if (holders->note != NULL)
            holders->note(holders->user, output);
    } else if (!holders->holds[output & ~OUTPUT_CLASS]) {
        holders->holds[output & ~OUTPUT_CLASS] = true;
        holders->changed = true;
    }
}

static void pass_holders(struct holders *holders, uint32_t target, bool held) {
    const struct automaton *automaton = &holders->grammar->automaton;
    if (target & TARGET_SHOWS) {
        if (held)
            give_holder(holders, target & ~TARGET_SHOWS);
        return;
    }
    const struct state *of = &automaton->states[target];
    for (uint32_t i = of[0].outputs; held && i < of[1].outputs; i++)
        give_holder(holders, automaton->outputs[i]);
    for (uint32_t i = of[0].arcs; i < of[1].arcs; i++) {
        const struct arc *arc = &automaton->arcs[i];
        pass_holders(holders, arc->target, held || holders->holds[arc->symbol]);
    }
    for (uint32_t i = of[0].jumps; i < of[1].jumps; i++) {
        const struct jump *jump = &automaton->jumps[i];
        pass_holders(holders, jump->target, held || holders->holds[jump->symbol]);
    }
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
