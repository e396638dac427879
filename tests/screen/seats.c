/* Rows 161 and 44 at the screen: two people take turns at one keyboard; the agent never sees the
 * role card; they rate each other, and the record is replayed like any other. */
#include "rehearsal.h"

/* The script of plain-seats: three ways of practising, one file. */
static const char *script(void) {
    return stage_script("../../plain/seats_script.json");
}

static void start(int rows, int columns, const char *language) {
    const char *const arguments[] = {"play",   script(),   "--seats", "2",      "--trainee",
                                     "t1",     "--seed",   "5",       "--lang", language,
                                     "--mode", "practise", NULL};
    stage_start(&stage, rows, columns, arguments, NULL);
}

/* Passes the keyboard, to whom the page says. */
static void pass(const char *to, const char *then) {
    see(to);
    window_type(window, "\r");
    see(then);
    see_gone(to);
}

struct words {
    const char *language, *to_customer, *to_agent, *card, *cue, *own, *reply, *question, *way;
};
static const struct words english = {"en",
                                     "Pass the keyboard to the player",
                                     "Pass the keyboard to the agent",
                                     "Role card of the customer",
                                     "My desk lamp is broken",
                                     "It is dead as a stone!",
                                     "[1 Intake]",
                                     "How well did the agent serve you?",
                                     "How true to life was the customer?"};
static const struct words chinese = {
    "zh",           "请把键盘交给扮演客户的人", "请把键盘交给客服",
    "客户的角色卡", "My desk lamp is broken",   "一点反应都没有！",
    "[1 接入响应]", "客服服务得怎么样？",       "客户演得像不像真的？"};

static void whole_call(int rows, int columns, const struct words *words) {
    start(rows, columns, words->language);
    see(words->to_customer);
    assert_false(seen(words->cue));
    pass(words->to_customer, words->card);
    see(words->cue);
    window_type(window, words->own);
    see(words->own);
    window_type(window, "\r");
    see(words->to_agent);
    assert_false(seen(words->cue));
    pass(words->to_agent, words->own); /* the agent hears his own words, not the script's */
    see(words->reply);
    assert_false(seen(words->cue));
    window_type(window, "2");
    pass(words->to_customer, words->card);
    window_type(window, "\r"); /* the cue as it stands */
    pass(words->to_agent, words->own);
    window_type(window, "\033[19~"); /* F8: hang up */
    see("?");
    window_type(window, "y");
    pass(words->to_customer, words->question);
    window_type(window, "4\r");
    pass(words->to_agent, words->way);
    window_type(window, "5\r");
    see_gone(words->way);
    assert_true(recorded("\"rated\""));
    assert_true(recorded("\"2\",\"said\""));
    assert_true(recorded("\"\"seats\"\":2"));
}

static void test_80x24_en(void **state) {
    whole_call(24, 80, &english);
    window_type(window, "\r");
    see("Receipt");
}

static void test_80x24_zh(void **state) {
    whole_call(24, 80, &chinese);
}

static void test_160x50_en(void **state) {
    whole_call(50, 160, &english);
}

/* Nobody waits for a customer who is thinking: no silence runs while his page is open. */
static void test_left_and_gone_on_with(void **state) {
    start(24, 80, "en");
    pass(english.to_customer, english.card);
    window_type(window, "Hello there.\r");
    see(english.to_agent);
    window_type(window, "\033[21~"); /* F10 */
    ends_with(0);
    stage_end(&stage);
    const char *const arguments[] = {"play", "--resume", "--trainee", "t1", "--lang", "en", NULL};
    stage_start(&stage, 24, 80, arguments, NULL);
    see("Unfinished");
    window_type(window, "\r");
    pass(english.to_agent, "Hello there.");
    assert_false(seen(english.cue));
}

/* Row 44: a discussion over the replay sees both seats, and the cue beside the own words. */
static void test_replayed_together(void **state) {
    whole_call(24, 80, &english);
    stage_end(&stage);
    const char *const arguments[] = {
        "replay", stage_file(&stage, ".csv"), "--lang", "en", "--speed", "16", NULL};
    stage_start(&stage, 50, 160, arguments, NULL);
    see("(cue: Hello? My desk lamp is broken");
    window_type(window, "\033[F"); /* End */
    see("It is dead as a stone!");
    see("The player of the customer rates the agent: 4 of 5");
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_80x24_en), TEST(test_80x24_zh),
                                       TEST(test_160x50_en), TEST(test_left_and_gone_on_with),
                                       TEST(test_replayed_together)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
