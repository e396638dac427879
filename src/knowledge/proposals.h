/* Notes that a coach approved, as articles. Within the room. */
#ifndef ITR_KNOWLEDGE_PROPOSALS_H
#define ITR_KNOWLEDGE_PROPOSALS_H

#include "knowledge/articles.h"

/* Adds what the last decision about it approved, in the order of the approvals. */
void proposals_read_approved(const char *data, struct articles *articles,
                             struct findings *findings);

#endif
