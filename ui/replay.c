/* Replay: the screen of a call fed from its record. The rows are folded once at the start; each
 * step keeps the state after it, so going anywhere is choosing one of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "conversation.h"
#include "line_editor.h"
#include "screen.h"
#include "terminal.h"

#define LOWER 3 /* rows below the conversation: status, timeline, verdict */

static const struct {
    int64_t halves; /* speed × 2, so that all are whole */
    const char *name;
} speeds[] = {{1, "0.5x"}, {2, "1x"}, {4, "2x"}, {8, "4x"}, {16, "8x"}, {32, "16x"}};
#define SPEEDS ((int)(sizeof speeds / sizeof *speeds))

struct step {
    uint32_t row;
    int64_t t_ms;
    struct call *call; /* the state after this row */
    size_t turns;      /* of the conversation, up to here */
    enum stage stage;
};

struct replay {
    struct app *app;
    char *path;
    struct record *record;
    struct scenario *scenario;
    struct arena *arena;
    struct record_opening opening;
    struct record_fold fold;
    struct record_verdict verdict;
    struct conversation conversation;
    struct step *steps;
    size_t step_count, step_capacity, at;
    bool playing, panel, asking_row;
    int speed;
    int64_t played_ms, played_at; /* call time of the picture, terminal time it is of */
    struct line_editor number;
};

/* ---- folding ---- */

static void take_step(void *user, const struct record_row *row, const struct event *event,
                      const struct call_outcome *outcome, const struct record_fold *fold) {
    struct replay *self = user;
    struct call_view view;
    call_view(fold->call, &view);
    struct hearing hearing = {.scenario = fold->scenario,
                              .call = fold->call,
                              .language = self->opening.language,
                              .marks = true,
                              .two_seats = view.two_seats,
                              .cues = true};
    conversation_hear(&self->conversation, &hearing, event, outcome);
    self->steps = memory_reserve(self->steps, &self->step_capacity, self->step_count + 1,
                                 sizeof *self->steps);
    struct step *step = &self->steps[self->step_count++];
    step->row = row->row;
    step->t_ms = event->t_ms;
    step->call = call_new(fold->scenario);
    call_copy(step->call, fold->call);
    step->turns = self->conversation.count;
    step->stage = view.stage;
}

static bool fold_record(struct replay *self, struct error *error) {
    uint32_t bad_row = 0;
    struct error bad = {0};
    self->record = record_read(self->path, error);
    if (!self->record)
        return false;
    self->scenario = seat_scenario_of(app_settings(self->app)->data, self->record, &self->opening,
                                      self->arena, error);
    if (!self->scenario)
        return false;
    if (!record_refold(self->record, self->scenario, &self->fold, take_step, self, &bad_row,
                       &bad) &&
        !self->step_count)
        return error_set(error, "%s", bad.text);
    record_verify(self->record, self->scenario, &self->verdict);
    return self->step_count > 0 ||
           error_set(error, _("%s holds no row that can be shown."), self->path);
}

/* ---- moving about ---- */

static void go_to(struct replay *self, size_t step) {
    self->at = step >= self->step_count ? self->step_count - 1 : step;
    self->conversation.shown = self->steps[self->at].turns;
    self->conversation.from_bottom = 0;
    self->played_ms = self->steps[self->at].t_ms;
    self->played_at = terminal_now_ms();
}

/* The step of a row, or the one before it where the row was not applied. */
static size_t step_of_row(const struct replay *self, unsigned long row) {
    size_t found = 0;
    for (size_t i = 0; i < self->step_count && self->steps[i].row <= row; i++)
        found = i;
    return found;
}

static size_t other_stage(const struct replay *self, int by) {
    size_t at = self->at;
    while (by > 0 && at + 1 < self->step_count &&
           self->steps[at].stage == self->steps[self->at].stage)
        at++;
    while (by < 0 && at > 0 && self->steps[at].stage == self->steps[self->at].stage)
        at--;
    while (by < 0 && at > 0 && self->steps[at - 1].stage == self->steps[at].stage)
        at--; /* to where that stage began */
    return at;
}

