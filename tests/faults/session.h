/* A scripted session of the record room, told row by row as it is acknowledged, and what must hold
 * of its record whatever was done to the process: no acknowledged row lost, no torn row after
 * recovery, and it can be gone on with. */
#ifndef ITR_TESTS_FAULTS_SESSION_H
#define ITR_TESTS_FAULTS_SESSION_H

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "../unit/record_sample.h"

#define SESSION_TRIES 3

/* Tells on `told` that row `i` is safe: one byte a row, so that a cut pipe can't tell half. */
static inline bool session_tell(int told) {
    return write(told, "+", 1) == 1;
}

static inline bool session_append(struct record_writer *writer, uint32_t i, bool last,
                                  struct error *error) {
    struct record_row row = sample_row(i, last);
    for (int try = 0; try < SESSION_TRIES; try++)
        if (record_append(writer, &row, error))
            return true;
    return false;
}

/* Plays `rows` rows into a new record under `data` and closes it; every row is tried a few times,
 * as a trainee who is told of a full disk would. False with the sentence a trainee would see. */
static inline bool session_run(const char *data, uint32_t rows, bool no_sync, int told,
                               struct error *error) {
    struct record_writer *writer = record_create(data, "device-dead", SAMPLE_START, no_sync, error);
    if (!writer)
        return false;
    for (uint32_t i = 0; i < rows; i++) {
        if (!session_append(writer, i, i + 1 == rows, error)) {
            record_abandon(writer);
            return false;
        }
        session_tell(told);
    }
    for (int try = 0; try < SESSION_TRIES; try++)
        if (record_close(writer, error))
            return true;
    record_abandon(writer);
    return false;
}

/* The one record under `data`, or NULL when none was begun. To be freed. */
static inline char *session_record(const char *data) {
    struct buffer day = {0}, path = {0};
    char **names = NULL;
    size_t count = 0;
    file_join(&day, data, "records/2026-01-31");
    assert_true(file_list(buffer_text(&day), &names, &count, NULL));
    assert_true(count <= 1);
    if (count)
        file_join(&path, buffer_text(&day), names[0]);
    file_list_free(names, count);
    buffer_free(&day);
    return count ? buffer_release(&path) : NULL;
}

static inline void session_go_on(const char *path, uint32_t rows) {
    struct error error;
    struct record *record;
    bool cut;
    struct record_writer *writer = record_reopen(path, &record, &cut, &error);
    if (!writer)
        fail_msg("%s", error.text);
    uint32_t at = (uint32_t)record->count;
    if (record->state != RECORD_COMPLETE)
        for (uint32_t i = at; i < rows; i++)
            assert_true(session_append(writer, i, i + 1 == rows, &error));
    record_free(record);
    assert_true(record_close(writer, &error));
}

/* What must hold after a session of `rows` rows that told `told` of them before it was hit. */
static inline void session_check(const char *data, uint32_t rows, uint32_t told) {
    struct error error;
    char *path = session_record(data);
    if (!path) {
        assert_int_equal(told, 0);
        return;
    }
    struct record *record = record_read(path, &error);
    if (!record)
        fail_msg("%s", error.text);
    if (record->state == RECORD_DAMAGED)
        fail_msg("%s", record->damage);
    assert_true(record->count >= told);
    assert_true(record->count <= rows);
    for (uint32_t i = 0; i < record->count; i++)
        assert_sample_row(&record->rows[i], i, i + 1 == rows);
    size_t count = record->count;
    record_free(record);
    if (count && strstr(path, ".open"))
        session_go_on(path, rows);
    free(path);
    if (!count)
        return;
    path = session_record(data);
    record = record_read(path, &error);
    assert_non_null(strstr(path, ".csv"));
    assert_int_equal(record->state, RECORD_COMPLETE);
    assert_int_equal(record->count, rows);
    for (uint32_t i = 0; i < rows; i++)
        assert_sample_row(&record->rows[i], i, i + 1 == rows);
    record_free(record);
    free(path);
}

/* How many bytes a child told before it went. */
static inline uint32_t session_told(int pipe_end) {
    char bytes[4096];
    uint32_t told = 0;
    ssize_t got;
    while ((got = read(pipe_end, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR))
        told += got > 0 ? (uint32_t)got : 0;
    return told;
}

static inline uint32_t session_count(uint32_t usual, uint32_t full) {
    const char *wanted = getenv("ITR_LONG");
    return wanted && *wanted && strcmp(wanted, "0") != 0 ? full : usual;
}

#endif
