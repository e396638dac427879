/* Find the faults: a call that went partly wrong. Faulty turns are marked and said better; what is
 * handed in is told with the author's own reasons. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "line_editor.h"
#include "screen.h"
#include "sheet.h"
#include "trial/trial.h"

#define WORDS_BYTES 2000
#define EDITOR_ROWS 4
#define TOP 4 /* title, an empty row, what to do, an empty row */

struct faults_screen {
    struct app *app;
    struct scenario *scenario;
    struct faults *faults;
    uint64_t seed;
    bool *marked;
    char **rewritten;       /* per turn: another wording, or NULL */
    enum verdict *verdicts; /* of the wordings, once handed in */
    struct fault_score score;
    uint32_t met, partial;
    size_t at; /* the agent's turn that the cursor is on */
    struct line_editor editor;
    bool typing, asking, over;
    struct scroll scroll;
};

/* ---- the call to look at ---- */

static const char *wording(const struct faults_screen *self, size_t turn) {
    return self->rewritten[turn] ? self->rewritten[turn] : "";
}

static void draw_turn(struct faults_screen *self, struct sheet *sheet, size_t turn) {
    const struct fault_turn *it = &self->faults->turns[turn];
    struct buffer text = {0};
    if (it->who != SPEAKER_AGENT) {
        buffer_printf(&text, "%s: %s",
                      text_in(&self->scenario->customer_name, self->faults->language), it->text);
        sheet_text(sheet, 6, ROLE_DIM, buffer_text(&text));
    } else {
        buffer_printf(&text, "[%c] %s: %s", self->marked[turn] ? 'x' : ' ', _("Agent"), it->text);
        sheet_choice(sheet, turn == self->at, self->marked[turn] ? ROLE_WARN : ROLE_TEXT,
                     buffer_text(&text));
    }
    if (*wording(self, turn))
        sheet_pair(sheet, 6, ROLE_DIM, _("better:"), ROLE_TRAINEE, wording(self, turn));
    buffer_free(&text);
}

/* Returns the row of the sheet after the turn with the cursor; *first is where that begins. */
static int draw_turns(struct faults_screen *self, struct sheet *sheet, int *first) {
    int end = 0;
    for (size_t i = 0; i < self->faults->count; i++) {
        if (i == self->at)
            *first = sheet->row;
        draw_turn(self, sheet, i);
        if (i == self->at)
            end = sheet->row;
    }
    return end;
}

static void draw_call(struct faults_screen *self, struct area area) {
    int first = 0;
    for (int tries = 0; tries < 2; tries++) {
        struct sheet sheet = {.area = area, .from = self->scroll.from};
        draw_area(area, ROLE_TEXT);
        int before = self->scroll.from, end = draw_turns(self, &sheet, &first);
        scroll_fit(&self->scroll, sheet.row, area.rows);
        scroll_show(&self->scroll, end - 1, area.rows);
        scroll_show(&self->scroll, first > 0 ? first - 1 : 0, area.rows); /* with what he hears */
        if (self->scroll.from == before)
            break;
    }
}

static void draw_editor(struct faults_screen *self, int row) {
    draw_fill(row, 0, draw_columns(), ROLE_PANEL);
    draw_text(row, 1, draw_columns() - 2, ROLE_PANEL_STRONG,
              _("Say it better (nothing: as it was)"));
    draw_text(row + 1, 1, 1, ROLE_TRAINEE, ">");
    line_editor_draw(&self->editor, (struct area){row + 1, 3, EDITOR_ROWS - 1, draw_columns() - 5},
                     ROLE_TEXT);
}

/* ---- what it was worth ---- */

static unsigned percent(uint32_t part, uint32_t whole) {
    return whole ? (100 * part + whole / 2) / whole : 0;
}

