/* A line of text being typed: what people see as one character moves and goes as one.
 *
 * The text is UTF-8 of any length up to `most` bytes; on the screen it takes as many rows as it
 * needs. The terminal's own cursor stands where typing happens, so an input method finds its place.
 */
#ifndef ITR_UI_LINE_EDITOR_H
#define ITR_UI_LINE_EDITOR_H

#include "draw.h"
#include "keymap.h"

struct line_edit; /* one step of undo */

struct line_editor {
    struct buffer text;
    size_t cursor;     /* byte offset, on a character boundary */
    size_t most;       /* bytes */
    struct buffer cut; /* what was killed last */
    struct line_edit *undo;
    size_t undo_count, undo_capacity, undo_at; /* states before and after undo_at */
    int typing;     /* kind of the last edit: runs of one kind are one step */
    char **history; /* said before, oldest first */
    size_t history_count, history_capacity, history_at;
    char *unsent; /* the text from before history was looked at */
};

void line_editor_start(struct line_editor *editor, size_t most);
void line_editor_free(struct line_editor *editor);

void line_editor_set(struct line_editor *editor, const char *text, size_t length);
void line_editor_clear(struct line_editor *editor); /* after sending: remembers the text */

/* Does what an action of keymap_editor says; false when it is none of them. */
bool line_editor_act(struct line_editor *editor, enum action action);

/* Types a character, pastes a text (line breaks and tabs become spaces); false for another input.
 */
bool line_editor_input(struct line_editor *editor, const struct input *input);

/* Draws the text into the area, scrolled so that the cursor shows, and puts the cursor there. */
void line_editor_draw(const struct line_editor *editor, struct area area, enum role role);
int line_editor_rows(const struct line_editor *editor, int columns);

#endif
