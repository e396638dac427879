#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uclean.h>
#include <unicode/utext.h>

#include "base/memory.h"

static bool continues(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/* The range of the second byte tells overlong forms, surrogates and numbers over U+10FFFF. */
static bool second_fits(unsigned char first, unsigned char second) {
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return continues(second);
    }
}

static size_t length_of(unsigned char first) {
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4)
        return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

size_t utf8_decode(const char *bytes, size_t length, uint32_t *codepoint) {
    const unsigned char *at = (const unsigned char *)bytes;
    size_t needed = length_of(at[0]);
    uint32_t value;

    *codepoint = at[0];
    if (needed == 1)
        return 1;
    *codepoint = UTF8_BAD;
    if (needed == 0 || length < 2 || !second_fits(at[0], at[1]))
        return 1;
    value = (uint32_t)(at[0] & (0x7F >> needed)) << 6 | (at[1] & 0x3F);
    for (size_t i = 2; i < needed; i++) {
        if (i >= length || !continues(at[i]))
            return i;
        value = value << 6 | (at[i] & 0x3F);
    }
    *codepoint = value;
    return needed;
}

size_t utf8_encode(uint32_t codepoint, char *bytes) {
    if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF))
        codepoint = 0xFFFD;
    if (codepoint < 0x80) {
        bytes[0] = (char)codepoint;
        return 1;
    }
    if (codepoint < 0x800) {
        bytes[0] = (char)(0xC0 | codepoint >> 6);
        bytes[1] = (char)(0x80 | (codepoint & 0x3F));
        return 2;
    }
    if (codepoint < 0x10000) {
        bytes[0] = (char)(0xE0 | codepoint >> 12);
        bytes[1] = (char)(0x80 | (codepoint >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (codepoint & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | codepoint >> 18);
    bytes[1] = (char)(0x80 | (codepoint >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (codepoint >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (codepoint & 0x3F));
    return 4;
}

/* How many of the bytes are plain ASCII from the start on, in steps of eight. */
static size_t ascii_run(const char *bytes, size_t length) {
    size_t at = 0;
    uint64_t word;

    for (; at + sizeof word <= length; at += sizeof word) {
        memcpy(&word, bytes + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    return at;
}

size_t utf8_check(const char *bytes, size_t length) {
    uint32_t codepoint;

    for (size_t at = 0; at < length;) {
        if ((unsigned char)bytes[at] < 0x80) {
            size_t run = ascii_run(bytes + at, length - at);
            at += run ? run : 1;
            continue;
        }
        size_t step = utf8_decode(bytes + at, length - at, &codepoint);
        if (codepoint == UTF8_BAD)
            return at;
        at += step;
    }
    return length;
}

size_t utf8_count(const char *bytes, size_t length) {
    size_t count = 0;
    uint32_t codepoint;

    for (size_t at = 0; at < length; count++)
        at += utf8_decode(bytes + at, length - at, &codepoint);
    return count;
}

static void *icu_new(const void *context, size_t size) {
    return memory_resize(NULL, size);
}

static void *icu_resize(const void *context, void *block, size_t size) {
    return memory_resize(block, size);
}

static void icu_free(const void *context, void *block) {
    free(block);
}

/* ICU 72 crashes or hangs when memory runs out while it opens an iterator, so all of its memory is
 * ours: running out reaches the handler. It must be told before anything else is asked of it. */
__attribute__((constructor)) static void hook(void) {
    UErrorCode status = U_ZERO_ERROR;

    u_setMemoryFunctions(NULL, icu_new, icu_resize, icu_free, &status);
}

/* Opened at the first use, since that costs; NULL when ICU's data are not there. */
static UBreakIterator *graphemes(void) {
    static UBreakIterator *iterator;
    static bool tried;
    UErrorCode status = U_ZERO_ERROR;

    if (!tried) {
        tried = true;
        iterator = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
        if (U_FAILURE(status))
            iterator = NULL;
    }
    return iterator;
}

static UBreakIterator *graphemes_of(UText *text, const char *bytes, size_t length) {
    UBreakIterator *iterator = graphemes();
    UErrorCode status = U_ZERO_ERROR;

    if (!iterator)
        return NULL;
    utext_openUTF8(text, bytes, (int64_t)length, &status);
    ubrk_setUText(iterator, text, &status);
    return U_FAILURE(status) ? NULL : iterator;
}

size_t utf8_next_grapheme(const char *bytes, size_t length, size_t at) {
    UText text = UTEXT_INITIALIZER;
    UBreakIterator *iterator;
    int32_t found = UBRK_DONE;
    uint32_t codepoint;

    if (at >= length)
        return at;
    iterator = graphemes_of(&text, bytes, length);
    if (iterator)
        found = ubrk_following(iterator, (int32_t)at);
    utext_close(&text);
    if (found != UBRK_DONE && (size_t)found > at)
        return (size_t)found;
    return at + utf8_decode(bytes + at, length - at, &codepoint);
}

/* Start of the character before `at`, taking a broken piece byte by byte. */
static size_t previous_character(const char *bytes, size_t at) {
    size_t start = at - 1, back = at > 4 ? at - 4 : 0;
    uint32_t codepoint;

    while (start > back && continues((unsigned char)bytes[start]))
        start--;
    if (utf8_decode(bytes + start, at - start, &codepoint) == at - start)
        return start;
    return at - 1;
}

size_t utf8_previous_grapheme(const char *bytes, size_t length, size_t at) {
    UText text = UTEXT_INITIALIZER;
    UBreakIterator *iterator;
    int32_t found = UBRK_DONE;

    if (at > length)
        at = length;
    if (at == 0)
        return 0;
    iterator = graphemes_of(&text, bytes, length);
    if (iterator)
        found = ubrk_preceding(iterator, (int32_t)at);
    utext_close(&text);
    if (found != UBRK_DONE && (size_t)found < at)
        return (size_t)found;
    return previous_character(bytes, at);
}