static void toggle_play(struct replay *self) {
    self->playing = !self->playing;
    if (self->playing && self->at + 1 == self->step_count)
        go_to(self, 0);
    self->played_at = terminal_now_ms();
}

static unsigned replay_tick(void *state, int64_t now_ms) {
    struct replay *self = state;
    if (!self->playing)
        return SCREEN_STAY;
    int64_t passed = (now_ms - self->played_at) * speeds[self->speed].halves;
    self->played_ms += passed / 2;
    self->played_at = now_ms - (passed % 2) / speeds[self->speed].halves;
    int64_t time = self->played_ms;
    while (self->at + 1 < self->step_count && self->steps[self->at + 1].t_ms <= time) {
        go_to(self, self->at + 1);
        self->played_ms = time;
        self->played_at = now_ms;
    }
    if (self->at + 1 == self->step_count)
        self->playing = false;
    return SCREEN_DRAW;
}

/* The next second of the picture's clock, or the next row if that is sooner. */
static int64_t replay_due(void *state, int64_t now_ms) {
    struct replay *self = state;
    if (!self->playing)
        return -1;
    int64_t left = 1000 - self->played_ms % 1000;
    int64_t row =
        self->at + 1 < self->step_count ? self->steps[self->at + 1].t_ms - self->played_ms : left;
    left = row < left ? row : left;
    int64_t wait = left * 2 / speeds[self->speed].halves;
    return now_ms + (wait < 20 ? 20 : wait);
}

/* ---- drawing ---- */

static void draw_status(const struct replay *self, int row, int left) {
    const struct step *step = &self->steps[self->at];
    char text[160], now[16], all[16];
    int columns = draw_columns() - left;
    draw_fill(row, left, columns, ROLE_PANEL);
    snprintf(text, sizeof text, _("Row %u of %u   %s / %s   %s   %s"), step->row,
             self->steps[self->step_count - 1].row, clock_text(self->played_ms, now),
             clock_text(self->steps[self->step_count - 1].t_ms, all), speeds[self->speed].name,
             self->playing ? _("playing") : _("paused"));
    draw_text(row, left + 1, columns - 2, ROLE_PANEL_STRONG, text);
}

static void draw_row_prompt(const struct replay *self, int row, int left) {
    int used = draw_text(row, left + 1, 40, ROLE_STRONG, _("Go to row:"));
    line_editor_draw(&self->number, (struct area){row, left + 2 + used, 1, 12}, ROLE_TEXT);
}

static void replay_draw(void *state) {
    struct replay *self = state;
    bool wide = draw_columns() >= BOARD_WIDE;
    int left = wide ? BOARD_PANEL + 1 : 0, columns = draw_columns() - left;
    int bottom = draw_rows() - 2 - LOWER;
    const struct call *call = self->steps[self->at].call;
    struct area talk = {BOARD_ROWS, left, bottom - BOARD_ROWS, columns};
    char right[128];
    snprintf(right, sizeof right, "%s  %.40s  %.10s", _("replay"), self->opening.trainee,
             self->opening.start);
    board_draw(call, right);
    if (!wide && self->panel)
        board_draw_panel(call, (struct area){talk.row, 0, talk.rows, columns}, 0);
    else
        conversation_draw(&self->conversation, talk, terminal_now_ms());
    if (wide)
        board_draw_panel(
            call, (struct area){BOARD_ROWS - 1, 0, draw_rows() - BOARD_ROWS, BOARD_PANEL}, 0);
    draw_status(self, bottom, left);
    draw_meter(bottom + 1, left + 1, columns - 2, ROLE_METER_PLAIN, self->played_ms,
               self->steps[self->step_count - 1].t_ms);
    if (self->asking_row)
        draw_row_prompt(self, bottom + 2, left);
    else
        draw_text(bottom + 2, left + 1, columns - 2, self->verdict.ok ? ROLE_GOOD : ROLE_WARN,
                  self->verdict.text);
}

