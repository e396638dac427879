#include "field.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct binding field_bindings[] = {
    {.key = K_ENTER, .action = DO_ACCEPT},
    {.key = K_UP, .action = DO_UP},
    {.key = K_BACKTAB, .action = DO_UP},
    {.key = K_DOWN, .action = DO_DOWN},
    {.key = K_TAB, .action = DO_DOWN},
    {.key = K_PAGE_UP, .action = DO_PAGE_UP},
    {.key = K_PAGE_DOWN, .action = DO_PAGE_DOWN},
    {.key = K_ESCAPE, .action = DO_LEAVE},
};
static const enum action field_footer[] = {DO_ACCEPT, DO_UP, DO_DOWN, DO_LEAVE, DO_NONE};
const struct keymap keymap_field = {
    .title = N_("In a panel: typing"),
    .parent = &keymap_editor,
    .bindings = field_bindings,
    .count = COUNT(field_bindings),
    .footer = field_footer,
    .typing = true,
};

static const struct binding pick_bindings[] = {
    {.key = '1', .last = '9', .action = DO_PICK_VALUE},
    {.key = K_ENTER, .action = DO_ACCEPT},
    {.key = K_RIGHT, .action = DO_NEXT_VALUE},
    {.key = ' ', .action = DO_NEXT_VALUE},
    {.key = K_LEFT, .action = DO_PREVIOUS_VALUE},
    {.key = K_UP, .action = DO_UP},
    {.key = K_DOWN, .action = DO_DOWN},
    {.key = K_TAB, .action = DO_DOWN},
    {.key = K_BACKTAB, .action = DO_UP},
};
static const enum action pick_footer[] = {DO_PICK_VALUE, DO_ACCEPT, DO_UP,
                                          DO_DOWN,       DO_LEAVE,  DO_NONE};
const struct keymap keymap_pick = {
    .title = N_("In a panel: choosing"),
    .parent = &keymap_list,
    .bindings = pick_bindings,
    .count = COUNT(pick_bindings),
    .footer = pick_footer,
};

uint32_t field_step(uint32_t at, uint32_t count, int by) {
    return count ? (uint32_t)(((int64_t)at + count + by) % count) : 0;
}

void field_draw(struct sheet *sheet, int indent, const struct line_editor *editor, int most,
                bool here) {
    int columns = sheet->area.columns - 4 - indent, top = sheet->row - sheet->from;
    int rows = line_editor_rows(editor, columns);
    rows = rows > most ? most : rows < 1 ? 1 : rows;
    struct area area = {sheet->area.row + top, sheet->area.column + 3 + indent, rows, columns};
    if (top >= 0 && top + rows <= sheet->area.rows) {
        draw_text(area.row, area.column - 2, 2, ROLE_PANEL_STRONG, here ? "> " : ": ");
        draw_area(area, ROLE_TEXT);
        line_editor_draw(editor, area, ROLE_TEXT);
        if (!here)
            draw_no_cursor();
    }
    sheet->row += rows;
}
