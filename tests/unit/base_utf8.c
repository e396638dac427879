/* UTF-8, decoded strictly, and the steps of a cursor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/base.h"

static void every_code_point_survives(void **state) {
    for (uint32_t codepoint = 0; codepoint <= 0x10FFFF; codepoint++) {
        char bytes[4];
        uint32_t back;
        size_t length;
        if (codepoint >= 0xD800 && codepoint <= 0xDFFF)
            continue;
        length = utf8_encode(codepoint, bytes);
        assert_int_equal(utf8_decode(bytes, length, &back), length);
        assert_int_equal(back, codepoint);
        for (size_t cut = 1; cut < length; cut++) {
            assert_int_equal(utf8_decode(bytes, cut, &back), cut);
            assert_int_equal(back, UTF8_BAD);
        }
    }
}

/* Unicode 15, tables 3-8 and 3-9, and each way of being wrong. */
static void what_is_no_character_is_bad_and_short(void **state) {
    static const struct {
        const char *bytes;
        size_t taken;
    } cases[] = {
        {"\x80", 1},
        {"\xBF", 1},
        {"\xC0\x80", 1},
        {"\xC1\xBF", 1},
        {"\xE0\x80\x80", 1},
        {"\xE0\x9F\xBF", 1},
        {"\xED\xA0\x80", 1},
        {"\xED\xBF\xBF", 1},
        {"\xF0\x80\x80\x80", 1},
        {"\xF0\x8F\xBF\xBF", 1},
        {"\xF4\x90\x80\x80", 1},
        {"\xF5\x80", 1},
        {"\xFF", 1},
        {"\xFE", 1},
        {"\xE1\x80"
         "A",
         2},
        {"\xF1\x80\x80"
         "A",
         3},
        {"\xC2"
         "A",
         1},
        {"\xE1\xC2\x80", 1},
        {"\xF1\x80\xE1", 2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t codepoint;
        size_t length = strlen(cases[i].bytes);
        assert_int_equal(utf8_decode(cases[i].bytes, length, &codepoint), cases[i].taken);
        assert_int_equal(codepoint, UTF8_BAD);
        assert_int_equal(utf8_check(cases[i].bytes, length), 0);
    }
}

static void no_surrogate_is_written(void **state) {
    char bytes[4];

    assert_int_equal(utf8_encode(0xD800, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    assert_int_equal(utf8_encode(0x110000, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

static void the_first_bad_byte_is_found_wherever_it_is(void **state) {
    char text[64];

    for (size_t at = 0; at < sizeof text; at++) {
        memset(text, 'x', sizeof text);
        text[at] = '\xFF';
        assert_int_equal(utf8_check(text, sizeof text), at);
    }
    memset(text, 'x', sizeof text);
    assert_int_equal(utf8_check(text, sizeof text), sizeof text);
    assert_int_equal(utf8_check("你\xE5\xA5", 5), 3);
}

static void characters_are_counted(void **state) {
    assert_int_equal(utf8_count("", 0), 0);
    assert_int_equal(utf8_count("你好a", 7), 3);
    assert_int_equal(utf8_count("a\xE4\xBD"
                                "b\xFF",
                                5),
                     4);
}

static void a_cursor_steps_over_what_people_see(void **state) {
    static const char text[] = "e\xCC\x81"
                               "👨‍👩‍👧"
                               "你"
                               "🇨🇳"
                               "\xFF"
                               "x";
    static const size_t stops[] = {0, 3, 21, 24, 32, 33, 34};
    size_t count = sizeof stops / sizeof *stops, length = sizeof text - 1;

    for (size_t i = 0; i + 1 < count; i++) {
        assert_int_equal(utf8_next_grapheme(text, length, stops[i]), stops[i + 1]);
        assert_int_equal(utf8_previous_grapheme(text, length, stops[i + 1]), stops[i]);
    }
    assert_int_equal(utf8_next_grapheme(text, length, length), length);
    assert_int_equal(utf8_previous_grapheme(text, length, 0), 0);
    assert_int_equal(utf8_next_grapheme("", 0, 0), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_survives),
        cmocka_unit_test(what_is_no_character_is_bad_and_short),
        cmocka_unit_test(no_surrogate_is_written),
        cmocka_unit_test(the_first_bad_byte_is_found_wherever_it_is),
        cmocka_unit_test(characters_are_counted),
        cmocka_unit_test(a_cursor_steps_over_what_people_see),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
