/* The same opening, word for word, call after call: a hint, never a deduction. */
#include "seat/inside.h"

#include <stdlib.h>
#include <string.h>

/* The first thing the trainee typed in a record, copied; NULL when he chose from the list, or said
 * nothing. */
static char *first_words(const char *path) {
    struct record *record = record_read(path, NULL);
    char *words = NULL;
    for (size_t i = 0; record && i < record->count; i++) {
        const struct record_row *row = &record->rows[i];
        int kind = event_kind_from(row->kind);
        if (kind == EVENT_TYPED)
            words = memory_text_of(row->text, row->text_length);
        if (kind == EVENT_TYPED || kind == EVENT_REPLY)
            break;
    }
    record_free(record);
    return words;
}

static bool same_opening(const char *path, const char *words) {
    char *other = first_words(path);
    bool same = other && !strcmp(other, words);
    free(other);
    return same;
}

/* How many of the trainee's latest calls began with these words, counted no further than `most`. */
static uint32_t equal_openings(const char *data, const char *trainee, const char *words,
                               uint32_t most) {
    struct record_summary *summaries;
    size_t count, unreadable;
    uint32_t equal = 0;
    if (!record_history(data, &summaries, &count, &unreadable, NULL))
        return 0;
    for (size_t i = count; i > 0 && equal < most; i--) {
        if (strcmp(summaries[i - 1].trainee, trainee) != 0)
            continue;
        if (!same_opening(summaries[i - 1].path, words))
            break;
        equal++;
    }
    record_history_free(summaries, count);
    return equal;
}

/* The hint comes when the fifth is reached, and not again with the sixth. */
bool seat_opening_is_mechanical(const struct seat *seat, const char *data) {
    char *words = seat->closed ? first_words(seat->path) : NULL;
    bool fifth = words && equal_openings(data, seat->opening.trainee, words, EQUAL_OPENINGS + 1) ==
                              EQUAL_OPENINGS;
    free(words);
    return fifth;
}
