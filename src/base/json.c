#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/json_plain.h"
#include "base/json_scan.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/place.h"
#include "base/utf8.h"

/* -- memory of cJSON ----------------------------------------------------------------------- */

#define POOL_STEP ((size_t)64 << 10) /* the first; they double up to POOL_LARGEST */
#define POOL_LARGEST ((size_t)1 << 20)

/* While a document is parsed, cJSON takes its memory from here. What it frees at once (its buffer
 * for a number) is given back; the rest goes with the arena. */
struct pool {
    struct arena *arena;
    char *at, *end, *last;
    size_t step;
};
static _Thread_local struct pool *pool;

static void *take(size_t size) {
    size_t aligned = (size + 15) & ~(size_t)15;

    if (!pool)
        return memory_resize(NULL, size);
    if (aligned > (size_t)(pool->end - pool->at)) {
        size_t step = aligned > pool->step ? aligned : pool->step;
        if (pool->step < POOL_LARGEST)
            pool->step *= 2;
        pool->at = arena_take_unset(pool->arena, step);
        pool->end = pool->at + step;
    }
    pool->last = pool->at;
    pool->at += aligned;
    return pool->last;
}

static void give_back(void *block) {
    if (!pool)
        free(block);
    else if (block && block == pool->last)
        pool->at = pool->last;
}

/* All of cJSON's memory is ours from the start on, so that running out of it reaches the handler.
 */
__attribute__((constructor)) static void hook(void) {
    cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = take, .free_fn = give_back});
}

/* -- parsing ------------------------------------------------------------------------------- */

static const struct places *places_of(const struct json *json) {
    if (!*json->places)
        *json->places = places_new(json->arena, json->bytes, json->length);
    return *json->places;
}

static struct json *json_new(const char *name, const char *bytes, size_t length) {
    struct arena *arena = arena_new();
    struct json *json = arena_take(arena, sizeof *json);
    char *copy = arena_take_unset(arena, length + JSON_SCAN_PADDING);

    if (length)
        memcpy(copy, bytes, length);
    memset(copy + length, 0, JSON_SCAN_PADDING);
    json->name = arena_text(arena, name);
    json->bytes = copy;
    json->length = length;
    json->arena = arena;
    json->places = arena_take(arena, sizeof *json->places);
    return json;
}

static void tell_wrong(const struct json *json, const struct json_scan *scan,
                       struct findings *findings) {
    size_t line, column;

    json_position(json, scan->wrong_at, &line, &column);
    findings_add(findings, FINDING_ERROR, scan->code, json->name, line, column, "%s", scan->text);
}

static void tell_duplicates(const struct json *json, const struct json_scan *scan,
                            struct findings *findings) {
    for (size_t i = 0; i < scan->duplicate_count; i++) {
        const struct json_scan_key *key = &scan->duplicates[i].key;
        size_t line, column, first_line, first_column;

        json_position(json, key->offset, &line, &column);
        json_position(json, scan->duplicates[i].first, &first_line, &first_column);
        findings_add(findings, FINDING_ERROR, "json-duplicate-key", json->name, line, column,
                     _("the key \"%.*s\" stands at line %zu, column %zu already; keep one of them"),
                     (int)(key->length < 200 ? key->length : 200), key->bytes, first_line,
                     first_column);
    }
}

static cJSON *build(const char *bytes, size_t length) {
    return cJSON_ParseWithLengthOpts(bytes, length + 1, NULL, 1);
}

static cJSON *build_in(struct arena *arena, const char *bytes, size_t length) {
    struct pool own = {.arena = arena, .step = POOL_STEP};
    cJSON *root;

    hook();
    pool = &own;
    root = build(bytes, length);
    pool = NULL;
    return root;
}

/* Gives each node its offset: the nodes in the order of the text are those of a preorder walk. */
static bool place_nodes(cJSON *root, const uint32_t *offsets, size_t count) {
    cJSON *parents[JSON_DEPTH + 1], *node = root;
    size_t depth = 0, done = 0;

    while (node && done < count) {
        node->valueint = (int)offsets[done++];
        if (node->child) {
            parents[depth++] = node;
            node = node->child;
            continue;
        }
        while (!node->next && depth > 0)
            node = parents[--depth];
        node = node->next;
    }
    return !node && done == count;
}

/* Scans, builds and places; false with findings when something is wrong. */
static bool fill(struct json *json, struct json_scan *scan, struct findings *findings) {
    cJSON *root;

    if (!json_scan_run(scan)) {
        tell_duplicates(json, scan, findings);
        if (scan->code)
            tell_wrong(json, scan, findings);
        return false;
    }
    root = build_in(json->arena, json->bytes, json->length);
    json->root = root;
    if (root && place_nodes(root, scan->offsets, scan->count))
        return true;
    findings_add(findings, FINDING_ERROR, "json-syntax", json->name, 1, 1,
                 _("the JSON library cannot read this file"));
    return false;
}

