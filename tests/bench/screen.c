/* The screen against its peers, in a pty of ours: from exec to the first whole frame, memory, and
 * from a key to what it changes on the screen. nano is the peer; where it is missing the row says
 * so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "bench.h"
#include "stage.h"

#define STARTS 15
#define KEYS 300

struct program {
    const char *name, *first; /* what stands on the first whole frame */
    char *argv[12];
};

struct figures {
    double start_s, key_p50_s, key_p99_s, bytes_a_key;
    double resident_kb, private_kb;
};

static char *const environment[] = {"TERM=xterm-256color", "LANG=C.UTF-8", NULL, NULL};

/* Reads until `text` stands there; spins, so that waiting costs no wake-up. */
static bool spin_for(struct window *window, const char *text) {
    double until = bench_now() + 5;
    while (bench_now() < until && !window->hung_up)
        if (window_read(window, 1) && window_find(window, text) >= 0)
            return true;
    return false;
}

static double memory_kb(pid_t child, const char *field) {
    char path[64], line[256];
    double kb = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)child);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (!strncmp(line, field, strlen(field)))
            kb += strtod(line + strlen(field), NULL);
    if (file)
        fclose(file);
    return kb;
}

static bool start(const struct program *program, char *const *with, struct window *window,
                  double *seconds) {
    double since = bench_now();
    window_open(window, 24, 80, program->argv, with);
    bool up = spin_for(window, program->first);
    *seconds = bench_now() - since;
    return up;
}

/* A letter at a time; the sample ends when the program has answered with anything. */
static void time_keys(struct window *window, struct figures *figures) {
    double samples[KEYS];
    while (window_read(window, 50))
        ;
    size_t before = window->raw_length;
    for (int i = 0; i < KEYS; i++) {
        double since = bench_now();
        window_send(window, i % 40 == 39 ? "\177" : "x", 1);
        for (int tries = 0; !window_read(window, 100) && !window->hung_up && tries < 20;)
            tries++;
        samples[i] = bench_now() - since;
    }
    figures->bytes_a_key = (double)(window->raw_length - before) / KEYS;
    figures->key_p50_s = bench_quantile(samples, KEYS, 0.5);
    figures->key_p99_s = bench_quantile(samples, KEYS, 0.99);
}

/* `keys`: type too. */
static bool measure(const struct program *program, char *const *with, bool keys,
                    struct figures *figures) {
    double starts[STARTS];
    struct window window;
    for (int i = 0; i < STARTS; i++) {
        bool up = start(program, with, &window, &starts[i]);
        if (up && i == STARTS - 1) {
            figures->resident_kb = memory_kb(window.child, "Rss:");
            figures->private_kb = memory_kb(window.child, "Private_Dirty:");
            if (keys)
                time_keys(&window, figures);
        }
        window_close(&window);
        if (!up)
            return false;
    }
    figures->start_s = bench_quantile(starts, STARTS, 0.5);
    return true;
}

static void print_row(const char *what, const char *unit, double scale, double ours, bool peer,
                      double theirs) {
    if (peer)
        printf("%-34s | %9.2f %s | nano | %9.2f %s | %.2f\n", what, ours * scale, unit,
               theirs * scale, unit, ours / theirs);
    else
        printf("%-34s | %9.2f %s | nano is not installed\n", what, ours * scale, unit);
}

int main(void) {
    struct stage stage;
    struct figures home = {0}, call = {0}, nano = {0};
    char data[96], *with[4] = {environment[0], environment[1], data, NULL};
    char *itr = getenv("ITR_PROGRAM"), script[512];
    stage_set(&stage);
    snprintf(data, sizeof data, "ITR_DATA=%s", stage.data);
    snprintf(script, sizeof script, "%s", stage_script("small.json"));
    struct program our_call = {
        "itr play", "Good morning", {itr, "play", script, "--trainee", "t1", "--lang", "en", NULL}};
    struct program our_home = {"itr", "Search:", {itr, "--lang", "en", NULL}};
    struct program their = {"nano", "^X Exit", {"/usr/bin/nano", NULL}};
    struct buffer settings = {0};
    char path[128];
    buffer_add_text(&settings, "{\"trainee\": \"t1\", \"language\": \"en\"}\n");
    snprintf(path, sizeof path, "%s/settings.json", stage.data);
    file_replace(path, settings.bytes, settings.length, NULL);
    buffer_free(&settings);
    bool peer = measure(&their, with, true, &nano);
    if (!measure(&our_home, with, false, &home) || !measure(&our_call, with, true, &call)) {
        fprintf(stderr, "the screen did not come up\n");
        return 1;
    }
    bench_heading();
    print_row("home: exec to first frame", "ms", 1e3, home.start_s, peer, nano.start_s);
    print_row("call: exec to first frame", "ms", 1e3, call.start_s, peer, nano.start_s);
    print_row("home: resident memory", "MB", 1 / 1024.0, home.resident_kb, peer, nano.resident_kb);
    print_row("call: private memory", "MB", 1 / 1024.0, call.private_kb, peer, nano.private_kb);
    print_row("call: key to screen, p50", "ms", 1e3, call.key_p50_s, peer, nano.key_p50_s);
    print_row("call: key to screen, p99", "ms", 1e3, call.key_p99_s, peer, nano.key_p99_s);
    print_row("call: bytes a key", "B ", 1, call.bytes_a_key, peer, nano.bytes_a_key);
    stage_clear(&stage);
    return 0;
}