/* ---- keys ---- */

static unsigned show_receipt(struct replay *self) {
    struct result_request *request = memory_new(sizeof *request);
    *request = (struct result_request){
        .call = self->fold.call,
        .scorecard = self->fold.scorecard,
        .opening = &self->opening,
        .record = self->path,
    };
    self->playing = false;
    app_next(self->app, &screen_result, request, true);
    return SCREEN_NEXT;
}

static unsigned take_number(struct replay *self) {
    unsigned long row = strtoul(buffer_text(&self->number.text), NULL, 10);
    self->asking_row = false;
    if (row)
        go_to(self, step_of_row(self, row));
    line_editor_clear(&self->number);
    return SCREEN_DRAW;
}

static unsigned prompt_act(struct replay *self, enum action action) {
    if (action == DO_ACCEPT)
        return take_number(self);
    if (action == DO_NO)
        self->asking_row = false;
    else if (!line_editor_act(&self->number, action))
        return SCREEN_TEXT;
    return SCREEN_DRAW;
}

static unsigned seek(struct replay *self, size_t step) {
    self->playing = false;
    go_to(self, step);
    return SCREEN_DRAW;
}

static unsigned change_speed(struct replay *self, int by) {
    int speed = self->speed + by;
    self->speed = speed < 0 ? 0 : speed >= SPEEDS ? SPEEDS - 1 : speed;
    return SCREEN_DRAW;
}

static unsigned replay_act(void *state, enum action action, const struct input *input) {
    struct replay *self = state;
    if (self->asking_row)
        return prompt_act(self, action);
    switch (action) {
    case DO_PLAY:
        toggle_play(self);
        return SCREEN_DRAW;
    case DO_STEP_ON:
        return seek(self, self->at + 1);
    case DO_STEP_BACK:
        return seek(self, self->at ? self->at - 1 : 0);
    case DO_FIRST:
        return seek(self, 0);
    case DO_LAST:
        return seek(self, self->step_count - 1);
    case DO_NEXT_STAGE:
        return seek(self, other_stage(self, 1));
    case DO_PREVIOUS_STAGE:
        return seek(self, other_stage(self, -1));
    case DO_FASTER:
        return change_speed(self, 1);
    case DO_SLOWER:
        return change_speed(self, -1);
    case DO_GO_TO:
        self->asking_row = true;
        self->playing = false;
        return SCREEN_DRAW;
    case DO_MARKS:
        self->conversation.no_marks = !self->conversation.no_marks;
        return SCREEN_DRAW;
    case DO_GUIDE:
        self->panel = !self->panel;
        return SCREEN_DRAW;
    case DO_RECEIPT:
        return show_receipt(self);
    case DO_SCROLL_UP:
    case DO_SCROLL_DOWN:
        conversation_scroll(&self->conversation, action == DO_SCROLL_UP ? 5 : -5);
        return SCREEN_DRAW;
    case DO_LEAVE:
        return SCREEN_LEAVE;
    default:
        return SCREEN_STAY;
    }
}

static unsigned replay_key(void *state, const struct input *input) {
    struct replay *self = state;
    if (input->kind == INPUT_MOUSE) {
        if (input->mouse != MOUSE_PRESS)
            conversation_scroll(&self->conversation, input->mouse == MOUSE_WHEEL_UP ? 3 : -3);
    } else if (self->asking_row &&
               (input->kind == INPUT_PASTE || (input->key >= '0' && input->key <= '9'))) {
        line_editor_input(&self->number, input);
    }
    return SCREEN_DRAW;
}

