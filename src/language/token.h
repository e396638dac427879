/* A normalised text cut into tokens (Latin words, single Han characters, numbers, masks such as
 * `<phone>` and `[数字x]`, signs such as % and $) and clauses. Marks and spaces are no tokens: they
 * are what stands between two of them, the *break* before the second. */
#ifndef ITR_LANGUAGE_TOKEN_H
#define ITR_LANGUAGE_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "language/normalise.h"
#include "language/vocabulary.h"

enum token_kind { TOKEN_WORD, TOKEN_HAN, TOKEN_NUMBER, TOKEN_MASK, TOKEN_SIGN };

/* Ordered: a phrase runs over BREAK_SOFT, a wide gap over BREAK_COMMA, nothing over more. */
enum token_break { BREAK_NONE, BREAK_SOFT, BREAK_BREATH, BREAK_COMMA, BREAK_SENTENCE };

struct token {
    uint32_t from, to;        /* bytes of the original */
    uint32_t first, last;     /* letters, `last` not included */
    uint32_t word;            /* in the vocabulary, or WORD_NONE */
    uint32_t near[WORD_NEAR]; /* what a slip may have meant */
    uint32_t clause;
    uint8_t near_count;
    uint8_t kind;
    uint8_t before; /* the break before it */
    bool quoted;    /* inside quotation marks that don't hold the whole reply */
    bool slot;      /* a slot name (TOKEN_MASK): see slot.h */
    uint8_t mask;   /* which */
};

struct clause {
    uint32_t first, last; /* tokens, `last` not included */
    uint32_t sentence;
    bool asks_by_mark; /* a question mark ends it */
};

struct tokens {
    struct letters letters;
    struct token *items;
    size_t count, capacity;
    struct clause *clauses;
    size_t clause_count, clause_capacity;
};

/* Cuts `text`. With `grow`, words that the vocabulary doesn't know are added to it (rules are cut
 * like that), else looked up only. */
void tokens_read(struct tokens *tokens, const char *text, size_t length,
                 const struct vocabulary *vocabulary, struct vocabulary *grow);
void tokens_free(struct tokens *tokens);

#endif
