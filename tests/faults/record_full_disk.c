/* R6: the disk fills up at each KB and is freed again; nothing is glued to a torn row. */
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "session.h"

static void set_limit(rlim_t bytes) {
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Appends until the disk is full; returns the number of rows written and keeps the sentence. */
static uint32_t fill(struct record_writer *writer, uint32_t from, struct error *error) {
    for (uint32_t i = from;; i++) {
        struct record_row row = sample_row(i, false);
        if (!record_append(writer, &row, error))
            return i;
    }
}

static void check_file(const char *path, uint32_t rows) {
    struct error error;
    struct record *record = record_read(path, &error);
    if (!record)
        fail_msg("%s", error.text);
    assert_int_equal(record->state, RECORD_NOT_CLOSED);
    assert_int_equal(record->count, rows);
    for (uint32_t i = 0; i < rows; i++)
        assert_sample_row(&record->rows[i], i, false);
    record_free(record);
}

static void test_full_at_each_kb(void **state) {
    char *data = new_folder();
    signal(SIGXFSZ, SIG_IGN); /* as main does */
    for (rlim_t kb = 1; kb <= 200; kb++) {
        struct record_writer *writer = start_record(data);
        struct error error = {0};
        set_limit(kb * 1024);
        uint32_t rows = fill(writer, 0, &error);
        assert_int_equal(error.system, EFBIG);
        assert_int_equal(fill(writer, rows, &error), rows); /* still full: nothing changed */
        check_file(record_writer_path(writer), rows);
        set_limit(RLIM_INFINITY);
        append_rows(writer, rows, 3);
        check_file(record_writer_path(writer), rows + 3);
        assert_true(record_close(writer, &error));
    }
    remove_folder(data);
}

/* A record cannot even be begun: nothing stays behind, and it can be when there is room. */
static void test_full_from_the_start(void **state) {
    char *data = new_folder();
    struct error error = {0};
    set_limit(20);
    assert_null(record_create(data, "device-dead", SAMPLE_START, false, &error));
    assert_true(error.text[0]);
    set_limit(RLIM_INFINITY);
    assert_null(session_record(data));
    struct record_writer *writer = start_record(data);
    append_rows(writer, 0, 1);
    record_abandon(writer);
    remove_folder(data);
}

/* The same on a file system that is really full, where one may be mounted. In a child, so that the
 * mount is seen by nobody else. Status 77: not allowed here. */
static int full_file_system(const char *data) {
    struct error error = {0};
    char size[32];
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", data, "tmpfs", 0, "size=64k") != 0)
        return 77;
    struct record_writer *writer = record_create(data, "device-dead", SAMPLE_START, false, &error);
    uint32_t rows = 0;
    for (int kb = 128; writer && kb <= 256; kb += 64) {
        rows = fill(writer, rows, &error);
        if (error.system != ENOSPC)
            return 1;
        snprintf(size, sizeof size, "size=%dk", kb);
        if (mount("tmpfs", data, "tmpfs", MS_REMOUNT, size) != 0)
            return 77;
        for (uint32_t i = rows; i < rows + 2; i++) {
            struct record_row row = sample_row(i, false);
            if (!record_append(writer, &row, &error))
                return 2;
        }
        rows += 2;
    }
    struct record *record = writer ? record_read(record_writer_path(writer), &error) : NULL;
    if (!record || record->state != RECORD_NOT_CLOSED || record->count != rows)
        return 3;
    record_free(record);
    record_abandon(writer);
    return 0;
}

static void test_full_file_system(void **state) {
    char *data = new_folder();
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(full_file_system(data));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        print_message("no file system can be mounted here: RLIMIT_FSIZE alone was tried\n");
    else
        assert_int_equal(WEXITSTATUS(status), 0);
    remove_folder(data);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_at_each_kb),
        cmocka_unit_test(test_full_from_the_start),
        cmocka_unit_test(test_full_file_system),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
