/* Row 43 at the screen: the faulty turns of a bad call are marked and said better, and what is
 * handed in is told with precision, recall and the author's reasons. */
#include "rehearsal.h"

static void start(int rows, int columns, const char *language) {
    const char *script = stage_script("../../plain/seats_script.json");
    const char *const arguments[] = {"faults", script,   "--trainee", "t1", "--seed",
                                     "5",      "--lang", language,    NULL};
    stage_start(&stage, rows, columns, arguments, NULL);
}

static void hand_in(int rows, int columns, const char *language, const char *title,
                    const char *found, const char *better) {
    start(rows, columns, language);
    see(title);
    see("> [ ]");
    window_type(window, " "); /* the first turn of this call is faulty */
    see("> [x]");
    window_type(window, "r");
    window_type(window, better);
    see(better);
    window_type(window, "\r");
    see_gone(" > S");                /* the editor has closed */
    window_type(window, "\033[21~"); /* F10 */
    see(found);
    see(better);
    assert_true(stage_file_holds(&stage, "exercises.csv", "\"faults\""));
    window_type(window, "\033");
    ends_with(0);
}

static void test_80x24_en(void **state) {
    hand_in(24, 80, "en", "Find the faults", "Precision 1 of 1 (100 %), recall 1 of 2",
            "Sorry to hear that, what happened?");
}

static void test_80x24_zh(void **state) {
    hand_in(24, 80, "zh", "找出错处", "精确率 1 / 1（100 %）", "真抱歉，出了什么事？");
}

/* In a window that gets too small nothing is lost. */
static void test_small(void **state) {
    start(24, 80, "en");
    see("> [ ]");
    window_type(window, " ");
    see("> [x]");
    window_resize(window, 16, 60);
    see("This window is too small");
    window_resize(window, 50, 160);
    see("> [x]");
}

/* Nothing that was marked is lost by one key. */
static void test_leaving_is_asked(void **state) {
    start(24, 80, "en");
    see("> [ ]");
    window_type(window, " ");
    see("> [x]");
    window_type(window, "\033");
    see("Leave? What you marked is lost.");
    window_type(window, "n");
    see_gone("Leave?");
    see("> [x]");
    window_type(window, "\033");
    see("Leave? What you marked is lost.");
    window_type(window, "y");
    ends_with(0);
}

/* From home: one of the ways to practise. */
static void test_from_home(void **state) {
    const char *const arguments[] = {"--lang", "en", NULL};
    stage_start(&stage, 24, 80, arguments, NULL);
    see("Your name:");
    window_type(window, "t1\r");
    see("Mode: practise");
    for (int i = 0; i < 4; i++)
        window_type(window, "\033OR"); /* F3: drill, exam, two seats, find the faults */
    see("Mode: find the faults");
    window_type(window, "\r");
    see("Mark them and say them better");
}

/* Down goes to the next turn of the agent. */
static void test_cursor_moves(void **state) {
    start(24, 80, "en");
    see("> [ ]");
    int row = window_find(window, "> [ ]");
    window_type(window, "\033[B");
    for (int i = 0; i < 100 && window_find(window, "> [ ]") == row; i++)
        window_read(window, 50);
    assert_true(window_find(window, "> [ ]") > row);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_80x24_en),  TEST(test_80x24_zh),
                                       TEST(test_small),     TEST(test_leaving_is_asked),
                                       TEST(test_from_home), TEST(test_cursor_moves)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
