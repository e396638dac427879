/* What can be done at the desk, the policy that goes with it, and the account it changes. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "call_screen.h"
#include "field.h"
#include "report/report.h"
#include "terminal.h"

#define FIELD_BYTES 100

/* What is being typed before an action can be done. */
enum asking { ASKING_NOTHING, ASKING_AMOUNT, ASKING_TARGET };

struct actions_panel {
    uint32_t offered[ACTIONS_MOST], count, selected;
    enum asking asking;
    uint32_t action; /* that is asked about */
    int64_t amount;
    struct line_editor editor;
    struct scroll scroll;
};

static const struct scenario *scenario_of(const struct call_screen *call) {
    return call_scenario(call_screen_call(call));
}

static bool actions_offered(const struct call_screen *call) {
    return scenario_of(call)->action_count > 0;
}

static void *actions_open(struct call_screen *call) {
    struct actions_panel *self = memory_new(sizeof *self);
    line_editor_start(&self->editor, FIELD_BYTES);
    return self;
}

static void actions_close(void *state) {
    struct actions_panel *self = state;
    line_editor_free(&self->editor);
    free(self);
}

/* What is offered changes with the call: read anew for each frame and each key. */
static void read_actions(struct call_screen *call, struct actions_panel *self) {
    self->count = call_actions(call_screen_call(call), self->offered, ACTIONS_MOST);
    if (self->selected >= self->count)
        self->selected = 0;
}

/* ---- doing ---- */

static unsigned act(struct call_screen *call, struct actions_panel *self, const char *target) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    self->asking = ASKING_NOTHING;
    if (!call_screen_running(call))
        return SCREEN_DRAW;
    enum seat_result result =
        seat_act(call->seat, call_screen_time(call, terminal_now_ms()), self->action, self->amount,
                 target, target ? strlen(target) : 0, &refusal, &error);
    return call_screen_after(call, result, refusal, &error);
}

static unsigned ask(struct actions_panel *self, enum asking what) {
    self->asking = what;
    line_editor_set(&self->editor, "", 0);
    return SCREEN_DRAW;
}

static unsigned ask_target_or_act(struct call_screen *call, struct actions_panel *self) {
    if (scenario_of(call)->actions[self->action].on != ACTION_ON_NOTHING)
        return ask(self, ASKING_TARGET);
    return act(call, self, NULL);
}

static unsigned choose(struct call_screen *call, struct actions_panel *self, uint32_t index) {
    if (index >= self->count)
        return SCREEN_DRAW;
    self->selected = index;
    self->action = self->offered[index];
    self->amount = 0;
    if (scenario_of(call)->actions[self->action].takes_amount)
        return ask(self, ASKING_AMOUNT);
    return ask_target_or_act(call, self);
}

static unsigned take_amount(struct call_screen *call, struct actions_panel *self) {
    char *end;
    const char *text = buffer_text(&self->editor.text);
    errno = 0;
    self->amount = strtoll(text, &end, 10);
    if (end == text || *end || errno) {
        app_say(call->app, true, "%s", _("An amount is a whole number."));
        return SCREEN_DRAW;
    }
    return ask_target_or_act(call, self);
}

/* ---- drawing ---- */

static void draw_account(struct call_screen *call, struct sheet *sheet, enum language language) {
    const struct scenario *scenario = scenario_of(call);
    for (uint32_t i = 0; i < scenario->account_count; i++) {
        struct buffer value = {0};
        report_account_value(&value, call_screen_call(call), scenario->account[i].variable,
                             call_account(call_screen_call(call), i));
        sheet_pair(sheet, 0, ROLE_PANEL_DIM, text_in(&scenario->account[i].label, language),
                   ROLE_PANEL_STRONG, buffer_text(&value));
        buffer_free(&value);
    }
    if (scenario->account_count)
        sheet->row++;
}

static void draw_field(struct actions_panel *self, struct sheet *sheet,
                       const struct desk_action *action) {
    struct buffer label = {0};
    if (self->asking == ASKING_AMOUNT)
        buffer_printf(&label, _("Amount, %d to %d:"), action->least, action->most);
    else
        buffer_add_text(&label, _("For which number (order, device, account)?"));
    sheet_text(sheet, 4, ROLE_PANEL_DIM, buffer_text(&label));
    field_draw(sheet, 4, &self->editor, 1, true);
    buffer_free(&label);
}

