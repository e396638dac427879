#include "base/json_scan.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json_key.h"
#include "base/message.h"
#include "base/utf8.h"

enum step { STEP_VALUE, STEP_AFTER, STEP_DONE, STEP_FAILED };

/* Notes what is wrong, the first and only thing; returns false. */
__attribute__((format(printf, 4, 5))) static bool fail(struct json_scan *scan, const char *code,
                                                       size_t at, const char *format, ...) {
    va_list arguments;

    scan->code = code;
    scan->wrong_at = at;
    va_start(arguments, format);
    vsnprintf(scan->text, sizeof scan->text, format, arguments);
    va_end(arguments);
    return false;
}

static unsigned char byte_at(const struct json_scan *scan, size_t at) {
    return (unsigned char)scan->bytes[at];
}

static void skip_space(struct json_scan *scan) {
    const char *at = scan->bytes + scan->at;

    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')
        at++;
    scan->at = (size_t)(at - scan->bytes);
}

/* A byte that fits nowhere is told by what it is: the end, a control, broken UTF-8, or a character.
 */
static bool fail_unexpected(struct json_scan *scan, const char *expected) {
    unsigned char byte = byte_at(scan, scan->at);
    uint32_t codepoint;

    if (scan->at >= scan->length)
        return fail(scan, "json-syntax", scan->at, _("the file ends here, but %s is missing"),
                    expected);
    if (byte < 0x20 || byte == 0x7F)
        return fail(scan, "json-control", scan->at,
                    _("control character %02X between the values; remove it"), byte);
    size_t length = utf8_decode(scan->bytes + scan->at, scan->length - scan->at, &codepoint);
    if (codepoint == UTF8_BAD)
        return fail(scan, "json-encoding", scan->at,
                    _("byte %02X is not UTF-8; save the file as UTF-8"), byte);
    if (byte >= 0x80)
        return fail(scan, "json-syntax", scan->at, _("unexpected “%.*s” (U+%04X); expected %s"),
                    (int)length, scan->bytes + scan->at, (unsigned)codepoint, expected);
    return fail(scan, "json-syntax", scan->at, _("unexpected “%c”; expected %s"), byte, expected);
}

/* -- strings ------------------------------------------------------------------------------- */

/* Bytes of a string that stand for themselves and need no look: 20-7F but the quote and backslash.
 */
