/* What is known of a word as far as the trie goes, worked out when it is first met and kept.
 *
 * Most walks die at their second word. So each word knows to which children of the root it leads:
 * the *light* ones, with few children and no gap, are tried one by one; for the *heavy* ones rows
 * of bits tell, before any is tried, whether the next word, or one behind a gap, leads on from
 * them. A *signature* (256 bits, a hash of each symbol) says of most symbols that a word doesn't
 * carry them without touching the row that knows for sure. What is asked of a word often fits a
 * cache line. Inner header of the grammar. */
#ifndef ITR_LANGUAGE_VIEW_H
#define ITR_LANGUAGE_VIEW_H

#include "language/grammar_inside.h"

#define LIGHT_CHILDREN 8 /* more, or a gap, make a child of the root heavy */

struct view {
    uint64_t signature[4];
    uint64_t mask;     /* the same in 64 bits, to be held against a node's */
    uint64_t *symbols; /* bits by symbol; NULL: not met yet */
    uint64_t *begins;  /* by heavy child of the root: this word leads there; then … */
    /* … goes_on: from there this word leads on; jumps: it does so behind a gap; one row each */
    uint32_t *light; /* nodes */
    uint32_t light_count;
    bool begins_any, jumps_any; /* whether those rows hold anything */
};

struct views {
    const struct grammar *grammar;
    uint64_t serial;
    size_t symbol_words, heavy_words; /* how long rows are, in 64 bits */
    struct view *by_word;
    struct view nothing;
    struct arena *arena;
    struct arena *text_arena; /* views of tokens that may be one of several words: one text's */
    uint32_t *heavy;          /* by place in the rows: node */
    size_t heavy_count;
    uint64_t *ends;         /* by heavy child: something is complete there */
    uint64_t *empty;        /* the rows of every symbol that has none */
    uint64_t **by_symbol;   /* rows begins, goes_on, jumps of a symbol; NULL not met yet */
    uint32_t *heavy_of;     /* by place among the root's children: place in the rows + 1 */
    uint64_t *live, *ahead; /* work space of the scan */
};

/* The views for a grammar, those of `old` if they are of the same, else new ones. */
struct views *views_for(struct views *old, const struct grammar *grammar);
void views_free(struct views *views);

/* Begins a new text. */
void views_start_text(struct views *views);

const struct view *views_of(struct views *views, const struct token *token);

/* The three rows of a symbol, side by side; views->empty when they hold nothing. */
const uint64_t *views_rows(struct views *views, uint32_t symbol);

static inline bool view_has(const struct view *view, uint32_t symbol) {
    uint32_t bit = (symbol * UINT32_C(0x9E3779B1)) >> 24;
    return view->signature[bit / 64] >> (bit % 64) & 1 &&
           view->symbols[symbol / 64] >> (symbol % 64) & 1;
}

#endif
