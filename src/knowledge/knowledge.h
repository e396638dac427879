/* What the desk knows: articles, found as one types, in both languages. The room's one header.
 *
 * Articles come from two places: the files in scenarios/knowledge, written by coaches, and the
 * notes of trainees that a coach approved (DATA/knowledge). The index is SQLite FTS5 in memory with
 * a tokeniser of our own, for FTS5's do not cut Chinese into words.
 *
 * The search is no part of a call's fold: what was found is kept in the record as an outcome. */
#ifndef ITR_KNOWLEDGE_H
#define ITR_KNOWLEDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "language/language.h"

#define KNOWLEDGE_FORMAT "itr-knowledge/1"

struct article {
    const char *id;
    const char *title[LANGUAGE_COUNT], *body[LANGUAGE_COUNT]; /* never NULL */
    const char *tags;    /* words it is found by besides, separated by spaces; may be "" */
    const char *updated; /* "2026-01-31", or "" */
    bool draft;          /* not yet for use: no search finds it */
};

struct knowledge;

/* Reads every *.json of `folder` (NULL or missing: none) and the approved proposals under
 * `data`/knowledge (NULL: none). All errors become findings and leave out the file or the row they
 * are in; what was sound is there. Never NULL; free with knowledge_free. */
struct knowledge *knowledge_open(const char *folder, const char *data, struct findings *findings);
void knowledge_free(struct knowledge *knowledge); /* NULL is fine */

/* What is wrong with one file of articles. */
void knowledge_check(const char *file, struct findings *findings);

size_t knowledge_count(const struct knowledge *knowledge);
const struct article *knowledge_article(const struct knowledge *knowledge, size_t index);
int64_t knowledge_find(const struct knowledge *knowledge, const char *id); /* index, or -1 */

/* The articles that fit what was typed so far, best first, as indexes; returns how many, at most
 * `room`. Those that have it in title or tags come first, then those that say it only in the body;
 * within each, by how many of the words they have, then by where and how often (a title counts ten
 * times, tags six times a body, each place up to three times), then in file order; of more than
 * 1,000 that fit, the first 1,000 are ranked. Every word must occur, at least as a beginning; where
 * no article has them all, those with any of them. The first search builds the index. */
size_t knowledge_search(struct knowledge *knowledge, const char *query, size_t length,
                        uint32_t *hits, size_t room);

/* ---- from a trainee's note to an article ---- */

/* A decision is a row added to DATA/knowledge/decisions.csv; nothing is ever changed there, the
 * last row of an id counts. An approved note is found by search from then on. Who may write that
 * folder is a coach: the rights of the folder decide, and the error says so. */
struct decision {
    const char *time; /* UTC, "2026-01-31T08:30:00Z" */
    const char *id, *by, *title, *text, *reason;
    bool approved;
};
bool knowledge_decide(const char *data, const struct decision *decision, struct error *error);

/* The last decision about `id` under `data`: false when there is none (or it can't be read, with
 * *error set). Texts live in `arena`. */
bool knowledge_decision(const char *data, const char *id, struct decision *decision,
                        struct arena *arena, struct error *error);

#endif
