/* The record as a file: written, read, resumed, held by one window, closed once. */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "record_sample.h"

static void test_written_rows_are_read_back(void **state) {
    struct buffer bytes = {0};
    sample_bytes(&bytes, 40, true);
    struct record *record = must_parse(&bytes);
    assert_int_equal(record->state, RECORD_COMPLETE);
    assert_int_equal(record->count, 40);
    assert_int_equal(record->good_bytes, bytes.length);
    assert_null(record->damage);
    for (uint32_t i = 0; i < 40; i++)
        assert_sample_row(&record->rows[i], i, i == 39);
    record_free(record);
    buffer_free(&bytes);
}

/* The format as docs/record.md gives it, byte for byte: it may never change. */
static void test_bytes_are_those_of_the_document(void **state) {
    char *folder = new_folder();
    struct record_writer *writer = start_record(folder);
    struct error error;
    struct buffer bytes = {0};
    struct record_row row = {.t_ms = 1500,
                             .kind = "typed",
                             .node = "greet",
                             .text = "a \"b\"\\\n\0c",
                             .text_length = 9,
                             .data = "{}"};
    assert_true(record_append(writer, &row, &error));
    assert_true(record_append(writer, &row, &error));
    assert_true(file_read(record_writer_path(writer), 1 << 20, &bytes, &error));
    const char line[] =
        "\"2\",\"1500\",\"0\",\"typed\",\"greet\",\"\",\"a \"\"b\"\"\\\\\\n\\0c\",\"{}\",";
    const char next[] =
        "\"3\",\"1500\",\"0\",\"typed\",\"greet\",\"\",\"a \"\"b\"\"\\\\\\n\\0c\",\"{}\",";
    char sum[HASH_HEX_SIZE], chained[HASH_HEX_SIZE];
    struct buffer wanted = {0}, chain = {0};
    hash_sha256(line, strlen(line), sum);
    buffer_printf(&chain, "%.16s%s", sum, next);
    hash_sha256(chain.bytes, chain.length, chained);
    buffer_printf(&wanted,
                  "\"row\",\"t_ms\",\"seat\",\"kind\",\"node\",\"ref\",\"text\",\"data\",\"sum\"\n"
                  "%s\"%.16s\"\n%s\"%.16s\"\n",
                  line, sum, next, chained);
    assert_string_equal(buffer_text(&bytes), buffer_text(&wanted));
    struct record *record = must_parse(&bytes);
    assert_int_equal(record->rows[0].text_length, 9);
    assert_memory_equal(record->rows[0].text, "a \"b\"\\\n\0c", 9);
    record_free(record);
    record_abandon(writer);
    buffer_free(&bytes);
    buffer_free(&wanted);
    buffer_free(&chain);
    remove_folder(folder);
}

static void test_names_and_closing(void **state) {
    char *folder = new_folder();
    struct record_writer *writer = start_record(folder);
    struct error error;
    struct buffer closed = {0};
    const char *path = record_writer_path(writer);
    assert_non_null(strstr(path, "/records/2026-01-31/083000-device-dead-"));
    append_rows(writer, 0, 3);
    buffer_add(&closed, path, strlen(path) - strlen(".open"));
    buffer_add_text(&closed, ".csv");
    assert_false(file_exists(closed.bytes));
    assert_true(record_close(writer, &error));
    struct record *record = record_read(closed.bytes, &error);
    assert_non_null(record);
    assert_int_equal(record->count, 3);
    record_free(record);
    assert_null(record_reopen(closed.bytes, &record, NULL, &error));
    assert_non_null(strstr(error.text, "finished"));
    buffer_free(&closed);
    remove_folder(folder);
}

static void test_closing_never_replaces_a_file(void **state) {
    char *folder = new_folder();
    struct record_writer *writer = start_record(folder);
    struct error error;
    struct buffer squat = {0}, bytes = {0};
    append_rows(writer, 0, 1);
    buffer_add(&squat, record_writer_path(writer), strlen(record_writer_path(writer)) - 5);
    buffer_add_text(&squat, ".csv");
    assert_true(file_replace(squat.bytes, "mine", 4, &error));
    assert_false(record_close(writer, &error));
    assert_true(file_read(squat.bytes, 100, &bytes, &error));
    assert_string_equal(bytes.bytes, "mine");
    assert_int_equal(unlink(squat.bytes), 0);
    assert_true(record_close(writer, &error));
    assert_true(file_exists(squat.bytes));
    buffer_free(&squat);
    buffer_free(&bytes);
    remove_folder(folder);
}

