/* The filter between outside text and a terminal: nothing that commands or deceives comes through.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"

/* What a text looks like on a terminal. */
static void shows(const char *text, size_t length, const char *expected) {
    struct buffer out = {0};

    display_add(&out, text, length, false);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

#define SHOWS(text, expected) shows(text, sizeof(text) - 1, expected)

/* By blocks of the code charts, not by the properties that the filter itself asks for. */
static bool is_harmful(uint32_t codepoint) {
    static const uint32_t ranges[][2] = {
        {0x0, 0x1F},        {0x7F, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},
        {0x61C, 0x61C},     {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
        {0x200B, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164},
        {0xD800, 0xF8FF},   {0xFDD0, 0xFDEF},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF},   {0x1BCA0, 0x1BCA3},
        {0x1D173, 0x1D17A}, {0x1F1E6, 0x1F1FF}, {0x1FFFE, 0x1FFFF}, {0xE0000, 0x10FFFF},
    };

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (codepoint >= ranges[i][0] && codepoint <= ranges[i][1])
            return true;
    return false;
}

static void assert_inert(const char *text, size_t length) {
    uint32_t codepoint;

    assert_int_equal(utf8_check(text, length), length);
    for (size_t at = 0; at < length;) {
        at += utf8_decode(text + at, length - at, &codepoint);
        if (is_harmful(codepoint))
            fail_msg("U+%04X came through", (unsigned)codepoint);
    }
}

static void no_code_point_harms_alone_or_between_others(void **state) {
    static const char *const around[][2] = {{"", ""},
                                            {"a", "b"},
                                            {"你", "好"},
                                            {"👨", "👩"},
                                            {"e\xCC\x81", "\xCC\x81"},
                                            {"1", "\xE2\x83\xA3"}};
    struct buffer text = {0}, out = {0};

    for (uint32_t codepoint = 0; codepoint <= 0x10FFFF; codepoint++) {
        if (codepoint >= 0xD800 && codepoint <= 0xDFFF)
            continue;
        if (codepoint >= 0x40000 && codepoint < 0xE0000)
            codepoint += 96; /* ten planes of nothing: a sample of them */
        for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
            buffer_clear(&text);
            buffer_clear(&out);
            buffer_add_text(&text, around[i][0]);
            buffer_add_codepoint(&text, codepoint);
            buffer_add_text(&text, around[i][1]);
            display_add(&out, text.bytes, text.length, false);
            assert_inert(out.bytes, out.length);
            assert_true(out.length > 0);
        }
    }
    buffer_free(&text);
    buffer_free(&out);
}

static void all_bidi_controls_are_shown(void **state) {
    static const uint32_t controls[] = {0x61C,  0x200E, 0x200F, 0x202A, 0x202B, 0x202C,
                                        0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069};

    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        struct buffer text = {0}, expected = {0};
        buffer_add_text(&text, "pay ");
        buffer_add_codepoint(&text, controls[i]);
        buffer_add_text(&text, "001 yuan");
        buffer_printf(&expected, "pay <U+%04X>001 yuan", (unsigned)controls[i]);
        shows(text.bytes, text.length, expected.bytes);
        buffer_free(&text);
        buffer_free(&expected);
    }
}

static void commands_of_a_terminal_become_visible(void **state) {
    SHOWS("\x1B[31mred", "^[[31mred");
    SHOWS("\x1B]0;title\x07", "^[]0;title^G");
    SHOWS("\xC2\x9B"
          "31m",
          "<9B>31m");
    SHOWS("real\rfake", "real^Mfake");
    SHOWS("100\b\b\b999", "100^H^H^H999");
    SHOWS("a\0b", "a^@b");
    SHOWS("del\x7F", "del^?");
    SHOWS("line\nline", "line^Jline");
    SHOWS("a\tb", "a    b");
    SHOWS("\xE2\x80\xA8\xE2\x80\xA9", "<U+2028><U+2029>");
    SHOWS("\xEF\xBB\xBFid", "<U+FEFF>id");
    SHOWS("\xF3\xA0\x81\x81", "<U+E0041>");
    SHOWS("\xEE\x80\x80", "<U+E000>");
}

