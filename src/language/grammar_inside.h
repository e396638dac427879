/* What grammar.c, pattern.c and scan.c share: inner header of the grammar. */
#ifndef ITR_LANGUAGE_GRAMMAR_INSIDE_H
#define ITR_LANGUAGE_GRAMMAR_INSIDE_H

#include "language/automaton.h"
#include "language/grammar.h"

struct symbol_class {
    const char *name;
    size_t length;
    uint64_t hash;
    uint32_t symbol;
    bool made; /* some pattern makes it */
};

struct grammar {
    uint64_t serial; /* tells this grammar from any other of the process */
    struct vocabulary *vocabulary;
    struct trie trie; /* until grammar_finish */
    struct automaton automaton;
    struct arena *arena;
    uint32_t slots[SLOT_COUNT];
    size_t symbol_count, parent_capacity;
    uint32_t *parent_first; /* by symbol: first link to a class it makes alone */
    uint32_t *link_next, *link_class;
    size_t link_count, link_capacity;
    bool *kept; /* by symbol: scan_has is asked for it */
    size_t kept_capacity;
    uint32_t *risen_first; /* by symbol that a scan finds: where in `risen` begins what it makes */
    uint32_t *risen;       /* itself first; what nothing asks for is left out */
    struct symbol_class *classes;
    size_t class_count, class_capacity;
    uint32_t *class_table;
    size_t class_table_size;
    uint32_t *loose, *exact; /* by word: its symbol with and without endings, 0 none yet */
    size_t loose_capacity, exact_capacity;
    struct tokens cut; /* work space for the words of patterns */
};

uint32_t grammar_new_symbol(struct grammar *grammar);
struct symbol_class *grammar_class_of(struct grammar *grammar, const char *name, size_t length);
uint32_t grammar_word(struct grammar *grammar, uint32_t word, bool exact);
void grammar_produce(struct grammar *grammar, const uint32_t *items, size_t count,
                     struct output output);
void grammar_add_slots(struct grammar *grammar); /* slot.h's slot_patterns */

#endif
