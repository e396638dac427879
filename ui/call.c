/* A call at the screen: opened or resumed, kept in time with the clock, closed. What the trainee
 * does, the keys and the drawing are in the files beside (see call_screen.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "call_screen.h"
#include "terminal.h"

#define REPLY_BYTES 4000   /* of a typed reply */
#define SPEECH_FRAME_MS 50 /* between two pieces of what the customer says */
#define RETRY_MS 1000      /* a full disk is asked again so often */

struct call_request *call_request_new(bool resume, enum mode mode, int language, const char *path) {
    struct call_request *request = memory_new(sizeof *request + strlen(path) + 1);
    request->resume = resume;
    request->mode = mode;
    request->language = language;
    strcpy(request->path, path);
    return request;
}

/* ---- time ---- */

int64_t call_screen_time(const struct call_screen *self, int64_t now_ms) {
    return self->stuck || seats_cover(self) ? self->clock_call
                                            : self->clock_call + now_ms - self->clock_terminal;
}

static int64_t time_of_last(const struct call_screen *self) {
    struct call_view view;
    call_view(call_screen_call(self), &view);
    return view.t_ms;
}

void call_screen_set_clock(struct call_screen *self) {
    self->clock_call = time_of_last(self);
    self->clock_terminal = terminal_now_ms();
}

void call_screen_get_stuck(struct call_screen *self, const struct error *error) {
    int64_t now = terminal_now_ms();
    if (!self->stuck)
        self->clock_call = call_screen_time(self, now);
    self->stuck = true;
    self->retry_ms = now + RETRY_MS;
    app_say(self->app, true, _("The call waits: %s"), error->text);
}

static bool get_unstuck(struct call_screen *self, int64_t now_ms) {
    struct error error;
    if (now_ms < self->retry_ms)
        return false;
    if (seat_gap(self->seat, "disk", &error) != SEAT_DONE) {
        self->retry_ms = now_ms + RETRY_MS;
        return false;
    }
    self->stuck = false;
    call_screen_set_clock(self);
    app_say(self->app, false, _("The call goes on."));
    return true;
}

/* ---- the state as seen ---- */

const struct call *call_screen_call(const struct call_screen *self) {
    return seat_call(self->seat);
}

const struct node *call_screen_node(const struct call_screen *self, struct call_view *view) {
    call_view(call_screen_call(self), view);
    return &call_scenario(call_screen_call(self))->nodes[view->node];
}

bool call_screen_after_call(const struct call_screen *self) {
    struct call_view view;
    call_view(call_screen_call(self), &view);
    return view.phase == PHASE_AFTER_CALL;
}

/* The talk is over: what is left to do comes to the front by itself. */
static void begin_after_call(struct call_screen *self) {
    self->after_call = true;
    self->typing = false;
    self->question.yes = NULL;
    if (dock_offers(self, PANEL_TICKET) && self->dock.focus != PANEL_TICKET)
        dock_toggle(self, PANEL_TICKET);
}

void call_screen_read_options(struct call_screen *self) {
    struct call_view view;
    const struct node *node = call_screen_node(self, &view);
    bool moved = view.node != self->node;
    self->node = view.node;
    self->option_count = call_options(call_screen_call(self), self->options, CALL_OPTIONS);
    if (self->option_count > CALL_OPTIONS)
        self->option_count = CALL_OPTIONS;
    if (moved || self->selected >= self->option_count)
        self->selected = 0;
    if (call_screen_after_call(self)) {
        if (!self->after_call)
            begin_after_call(self);
        return;
    }
    if (!self->option_count && node->accepts_typed)
        self->typing = true;
    else if (!node->accepts_typed)
        self->typing = false;
}

static void hear(void *user, uint32_t row, const struct event *event,
                 const struct call_outcome *outcome) {
    struct call_screen *self = user;
    enum language language =
        self->request->language >= 0 ? (enum language)self->request->language : message_language();
    struct hearing hearing = {
        .scenario = self->scenario ? self->scenario : call_scenario(call_screen_call(self)),
        .call = self->seat ? call_screen_call(self) : NULL,
        .language = language,
        .marks = self->request->mode == MODE_LEARN,
        .two_seats = self->request->seats == 2,
    };
    conversation_hush(&self->conversation);
    conversation_hear(&self->conversation, &hearing, event, outcome);
    if (self->seats.two && self->seat)
        call_screen_set_clock(self); /* it may have been the last moment of a turn */
    if (outcome->line_count)
        conversation_speak(&self->conversation, terminal_now_ms());
}

