/* The ticket: texts to type, values to pick, and saving. A field is written when the cursor leaves
 * it, a picked value at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call_screen.h"
#include "field.h"
#include "terminal.h"

#define VALUE_BYTES 1000
#define VALUE_ROWS 3

struct ticket_panel {
    uint32_t at; /* field; from ticket_count on: save, done */
    struct line_editor editor;
    bool changed; /* since the cursor came to the field */
    struct scroll scroll;
};

static const struct scenario *scenario_of(const struct call_screen *call) {
    return call_scenario(call_screen_call(call));
}

static bool after_call(const struct call_screen *call) {
    struct call_view view;
    call_view(call_screen_call(call), &view);
    return view.phase == PHASE_AFTER_CALL;
}

static bool ticket_offered(const struct call_screen *call) {
    return scenario_of(call)->ticket_count > 0;
}

/* ---- fields ---- */

static const struct ticket_field *field_at(const struct call_screen *call, uint32_t at) {
    return at < scenario_of(call)->ticket_count ? &scenario_of(call)->ticket[at] : NULL;
}

static bool takes_text(const struct call_screen *call, uint32_t at) {
    const struct ticket_field *field = field_at(call, at);
    return field && !ticket_values(field);
}

static void load_field(struct call_screen *call, struct ticket_panel *self) {
    const char *text = takes_text(call, self->at) ? seat_ticket_text(call->seat, self->at) : NULL;
    line_editor_set(&self->editor, text ? text : "", text ? strlen(text) : 0);
    self->changed = false;
}

static unsigned write_field(struct call_screen *call, uint32_t field, const char *text,
                            size_t length) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    if (!call_screen_running(call))
        return SCREEN_DRAW;
    enum seat_result result = seat_ticket(call->seat, call_screen_time(call, terminal_now_ms()),
                                          field, text, length, &refusal, &error);
    return call_screen_after(call, result, refusal, &error);
}

static void keep_field(struct call_screen *call, struct ticket_panel *self) {
    if (self->changed && takes_text(call, self->at))
        write_field(call, self->at, buffer_text(&self->editor.text), self->editor.text.length);
    self->changed = false;
}

static unsigned go(struct call_screen *call, struct ticket_panel *self, int by) {
    uint32_t count = scenario_of(call)->ticket_count + 1 + after_call(call);
    keep_field(call, self);
    self->at = field_step(self->at, count, by);
    load_field(call, self);
    return SCREEN_DRAW;
}

static unsigned pick_value(struct call_screen *call, struct ticket_panel *self, int64_t number) {
    const struct ticket_field *field = field_at(call, self->at);
    if (!field || number < 0 || number >= ticket_values(field))
        return SCREEN_DRAW;
    const char *word = ticket_value(field, (uint32_t)number);
    return write_field(call, self->at, word, strlen(word));
}

static unsigned pick_by(struct call_screen *call, struct ticket_panel *self, int by) {
    const struct ticket_field *field = field_at(call, self->at);
    int64_t count = field ? ticket_values(field) : 0;
    int64_t chosen = (int64_t)call_ticket(call_screen_call(call), self->at).value - 1;
    if (!count)
        return SCREEN_DRAW;
    return pick_value(call, self,
                      chosen < 0 ? (by > 0 ? 0 : count - 1) : (chosen + count + by) % count);
}

static unsigned accept(struct call_screen *call, struct ticket_panel *self) {
    if (field_at(call, self->at))
        return go(call, self, 1);
    return call_screen_do(call, self->at == scenario_of(call)->ticket_count ? EVENT_TICKET_SAVED
                                                                            : EVENT_DONE);
}

/* ---- drawing ---- */

static void draw_values(struct call_screen *call, struct sheet *sheet,
                        const struct ticket_field *field, uint32_t chosen, enum language language) {
    for (uint32_t i = 0; i < ticket_values(field); i++) {
        struct buffer line = {0};
        buffer_printf(&line, "%u%s%s", i + 1, i == chosen ? "*" : " ",
                      ticket_value_label(field, i, language));
        sheet_text(sheet, 4, i == chosen ? ROLE_PANEL_STRONG : ROLE_PANEL, buffer_text(&line));
        buffer_free(&line);
    }
}

