/* Texts of JSON, eight bytes at a time: inner header of the readers and the writer. */
#ifndef ITR_BASE_JSON_PLAIN_H
#define ITR_BASE_JSON_PLAIN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* How many of these eight bytes stand for themselves before the first that does not (80-FF, below
 * 20, a quote, a backslash). The marks of a byte are right up to the first one set. (Bit tricks:
 * "Bit Twiddling Hacks", haszero.) */
static inline size_t json_plain_of_eight(const char *bytes) {
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones * 0x80;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
        word = __builtin_bswap64(word);
    uint64_t quote = word ^ ones * '"', backslash = word ^ ones * '\\';
    uint64_t marks = (word | (word - ones * 0x20) | (quote - ones) | (backslash - ones)) & tops;
    return marks == 0 ? sizeof word : (size_t)__builtin_ctzll(marks) / 8;
}

/* Past the next character if it is beyond ASCII and sound, else `at`. */
static inline const char *json_past_wide(const char *at, const char *end) {
    const unsigned char *byte = (const unsigned char *)at;
    uint32_t codepoint;
    if (byte[0] >= 0xE1 && byte[0] <= 0xEC && end - at >= 3 && (byte[1] & 0xC0) == 0x80 &&
        (byte[2] & 0xC0) == 0x80)
        return at + 3;
    size_t taken = utf8_decode(at, (size_t)(end - at), &codepoint);
    return codepoint == UTF8_BAD ? at : at + taken;
}

/* Past the bytes from `at` on that stand for themselves and are sound UTF-8: to a quote, a
 * backslash, the end, or what is neither. */
static inline const char *json_past_plain(const char *at, const char *end) {
    while (at < end) {
        unsigned char byte = (unsigned char)*at;
        const char *from = at;
        if (byte >= 0x80)
            at = json_past_wide(at, end);
        else if (end - at >= 8)
            at += json_plain_of_eight(at);
        else if (byte >= 0x20 && byte != '"' && byte != '\\')
            at++;
        if (at == from)
            break;
    }
    return at;
}

#endif
