/* Values against limits: {"slot": "amount", "over": 200} in a rule. */
#ifndef ITR_LANGUAGE_LIMIT_H
#define ITR_LANGUAGE_LIMIT_H

#include <stdbool.h>

#include "language/token.h"

/* Both strict: 200 is not over 200. In hundredths; LIMIT_NONE: no limit on that side. */
struct limit {
    int64_t over, under;
};
#define LIMIT_NONE INT64_MIN

/* Amounts written out in English, which the slot does not know: a pattern whose hit ends them. */
extern const char limit_spelt_amount[];

/* The value said in tokens [first, last) (and, of one spelt out, in the words before them) in
 * hundredths; false when no number is said there (a mask). */
bool limit_value(const struct tokens *tokens, uint32_t first, uint32_t last, int64_t *value);

bool limit_met(const struct limit *limit, int64_t value);

#endif
