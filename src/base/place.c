#include "base/place.h"

#include <stdint.h>
#include <string.h>

#define STEP 1024 /* bytes between two counts of characters */

struct places {
    const char *bytes;
    size_t length;
    uint32_t *lines; /* where each line begins; the first is 0 */
    size_t line_count;
    uint32_t *characters; /* that begin before byte i * STEP */
};

/* Characters that begin in these bytes: all bytes but those that go on with one. */
static size_t count_characters(const char *bytes, size_t length) {
    size_t count = 0;

    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return count;
}

static size_t count_lines(const char *bytes, size_t length) {
    size_t count = 1;

    for (size_t i = 0; i < length; i++)
        count += bytes[i] == '\n';
    return count;
}

static void index_lines(struct places *places) {
    const char *end = places->bytes + places->length, *at = places->bytes;

    for (size_t i = 1; i < places->line_count; i++) {
        at = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
        places->lines[i] = (uint32_t)(at - places->bytes);
    }
}

struct places *places_new(struct arena *arena, const char *bytes, size_t length) {
    struct places *places = arena_take(arena, sizeof *places);
    size_t steps = length / STEP;

    places->bytes = bytes;
    places->length = length;
    places->line_count = count_lines(bytes, length);
    places->lines = arena_take(arena, places->line_count * sizeof *places->lines);
    places->characters = arena_take(arena, (steps + 1) * sizeof *places->characters);
    index_lines(places);
    for (size_t i = 0; i < steps; i++)
        places->characters[i + 1] =
            places->characters[i] + (uint32_t)count_characters(bytes + i * STEP, STEP);
    return places;
}

static size_t characters_before(const struct places *places, size_t offset) {
    size_t step = offset / STEP;

    return places->characters[step] +
           count_characters(places->bytes + step * STEP, offset - step * STEP);
}

void places_find(const struct places *places, size_t offset, size_t *line, size_t *column) {
    size_t low = 0, high = places->line_count;

    if (offset > places->length)
        offset = places->length;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (places->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    *line = low + 1;
    *column = characters_before(places, offset) - characters_before(places, places->lines[low]) + 1;
}
