/* The ways to practise at the screen: hints with their price, taking back, confidence and skipped
 * case time; the countdown of a drill; an exam, whose name is confirmed and whose list is hidden.
 */
#include "rehearsal.h"

static void alt(char letter) {
    char keys[] = {'\033', letter, 0};
    window_type(window, keys);
}

static void at_mending(const char *mode, const char *language) {
    bool english = language[0] == 'e';
    stage_play_as(&stage, 24, 80, "desk.json", language, mode);
    pick(english ? "Good morning" : "很高兴为您服务");
    see(english ? "[2 Diagnosis]" : "[2 问题诊断]");
    pick(english ? "What is the order number" : "请问订单号");
    see(english ? "[3 Solution]" : "[3 方案提供]");
}

/* Row 73 and the hint's price: it is asked before it is paid; no means no hint. */
static void test_hint(void **state) {
    stage_play_as(&stage, 24, 80, "desk.json", "en", "learn");
    see("My desk lamp is broken");
    alt('i');
    see("worth half at most");
    window_type(window, "n");
    see_gone("worth half at most");
    assert_false(recorded("\"hint\""));
    alt('i');
    see("worth half at most");
    window_type(window, "y");
    see("Hint, Respond quickly: Greet first.");
    alt('i');
    see("It costs no more.");
    window_type(window, "y");
    see("Good morning, how can I help?");
}

static void test_take_back(void **state) {
    stage_play_as(&stage, 24, 80, "desk.json", "zh", "learn");
    pick("很高兴为您服务");
    see("[2 问题诊断]");
    alt('z');
    see("[1 接入响应]");
    see("送到就是碎的"); /* both stay to be read */
    assert_true(recorded("\"undo\""));
}

/* Neither is there outside learn mode: no key, no help line. */
static void test_only_when_learning(void **state) {
    stage_play(&stage, 24, 80, "desk.json", "en");
    see("My desk lamp is broken");
    alt('i');
    alt('z');
    window_type(window, "?");
    see("let time pass in the case");
    window_type(window, "\033[6~"); /* the second page */
    see("how sure you are");
    assert_false(seen("its price is shown"));
    assert_false(seen("take the last reply back"));
}

static void test_sure(void **state) {
    stage_play(&stage, 24, 80, "desk.json", "en");
    see("My desk lamp is broken");
    alt('s');
    see("[not sure]");
    alt('s');
    see("[rather sure]");
    alt('s');
    see("[quite sure]");
    pick("Good morning");
    see("[2 Diagnosis]");
    see_gone("[quite sure] Your");
    assert_true(recorded("\"sure\""));
}

/* Case time: the key shows the clocks with the steps; one is asked about before it is taken. */
static void test_later(void **state) {
    at_mending("practise", "en");
    pick("Is that all right");
    see("Fine, that will do");
    alt('l');
    see("Let time pass");
    see("First plan");
    window_type(window, "1");
    see("Let this time pass in the case: 1 d");
    window_type(window, "y");
    see("the new lamp is here");
    assert_true(recorded("\"later\""));
    see("Open for  1 d");
}

static void test_clocks_160x50_zh(void **state) {
    stage_play(&stage, 50, 160, "desk.json", "zh");
    see("我的台灯坏了");
    window_type(window, "\033[23~"); /* F11 */
    see("首次响应");
    see("首个方案");
    assert_true(seen("您的回复"));
}

/* Row 131: reading the customer's mood, and a breath that costs no patience. */
static void feelings(const char *language, int rows, int columns, const char *question,
                     const char *read, const char *breath) {
    stage_play(&stage, rows, columns, "desk.json", language);
    alt('m');
    see(question);
    window_type(window, "2");
    see(read);
    assert_true(recorded("\"mood_read\""));
    alt('m');
    see(question);
    window_type(window, "\033[A\r"); /* up from the first is the last */
    see(breath);
    assert_true(recorded("\"breathe\""));
}

static void test_feelings_80x24_en(void **state) {
    feelings("en", 24, 80, "How does the customer feel?", "You read the customer as upset",
             "You take a breath");
}

static void test_feelings_160x50_zh(void **state) {
    feelings("zh", 50, 160, "客户现在是什么心情", "您认为客户的心情", "您深呼吸了一下");
}

/* Row 162: the countdown runs, and time out is an answer. */
static void test_drill(void **state) {
    stage_play_as(&stage, 24, 80, "desk.json", "en", "drill");
    see("My desk lamp is broken");
    see("3 s left");
    see("2 s left");
    see("1 s left");
    see("Time is up");
    assert_true(recorded("\"timeout\""));
}

/* Whose exam it is stands there and is confirmed; then one types, and sees no list. */
static void exam(const char *language, const char *begin, const char *broken, const char *own,
                 const char *listed) {
    stage_play_as(&stage, 24, 80, "desk.json", language, "exam");
    see(begin);
    assert_true(seen("t1"));
    assert_null(stage_file(&stage, ".open"));
    window_type(window, "y");
    see(broken);
    see(own);
    assert_false(seen(listed));
    window_type(window, "\t"); /* there is no list to go to */
    see(own);
    assert_false(seen(listed));
    alt('i');
    alt('z');
    assert_false(recorded("\"hint\""));
    assert_true(recorded("login"));
}

static void test_exam_en(void **state) {
    exam("en", "shall it begin", "My desk lamp is broken", "Your own words", "Good morning");
}

static void test_exam_zh(void **state) {
    exam("zh", "可以开始吗", "我的台灯坏了", "用自己的话", "很高兴为您服务");
}

static void test_exam_declined(void **state) {
    stage_play_as(&stage, 24, 80, "desk.json", "en", "exam");
    see("shall it begin");
    window_type(window, "n");
    ends_with(0);
    assert_null(stage_file(&stage, ".open"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_hint),
        TEST(test_take_back),
        TEST(test_only_when_learning),
        TEST(test_sure),
        TEST(test_later),
        TEST(test_clocks_160x50_zh),
        TEST(test_feelings_80x24_en),
        TEST(test_feelings_160x50_zh),
        TEST(test_drill),
        TEST(test_exam_en),
        TEST(test_exam_zh),
        TEST(test_exam_declined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
