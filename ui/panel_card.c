/* The customer's card and, in learn mode, the thinking guide. */
#include <stdlib.h>

#include "board.h"
#include "call_screen.h"

static void *card_open(struct call_screen *call) {
    return memory_new(sizeof(struct scroll));
}

static int card_rows(struct call_screen *call, void *state, int columns) {
    return board_draw_panel(call_screen_call(call), (struct area){.columns = columns}, 0);
}

static void card_draw(struct call_screen *call, void *state, struct area area, bool focused) {
    struct scroll *scroll = state;
    const struct call *shown = call_screen_call(call);
    int from = scroll ? scroll->from : 0;
    int rows = board_draw_panel(shown, area, from);
    if (scroll && scroll_fit(scroll, rows, area.rows))
        board_draw_panel(shown, area, scroll->from);
}

static unsigned card_act(struct call_screen *call, void *state, enum action action,
                         const struct input *input) {
    return scroll_act(state, action) ? SCREEN_DRAW : SCREEN_TEXT;
}

static const enum action footer[] = {DO_UP, DO_DOWN, DO_LEAVE, DO_NONE};
static const struct keymap keymap_card = {
    .title = N_("In a call: the customer's card"),
    .parent = &keymap_list,
    .footer = footer,
};

static const struct keymap *card_keys(struct call_screen *call, void *state) {
    return &keymap_card;
}

const struct panel panel_card = {
    .title = N_("Customer card"),
    .action = DO_GUIDE,
    .open = card_open,
    .close = free,
    .keys = card_keys,
    .rows = card_rows,
    .draw = card_draw,
    .act = card_act,
};
