/* Files: read whole or refused, replaced whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

static char folder[64];

static int enter_folder(void **state) {
    strcpy(folder, "/tmp/itr-test-XXXXXX");
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state) {
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", folder);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void holds(const char *path, const char *expected) {
    struct buffer text = {0};
    struct error error = {0};

    if (!file_read(path, 1 << 20, &text, &error))
        fail_msg("%s", error.text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_free(&text);
}

static size_t files_here(void) {
    size_t count = 0;
    FILE *listing = popen("ls -A | wc -l", "r");

    assert_int_equal(fscanf(listing, "%zu", &count), 1);
    pclose(listing);
    return count;
}

static void a_file_is_replaced_whole(void **state) {
    struct error error = {0};
    struct stat status;

    assert_true(file_replace("a", "first", 5, &error));
    holds("a", "first");
    assert_int_equal(chmod("a", 0640), 0);
    assert_true(file_replace("a", "", 0, &error));
    holds("a", "");
    assert_true(file_replace("./a", "third", 5, &error));
    holds("a", "third");
    assert_int_equal(stat("a", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    assert_int_equal(files_here(), 1); /* no temp file stays */
}

static void a_link_stays_a_link(void **state) {
    struct error error = {0};
    struct stat status;

    assert_true(file_replace("target", "old", 3, &error));
    assert_int_equal(symlink("target", "link"), 0);
    assert_true(file_replace("link", "new", 3, &error));
    holds("target", "new");
    assert_int_equal(lstat("link", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
}

static void a_failed_replacement_leaves_the_old_file(void **state) {
    struct rlimit old, small = {.rlim_cur = 100, .rlim_max = RLIM_INFINITY};
    struct error error = {0};
    char *large = memory_new(1000);
    size_t before;

    assert_true(file_replace("kept", "old", 3, &error));
    before = files_here();
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small.rlim_max = old.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_false(file_replace("kept", large, 1000, &error));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_int_equal(error.system, EFBIG);
    assert_non_null(strstr(error.text, "kept"));
    holds("kept", "old");
    assert_int_equal(files_here(), before);
    free(large);
}

static void nothing_but_files_is_replaced(void **state) {
    struct error error = {0};

    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_false(file_replace("fifo", "x", 1, &error));
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_false(file_replace("folder", "x", 1, &error));
    assert_false(file_replace("missing/file", "x", 1, &error));
    assert_int_equal(error.system, ENOENT);
}

static void what_is_no_file_is_refused_at_once(void **state) {
    struct buffer text = {0};
    struct error error = {0};

    assert_int_equal(mkfifo("pipe", 0600), 0);
    alarm(5); /* a reader that waits for a writer would wait for ever */
    assert_false(file_read("pipe", 100, &text, &error));
    alarm(0);
    assert_string_equal(error.text, "pipe is not a regular file");
    assert_false(file_read("/dev/zero", 100, &text, &error));
    assert_false(file_read(".", 100, &text, &error));
    assert_false(file_read("absent", 100, &text, &error));
    assert_int_equal(error.system, ENOENT);
    buffer_free(&text);
}

static void a_file_over_the_limit_is_refused(void **state) {
    struct buffer text = {0};
    struct error error = {0};

    assert_true(file_replace("ten", "0123456789", 10, &error));
    assert_true(file_read("ten", 10, &text, &error));
    assert_int_equal(text.length, 10);
    assert_false(file_read("ten", 9, &text, &error));
    assert_non_null(strstr(error.text, "larger than 9 bytes"));
    buffer_free(&text);
}

static void a_descriptor_is_read_to_its_end(void **state) {
    struct buffer text = {0};
    struct error error = {0};
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    assert_true(file_write(ends[1], "some text", 9, &error));
    close(ends[1]);
    assert_true(file_read_from(ends[0], 100, &text, &error));
    assert_string_equal(buffer_text(&text), "some text");
    close(ends[0]);
    ends[0] = open("/dev/zero", O_RDONLY);
    assert_false(file_read_from(ends[0], 100000, &text, &error));
    close(ends[0]);
    buffer_free(&text);
}

static void a_full_disk_is_told(void **state) {
    struct error error = {0};
    int full = open("/dev/full", O_WRONLY);

    assert_false(file_write(full, "x", 1, &error));
    assert_int_equal(error.system, ENOSPC);
    close(full);
}

static void folders_are_made_with_their_parents(void **state) {
    struct error error = {0};

    assert_true(file_make_folder("one/two/three", &error));
    assert_true(file_make_folder("one/two/three/", &error));
    assert_true(file_exists("one/two/three"));
    assert_true(file_sync_folder("one/two", &error));
    assert_true(file_replace("one/file", "", 0, &error));
    assert_false(file_make_folder("one/file/two", &error));
    assert_false(file_make_folder("", &error));
}

static void names_are_listed_in_order(void **state) {
    struct error error = {0};
    char **names;
    size_t count;

    assert_true(file_make_folder("list", &error));
    for (const char *const *name =
             (const char *const[]){"list/b", "list/a", "list/.hidden", "list/c", NULL};
         *name; name++)
        assert_true(file_replace(*name, "", 0, &error));
    assert_true(file_list("list", &names, &count, &error));
    assert_int_equal(count, 3);
    assert_string_equal(names[0], "a");
    assert_string_equal(names[2], "c");
    file_list_free(names, count);
    assert_true(file_list("absent", &names, &count, &error));
    assert_null(names);
    assert_int_equal(count, 0);
    assert_false(file_list("list/a", &names, &count, &error));
}

static void paths_are_joined_with_one_slash(void **state) {
    struct buffer path = {0};

    file_join(&path, "folder", "name");
    assert_string_equal(path.bytes, "folder/name");
    buffer_clear(&path);
    file_join(&path, "folder/", "name");
    assert_string_equal(path.bytes, "folder/name");
    buffer_clear(&path);
    file_join(&path, "", "name");
    assert_string_equal(path.bytes, "name");
    buffer_free(&path);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_file_is_replaced_whole),
        IN_FOLDER(a_link_stays_a_link),
        IN_FOLDER(a_failed_replacement_leaves_the_old_file),
        IN_FOLDER(nothing_but_files_is_replaced),
        IN_FOLDER(what_is_no_file_is_refused_at_once),
        IN_FOLDER(a_file_over_the_limit_is_refused),
        IN_FOLDER(a_descriptor_is_read_to_its_end),
        IN_FOLDER(a_full_disk_is_told),
        IN_FOLDER(folders_are_made_with_their_parents),
        IN_FOLDER(names_are_listed_in_order),
        cmocka_unit_test(paths_are_joined_with_one_slash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
