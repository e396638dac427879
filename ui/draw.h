/* Drawing on the frame: every text passes the choke point of base/display.h and reaches ncurses as
 * cells made by setcchar, never as a string.
 *
 * Rows and columns count from 0; what lies outside the screen, or right of `width`, is not drawn,
 * and a wide character that would be cut in half leaves a blank. */
#ifndef ITR_UI_DRAW_H
#define ITR_UI_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"
#include "language/language.h"
#include "theme.h"

struct area {
    int row, column, rows, columns;
};

int draw_rows(void); /* of the screen */
int draw_columns(void);

void draw_start(void);                 /* an empty frame, cursor hidden */
void draw_cursor(int row, int column); /* where the terminal's cursor will stand, visible */
void draw_no_cursor(void);             /* hidden again: the keys go elsewhere */
void draw_finish(void);                /* hands the frame to the terminal */

/* Draws a text on one line; one that is too long ends in "..". Returns the columns used. */
int draw_text(int row, int column, int width, enum role role, const char *text);
int draw_bytes(int row, int column, int width, enum role role, const char *bytes, size_t length);

/* The same at the right end of `width`. */
int draw_right(int row, int column, int width, enum role role, const char *text);

void draw_fill(int row, int column, int width, enum role role); /* blanks */
void draw_area(struct area area, enum role role);               /* blanks */

/* A bar of `width` columns, `value` of `most` filled. */
void draw_meter(int row, int column, int width, enum role filled, int64_t value, int64_t most);

/* Text with parts of it (byte offsets) drawn in another role: evidence in a reply. What lies from
 * `hidden` on (0: nothing) is not drawn yet: words still to be spoken. */
struct draw_marks {
    const struct span *spans;
    size_t count;
    enum role role;
    const enum role *roles; /* of each span; NULL: `role` for all. Of two on a letter the first */
    size_t hidden;
};

/* Breaks a text into lines of `columns` and draws those from line `skip` on into the area, each in
 * its row. Returns how many lines the whole text has (at least 1). `marks` may be NULL; rows < 1
 * draws nothing and counts. */
int draw_wrapped(struct area area, int skip, enum role role, const char *bytes, size_t length,
                 const struct draw_marks *marks);
int draw_wrapped_rows(const char *bytes, size_t length, int columns);

#endif
