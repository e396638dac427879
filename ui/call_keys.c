/* Which key does what in a call: the reply's own keys, or those of the panel in focus, and behind
 * them the keys that work whatever has the focus. */
#include "call_screen.h"
#include "terminal.h"

/* ---- keys ---- */

/* In force whenever a call runs, whatever has the focus. */
static const struct binding call_bindings[] = {
    {.key = K_F1 + 2, .action = DO_GUIDE},      {.key = K_CTRL | 'g', .action = DO_GUIDE},
    {.key = K_F1 + 3, .action = DO_KNOWLEDGE},  {.key = K_ALT | 'k', .action = DO_KNOWLEDGE},
    {.key = K_F1 + 4, .action = DO_HOLD},       {.key = K_CTRL | 'o', .action = DO_HOLD},
    {.key = K_F1 + 5, .action = DO_TICKET},     {.key = K_ALT | 't', .action = DO_TICKET},
    {.key = K_F1 + 6, .action = DO_ACTIONS},    {.key = K_ALT | 'a', .action = DO_ACTIONS},
    {.key = K_F1 + 7, .action = DO_HANG_UP},    {.key = K_ALT | 'x', .action = DO_HANG_UP},
    {.key = K_F1 + 8, .action = DO_NOTES},      {.key = K_ALT | 'n', .action = DO_NOTES},
    {.key = K_F1 + 9, .action = DO_PAUSE_CALL}, {.key = K_CTRL | 'x', .action = DO_PAUSE_CALL},
    {.key = K_F1 + 10, .action = DO_CLOCKS},    {.key = K_ALT | 'c', .action = DO_CLOCKS},
    {.key = K_F1 + 11, .action = DO_HANDOVER},  {.key = K_ALT | 'p', .action = DO_HANDOVER},
    {.key = K_ALT | 'm', .action = DO_MOOD},    {.key = K_ALT | 'l', .action = DO_LATER},
    {.key = K_ALT | 'i', .action = DO_HINT},    {.key = K_ALT | 'z', .action = DO_TAKE_BACK},
    {.key = K_ALT | 's', .action = DO_SURE},    {.key = K_ALT | 'd', .action = DO_DONE},
};

static const struct binding list_bindings[] = {
    {.key = '1', .last = '9', .action = DO_PICK},
    {.key = K_UP, .action = DO_UP},
    {.key = K_DOWN, .action = DO_DOWN},
    {.key = K_ENTER, .action = DO_GIVE},
    {.key = '?', .action = DO_HELP},
    {.key = K_TAB, .action = DO_TYPE},
    {.key = K_PAGE_UP, .action = DO_SCROLL_UP},
    {.key = K_PAGE_DOWN, .action = DO_SCROLL_DOWN},
};
static const enum action list_footer[] = {DO_PICK,       DO_TYPE, DO_HOLD,      DO_HANG_UP,
                                          DO_PAUSE_CALL, DO_HINT, DO_TAKE_BACK, DO_LATER,
                                          DO_SURE,       DO_NONE};
static const struct keymap keymap_choosing = {
    .title = N_("In a call: choosing a reply"),
    .parent = &keymap_global,
    .bindings = list_bindings,
    .count = sizeof list_bindings / sizeof *list_bindings,
    .footer = list_footer,
};

static const struct binding typing_bindings[] = {
    {.key = K_ENTER, .action = DO_SEND},
    {.key = K_TAB, .action = DO_TYPE},
    {.key = K_PAGE_UP, .action = DO_SCROLL_UP},
    {.key = K_PAGE_DOWN, .action = DO_SCROLL_DOWN},
};
static const enum action typing_footer[] = {DO_SEND,       DO_TYPE, DO_HOLD,      DO_HANG_UP,
                                            DO_PAUSE_CALL, DO_HINT, DO_TAKE_BACK, DO_LATER,
                                            DO_SURE,       DO_NONE};