static void draw_wording(struct faults_screen *self, struct sheet *sheet, size_t turn) {
    enum verdict verdict = self->verdicts[turn];
    enum role role = verdict == VERDICT_MET       ? ROLE_GOOD
                     : verdict == VERDICT_PARTIAL ? ROLE_WARN
                                                  : ROLE_BAD;
    const char *word = verdict == VERDICT_MET       ? _("MET")
                       : verdict == VERDICT_PARTIAL ? _("PARTIAL")
                                                    : _("NOT");
    if (*wording(self, turn))
        sheet_pair(sheet, 4, role, word, ROLE_TRAINEE, wording(self, turn));
}

static void draw_judged(struct faults_screen *self, struct sheet *sheet, size_t turn) {
    const struct fault_turn *it = &self->faults->turns[turn];
    bool found = it->faulty && self->marked[turn];
    const char *what = found ? _("found") : it->faulty ? _("missed") : _("wrongly accused");
    if (!it->faulty && !self->marked[turn])
        return;
    sheet_pair(sheet, 0, found ? ROLE_GOOD : ROLE_BAD, what, ROLE_TEXT, it->text);
    if (it->faulty)
        sheet_text(sheet, 4, ROLE_DIM, text_in(&it->reply->why, self->faults->language));
    draw_wording(self, sheet, turn);
    sheet->row++;
}

static void draw_result(struct faults_screen *self, struct area area) {
    const struct fault_score *score = &self->score;
    struct buffer text = {0};
    buffer_printf(&text, _("Precision %u of %u (%u %%), recall %u of %u (%u %%)."), score->hits,
                  score->marked, percent(score->hits, score->marked), score->hits, score->faults,
                  percent(score->hits, score->faults));
    buffer_printf(&text, _(" Said better: %u in full, %u in part."), self->met, self->partial);
    for (int tries = 0; tries < 2; tries++) {
        struct sheet sheet = {.area = area, .from = self->scroll.from};
        draw_area(area, ROLE_TEXT);
        sheet_text(&sheet, 0, ROLE_STRONG, buffer_text(&text));
        sheet.row++;
        for (size_t i = 0; i < self->faults->count; i++)
            draw_judged(self, &sheet, i);
        if (!scroll_fit(&self->scroll, sheet.row, area.rows))
            break;
    }
    buffer_free(&text);
}

static void faults_draw(void *state) {
    struct faults_screen *self = state;
    struct area area = {TOP - 1, 1, draw_rows() - TOP - 1, draw_columns() - 2};
    const char *todo = self->asking ? _("Leave? What you marked is lost.")
                       : self->over ? _("This is what the author says of it.")
                                    : _("Which of the agent's turns are faulty? Mark them and say "
                                        "them better.");
    screen_title(_("Find the faults"), text_in(&self->scenario->title, self->faults->language));
    draw_text(1, 2, draw_columns() - 4, self->asking ? ROLE_WARN : ROLE_ACCENT, todo);
    if (self->typing)
        area.rows -= EDITOR_ROWS;
    if (self->over)
        draw_result(self, area);
    else
        draw_call(self, area);
    if (self->typing)
        draw_editor(self, area.row + area.rows);
}

/* ---- what is done ---- */

static unsigned step(struct faults_screen *self, int by) {
    size_t turn = self->at;
    for (turn += (size_t)by; turn < self->faults->count; turn += (size_t)by)
        if (self->faults->turns[turn].who == SPEAKER_AGENT) {
            self->at = turn;
            break;
        }
    return SCREEN_DRAW;
}

static unsigned page(struct faults_screen *self, int by) {
    for (int i = 0; i < 4; i++)
        step(self, by);
    return SCREEN_DRAW;
}

static unsigned toggle(struct faults_screen *self) {
    self->marked[self->at] = !self->marked[self->at];
    return SCREEN_DRAW;
}

static unsigned begin_wording(struct faults_screen *self) {
    const char *words = wording(self, self->at);
    line_editor_set(&self->editor, words, strlen(words));
    self->typing = true;
    return SCREEN_DRAW;
}

