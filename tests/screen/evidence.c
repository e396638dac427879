/* The trainee's own words, underlined and labelled: after each typed reply in learn mode, in the
 * receipt always; what was not found, with one example. Readable without colour. */
#include "rehearsal.h"

static void play(const char *language, const char *mode, const char *const *environment) {
    const char *arguments[] = {"play",      stage_script("small.json"),
                               "--trainee", "t1",
                               "--seed",    "1",
                               "--lang",    language,
                               "--mode",    mode,
                               NULL};
    stage_start(&stage, 24, 80, arguments, environment);
}

static void say(const char *text) {
    window_type(window, text);
    window_type(window, "\r");
}

static void english(const char *const *environment) {
    play("en", "learn", environment);
    see("Hello? My network is gone.");
    say("\tYes, go on, tell me.");
    see("not found: Greet first.");
    see("For example: \"Good morning, how can I help?\"");
    say("Good morning, I am so sorry to hear that!");
    see("met: Greet first. \"Good morning\"");
    see("empathy \"");
    assert_true(window_underlined(window, "Good morning"));
    assert_false(window_underlined(window, "Good morning,"));
}

static void test_learning(void **state) {
    english(NULL);
    assert_true(window->coloured);
}

static void test_without_colour(void **state) {
    static const char *const plain[] = {"TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=1", NULL};
    english(plain);
    assert_false(window->coloured);
}

static void test_in_chinese(void **state) {
    play("zh", "learn", NULL);
    see("我家没网了");
    say("\t嗯，我在听。");
    see("没找到: 先问好。");
    see("例如： \"您好，请讲。\"");
    say("您好，我在听。");
    see("做到: 先问好。 \"您好\"");
    assert_true(window_underlined(window, "您好"));
}

/* Not while practising, but in the receipt after it: own words underlined, and an example (from the
 * list, where the author gave none) for what was not shown. */
static void test_receipt(void **state) {
    play("en", "practise", NULL);
    see("Hello? My network is gone.");
    say("\tGood morning, what is it?");
    see("[2 Diagnosis]");
    assert_false(seen("met: Greet"));
    assert_false(window_underlined(window, "Good morning"));
    window_type(window, "\033[19~y\r"); /* hang up */
    see("NOT PASSED");
    see("Good morning, what is it?");
    assert_true(window_underlined(window, "Good morning"));
    window_type(window, "n");
    see("Better: Since when is that so?");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_learning),
        TEST(test_without_colour),
        TEST(test_in_chinese),
        TEST(test_receipt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
