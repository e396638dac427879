#include "sheet.h"

#include <stdio.h>
#include <string.h>

int sheet_place(const struct sheet *sheet) {
    int row = sheet->row - sheet->from;
    return row < 0 || row >= sheet->area.rows ? -1 : sheet->area.row + row;
}

void sheet_bytes(struct sheet *sheet, int indent, enum role role, const char *bytes, size_t length,
                 const struct draw_marks *marks) {
    int row = sheet->row - sheet->from, skip = row < 0 ? -row : 0, top = row < 0 ? 0 : row;
    int rows = sheet->area.rows - top;
    struct area area = {.row = sheet->area.row + top,
                        .column = sheet->area.column + 1 + indent,
                        .rows = rows < 0 ? 0 : rows,
                        .columns = sheet->area.columns - 2 - indent};
    sheet->row += draw_wrapped(area, skip, role, bytes, length, marks);
}

void sheet_text(struct sheet *sheet, int indent, enum role role, const char *text) {
    sheet_bytes(sheet, indent, role, text, strlen(text), NULL);
}

void sheet_pair(struct sheet *sheet, int indent, enum role label_role, const char *label,
                enum role role, const char *text) {
    int room = sheet->area.columns - 2 - indent, columns = (int)display_width(label, strlen(label));
    int row = sheet_place(sheet), column = sheet->area.column + 1 + indent;
    if (columns + 2 + (int)display_width(text, strlen(text)) > room) {
        sheet_text(sheet, indent, label_role, label);
        sheet_text(sheet, indent + 2, role, text);
        return;
    }
    draw_text(row, column, columns, label_role, label);
    draw_text(row, column + columns + 2, room - columns - 2, role, text);
    sheet->row++;
}

void sheet_choice(struct sheet *sheet, bool here, enum role role, const char *text) {
    int first = sheet->row;
    if (here) {
        int rows = draw_wrapped_rows(text, strlen(text), sheet->area.columns - 4);
        for (int i = 0; i < rows; i++, sheet->row++)
            draw_fill(sheet_place(sheet), sheet->area.column, sheet->area.columns, ROLE_SELECTED);
        sheet->row = first;
        draw_text(sheet_place(sheet), sheet->area.column + 1, 1, ROLE_SELECTED, ">");
    }
    sheet_text(sheet, 2, here ? ROLE_SELECTED : role, text);
}

void scroll_by(struct scroll *scroll, int rows) {
    int most = scroll->rows > scroll->page ? scroll->rows - scroll->page : 0;
    scroll->from += rows;
    if (scroll->from > most)
        scroll->from = most;
    if (scroll->from < 0)
        scroll->from = 0;
}

bool scroll_fit(struct scroll *scroll, int rows, int page) {
    int before = scroll->from;
    scroll->rows = rows;
    scroll->page = page;
    scroll_by(scroll, 0);
    return scroll->from != before;
}

void scroll_show(struct scroll *scroll, int row, int page) {
    if (row < scroll->from)
        scroll->from = row;
    if (row >= scroll->from + page)
        scroll->from = row - page + 1;
    if (scroll->from < 0)
        scroll->from = 0;
}

bool scroll_act(struct scroll *scroll, enum action action) {
    int by = action == DO_UP          ? -1
             : action == DO_DOWN      ? 1
             : action == DO_PAGE_UP   ? 1 - scroll->page
             : action == DO_PAGE_DOWN ? scroll->page - 1
             : action == DO_FIRST     ? -scroll->rows
             : action == DO_LAST      ? scroll->rows
                                      : 0;
    scroll_by(scroll, by);
    return by != 0;
}