/* ---- the end of a call ---- */

void call_screen_close_call(struct call_screen *self) {
    struct error error;
    struct call_view view;
    call_view(call_screen_call(self), &view);
    if (!view.ended || self->closed || seats_rating(self))
        return;
    if (seat_close(self->seat, call_screen_time(self, terminal_now_ms()), &error) != SEAT_DONE) {
        call_screen_get_stuck(self, &error);
        return;
    }
    self->closed = true;
    self->question.yes = NULL;
    self->dock.focus = self->dock.open = PANEL_NONE;
    const struct scenario *scenario = call_scenario(call_screen_call(self));
    const char *what = "";
    if (view.ending >= 0)
        what = text_in(&scenario->endings[view.ending].text, view.language);
    else if (view.no_way_on)
        what = _("There was no way on from here.");
    if (*what)
        conversation_add(&self->conversation, SAID_NOTE, view.t_ms, what, strlen(what));
}

/* ---- the clock ---- */

static void keep_draft(struct call_screen *self) {
    struct error error;
    self->draft_ms = -1;
    if (self->closed || !self->seat)
        return;
    if (!seat_draft_write(self->seat, buffer_text(&self->editor.text), self->editor.text.length,
                          &error))
        app_say(self->app, true, "%s", error.text);
}

static unsigned call_tick(void *state, int64_t now_ms) {
    struct call_screen *self = state;
    struct error error;
    unsigned follow = SCREEN_STAY;
    if (self->draft_ms >= 0 && now_ms >= self->draft_ms)
        keep_draft(self);
    if (self->closed)
        return conversation_speaking(&self->conversation, now_ms) ? SCREEN_DRAW : SCREEN_STAY;
    if (self->stuck && get_unstuck(self, now_ms))
        follow = SCREEN_DRAW;
    if (!self->stuck) {
        size_t heard = self->conversation.count;
        if (seat_tick(self->seat, call_screen_time(self, now_ms), &error) == SEAT_FAILED)
            call_screen_get_stuck(self, &error);
        if (heard != self->conversation.count) {
            call_screen_read_options(self);
            call_screen_close_call(self);
        }
    }
    return follow | SCREEN_DRAW; /* due says when: each second, or while something appears */
}

