/* Finished calls, from the two ends of each record: what lists and reports need without reading
 * what lies between. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/closing.h"
#include "record/files.h"
#include "record/rows.h"
#include "record/store.h"

#define PIECE ((size_t)4096) /* what is read at an end at first; doubled while it is too little */

static bool read_piece(int file, off_t at, size_t length, struct buffer *bytes) {
    buffer_clear(bytes);
    buffer_add_repeated(bytes, 0, length);
    ssize_t got = pread(file, bytes->bytes, length, at);
    bytes->length = got > 0 ? (size_t)got : 0;
    return bytes->length == length;
}

static size_t size_of(int file) {
    struct stat about;
    return fstat(file, &about) == 0 ? (size_t)about.st_size : 0;
}

static bool parse_line(const char *line, size_t length, uint32_t number, const char *previous,
                       struct record_row *row, struct arena *arena) {
    struct row_reader reader;
    char sum[RECORD_SUM];
    row_reader_start(&reader);
    bool good = row_read(&reader, line, length, number, previous, arena, row, sum, NULL);
    row_reader_free(&reader);
    return good;
}

bool store_first_row(int file, struct buffer *bytes, struct record_row *row, struct arena *arena) {
    size_t size = size_of(file), piece = PIECE;
    for (;; piece *= 2) {
        size_t wanted = piece < size ? piece : size;
        if (!read_piece(file, 0, wanted, bytes) || wanted <= RECORD_HEADER_LENGTH ||
            memcmp(bytes->bytes, RECORD_HEADER, RECORD_HEADER_LENGTH) != 0)
            return false;
        const char *line = bytes->bytes + RECORD_HEADER_LENGTH;
        const char *end = memchr(line, '\n', wanted - RECORD_HEADER_LENGTH);
        if (end)
            return parse_line(line, (size_t)(end - line) + 1, 2, "", row, arena);
        if (wanted == size || piece > RECORD_ROW_LIMIT)
            return false;
    }
}

/* The number that a line gives itself: digits between its first two quotes. */
static uint32_t own_number(const char *line, const char *end) {
    uint64_t number = 0;
    for (const char *at = line + 1; at < end && *at >= '0' && *at <= '9' && number < UINT32_MAX;
         at++)
        number = number * 10 + (uint64_t)(*at - '0');
    return number <= UINT32_MAX ? (uint32_t)number : 0;
}

/* Where the line begins that ends before `end` (its newline included); NULL when that is before
 * `start`. A piece that does not begin the file has no first line, only the rest of one. */
static const char *line_before(const char *start, const char *end, bool whole_file) {
    for (const char *at = end - 1; at > start; at--)
        if (at[-1] == '\n')
            return at;
    return whole_file && end > start ? start : NULL;
}

/* Reads the last line of a piece that ends the file; *more when the piece is too short for it and
 * the line before it, whose sum it follows. */
static bool last_line(const struct buffer *bytes, bool whole_file, struct record_row *row,
                      struct arena *arena, bool *more) {
    const char *start = buffer_text(bytes), *end = start + bytes->length;
    const char *line = line_before(start, end, whole_file);
    const char *before = line ? line_before(start, line, whole_file) : NULL;
    char previous[RECORD_SUM] = "";
    *more = !before;
    if (*more || end[-1] != '\n')
        return false;
    uint32_t number = own_number(line, end);
    if (number > 2 && !row_sum(before, (size_t)(line - before), previous))
        return false;
    return parse_line(line, (size_t)(end - line), number, previous, row, arena);
}

bool store_last_row(int file, struct buffer *bytes, struct record_row *row, struct arena *arena) {
    size_t size = size_of(file), piece = PIECE;
    for (;; piece *= 2) {
        size_t wanted = piece < size ? piece : size;
        bool more;
        if (!wanted || !read_piece(file, (off_t)(size - wanted), wanted, bytes))
            return false;
        if (last_line(bytes, wanted == size, row, arena, &more))
            return true;
        if (!more || wanted == size || piece > 2 * RECORD_ROW_LIMIT)
            return false;
    }
}

/* ---- summaries ---- */

/* A moment of a drill is no play of its script: its summary has no path. */
static bool summarise(const char *path, const struct record_row *first,
                      const struct record_row *last, struct arena *arena,
                      struct record_summary *summary) {
    struct record_opening opening;
    struct closing closing;
    if (strcmp(last->kind, event_kind_word(EVENT_CLOSED)) != 0 ||
        !record_opening_from_row(first, &opening, arena, NULL) || !closing_from_row(last, &closing))
        return false;
    *summary = (struct record_summary){0};
    if (opening.at)
        return true;
    *summary = (struct record_summary){.path = memory_text(path),
                                       .start = memory_text(opening.start),
                                       .trainee = memory_text(opening.trainee),
                                       .scenario_id = memory_text(opening.scenario_id),
                                       .mode = opening.mode,
                                       .language = opening.language,
                                       .outcome = closing.outcome,
                                       .q_tenths = closing.q_tenths,
                                       .pass = closing.pass,
                                       .t_ms = last->t_ms};
    return true;
}

static bool read_summary(const char *path, struct record_summary *summary) {
    struct buffer bytes = {0};
    struct record_row first, last;
    int file = record_open_file(path, O_RDONLY, NULL);
    if (file < 0)
        return false;
    struct arena *arena = arena_new();
    bool good = store_first_row(file, &bytes, &first, arena) &&
                store_last_row(file, &bytes, &last, arena) &&
                summarise(path, &first, &last, arena, summary);
    arena_free(arena);
    buffer_free(&bytes);
    close(file);
    return good;
}

struct history {
    struct record_summary *items;
    size_t count, capacity, unreadable;
};

static void visit_closed(void *user, const char *path) {
    struct history *history = user;
    struct record_summary summary;
    if (!read_summary(path, &summary)) {
        history->unreadable++;
        return;
    }
    if (!summary.path)
        return;
    history->items = memory_reserve(history->items, &history->capacity, history->count + 1,
                                    sizeof *history->items);
    history->items[history->count++] = summary;
}

/* By the time the record gives; the path (which begins with day and time) settles ties. */
static int oldest_first(const void *a, const void *b) {
    const struct record_summary *left = a, *right = b;
    int order = strcmp(left->start, right->start);
    return order ? order : strcmp(left->path, right->path);
}

bool record_history(const char *data, struct record_summary **summaries, size_t *count,
                    size_t *unreadable, struct error *error) {
    struct history history = {0};
    bool good = store_walk(data, ".csv", visit_closed, &history, error);
    if (history.count)
        qsort(history.items, history.count, sizeof *history.items, oldest_first);
    *summaries = history.items;
    *count = history.count;
    *unreadable = history.unreadable;
    return good;
}

void record_history_free(struct record_summary *summaries, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(summaries[i].path);
        free(summaries[i].start);
        free(summaries[i].trainee);
        free(summaries[i].scenario_id);
    }
    free(summaries);
}
