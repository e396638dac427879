/* Slots: kinds of things that a reply may name where a rule can't say which. The masks of the data
 * (`<phone>`, `[数字x]`) are slots too. */
#ifndef ITR_LANGUAGE_SLOT_H
#define ITR_LANGUAGE_SLOT_H

#include <stddef.h>
#include <stdint.h>

#include "language/normalise.h"

#define SLOTS(X)                                                                                   \
    X(NUMBER, "number")                                                                            \
    X(AMOUNT, "amount")                                                                            \
    X(TIME, "time")                                                                                \
    X(DATE, "date")                                                                                \
    X(ORDER, "order")                                                                              \
    X(PHONE, "phone")                                                                              \
    X(NAME, "name")                                                                                \
    X(EMAIL, "email")                                                                              \
    X(URL, "url")                                                                                  \
    X(ID, "id")                                                                                    \
    X(PLACE, "place")                                                                              \
    X(OTHER, "other")

enum slot {
#define X(name, word) SLOT_##name,
    SLOTS(X)
#undef X
        SLOT_COUNT
};

const char *slot_name(enum slot slot);
int slot_from(const char *name, size_t length); /* -1 when there is none */

/* The slot of a mask that begins at `letters[0]` ('<' or '[' or '@'), and in *taken how many
 * letters it is; -1 when no mask begins here. */
int slot_of_mask(const struct letter *letters, size_t count, size_t *taken);

/* The slots besides SLOT_NUMBER of a number as written: its letters. */
enum slot slot_of_number(const struct letter *letters, size_t count);

/* Value of a Chinese numeral ("三", "十五", "两百") at `letters[0]`; *taken is 0 when there is
 * none. */
uint64_t slot_han_number(const struct letter *letters, size_t count, size_t *taken);

/* Patterns that make up a slot from words and numbers, "slot\0pattern" pairs, NULL at the end. */
struct slot_pattern {
    enum slot slot;
    const char *pattern;
};
extern const struct slot_pattern slot_patterns[];

#endif
