/* Strict JSON (RFC 8259) with positions, over cJSON.
 *
 * cJSON accepts up to 33 of the 188 files that the public JSON test suite says a parser must
 * refuse, keeps no positions, and keeps duplicate keys. So the bytes are checked first by a scanner
 * of our own that also notes where every value begins; cJSON then builds the tree, from an arena,
 * and each node's offset is kept in its `valueint`, which nothing here uses for anything else:
 * numbers are read from `valuedouble` only. Refused besides what RFC 8259 refuses: duplicate keys,
 * \u0000, lone surrogates, a byte order mark, nesting over JSON_DEPTH, files over JSON_SIZE. */
#ifndef ITR_BASE_JSON_H
#define ITR_BASE_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/finding.h"

#define JSON_DEPTH 64
#define JSON_SIZE ((size_t)64 << 20)

struct json {
    char *name;        /* the file as the user named it */
    const char *bytes; /* the text; belongs to the document */
    size_t length;
    const cJSON *root;
    struct arena *arena;    /* the tree lives here, and the document itself */
    struct places **places; /* made when the first position is asked for */
};

/* Parses a copy of `bytes`. On any error adds findings (all that can be told at once: a syntax
 * error ends the scan, duplicate keys are all named) and returns NULL. Free with json_free. */
struct json *json_parse(const char *name, const char *bytes, size_t length,
                        struct findings *findings);
void json_free(struct json *json); /* NULL is fine */

/* Where a node, or the key of an object's member, stands: byte offset, and line and column. */
size_t json_offset(const cJSON *node);
size_t json_key_offset(const struct json *json, const cJSON *member);
void json_position(const struct json *json, size_t offset, size_t *line, size_t *column);

/* Adds a finding at a node / at its key. */
void json_find(const struct json *json, const cJSON *node, struct findings *findings,
               enum finding_severity severity, const char *code, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
void json_find_key(const struct json *json, const cJSON *member, struct findings *findings,
                   enum finding_severity severity, const char *code, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* Writing: adds `text` as a JSON string with its quotes. Bytes that are no UTF-8 become U+FFFD, and
 * so does NUL, which we do not read either. */
void json_add_string(struct buffer *out, const char *text, size_t length);

/* Reading without positions (rows of a record, JSON Lines): strict too, NULL when refused, with the
 * reason in *error. The tree is freed with cJSON_Delete. */
struct error;
cJSON *json_parse_line(const char *bytes, size_t length, struct error *error);

#endif
