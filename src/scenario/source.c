#include "scenario/source.h"

#include <stdlib.h>
#include <string.h>

void sources_free(struct scenario_sources *sources) {
    if (!sources)
        return;
    for (uint32_t i = 0; i < sources->document_count; i++)
        json_free(sources->documents[i]);
    for (size_t i = 0; i < sources->scene_count; i++)
        free(sources->scenes[i].name);
    for (size_t i = 0; i < sources->pack_count; i++) {
        free(sources->packs[i].name);
        free(sources->packs[i].shown);
        buffer_free(&sources->packs[i].text);
    }
    free(sources->documents);
    free(sources->scenes);
    free(sources->packs);
    free(sources->places);
    lexicon_free(sources->lexicon);
    free(sources);
}

/* ---- places ---- */

void place_add(struct scenario_sources *sources, const void *base, size_t size, uint32_t count,
               uint32_t document, const cJSON *first) {
    if (!count || !size)
        return;
    sources->places = memory_reserve(sources->places, &sources->place_room,
                                     sources->place_count + 1, sizeof *sources->places);
    sources->places[sources->place_count++] =
        (struct place_list){base, (uint32_t)size, count, document, first};
    sources->sorted = false;
}

static int place_order(const void *a, const void *b) {
    const char *one = ((const struct place_list *)a)->base;
    const char *other = ((const struct place_list *)b)->base;
    return (one > other) - (one < other);
}

const cJSON *place_find(struct scenario_sources *sources, const void *thing, uint32_t *document) {
    const char *address = thing;
    if (!sources->sorted)
        qsort(sources->places, sources->place_count, sizeof *sources->places, place_order);
    sources->sorted = true;
    size_t low = 0, high = sources->place_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sources->places[middle].base <= address)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low)
        return NULL;
    const struct place_list *list = &sources->places[low - 1];
    size_t index = (size_t)(address - list->base) / list->size;
    if (index >= list->count)
        return NULL;
    const cJSON *node = list->first;
    while (index-- && node)
        node = node->next;
    *document = list->document;
    return node;
}

const cJSON *member_of(const cJSON *object, const char *key) {
    const cJSON *member;
    cJSON_ArrayForEach(member, object) if (member->string &&
                                           strcmp(member->string, key) == 0) return member;
    return NULL;
}

/* ---- files and strings ---- */

bool path_stays_inside(const char *path) {
    if (!*path || *path == '/' || strchr(path, '\\'))
        return false;
    for (const char *part = path; part; part = strchr(part, '/'), part = part ? part + 1 : NULL) {
        size_t length = strcspn(part, "/");
        if (!length || (length == 2 && memcmp(part, "..", 2) == 0))
            return false;
    }
    return true;
}

/* Bytes of the escape (or plain character) at `raw`, and how many bytes of text it stands for. */
static size_t escape_length(const char *raw, size_t *text) {
    *text = 1;
    if (raw[0] != '\\')
        return 1;
    if (raw[1] != 'u')
        return 2;
    char digits[5] = {raw[2], raw[3], raw[4], raw[5], 0};
    unsigned long unit = strtoul(digits, NULL, 16);
    *text = unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    if (unit < 0xD800 || unit > 0xDBFF)
        return 6;
    *text = 4;
    return 12;
}

size_t string_offset(const struct json *json, const cJSON *string, size_t at) {
    size_t offset = json_offset(string) + 1;
    while (at > 0 && offset < json->length && json->bytes[offset] != '"') {
        size_t text;
        offset += escape_length(json->bytes + offset, &text);
        at = at > text ? at - text : 0;
    }
    return offset;
}
