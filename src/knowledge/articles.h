/* Articles from their JSON files. Within the room. */
#ifndef ITR_KNOWLEDGE_ARTICLES_H
#define ITR_KNOWLEDGE_ARTICLES_H

#include "knowledge/knowledge.h"

struct articles {
    struct article *items;
    size_t count, capacity;
    struct arena *arena;
};

/* Adds the articles of one file; on an error in it there are findings and nothing was added. */
void articles_read(struct articles *articles, const char *file, struct findings *findings);

/* Adds one whose texts live in the arena. */
void articles_add(struct articles *articles, const struct article *article);

#endif
