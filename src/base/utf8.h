/* UTF-8, decoded strictly: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef ITR_BASE_UTF8_H
#define ITR_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_BAD UINT32_MAX

/* Decodes the character at `bytes` (at most `length` bytes, length > 0) into *codepoint and returns
 * how many bytes it took. A byte that starts no character gives UTF8_BAD; the longest prefix of a
 * broken character is taken as one (Unicode 15, table 3-8), so nothing that follows is eaten. */
size_t utf8_decode(const char *bytes, size_t length, uint32_t *codepoint);

/* Writes `codepoint` into `bytes` (4 are enough) and returns the count. */
size_t utf8_encode(uint32_t codepoint, char *bytes);

/* Offset of the first byte that is not UTF-8, or `length` if all of it is. */
size_t utf8_check(const char *bytes, size_t length);

/* Number of characters (a broken piece counts as one). */
size_t utf8_count(const char *bytes, size_t length);

/* Where the next / previous grapheme cluster begins (Unicode UAX 29 by ICU), for a cursor that
 * moves over what people see as one character. `at` is a byte offset; at the ends they return it.
 */
size_t utf8_next_grapheme(const char *bytes, size_t length, size_t at);
size_t utf8_previous_grapheme(const char *bytes, size_t length, size_t at);

#endif
