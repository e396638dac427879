/* The panels of the desk: at 80x24 they take turns over the replies, and the customer's last words
 * stay in sight; at 160x50 they stand beside the conversation. In both languages. */
#include "rehearsal.h"

static const char *const function_keys[] = {
    [3] = "\033OR",   [4] = "\033OS",   [5] = "\033[15~",  [6] = "\033[17~",  [7] = "\033[18~",
    [8] = "\033[19~", [9] = "\033[20~", [10] = "\033[21~", [11] = "\033[23~", [12] = "\033[24~",
};

static void press(int function_key) {
    window_type(window, function_keys[function_key]);
}

static void say(const char *text) {
    window_type(window, text);
    window_type(window, "\r");
}

/* Comes `left` to stand left of `right`, on whichever rows? */
static bool stands_left_of(const char *left, const char *right) {
    for (int i = 0; i < 200; i++) {
        int column = window_column(window, left);
        if (column >= 0 && column < window_column(window, right))
            return true;
        window_read(window, 50);
    }
    window_dump(window);
    return false;
}

struct words {
    const char *language, *customer, *greeting, *order, *reply, *thanks, *much, *wants_whole,
        *hand_on, *second_line;
};
static const struct words in_english = {"en",
                                        "My desk lamp is broken",
                                        "Good morning",
                                        "What is the order number",
                                        "Your reply",
                                        "The money is here",
                                        "That much?",
                                        "An amount is a whole number",
                                        "Hand the call on with this note?",
                                        "Hello, second line here"};
static const struct words in_chinese = {
    "zh",       "我的台灯坏了",   "很高兴为您服务",         "请问订单号", "您的回复", "收到退款了",
    "这么多？", "金额是一个整数", "带着这条交接单转交吗？", "我是二线"};

/* Narrow: the panel lies where the replies are. Wide: both are there. */
static void placed(const struct words *words, const char *customer, const char *panel) {
    see(panel);
    assert_true(seen(customer));
    if (window->columns < 110)
        assert_false(seen(words->reply));
    else
        assert_true(seen(words->reply) && stands_left_of(words->reply, panel));
}

static void actions(const struct words *words, int rows, int columns) {
    bool english = words == &in_english;
    stage_play(&stage, rows, columns, "desk.json", words->language);
    see(words->customer);
    press(7);
    placed(words, words->customer, english ? "up to 200 in all" : "总共 200 元以内");
    say("1lots");
    see(words->wants_whole);
    say("\02550");
    see(words->thanks);
    see(english ? "Refunded  50" : "已退款  50");
    see(english ? "Refund (1-500) - done: 1" : "退款 (1-500) - 做过：1");
    say("2"); /* nothing is done without a number */
    see(english ? "For which number" : "针对哪个号码");
    say("8800-9999");
    see(english ? "finds nothing under this number" : "查不到这个号码");
    assert_true(recorded("\"refused\""));
    say("28800 1234");
    see(english ? "I wait for the new one" : "那我等新灯");
    say("1300");
    see(words->much);
    press(7);
    if (columns < 110)
        see(words->reply);
    window_type(window, "\030");
    ends_with(0);
}

static void test_actions_80x24_en(void **state) {
    actions(&in_english, 24, 80);
}

static void test_actions_80x24_zh(void **state) {
    actions(&in_chinese, 24, 80);
}

static void test_actions_160x50_en(void **state) {
    actions(&in_english, 50, 160);
}

static void test_actions_160x50_zh(void **state) {
    actions(&in_chinese, 50, 160);
}

/* A full note hands on without a question to the customer; saying no to it hands on nothing. */
static void handover(const struct words *words, int rows, int columns) {
    stage_play(&stage, rows, columns, "desk.json", words->language);
    pick(words->greeting);
    pick(words->order);
    see(words == &in_english ? "So what now?" : "那怎么办");
    press(12);
    placed(words, words == &in_english ? "So what now?" : "那怎么办",
           words == &in_english ? "What the second line must know" : "二线要知道什么");
    say(words == &in_english ? "The lamp of order 88001234 is broken."
                             : "订单 88001234 的灯坏了。");
    see(words->hand_on);
    window_type(window, "n");
    assert_true(window_wait_gone(window, words->hand_on));
    assert_false(recorded("\"handover\""));
    window_type(window, "\r");
    see(words->hand_on);
    window_type(window, "y");
    see(words->second_line);
    see(words->reply);
    assert_true(recorded("\"handover\""));
}

static void test_handover_80x24_en(void **state) {
    handover(&in_english, 24, 80);
}

static void test_handover_80x24_zh(void **state) {
    handover(&in_chinese, 24, 80);
}

static void test_handover_160x50_en(void **state) {
    handover(&in_english, 50, 160);
}

static void test_handover_160x50_zh(void **state) {
    handover(&in_chinese, 50, 160);
}

