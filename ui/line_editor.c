#include "line_editor.h"

#include <stdlib.h>
#include <string.h>

#define UNDO_MOST 200
#define HISTORY_MOST 100

struct line_edit {
    char *text;
    size_t length, cursor;
};

enum { EDIT_NONE, EDIT_TYPE, EDIT_DELETE, EDIT_OTHER };

void line_editor_start(struct line_editor *editor, size_t most) {
    *editor = (struct line_editor){.most = most};
}

static void forget_steps(struct line_editor *editor, size_t from) {
    while (editor->undo_count > from)
        free(editor->undo[--editor->undo_count].text);
}

void line_editor_free(struct line_editor *editor) {
    forget_steps(editor, 0);
    for (size_t i = 0; i < editor->history_count; i++)
        free(editor->history[i]);
    free(editor->history);
    free(editor->undo);
    free(editor->unsent);
    buffer_free(&editor->text);
    buffer_free(&editor->cut);
    line_editor_start(editor, editor->most);
}

/* ---- undo: the states of the text, oldest first; undo_at is where we are ---- */

static void remember_state(struct line_editor *editor) {
    if (editor->undo_count == UNDO_MOST) {
        free(editor->undo[0].text);
        memmove(editor->undo, editor->undo + 1, --editor->undo_count * sizeof *editor->undo);
    }
    editor->undo = memory_reserve(editor->undo, &editor->undo_capacity, editor->undo_count + 1,
                                  sizeof *editor->undo);
    editor->undo[editor->undo_count++] =
        (struct line_edit){.text = memory_text_of(buffer_text(&editor->text), editor->text.length),
                           .length = editor->text.length,
                           .cursor = editor->cursor};
}

/* Called before each change of the text. */
static void step(struct line_editor *editor, int kind) {
    if (kind == editor->typing && kind != EDIT_OTHER)
        return;
    forget_steps(editor, editor->undo_at);
    remember_state(editor);
    editor->undo_at = editor->undo_count;
    editor->typing = kind;
}

static void restore(struct line_editor *editor, const struct line_edit *state) {
    buffer_clear(&editor->text);
    buffer_add(&editor->text, state->text, state->length);
    editor->cursor = state->cursor;
    editor->typing = EDIT_NONE;
}

static void undo(struct line_editor *editor) {
    if (!editor->undo_at)
        return;
    if (editor->undo_at == editor->undo_count) {
        remember_state(editor); /* so that redo can come back here */
        editor->undo_at = editor->undo_count - 1;
    }
    restore(editor, &editor->undo[--editor->undo_at]);
}

static void redo(struct line_editor *editor) {
    if (editor->undo_at + 1 >= editor->undo_count)
        return;
    restore(editor, &editor->undo[++editor->undo_at]);
    if (editor->undo_at + 1 == editor->undo_count)
        forget_steps(editor, editor->undo_at); /* the newest state is the text itself */
}

/* ---- changes ---- */

static void splice(struct line_editor *editor, size_t from, size_t to, const char *bytes,
                   size_t length) {
    struct buffer *text = &editor->text;
    size_t tail = text->length - to;
    char *rest = memory_text_of(buffer_text(text) + to, tail);
    if (text->bytes) {
        text->length = from;
        text->bytes[from] = 0;
    }
    buffer_add(text, bytes, length);
    buffer_add(text, rest, tail);
    free(rest);
    editor->cursor = from + length;
}

static void insert(struct line_editor *editor, const char *bytes, size_t length, int kind) {
    if (!length || editor->text.length + length > editor->most)
        return;
    step(editor, kind);
    splice(editor, editor->cursor, editor->cursor, bytes, length);
}

static void erase_range(struct line_editor *editor, size_t from, size_t to, bool keep, int kind) {
    if (from >= to)
        return;
    step(editor, kind);
    if (keep) {
        buffer_clear(&editor->cut);
        buffer_add(&editor->cut, editor->text.bytes + from, to - from);
    }
    splice(editor, from, to, "", 0);
}

void line_editor_set(struct line_editor *editor, const char *text, size_t length) {
    step(editor, EDIT_OTHER);
    splice(editor, 0, editor->text.length, text, length < editor->most ? length : editor->most);
}

