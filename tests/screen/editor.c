/* The line editor: what people see as one character moves and goes as one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "line_editor.h"

static struct line_editor editor;

static int set_up(void **state) {
    line_editor_start(&editor, 1000);
    return 0;
}

static int tear_down(void **state) {
    line_editor_free(&editor);
    return 0;
}

static void type(const char *text) {
    for (size_t at = 0; text[at];) {
        uint32_t c;
        at += utf8_decode(text + at, strlen(text) - at, &c);
        assert_true(line_editor_input(&editor, &(struct input){.kind = INPUT_KEY, .key = c}));
    }
}

static void paste(const char *text) {
    line_editor_input(&editor,
                      &(struct input){.kind = INPUT_PASTE, .text = text, .length = strlen(text)});
}

static void act(enum action action, int times) {
    while (times--)
        assert_true(line_editor_act(&editor, action));
}

#define HAS(text_) assert_string_equal(buffer_text(&editor.text), text_)

static void test_types(void **state) {
    type("你好abc");
    HAS("你好abc");
    act(DO_LINE_START, 1);
    type("x");
    HAS("x你好abc");
}

static void test_graphemes(void **state) {
    type("ae\u0301👨\u200d👩\u200d👧中"); /* e with an accent of its own; a family */
    act(DO_DELETE_LEFT, 1);
    HAS("ae\u0301👨\u200d👩\u200d👧");
    act(DO_DELETE_LEFT, 1);
    HAS("ae\u0301");
    act(DO_CHAR_LEFT, 1);
    assert_int_equal(editor.cursor, 1);
    act(DO_DELETE_RIGHT, 1);
    HAS("a");
    act(DO_CHAR_LEFT, 5);
    act(DO_CHAR_RIGHT, 5);
    assert_int_equal(editor.cursor, 1);
}

static void test_words(void **state) {
    type("one two，三四 five");
    act(DO_WORD_LEFT, 1);
    assert_string_equal(editor.text.bytes + editor.cursor, "five");
    act(DO_WORD_LEFT, 1);
    assert_string_equal(editor.text.bytes + editor.cursor, "三四 five");
    act(DO_WORD_LEFT, 2);
    assert_string_equal(editor.text.bytes + editor.cursor, "two，三四 five");
    act(DO_WORD_RIGHT, 1);
    assert_string_equal(editor.text.bytes + editor.cursor, "，三四 five");
    act(DO_DELETE_WORD, 1);
    HAS("one ，三四 five");
}

static void test_kill_and_yank(void **state) {
    type("abcdef");
    act(DO_CHAR_LEFT, 3);
    act(DO_KILL_END, 1);
    HAS("abc");
    act(DO_YANK, 2);
    HAS("abcdefdef");
    act(DO_KILL_START, 1);
    HAS("");
    act(DO_YANK, 1);
    HAS("abcdefdef");
}

static void test_undo(void **state) {
    type("one");
    act(DO_DELETE_LEFT, 2);
    HAS("o");
    type("ld");
    HAS("old");
    act(DO_UNDO, 1);
    HAS("o");
    act(DO_UNDO, 1);
    HAS("one");
    act(DO_UNDO, 3);
    HAS("");
    act(DO_REDO, 1);
    HAS("one");
    act(DO_REDO, 5);
    HAS("old");
    act(DO_UNDO, 1);
    type("x");
    HAS("ox");
    act(DO_REDO, 1);
    HAS("ox");
    act(DO_UNDO, 1);
    HAS("o");
}

static void test_undo_has_bounds(void **state) {
    for (int i = 0; i < 500; i++) {
        type("a");
        act(DO_LINE_END, 1);
    }
    assert_int_equal(editor.text.length, 500);
    act(DO_UNDO, 1000);
    assert_true(editor.text.length < 500 && editor.text.length > 0);
    act(DO_REDO, 1000);
    assert_int_equal(editor.text.length, 500);
}

static void test_paste(void **state) {
    type("[]");
    act(DO_CHAR_LEFT, 1);
    paste("a\r\nb\tc\x01\x7f\xff");
    HAS("[a b c\ufffd]");
}

static void test_paste_stays_within_bounds(void **state) {
    char *much = memory_new(5001);
    memset(much, 'x', 5000);
    paste(much);
    assert_true(editor.text.length <= 1000);
    assert_true(editor.text.length > 990);
    type("yyyyyyyyyyyyyyyy");
    assert_true(editor.text.length <= 1000);
    free(much);
}

static void test_history(void **state) {
    type("first");
    line_editor_clear(&editor);
    type("second");
    line_editor_clear(&editor);
    type("half");
    act(DO_OLDER, 1);
    HAS("second");
    act(DO_OLDER, 5);
    HAS("first");
    act(DO_NEWER, 2);
    HAS("half");
    act(DO_NEWER, 1);
    HAS("half");
}

static void test_rows(void **state) {
    type("1234567890");
    assert_int_equal(line_editor_rows(&editor, 20), 1);
    assert_int_equal(line_editor_rows(&editor, 10), 2); /* room for the cursor */
    assert_int_equal(line_editor_rows(&editor, 4), 3);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_types),   TEST(test_graphemes),
        TEST(test_words),   TEST(test_kill_and_yank),
        TEST(test_undo),    TEST(test_undo_has_bounds),
        TEST(test_paste),   TEST(test_paste_stays_within_bounds),
        TEST(test_history), TEST(test_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
