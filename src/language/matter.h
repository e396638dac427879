/* What the turns before a reply say that its rules need: the words of the customer's matter,
 * whether anything was asked yet, and which rules' conditions on the context hold. Read only when
 * some rule wants it. */
#ifndef ITR_LANGUAGE_MATTER_H
#define ITR_LANGUAGE_MATTER_H

#include "language/sheet.h"

#define MATTER_WORDS 2048 /* places in the set; a power of two */
#define MATTER_TURNS 6    /* how many turns back are looked at */

struct matter {
    struct sheet line;
    uint64_t words[MATTER_WORDS];
    uint16_t places[MATTER_WORDS / 2 + 1]; /* of those that are there */
    size_t word_count;
    uint8_t *holds; /* by rule: bits below */
    size_t holds_capacity;
    bool loaded, customer_spoke, agent_asked;
};
#define HOLDS_CUSTOMER 1
#define HOLDS_AGENT 2
#define HOLDS_ASKED 4

void matter_load(struct matter *matter, const struct lexicon *lexicon, struct views *views,
                 const struct utterance *context, size_t count);
void matter_free(struct matter *matter);

/* Marks the sentences of a reply that share words of the matter or hold a fact of this call. */
void matter_overlap(const struct matter *matter, const struct lexicon *lexicon,
                    struct sheet *reply);

/* Whether the words of tokens [first, last) of the reply were used before, as one word or many. */
bool matter_knows(const struct matter *matter, const struct sheet *reply, size_t first,
                  size_t last);

#endif
