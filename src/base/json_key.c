#include "base/json_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define FEW 12 /* up to so many keys, comparing each with each is the fastest */

static uint32_t hex4(const char *at) {
    uint32_t value = 0;

    for (int i = 0; i < 4; i++)
        value = value << 4 | (uint32_t)((at[i] & 15) + (at[i] > '9' ? 9 : 0));
    return value;
}

/* One escape of a checked string, written to `out`; *length is what was written. */
static const char *decode_escape(const char *at, char *out, size_t *length) {
    static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    uint32_t unit;

    *length = 1;
    if (at[1] != 'u') {
        *out = means[strchr(letters, at[1]) - letters];
        return at + 2;
    }
    unit = hex4(at + 2);
    at += 6;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        unit = 0x10000 + ((unit & 0x3FF) << 10) + (hex4(at + 2) & 0x3FF);
        at += 6;
    }
    *length = utf8_encode(unit, out);
    return at;
}

/* A key without its escapes, which make it only shorter. */
static const char *decode(struct arena *arena, const char *at, size_t *length) {
    const char *end = at + *length;
    char *key = arena_take(arena, *length + JSON_SCAN_PADDING), *out = key;
    size_t step;

    while (at < end) {
        if (*at == '\\') {
            at = decode_escape(at, out, &step);
            out += step;
        } else {
            *out++ = *at++;
        }
    }
    *length = (size_t)(out - key);
    return key;
}

/* From the length, the first and the last eight bytes. Keys that share a hash are compared anyway.
 */
static uint64_t hash_of(const char *bytes, size_t length) {
    uint64_t first, last = 0;

    memcpy(&first, bytes, sizeof first);
    if (length < 8)
        first &= (UINT64_C(1) << length * 8) - 1;
    else
        memcpy(&last, bytes + length - 8, sizeof last);
    return (first * UINT64_C(0x9e3779b97f4a7c15)) ^ (last * UINT64_C(0xbf58476d1ce4e5b9)) ^ length;
}

void json_keys_add(struct json_scan *scan, size_t start, bool escaped) {
    const char *bytes = scan->bytes + start + 1;
    size_t length = scan->at - start - 2;

    if (escaped)
        bytes = decode(scan->arena, bytes, &length);
    scan->keys =
        memory_reserve(scan->keys, &scan->key_capacity, scan->key_count + 1, sizeof *scan->keys);
    scan->keys[scan->key_count++] = (struct json_scan_key){.bytes = bytes,
                                                           .length = (uint32_t)length,
                                                           .offset = (uint32_t)start,
                                                           .hash = hash_of(bytes, length)};
}

static int compare_keys(const struct json_scan_key *a, const struct json_scan_key *b) {
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    return memcmp(a->bytes, b->bytes, a->length);
}

static int compare_in_order(const void *a, const void *b) {
    const struct json_scan_key *first = a, *second = b;
    int order = compare_keys(first, second);

    return order ? order : (first->offset > second->offset) - (first->offset < second->offset);
}

static void duplicate(struct json_scan *scan, const struct json_scan_key *key, uint32_t first) {
    scan->duplicates = memory_reserve(scan->duplicates, &scan->duplicate_capacity,
                                      scan->duplicate_count + 1, sizeof *scan->duplicates);
    scan->duplicates[scan->duplicate_count++] =
        (struct json_scan_duplicate){.key = *key, .first = first};
}

static void compare_few(struct json_scan *scan, const struct json_scan_key *keys, size_t count) {
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (keys[i].hash == keys[j].hash && compare_keys(&keys[i], &keys[j]) == 0) {
                duplicate(scan, &keys[i], keys[j].offset);
                break;
            }
}

static void compare_many(struct json_scan *scan, struct json_scan_key *keys, size_t count) {
    size_t first = 0;

    qsort(keys, count, sizeof *keys, compare_in_order);
    for (size_t i = 1; i < count; i++) {
        if (compare_keys(&keys[first], &keys[i]) == 0)
            duplicate(scan, &keys[i], keys[first].offset);
        else
            first = i;
    }
}

void json_keys_close(struct json_scan *scan, size_t first) {
    size_t count = scan->key_count - first;

    if (count > FEW)
        compare_many(scan, scan->keys + first, count);
    else if (count > 1)
        compare_few(scan, scan->keys + first, count);
    scan->key_count = first;
}

static int compare_duplicates(const void *a, const void *b) {
    uint32_t first = ((const struct json_scan_duplicate *)a)->key.offset;
    uint32_t second = ((const struct json_scan_duplicate *)b)->key.offset;

    return (first > second) - (first < second);
}

void json_keys_finish(struct json_scan *scan) {
    if (scan->duplicate_count > 1)
        qsort(scan->duplicates, scan->duplicate_count, sizeof *scan->duplicates,
              compare_duplicates);
}
