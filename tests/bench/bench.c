#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

double bench_now(void) {
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b) {
    double first = *(const double *)a, second = *(const double *)b;

    return (first > second) - (first < second);
}

double bench_quantile(double *samples, size_t count, double part) {
    qsort(samples, count, sizeof *samples, compare);
    return samples[(size_t)(part * (double)(count - 1) + 0.5)];
}

/* In a process of its own, so that what one side leaves in the allocator does not slow the other;
 * once beforehand, so that cold pages do not count. */
static double measure(void (*run)(void *data), void *data) {
    double time = 0;
    int ends[2], status;
    pid_t child;

    fflush(stdout);
    if (pipe(ends) < 0 || (child = fork()) < 0)
        abort();
    if (child == 0) {
        run(data);
        time = bench_now();
        run(data);
        time = bench_now() - time;
        _exit(write(ends[1], &time, sizeof time) != sizeof time);
    }
    close(ends[1]);
    if (read(ends[0], &time, sizeof time) != sizeof time || waitpid(child, &status, 0) < 0)
        abort();
    close(ends[0]);
    return time;
}

struct bench_times bench_compare(void (*ours)(void *data), void (*peer)(void *data), void *data) {
    double our_times[BENCH_ROUNDS], peer_times[BENCH_ROUNDS];

    for (size_t i = 0; i < BENCH_ROUNDS; i++) {
        our_times[i] = measure(ours, data);
        peer_times[i] = measure(peer, data);
    }
    return (struct bench_times){.ours = bench_quantile(our_times, BENCH_ROUNDS, 0.5),
                                .peer = bench_quantile(peer_times, BENCH_ROUNDS, 0.5)};
}

void bench_heading(void) {
    printf("what | ours | peer | peer's figure | ratio\n");
}

void bench_row_speed(const char *what, const char *unit, double amount, const char *peer,
                     struct bench_times times) {
    printf("%s | %.4g %s | %s | %.4g %s | %.2f\n", what, amount / times.ours, unit, peer,
           amount / times.peer, unit, times.ours / times.peer);
}

void bench_row_duration(const char *what, const char *unit, double scale, const char *peer,
                        struct bench_times times) {
    printf("%s | %.4g %s | %s | %.4g %s | %.2f\n", what, times.ours * scale, unit, peer,
           times.peer * scale, unit, times.ours / times.peer);
}
