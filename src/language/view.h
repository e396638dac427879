/* What is known of a word as far as the trie goes, worked out when it is first met and kept: which
 * symbols it carries, which nodes one step below the root it leads to, and from which of those it
 * leads on. With these rows of bits the scan finds the few walks that live through their first two
 * words without trying the many that don't. Inner header of the grammar. */
#ifndef ITR_LANGUAGE_VIEW_H
#define ITR_LANGUAGE_VIEW_H

#include "language/grammar_inside.h"

struct view {
    uint64_t *symbols; /* bits by symbol */
    uint64_t *begins;  /* bits by child of the root: this word leads there */
    uint64_t *goes_on; /* … and from there this word leads on */
    uint64_t *jumps;   /* … or does so behind a gap */
};

struct views {
    const struct grammar *grammar;
    uint64_t serial;
    size_t symbol_words, root_words; /* how long rows are, in 64 bits */
    struct view *by_word;            /* symbols NULL: not met yet */
    struct view nothing;
    struct arena *arena;
    struct arena *text_arena; /* views of tokens that may be one of several words: one text's */
    uint64_t *ends;     /* bits by child of the root: something is complete there */
    uint32_t *root_of;  /* by node: its place among the root's children + 1 */
    uint64_t **by_symbol_goes_on, **by_symbol_jumps; /* by symbol, NULL not met yet */
    uint64_t *live, *ahead; /* work space of the scan */
};

/* The views for a grammar, those of `old` if they are of the same, else new ones. */
struct views *views_for(struct views *old, const struct grammar *grammar);
void views_free(struct views *views);

/* Begins a new text. */
void views_start_text(struct views *views);

const struct view *views_of(struct views *views, const struct token *token);

/* Rows by child of the root: from where `symbol` leads on / does so behind a gap. */
const uint64_t *views_goes_on(struct views *views, uint32_t symbol);
const uint64_t *views_jumps(struct views *views, uint32_t symbol);

static inline bool view_has(const struct view *view, uint32_t symbol) {
    return view->symbols[symbol / 64] >> (symbol % 64) & 1;
}

#endif
