/* The terminal: taken at the start, always given back.
 *
 * ncurses paints into a memory file instead of the terminal, and what it painted goes out in one
 * write(2) that never blocks. So a frame arrives whole, a terminal that has stopped reading cannot
 * stop the call (or hold up SIGTERM), and nothing here waits but terminal_wait.
 *
 * Signals stay blocked except inside terminal_wait; the handlers only set a bit. */
#ifndef ITR_UI_TERMINAL_H
#define ITR_UI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "key.h"

#define TERMINAL_ROWS_MOST 1000
#define TERMINAL_COLUMNS_MOST 1000

/* What terminal_wait came back for, as bits. */
enum {
    TERMINAL_INPUT = 1, /* inputs were given */
    TERMINAL_RESIZED = 2,
    TERMINAL_STOP = 4,  /* SIGTSTP: somebody wants us suspended */
    TERMINAL_WOKEN = 8, /* SIGCONT */
    TERMINAL_END = 16,  /* SIGTERM, SIGINT */
    TERMINAL_GONE = 32, /* SIGHUP, the line dropped */
};

/* Takes the terminal. False with a sentence when there is none fit for use (exit status 2). */
bool terminal_open(struct error *error);

/* Gives it back: modes, cursor, alternate screen, signals. Waits a moment at most for a terminal
 * that has stopped reading. Fine to call twice. */
void terminal_close(void);

/* Waits up to `timeout_ms` (-1: for ever) for something to happen; each input goes to `give`. */
int terminal_wait(int timeout_ms, key_give *give, void *user);

/* May a frame be painted? Not while the last one is still on its way. */
bool terminal_ready(void);

/* Sends what ncurses painted (doupdate) since the last call. */
void terminal_send(void);

/* Reads the size anew and tells ncurses. The next frame repaints everything. */
void terminal_resize(void);

/* The next frame repaints everything. */
void terminal_repaint(void);

/* Gives the terminal to the shell and stops; comes back with it taken again. `all`: stop the whole
 * job, as Ctrl-Z does. */
void terminal_suspend(bool all);

/* The last words of a program that must end at once (out of memory): async-signal-safe. */
void terminal_abandon(void);

int64_t terminal_now_ms(void); /* monotonic */

#endif
