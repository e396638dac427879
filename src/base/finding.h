/* Findings: what is wrong with a file that people wrote, at a place they can go to.
 *
 *     FILE:LINE:COLUMN: error|warning CODE: what is wrong, and the mend
 *
 * Lines and columns count from 1, columns in characters. A code is a stable kebab-case word with a
 * section of its own in docs/diagnostics.md. */
#ifndef ITR_BASE_FINDING_H
#define ITR_BASE_FINDING_H

#include <stdbool.h>
#include <stddef.h>

enum finding_severity { FINDING_ERROR, FINDING_WARNING };

struct finding {
    enum finding_severity severity;
    const char *code; /* static */
    char *file;       /* as the user named it */
    size_t line, column;
    char *text;
};

/* A list; start with `= {0}`. At most `FINDINGS_LIMIT` are kept, the rest counted. */
#define FINDINGS_LIMIT 500
struct findings {
    struct finding *items;
    size_t count, capacity;
    size_t errors, warnings; /* all that were added, kept or not */
};

/* Adds one; the text is made from `format`. */
void findings_add(struct findings *findings, enum finding_severity severity, const char *code,
                  const char *file, size_t line, size_t column, const char *format, ...)
    __attribute__((format(printf, 7, 8)));
void findings_sort(struct findings *findings); /* by file, line, column; stable */
void findings_free(struct findings *findings);

/* The name among `names` (NULL-terminated) nearest to `word` by edit distance, if near enough to
 * have been meant (at most a third of its length, at least 1), else NULL: for "did you mean". */
const char *finding_nearest(const char *word, const char *const *names);

#endif
