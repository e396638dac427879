/* What the call and replay screens share around the conversation: title, the four stages, mood and
 * patience, the customer's card and the thinking guide. All of it is a function of the call's
 * state. */
#ifndef ITR_UI_BOARD_H
#define ITR_UI_BOARD_H

#include "call/call.h"
#include "draw.h"

#define BOARD_ROWS 4   /* title, stages, meters, an empty row */
#define BOARD_PANEL 36 /* columns of the side panel */
#define BOARD_WIDE 110 /* columns from which the panel stands beside the conversation */

/* Rows 0 to BOARD_ROWS - 1. `right`: what the title bar says at its right end. */
void board_draw(const struct call *call, const char *right);

/* Customer card and, in learn mode, thinking guide into an area, from row `from` of them on. The
 * guide fades with the level: all 12 key actions with their questions at basic, the current stage's
 * actions at advanced, the stages at expert. Returns how many rows there are. */
int board_draw_panel(const struct call *call, struct area area, int from);

/* Words for mood and patience, readable without colour. */
const char *mood_text(int32_t mood);
const char *patience_text(int32_t patience);

#endif
