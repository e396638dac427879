/* Every word that some rule speaks of, with its light endings, and what each is good for.
 *
 * A *word* is a row of folded letters: a Latin word, one Han character, a number as written. A
 * *symbol* is what rules are made of; a word carries the symbols that it can stand for. Light
 * endings (help: helps, helped, helping) are words of their own that carry the symbol of their
 * stem. A word that is not known but is one slip away from a known one of five letters or more
 * carries the symbols of that one. A *spelling* is a word that stands for others: "can't" for "can
 * not". */
#ifndef ITR_LANGUAGE_VOCABULARY_H
#define ITR_LANGUAGE_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORD_NONE UINT32_MAX
#define WORD_NEAR 3     /* known words a slip may have meant, at most */
#define WORD_SPELLING 4 /* words a spelling may stand for, at most */
#define SLIP_LENGTH 5   /* letters from which on one slip is forgiven */

struct symbols {
    const uint32_t *items;
    size_t count;
};

struct vocabulary;
struct vocabulary *vocabulary_new(void);
void vocabulary_free(struct vocabulary *vocabulary);

/* FNV-1a over letters, mixed: the key of a word. Start from WORD_HASH_START. */
#define WORD_HASH_START UINT64_C(0xcbf29ce484222325)
static inline uint64_t word_hash(uint64_t hash, uint32_t letter) {
    return (hash ^ letter) * UINT64_C(0x100000001b3);
}

uint32_t vocabulary_find(const struct vocabulary *vocabulary, uint64_t hash);
uint32_t vocabulary_add(struct vocabulary *vocabulary, const uint32_t *letters, size_t count);

/* From now on `word` carries `symbol`; with `endings` its light endings do too. */
void vocabulary_carry(struct vocabulary *vocabulary, uint32_t word, uint32_t symbol, bool endings);

/* From now on `word` stands for these other words. */
void vocabulary_spell(struct vocabulary *vocabulary, uint32_t word, const uint32_t *words,
                      size_t count);

/* Which classes a symbol alone makes. */
struct symbol_parents {
    const uint32_t *first; /* by symbol: its first link, 0 none */
    const uint32_t *next;  /* by link */
    const uint32_t *class_symbol;
    size_t symbol_count;
    const bool *wanted; /* by symbol: the others are left out of the lists */
};

/* Called once when all is added. Builds the symbol lists and the index of slips. */
void vocabulary_close(struct vocabulary *vocabulary, const struct symbol_parents *parents);

struct symbols vocabulary_symbols(const struct vocabulary *vocabulary, uint32_t word);
/* Sets holds[s] for each symbol s of each word that carries `symbol`. */
void vocabulary_mark_holders(const struct vocabulary *vocabulary, uint32_t symbol, bool *holds);

size_t vocabulary_count(const struct vocabulary *vocabulary);

size_t vocabulary_spelling(const struct vocabulary *vocabulary, uint32_t word,
                           uint32_t words[WORD_SPELLING]);

/* Known words one slip from these letters (one letter more, less, other, or two swapped). */
size_t vocabulary_near(const struct vocabulary *vocabulary, const uint32_t *letters, size_t count,
                       uint32_t words[WORD_NEAR]);

#endif