static bool is_plain(unsigned char byte) {
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/* Eight bytes at a time: true when all are plain. (Bit tricks: "Bit Twiddling Hacks", haszero.) */
static bool eight_plain(const char *bytes) {
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones * 0x80;
    uint64_t word, quote, backslash;

    memcpy(&word, bytes, sizeof word);
    quote = word ^ ones * '"';
    backslash = word ^ ones * '\\';
    return ((word | (word - ones * 0x20) | (quote - ones) | (backslash - ones)) & tops) == 0;
}

static int hex_value(char digit) {
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    digit |= 0x20;
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* The four hex digits at `at`, or -1. */
static int32_t hex4(const char *at) {
    int32_t value = 0;

    for (int i = 0; i < 4; i++) {
        int digit = hex_value(at[i]);
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* \uXXXX at `at`, which is the backslash. */
static bool unicode_escape(struct json_scan *scan, size_t at) {
    int32_t unit = hex4(scan->bytes + at + 2), low;

    if (unit < 0)
        return fail(scan, "json-string", at, _("\\u needs four hexadecimal digits"));
    if (unit == 0)
        return fail(scan, "json-string", at, _("\\u0000 cannot stand in a text; remove it"));
    scan->at = at + 6;
    if (unit < 0xD800 || unit > 0xDFFF)
        return true;
    low = -1;
    if (unit <= 0xDBFF && scan->bytes[at + 6] == '\\' && scan->bytes[at + 7] == 'u')
        low = hex4(scan->bytes + at + 8);
    if (low < 0xDC00 || low > 0xDFFF)
        return fail(scan, "json-string", at,
                    _("\\u%04X is half a character (a lone surrogate); write the character itself"),
                    (unsigned)unit);
    scan->at = at + 12;
    return true;
}

static bool escape(struct json_scan *scan) {
    char letter = scan->bytes[scan->at + 1];

    if (letter == 'u')
        return unicode_escape(scan, scan->at);
    if (letter == '\0' || !strchr("\"\\/bfnrt", letter))
        return fail(scan, "json-string", scan->at,
                    _("a backslash is followed by one of \" \\ / b f n r t u; write \\\\ for a "
                      "backslash itself"));
    scan->at += 2;
    return true;
}

static bool fail_control(struct json_scan *scan, size_t start, unsigned char byte) {
    if (byte == '\0' && scan->at >= scan->length)
        return fail(scan, "json-syntax", start, _("this text is never closed; end it with a \""));
    if (byte == '\n' || byte == '\r')
        return fail(
            scan, "json-control", scan->at,
            _("a line ends inside a text; close it with a \", or write \\n for a new line"));
    if (byte == '\t')
        return fail(scan, "json-control", scan->at, _("a tab inside a text; write \\t"));
    return fail(scan, "json-control", scan->at,
                _("control character %02X inside a text; remove it"), byte);
}

/* A character of a string that is not plain; moves past it. */
static bool special(struct json_scan *scan, size_t start) {
    const char *at = scan->bytes + scan->at;
    unsigned char first = (unsigned char)at[0];
    uint32_t codepoint;

    if (first == '\\')
        return escape(scan);
    if (first < 0x20)
        return fail_control(scan, start, first);
    if (first >= 0xE1 && first <= 0xEC && ((unsigned char)at[1] & 0xC0) == 0x80 &&
        ((unsigned char)at[2] & 0xC0) == 0x80) {
        scan->at += 3;
        return true;
    }
    size_t length = utf8_decode(at, scan->length - scan->at, &codepoint);
    if (codepoint == UTF8_BAD)
        return fail(scan, "json-encoding", scan->at,
                    _("byte %02X is not UTF-8; save the file as UTF-8"), first);
    scan->at += length;
    return true;
}

/* The string whose opening quote is at scan->at; moves past its closing quote. */
static bool string(struct json_scan *scan, bool *escaped) {
    size_t start = scan->at++;

    *escaped = false;
    for (;;) {
        const char *at = scan->bytes + scan->at;
        while (eight_plain(at))
            at += 8;
        while (is_plain((unsigned char)*at))
            at++;
        scan->at = (size_t)(at - scan->bytes);
        if (*at == '"') {
            scan->at++;
            return true;
        }
        *escaped = *escaped || *at == '\\';
        if (!special(scan, start))
            return false;
    }
}

/* -- numbers and words --------------------------------------------------------------------- */

static const char *digits(const char *at) {
    while (*at >= '0' && *at <= '9')
        at++;
    return at;
}

static bool fail_number(struct json_scan *scan, const char *at, const char *text) {
    return fail(scan, "json-number", (size_t)(at - scan->bytes), "%s", text);
}

static bool number(struct json_scan *scan) {
    const char *start = scan->bytes + scan->at, *at = start + (*start == '-'), *whole = at;

    at = digits(at);
    if (at == whole)
        return fail_number(scan, at, _("a number needs a digit here"));
    if (*whole == '0' && at > whole + 1)
        return fail_number(scan, whole, _("a number cannot begin with 0; remove it"));
    if (*at == '.') {
        const char *fraction = at + 1;
        at = digits(fraction);
        if (at == fraction)
            return fail_number(scan, at, _("a digit must follow the decimal point"));
    }
    if (*at == 'e' || *at == 'E') {
        const char *power = at + 1 + (at[1] == '+' || at[1] == '-');
        at = digits(power);
        if (at == power)
            return fail_number(scan, at, _("a digit must follow the exponent's e"));
    }
    /* Only a number with an exponent or very many digits can be out of range. */
    if ((at - start > 300 || memchr(start, 'e', (size_t)(at - start)) ||
         memchr(start, 'E', (size_t)(at - start))) &&
        !isfinite(strtod(start, NULL)))
        return fail_number(scan, start, _("this number is too large"));
    scan->at = (size_t)(at - scan->bytes);
    return true;
}

static bool is_word(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_' ||
           (letter >= '0' && letter <= '9');
}

static bool word(struct json_scan *scan) {
    static const char *const words[] = {"true", "false", "null"};
    const char *start = scan->bytes + scan->at;
    size_t length = 0;

    while (is_word(start[length]))
        length++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && memcmp(start, words[i], length) == 0) {
            scan->at += length;
            return true;
        }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && strncasecmp(start, words[i], length) == 0)
            return fail(scan, "json-syntax", scan->at, _("write it with small letters: %s"),
                        words[i]);
    return fail(scan, "json-syntax", scan->at,
                _("unexpected word “%.*s”; a text stands in \"…\", else write true, false or null"),
                (int)(length < 40 ? length : 40), start);
}

static bool fail_value(struct json_scan *scan) {
    const char *at = scan->bytes + scan->at;

    if (scan->length == 0)
        return fail(scan, "json-syntax", 0, _("the file is empty"));
    switch (*at) {
    case ',':
        return fail(scan, "json-syntax", scan->at,
                    _("a value is missing before this comma; remove the comma or add one"));
    case '\'':
        return fail(scan, "json-syntax", scan->at, _("a text stands in \"…\", not in '…'"));
    case '/':
        return fail(scan, "json-syntax", scan->at,
                    _("JSON has no comments; put the remark under the key \"notes\""));
    case '+':
        return fail_number(scan, at, _("a number has no + sign; remove it"));
    case '.':
        return fail_number(scan, at, _("a number cannot begin with a point; write 0 before it"));
    case ']':
    case '}':
        return fail(scan, "json-syntax", scan->at,
                    _("a value is missing before “%c”; remove the comma before it or add one"),
                    *at);
    default:
        return fail_unexpected(scan, _("a value"));
    }
}

/* -- structure ----------------------------------------------------------------------------- */

static bool open_level(struct json_scan *scan, bool object) {
    if (scan->depth == JSON_DEPTH)
        return fail(scan, "json-depth", scan->at,
                    _("more than %d lists and objects inside each other"), JSON_DEPTH);
    scan->levels[scan->depth++] = (struct json_scan_level){
        .object = object, .offset = (uint32_t)scan->at, .first_key = scan->key_count};
    scan->at++;
    skip_space(scan);
    return true;
}

static enum step close_level(struct json_scan *scan) {
    if (scan->levels[scan->depth - 1].object)
        json_keys_close(scan, scan->levels[scan->depth - 1].first_key);
    scan->depth--;
    scan->at++;
    return STEP_AFTER;
}

/* A key and its colon; what follows must be a value. */
static enum step key(struct json_scan *scan) {
    size_t start = scan->at;
    bool escaped;

    if (scan->bytes[start] == '}')
        return fail(scan, "json-syntax", start, _("remove the comma before “}”")), STEP_FAILED;
    if (scan->bytes[start] == ',')
        return fail(scan, "json-syntax", start, _("a comma too many; remove it")), STEP_FAILED;
    if (scan->bytes[start] == '\'' || is_word(scan->bytes[start]))
        return fail(scan, "json-syntax", start, _("a key stands in \"…\"")), STEP_FAILED;
    if (scan->bytes[start] != '"')
        return fail_unexpected(scan, _("a key in \"…\"")), STEP_FAILED;
    if (!string(scan, &escaped))
        return STEP_FAILED;
    json_keys_add(scan, start, escaped);
    skip_space(scan);
    if (scan->bytes[scan->at] != ':')
        return fail_unexpected(scan, _("a colon after the key")), STEP_FAILED;
    scan->at++;
    skip_space(scan);
    return STEP_VALUE;
}

static enum step object(struct json_scan *scan) {
    if (!open_level(scan, true))
        return STEP_FAILED;
    return scan->bytes[scan->at] == '}' ? close_level(scan) : key(scan);
}

static enum step list(struct json_scan *scan) {
    if (!open_level(scan, false))
        return STEP_FAILED;
    return scan->bytes[scan->at] == ']' ? close_level(scan) : STEP_VALUE;
}

static void note(struct json_scan *scan) {
    if (!scan->offsets_wanted)
        return;
    if (scan->count == scan->capacity)
        scan->offsets = memory_reserve(scan->offsets, &scan->capacity, scan->count + 1024,
                                       sizeof *scan->offsets);
    scan->offsets[scan->count++] = (uint32_t)scan->at;
}

static enum step value(struct json_scan *scan) {
    char first = scan->bytes[scan->at];
    bool escaped;

    note(scan);
    if (first == '"')
        return string(scan, &escaped) ? STEP_AFTER : STEP_FAILED;
    if (first == '{')
        return object(scan);
    if (first == '[')
        return list(scan);
    if (first == '-' || (first >= '0' && first <= '9'))
        return number(scan) ? STEP_AFTER : STEP_FAILED;
    if (is_word(first))
        return word(scan) ? STEP_AFTER : STEP_FAILED;
    fail_value(scan);
    return STEP_FAILED;
}

static enum step end(struct json_scan *scan) {
    if (scan->at == scan->length)
        return STEP_DONE;
    if (scan->bytes[scan->at] == '/')
        fail_value(scan); /* a comment */
    else if (byte_at(scan, scan->at) > 0x20 && byte_at(scan, scan->at) < 0x7F)
        fail(
            scan, "json-syntax", scan->at,
            _("“%c” stands behind the end of the value; remove it or a bracket too many before it"),
            scan->bytes[scan->at]);
    else
        fail_unexpected(scan, _("the end of the file"));
    return STEP_FAILED;
}

static bool fail_separator(struct json_scan *scan, bool in_object) {
    char byte = scan->bytes[scan->at];

    if (byte == '"' || byte == '{' || byte == '[' || byte == '-' || is_word(byte))
        return fail(scan, "json-syntax", scan->at, _("a comma is missing before this"));
    if (byte == ']' || byte == '}')
        return fail(scan, "json-syntax", scan->at, _("“%c” closes nothing; expected “%c”"), byte,
                    in_object ? '}' : ']');
    return fail_unexpected(scan, in_object ? _("a comma or “}”") : _("a comma or “]”"));
}

/* What may stand behind a value. */
static enum step after(struct json_scan *scan) {
    bool in_object;

    skip_space(scan);
    if (scan->depth == 0)
        return end(scan);
    in_object = scan->levels[scan->depth - 1].object;
    if (scan->bytes[scan->at] == (in_object ? '}' : ']'))
        return close_level(scan);
    if (scan->bytes[scan->at] != ',') {
        fail_separator(scan, in_object);
        return STEP_FAILED;
    }
    scan->at++;
    skip_space(scan);
    return in_object ? key(scan) : STEP_VALUE;
}

static bool begins_right(struct json_scan *scan) {
    const char *bytes = scan->bytes;

    if (scan->length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        return fail(scan, "json-encoding", 0,
                    _("the file begins with a byte order mark; save it as UTF-8 without BOM"));
    if (scan->length >= 2 &&
        (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return fail(scan, "json-encoding", 0, _("the file is UTF-16; save it as UTF-8"));
    return true;
}

bool json_scan_run(struct json_scan *scan) {
    enum step step = begins_right(scan) ? STEP_VALUE : STEP_FAILED;

    skip_space(scan);
    while (step != STEP_DONE && step != STEP_FAILED)
        step = step == STEP_VALUE ? value(scan) : after(scan);
    for (; scan->depth > 0; scan->depth--) /* what a mistake left open */
        json_keys_close(scan, scan->levels[scan->depth - 1].first_key);
    json_keys_finish(scan);
    return step == STEP_DONE && scan->duplicate_count == 0;
}

void json_scan_free(struct json_scan *scan) {
    free(scan->offsets);
    free(scan->keys);
    free(scan->duplicates);
}