static void test_resume_goes_on_with_the_chain(void **state) {
    char *folder = new_folder();
    struct record_writer *writer = start_record(folder);
    struct error error;
    bool cut = true;
    struct record *record;
    append_rows(writer, 0, 5);
    char *path = memory_text(record_writer_path(writer));
    record_abandon(writer);
    writer = record_reopen(path, &record, &cut, &error);
    assert_non_null(writer);
    assert_false(cut);
    assert_int_equal(record->count, 5);
    record_free(record);
    append_rows(writer, 5, 5);
    record_abandon(writer);
    record = record_read(path, &error);
    assert_int_equal(record->count, 10);
    assert_int_equal(record->state, RECORD_NOT_CLOSED);
    record_free(record);
    free(path);
    remove_folder(folder);
}

static void test_a_second_window_is_told_who_holds_it(void **state) {
    char *folder = new_folder();
    struct record_writer *writer = start_record(folder);
    struct error error;
    char holder[64];
    append_rows(writer, 0, 1);
    /* opening and closing the file here must not lose the lock, as plain fcntl locks would */
    record_free(record_read(record_writer_path(writer), &error));
    snprintf(holder, sizeof holder, "process %ld", (long)getpid());
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct record *record;
        int found = record_reopen(record_writer_path(writer), &record, NULL, &error) ? 1
                    : strstr(error.text, holder)                                     ? 0
                                                                                     : 2;
        _exit(found);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    append_rows(writer, 1, 1);
    record_abandon(writer);
    remove_folder(folder);
}

static void test_killed_holder_leaves_no_lock(void **state) {
    char *folder = new_folder();
    int pipes[2];
    char path[512] = "";
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        struct record_writer *writer = start_record(folder);
        append_rows(writer, 0, 2);
        const char *name = record_writer_path(writer);
        if (write(pipes[1], name, strlen(name)) < 0)
            _exit(1);
        for (;;)
            pause();
    }
    assert_true(read(pipes[0], path, sizeof path - 1) > 0);
    struct record *record;
    struct error error;
    assert_null(record_reopen(path, &record, NULL, &error));
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    struct record_writer *writer = record_reopen(path, &record, NULL, &error);
    assert_non_null(writer);
    assert_int_equal(record->count, 2);
    record_free(record);
    record_abandon(writer);
    close(pipes[0]);
    close(pipes[1]);
    remove_folder(folder);
}

/* Many calls of the same second, the clock set back included: no two share a file. */
static void test_names_never_collide(void **state) {
    enum { PROCESSES = 4, EACH = 100 };
    char *folder = new_folder();
    for (int i = 0; i < PROCESSES; i++)
        if (fork() == 0) {
            for (int k = 0; k < EACH; k++) {
                struct record_writer *writer = start_record(folder);
                append_rows(writer, 0, 1);
                if (k % 2 ? !record_close(writer, NULL) : (record_abandon(writer), false))
                    _exit(1);
            }
            _exit(0);
        }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    struct buffer day = {0};
    char **names;
    size_t count;
    struct error error;
    file_join(&day, folder, "records/2026-01-31");
    assert_true(file_list(day.bytes, &names, &count, &error));
    assert_int_equal(count, PROCESSES * EACH);
    for (size_t i = 0; i < count; i++) {
        struct buffer path = {0};
        file_join(&path, day.bytes, names[i]);
        struct record *record = record_read(path.bytes, &error);
        assert_non_null(record);
        assert_int_equal(record->count, 1);
        record_free(record);
        buffer_free(&path);
    }
    file_list_free(names, count);
    buffer_free(&day);
    remove_folder(folder);
}

