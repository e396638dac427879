/* Whole calls on the screen: at 80x24 and 120x40, in both languages, chosen and typed, with what
 * lies around them: first start, home, receipt, replay, resume. */
#include <signal.h>

#include "base/base.h"
#include "rehearsal.h"

struct words {
    const char *language, *greet, *since, *restart, *bye, *works, *passed, *receipt, *here, *over;
};
static const struct words in_english = {"en",
                                        "Good morning",
                                        "Since when is that",
                                        "Please restart",
                                        "Very good, goodbye",
                                        "Oh, it works!",
                                        "PASSED",
                                        "Receipt",
                                        "[2 Diagnosis]",
                                        "The call is over"};
static const struct words in_chinese = {
    "zh",         "很高兴为您服务", "从什么时候开始的", "请把路由器重启", "太好了，再见",
    "哦，好了！", "通过",           "评分单",           "[2 问题诊断]",   "通话结束"};

static void whole_call(const struct words *words, int rows, int columns) {
    stage_play(&stage, rows, columns, "small.json", words->language);
    pick(words->greet);
    see(words->here);
    pick(words->since);
    pick(words->restart);
    see(words->works);
    pick(words->bye);
    see("F10");
    see(words->over);
    window_type(window, "\r");
    see(words->receipt);
    see(words->passed);
    see("100.0");
    window_type(window, "s");
    see("/receipts/");
    assert_true(stage_file_holds(&stage, ".txt", "100.0"));
    window_type(window, "\033");
    ends_with(0);
    assert_true(stage_file_holds(&stage, ".csv", "closed"));
}

static void test_english_80x24(void **state) {
    whole_call(&in_english, 24, 80);
}

static void test_english_120x40(void **state) {
    whole_call(&in_english, 40, 120);
}

static void test_chinese_80x24(void **state) {
    whole_call(&in_chinese, 24, 80);
}

static void test_chinese_120x40(void **state) {
    whole_call(&in_chinese, 40, 120);
}

static void test_typed_call(void **state) {
    stage_play(&stage, 24, 80, "small.json", "en");
    see("Hello? My network is gone.");
    window_type(window, "Good morning, what can I do?\r");
    see("[2 Diagnosis]");
    window_type(window, "Since when is it gone?\r");
    see("[3 Solution]");
    window_type(window, "\033[200~Would you\nrestart it, please?\033[201~\r");
    see("[4 Follow-up]");
    see("Would you restart it, please?");
    window_type(window, "Thank you and goodbye!\r");
    see("Press Enter");
    window_type(window, "\r");
    see("Receipt");
    see("100.0");
    window_type(window, "q");
    ends_with(0);
}

/* Row 18: the fifth call in a row that begins with the same words gets a hint, no other does. */
static void test_mechanical_opening(void **state) {
    for (int play = 1; play <= 6; play++) {
        stage_play(&stage, 24, 80, "small.json", "en");
        see("Hello? My network is gone.");
        window_type(window, "\tGood morning, what can I do?\r");
        see("[2 Diagnosis]");
        window_type(window, "\033[19~y\r");
        see("NOT PASSED");
        if (play == 5)
            see("began with the same words");
        else
            assert_false(seen("began with the same words"));
        window_type(window, "qq");
        ends_with(0);
        stage_end(&stage);
    }
}

static void test_keys_of_a_call(void **state) {
    stage_play_as(&stage, 24, 80, "small.json", "en", "learn");
    see("Good morning");
    window_type(window, "\033OR"); /* F3 */
    see("Product: R-20");
    see("Respond quickly");
    window_type(window, "\033OR");
    see_gone("Product: R-20");
    window_type(window, "?");
    see("put the customer on hold");
    window_type(window, "x");
    see("Your reply");
    pick("Good morning");
    see("[2 Diagnosis]");
    window_type(window, "\033[15~"); /* F5 */
    see("on hold");
    window_type(window, "\033[15~");
    see("You are back with the customer.");
    window_type(window, "\t");
    see("Your own words");
    window_type(window, "\033OQ"); /* F2 */
    see("[2 问题诊断]");
    see("Hello? My network is gone."); /* the call keeps its language */
    window_type(window, "\033OQ");
    see("[2 Diagnosis]");
    window_type(window, "\030"); /* leave; the call can be resumed */
    ends_with(0);
    assert_non_null(stage_file(&stage, ".open"));
}

static void test_skipping_is_asked(void **state) {
    stage_play(&stage, 24, 80, "small.json", "en");
    pick("Good morning");
    pick("You have not paid");
    see("Ask since when.");
    see("Go on all the same?");
    window_type(window, "n");
    see("[2 Diagnosis]");
    pick("You have not paid");
    see("Go on all the same?");
    window_type(window, "y");
    see("[3 Solution]");
    assert_true(stage_file_holds(&stage, ".open", "\"skip\""));
}

static void test_hanging_up_is_asked(void **state) {
    stage_play(&stage, 24, 80, "small.json", "en");
    see("Good morning");
    window_type(window, "\033[19~"); /* F8 */
    see("Hang up?");
    window_type(window, "n");
    see("Your reply");
    window_type(window, "\033[19~");
    see("Hang up?");
    window_type(window, "y");
    see("The call is over.");
    window_type(window, "\r");
    see("NOT PASSED");
    window_type(window, "q");
    ends_with(0);
}