static void draw_field(struct call_screen *call, struct ticket_panel *self, struct sheet *sheet,
                       uint32_t at, bool here) {
    enum language language = seat_opening(call->seat)->language;
    const struct ticket_field *field = field_at(call, at);
    const char *text = seat_ticket_text(call->seat, at);
    uint32_t chosen = (uint32_t)call_ticket(call_screen_call(call), at).value - 1;
    bool values = ticket_values(field) > 0;
    if (values && chosen < ticket_values(field))
        text = ticket_value_label(field, chosen, language);
    if (!here) {
        sheet_pair(sheet, 2, ROLE_PANEL_DIM, ticket_label(field, language), ROLE_PANEL,
                   text ? text : "--");
        return;
    }
    sheet_choice(sheet, true, ROLE_PANEL_STRONG, ticket_label(field, language));
    if (values)
        draw_values(call, sheet, field, chosen, language);
    else
        field_draw(sheet, 2, &self->editor, VALUE_ROWS, true);
}

static void draw_all(struct call_screen *call, struct ticket_panel *self, struct area area,
                     bool focused) {
    struct sheet sheet = {.area = area, .from = self->scroll.from};
    struct call_view view;
    uint32_t count = scenario_of(call)->ticket_count;
    int here = 0, end = 0;
    call_view(call_screen_call(call), &view);
    for (uint32_t i = 0; i < count; i++) {
        if (i == self->at)
            here = sheet.row;
        draw_field(call, self, &sheet, i, focused && i == self->at);
        if (i == self->at)
            end = sheet.row - 1;
    }
    if (self->at >= count)
        here = end = sheet.row + 1;
    sheet_choice(&sheet, focused && self->at == count, ROLE_PANEL_STRONG,
                 view.ticket_saved_ms < 0 ? _("Save the ticket") : _("Saved; save it again"));
    if (view.phase == PHASE_AFTER_CALL)
        sheet_choice(&sheet, focused && self->at == count + 1, ROLE_PANEL_STRONG,
                     _("Done: end the work after the call"));
    scroll_fit(&self->scroll, sheet.row, area.rows);
    scroll_show(&self->scroll, end, area.rows);
    scroll_show(&self->scroll, here, area.rows);
}

static void ticket_draw(struct call_screen *call, void *state, struct area area, bool focused) {
    struct ticket_panel *self = state;
    int from = self->scroll.from;
    draw_all(call, self, area, focused);
    if (self->scroll.from == from)
        return;
    draw_area(area, ROLE_PANEL);
    draw_all(call, self, area, focused);
}

/* ---- keys ---- */

static const struct keymap *ticket_keys(struct call_screen *call, void *state) {
    const struct ticket_panel *self = state;
    return takes_text(call, self->at) ? &keymap_field : &keymap_pick;
}

static unsigned ticket_act(struct call_screen *call, void *state, enum action action,
                           const struct input *input) {
    struct ticket_panel *self = state;
    switch (action) {
    case DO_UP:
    case DO_DOWN:
        return go(call, self, action == DO_UP ? -1 : 1);
    case DO_ACCEPT:
        return accept(call, self);
    case DO_PICK_VALUE:
        return pick_value(call, self, (int64_t)input->key - '1');
    case DO_NEXT_VALUE:
    case DO_PREVIOUS_VALUE:
        return pick_by(call, self, action == DO_NEXT_VALUE ? 1 : -1);
    default:
        if (!takes_text(call, self->at) || !line_editor_act(&self->editor, action))
            return SCREEN_TEXT;
        self->changed = true;
        return SCREEN_DRAW;
    }
}

static unsigned ticket_key(struct call_screen *call, void *state, const struct input *input) {
    struct ticket_panel *self = state;
    if (takes_text(call, self->at) && line_editor_input(&self->editor, input))
        self->changed = true;
    return SCREEN_DRAW;
}

static void ticket_left(struct call_screen *call, void *state) {
    keep_field(call, state);
}

static void *ticket_open(struct call_screen *call) {
    struct ticket_panel *self = memory_new(sizeof *self);
    line_editor_start(&self->editor, VALUE_BYTES);
    load_field(call, self);
    return self;
}

static void ticket_close(void *state) {
    struct ticket_panel *self = state;
    line_editor_free(&self->editor);
    free(self);
}

const struct panel panel_ticket = {
    .title = N_("Ticket"),
    .action = DO_TICKET,
    .offered = ticket_offered,
    .open = ticket_open,
    .close = ticket_close,
    .left = ticket_left,
    .keys = ticket_keys,
    .draw = ticket_draw,
    .act = ticket_act,
    .key = ticket_key,
};
