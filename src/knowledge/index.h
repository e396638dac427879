/* The full-text index over articles. Within the room. */
#ifndef ITR_KNOWLEDGE_INDEX_H
#define ITR_KNOWLEDGE_INDEX_H

#include "knowledge/articles.h"

struct index;

/* Drafts are left out. Out of memory is the handler's; anything else SQLite could refuse here does
 * not depend on input. */
struct index *index_new(const struct articles *articles);
void index_free(struct index *index); /* NULL is fine */

size_t index_search(struct index *index, const char *query, size_t length, uint32_t *hits,
                    size_t room);

#endif
