/* A text that was scanned, with what its guards and questions make of each token and clause. */
#ifndef ITR_LANGUAGE_SHEET_H
#define ITR_LANGUAGE_SHEET_H

#include "language/lexicon.h"

/* By token: where the last guard word before or at it in its clause stands, + 1; 0 none. */
struct reach {
    uint32_t negation, conditional, reported;
};

struct sheet {
    struct scan scan;
    struct reach *reach;
    uint8_t *flags;      /* by token */
    uint32_t *lead_last; /* by token: where the lead-in that begins here ends, 0 none */
    uint32_t *lead;      /* by clause: its first token behind the lead-ins */
    uint8_t *asks;       /* by clause: bits of enum asking */
    uint8_t *sentence;   /* by sentence: bits below */
    uint8_t *shared;     /* by clause: whether it shares words of the matter (matter_overlap) */
    size_t reach_capacity, flags_capacity, lead_last_capacity, lead_capacity, asks_capacity,
        sentence_capacity, shared_capacity;
    bool asks_any;
};
/* Bits of `flags` that others read. */
#define TOKEN_NEGATES 1
#define TOKEN_ASSENTS 64
#define TOKEN_OFFERS 128

#define SENTENCE_HEDGED 1
#define SENTENCE_ASKS 2
#define SENTENCE_OVERLAPS 4
#define SENTENCE_OVERLAPS_TWICE 8

void sheet_read(const struct lexicon *lexicon, struct views *views, const char *text, size_t length,
                struct sheet *sheet);
void sheet_free(struct sheet *sheet);

/* Whether a hit stands where its anchors want it. */
bool sheet_anchored(const struct sheet *sheet, const struct hit *hit, unsigned anchors);

/* Whether the clauses of a hit ask; a short tag behind them ("is that right") counts. */
bool sheet_hit_asks(const struct sheet *sheet, const struct hit *hit);

/* Which guard voids a hit, as `why` of struct found, or NULL. */
const char *sheet_guard(const struct sheet *sheet, const struct hit *hit,
                        const struct alternative *alternative, const struct rule *rule,
                        bool *negated);

bool sheet_token_is(const struct sheet *sheet, size_t token, uint32_t symbol);
uint32_t sheet_sentence(const struct sheet *sheet, size_t token);

#endif
