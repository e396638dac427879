/* The card that stays masked until the caller was verified, the facts that come out, the ticket,
 * and the work after the call. */
#include "rehearsal.h"

static void press_ticket(void) {
    window_type(window, "\033[17~"); /* F6 */
}

struct words {
    const char *language, *customer, *greeting, *order, *agree, *bye, *reply, *what, *typed, *value,
        *category, *written, *saved, *after, *wide, *scored, *found, *over;
};
static const struct words in_english = {
    .language = "en",
    .customer = "My desk lamp is broken",
    .greeting = "Good morning",
    .order = "What is the order number",
    .agree = "Is that all right",
    .bye = "Very good, goodbye",
    .reply = "Your reply",
    .what = "> What",
    .typed = "The lamp is broken",
    .value = "1 damaged on the way",
    .category = "Category  damaged on the way",
    .written = "What  The lamp is broken",
    .saved = "The ticket is saved",
    .after = "Done: end the work",
    .wide = "Work after the call",
    .scored = "It is scored then",
    .found = "+ the order number",
    .over = "The call is over",
};
static const struct words in_chinese = {
    .language = "zh",
    .customer = "我的台灯坏了",
    .greeting = "很高兴为您服务",
    .order = "请问订单号",
    .agree = "这样可以吗",
    .bye = "好的，再见",
    .reply = "您的回复",
    .what = "> 什么事",
    .typed = "灯坏了",
    .value = "1 运输损坏",
    .category = "类别  运输损坏",
    .written = "什么事  灯坏了",
    .saved = "工单已保存",
    .after = "做完了：结束",
    .wide = "通话后的工作",
    .scored = "之后就会评分",
    .found = "+ 订单号",
    .over = "通话结束",
};

/* Row 3: the order number shows after the check only. */
static void card(const struct words *words, int rows, int columns) {
    stage_play(&stage, rows, columns, "desk.json", words->language);
    see(words->customer);
    if (columns < 110)
        window_type(window, "\033OR");
    see("8*******4");
    assert_false(seen("8800-1234"));
    assert_false(seen(words->found));
    if (columns < 110)
        window_type(window, "\033OR");
    pick(words->greeting);
    pick(words->order);
    see("88001234");
    if (columns < 110)
        window_type(window, "\033OR");
    see("8800-1234");
    see(words->found);
}

static void test_card_80x24_en(void **state) {
    card(&in_english, 24, 80);
}

static void test_card_160x50_zh(void **state) {
    card(&in_chinese, 50, 160);
}

/* A text is kept when the cursor leaves it, a value when it is picked; the ticket is saved by hand.
 */
static void fill_in(const struct words *words) {
    press_ticket();
    see(words->what);
    window_type(window, words->typed);
    assert_false(recorded("\"ticket\""));
    window_type(window, "\t");
    see(words->written);
    assert_true(recorded("\"ticket\""));
    see(words->value);
    window_type(window, "1");
    see(words->written);
    window_type(window, "\033[B");
    see(words->category);
    window_type(window, "\033[C\033[B\r"); /* a value by arrow, then save */
    see(words->saved);
    assert_true(recorded("\"ticket_saved\""));
}

static void ticket(const struct words *words, int rows, int columns) {
    stage_play(&stage, rows, columns, "desk.json", words->language);
    see(words->customer);
    fill_in(words);
    assert_true(seen(words->customer) || columns < 110);
    press_ticket();
    see(words->reply);
    pick(words->greeting);
    pick(words->order);
    pick(words->agree);
    pick(words->bye);
    see(columns < 110 ? words->after : words->wide); /* the talk is over, the call is not */
    assert_null(stage_file(&stage, ".csv"));
    window_type(window, "\033d"); /* Alt-D */
    see(words->scored);
    window_type(window, "n");
    assert_null(stage_file(&stage, ".csv"));
    window_type(window, "\033d");
    see(words->scored);
    window_type(window, "y");
    see(words->over);
    assert_true(recorded("\"done\""));
    window_type(window, "\r");
    see("100.0");
}

static void test_ticket_80x24_en(void **state) {
    ticket(&in_english, 24, 80);
}

static void test_ticket_80x24_zh(void **state) {
    ticket(&in_chinese, 24, 80);
}

static void test_ticket_160x50_en(void **state) {
    ticket(&in_english, 50, 160);
}

static void test_ticket_160x50_zh(void **state) {
    ticket(&in_chinese, 50, 160);
}

/* After the call the ticket comes to the front by itself, and an unsaved one is spoken of. */
static void test_unsaved_is_told(void **state) {
    stage_play(&stage, 24, 80, "desk.json", "en");
    pick(in_english.greeting);
    see("[2 Diagnosis]");
    window_type(window, "\033[19~"); /* F8 */
    see("Hang up?");
    window_type(window, "y");
    see("Save the ticket");
    window_type(window, "\033");
    see("The customer is gone");
    window_type(window, "\r");
    see("The ticket is not saved yet");
    window_type(window, "y");
    see("The call is over");
}

/* What stands in a field when the call is left, or the program ended, is kept like the rest. */
static void test_leaving_keeps_the_field(void **state) {
    static const char *const ways[] = {"\030", "\003"}; /* Ctrl-X, Ctrl-C */
    for (int i = 0; i < 2; i++) {
        if (i) {
            stage_clear(&stage);
            stage_set(&stage);
        }
        stage_play(&stage, 24, 80, "desk.json", "en");
        see(in_english.customer);
        press_ticket();
        see(in_english.what);
        window_type(window, i ? "second words" : "first words");
        see(i ? "second words" : "first words");
        window_type(window, ways[i]);
        ends_with(0);
        assert_true(recorded(i ? "second words" : "first words"));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_card_80x24_en),   TEST(test_card_160x50_zh),          TEST(test_ticket_80x24_en),
        TEST(test_ticket_80x24_zh), TEST(test_ticket_160x50_en),        TEST(test_ticket_160x50_zh),
        TEST(test_unsaved_is_told), TEST(test_leaving_keeps_the_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