/* Whoever says a turn better finds it faulty. */
static unsigned take_wording(struct faults_screen *self) {
    const struct buffer *text = &self->editor.text;
    free(self->rewritten[self->at]);
    self->rewritten[self->at] = text->length ? memory_text(buffer_text(text)) : NULL;
    self->marked[self->at] |= text->length > 0;
    self->typing = false;
    return SCREEN_DRAW;
}

static void judge(struct faults_screen *self) {
    struct reading reading = {0};
    struct call_outcome credits;
    for (size_t i = 0; i < self->faults->count; i++) {
        const char *words = wording(self, i);
        if (!*words)
            continue;
        self->verdicts[i] = trial_faults_rewrite(self->faults, (uint32_t)i, words, strlen(words),
                                                 &reading, &credits);
        self->met += self->verdicts[i] == VERDICT_MET;
        self->partial += self->verdicts[i] == VERDICT_PARTIAL;
    }
    reading_free(&reading);
}

static unsigned hand_in(struct faults_screen *self) {
    struct error error;
    judge(self);
    self->score = trial_faults_score(self->faults, self->marked);
    self->over = true;
    self->scroll.from = 0;
    struct exercise_result result = {"faults",           self->scenario,   self->seed,
                                     self->score.marked, self->score.hits, self->score.faults,
                                     self->met,          self->partial};
    const struct app_start *start = app_settings(self->app);
    if (!seat_keep_exercise(start->data, start->trainee, &result, &error))
        app_say(self->app, true, "%s", error.text);
    return SCREEN_DRAW;
}

static unsigned leave(struct faults_screen *self) {
    for (size_t i = 0; i < self->faults->count; i++)
        self->asking |= self->marked[i] && !self->over;
    return self->asking ? SCREEN_DRAW : SCREEN_LEAVE;
}

static unsigned act_typing(struct faults_screen *self, enum action action) {
    if (action == DO_ACCEPT)
        return take_wording(self);
    if (action == DO_LEAVE)
        self->typing = false;
    else if (!line_editor_act(&self->editor, action))
        return SCREEN_TEXT;
    return SCREEN_DRAW;
}

static unsigned act_over(struct faults_screen *self, enum action action) {
    if (action == DO_LEAVE || action == DO_CHOOSE)
        return SCREEN_LEAVE;
    return scroll_act(&self->scroll, action) ? SCREEN_DRAW : SCREEN_STAY;
}

static unsigned faults_act(void *state, enum action action, const struct input *input) {
    struct faults_screen *self = state;
    if (self->asking) {
        self->asking = false;
        return action == DO_YES ? SCREEN_LEAVE : SCREEN_DRAW;
    }
    if (self->typing)
        return act_typing(self, action);
    if (self->over)
        return act_over(self, action);
    switch (action) {
    case DO_UP:
        return step(self, -1);
    case DO_DOWN:
        return step(self, 1);
    case DO_PAGE_UP:
        return page(self, -1);
    case DO_PAGE_DOWN:
        return page(self, 1);
    case DO_MARK:
        return toggle(self);
    case DO_REWRITE:
        return begin_wording(self);
    case DO_HAND_IN:
        return hand_in(self);
    case DO_LEAVE:
        return leave(self);
    default:
        return SCREEN_STAY;
    }
}

static unsigned faults_key(void *state, const struct input *input) {
    struct faults_screen *self = state;
    if (self->typing)
        return line_editor_input(&self->editor, input) ? SCREEN_DRAW : SCREEN_STAY;
    if (input->kind != INPUT_MOUSE || input->mouse == MOUSE_PRESS)
        return SCREEN_STAY;
    bool up = input->mouse == MOUSE_WHEEL_UP;
    if (self->over)
        scroll_by(&self->scroll, up ? -3 : 3);
    else
        step(self, up ? -1 : 1);
    return SCREEN_DRAW;
}