static void broken_utf8_eats_no_neighbour(void **state) {
    SHOWS("A\xE9"
          "B",
          "A\xEF\xBF\xBD"
          "B");
    SHOWS("\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD");
    SHOWS("\xE4\xBD", "\xEF\xBF\xBD");
    SHOWS("\xE4\xBDx", "\xEF\xBF\xBDx");
    SHOWS("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    SHOWS("\xF4\x90\x80\x80z", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
}

static void emoji_show_their_base(void **state) {
    SHOWS("👨‍👩‍👧‍👦!", "👨!");
    SHOWS("👍🏽!", "👍!");
    SHOWS("❤️!", "❤!");
    SHOWS("🇨🇳🇫🇷", "<CN><FR>");
    SHOWS("🇨x", "<U+1F1E8>x");
    SHOWS("1️⃣2", "12");
    SHOWS("🏴󠁧󠁢󠁥󠁮󠁧󠁿!", "🏴!");
    SHOWS("🏽", "<U+1F3FD>");
    SHOWS("a\xE2\x80\x8D"
          "b",
          "a<U+200D>b");
    SHOWS("\xF0\x9F\x8F\xB4\xF3\xA0\x81\xA7!",
          "🏴<U+E0067>!"); /* tags without an end hide something */
}

static void two_marks_stay_and_the_rest_is_counted(void **state) {
    SHOWS("e\xCC\x81x", "e\xCC\x81x");
    SHOWS("e\xCC\x81\xCC\x82x", "e\xCC\x81\xCC\x82x");
    SHOWS("e\xCC\x81\xCC\x82\xCC\x83\xCC\x84x", "e\xCC\x81\xCC\x82<+2>x");
    SHOWS("\xCC\x81", "\xE2\x97\x8C\xCC\x81");
}

static void a_million_marks_are_one_short_text(void **state) {
    struct buffer text = {0}, out = {0};
    clock_t start;

    buffer_add_byte(&text, 'e');
    for (int i = 0; i < 1000000; i++)
        buffer_add_text(&text, "\xCC\x81");
    start = clock();
    display_add(&out, text.bytes, text.length, false);
    assert_string_equal(out.bytes, "e\xCC\x81\xCC\x81<+999998>");
    assert_int_equal(display_width(text.bytes, text.length), 10);
    assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
    buffer_free(&text);
    buffer_free(&out);
}

static void a_glyph_knows_its_source(void **state) {
    static const char text[] = "a\xCC\x81\xE2\x80\xAE你";
    struct display display;
    struct glyph glyph;

    display_start(&display, text, sizeof text - 1);
    assert_true(display_next(&display, &glyph));
    assert_int_equal(glyph.count, 2);
    assert_int_equal(glyph.width, 1);
    assert_int_equal(glyph.length, 3);
    for (int i = 0; i < 8; i++) { /* <U+202E> */
        assert_true(display_next(&display, &glyph));
        assert_true(glyph.escaped);
        assert_int_equal(glyph.codepoints[0], "<U+202E>"[i]);
        assert_int_equal(glyph.offset, 3);
        assert_int_equal(glyph.length, i ? 0 : 3);
    }
    assert_true(display_next(&display, &glyph));
    assert_int_equal(glyph.codepoints[0], 0x4F60);
    assert_int_equal(glyph.width, 2);
    assert_int_equal(glyph.offset, 6);
    assert_false(glyph.escaped);
    assert_false(display_next(&display, &glyph));
}

static void widths_are_those_on_the_screen(void **state) {
    assert_int_equal(display_width("abc", 3), 3);
    assert_int_equal(display_width("你好", 6), 4);
    assert_int_equal(display_width("a\nb", 3), 2);
    assert_int_equal(display_width("👍🏽", 8), 2);
    assert_int_equal(display_width("\x1B", 1), 2);
}

/* The lines of a text, joined with '|'. */
static void breaks(const char *text, size_t columns, const char *expected) {
    struct buffer lines = {0};
    size_t length = strlen(text);

    for (size_t from = 0, next; from < length; from = next) {
        size_t end = display_break(text, length, from, columns, &next);
        buffer_add(&lines, text + from, end - from);
        buffer_add_byte(&lines, '|');
    }
    assert_string_equal(buffer_text(&lines), expected);
    buffer_free(&lines);
}

static void lines_break_where_people_would(void **state) {
    breaks("The quick brown fox", 10, "The quick|brown fox|");
    breaks("The quick    brown", 9, "The quick|brown|");
    breaks("incomprehensible", 6, "incomp|rehens|ible|");
    breaks("an incomprehensible", 6, "an|incomp|rehens|ible|");
    breaks("a\n\nb\n", 10, "a||b|");
    breaks("  indented text", 10, "  indented|text|");
    breaks("trailing   ", 8, "trailing|");
    breaks("你好世界", 4, "你好|世界|");
    breaks("你好世界", 5, "你好|世界|");
    breaks("", 5, "");
}

static void chinese_punctuation_stays_with_its_text(void **state) {
    breaks("你好世界。再见", 8, "你好世|界。再见|");
    breaks("他说（好的）吗", 6, "他说|（好|的）吗|");
    breaks("请说“你好”吧", 6, "请说|“你好”|吧|"); /* the quotes are narrow */
    breaks("中文ABC中文", 5, "中文|ABC中|文|");
    breaks("好, 是", 3, "好,|是|");
    breaks("共100元整", 5, "共100|元整|");
}

static void a_line_holds_something_always(void **state) {
    breaks("\xE2\x80\xAE\xE2\x80\xAE", 2, "\xE2\x80\xAE|\xE2\x80\xAE|");
    breaks("你", 2, "你|");
    breaks("ab\xE2\x80\xAE", 9, "ab|\xE2\x80\xAE|");
}

static int start(void **state) {
    return message_start("/nonexistent") ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_code_point_harms_alone_or_between_others),
        cmocka_unit_test(all_bidi_controls_are_shown),
        cmocka_unit_test(commands_of_a_terminal_become_visible),
        cmocka_unit_test(broken_utf8_eats_no_neighbour),
        cmocka_unit_test(emoji_show_their_base),
        cmocka_unit_test(two_marks_stay_and_the_rest_is_counted),
        cmocka_unit_test(a_million_marks_are_one_short_text),
        cmocka_unit_test(a_glyph_knows_its_source),
        cmocka_unit_test(widths_are_those_on_the_screen),
        cmocka_unit_test(lines_break_where_people_would),
        cmocka_unit_test(chinese_punctuation_stays_with_its_text),
        cmocka_unit_test(a_line_holds_something_always),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