static const struct binding bindings[] = {
    {.key = ' ', .action = DO_PLAY},
    {.key = K_RIGHT, .action = DO_STEP_ON},
    {.key = K_DOWN, .action = DO_STEP_ON},
    {.key = K_LEFT, .action = DO_STEP_BACK},
    {.key = K_UP, .action = DO_STEP_BACK},
    {.key = K_HOME, .action = DO_FIRST},
    {.key = K_END, .action = DO_LAST},
    {.key = K_TAB, .action = DO_NEXT_STAGE},
    {.key = K_BACKTAB, .action = DO_PREVIOUS_STAGE},
    {.key = '+', .action = DO_FASTER},
    {.key = '=', .action = DO_FASTER},
    {.key = '-', .action = DO_SLOWER},
    {.key = 'g', .action = DO_GO_TO},
    {.key = 'm', .action = DO_MARKS},
    {.key = 'r', .action = DO_RECEIPT},
    {.key = K_F1 + 2, .action = DO_GUIDE},
    {.key = K_CTRL | 'g', .action = DO_GUIDE},
    {.key = K_PAGE_UP, .action = DO_SCROLL_UP},
    {.key = K_PAGE_DOWN, .action = DO_SCROLL_DOWN},
    {.key = '?', .action = DO_HELP},
    {.key = K_ESCAPE, .action = DO_LEAVE},
    {.key = 'q', .action = DO_LEAVE},
};
static const enum action footer[] = {DO_PLAY,  DO_STEP_ON, DO_NEXT_STAGE, DO_FASTER, DO_GO_TO,
                                     DO_MARKS, DO_RECEIPT, DO_LEAVE,      DO_NONE};
static const struct keymap keymap_replay = {
    .title = N_("Replay"),
    .parent = &keymap_global,
    .bindings = bindings,
    .count = sizeof bindings / sizeof *bindings,
    .footer = footer,
};

static const struct binding prompt_bindings[] = {
    {.key = K_ENTER, .action = DO_ACCEPT},
    {.key = K_ESCAPE, .action = DO_NO},
};
static const enum action prompt_footer[] = {DO_ACCEPT, DO_NO, DO_NONE};
static const struct keymap keymap_prompt = {
    .title = N_("Replay: the number of a row"),
    .parent = &keymap_editor,
    .bindings = prompt_bindings,
    .count = sizeof prompt_bindings / sizeof *prompt_bindings,
    .footer = prompt_footer,
    .typing = true,
};

static const struct keymap *replay_keys(void *state) {
    const struct replay *self = state;
    return self->asking_row ? &keymap_prompt : &keymap_replay;
}

/* ---- opening and closing ---- */

static void replay_close(void *state) {
    struct replay *self = state;
    for (size_t i = 0; i < self->step_count; i++)
        free(self->steps[i].call);
    free(self->steps);
    conversation_free(&self->conversation);
    line_editor_free(&self->number);
    record_fold_free(&self->fold);
    record_free(self->record);
    scenario_free(self->scenario);
    arena_free(self->arena);
    free(self->path);
    free(self);
}

static void *replay_open(struct app *app, const void *argument, struct error *error) {
    const struct app_start *start = app_settings(app);
    struct replay *self = memory_new(sizeof *self);
    self->app = app;
    self->path = memory_text(argument ? argument : start->file);
    self->arena = arena_new();
    self->speed = 1;
    while (start->speed > 0 && self->speed + 1 < SPEEDS &&
           (double)speeds[self->speed].halves < start->speed * 2)
        self->speed++;
    if (start->speed > 0 && start->speed < 1)
        self->speed = 0;
    conversation_start(&self->conversation);
    line_editor_start(&self->number, 12);
    if (!fold_record(self, error)) {
        replay_close(self);
        return NULL;
    }
    go_to(self, start->row ? step_of_row(self, start->row) : 0);
    return self;
}

const struct screen screen_replay = {
    .open = replay_open,
    .keys = replay_keys,
    .draw = replay_draw,
    .act = replay_act,
    .key = replay_key,
    .tick = replay_tick,
    .due = replay_due,
    .close = replay_close,
};
