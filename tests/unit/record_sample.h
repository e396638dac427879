/* A folder of its own and records in it, for the tests of the record room. */
#ifndef ITR_TESTS_RECORD_SAMPLE_H
#define ITR_TESTS_RECORD_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "record/record.h"

#define SAMPLE_START INT64_C(1769848200) /* 2026-01-31T08:30:00Z */

/* A new empty data folder; remove_folder frees it. */
static inline char *new_folder(void) {
    const char *temporary = getenv("TMPDIR");
    struct buffer path = {0};
    buffer_printf(&path, "%s/itr-record-XXXXXX", temporary ? temporary : "/tmp");
    assert_non_null(mkdtemp(path.bytes));
    return buffer_release(&path);
}

static inline void remove_folder(char *folder) {
    struct buffer command = {0};
    buffer_printf(&command, "rm -rf '%s'", folder);
    assert_int_equal(system(command.bytes), 0);
    buffer_free(&command);
    free(folder);
}

/* Row `i` of a sample call: texts that need quoting and escaping. */
static inline struct record_row sample_row(uint32_t i, bool last) {
    static const char *const texts[] = {"您好，请问有什么可以帮您？",
                                        "he said \"no\", then\nhung up\r\n",
                                        "back\\slash \\n\ttab",
                                        "",
                                        "=1+1",
                                        " spaces at both ends ",
                                        "😀 e\xcc\x81",
                                        "a,b;c|d'e"};
    static char data[64];
    snprintf(data, sizeof data, "{\"n\":%u,\"t\":\"a,\\\"b\\\"\"}", i);
    const char *text = texts[i % (sizeof texts / sizeof *texts)];
    return (struct record_row){.t_ms = 1000 * (int64_t)i,
                               .seat = i % 2,
                               .kind = last     ? "closed"
                                       : i == 0 ? "opened"
                                                : "typed",
                               .node = "verify.ask-name",
                               .ref = "reply-1",
                               .text = text,
                               .text_length = strlen(text),
                               .data = data};
}

static inline void append_rows(struct record_writer *writer, uint32_t from, uint32_t count) {
    struct error error;
    for (uint32_t i = from; i < from + count; i++) {
        struct record_row row = sample_row(i, false);
        if (!record_append(writer, &row, &error))
            fail_msg("%s", error.text);
        assert_int_equal(row.row, i + 2);
    }
}

static inline struct record_writer *start_record(const char *folder) {
    struct error error;
    struct record_writer *writer = record_create(folder, "device-dead", SAMPLE_START, true, &error);
    if (!writer)
        fail_msg("%s", error.text);
    return writer;
}

/* The bytes of a record of `count` rows, closed or not. */
static inline void sample_bytes(struct buffer *bytes, uint32_t count, bool closed) {
    char *folder = new_folder();
    struct record_writer *writer = start_record(folder);
    struct error error;
    append_rows(writer, 0, closed ? count - 1 : count);
    if (closed) {
        struct record_row row = sample_row(count - 1, true);
        assert_true(record_append(writer, &row, &error));
    }
    assert_true(file_read(record_writer_path(writer), 1 << 24, bytes, &error));
    record_abandon(writer);
    remove_folder(folder);
}

static inline void assert_sample_row(const struct record_row *row, uint32_t i, bool last) {
    struct record_row wanted = sample_row(i, last);
    assert_int_equal(row->row, i + 2);
    assert_int_equal(row->t_ms, wanted.t_ms);
    assert_int_equal(row->seat, wanted.seat);
    assert_string_equal(row->kind, wanted.kind);
    assert_string_equal(row->node, wanted.node);
    assert_string_equal(row->ref, wanted.ref);
    assert_int_equal(row->text_length, wanted.text_length);
    assert_memory_equal(row->text, wanted.text, wanted.text_length);
    assert_string_equal(row->data, wanted.data);
}

static inline struct record *must_parse(const struct buffer *bytes) {
    struct error error;
    struct record *record = record_parse("sample.csv", buffer_text(bytes), bytes->length, &error);
    if (!record)
        fail_msg("%s", error.text);
    return record;
}

#endif
