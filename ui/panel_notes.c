/* The trainee's own notes, and what should be kept in the knowledge base for the next one. */
#include <stdlib.h>
#include <string.h>

#include "call_screen.h"
#include "field.h"
#include "terminal.h"

#define NOTE_BYTES 2000
#define NOTE_ROWS 4

struct notes_panel {
    struct line_editor editor;
    bool proposing; /* what is typed is meant for the knowledge base */
    struct scroll scroll;
};

static void *notes_open(struct call_screen *call) {
    struct notes_panel *self = memory_new(sizeof *self);
    line_editor_start(&self->editor, NOTE_BYTES);
    return self;
}

static void notes_close(void *state) {
    struct notes_panel *self = state;
    line_editor_free(&self->editor);
    free(self);
}

static bool can_propose(const struct call_screen *call) {
    const struct scenario *scenario = call_scenario(call_screen_call(call));
    return scenario->article_count > 0 || scenario->proposal_count > 0;
}

static unsigned keep(struct call_screen *call, struct notes_panel *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    int64_t now = call_screen_time(call, terminal_now_ms());
    if (!self->editor.text.length || !call_screen_running(call))
        return SCREEN_DRAW;
    enum seat_result result = (self->proposing ? seat_propose : seat_note)(
        call->seat, now, buffer_text(&self->editor.text), self->editor.text.length, &refusal,
        &error);
    if (result == SEAT_DONE)
        line_editor_clear(&self->editor);
    return call_screen_after(call, result, refusal, &error);
}

static void notes_draw(struct call_screen *call, void *state, struct area area, bool focused) {
    struct notes_panel *self = state;
    struct sheet sheet = {.area = area, .from = self->scroll.from};
    sheet_text(&sheet, 0, ROLE_PANEL_STRONG,
               self->proposing ? _("For the knowledge base, TITLE: TEXT") : _("A note"));
    field_draw(&sheet, 0, &self->editor, NOTE_ROWS, focused);
    if (can_propose(call))
        sheet_text(&sheet, 0, ROLE_PANEL_DIM,
                   self->proposing ? _("Tab: a note instead") : _("Tab: for the knowledge base"));
    sheet.row++;
    for (size_t i = call->conversation.count; i-- > 0;) {
        const struct turn *turn = &call->conversation.turns[i];
        if (turn->by == SAID_OWN_NOTE)
            sheet_bytes(&sheet, 0, ROLE_PANEL, turn->text, turn->length, NULL);
    }
    scroll_fit(&self->scroll, sheet.row, area.rows);
}

static const struct keymap *notes_keys(struct call_screen *call, void *state) {
    return &keymap_field;
}

static unsigned notes_act(struct call_screen *call, void *state, enum action action,
                          const struct input *input) {
    struct notes_panel *self = state;
    switch (action) {
    case DO_ACCEPT:
        return keep(call, self);
    case DO_UP:
    case DO_DOWN:
        if (input->key == K_TAB || input->key == K_BACKTAB)
            self->proposing = can_propose(call) && !self->proposing;
        else
            scroll_act(&self->scroll, action);
        return SCREEN_DRAW;
    default:
        return line_editor_act(&self->editor, action) ? SCREEN_DRAW : SCREEN_TEXT;
    }
}

static unsigned notes_key(struct call_screen *call, void *state, const struct input *input) {
    struct notes_panel *self = state;
    line_editor_input(&self->editor, input);
    return SCREEN_DRAW;
}

const struct panel panel_notes = {
    .title = N_("Notes"),
    .action = DO_NOTES,
    .open = notes_open,
    .close = notes_close,
    .keys = notes_keys,
    .draw = notes_draw,
    .act = notes_act,
    .key = notes_key,
};