static void test_what_can_not_be_kept_is_refused(void **state) {
    char *folder = new_folder();
    struct record_writer *writer = start_record(folder);
    struct error error;
    struct buffer big = {0};
    struct record_row row = sample_row(0, false);
    row.text = "A\xe9"
               "B";
    row.text_length = 3;
    assert_false(record_append(writer, &row, &error));
    assert_non_null(strstr(error.text, "UTF-8"));
    row = sample_row(0, false);
    row.t_ms = -1;
    assert_false(record_append(writer, &row, &error));
    row = sample_row(0, false);
    buffer_add_repeated(&big, '\\', RECORD_ROW_LIMIT / 2);
    row.text = big.bytes;
    row.text_length = big.length;
    assert_false(record_append(writer, &row, &error));
    row.text_length = 1 << 20; /* a reply of a megabyte is kept */
    assert_true(record_append(writer, &row, &error));
    assert_int_equal(row.row, 2);
    struct record *record = record_read(record_writer_path(writer), &error);
    assert_int_equal(record->count, 1);
    assert_int_equal(record->rows[0].text_length, 1 << 20);
    record_free(record);
    buffer_free(&big);
    record_abandon(writer);
    remove_folder(folder);
}

static void test_a_file_changed_under_the_call_is_noticed(void **state) {
    char *folder = new_folder();
    struct record_writer *writer = start_record(folder);
    struct error error;
    struct record_row row = sample_row(1, false);
    append_rows(writer, 0, 1);
    FILE *other = fopen(record_writer_path(writer), "a");
    assert_true(fputs("hello\n", other) >= 0);
    assert_int_equal(fclose(other), 0);
    assert_false(record_append(writer, &row, &error));
    assert_non_null(strstr(error.text, "another program"));
    assert_int_equal(unlink(record_writer_path(writer)), 0);
    assert_false(record_append(writer, &row, &error));
    assert_non_null(strstr(error.text, "deleted"));
    record_abandon(writer);
    remove_folder(folder);
}

static void test_folder_that_can_not_be_written(void **state) {
    char *folder = new_folder();
    struct error error = {0};
    struct buffer blocked = {0};
    file_join(&blocked, folder, "records");
    assert_true(
        file_replace(blocked.bytes, "x", 1, &error)); /* a file where the folder should be */
    assert_null(record_create(folder, "device-dead", SAMPLE_START, false, &error));
    assert_true(strlen(error.text) > 0);
    buffer_free(&blocked);
    remove_folder(folder);
}

static void test_links_and_fifos_are_not_opened(void **state) {
    char *folder = new_folder();
    struct buffer fifo = {0}, link = {0};
    struct record *record;
    struct error error;
    file_join(&fifo, folder, "a.open");
    file_join(&link, folder, "b.open");
    assert_int_equal(mkfifo(fifo.bytes, 0600), 0);
    assert_int_equal(symlink("/etc/passwd", link.bytes), 0);
    alarm(5); /* a reader that waits is a failure, not a hang */
    assert_null(record_read(fifo.bytes, &error));
    assert_null(record_read(link.bytes, &error));
    assert_null(record_reopen(fifo.bytes, &record, NULL, &error));
    assert_null(record_reopen(link.bytes, &record, NULL, &error));
    alarm(0);
    buffer_free(&fifo);
    buffer_free(&link);
    remove_folder(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written_rows_are_read_back),
        cmocka_unit_test(test_bytes_are_those_of_the_document),
        cmocka_unit_test(test_names_and_closing),
        cmocka_unit_test(test_closing_never_replaces_a_file),
        cmocka_unit_test(test_resume_goes_on_with_the_chain),
        cmocka_unit_test(test_a_second_window_is_told_who_holds_it),
        cmocka_unit_test(test_killed_holder_leaves_no_lock),
        cmocka_unit_test(test_names_never_collide),
        cmocka_unit_test(test_what_can_not_be_kept_is_refused),
        cmocka_unit_test(test_a_file_changed_under_the_call_is_noticed),
        cmocka_unit_test(test_folder_that_can_not_be_written),
        cmocka_unit_test(test_links_and_fifos_are_not_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
