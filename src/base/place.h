/* Places of a text: byte offsets as the lines and columns that people count. Lines end at LF;
 * columns count characters, both from 1. Finding a place costs the same wherever it is, also in a
 * file of a single line. */
#ifndef ITR_BASE_PLACE_H
#define ITR_BASE_PLACE_H

#include <stddef.h>

#include "base/memory.h"

struct places;

/* An index of `bytes`, which must stay; it lives in the arena. At most 4 GB. */
struct places *places_new(struct arena *arena, const char *bytes, size_t length);

/* Line and column of `offset`, which is at most the length. */
void places_find(const struct places *places, size_t offset, size_t *line, size_t *column);

#endif
