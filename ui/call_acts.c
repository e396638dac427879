/* What the trainee does in a call. Each act goes to the seat, which writes and applies it; what
 * comes of it is told here. */
#include <stdlib.h>
#include <string.h>

#include "call_screen.h"
#include "terminal.h"

/* ---- questions ---- */

unsigned call_screen_ask(struct call_screen *self, unsigned (*yes)(struct call_screen *self)) {
    self->question.yes = yes;
    return SCREEN_DRAW;
}

unsigned call_screen_answer(struct call_screen *self, bool yes) {
    unsigned (*act)(struct call_screen *) = self->question.yes;
    self->question.yes = NULL;
    return yes && act ? act(self) : SCREEN_DRAW;
}

bool call_screen_running(const struct call_screen *self) {
    return !self->closed && !self->stuck;
}

/* ---- replies ---- */

/* The stage the refused reply leads into; of a typed one we know that it is the next that is
 * locked. */
static enum stage locked_stage(const struct call_screen *self, const struct call_view *view) {
    struct event event = {.kind = EVENT_REPLY, .node = view->node};
    int stage = -1;
    if (!self->typing && self->selected < self->option_count) {
        event.ref = self->options[self->selected];
        stage = call_next_stage(call_screen_call(self), &event);
    }
    for (int next = (int)view->stage + 1; stage < 0 && next < STAGE_COUNT; next++)
        if (call_missing(call_screen_call(self), (enum stage)next, NULL, 0))
            stage = next;
    return stage < 0 ? view->stage : (enum stage)stage;
}

static unsigned skip(struct call_screen *self) {
    return call_screen_do(self, EVENT_SKIP);
}

static unsigned ask_skip(struct call_screen *self) {
    const struct call *call = call_screen_call(self);
    const struct scenario *scenario = call_scenario(call);
    struct call_view view;
    uint32_t missing[4];
    call_view(call, &view);
    uint32_t count = call_missing(call, locked_stage(self, &view), missing, 4);
    buffer_clear(&self->question.text);
    buffer_add_text(&self->question.text, _("Too early for that: this is not done yet."));
    for (uint32_t i = 0; i < count && i < 4; i++)
        buffer_printf(&self->question.text, "\n- %s",
                      text_in(&scenario->points[scenario->required[missing[i]].points[0]].text,
                              view.language));
    buffer_printf(&self->question.text, "\n%s",
                  _("Go on all the same? What is skipped stays lost."));
    return call_screen_ask(self, skip);
}

/* What follows from a try: told, drawn, asked. */
unsigned call_screen_after(struct call_screen *self, enum seat_result result,
                           enum call_refusal refusal, const struct error *error) {
    if (result == SEAT_FAILED)
        call_screen_get_stuck(self, error);
    else if (result == SEAT_REFUSED && refusal == CALL_LOCKED)
        ask_skip(self);
    else if (result == SEAT_REFUSED)
        app_say(self->app, true, "%s", call_refusal_sentence(refusal));
    call_screen_read_options(self);
    call_screen_close_call(self);
    return SCREEN_DRAW;
}

/* Lets the customer act first, so that a reply is never given to something else than was seen. */
static bool catch_up(struct call_screen *self, int64_t now_ms) {
    struct error error;
    uint32_t node = self->node;
    if (self->stuck || self->closed)
        return false;
    if (seat_tick(self->seat, call_screen_time(self, now_ms), &error) != SEAT_DONE) {
        call_screen_get_stuck(self, &error);
        return false;
    }
    call_screen_read_options(self);
    call_screen_close_call(self);
    return !self->closed && !self->stuck && self->node == node;
}

/* To the seat the same reply twice is a knowing skip; here the question comes before it. */
static bool refused_before(const struct call_screen *self, uint32_t option) {
    if (!self->refused.any || self->refused.node != self->node ||
        self->refused.typed != self->typing)
        return false;
    if (!self->typing)
        return self->refused.option == option;
    return !strcmp(buffer_text(&self->refused.text), buffer_text(&self->editor.text));
}

static void note_refused(struct call_screen *self, uint32_t option) {
    self->refused.any = true;
    self->refused.typed = self->typing;
    self->refused.node = self->node;
    self->refused.option = option;
    buffer_clear(&self->refused.text);
    buffer_add_text(&self->refused.text, buffer_text(&self->editor.text));
}