static const struct keymap keymap_typing = {
    .title = N_("In a call: typing a reply"),
    .parent = &keymap_editor,
    .bindings = typing_bindings,
    .count = sizeof typing_bindings / sizeof *typing_bindings,
    .footer = typing_footer,
    .typing = true,
};

static const struct binding after_bindings[] = {
    {.key = K_ENTER, .action = DO_DONE},
    {.key = K_ALT | 'd', .action = DO_DONE},
    {.key = '?', .action = DO_HELP},
    {.key = K_PAGE_UP, .action = DO_SCROLL_UP},
    {.key = K_PAGE_DOWN, .action = DO_SCROLL_DOWN},
};
static const enum action after_footer[] = {DO_DONE,      DO_TICKET,     DO_NOTES,
                                           DO_KNOWLEDGE, DO_PAUSE_CALL, DO_NONE};
static const struct keymap keymap_after = {
    .title = N_("After the call"),
    .parent = &keymap_global,
    .bindings = after_bindings,
    .count = sizeof after_bindings / sizeof *after_bindings,
    .footer = after_footer,
};

static const struct binding over_bindings[] = {
    {.key = K_ENTER, .action = DO_CHOOSE},      {.key = '?', .action = DO_HELP},
    {.key = K_PAGE_UP, .action = DO_SCROLL_UP}, {.key = K_PAGE_DOWN, .action = DO_SCROLL_DOWN},
    {.key = K_F1 + 9, .action = DO_PAUSE_CALL}, {.key = K_CTRL | 'x', .action = DO_PAUSE_CALL},
};
static const enum action over_footer[] = {DO_CHOOSE, DO_PAUSE_CALL, DO_NONE};
static const struct keymap keymap_over = {
    .title = N_("A call that is over"),
    .parent = &keymap_global,
    .bindings = over_bindings,
    .count = sizeof over_bindings / sizeof *over_bindings,
    .footer = over_footer,
};

/* A panel that this call does not have has no key either. */
static bool offered(const void *user, enum action action) {
    int panel = dock_panel_of(action);
    return panel == PANEL_NONE ? call_screen_practises(user, action) : dock_offers(user, panel);
}

const struct keymap *call_screen_keys(void *state) {
    struct call_screen *self = state;
    if (seats_cover(self))
        return seats_keys(self);
    const struct keymap *mode = call_screen_after_call(self) ? &keymap_after
                                : self->typing               ? &keymap_typing
                                                             : &keymap_choosing;
    if (self->question.yes)
        return &keymap_question;
    if (self->closed)
        return &keymap_over;
    if (self->dock.focus != PANEL_NONE)
        mode = dock_keys(self);
    return keymap_make(&self->keymap, mode, call_bindings,
                       sizeof call_bindings / sizeof *call_bindings, offered, self);
}

/* ---- what they do ---- */

static unsigned select_by(struct call_screen *self, int by) {
    int64_t count = self->option_count;
    if (count)
        self->selected = (uint32_t)((self->selected + count + by) % count);
    return SCREEN_DRAW;
}

static void draft_changed(struct call_screen *self) {
    if (self->draft_ms < 0)
        self->draft_ms = terminal_now_ms() + DRAFT_EVERY_MS;
}

/* Being over leaves only the way to the receipt. */
static unsigned act_over(struct call_screen *self, enum action action) {
    if (action == DO_CHOOSE)
        return call_screen_show_result(self);
    if (action == DO_SCROLL_UP || action == DO_SCROLL_DOWN)
        conversation_scroll(&self->conversation, action == DO_SCROLL_UP ? 5 : -5);
    return action == DO_PAUSE_CALL ? SCREEN_LEAVE : SCREEN_DRAW;
}

