/* A program in a terminal of ours: keys go in through a real pty, and what it paints is read back
 * from the cells of a terminal emulator (libvterm). Tests wait for what they want to see, never for
 * time to pass. */
#ifndef ITR_TEST_WINDOW_H
#define ITR_TEST_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <vterm.h>

#define WINDOW_PATIENCE 10000 /* ms that a test waits for anything before it fails */

struct window {
    int line; /* our end of the pty */
    int rows, columns;
    pid_t child;
    int status; /* of waitpid, once `ended` */
    bool ended, hung_up;
    bool other_screen, cursor_seen; /* as the program left them */
    bool coloured; /* some cell had a colour of its own when last looked at by window_row */
    VTermPos cursor;
    VTerm *vterm;
    VTermScreen *screen;
    unsigned char *raw; /* every byte the program wrote */
    size_t raw_length, raw_capacity;
};

/* Starts argv[0] with exactly this environment ("K=V", NULL-terminated both) in a window of this
 * size; 0 x 0 is a terminal that does not know its size. */
void window_open(struct window *window, int rows, int columns, char *const argv[],
                 char *const environment[]);
void window_close(struct window *window); /* kills what still runs */

void window_type(struct window *window, const char *keys);
void window_send(struct window *window, const void *bytes, size_t length);
void window_resize(struct window *window, int rows, int columns);

/* Reads what has come, waiting at most `ms` for the first of it. Returns the bytes read. */
size_t window_read(struct window *window, int ms);

/* Text of a row as UTF-8, without trailing blanks; valid until the next call. */
const char *window_row(struct window *window, int row);
/* The row on which `text` stands, or -1. */
int window_find(struct window *window, const char *text);
int window_column(struct window *window, const char *text); /* its column there */

/* Is the text on the screen, with every letter of it underlined? */
bool window_underlined(struct window *window, const char *text);

/* Until `text` is seen / is not seen any more / the program has ended. False after WINDOW_PATIENCE.
 */
bool window_wait(struct window *window, const char *text);
bool window_wait_gone(struct window *window, const char *text);
bool window_wait_end(struct window *window);

/* All cells as text and attributes, for comparing two screens; free it. */
char *window_cells(struct window *window);

/* Forgets the picture, as a terminal that was switched off and on. */
void window_blank(struct window *window);

/* The whole screen to standard error, for a test that fails. */
void window_dump(struct window *window);

/* What a program that draws text has no business to send: OSC, DCS and the like, C0 but CR LF BS
 * TAB SO SI, C1, DEL, invalid UTF-8, bidi controls, zero width, tags. Returns how many there are;
 * *at is the place of the first. Escape sequences that ECMA-48 allows and ncurses' own OSC 104 are
 * fine. */
size_t window_audit(const struct window *window, size_t *at);

double window_cpu_s(const struct window *window); /* used by the program so far */

#endif