unsigned call_screen_give(struct call_screen *self, uint32_t index) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    int64_t now = terminal_now_ms();
    if (index >= self->option_count || !catch_up(self, now) || index >= self->option_count)
        return SCREEN_DRAW;
    self->selected = index;
    if (refused_before(self, self->options[index]))
        return ask_skip(self);
    enum seat_result result =
        seat_reply(self->seat, call_screen_time(self, now), self->options[index], &refusal, &error);
    if (result == SEAT_REFUSED && refusal == CALL_LOCKED)
        note_refused(self, self->options[index]);
    return call_screen_after(self, result, refusal, &error);
}

unsigned call_screen_say(struct call_screen *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    int64_t now = terminal_now_ms();
    if (!self->editor.text.length || !catch_up(self, now))
        return SCREEN_DRAW;
    if (refused_before(self, 0))
        return ask_skip(self);
    enum seat_result result =
        seat_type(self->seat, call_screen_time(self, now), buffer_text(&self->editor.text),
                  self->editor.text.length, &refusal, &error);
    if (result == SEAT_DONE) {
        line_editor_clear(&self->editor);
        seat_draft_write(self->seat, "", 0, NULL);
        self->draft_ms = -1;
    } else if (result == SEAT_REFUSED && refusal == CALL_LOCKED) {
        note_refused(self, 0);
    }
    return call_screen_after(self, result, refusal, &error);
}

unsigned call_screen_do(struct call_screen *self, enum event_kind kind) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    if (!call_screen_running(self))
        return SCREEN_DRAW;
    enum seat_result result =
        seat_do(self->seat, call_screen_time(self, terminal_now_ms()), kind, &refusal, &error);
    if (result == SEAT_DONE && kind == EVENT_SKIP && self->typing)
        line_editor_clear(&self->editor);
    return call_screen_after(self, result, refusal, &error);
}

unsigned call_screen_hold(struct call_screen *self) {
    struct call_view view;
    call_view(call_screen_call(self), &view);
    return call_screen_do(self, view.phase == PHASE_ON_HOLD ? EVENT_RESUME : EVENT_HOLD);
}

static unsigned hang_up(struct call_screen *self) {
    return call_screen_do(self, EVENT_END);
}

unsigned call_screen_ask_hang_up(struct call_screen *self) {
    buffer_clear(&self->question.text);
    buffer_add_text(&self->question.text, _("Hang up? The call ends here and is scored."));
    return call_screen_ask(self, hang_up);
}

static unsigned done(struct call_screen *self) {
    return call_screen_do(self, EVENT_DONE);
}

unsigned call_screen_ask_done(struct call_screen *self) {
    struct call_view view;
    bool unsaved = dock_offers(self, PANEL_TICKET);
    call_view(call_screen_call(self), &view);
    if (!call_screen_after_call(self))
        return SCREEN_DRAW;
    dock_unfocus(self); /* what was typed there is kept first */
    buffer_clear(&self->question.text);
    if (unsaved && view.ticket_saved_ms < 0)
        buffer_printf(&self->question.text, "%s\n", _("The ticket is not saved yet."));
    buffer_add_text(&self->question.text, _("Is the work after the call done? It is scored then."));
    return call_screen_ask(self, done);
}

unsigned call_screen_switch_input(struct call_screen *self) {
    struct call_view view;
    const struct node *node = call_screen_node(self, &view);
    if (call_screen_after_call(self))
        return SCREEN_DRAW;
    if (!self->typing && !node->accepts_typed)
        app_say(self->app, false, _("Here you choose from the list."));
    else if (self->typing && !self->option_count)
        app_say(self->app, false, _("Here you answer in your own words."));
    else
        self->typing = !self->typing;
    return SCREEN_DRAW;
}

unsigned call_screen_show_result(struct call_screen *self) {
    struct result_request *request = memory_new(sizeof *request);
    *request = (struct result_request){
        .call = call_screen_call(self),
        .scorecard = seat_scorecard(self->seat),
        .opening = seat_opening(self->seat),
        .record = seat_record_path(self->seat),
        .seat = self->seat,
        .scenario = self->scenario,
        .played = self->request,
    };
    if (seat_opening_is_mechanical(self->seat, app_settings(self->app)->data))
        app_say(self->app, false,
                _("A hint, no deduction: %d calls in a row began with the same words."),
                EQUAL_OPENINGS);
    self->seat = NULL; /* the result's now */
    self->scenario = NULL;
    self->request = NULL;
    app_next(self->app, &screen_result, request, true);
    return SCREEN_LEAVE | SCREEN_NEXT;
}