static int64_t sooner(int64_t a, int64_t b) {
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

static int64_t call_due_ms(void *state, int64_t now_ms) {
    struct call_screen *self = state;
    int64_t due = self->draft_ms;
    if (conversation_speaking(&self->conversation, now_ms))
        due = sooner(due, now_ms + SPEECH_FRAME_MS);
    if (self->closed)
        return due;
    if (self->stuck)
        return sooner(due, self->retry_ms);
    int64_t call_now = call_screen_time(self, now_ms), next = call_next_due(call_screen_call(self));
    if (next >= 0)
        due = sooner(due, now_ms + (next > call_now ? next - call_now : 0));
    return sooner(due, now_ms + 1000 - call_now % 1000);
}

/* ---- opening and closing ---- */

static uint64_t fresh_seed(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t state = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    return hash_random(&state) >> 12; /* small enough to be read and typed again */
}

static bool load_script(struct call_screen *self, const char *behaviours, struct error *error) {
    self->scenario = screen_load_script(self->request->path, behaviours, error);
    return self->scenario;
}

static bool start_call(struct call_screen *self, struct error *error) {
    const struct app_start *start = app_settings(self->app);
    if (self->request->language < 0)
        self->request->language = (int)message_language();
    if (!load_script(self, start->behaviours, error))
        return false;
    struct seat_start seat_start = {
        .scenario = self->scenario,
        .data = start->data,
        .trainee = start->trainee,
        .mode = self->request->mode,
        .language = (enum language)self->request->language,
        .seed = start->has_seed ? start->seed : fresh_seed(),
        .start_utc_s = time(NULL),
        .no_sync = start->no_sync,
        .seats = self->request->seats,
        .heard = hear,
        .user = self,
    };
    self->seat = seat_open(&seat_start, error);
    return self->seat;
}

static void resume_step(void *user, const struct record_row *row, const struct event *event,
                        const struct call_outcome *outcome, const struct record_fold *fold) {
    struct call_screen *self = user;
    struct call_view view;
    call_view(fold->call, &view);
    struct hearing hearing = {.scenario = fold->scenario,
                              .call = fold->call,
                              .language = view.language,
                              .marks = view.mode == MODE_LEARN,
                              .two_seats = view.two_seats};
    conversation_hear(&self->conversation, &hearing, event, outcome);
}

static bool resume_call(struct call_screen *self, struct error *error) {
    struct buffer draft = {0};
    bool cut = false;
    self->seat = seat_resume(app_settings(self->app)->data, self->request->path, resume_step, self,
                             &cut, error);
    if (!self->seat)
        return false;
    self->request->mode = seat_opening(self->seat)->mode;
    self->request->language = (int)seat_opening(self->seat)->language;
    self->request->seats = seat_opening(self->seat)->seats;
    seat_listen(self->seat, hear, self);
    const char *note = _("The clock stood still; the call goes on.");
    conversation_add(&self->conversation, SAID_NOTE, time_of_last(self), note, strlen(note));
    if (cut)
        app_say(self->app, true, _("The last row of the record was not whole and was cut off."));
    if (seat_draft_read(self->seat, &draft) && draft.length) {
        line_editor_set(&self->editor, draft.bytes, draft.length);
        self->typing = true;
    }
    buffer_free(&draft);
    return true;
}

static void call_close(void *state) {
    struct call_screen *self = state;
    if (self->draft_ms >= 0)
        keep_draft(self);
    seat_free(self->seat);
    scenario_free(self->scenario);
    conversation_free(&self->conversation);
    line_editor_free(&self->editor);
    buffer_free(&self->question.text);
    dock_free(&self->dock);
    seats_free(&self->seats);
    buffer_free(&self->refused.text);
    free(self->request);
    free(self);
}

static bool has_later(const struct scenario *scenario) {
    for (uint32_t i = 0; i < scenario->node_count; i++)
        if (scenario->nodes[i].later_count)
            return true;
    return false;
}

static void *call_open(struct app *app, const void *argument, struct error *error) {
    const struct app_start *start = app_settings(app);
    const struct call_request *wanted = argument;
    struct call_screen *self = memory_new(sizeof *self);
    self->app = app;
    self->draft_ms = -1;
    self->node = UINT32_MAX;
    dock_start(&self->dock);
    conversation_start(&self->conversation);
    line_editor_start(&self->editor, REPLY_BYTES);
    self->request =
        wanted ? call_request_new(wanted->resume, wanted->mode, wanted->language, wanted->path)
               : call_request_new(false, start->mode, start->call_language, start->file);
    self->request->seats = wanted ? wanted->seats : start->seats;
    if (!(self->request->resume ? resume_call(self, error) : start_call(self, error))) {
        call_close(self);
        return NULL;
    }
    seats_start(&self->seats, self->request->seats == 2);
    self->has_later = has_later(call_scenario(call_screen_call(self)));
    call_screen_set_clock(self);
    call_screen_read_options(self);
    call_screen_close_call(self);
    return self;
}

/* The machine slept or the program was stopped: that is no time of the call. */
static void call_interrupted(void *state, bool ends) {
    struct call_screen *self = state;
    struct error error;
    if (self->draft_ms >= 0 || (ends && self->editor.text.length))
        keep_draft(self);
    if (ends)
        dock_unfocus(self); /* what was being typed there is kept */
    if (self->closed)
        return;
    if (seat_gap(self->seat, ends ? "interrupted" : "suspended", &error) != SEAT_DONE) {
        call_screen_get_stuck(self, &error);
        return;
    }
    call_screen_set_clock(self);
}

const struct screen screen_call = {
    .open = call_open,
    .keys = call_screen_keys,
    .draw = call_screen_draw,
    .act = call_screen_act,
    .key = call_screen_key,
    .tick = call_tick,
    .due = call_due_ms,
    .interrupted = call_interrupted,
    .close = call_close,
};