/* Row 99: a search as one types, the article it finds, and both in the record; the query once. */
static void knowledge(const struct words *words, int rows, int columns) {
    bool english = words == &in_english;
    const char *title = english ? "A tablet that does not react" : "平板按键没反应";
    stage_play(&stage, rows, columns, "desk.json", words->language);
    see(words->customer);
    press(4);
    placed(words, words->customer, english ? "Type what you look for" : "输入要找的内容");
    window_type(window, english ? "zzzz" : "丂丂丂丂");
    see(english ? "Nothing found" : "没有找到");
    assert_false(recorded("\"lookup\""));
    window_type(window, "\025"); /* Ctrl-U */
    window_type(window, english ? "tabl" : "平板 没反应");
    see(title);
    window_type(window, "\r");
    see(english ? "Ask three things first" : "先问三件事");
    assert_true(seen(words->customer));
    assert_true(recorded("\"lookup\""));
    assert_true(recorded("tablet-no-power"));
    window_type(window, "\033");
    see(english ? "> tabl" : "> 平板 没反应");
    window_type(window, "\033");
    see(words->reply);
}

static void test_knowledge_80x24_en(void **state) {
    knowledge(&in_english, 24, 80);
}

static void test_knowledge_80x24_zh(void **state) {
    knowledge(&in_chinese, 24, 80);
}

static void test_knowledge_160x50_en(void **state) {
    knowledge(&in_english, 50, 160);
}

static void test_knowledge_160x50_zh(void **state) {
    knowledge(&in_chinese, 50, 160);
}

/* Row 16: a note can be meant for the knowledge base. */
static void test_proposal(void **state) {
    stage_play(&stage, 24, 80, "desk.json", "en");
    see("My desk lamp is broken");
    press(9);
    see("Tab: for the knowledge base");
    window_type(window, "\t");
    see("TITLE: TEXT");
    say("Broken lamps: look at the transport first");
    see("For the knowledge base: Broken lamps");
    assert_true(recorded("\"proposed\""));
}

/* A note is kept, stands in the panel, and is there again after the call was left and resumed. */
static void test_notes(void **state) {
    const char *home[] = {"--lang", "en", NULL};
    stage_start(&stage, 24, 80, home, NULL);
    see("Your name:");
    window_type(window, "t1\r");
    see("Search:");
    stage_end(&stage);
    stage_play(&stage, 24, 80, "desk.json", "en");
    see("My desk lamp is broken");
    press(9);
    see("A note");
    say("call back at five");
    see("Note: call back at five");
    assert_true(recorded("\"note\""));
    window_type(window, "\030");
    ends_with(0);
    stage_end(&stage);
    stage_start(&stage, 24, 80, home, NULL);
    see("Unfinished");
    window_type(window, "\r");
    see("The clock stood still");
    press(9);
    see("Note: call back at five");
}

/* What a script does not have has neither key nor panel. */
static void test_only_what_the_script_has(void **state) {
    stage_play(&stage, 50, 160, "small.json", "en");
    see("F9 notes");
    assert_false(seen("F7 actions"));
    assert_false(seen("F12"));
    press(7);
    press(12);
    window_type(window, "?");
    see("your notes");
    assert_false(seen("hand the call on"));
    assert_false(seen("Actions"));
}

/* Esc gives the keys back and leaves the panel where there is room; the same key shuts it. A window
 * that changes its size while a panel is open shows the same as one that had the size at once. */
static void test_focus_and_resizing(void **state) {
    stage_play(&stage, 50, 160, "desk.json", "en");
    see("My desk lamp is broken");
    press(7);
    see("> Actions");
    window_type(window, "\033");
    assert_true(window_wait_gone(window, "> Actions"));
    see("up to 200 in all");
    window_type(window, "2"); /* the reply's key again */
    see("You");
    window_resize(window, 24, 80);
    assert_true(window_wait_gone(window, "up to 200 in all"));
    see("Your reply");
    press(7);
    see("up to 200 in all");
    assert_true(window_wait_gone(window, "Your reply"));
    window_resize(window, 40, 120);
    see("Your reply");
    see("up to 200 in all");
    assert_true(stands_left_of("up to 200 in all", "Your reply"));
    window_resize(window, 50, 160);
    see("Your reply");
    assert_true(stands_left_of("Your reply", "up to 200 in all"));
    press(7);
    assert_true(window_wait_gone(window, "up to 200 in all"));
}

/* At 80x24 the customer's last words are in sight above any panel, however long they are. */
static void test_last_words_stay(void **state) {
    static const int keys[] = {3, 4, 6, 7, 9, 11, 12};
    stage_play_as(&stage, 24, 80, "desk.json", "en", "learn");
    see("My desk lamp is broken");
    pick("Good morning");
    see("It arrived in pieces");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        press(keys[i]);
        assert_true(window_wait_gone(window, "Your reply"));
        assert_true(seen("It arrived in pieces"));
        window_type(window, "\033");
        see("Your reply");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_actions_80x24_en),
        TEST(test_actions_80x24_zh),
        TEST(test_actions_160x50_en),
        TEST(test_actions_160x50_zh),
        TEST(test_handover_80x24_en),
        TEST(test_handover_80x24_zh),
        TEST(test_handover_160x50_en),
        TEST(test_handover_160x50_zh),
        TEST(test_knowledge_80x24_en),
        TEST(test_knowledge_80x24_zh),
        TEST(test_knowledge_160x50_en),
        TEST(test_knowledge_160x50_zh),
        TEST(test_proposal),
        TEST(test_notes),
        TEST(test_only_what_the_script_has),
        TEST(test_focus_and_resizing),
        TEST(test_last_words_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