void line_editor_clear(struct line_editor *editor) {
    if (editor->text.length) {
        if (editor->history_count == HISTORY_MOST) {
            free(editor->history[0]);
            memmove(editor->history, editor->history + 1,
                    --editor->history_count * sizeof *editor->history);
        }
        editor->history = memory_reserve(editor->history, &editor->history_capacity,
                                         editor->history_count + 1, sizeof *editor->history);
        editor->history[editor->history_count++] =
            memory_text_of(editor->text.bytes, editor->text.length);
    }
    editor->history_at = editor->history_count;
    buffer_clear(&editor->text);
    editor->cursor = 0;
    forget_steps(editor, 0);
    editor->undo_at = 0;
    editor->typing = EDIT_NONE;
}

/* ---- moving ---- */

static size_t left_of(const struct line_editor *editor, size_t at) {
    return utf8_previous_grapheme(buffer_text(&editor->text), editor->text.length, at);
}

static size_t right_of(const struct line_editor *editor, size_t at) {
    return utf8_next_grapheme(buffer_text(&editor->text), editor->text.length, at);
}

/* Kinds of characters for word moves: a run of one kind is a word, Han characters included. */
static int kind_at(const struct line_editor *editor, size_t at) {
    uint32_t c;
    utf8_decode(buffer_text(&editor->text) + at, editor->text.length - at, &c);
    if (c == ' ' || c == 0x3000)
        return 0;
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ? 2 : 1;
    if ((c >= 0x2000 && c < 0x2070) || (c >= 0x3001 && c < 0x3040) || (c >= 0xff00 && c < 0xff10) ||
        (c >= 0xff1a && c < 0xff21))
        return 1;
    return c >= 0x2e80 ? 3 : 2;
}

static size_t word_left(const struct line_editor *editor) {
    size_t at = editor->cursor;
    while (at > 0 && kind_at(editor, left_of(editor, at)) == 0)
        at = left_of(editor, at);
    if (!at)
        return 0;
    int kind = kind_at(editor, left_of(editor, at));
    while (at > 0 && kind_at(editor, left_of(editor, at)) == kind)
        at = left_of(editor, at);
    return at;
}

static size_t word_right(const struct line_editor *editor) {
    size_t at = editor->cursor, end = editor->text.length;
    if (at == end)
        return at;
    int kind = kind_at(editor, at);
    while (at < end && kind_at(editor, at) == kind)
        at = right_of(editor, at);
    while (at < end && kind_at(editor, at) == 0)
        at = right_of(editor, at);
    return at;
}

static void move_to(struct line_editor *editor, size_t at) {
    editor->cursor = at;
    editor->typing = EDIT_NONE;
}

/* ---- what was said before ---- */

static void show_history(struct line_editor *editor, size_t at) {
    if (editor->history_at == editor->history_count) {
        free(editor->unsent);
        editor->unsent = memory_text_of(buffer_text(&editor->text), editor->text.length);
    }
    editor->history_at = at;
    const char *text = at == editor->history_count ? editor->unsent : editor->history[at];
    line_editor_set(editor, text ? text : "", text ? strlen(text) : 0);
}

static void older(struct line_editor *editor) {
    if (editor->history_at > editor->history_count)
        editor->history_at = editor->history_count;
    if (editor->history_at > 0)
        show_history(editor, editor->history_at - 1);
}

static void newer(struct line_editor *editor) {
    if (editor->history_at < editor->history_count)
        show_history(editor, editor->history_at + 1);
}

/* ---- actions and input ---- */

static bool move_by(struct line_editor *editor, enum action action) {
    switch (action) {
    case DO_CHAR_LEFT:
        move_to(editor, left_of(editor, editor->cursor));
        return true;
    case DO_CHAR_RIGHT:
        move_to(editor, right_of(editor, editor->cursor));
        return true;
    case DO_WORD_LEFT:
        move_to(editor, word_left(editor));
        return true;
    case DO_WORD_RIGHT:
        move_to(editor, word_right(editor));
        return true;
    case DO_LINE_START:
        move_to(editor, 0);
        return true;
    case DO_LINE_END:
        move_to(editor, editor->text.length);
        return true;
    default:
        return false;
    }
}

