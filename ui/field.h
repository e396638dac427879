/* A text to be typed within a panel, and the keys that panels share. */
#ifndef ITR_UI_FIELD_H
#define ITR_UI_FIELD_H

#include "line_editor.h"
#include "sheet.h"

/* Draws the field into the sheet, below what is there: as many rows as it needs, at most `most`.
 * The cursor stands in it when it is `here`. */
void field_draw(struct sheet *sheet, int indent, const struct line_editor *editor, int most,
                bool here);

extern const struct keymap keymap_field; /* a field has the cursor */
extern const struct keymap keymap_pick;  /* a list has it */

/* Moves in a list of `count`, round the ends. */
uint32_t field_step(uint32_t at, uint32_t count, int by);

#endif
