#include "dock.h"

#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "call_screen.h"

#define PANEL_LEAST 44 /* columns of a panel beside the conversation */
#define PANEL_MOST 60

static const struct panel *const panels[PANEL_COUNT] = {
#define X(name, word) &panel_##word,
    PANELS(X)
#undef X
};

const struct panel *dock_panel(int panel) {
    return panels[panel];
}

bool dock_offers(const struct call_screen *call, int panel) {
    return !panels[panel]->offered || panels[panel]->offered(call);
}

int dock_panel_of(enum action action) {
    for (int i = 0; i < PANEL_COUNT; i++)
        if (panels[i]->action == action)
            return i;
    return PANEL_NONE;
}

void dock_start(struct dock *dock) {
    *dock = (struct dock){.focus = PANEL_NONE, .open = PANEL_NONE};
}

void dock_free(struct dock *dock) {
    for (int i = 0; i < PANEL_COUNT; i++)
        if (dock->opened[i] && panels[i]->close)
            panels[i]->close(dock->states[i]);
    dock_start(dock);
}

void dock_unfocus(struct call_screen *call) {
    int focus = call->dock.focus;
    call->dock.focus = PANEL_NONE;
    if (focus != PANEL_NONE && panels[focus]->left)
        panels[focus]->left(call, call->dock.states[focus]);
}

void dock_toggle(struct call_screen *call, int panel) {
    struct dock *dock = &call->dock;
    bool shut = dock->focus == panel;
    dock_unfocus(call);
    if (call->closed) /* what was left made the call end */
        return;
    if (!dock->opened[panel]) {
        dock->states[panel] = panels[panel]->open ? panels[panel]->open(call) : NULL;
        dock->opened[panel] = true;
    }
    dock->focus = shut ? PANEL_NONE : panel;
    if (panel != PANEL_CARD)
        dock->open = dock->focus;
}

const struct keymap *dock_keys(struct call_screen *call) {
    return panels[call->dock.focus]->keys(call, call->dock.states[call->dock.focus]);
}

unsigned dock_act(struct call_screen *call, enum action action, const struct input *input) {
    int focus = call->dock.focus;
    unsigned follow = panels[focus]->act(call, call->dock.states[focus], action, input);
    if (action != DO_LEAVE || !(follow & SCREEN_TEXT))
        return follow;
    dock_unfocus(call);
    return SCREEN_DRAW;
}

unsigned dock_key(struct call_screen *call, const struct input *input) {
    int focus = call->dock.focus;
    return panels[focus]->key ? panels[focus]->key(call, call->dock.states[focus], input)
                              : SCREEN_DRAW;
}

/* ---- where things are ---- */

static int panel_columns(int room) {
    int columns = room * 2 / 5;
    return columns < PANEL_LEAST ? PANEL_LEAST : columns > PANEL_MOST ? PANEL_MOST : columns;
}

static struct area column_at(int column, int columns) {
    return (struct area){BOARD_ROWS - 1, column, draw_rows() - BOARD_ROWS, columns};
}

/* One column: the panel in focus stands where the card was. */
static void lay_out_one(struct dock_layout *layout, const struct dock *dock) {
    bool card = dock->focus == PANEL_NONE || dock->focus == PANEL_CARD;
    struct area area = column_at(0, card ? BOARD_PANEL : PANEL_LEAST);
    if (card) {
        layout->card = area;
    } else {
        layout->panel = area;
        layout->shown = dock->focus;
    }
    layout->talk.column = area.columns + 1;
    layout->talk.columns = draw_columns() - layout->talk.column;
}

static void lay_out_both(struct dock_layout *layout, const struct dock *dock) {
    layout->card = column_at(0, BOARD_PANEL);
    layout->talk.column = BOARD_PANEL + 1;
    layout->talk.columns = draw_columns() - layout->talk.column;
    if (dock->open == PANEL_NONE)
        return;
    int columns = panel_columns(layout->talk.columns);
    layout->panel = column_at(draw_columns() - columns, columns);
    layout->shown = dock->open;
    layout->talk.columns -= columns + 1;
}

struct dock_layout dock_layout(const struct call_screen *call) {
    int columns = draw_columns();
    struct dock_layout layout = {
        .talk = {BOARD_ROWS, 0, draw_rows() - 2 - BOARD_ROWS, columns},
        .shown = PANEL_NONE,
    };
    if (columns >= DOCK_BOTH)
        lay_out_both(&layout, &call->dock);
    else if (columns >= BOARD_WIDE)
        lay_out_one(&layout, &call->dock);
    else
        layout.below = call->dock.focus != PANEL_NONE;
    return layout;
}

int dock_rows(struct call_screen *call, int columns) {
    int focus = call->dock.focus;
    return panels[focus]->rows ? panels[focus]->rows(call, call->dock.states[focus], columns)
                               : draw_rows();
}

/* ---- drawing ---- */

void dock_draw_body(struct call_screen *call, int panel, struct area area) {
    draw_area(area, ROLE_PANEL);
    panels[panel]->draw(call, call->dock.states[panel], area, call->dock.focus == panel);
}

void dock_draw(struct call_screen *call, int panel, struct area area) {
    bool focused = call->dock.focus == panel;
    enum role role = focused ? ROLE_SELECTED : ROLE_PANEL_STRONG;
    draw_fill(area.row, area.column, area.columns, focused ? ROLE_SELECTED : ROLE_PANEL);
    draw_text(area.row, area.column, 1, role, focused ? ">" : " ");
    draw_text(area.row, area.column + 2, area.columns - 3, role, _(panels[panel]->title));
    area.row++;
    area.rows--;
    dock_draw_body(call, panel, area);
}

/* "F4 knowledge"; -1 as the row only measures. */
static int draw_key(const struct call_screen *call, int panel, int row, int column) {
    const char *label = action_label(panels[panel]->action);
    enum role role = call->dock.focus == panel ? ROLE_SELECTED : ROLE_PANEL;
    struct buffer key = {0};
    if (!keymap_key(&call->keymap.keymap, panels[panel]->action, &key))
        return 0;
    buffer_add_byte(&key, ' ');
    int columns = (int)display_width(key.bytes, key.length), used = columns;
    used += (int)display_width(label, strlen(label)) + 2;
    if (row >= 0) {
        draw_text(row, column, columns, ROLE_PANEL_STRONG, key.bytes);
        draw_text(row, column + columns, used - columns, role, label);
    }
    buffer_free(&key);
    return used;
}

void dock_draw_keys(const struct call_screen *call, int row, int column, int columns, int used) {
    int count = 0, width = 0;
    for (; count < PANEL_COUNT; count++) {
        int more = dock_offers(call, count) ? draw_key(call, count, -1, 0) : 0;
        if (used + 2 + width + more > columns)
            break;
        width += more;
    }
    column += columns - width;
    for (int i = 0; i < count; i++)
        if (dock_offers(call, i))
            column += draw_key(call, i, row, column);
}
