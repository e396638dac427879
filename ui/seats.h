/* Two seats at one screen: the players take turns at the keyboard. Between them stands a page that
 * says whom to pass it to, so that the agent never sees the role card. While the customer's player
 * has the keyboard the clock of the call stands still. */
#ifndef ITR_UI_SEATS_H
#define ITR_UI_SEATS_H

#include "line_editor.h"
#include "screen.h"
#include "sheet.h"

struct call_screen;

struct seats_page {
    bool two;
    uint32_t holder; /* SEAT_AGENT, SEAT_CUSTOMER: who has the keyboard; 0: nobody yet */
    struct line_editor words;
    struct scroll scroll;
    uint32_t rating; /* picked and not handed in; 0: none */
    uint32_t asked;  /* bitset of the seats that were asked for a rating */
};

void seats_start(struct seats_page *page, bool two);
void seats_free(struct seats_page *page);

/* Does a page of this file lie over the call? Never in a call with one seat. */
bool seats_cover(const struct call_screen *self);
/* The talk is over and somebody has not said yet what he thinks of the other. */
bool seats_rating(const struct call_screen *self);

/* The screen's slots while seats_cover. */
const struct keymap *seats_keys(const struct call_screen *self);
unsigned seats_act(struct call_screen *self, enum action action, const struct input *input);
unsigned seats_key(struct call_screen *self, const struct input *input);
void seats_draw(struct call_screen *self);

#endif
