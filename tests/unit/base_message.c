/* Sentences in the user's language: switched while the program runs, whatever locales the system
 * has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/base.h"

static char folder[] = "/tmp/itr-test-XXXXXX";

static const char catalogue[] = "msgid \"\"\n"
                                "msgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                                "msgid \"the line is busy\"\n"
                                "msgstr \"线路忙\"\n";

static int make_catalogue(void **state) {
    struct buffer path = {0}, command = {0};
    struct error error = {0};
    int made;

    if (!mkdtemp(folder))
        return -1;
    file_join(&path, folder, "zh_CN/LC_MESSAGES");
    if (!file_make_folder(path.bytes, &error))
        return -1;
    file_join(&path, "", "/zh.po");
    if (!file_replace(path.bytes, catalogue, sizeof catalogue - 1, &error))
        return -1;
    buffer_printf(&command, "msgfmt -o %s/zh_CN/LC_MESSAGES/itr.mo %s", folder, path.bytes);
    made = system(command.bytes);
    buffer_free(&path);
    buffer_free(&command);
    return made == 0 && message_start(folder) ? 0 : -1;
}

static int remove_catalogue(void **state) {
    struct buffer command = {0};
    int removed;

    buffer_printf(&command, "rm -rf %s", folder);
    removed = system(command.bytes);
    buffer_free(&command);
    return removed;
}

static void the_language_switches_while_the_program_runs(void **state) {
    for (int times = 0; times < 3; times++) {
        message_use(LANGUAGE_ZH);
        assert_int_equal(message_language(), LANGUAGE_ZH);
        assert_string_equal(_("the line is busy"), "线路忙");
        message_use(LANGUAGE_EN);
        assert_int_equal(message_language(), LANGUAGE_EN);
        assert_string_equal(_("the line is busy"), "the line is busy");
    }
}

static void a_sentence_without_translation_stays_english(void **state) {
    message_use(LANGUAGE_ZH);
    assert_string_equal(_("nobody translated this"), "nobody translated this");
}

static void characters_are_utf8_and_numbers_have_a_point(void **state) {
    char number[16];

    assert_string_equal(nl_langinfo(CODESET), "UTF-8");
    assert_int_equal(wcwidth(0x4F60), 2);
    snprintf(number, sizeof number, "%.1f", 1.5);
    assert_string_equal(number, "1.5");
}

/* LANG=C and locales that are not installed leave us with C.UTF-8. */
static void a_poor_environment_changes_nothing(void **state) {
    static const char *const locales[] = {"C", "POSIX", "zh_CN.GBK", "xx_YY.UTF-8", ""};

    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        setenv("LC_ALL", locales[i], 1);
        setlocale(LC_ALL, "C");
        assert_true(message_start(folder));
        characters_are_utf8_and_numbers_have_a_point(state);
        the_language_switches_while_the_program_runs(state);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_language_switches_while_the_program_runs),
        cmocka_unit_test(a_sentence_without_translation_stays_english),
        cmocka_unit_test(characters_are_utf8_and_numbers_have_a_point),
        cmocka_unit_test(a_poor_environment_changes_nothing),
    };

    return cmocka_run_group_tests(tests, make_catalogue, remove_catalogue);
}
