/* R11: windows that change size while somebody types. No key is lost, and at the end the screen is
 * cell by cell what a fresh draw gives. R10's half that needs the whole program: characters that
 * arrive in pieces, and bytes that are no characters. */
#include "base/base.h"
#include "rehearsal.h"

#define KEYS_A_REPLY 500

static uint64_t seed = 11;

static int below(int limit) {
    return (int)(hash_random(&seed) % (uint64_t)limit);
}

static void any_size(void) {
    window_resize(window, 1 + below(60), 1 + below(200));
}

/* The picture now, and the picture of a terminal that saw only a full repaint. */
static void equals_fresh_draw(const char *text) {
    assert_true(window_wait(window, text));
    while (window_read(window, 100))
        ;
    char *now = window_cells(window);
    window_blank(window);
    window_type(window, "\014");
    assert_true(window_wait(window, text));
    while (window_read(window, 100))
        ;
    char *fresh = window_cells(window);
    assert_string_equal(now, fresh);
    free(now);
    free(fresh);
}

static void test_home_equals_fresh_draw(void **state) {
    const char *arguments[] = {"--lang", "en", NULL};
    stage_start(&stage, 24, 80, arguments, NULL);
    assert_true(window_wait(window, "Your name:"));
    window_type(window, "李\r");
    assert_true(window_wait(window, "Search:"));
    for (int i = 0, count = stage_count(300, 10000); i < count; i++) {
        any_size();
        if (i % 7 == 0)
            window_type(window, i % 2 ? "\033[B" : "\t");
    }
    window_resize(window, 500, 1000);
    window_resize(window, 30, 100);
    equals_fresh_draw("Search:");
    window_resize(window, 24, 80);
    equals_fresh_draw("Search:");
}

/* What was typed so far, as the record must have it. */
static void type_keys(struct buffer *typed, int count, bool pieces) {
    for (int i = 0; i < count; i++) {
        const char *key = below(2) ? "好" : "x";
        buffer_add_text(typed, key);
        for (size_t byte = 0; pieces && key[byte]; byte++) {
            window_send(window, key + byte, 1);
            any_size();
        }
        if (!pieces) {
            window_type(window, key);
            any_size();
        }
        window_read(window, 0);
    }
}

static void test_no_key_is_lost(void **state) {
    stage_play(&stage, 24, 80, "small.json", "en");
    assert_true(window_wait(window, "Your reply"));
    for (int reply = 0, count = stage_count(2, 20); reply < count; reply++) {
        struct buffer typed = {0};
        type_keys(&typed, KEYS_A_REPLY, reply % 2);
        window_resize(window, 24, 80);
        assert_true(window_wait(window, "Your own words"));
        window_type(window, "\r");
        assert_true(window_wait_gone(window, "> x"));
        for (int i = 0; i < 500 && !stage_file_holds(&stage, ".open", typed.bytes); i++)
            window_read(window, 20);
        assert_true(stage_file_holds(&stage, ".open", typed.bytes));
        buffer_free(&typed);
    }
}

static void test_bad_bytes_through_the_line(void **state) {
    static const struct {
        const char *bytes, *seen;
    } cases[] = {
        {"\xff"
         "abcxyz",
         "> \ufffdabcxyz"},
        {"\xe5\xa5"
         "abc",
         "> \ufffdabc"},
        {"\xc4\xe3"
         "abc",
         "> \ufffd\ufffdabc"},
        {"\xed\xa0\x80"
         "abc",
         "> \ufffd\ufffd\ufffdabc"},
        {"caf\xe9 au", "> caf\ufffd au"},
        {"\xc2\x9b"
         "31mabc",
         "> <9B>31mabc"},
    };
    stage_play(&stage, 24, 80, "small.json", "en");
    assert_true(window_wait(window, "Your reply"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        window_type(window, cases[i].bytes);
        assert_true(window_wait(window, cases[i].seen));
        window_type(window, "\025"); /* Ctrl-U */
        assert_true(window_wait_gone(window, cases[i].seen));
    }
    window_type(window, "\xe5\x03"); /* half a character, then Ctrl-C */
    assert_true(window_wait_end(window));
    assert_int_equal(WEXITSTATUS(window->status), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_home_equals_fresh_draw),
        TEST(test_no_key_is_lost),
        TEST(test_bad_bytes_through_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