struct json *json_parse(const char *name, const char *bytes, size_t length,
                        struct findings *findings) {
    struct json *json;
    struct json_scan scan = {0};
    bool good;

    if (length > JSON_SIZE) {
        findings_add(findings, FINDING_ERROR, "json-size", name, 1, 1,
                     _("the file is larger than %zu MB; split it"), JSON_SIZE >> 20);
        return NULL;
    }
    json = json_new(name, bytes, length);
    scan.bytes = json->bytes;
    scan.length = length;
    scan.arena = json->arena;
    scan.offsets_wanted = true;
    good = fill(json, &scan, findings);
    json_scan_free(&scan);
    if (good)
        return json;
    json_free(json);
    return NULL;
}

void json_free(struct json *json) {
    if (json)
        arena_free(json->arena); /* the document itself lives there too */
}

/* Rows are short: most need no memory but the tree's. */
cJSON *json_parse_line(const char *bytes, size_t length, struct error *error) {
    char room[4096];
    char *copy = length + JSON_SCAN_PADDING <= sizeof room
                     ? room
                     : memory_resize(NULL, length + JSON_SCAN_PADDING);
    struct json_scan scan = {.bytes = copy, .length = length};
    cJSON *root = NULL;

    if (length > JSON_SIZE) {
        error_set(error, _("the line is longer than %zu MB"), JSON_SIZE >> 20);
        goto done;
    }
    if (length)
        memcpy(copy, bytes, length);
    memset(copy + length, 0, JSON_SCAN_PADDING);
    scan.arena = memchr(bytes ? bytes : "", '\\', length) ? arena_new() : NULL;
    if (json_scan_run(&scan))
        root = build(copy, length);
    if (!root && scan.code)
        error_set(error, _("column %zu: %s"), utf8_count(copy, scan.wrong_at) + 1, scan.text);
    else if (!root && scan.duplicate_count)
        error_set(error, _("column %zu: a key stands twice"),
                  utf8_count(copy, scan.duplicates[0].key.offset) + 1);
    else if (!root)
        error_set(error, _("the JSON library cannot read this line"));
    json_scan_free(&scan);
    arena_free(scan.arena);
done:
    if (copy != room)
        free(copy);
    return root;
}

/* -- places -------------------------------------------------------------------------------- */

size_t json_offset(const cJSON *node) {
    return (size_t)node->valueint;
}

/* Back from the value over the colon to the key's closing quote, then to its opening one, which is
 * the first that no backslash stands before. */
size_t json_key_offset(const struct json *json, const cJSON *member) {
    size_t at = json_offset(member);

    if (!member->string)
        return at;
    do
        at--;
    while (json->bytes[at] != '"');
    do
        at--;
    while (json->bytes[at] != '"' || json->bytes[at - 1] == '\\');
    return at;
}

void json_position(const struct json *json, size_t offset, size_t *line, size_t *column) {
    places_find(places_of(json), offset, line, column);
}

static void find(const struct json *json, size_t offset, struct findings *findings,
                 enum finding_severity severity, const char *code, const char *format,
                 va_list arguments) {
    struct buffer text = {0};
    size_t line, column;

    json_position(json, offset, &line, &column);
    buffer_vprintf(&text, format, arguments);
    findings_add(findings, severity, code, json->name, line, column, "%s", buffer_text(&text));
    buffer_free(&text);
}

void json_find(const struct json *json, const cJSON *node, struct findings *findings,
               enum finding_severity severity, const char *code, const char *format, ...) {
    va_list arguments;

    va_start(arguments, format);
    find(json, json_offset(node), findings, severity, code, format, arguments);
    va_end(arguments);
}

void json_find_key(const struct json *json, const cJSON *member, struct findings *findings,
                   enum finding_severity severity, const char *code, const char *format, ...) {
    va_list arguments;

    va_start(arguments, format);
    find(json, json_key_offset(json, member), findings, severity, code, format, arguments);
    va_end(arguments);
}

/* -- writing ------------------------------------------------------------------------------- */

static void add_special(struct buffer *out, unsigned char byte) {
    static const char letters[] = "btn\0fr"; /* of 08 to 0D */

    buffer_add_byte(out, '\\');
    if (byte == '"' || byte == '\\')
        buffer_add_byte(out, (char)byte);
    else if (byte >= 8 && byte <= 13 && byte != 11)
        buffer_add_byte(out, letters[byte - 8]);
    else
        buffer_printf(out, "u%04x", byte);
}

void json_add_string(struct buffer *out, const char *text, size_t length) {
    const char *at = text, *end = text + length;
    buffer_add_byte(out, '"');
    while (at < end) {
        const char *plain = json_past_plain(at, end);
        buffer_add(out, at, (size_t)(plain - at));
        at = plain;
        if (at == end)
            break;
        uint32_t codepoint;
        unsigned char byte = (unsigned char)*at;
        if (byte > 0 && byte < 0x80)
            add_special(out, byte);
        else
            buffer_add_codepoint(out, 0xFFFD);
        at += utf8_decode(at, (size_t)(end - at), &codepoint);
    }
    buffer_add_byte(out, '"');
}
