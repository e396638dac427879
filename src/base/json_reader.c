#include "base/json_reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_plain.h"
#include "base/memory.h"
#include "base/utf8.h"

enum { SKIP_DEPTH = 8, DIGITS_MOST = 100 };

void json_reader_start(struct json_reader *reader, const char *bytes, size_t length) {
    reader->at = bytes;
    reader->end = bytes + length;
    reader->failed = length > JSON_SIZE;
    reader->decoded_length = 0;
    reader->decoded = memory_reserve(reader->decoded, &reader->decoded_capacity, length + 1, 1);
}

void json_reader_free(struct json_reader *reader) {
    free(reader->decoded);
    *reader = (struct json_reader){0};
}

static bool give_up(struct json_reader *reader) {
    reader->failed = true;
    return false;
}

char json_peek_behind_blanks(struct json_reader *reader) {
    const char *at = reader->at;
    while (at < reader->end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
        at++;
    reader->at = at;
    return at < reader->end ? *at : 0;
}

bool json_reader_ended(struct json_reader *reader) {
    return !reader->failed && json_peek(reader) == 0 && reader->at == reader->end;
}

/* ---- texts ---- */

static int hex_digit(char digit) {
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    digit |= 0x20;
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* The unit of a \uXXXX that begins at `at`; -1 when it is none. */
static int32_t unit_at(const char *at, const char *end) {
    int32_t unit = 0;
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

static bool decode_unicode(struct json_reader *reader) {
    int32_t unit = unit_at(reader->at, reader->end), low;
    uint32_t codepoint = (uint32_t)unit;
    if (unit <= 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
        return give_up(reader);
    reader->at += 6;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        low = unit_at(reader->at, reader->end);
        if (low < 0xDC00 || low > 0xDFFF)
            return give_up(reader);
        reader->at += 6;
        codepoint = 0x10000 + (((uint32_t)unit & 0x3FF) << 10 | ((uint32_t)low & 0x3FF));
    }
    reader->decoded_length += utf8_encode(codepoint, reader->decoded + reader->decoded_length);
    return true;
}

/* The escape at reader->at. */
static bool decode_escape(struct json_reader *reader) {
    static const char letters[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    if (reader->end - reader->at < 2)
        return give_up(reader);
    char letter = reader->at[1];
    if (letter == 'u')
        return decode_unicode(reader);
    const char *found = letter != 0 ? strchr(letters, letter) : NULL;
    if (found == NULL)
        return give_up(reader);
    reader->decoded[reader->decoded_length++] = bytes[found - letters];
    reader->at += 2;
    return true;
}

static void keep_decoded(struct json_reader *reader, const char *from, const char *to) {
    memcpy(reader->decoded + reader->decoded_length, from, (size_t)(to - from));
    reader->decoded_length += (size_t)(to - from);
    reader->at = to;
}

/* The rest of a text with escapes; reader->at is at the first. */
static bool decode_text(struct json_reader *reader, const char *from, struct json_text *text) {
    size_t start = reader->decoded_length;
    keep_decoded(reader, from, reader->at);
    while (reader->at < reader->end && *reader->at != '"') {
        if (*reader->at != '\\' || !decode_escape(reader))
            return give_up(reader);
        keep_decoded(reader, reader->at, json_past_plain(reader->at, reader->end));
    }
    *text = (struct json_text){reader->decoded + start, reader->decoded_length - start};
    return reader->at++ < reader->end || give_up(reader);
}

bool json_read_text(struct json_reader *reader, struct json_text *text) {
    if (reader->failed || json_peek(reader) != '"')
        return give_up(reader);
    const char *from = reader->at + 1;
    const char *to = reader->at = json_past_plain(from, reader->end);
    if (to < reader->end && *to == '\\')
        return decode_text(reader, from, text);
    if (to == reader->end || *to != '"')
        return give_up(reader);
    *text = (struct json_text){from, (size_t)(to - from)};
    reader->at = to + 1;
    return true;
}

/* ---- objects and lists ---- */

bool json_open(struct json_reader *reader, char open, struct json_inside *inside) {
    inside->close = open == '{' ? '}' : ']';
    inside->begun = false;
    inside->key_count = 0;
    if (reader->failed || json_peek(reader) != open)
        return give_up(reader);
    reader->at++;
    return true;
}

bool json_next_item(struct json_reader *reader, struct json_inside *inside) {
    char next = json_peek(reader);
    if (reader->failed)
        return false;
    if (next == inside->close) {
        reader->at++;
        return false;
    }
    if (inside->begun) {
        if (next != ',')
            return give_up(reader);
        reader->at++;
        if (json_peek(reader) == inside->close)
            return give_up(reader);
    }
    inside->begun = true;
    return true;
}

static bool is_twice(const struct json_inside *inside, const struct json_text *key) {
    for (size_t i = 0; i < inside->key_count; i++)
        if (inside->keys[i].length == key->length &&
            memcmp(inside->keys[i].bytes, key->bytes, key->length) == 0)
            return true;
    return false;
}

bool json_next_key(struct json_reader *reader, struct json_inside *inside, struct json_text *key) {
    if (!json_next_item(reader, inside) || !json_read_text(reader, key))
        return false;
    if (inside->key_count == JSON_READER_KEYS || is_twice(inside, key) || json_peek(reader) != ':')
        return give_up(reader);
    inside->keys[inside->key_count++] = *key;
    reader->at++;
    return true;
}

/* ---- what nobody asks for ---- */

static const char *past_digits(const char *at, const char *end) {
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

/* A number without exponent; the others are json_parse_line's. */
static bool skip_number(struct json_reader *reader) {
    const char *start = reader->at + (*reader->at == '-');
    const char *at = past_digits(start, reader->end);
    if (at == start || at - start > DIGITS_MOST || (*start == '0' && at > start + 1))
        return give_up(reader);
    if (at < reader->end && *at == '.') {
        const char *fraction = at + 1;
        at = past_digits(fraction, reader->end);
        if (at == fraction || at - fraction > DIGITS_MOST)
            return give_up(reader);
    }
    reader->at = at;
    return at == reader->end || (*at != 'e' && *at != 'E') || give_up(reader);
}

static bool skip_word(struct json_reader *reader) {
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(reader->end - reader->at) >= length &&
            memcmp(reader->at, words[i], length) == 0) {
            reader->at += length;
            return true;
        }
    }
    return give_up(reader);
}

static bool skip_value(struct json_reader *reader, int depth);

static bool skip_inside(struct json_reader *reader, char open, int depth) {
    struct json_inside inside;
    struct json_text key;
    if (depth == 0 || !json_open(reader, open, &inside))
        return give_up(reader);
    while (open == '{' ? json_next_key(reader, &inside, &key) : json_next_item(reader, &inside))
        if (!skip_value(reader, depth - 1))
            return false;
    return !reader->failed;
}

static bool skip_value(struct json_reader *reader, int depth) {
    struct json_text text;
    char first = json_peek(reader);
    if (first == '"')
        return json_read_text(reader, &text);
    if (first == '{' || first == '[')
        return skip_inside(reader, first, depth);
    if (first == '-' || (first >= '0' && first <= '9'))
        return skip_number(reader);
    return skip_word(reader);
}

bool json_skip(struct json_reader *reader) {
    return !reader->failed && skip_value(reader, SKIP_DEPTH);
}
