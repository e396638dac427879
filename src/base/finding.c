#include "base/finding.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"

#define WORD_LIMIT 64 /* no name of a key or id is longer */

static void keep(struct findings *findings, struct finding finding) {
    findings->items = memory_reserve(findings->items, &findings->capacity, findings->count + 1,
                                     sizeof *findings->items);
    findings->items[findings->count++] = finding;
}

void findings_add(struct findings *findings, enum finding_severity severity, const char *code,
                  const char *file, size_t line, size_t column, const char *format, ...) {
    struct buffer text = {0};
    va_list arguments;

    if (severity == FINDING_ERROR)
        findings->errors++;
    else
        findings->warnings++;
    if (findings->count >= FINDINGS_LIMIT)
        return;
    va_start(arguments, format);
    buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    keep(findings, (struct finding){.severity = severity,
                                    .code = code,
                                    .file = memory_text(file),
                                    .line = line,
                                    .column = column,
                                    .text = buffer_release(&text)});
}

static int compare(const struct finding *a, const struct finding *b) {
    int files = strcmp(a->file, b->file);

    if (files)
        return files;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

/* By insertion: stable, and never more than FINDINGS_LIMIT of them. */
void findings_sort(struct findings *findings) {
    for (size_t i = 1; i < findings->count; i++) {
        struct finding moving = findings->items[i];
        size_t to = i;

        for (; to > 0 && compare(&moving, &findings->items[to - 1]) < 0; to--)
            findings->items[to] = findings->items[to - 1];
        findings->items[to] = moving;
    }
}

void findings_free(struct findings *findings) {
    for (size_t i = 0; i < findings->count; i++) {
        free(findings->items[i].file);
        free(findings->items[i].text);
    }
    free(findings->items);
    *findings = (struct findings){0};
}

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t ab = a < b ? a : b;

    return ab < c ? ab : c;
}

/* Levenshtein's distance, where two neighbours that changed places count once. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length) {
    size_t rows[3][WORD_LIMIT + 1], *before = rows[0], *above = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_length; j++)
        above[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        size_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[b_length];
}

const char *finding_nearest(const char *word, const char *const *names) {
    size_t length = strlen(word), best = length / 3 ? length / 3 : 1;
    const char *nearest = NULL;

    if (length > WORD_LIMIT)
        return NULL;
    best++; /* a name has to be nearer than this */
    for (; *names; names++) {
        size_t name_length = strlen(*names), found;
        if (name_length > WORD_LIMIT)
            continue;
        found = distance(word, length, *names, name_length);
        if (found < best && found < name_length) {
            best = found;
            nearest = *names;
        }
    }
    return nearest;
}