static void draw_action(struct call_screen *call, struct actions_panel *self, struct sheet *sheet,
                        uint32_t index, bool here, enum language language) {
    const struct desk_action *action = &scenario_of(call)->actions[self->offered[index]];
    uint32_t done = call_action_done(call_screen_call(call), self->offered[index]);
    struct buffer line = {0};
    buffer_printf(&line, "%u %s", index + 1, text_in(&action->label, language));
    if (action->takes_amount)
        buffer_printf(&line, " (%d-%d)", action->least, action->most);
    if (done)
        buffer_printf(&line, _(" - done: %u"), done);
    sheet_choice(sheet, here, ROLE_PANEL, buffer_text(&line));
    if (*text_in(&action->limit, language))
        sheet_text(sheet, 4, ROLE_PANEL_DIM, text_in(&action->limit, language));
    if (self->asking && self->offered[index] == self->action)
        draw_field(self, sheet, action);
    buffer_free(&line);
}

static void actions_draw(struct call_screen *call, void *state, struct area area, bool focused) {
    struct actions_panel *self = state;
    struct sheet sheet = {.area = area, .from = self->scroll.from};
    enum language language = seat_opening(call->seat)->language;
    int here = 0, end = 0;
    read_actions(call, self);
    draw_account(call, &sheet, language);
    if (!self->count)
        sheet_text(&sheet, 0, ROLE_PANEL_DIM, _("Nothing can be done at the desk now."));
    for (uint32_t i = 0; i < self->count; i++) {
        bool at = i == self->selected;
        here = at ? sheet.row : here;
        draw_action(call, self, &sheet, i, focused && at, language);
        end = at ? sheet.row - 1 : end;
    }
    scroll_fit(&self->scroll, sheet.row, area.rows);
    scroll_show(&self->scroll, end, area.rows);
    scroll_show(&self->scroll, self->selected ? here : 0, area.rows);
}

/* ---- keys ---- */

static const struct keymap *actions_keys(struct call_screen *call, void *state) {
    const struct actions_panel *self = state;
    return self->asking ? &keymap_field : &keymap_pick;
}

static unsigned act_on_field(struct call_screen *call, struct actions_panel *self,
                             enum action action) {
    switch (action) {
    case DO_LEAVE:
        self->asking = ASKING_NOTHING;
        return SCREEN_DRAW;
    case DO_ACCEPT:
        return self->asking == ASKING_AMOUNT   ? take_amount(call, self)
               : self->editor.text.length == 0 ? SCREEN_DRAW
                                               : act(call, self, buffer_text(&self->editor.text));
    default:
        return line_editor_act(&self->editor, action) ? SCREEN_DRAW : SCREEN_TEXT;
    }
}

static unsigned actions_act(struct call_screen *call, void *state, enum action action,
                            const struct input *input) {
    struct actions_panel *self = state;
    read_actions(call, self);
    if (self->asking)
        return act_on_field(call, self, action);
    switch (action) {
    case DO_UP:
    case DO_DOWN:
        self->selected = field_step(self->selected, self->count, action == DO_UP ? -1 : 1);
        return SCREEN_DRAW;
    case DO_PICK_VALUE:
        return choose(call, self, input->key - '1');
    case DO_ACCEPT:
        return choose(call, self, self->selected);
    default:
        return SCREEN_TEXT;
    }
}

static unsigned actions_key(struct call_screen *call, void *state, const struct input *input) {
    struct actions_panel *self = state;
    if (self->asking)
        line_editor_input(&self->editor, input);
    return SCREEN_DRAW;
}

const struct panel panel_actions = {
    .title = N_("Actions"),
    .action = DO_ACTIONS,
    .offered = actions_offered,
    .open = actions_open,
    .close = actions_close,
    .keys = actions_keys,
    .draw = actions_draw,
    .act = actions_act,
    .key = actions_key,
};
