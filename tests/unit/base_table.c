/* A table that only grows: rows come back as they went in, many writers lose none, a torn tail is
 * cut off, and another kind of file is left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"

static char folder[64];
static const char *const header[] = {"who", "what"};

static int enter_folder(void **state) {
    strcpy(folder, "/tmp/itr-table-XXXXXX");
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state) {
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void add(const char *path, const char *who, const char *what) {
    struct error error = {0};
    if (!table_add(path, header, 2, (const char *const[]){who, what}, &error))
        fail_msg("%s", error.text);
}

struct rows {
    size_t count, last;
    char text[256];
};

static bool take(void *user, size_t number, const char *const *fields) {
    struct rows *rows = user;
    rows->count++;
    rows->last = number;
    snprintf(rows->text, sizeof rows->text, "%s|%s", fields[0], fields[1]);
    return true;
}

static struct rows read_rows(const char *path) {
    struct rows rows = {0};
    struct error error = {0};
    if (!table_read(path, header, 2, take, &rows, &error))
        fail_msg("%s", error.text);
    return rows;
}

static void gives_back_what_went_in(void **state) {
    assert_int_equal(read_rows("deep/in/x.csv").count, 0);
    add("deep/in/x.csv", "a \"quoted\", 名字", " two\nlines\tand \\n a backslash ");
    struct rows rows = read_rows("deep/in/x.csv");
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.last, 2);
    assert_string_equal(rows.text, "a \"quoted\", 名字| two\nlines\tand \\n a backslash ");
    add("deep/in/x.csv", "", "");
    assert_string_equal(read_rows("deep/in/x.csv").text, "|");
}

static void append(const char *path, const char *bytes) {
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    assert_true(fputs(bytes, file) >= 0);
    fclose(file);
}

static void cuts_a_torn_tail(void **state) {
    add("torn.csv", "one", "1");
    append("torn.csv", "\"half\",\"a ro");
    assert_int_equal(read_rows("torn.csv").count, 1);
    add("torn.csv", "two", "2");
    struct rows rows = read_rows("torn.csv");
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.text, "two|2");
}

static void leaves_other_files_alone(void **state) {
    struct error error = {0};
    struct rows rows = {0};
    append("other.csv", "\"who\",\"when\"\n\"a\",\"b\"\n");
    assert_false(table_add("other.csv", header, 2, header, &error));
    assert_non_null(strstr(error.text, "other.csv"));
    assert_false(table_read("other.csv", header, 2, take, &rows, &error));
    assert_int_equal(rows.count, 0);
    add("short.csv", "a", "b");
    append("short.csv", "\"only one\"\n\"c\",\"d\"\n");
    assert_false(table_read("short.csv", header, 2, take, &rows, &error));
    assert_non_null(strstr(error.text, "line 3"));
    assert_int_equal(rows.count, 2); /* the good ones were given */
}

#define WRITERS 8
#define EACH 50
static void many_writers_lose_nothing(void **state) {
    for (int i = 0; i < WRITERS; i++)
        if (fork() == 0) {
            for (int row = 0; row < EACH; row++) {
                char number[16];
                snprintf(number, sizeof number, "%d", row);
                table_add("many.csv", header, 2, (const char *const[]){"w", number}, NULL);
            }
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    assert_int_equal(read_rows("many.csv").count, WRITERS * EACH);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_what_went_in),
        cmocka_unit_test(cuts_a_torn_tail),
        cmocka_unit_test(leaves_other_files_alone),
        cmocka_unit_test(many_writers_lose_nothing),
    };
    return cmocka_run_group_tests_name("base_table", tests, enter_folder, leave_folder);
}