static void test_replay(void **state) {
    stage_play(&stage, 24, 80, "small.json", "en");
    pick("Good morning");
    pick("Since when is that");
    pick("Please restart");
    pick("Very good");
    see("Press Enter");
    window_type(window, "\rr");
    see("Row 2 of");
    see_gone("Good morning, glad to help.");
    window_type(window, "\033[C");
    see("Good morning, glad to help.");
    see("met: Greet first.");
    window_type(window, "m");
    see_gone("met: Greet first.");
    window_type(window, "\t");
    see("[3 Solution]");
    window_type(window, "g2\r");
    see("Row 2 of");
    see_gone("Good morning, glad to help.");
    window_type(window, "\033[F");
    see("Oh, it works!");
    see("none changed");
    window_type(window, "+");
    see("2x");
    window_type(window, "-- ");
    see("0.5x");
    window_type(window, "q");
    see_gone("none changed");
    see("Receipt");
    window_type(window, "q");
    ends_with(0);
}

static void test_first_start_and_home(void **state) {
    const char *arguments[] = {"--lang", "en", NULL};
    stage_start(&stage, 24, 80, arguments, NULL);
    see("Your name:");
    window_type(window, "\r");
    see("Please type your name");
    window_type(window, "李 Wei\r");
    see("Search:");
    see("李 Wei");
    window_type(window, "zzzz");
    see("Nothing fits the search");
    window_type(window, "\033");
    see("basic");
    window_type(window, "\t");
    see("[Review]");
    see("No call has been finished yet.");
    window_type(window, "\t");
    see("[Author]");
    window_type(window, "\r");
    see("Check of a script");
    window_type(window, "\033");
    see("[Author]");
    window_type(window, "\003");
    ends_with(0);
    stage_end(&stage);
    stage_start(&stage, 24, 80, (const char *const[]){NULL}, NULL); /* it is asked once */
    see("Search:");
    see("李 Wei");
    window_type(window, "\003");
    ends_with(0);
}

/* A killed call is offered again where it stood, with what was half typed. */
static void test_resume_with_draft(void **state) {
    const char *home[] = {"--lang", "en", NULL};
    stage_start(&stage, 24, 80, home, NULL);
    see("Your name:");
    window_type(window, "t1\r");
    see("Search:");
    stage_end(&stage);
    stage_play(&stage, 24, 80, "small.json", "en");
    pick("Good morning");
    see("[2 Diagnosis]");
    window_type(window, "half a sentence");
    for (int i = 0; i < 500 && !stage_file_holds(&stage, ".draft", "half a sentence"); i++)
        window_read(window, 20);
    assert_true(stage_file_holds(&stage, ".draft", "half a sentence"));
    kill(window->child, SIGKILL);
    assert_true(window_wait_end(window));
    stage_end(&stage);
    stage_start(&stage, 24, 80, home, NULL);
    see("Unfinished");
    window_type(window, "\r");
    see("[2 Diagnosis]");
    see("> half a sentence");
    see("The clock stood still");
    window_type(window, "\030");
    see("Unfinished");
    window_type(window, "\033[3~"); /* Del ends it */
    see_gone("Unfinished");
    window_type(window, "\t");
    see("failed");
    window_type(window, "\033");
    ends_with(0);
}

static void test_too_small_waits(void **state) {
    stage_play(&stage, 24, 80, "small.json", "en");
    see("Good morning");
    window_type(window, "\tabc");
    see("> abc");
    window_resize(window, 10, 60);
    see("too small");
    window_type(window, "def\r1"); /* typed on, but nothing is sent unseen */
    window_resize(window, 24, 80);
    see("> abcdef1");
    window_type(window, "\t");
    see("Your reply");
    window_resize(window, 23, 80);
    see("too small");
    window_type(window, "1");
    window_resize(window, 24, 80);
    see("[1 Intake]");
    window_type(window, "\030");
    ends_with(0);
    assert_false(stage_file_holds(&stage, ".open", "\"reply\""));
    assert_false(stage_file_holds(&stage, ".open", "\"typed\""));
}

/* The mouse: a click marks a reply, a second one gives it; the wheel scrolls. */
static void test_mouse(void **state) {
    char click[64];
    stage_play(&stage, 24, 80, "small.json", "en");
    see("Good morning");
    int row = window_find(window, "Good morning");
    snprintf(click, sizeof click, "\033[<0;10;%dM\033[<0;10;%dm", row + 1, row + 1);
    window_type(window, click);
    window_type(window, click);
    see("[2 Diagnosis]");
}

/* Nothing is told by colour alone: the same words stand there without any. */
static void test_without_colour(void **state) {
    static const char *const plain[] = {"TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=1", NULL};
    static const char *const old[] = {"TERM=vt100", "LANG=C.UTF-8", NULL};
    const char *const *const environments[] = {plain, old};
    const char *arguments[] = {
        "play", stage_script("small.json"), "--trainee", "t1", "--lang", "en", NULL};
    for (int i = 0; i < 2; i++) {
        stage_start(&stage, 24, 80, arguments, environments[i]);
        see("[1 Intake]");
        see("tense");
        see("plenty");
        see("#####");
        window_type(window, "\003");
        ends_with(0);
        assert_false(window->coloured);
        stage_end(&stage);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_english_80x24),        TEST(test_english_120x40),
        TEST(test_chinese_80x24),        TEST(test_chinese_120x40),
        TEST(test_typed_call),           TEST(test_mechanical_opening),
        TEST(test_keys_of_a_call),       TEST(test_skipping_is_asked),
        TEST(test_hanging_up_is_asked),  TEST(test_replay),
        TEST(test_first_start_and_home), TEST(test_resume_with_draft),
        TEST(test_too_small_waits),      TEST(test_mouse),
        TEST(test_without_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
