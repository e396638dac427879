/* R2 and R3: strace strikes each system call of a scripted session in turn, with SIGKILL or with an
 * error. record_injected PLAYER; status 77 (skipped) where strace can't be used. */
#include <fcntl.h>
#include <sys/wait.h>

#include "session.h"

static const char *player;
static uint32_t rows_wanted; /* of a session: 5, or 40 in the full run */

/* Runs strace over the player with the injection; the trace goes to `trace`. Returns the wait
 * status and how many rows were told; what it said on standard error goes to `said`. */
static int play(const char *data, const char *injection, const char *trace, uint32_t *told,
                struct buffer *said) {
    int rows[2], words[2], status;
    char wanted[16];
    snprintf(wanted, sizeof wanted, "%u", rows_wanted);
    assert_int_equal(pipe(rows), 0);
    assert_int_equal(pipe(words), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(rows[1], STDOUT_FILENO);
        dup2(words[1], STDERR_FILENO);
        for (int i = 0; i < 2; i++) {
            close(rows[i]);
            close(words[i]);
        }
        setenv("ASAN_OPTIONS", "detect_leaks=0", 1); /* it can't look for leaks when traced */
        execlp("strace", "strace", "-f", "-qq", "-o", trace, "-e", injection, player, data, wanted,
               (char *)NULL);
        _exit(127);
    }
    close(rows[1]);
    close(words[1]);
    *told = session_told(rows[0]);
    assert_true(file_read_from(words[0], 1 << 20, said, NULL));
    assert_int_equal(waitpid(child, &status, 0), child);
    close(rows[0]);
    close(words[0]);
    return status;
}

/* ---- how often each call is made ---- */

static const char *const calls[] = {"openat",    "write",     "fdatasync", "fsync",
                                    "close",     "renameat2", "fstat",     "newfstatat",
                                    "ftruncate", "fcntl",     "mkdir",     "unlink"};
#define CALLS (sizeof calls / sizeof *calls)

static uint32_t count_in(const struct buffer *trace, const char *call) {
    struct buffer wanted = {0};
    uint32_t count = 0;
    buffer_printf(&wanted, " %s(", call);
    for (const char *at = buffer_text(trace); (at = strstr(at, wanted.bytes)); at++)
        count++;
    buffer_free(&wanted);
    return count;
}

static void count_calls(uint32_t counts[CALLS]) {
    char *data = new_folder();
    struct buffer trace = {0}, bytes = {0}, said = {0};
    uint32_t told;
    file_join(&trace, data, "trace");
    int status = play(data, "trace=all", trace.bytes, &told, &said);
    assert_int_equal(status, 0);
    assert_int_equal(told, rows_wanted);
    assert_true(file_read(trace.bytes, 1 << 24, &bytes, NULL));
    for (size_t i = 0; i < CALLS; i++)
        counts[i] = count_in(&bytes, calls[i]);
    assert_true(counts[2] >=
                rows_wanted); /* fdatasync a row: else the trace is not of the session */
    buffer_free(&trace);
    buffer_free(&bytes);
    buffer_free(&said);
    remove_folder(data);
}

/* ---- striking ---- */

static void strike(const char *call, const char *fault, uint32_t when, bool killed) {
    char *data = new_folder();
    struct buffer injection = {0}, said = {0};
    uint32_t told;
    buffer_printf(&injection, "inject=%s:%s:when=%u", call, fault, when);
    int status = play(data, injection.bytes, "/dev/null", &told, &said);
    if (!killed && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        assert_true(told == rows_wanted ||
                    (told == rows_wanted - 1 && !strcmp(call, "write"))); /* lost a '+' */
    else if (!killed)
        assert_true(said.length > 0); /* never ends without a sentence */
    session_check(data, rows_wanted, told);
    buffer_free(&injection);
    buffer_free(&said);
    remove_folder(data);
}

/* Strikes the calls (or `only` this one) one after another, `step` of them apart. */
static void strike_all(const char *fault, const char *only, bool killed, uint32_t step) {
    uint32_t counts[CALLS], runs = 0, n = 0;
    count_calls(counts);
    for (size_t i = 0; i < CALLS; i++)
        for (uint32_t when = 1; when <= counts[i]; when++) {
            if (n++ % step || (only && strcmp(only, calls[i]) != 0))
                continue;
            strike(calls[i], fault, when, killed);
            runs++;
        }
    print_message("%s: %u runs\n", fault, runs);
    assert_true(runs > 0);
}

static void test_killed_in_each_call(void **state) {
    strike_all("signal=KILL", NULL, true, session_count(4, 1));
}

static void test_each_call_fails(void **state) {
    static const char *const errors[] = {"error=ENOSPC", "error=EIO", "error=EINTR", "error=EDQUOT",
                                         "error=EROFS"};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        strike_all(errors[i], NULL, false, session_count(9, 1));
}

/* Worse than a short write: the system says it took ten bytes and kept none. */
static void test_writes_that_lie(void **state) {
    strike_all("retval=10", "write", false, 1);
}

static bool strace_works(void) {
    int status = system("strace -f -qq -o /dev/null -e inject=write:error=EIO:when=1000 true "
                        "2>/dev/null");
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int count, char **arguments) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_killed_in_each_call),
        cmocka_unit_test(test_each_call_fails),
        cmocka_unit_test(test_writes_that_lie),
    };
    if (count != 2)
        return 2;
    if (!strace_works()) {
        puts("skipped: strace is missing or may not trace here");
        return 77;
    }
    player = arguments[1];
    rows_wanted = session_count(5, 40);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