/* ---- keys ---- */

static const struct binding list_bindings[] = {
    {.key = ' ', .action = DO_MARK},         {.key = K_ENTER, .action = DO_MARK},
    {.key = 'r', .action = DO_REWRITE},      {.key = 'R', .action = DO_REWRITE},
    {.key = K_F1 + 9, .action = DO_HAND_IN}, {.key = K_ALT | 'd', .action = DO_HAND_IN},
};
static const enum action list_footer[] = {DO_MARK, DO_REWRITE, DO_HAND_IN, DO_LEAVE, DO_NONE};
static const struct keymap keymap_marking = {
    .title = N_("Find the faults"),
    .parent = &keymap_list,
    .bindings = list_bindings,
    .count = sizeof list_bindings / sizeof *list_bindings,
    .footer = list_footer,
};

static const struct binding word_bindings[] = {
    {.key = K_ENTER, .action = DO_ACCEPT},
    {.key = K_ESCAPE, .action = DO_LEAVE},
};
static const enum action word_footer[] = {DO_ACCEPT, DO_LEAVE, DO_NONE};
static const struct keymap keymap_wording = {
    .title = N_("Find the faults: another wording"),
    .parent = &keymap_editor,
    .bindings = word_bindings,
    .count = sizeof word_bindings / sizeof *word_bindings,
    .footer = word_footer,
    .typing = true,
};

static const enum action over_footer[] = {DO_UP, DO_DOWN, DO_LEAVE, DO_NONE};
static const struct keymap keymap_judged = {
    .title = N_("Find the faults: the result"),
    .parent = &keymap_list,
    .footer = over_footer,
};

static const struct keymap *faults_keys(void *state) {
    const struct faults_screen *self = state;
    return self->asking   ? &keymap_question
           : self->typing ? &keymap_wording
           : self->over   ? &keymap_judged
                          : &keymap_marking;
}

/* ---- opening and closing ---- */

static void faults_close(void *state) {
    struct faults_screen *self = state;
    for (size_t i = 0; self->faults && i < self->faults->count; i++)
        free(self->rewritten[i]);
    free(self->rewritten);
    free(self->verdicts);
    free(self->marked);
    trial_faults_free(self->faults);
    scenario_free(self->scenario);
    line_editor_free(&self->editor);
    free(self);
}

static void make_call(struct faults_screen *self, int language) {
    const struct app_start *start = app_settings(self->app);
    self->seed = start->has_seed ? start->seed : (uint64_t)time(NULL);
    self->faults = trial_faults(
        self->scenario, language >= 0 ? (enum language)language : message_language(), self->seed);
    size_t count = self->faults->count;
    self->marked = memory_new(count + 1);
    self->rewritten = memory_new((count + 1) * sizeof *self->rewritten);
    self->verdicts = memory_new((count + 1) * sizeof *self->verdicts);
    self->at = (size_t)-1;
    step(self, 1);
}

static void *faults_open(struct app *app, const void *argument, struct error *error) {
    const struct app_start *start = app_settings(app);
    const struct call_request *wanted = argument;
    struct faults_screen *self = memory_new(sizeof *self);
    self->app = app;
    line_editor_start(&self->editor, WORDS_BYTES);
    self->scenario =
        screen_load_script(wanted ? wanted->path : start->file, start->behaviours, error);
    if (!self->scenario) {
        faults_close(self);
        return NULL;
    }
    make_call(self, wanted ? wanted->language : start->call_language);
    if (self->faults->agent_count)
        return self;
    error_set(error, _("This script has no listed replies that could be faulty."));
    faults_close(self);
    return NULL;
}

const struct screen screen_faults = {
    .open = faults_open,
    .keys = faults_keys,
    .draw = faults_draw,
    .act = faults_act,
    .key = faults_key,
    .close = faults_close,
};
