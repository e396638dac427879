/* R1: kill -9 at a random moment of a running session. */
#include <sys/wait.h>

#include "session.h"

#define ROWS 60

static void pause_us(uint64_t microseconds) {
    struct timespec time = {.tv_sec = (time_t)(microseconds / 1000000),
                            .tv_nsec = (long)(microseconds % 1000000) * 1000};
    nanosleep(&time, NULL);
}

/* One session, killed after `delay_us`. Returns how many rows it had told. */
static uint32_t killed_session(uint64_t delay_us, bool no_sync) {
    char *data = new_folder();
    int told[2];
    assert_int_equal(pipe(told), 0);
    pid_t child = fork();
    if (child == 0) {
        close(told[0]);
        _exit(session_run(data, ROWS, no_sync, told[1], NULL) ? 0 : 3);
    }
    close(told[1]);
    pause_us(delay_us);
    kill(child, SIGKILL);
    uint32_t rows = session_told(told[0]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    close(told[0]);
    session_check(data, ROWS, rows);
    remove_folder(data);
    return rows;
}

static void kill_many(bool no_sync, uint32_t runs, uint64_t longest_us) {
    uint64_t chance = (uint64_t)time(NULL);
    uint32_t middle = 0;
    print_message("seed %llu, %u runs\n", (unsigned long long)chance, runs);
    for (uint32_t i = 0; i < runs; i++) {
        uint32_t told = killed_session(hash_random(&chance) % longest_us, no_sync);
        middle += told > 0 && told < ROWS;
    }
    print_message("killed with some but not all rows told: %u\n", middle);
    assert_true(middle > 0); /* else nothing was tested */
}

static void test_killed_with_sync(void **state) {
    kill_many(false, session_count(60, 5000), 25000);
}

static void test_killed_without_sync(void **state) {
    kill_many(true, session_count(60, 5000), 2500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_killed_with_sync),
        cmocka_unit_test(test_killed_without_sync),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
