/* What is known of a word, or of a class that stands like one, as far as the automaton goes: worked
 * out when it is first met and kept.
 *
 * Most walks die at their second word. So each word carries, side by side, what may follow it: the
 * *pairs* (a symbol that leads on behind this word, and where to), the *jumps* (the same behind a
 * gap), and bits of the heavy children of the root that it leads to. A *signature* (256 bits, one
 * for 256 symbols in turn) says of most symbols that a word doesn't carry them. Inner header of
 * the grammar. */
#ifndef ITR_LANGUAGE_VIEW_H
#define ITR_LANGUAGE_VIEW_H

#include "language/grammar_inside.h"

struct view {
    uint64_t signature[4];  /* of its inner symbols; the others only begin something */
    uint64_t jumped[4];     /* the signature of those symbols that some jump leads on by */
    uint64_t begins, leads; /* bits of the heavy states that it leads to, and on from */
    const uint32_t *heavy;  /* those that it leads to */
    const uint32_t *table;  /* its symbols: open addressing, 0 is a free place */
    const struct arc *pairs;
    const struct jump *jumps;
    const uint32_t *shows; /* outputs of the word alone */
    uint32_t table_mask;   /* places - 1 */
    uint32_t heavy_count, pair_count, jump_count, show_count;
};

const struct view *views_of_word(struct views *views, uint32_t word);
const struct view *views_of_class(struct views *views, uint32_t symbol);

/* The view of a token; one that may be one of several words gets a view in `arena`. */
const struct view *views_of(struct views *views, const struct token *token, struct arena **arena);

static inline bool signature_has(const uint64_t signature[4], uint32_t symbol) {
    return signature[symbol / 64 % 4] >> (symbol % 64) & 1;
}

static inline void signature_add(uint64_t signature[4], uint32_t symbol) {
    signature[symbol / 64 % 4] |= UINT64_C(1) << (symbol % 64);
}

static inline uint32_t view_place(uint32_t symbol, uint32_t mask) {
    return symbol * UINT32_C(0x9E3779B1) >> 7 & mask;
}

/* Whether a word carries an inner symbol. */
static inline bool view_carries(const struct view *view, uint32_t symbol) {
    if (!signature_has(view->signature, symbol))
        return false;
    uint32_t at = view_place(symbol, view->table_mask);
    while (view->table[at] != 0 && view->table[at] != symbol)
        at = (at + 1) & view->table_mask;
    return view->table[at] != 0;
}

#endif