/* What the keys of a call do, whatever has the focus. */
static unsigned act_anywhere(struct call_screen *self, enum action action) {
    if (dock_panel_of(action) != PANEL_NONE) {
        dock_toggle(self, dock_panel_of(action));
        return SCREEN_DRAW;
    }
    switch (action) {
    case DO_HOLD:
        return call_screen_hold(self);
    case DO_HANG_UP:
        return call_screen_after_call(self) ? call_screen_ask_done(self)
                                            : call_screen_ask_hang_up(self);
    case DO_PAUSE_CALL:
        dock_unfocus(self); /* what was being typed there is kept */
        return SCREEN_LEAVE;
    case DO_HINT:
        return call_screen_ask_hint(self);
    case DO_TAKE_BACK:
        return call_screen_take_back(self);
    case DO_SURE:
        return call_screen_sure(self);
    case DO_LATER:
        return call_screen_later(self);
    case DO_DONE:
        return call_screen_ask_done(self);
    default:
        return SCREEN_TEXT;
    }
}

static unsigned act_on_reply(struct call_screen *self, enum action action,
                             const struct input *input) {
    switch (action) {
    case DO_PICK:
        return call_screen_give(self, input->key - '1');
    case DO_GIVE:
        return call_screen_give(self, self->selected);
    case DO_UP:
        return select_by(self, -1);
    case DO_DOWN:
        return select_by(self, 1);
    case DO_SEND:
        return call_screen_say(self);
    case DO_TYPE:
        return call_screen_switch_input(self);
    case DO_SCROLL_UP:
    case DO_SCROLL_DOWN:
        conversation_scroll(&self->conversation, action == DO_SCROLL_UP ? 5 : -5);
        return SCREEN_DRAW;
    default:
        break;
    }
    if (!self->typing || !line_editor_act(&self->editor, action))
        return SCREEN_TEXT;
    draft_changed(self);
    return SCREEN_DRAW;
}

/* Any key ends the customer's slow appearing. */
unsigned call_screen_act(void *state, enum action action, const struct input *input) {
    struct call_screen *self = state;
    conversation_hush(&self->conversation);
    if (seats_cover(self))
        return seats_act(self, action, input);
    if (self->question.yes)
        return call_screen_answer(self, action == DO_YES);
    if (self->closed)
        return act_over(self, action);
    unsigned follow = act_anywhere(self, action);
    if (!(follow & SCREEN_TEXT))
        return follow;
    return self->dock.focus == PANEL_NONE ? act_on_reply(self, action, input)
                                          : dock_act(self, action, input);
}

static unsigned take_mouse(struct call_screen *self, const struct input *input) {
    if (input->mouse != MOUSE_PRESS) {
        conversation_scroll(&self->conversation, input->mouse == MOUSE_WHEEL_UP ? 3 : -3);
        return SCREEN_DRAW;
    }
    struct dock_layout layout = dock_layout(self);
    bool beside = input->column < layout.talk.column ||
                  input->column >= layout.talk.column + layout.talk.columns;
    bool listed = !self->typing && !self->question.yes && !layout.below && !beside;
    for (uint32_t i = 0; listed && i < self->option_count; i++)
        if (input->row >= self->option_rows[i].from && input->row < self->option_rows[i].to) {
            if (self->selected == i)
                return call_screen_give(self, i);
            self->selected = i;
        }
    return SCREEN_DRAW;
}

unsigned call_screen_key(void *state, const struct input *input) {
    struct call_screen *self = state;
    struct call_view view;
    conversation_hush(&self->conversation);
    if (seats_cover(self))
        return seats_key(self, input);
    if (input->kind == INPUT_MOUSE)
        return take_mouse(self, input);
    if (self->question.yes || self->closed)
        return SCREEN_DRAW;
    if (self->dock.focus != PANEL_NONE)
        return dock_key(self, input);
    if (call_screen_after_call(self) ||
        (!self->typing && !call_screen_node(self, &view)->accepts_typed))
        return SCREEN_DRAW;
    if (line_editor_input(&self->editor, input)) {
        self->typing = true; /* whoever begins to write wants to write */
        draft_changed(self);
    }
    return SCREEN_DRAW;
}
