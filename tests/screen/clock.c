/* The clock of a running call: it costs next to nothing while nobody does anything, never flickers
 * and takes no key. */
#include <time.h>

#include "base/base.h"
#include "rehearsal.h"

#define IDLE_BYTES_PER_S 200
#define IDLE_SHARE 0.01 /* of a core */

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void settle(void) {
    while (window_read(window, 300))
        ;
}

static void read_for(int64_t ms) {
    for (int64_t until = now_ms() + ms; now_ms() < until;)
        window_read(window, 50);
}

/* A minute with ITR_LONG=1, else some seconds. */
static void idles_cheaply(void) {
    settle();
    size_t from = window->raw_length;
    double cpu = window_cpu_s(window);
    int64_t since = now_ms();
    read_for(stage_count(4000, 60000));
    double seconds = (double)(now_ms() - since) / 1000;
    size_t bytes = window->raw_length - from;
    double used = window_cpu_s(window) - cpu;
    print_message("idle for %.1f s: %.1f bytes/s, %.2f %% of a core\n", seconds,
                  (double)bytes / seconds, 100 * used / seconds);
    assert_true(bytes > 0); /* it does go */
    assert_true((double)bytes < IDLE_BYTES_PER_S * seconds);
    assert_true(used <= IDLE_SHARE * seconds + 0.01); /* the clock of the kernel ticks in 10 ms */
    assert_null(memmem(window->raw + from, bytes, "\033[2J", 4)); /* nothing is blanked */
    assert_null(memmem(window->raw + from, bytes, "\033[J", 3));
}

static void test_idle_80x24(void **state) {
    stage_play_as(&stage, 24, 80, "small.json", "en", "learn");
    see("Hello?");
    idles_cheaply();
}

static void test_idle_160x50_in_chinese(void **state) {
    stage_play_as(&stage, 50, 160, "small.json", "zh", "learn");
    see("没网了");
    idles_cheaply();
}

/* The panel of clocks shows seconds too, many of them. */
static void test_idle_with_clocks(void **state) {
    stage_play_as(&stage, 50, 160, "desk.json", "zh", "learn");
    see("灯坏了");
    window_type(window, "\033[23~"); /* F11 */
    see("累计冷场");
    idles_cheaply();
}

/* Keys pressed one by one, across the turn of some seconds, all arrive in order. */
static void test_takes_no_key(void **state) {
    enum { KEYS = 300 };
    char typed[KEYS + 1] = "";
    struct timespec pause = {.tv_nsec = 10000000};
    stage_play(&stage, 24, 80, "small.json", "en");
    see("Hello?");
    window_type(window, "\t");
    see("Your own words");
    for (int i = 0; i < KEYS; i++) {
        typed[i] = (char)('a' + i % 26);
        window_send(window, &typed[i], 1);
        nanosleep(&pause, NULL);
        window_read(window, 0);
    }
    for (int i = 0; i < 500 && !stage_file_holds(&stage, ".draft", typed); i++)
        window_read(window, 20);
    assert_true(stage_file_holds(&stage, ".draft", typed));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_idle_80x24),
        TEST(test_idle_160x50_in_chinese),
        TEST(test_idle_with_clocks),
        TEST(test_takes_no_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
