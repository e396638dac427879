/* The index of the calls, for the commands that ask it. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "command/command.h"

/* Says nothing in the first second, then something every second. */
struct progress {
    int64_t next_ms;
    bool told, terminal;
};

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

static void tell(void *user, size_t done, size_t all) {
    struct progress *progress = user;
    int64_t now = now_ms();
    bool last = done == all && progress->told;
    if (now < progress->next_ms && !last)
        return;
    struct buffer line = {0};
    buffer_printf(&line, "%s", progress->terminal ? "\r" : "");
    buffer_printf(&line, _("itr: %zu of %zu records read (Ctrl-C keeps what was read)"), done, all);
    buffer_add_text(&line, progress->terminal && !last ? "" : "\n");
    file_write(STDERR_FILENO, line.bytes, line.length, NULL);
    buffer_free(&line);
    progress->told = true;
    progress->next_ms = now + 1000;
}

struct store *command_store(const struct options *options) {
    static struct progress progress; /* the store may tell of it again when it is mended */
    struct error error = {0};
    progress = (struct progress){.next_ms = now_ms() + 1000, .terminal = isatty(STDERR_FILENO)};
    struct store *store = store_open(options->data, options->rebuild, tell, &progress, &error);
    if (!store)
        command_fail(EXIT_IO, "%s", error.text);
    return store;
}
