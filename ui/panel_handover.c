/* Handing the call on to the second line, with a note and after a question. */
#include <stdlib.h>
#include <string.h>

#include "call_screen.h"
#include "field.h"
#include "terminal.h"

#define NOTE_BYTES 2000
#define NOTE_ROWS 6

struct handover_panel {
    struct line_editor editor;
};

static bool handover_offered(const struct call_screen *call) {
    return call_scenario(call_screen_call(call))->second_line.need_count > 0;
}

static void *handover_open(struct call_screen *call) {
    struct handover_panel *self = memory_new(sizeof *self);
    line_editor_start(&self->editor, NOTE_BYTES);
    return self;
}

static void handover_close(void *state) {
    struct handover_panel *self = state;
    line_editor_free(&self->editor);
    free(self);
}

static unsigned hand_over(struct call_screen *call) {
    struct handover_panel *self = call->dock.states[PANEL_HANDOVER];
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    if (!call_screen_running(call))
        return SCREEN_DRAW;
    enum seat_result result =
        seat_hand_over(call->seat, call_screen_time(call, terminal_now_ms()),
                       buffer_text(&self->editor.text), self->editor.text.length, &refusal, &error);
    if (result == SEAT_DONE) {
        line_editor_clear(&self->editor);
        dock_unfocus(call);
    }
    return call_screen_after(call, result, refusal, &error);
}

static unsigned ask(struct call_screen *call, struct handover_panel *self) {
    buffer_clear(&call->question.text);
    if (self->editor.text.length)
        buffer_printf(&call->question.text, _("Hand the call on with this note?\n\"%s\""),
                      buffer_text(&self->editor.text));
    else
        buffer_add_text(&call->question.text,
                        _("Hand the call on without a note? The customer will have to tell "
                          "everything again."));
    return call_screen_ask(call, hand_over);
}

static void handover_draw(struct call_screen *call, void *state, struct area area, bool focused) {
    struct handover_panel *self = state;
    struct sheet sheet = {.area = area};
    struct call_desk desk;
    call_desk(call_screen_call(call), &desk);
    if (!desk.can_hand_over) {
        sheet_text(&sheet, 0, ROLE_PANEL_DIM, _("The call can't be handed on now."));
        return;
    }
    sheet_text(&sheet, 0, ROLE_PANEL_STRONG, _("What the second line must know"));
    field_draw(&sheet, 0, &self->editor, NOTE_ROWS, focused);
    sheet_text(&sheet, 0, ROLE_PANEL_DIM,
               _("They ask the customer again for what is missing here. Enter hands on."));
}

static const struct keymap *handover_keys(struct call_screen *call, void *state) {
    return &keymap_field;
}

static unsigned handover_act(struct call_screen *call, void *state, enum action action,
                             const struct input *input) {
    struct handover_panel *self = state;
    struct call_desk desk;
    call_desk(call_screen_call(call), &desk);
    if (action == DO_ACCEPT)
        return desk.can_hand_over ? ask(call, self) : SCREEN_DRAW;
    return line_editor_act(&self->editor, action) ? SCREEN_DRAW : SCREEN_TEXT;
}

static unsigned handover_key(struct call_screen *call, void *state, const struct input *input) {
    struct handover_panel *self = state;
    line_editor_input(&self->editor, input);
    return SCREEN_DRAW;
}

const struct panel panel_handover = {
    .title = N_("Handover"),
    .action = DO_HANDOVER,
    .offered = handover_offered,
    .open = handover_open,
    .close = handover_close,
    .keys = handover_keys,
    .draw = handover_draw,
    .act = handover_act,
    .key = handover_key,
};
