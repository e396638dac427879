/* Rows of text one under another in an area, scrolled as a whole: what panels and pages are made
 * of.
 *
 *     struct sheet sheet = {.area = area, .from = scroll->from};
 *     sheet_text(&sheet, 0, ROLE_TEXT, ...);
 *     scroll_fit(scroll, sheet.row, area.rows);
 */
#ifndef ITR_UI_SHEET_H
#define ITR_UI_SHEET_H

#include "draw.h"
#include "keymap.h"

struct sheet {
    struct area area;
    int from; /* the first row shown */
    int row;  /* the next to be drawn, counted from the sheet's first */
};

/* The screen row of the next row, or -1 while it is scrolled away. */
int sheet_place(const struct sheet *sheet);

/* A wrapped text, `indent` columns from the left edge. */
void sheet_text(struct sheet *sheet, int indent, enum role role, const char *text);
void sheet_bytes(struct sheet *sheet, int indent, enum role role, const char *bytes, size_t length,
                 const struct draw_marks *marks);

/* A label and what it says, on one line if it fits. */
void sheet_pair(struct sheet *sheet, int indent, enum role label_role, const char *label,
                enum role role, const char *text);

/* A row where a cursor can stand: filled from edge to edge when it does, and marked by ">" so that
 * it is seen without colour too. */
void sheet_choice(struct sheet *sheet, bool here, enum role role, const char *text);

/* How far a sheet is scrolled, kept from frame to frame. */
struct scroll {
    int from;
    int rows, page; /* of the sheet and of its area, when last drawn */
};

/* Notes how big the sheet was. True: it was scrolled too far and has to be drawn again. */
bool scroll_fit(struct scroll *scroll, int rows, int page);
void scroll_by(struct scroll *scroll, int rows);

/* Scrolls so that the row is seen. */
void scroll_show(struct scroll *scroll, int row, int page);

/* Does what the scrolling actions of keymap_list say; false when it is none of them. */
bool scroll_act(struct scroll *scroll, enum action action);

#endif
