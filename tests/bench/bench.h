/* A small frame for measurements: each prints rows
 *
 *     what | ours | peer | peer's figure | ratio
 *
 * with the peer measured in the same run, the two in turn, so that a busy machine slows both. The
 * ratio says how many times slower than the peer we are: under 1 is faster, whatever the unit. */
#ifndef ITR_TESTS_BENCH_H
#define ITR_TESTS_BENCH_H

#include <stddef.h>

#define BENCH_ROUNDS 7

struct bench_times {
    double ours, peer; /* seconds, the median of BENCH_ROUNDS */
};

/* Seconds of a clock that only goes on. */
double bench_now(void);

/* Sorts the samples and returns the one at `part` (0.5 median, 0.99 …). */
double bench_quantile(double *samples, size_t count, double part);

/* Runs `ours` and `peer` in turn with `data`. */
struct bench_times bench_compare(void (*ours)(void *data), void (*peer)(void *data), void *data);

/* The heading, once a program, and a row of two speeds (amount a second) or two durations. */
void bench_heading(void);
void bench_row_speed(const char *what, const char *unit, double amount, const char *peer,
                     struct bench_times times);
void bench_row_duration(const char *what, const char *unit, double scale, const char *peer,
                        struct bench_times times);

#endif