static bool delete_by(struct line_editor *editor, enum action action) {
    size_t at = editor->cursor;
    switch (action) {
    case DO_DELETE_LEFT:
        erase_range(editor, left_of(editor, at), at, false, EDIT_DELETE);
        return true;
    case DO_DELETE_RIGHT:
        erase_range(editor, at, right_of(editor, at), false, EDIT_DELETE);
        editor->cursor = at;
        return true;
    case DO_DELETE_WORD:
        erase_range(editor, word_left(editor), at, true, EDIT_OTHER);
        return true;
    case DO_KILL_END:
        erase_range(editor, at, editor->text.length, true, EDIT_OTHER);
        return true;
    case DO_KILL_START:
        erase_range(editor, 0, at, true, EDIT_OTHER);
        return true;
    default:
        return false;
    }
}

bool line_editor_act(struct line_editor *editor, enum action action) {
    if (move_by(editor, action) || delete_by(editor, action))
        return true;
    switch (action) {
    case DO_YANK:
        insert(editor, buffer_text(&editor->cut), editor->cut.length, EDIT_OTHER);
        return true;
    case DO_UNDO:
        undo(editor);
        return true;
    case DO_REDO:
        redo(editor);
        return true;
    case DO_OLDER:
        older(editor);
        return true;
    case DO_NEWER:
        newer(editor);
        return true;
    default:
        return false;
    }
}

/* Pasted bytes as a line: decoded strictly, breaks and tabs become one space, controls go. */
static void paste(struct line_editor *editor, const char *bytes, size_t length) {
    struct buffer line = {0};
    for (size_t at = 0; at < length;) {
        uint32_t c;
        at += utf8_decode(bytes + at, length - at, &c);
        if (c == '\r' && at < length && bytes[at] == '\n')
            continue;
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' ';
        if (c == UTF8_BAD)
            c = 0xfffd;
        if (c >= ' ' && c != 0x7f && line.length + 4 <= editor->most - editor->text.length)
            buffer_add_codepoint(&line, c);
    }
    insert(editor, buffer_text(&line), line.length, EDIT_OTHER);
    buffer_free(&line);
}

bool line_editor_input(struct line_editor *editor, const struct input *input) {
    char bytes[4];
    if (input->kind == INPUT_PASTE) {
        paste(editor, input->text, input->length);
        return true;
    }
    if (input->kind != INPUT_KEY || input->key < ' ' || input->key >= K_FIRST)
        return false;
    insert(editor, bytes, utf8_encode(input->key, bytes), EDIT_TYPE);
    return true;
}

/* ---- drawing ---- */

/* The place of the cursor in the text broken into lines of `columns`; returns the line count. */
static int place_cursor(const struct line_editor *editor, int columns, int *row, int *column) {
    const char *bytes = buffer_text(&editor->text);
    size_t length = editor->text.length, from = 0, next = 0;
    int line = 0;
    *row = *column = 0;
    do {
        size_t to = display_break(bytes, length, from, (size_t)columns, &next);
        if (editor->cursor >= from && (editor->cursor < next || next >= length)) {
            size_t end = editor->cursor < to ? editor->cursor : to;
            *row = line;
            *column = (int)display_width(bytes + from, end - from) + (int)(editor->cursor - end);
        }
        line++;
        if (next <= from)
            break;
        from = next;
    } while (from < length);
    if (*column >= columns) { /* behind the last character of a full line */
        *column = 0;
        if (++*row == line)
            line++;
    }
    return line;
}

int line_editor_rows(const struct line_editor *editor, int columns) {
    int row, column;
    return place_cursor(editor, columns < 2 ? 2 : columns, &row, &column);
}

void line_editor_draw(const struct line_editor *editor, struct area area, enum role role) {
    int row, column;
    if (area.columns < 2 || area.rows < 1)
        return;
    place_cursor(editor, area.columns, &row, &column);
    int skip = row >= area.rows ? row - area.rows + 1 : 0;
    draw_area(area, role);
    draw_wrapped(area, skip, role, buffer_text(&editor->text), editor->text.length, NULL);
    draw_cursor(area.row + row - skip, area.column + column);
}
