/* Most text is ASCII, Han characters and full-width marks, which fold by table; everything else
 * goes through ICU, run by run, where a run is what may compose with what stands before it. ICU's
 * data are opened with the first such run and not before: that costs up to 27 ms when cold. */
#include "language/normalise.h"

#include <stdbool.h>
#include <stdlib.h>
#include <threads.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "base/base.h"
#include "language/simplified.h"

enum { RUN_LIMIT = 16, FOLDED_LIMIT = 18 * RUN_LIMIT + 2 };

static const UNormalizer2 *folding;
static once_flag folding_once = ONCE_FLAG_INIT;

static void open_folding(void) {
    UErrorCode status = U_ZERO_ERROR;
    folding = unorm2_getNFKCCasefoldInstance(&status);
    if (U_FAILURE(status))
        folding = NULL;
}

void letters_free(struct letters *letters) {
    free(letters->items);
    *letters = (struct letters){0};
}

static uint32_t plain_quote(uint32_t codepoint) {
    switch (codepoint) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x0060:
    case 0x00B4:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
    case 0x00AB:
    case 0x00BB:
        return '"';
    default:
        return codepoint;
    }
}

static inline void put_letter(struct letters *letters, uint32_t codepoint, size_t from, size_t to) {
    if (letters->count == letters->capacity)
        letters->items = memory_reserve(letters->items, &letters->capacity, letters->count + 1,
                                        sizeof *letters->items);
    letters->items[letters->count++] = (struct letter){codepoint, (uint32_t)from, (uint32_t)to};
}

static inline bool is_simplifiable(uint32_t c) {
    return c >= SIMPLIFIED_FIRST && c <= SIMPLIFIED_LAST;
}

/* A letter that ICU has folded. */
static void add_letter(struct letters *letters, uint32_t codepoint, size_t from, size_t to) {
    codepoint = plain_quote(codepoint);
    if (is_simplifiable(codepoint))
        codepoint = simplified_table[codepoint - SIMPLIFIED_FIRST];
    put_letter(letters, codepoint, from, to);
}

/* Characters that neither compose with a neighbour nor fold to anything but one character. */
static inline bool folds_alone(uint32_t c) {
    return c < 0x80 || is_simplifiable(c) || (c >= 0xFF01 && c <= 0xFF5E) ||
           (c >= 0x3000 && c <= 0x3002) || (c >= 0x3008 && c <= 0x3011) ||
           (c >= 0x2018 && c <= 0x201E) || c == 0x2013 || c == 0x2014;
}

static inline uint32_t fold_alone(uint32_t c) {
    if (is_simplifiable(c))
        return simplified_table[c - SIMPLIFIED_FIRST];
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    if (c < 0x80 && c != '`')
        return c;
    return c == 0x3000 ? ' ' : plain_quote(c);
}

static inline bool continues(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* utf8_decode, with the usual characters at hand. */
static inline size_t decode(const char *text, size_t length, size_t at, uint32_t *codepoint) {
    unsigned char byte = (unsigned char)text[at];
    *codepoint = byte;
    if (byte < 0x80)
        return 1;
    if (byte < 0xE1 || byte > 0xEC || length - at < 3 || !continues(text[at + 1]) ||
        !continues(text[at + 2]))
        return utf8_decode(text + at, length - at, codepoint);
    *codepoint = (uint32_t)(byte & 0x0F) << 12 | (uint32_t)(text[at + 1] & 0x3F) << 6 |
                 (uint32_t)(text[at + 2] & 0x3F);
    return 3;
}

/* Whether a character can't change the one before it. */
static bool stands_off(uint32_t c) {
    if (c == UTF8_BAD || folds_alone(c))
        return true;
    call_once(&folding_once, open_folding);
    return folding == NULL || unorm2_hasBoundaryBefore(folding, (UChar32)c);
}

/* Folds the run that begins at `from`; returns where it ends. */
static size_t fold_run(const char *text, size_t length, size_t from, struct letters *letters) {
    UChar run[2 * RUN_LIMIT + 2], folded[FOLDED_LIMIT];
    int32_t units = 0;
    size_t at = from, taken = 0;
    uint32_t c;
    do {
        at += utf8_decode(text + at, length - at, &c);
        if (c == UTF8_BAD)
            c = 0xFFFD;
        if (taken++ < RUN_LIMIT)
            U16_APPEND_UNSAFE(run, units, c);
        if (at < length)
            decode(text, length, at, &c);
    } while (at < length && !stands_off(c));
    call_once(&folding_once, open_folding);
    UErrorCode status = U_ZERO_ERROR;
    int32_t count =
        folding ? unorm2_normalize(folding, run, units, folded, FOLDED_LIMIT, &status) : 0;
    if (folding == NULL || U_FAILURE(status)) {
        add_letter(letters, 0xFFFD, from, at);
        return at;
    }
    for (int32_t i = 0; i < count;) {
        U16_NEXT_UNSAFE(folded, i, c);
        add_letter(letters, c, from, at);
    }
    return at;
}

/* Folds the ASCII characters at the beginning but for the last, which may compose. */
static size_t fold_ascii(const char *text, size_t length, struct letters *letters) {
    size_t count = 0;
    while (count < length && (unsigned char)text[count] < 0x80)
        count++;
    if (count > 0 && count < length)
        count--;
    letters->items =
        memory_reserve(letters->items, &letters->capacity, count + 1, sizeof *letters->items);
    for (size_t i = 0; i < count; i++)
        letters->items[i] =
            (struct letter){fold_alone((unsigned char)text[i]), (uint32_t)i, (uint32_t)i + 1};
    letters->count = count;
    return count;
}

void normalise(const char *text, size_t length, struct letters *letters) {
    letters->count = 0;
    if (length > UINT32_MAX - 8)
        length = UINT32_MAX - 8;
    letters->items =
        memory_reserve(letters->items, &letters->capacity, length / 2 + 8, sizeof *letters->items);
    size_t at = fold_ascii(text, length, letters);
    uint32_t c = 0, next;
    size_t taken = at < length ? decode(text, length, at, &c) : 0;
    while (at < length) {
        size_t behind = at + taken, next_taken = 0;
        next = ' ';
        if (behind < length)
            next_taken = decode(text, length, behind, &next);
        if (folds_alone(c) && (folds_alone(next) || stands_off(next))) {
            put_letter(letters, fold_alone(c), at, behind);
            at = behind;
        } else {
            at = fold_run(text, length, at, letters);
            next_taken = at < length ? decode(text, length, at, &next) : 0;
        }
        c = next;
        taken = next_taken;
    }
}
