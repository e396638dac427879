#include "draw.h"

#include <ncurses.h>
#include <string.h>

#include "terminal.h"

static struct {
    bool visible;
    int row, column;
} cursor;

int draw_rows(void) {
    return LINES;
}

int draw_columns(void) {
    return COLS;
}

void draw_start(void) {
    erase();
    cursor.visible = false;
}

void draw_cursor(int row, int column) {
    cursor.visible = true;
    cursor.row = row;
    cursor.column = column;
}

void draw_no_cursor(void) {
    cursor.visible = false;
}

void draw_finish(void) {
    static int shown = -1;
    if (shown != cursor.visible)
        curs_set(cursor.visible);
    shown = cursor.visible;
    if (cursor.visible)
        move(cursor.row < LINES ? cursor.row : LINES - 1,
             cursor.column < COLS ? cursor.column : COLS - 1);
    else
        move(LINES - 1, 0);
    wnoutrefresh(stdscr);
    doupdate();
    terminal_send();
}

/* ---- cells ---- */

/* One line at a time is put together here and handed to ncurses at once. */
static cchar_t row_cells[TERMINAL_COLUMNS_MOST];

static bool make_cell(cchar_t *cell, enum role role, const uint32_t *codepoints, size_t count) {
    wchar_t wide[CCHARW_MAX + 1] = {0};
    for (size_t i = 0; i < count && i < CCHARW_MAX; i++)
        wide[i] = (wchar_t)codepoints[i];
    return setcchar(cell, wide, theme_attributes(role), theme_pair(role), NULL) == OK;
}

static void put_run(int row, int column, int width, enum role role, uint32_t codepoint) {
    if (width <= 0 || !make_cell(row_cells, role, &codepoint, 1))
        return;
    for (int i = 1; i < width; i++)
        row_cells[i] = row_cells[0];
    mvadd_wchnstr(row, column, row_cells, width);
}

/* The columns of a line that may be drawn on: up to the right edge. Rows outside have none. */
static int room_at(int row, int column, int width) {
    if (row < 0 || row >= LINES || column < 0 || column >= COLS)
        return 0;
    return width > COLS - column ? COLS - column : width;
}

void draw_fill(int row, int column, int width, enum role role) {
    put_run(row, column, room_at(row, column, width), role, ' ');
}

void draw_area(struct area area, enum role role) {
    for (int i = 0; i < area.rows; i++)
        draw_fill(area.row + i, area.column, area.columns, role);
}

static enum role role_at(size_t offset, enum role role, const struct draw_marks *marks) {
    for (size_t i = 0; marks && i < marks->count; i++)
        if (offset >= marks->spans[i].from && offset < marks->spans[i].to)
            return marks->roles ? marks->roles[i] : marks->role;
    return role;
}

/* Draws glyphs until `width` is full. `base` is the offset of `bytes` in the text of the marks. */
static int draw_glyphs(int row, int column, int width, enum role role, const char *bytes,
                       size_t length, size_t base, const struct draw_marks *marks) {
    struct display display;
    struct glyph glyph;
    int used = 0, cells = 0;
    display_start(&display, bytes, length);
    while (display_next(&display, &glyph)) {
        if (glyph.newline)
            continue;
        if (used + glyph.width > width ||
            (marks && marks->hidden && base + glyph.offset >= marks->hidden))
            break;
        if (make_cell(&row_cells[cells],
                      glyph.escaped ? ROLE_MARK : role_at(base + glyph.offset, role, marks),
                      glyph.codepoints, glyph.count)) {
            cells++;
            used += glyph.width;
        }
    }
    if (cells)
        mvadd_wchnstr(row, column, row_cells, cells);
    return used;
}

int draw_bytes(int row, int column, int width, enum role role, const char *bytes, size_t length) {
    width = room_at(row, column, width);
    if (width <= 0)
        return 0;
    if (display_width(bytes, length) <= (size_t)width)
        return draw_glyphs(row, column, width, role, bytes, length, 0, NULL);
    if (width <= 2)
        return draw_glyphs(row, column, width, role, "..", 2, 0, NULL);
    int used = draw_glyphs(row, column, width - 2, role, bytes, length, 0, NULL);
    return used + draw_glyphs(row, column + used, 2, role, "..", 2, 0, NULL);
}

int draw_text(int row, int column, int width, enum role role, const char *text) {
    return draw_bytes(row, column, width, role, text, strlen(text));
}

int draw_right(int row, int column, int width, enum role role, const char *text) {
    int wanted = (int)display_width(text, strlen(text));
    if (wanted > width)
        wanted = width;
    draw_text(row, column + width - wanted, wanted, role, text);
    return wanted;
}

void draw_meter(int row, int column, int width, enum role filled, int64_t value, int64_t most) {
    width = room_at(row, column, width);
    if (value < 0)
        value = 0;
    int blocks = most > 0 ? (int)((value * width + most / 2) / most) : 0;
    if (blocks > width)
        blocks = width;
    put_run(row, column, blocks, filled, '#');
    put_run(row, column + blocks, width - blocks, ROLE_METER_REST, '.');
}

/* ---- wrapped text ---- */

int draw_wrapped(struct area area, int skip, enum role role, const char *bytes, size_t length,
                 const struct draw_marks *marks) {
    size_t from = 0, next = 0;
    int line = 0;
    do {
        size_t to =
            display_break(bytes, length, from, area.columns < 2 ? 2 : (size_t)area.columns, &next);
        int row = line - skip;
        if (row >= 0 && row < area.rows) {
            int width = room_at(area.row + row, area.column, area.columns);
            draw_glyphs(area.row + row, area.column, width, role, bytes + from, to - from, from,
                        marks);
        }
        line++;
        if (next <= from)
            break;
        from = next;
    } while (from < length);
    return line;
}

int draw_wrapped_rows(const char *bytes, size_t length, int columns) {
    return draw_wrapped((struct area){.columns = columns}, 0, ROLE_TEXT, bytes, length, NULL);
}
