/* The strict scanner under base/json.h: decides whether bytes are JSON as we accept it, before
 * cJSON sees them, and notes where each value begins. Private to this room.
 *
 * It is iterative, and linear in the bytes but for the sorting of an object's keys, so that no
 * input makes it slow. */
#ifndef ITR_BASE_JSON_SCAN_H
#define ITR_BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/memory.h"

#define JSON_SCAN_PADDING 8 /* NUL bytes that must stand behind the bytes to scan */

struct json_scan_key {
    const char
        *bytes; /* decoded, without quotes; 8 bytes can be read from here whatever the length */
    uint32_t length;
    uint32_t offset; /* of its opening quote */
    uint64_t hash;
};

struct json_scan_duplicate {
    struct json_scan_key key;
    uint32_t first; /* offset of the key that it repeats */
};

struct json_scan_level {
    bool object;
    uint32_t offset;  /* of its bracket */
    size_t first_key; /* where its keys begin in `keys` */
};

struct json_scan {
    const char *bytes;
    size_t length, at;
    struct arena *arena; /* for keys written with escapes */
    bool offsets_wanted;

    uint32_t *offsets; /* of every value, in the order of the text */
    size_t count, capacity;

    struct json_scan_level levels[JSON_DEPTH];
    size_t depth;
    struct json_scan_key *keys; /* of the objects that are open */
    size_t key_count, key_capacity;
    struct json_scan_duplicate *duplicates; /* sorted by offset in the end */
    size_t duplicate_count, duplicate_capacity;

    const char *code; /* what is wrong, NULL while nothing is */
    size_t wrong_at;
    char text[256];
};

/* Scans scan->bytes; the caller has set bytes, length, arena and offsets_wanted, the rest is zero.
 * False when something is wrong (code, wrong_at and text say what) or a key stands twice. */
bool json_scan_run(struct json_scan *scan);
void json_scan_free(struct json_scan *scan);

#endif
