/* A reader of JSON that keeps no tree, for lines of a known shape, many a second.
 *
 * It accepts less than json_parse_line and never more: at the first thing that it does not know for
 * sound it gives up. Whoever reads then asks json_parse_line, which says what is wrong, or reads
 * it.
 *
 *     json_reader_start(&reader, line, length);
 *     if (json_open(&reader, '{', &object))
 *         while (json_next_key(&reader, &object, &key)) …json_read_text or json_skip…
 *     sound = json_reader_ended(&reader);
 *
 * Once it gave up every call is false. Start with `= {0}`, free at the end. */
#ifndef ITR_BASE_JSON_READER_H
#define ITR_BASE_JSON_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define JSON_READER_KEYS 24 /* of an object, at most */

struct json_text {
    const char *bytes; /* lives until the next start; no NUL behind it */
    size_t length;
};

struct json_reader {
    const char *at, *end;
    bool failed;
    char *decoded; /* room for all texts with escapes */
    size_t decoded_length, decoded_capacity;
};

/* An object or a list that is being read. */
struct json_inside {
    char close;
    bool begun;
    struct json_text keys[JSON_READER_KEYS]; /* met so far */
    size_t key_count;
};

void json_reader_start(struct json_reader *reader, const char *bytes, size_t length);
void json_reader_free(struct json_reader *reader);
bool json_reader_ended(struct json_reader *reader); /* all was read and sound */

/* What comes next: its first byte, 0 at the end. */
char json_peek_behind_blanks(struct json_reader *reader);
static inline char json_peek(struct json_reader *reader) {
    if (reader->at < reader->end && (unsigned char)*reader->at > ' ')
        return *reader->at;
    return json_peek_behind_blanks(reader);
}

bool json_open(struct json_reader *reader, char open, struct json_inside *inside);
/* False at the end, which is then behind us, or when something is wrong. A value has to be read or
 * skipped after each. */
bool json_next_key(struct json_reader *reader, struct json_inside *inside, struct json_text *key);
bool json_next_item(struct json_reader *reader, struct json_inside *inside);

bool json_read_text(struct json_reader *reader, struct json_text *text);
bool json_skip(struct json_reader *reader);

static inline bool json_text_is(const struct json_text *text, const char *word) {
    return text->length == strlen(word) && memcmp(text->bytes, word, text->length) == 0;
}

#endif
