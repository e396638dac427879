/* The call: the customer talks, the trainee answers from the list or in words of his own.
 *
 * The screen owns no truth: what happened is in the seat (and on disk before it is seen here), and
 * the time of the call is the terminal's clock less the time it stood still. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "board.h"
#include "conversation.h"
#include "line_editor.h"
#include "screen.h"
#include "terminal.h"

#define OPTIONS 64
#define REPLY_BYTES 4000     /* of a typed reply */
#define DRAFT_EVERY_MS 1000  /* a half-typed reply is kept so often */
#define SPEECH_FRAME_MS 50   /* between two pieces of what the customer says */
#define CONVERSATION_LEAST 6 /* rows it keeps however many replies there are */
#define EDITOR_ROWS 4
#define RETRY_MS 1000 /* a full disk is asked again so often */

enum asking { ASKING_NOTHING, ASKING_SKIP, ASKING_HANG_UP };

struct call_screen {
    struct app *app;
    struct call_request *request;
    struct scenario *scenario; /* NULL when resumed: the seat's own */
    struct seat *seat;
    struct conversation conversation;
    struct line_editor editor;
    bool typing; /* in the editor, not in the list */
    bool panel;  /* card and guide lie over a narrow screen */
    enum asking asking;
    struct buffer question;
    struct {
        bool any, typed;
        uint32_t node, option;
        struct buffer text;
    } refused; /* the reply that led into a locked stage: saying it again asks again */
    uint32_t options[OPTIONS];
    uint32_t option_count, selected;
    uint32_t node; /* that the options are of */
    struct {
        int from, to; /* screen rows, for the mouse; to is one past */
    } option_rows[OPTIONS];
    int64_t clock_call, clock_terminal; /* the same moment on both clocks */
    bool stuck;                         /* the record can't be written: the clock stands still */
    int64_t retry_ms, draft_ms;         /* when to try again; when the draft is due; -1 not */
    bool closed;                        /* the call is over and its record closed */
};

static void *call_open(struct app *app, const void *argument, struct error *error);

struct call_request *call_request_new(bool resume, enum mode mode, int language, const char *path) {
    struct call_request *request = memory_new(sizeof *request + strlen(path) + 1);
    request->resume = resume;
    request->mode = mode;
    request->language = language;
    strcpy(request->path, path);
    return request;
}

/* ---- time ---- */

static int64_t call_time(const struct call_screen *self, int64_t now_ms) {
    return self->stuck ? self->clock_call : self->clock_call + now_ms - self->clock_terminal;
}

static int64_t time_of_last(const struct call_screen *self) {
    struct call_view view;
    call_view(seat_call(self->seat), &view);
    return view.t_ms;
}

static void set_clock(struct call_screen *self) {
    self->clock_call = time_of_last(self);
    self->clock_terminal = terminal_now_ms();
}

/* The clock stands still until the record can be written again. */
static void get_stuck(struct call_screen *self, const struct error *error) {
    int64_t now = terminal_now_ms();
    if (!self->stuck)
        self->clock_call = call_time(self, now);
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
    set_clock(self);
    app_say(self->app, false, _("The call goes on."));
    return true;
}

/* ---- the state as seen ---- */

static const struct node *node_here(const struct call_screen *self, struct call_view *view) {
    call_view(seat_call(self->seat), view);
    return &call_scenario(seat_call(self->seat))->nodes[view->node];
}

static bool takes_typed(const struct call_screen *self) {
    struct call_view view;
    return node_here(self, &view)->accepts_typed;
}

static void read_options(struct call_screen *self) {
    struct call_view view;
    const struct node *node = node_here(self, &view);
    bool moved = view.node != self->node;
    self->node = view.node;
    self->option_count = call_options(seat_call(self->seat), self->options, OPTIONS);
    if (self->option_count > OPTIONS)
        self->option_count = OPTIONS;
    if (moved || self->selected >= self->option_count)
        self->selected = 0;
    if (!self->option_count && node->accepts_typed)
        self->typing = true;
    else if (!node->accepts_typed)
        self->typing = false;
}

static void hear(void *user, uint32_t row, const struct event *event,
                 const struct call_outcome *outcome) {
    struct call_screen *self = user;
    const struct scenario *scenario =
        self->scenario ? self->scenario : call_scenario(seat_call(self->seat));
    enum language language =
        self->request->language >= 0 ? (enum language)self->request->language : message_language();
    bool marks = self->request->mode == MODE_LEARN;
    conversation_hush(&self->conversation);
    conversation_hear(&self->conversation, scenario, language, event, outcome, marks);
    if (outcome->line_count)
        conversation_speak(&self->conversation, terminal_now_ms());
}

/* ---- the end of a call ---- */

static void close_call(struct call_screen *self) {
    struct error error;
    struct call_view view;
    call_view(seat_call(self->seat), &view);
    if (!view.ended || self->closed)
        return;
    if (seat_close(self->seat, call_time(self, terminal_now_ms()), &error) != SEAT_DONE) {
        get_stuck(self, &error);
        return;
    }
    self->closed = true;
    self->asking = ASKING_NOTHING;
    const struct scenario *scenario = call_scenario(seat_call(self->seat));
    const char *what = "";
    if (view.ending >= 0)
        what = text_in(&scenario->endings[view.ending].text, view.language);
    else if (view.no_way_on)
        what = _("There was no way on from here.");
    if (*what)
        conversation_add(&self->conversation, SAID_NOTE, view.t_ms, what, strlen(what));
}

static unsigned show_result(struct call_screen *self) {
    struct result_request *request = memory_new(sizeof *request);
    *request = (struct result_request){
        .call = seat_call(self->seat),
        .scorecard = seat_scorecard(self->seat),
        .opening = seat_opening(self->seat),
        .record = seat_record_path(self->seat),
        .seat = self->seat,
        .scenario = self->scenario,
        .played = self->request,
    };
    self->seat = NULL; /* the result's now */
    self->scenario = NULL;
    self->request = NULL;
    app_next(self->app, &screen_result, request, true);
    return SCREEN_LEAVE | SCREEN_NEXT;
}

/* ---- what the trainee does ---- */

/* The stage the refused reply leads into; of a typed one we know that it is the next that is
 * locked. */
static enum stage locked_stage(const struct call_screen *self, const struct call_view *view) {
    struct event event = {.kind = EVENT_REPLY, .node = view->node};
    int stage = -1;
    if (!self->typing && self->selected < self->option_count) {
        event.ref = self->options[self->selected];
        stage = call_next_stage(seat_call(self->seat), &event);
    }
    for (int next = (int)view->stage + 1; stage < 0 && next < STAGE_COUNT; next++)
        if (call_missing(seat_call(self->seat), (enum stage)next, NULL, 0))
            stage = next;
    return stage < 0 ? view->stage : (enum stage)stage;
}

static void ask_skip(struct call_screen *self) {
    const struct call *call = seat_call(self->seat);
    const struct scenario *scenario = call_scenario(call);
    struct call_view view;
    uint32_t missing[4];
    call_view(call, &view);
    uint32_t count = call_missing(call, locked_stage(self, &view), missing, 4);
    buffer_clear(&self->question);
    buffer_add_text(&self->question, _("Too early for that: this is not done yet."));
    for (uint32_t i = 0; i < count && i < 4; i++)
        buffer_printf(&self->question, "\n- %s",
                      text_in(&scenario->points[scenario->required[missing[i]].points[0]].text,
                              view.language));
    buffer_printf(&self->question, "\n%s", _("Go on all the same? What is skipped stays lost."));
    self->asking = ASKING_SKIP;
}

/* What follows from a try: told, drawn, asked. */
static unsigned after(struct call_screen *self, enum seat_result result, enum call_refusal refusal,
                      const struct error *error) {
    if (result == SEAT_FAILED)
        get_stuck(self, error);
    else if (result == SEAT_REFUSED && refusal == CALL_LOCKED)
        ask_skip(self);
    else if (result == SEAT_REFUSED)
        app_say(self->app, true, "%s", call_refusal_sentence(refusal));
    read_options(self);
    close_call(self);
    return SCREEN_DRAW;
}

/* Lets the customer act first, so that a reply is never given to something else than was seen. */
static bool catch_up(struct call_screen *self, int64_t now_ms) {
    struct error error;
    uint32_t node = self->node;
    if (self->stuck || self->closed)
        return false;
    if (seat_tick(self->seat, call_time(self, now_ms), &error) != SEAT_DONE) {
        get_stuck(self, &error);
        return false;
    }
    read_options(self);
    close_call(self);
    return !self->closed && !self->stuck && self->node == node;
}

static bool refused_before(const struct call_screen *self, uint32_t option) {
    if (!self->refused.any || self->refused.node != self->node ||
        self->refused.typed != self->typing)
        return false;
    if (!self->typing)
        return self->refused.option == option;
    return !strcmp(buffer_text(&self->refused.text), buffer_text(&self->editor.text));
}

/* To the seat the same reply twice is a knowing skip; here the question comes before it. */
static unsigned ask_again(struct call_screen *self) {
    ask_skip(self);
    return SCREEN_DRAW;
}

static void note_refused(struct call_screen *self, uint32_t option) {
    self->refused.any = true;
    self->refused.typed = self->typing;
    self->refused.node = self->node;
    self->refused.option = option;
    buffer_clear(&self->refused.text);
    buffer_add_text(&self->refused.text, buffer_text(&self->editor.text));
}

static unsigned give_reply(struct call_screen *self, uint32_t index) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    int64_t now = terminal_now_ms();
    if (index >= self->option_count || !catch_up(self, now) || index >= self->option_count)
        return SCREEN_DRAW;
    self->selected = index;
    if (refused_before(self, self->options[index]))
        return ask_again(self);
    enum seat_result result =
        seat_reply(self->seat, call_time(self, now), self->options[index], &refusal, &error);
    if (result == SEAT_REFUSED && refusal == CALL_LOCKED)
        note_refused(self, self->options[index]);
    return after(self, result, refusal, &error);
}

static unsigned say_typed(struct call_screen *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    int64_t now = terminal_now_ms();
    if (!self->editor.text.length || !catch_up(self, now))
        return SCREEN_DRAW;
    if (refused_before(self, 0))
        return ask_again(self);
    enum seat_result result =
        seat_type(self->seat, call_time(self, now), buffer_text(&self->editor.text),
                  self->editor.text.length, &refusal, &error);
    if (result == SEAT_DONE) {
        line_editor_clear(&self->editor);
        seat_draft_write(self->seat, "", 0, NULL);
        self->draft_ms = -1;
    } else if (result == SEAT_REFUSED && refusal == CALL_LOCKED) {
        note_refused(self, 0);
    }
    return after(self, result, refusal, &error);
}

static unsigned do_kind(struct call_screen *self, enum event_kind kind) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    if (self->closed || self->stuck)
        return SCREEN_DRAW;
    enum seat_result result =
        seat_do(self->seat, call_time(self, terminal_now_ms()), kind, &refusal, &error);
    if (result == SEAT_DONE && kind == EVENT_SKIP && self->typing)
        line_editor_clear(&self->editor);
    return after(self, result, refusal, &error);
}

static unsigned toggle_hold(struct call_screen *self) {
    struct call_view view;
    call_view(seat_call(self->seat), &view);
    return do_kind(self, view.phase == PHASE_ON_HOLD ? EVENT_RESUME : EVENT_HOLD);
}

static unsigned ask_hang_up(struct call_screen *self) {
    buffer_clear(&self->question);
    buffer_add_text(&self->question, _("Hang up? The call ends here and is scored."));
    self->asking = ASKING_HANG_UP;
    return SCREEN_DRAW;
}

static unsigned answer(struct call_screen *self, bool yes) {
    enum asking asked = self->asking;
    self->asking = ASKING_NOTHING;
    if (!yes)
        return SCREEN_DRAW;
    return do_kind(self, asked == ASKING_SKIP ? EVENT_SKIP : EVENT_END);
}

static unsigned switch_input(struct call_screen *self) {
    struct call_view view;
    const struct node *node = node_here(self, &view);
    if (!self->typing && !node->accepts_typed)
        app_say(self->app, false, _("Here you choose from the list."));
    else if (self->typing && !self->option_count)
        app_say(self->app, false, _("Here you answer in your own words."));
    else
        self->typing = !self->typing;
    return SCREEN_DRAW;
}

static unsigned select_by(struct call_screen *self, int by) {
    int64_t count = self->option_count;
    if (count)
        self->selected = (uint32_t)((self->selected + count + by) % count);
    return SCREEN_DRAW;
}

/* Any key ends the customer's slow appearing; being over leaves only the way to the receipt. */
static unsigned act_over(struct call_screen *self, enum action action) {
    if (action == DO_CHOOSE)
        return show_result(self);
    if (action == DO_SCROLL_UP || action == DO_SCROLL_DOWN)
        conversation_scroll(&self->conversation, action == DO_SCROLL_UP ? 5 : -5);
    return action == DO_PAUSE_CALL ? SCREEN_LEAVE : SCREEN_DRAW;
}

static unsigned call_act(void *state, enum action action, const struct input *input) {
    struct call_screen *self = state;
    conversation_hush(&self->conversation);
    if (self->asking)
        return answer(self, action == DO_YES);
    if (self->closed)
        return act_over(self, action);
    switch (action) {
    case DO_PICK:
        return give_reply(self, input->key - '1');
    case DO_GIVE:
        return give_reply(self, self->selected);
    case DO_UP:
        return select_by(self, -1);
    case DO_DOWN:
        return select_by(self, 1);
    case DO_SEND:
        return say_typed(self);
    case DO_TYPE:
        return switch_input(self);
    case DO_HOLD:
        return toggle_hold(self);
    case DO_HANG_UP:
        return ask_hang_up(self);
    case DO_GUIDE:
        self->panel = !self->panel;
        return SCREEN_DRAW;
    case DO_SCROLL_UP:
    case DO_SCROLL_DOWN:
        conversation_scroll(&self->conversation, action == DO_SCROLL_UP ? 5 : -5);
        return SCREEN_DRAW;
    case DO_PAUSE_CALL:
        return SCREEN_LEAVE;
    default:
        break;
    }
    if (self->typing && line_editor_act(&self->editor, action)) {
        if (self->draft_ms < 0)
            self->draft_ms = terminal_now_ms() + DRAFT_EVERY_MS;
        return SCREEN_DRAW;
    }
    return SCREEN_TEXT;
}

static unsigned take_mouse(struct call_screen *self, const struct input *input) {
    if (input->mouse != MOUSE_PRESS) {
        conversation_scroll(&self->conversation, input->mouse == MOUSE_WHEEL_UP ? 3 : -3);
        return SCREEN_DRAW;
    }
    for (uint32_t i = 0; !self->typing && !self->asking && i < self->option_count; i++)
        if (input->row >= self->option_rows[i].from && input->row < self->option_rows[i].to) {
            if (self->selected == i)
                return give_reply(self, i);
            self->selected = i;
        }
    return SCREEN_DRAW;
}

static unsigned call_key(void *state, const struct input *input) {
    struct call_screen *self = state;
    conversation_hush(&self->conversation);
    if (input->kind == INPUT_MOUSE)
        return take_mouse(self, input);
    if (self->asking || self->closed)
        return SCREEN_DRAW;
    if (!self->typing && !takes_typed(self))
        return SCREEN_DRAW;
    bool text = line_editor_input(&self->editor, input);
    if (text)
        self->typing = true; /* whoever begins to write wants to write */
    if (text && self->draft_ms < 0)
        self->draft_ms = terminal_now_ms() + DRAFT_EVERY_MS;
    return SCREEN_DRAW;
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
        if (seat_tick(self->seat, call_time(self, now_ms), &error) == SEAT_FAILED)
            get_stuck(self, &error);
        if (heard != self->conversation.count) {
            read_options(self);
            close_call(self);
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
    int64_t call_now = call_time(self, now_ms), next = call_next_due(seat_call(self->seat));
    if (next >= 0)
        due = sooner(due, now_ms + (next > call_now ? next - call_now : 0));
    return sooner(due, now_ms + 1000 - call_now % 1000);
}

/* ---- drawing ---- */

static int option_lines(const struct call_screen *self, uint32_t index, int columns) {
    struct call_view view;
    const struct node *node = node_here(self, &view);
    const char *says = text_in(&node->replies[self->options[index]].says, view.language);
    return draw_wrapped_rows(says, strlen(says), columns);
}

static int options_height(const struct call_screen *self, int columns) {
    int rows = 0;
    for (uint32_t i = 0; i < self->option_count; i++)
        rows += option_lines(self, i, columns);
    return rows;
}

/* The first option to show, so that the selected one is seen whole. */
static uint32_t first_option(const struct call_screen *self, struct area area) {
    uint32_t first = self->selected;
    int rows = option_lines(self, first, area.columns - 5);
    while (first > 0) {
        rows += option_lines(self, first - 1, area.columns - 5);
        if (rows > area.rows)
            break;
        first--;
    }
    return first;
}

static void draw_option(struct call_screen *self, uint32_t index, struct area area, int row,
                        int lines) {
    struct call_view view;
    const struct node *node = node_here(self, &view);
    const char *says = text_in(&node->replies[self->options[index]].says, view.language);
    bool marked = index == self->selected;
    enum role role = marked ? ROLE_SELECTED : ROLE_TEXT;
    char number[16];
    snprintf(number, sizeof number, "%c%u", marked ? '>' : ' ', index + 1);
    struct area text = {.row = area.row + row,
                        .column = area.column + 4,
                        .rows = lines < area.rows - row ? lines : area.rows - row,
                        .columns = area.columns - 5};
    draw_area((struct area){text.row, area.column, text.rows, area.columns}, role);
    draw_text(text.row, area.column + 1, 3, marked ? role : ROLE_STRONG, number);
    draw_wrapped(text, 0, role, says, strlen(says), NULL);
    self->option_rows[index].from = text.row;
    self->option_rows[index].to = text.row + text.rows;
}

static void draw_options(struct call_screen *self, struct area area) {
    int row = 0;
    for (uint32_t i = 0; i < self->option_count; i++)
        self->option_rows[i].from = self->option_rows[i].to = -1;
    if (!self->option_count)
        return;
    for (uint32_t i = first_option(self, area); i < self->option_count && row < area.rows; i++) {
        int lines = option_lines(self, i, area.columns - 5);
        draw_option(self, i, area, row, lines);
        row += lines;
    }
}

static void draw_question(struct call_screen *self, struct area area) {
    area.column += 1;
    area.columns -= 2;
    draw_wrapped(area, 0, ROLE_WARN, buffer_text(&self->question), self->question.length, NULL);
}

static void draw_editor(struct call_screen *self, struct area area) {
    draw_text(area.row, area.column + 1, 2, ROLE_TRAINEE, ">");
    line_editor_draw(&self->editor,
                     (struct area){area.row, area.column + 3, area.rows, area.columns - 4},
                     ROLE_TEXT);
}

static void draw_over(struct area area) {
    draw_wrapped((struct area){area.row, area.column + 1, area.rows, area.columns - 2}, 0,
                 ROLE_STRONG, _("The call is over. Press Enter for the receipt."),
                 strlen(_("The call is over. Press Enter for the receipt.")), NULL);
}

/* Rows of the lower part, without its headline. */
static int lower_rows(const struct call_screen *self, int columns) {
    int most = draw_rows() - BOARD_ROWS - 3 - CONVERSATION_LEAST, rows;
    if (self->asking)
        rows = draw_wrapped_rows(buffer_text(&self->question), self->question.length, columns - 2);
    else if (self->closed)
        rows = 1;
    else if (self->typing) {
        rows = line_editor_rows(&self->editor, columns - 4);
        rows = rows > EDITOR_ROWS ? EDITOR_ROWS : rows < 2 ? 2 : rows;
    } else
        rows = options_height(self, columns - 5);
    return rows > most ? most : rows < 1 ? 1 : rows;
}

static const char *headline(const struct call_screen *self) {
    if (self->asking)
        return _("A question");
    if (self->closed)
        return _("The end");
    struct call_view view;
    const struct node *node = node_here(self, &view);
    if (view.phase == PHASE_ON_HOLD)
        return _("On hold: take the customer back before you answer");
    if (self->typing)
        return self->option_count ? _("Your own words (Tab: the list)") : _("Your own words");
    return node->accepts_typed ? _("Your reply (Tab: type your own words)") : _("Your reply");
}

static void draw_title(const struct call_screen *self) {
    const struct scenario *scenario = call_scenario(seat_call(self->seat));
    struct call_view view;
    char clock[16], right[128];
    call_view(seat_call(self->seat), &view);
    clock_text(self->closed ? view.t_ms : call_time(self, terminal_now_ms()), clock);
    snprintf(right, sizeof right, "%s  %s  %s", level_label(scenario->level), mode_label(view.mode),
             clock);
    board_draw(seat_call(self->seat), right);
}

static void call_draw(void *state) {
    struct call_screen *self = state;
    bool wide = draw_columns() >= BOARD_WIDE;
    int left = wide ? BOARD_PANEL + 1 : 0, columns = draw_columns() - left;
    int lower = lower_rows(self, columns), bottom = draw_rows() - 2;
    struct area talk = {BOARD_ROWS, left, bottom - lower - 1 - BOARD_ROWS, columns};
    struct area below = {bottom - lower, left, lower, columns};
    draw_title(self);
    if (!wide && self->panel)
        board_draw_panel(seat_call(self->seat), (struct area){talk.row, 0, talk.rows, columns});
    else
        conversation_draw(&self->conversation, talk, terminal_now_ms());
    if (wide)
        board_draw_panel(seat_call(self->seat),
                         (struct area){BOARD_ROWS - 1, 0, draw_rows() - BOARD_ROWS, BOARD_PANEL});
    draw_fill(below.row - 1, left, columns, ROLE_PANEL);
    draw_text(below.row - 1, left + 1, columns - 2, ROLE_PANEL_STRONG, headline(self));
    if (self->asking)
        draw_question(self, below);
    else if (self->closed)
        draw_over(below);
    else if (self->typing)
        draw_editor(self, below);
    else
        draw_options(self, below);
}

/* ---- keys ---- */

#define CALL_BINDINGS                                                                              \
    {.key = K_TAB, .action = DO_TYPE}, {.key = K_F1 + 2, .action = DO_GUIDE},                      \
        {.key = K_CTRL | 'g', .action = DO_GUIDE}, {.key = K_F1 + 4, .action = DO_HOLD},           \
        {.key = K_CTRL | 'o', .action = DO_HOLD}, {.key = K_F1 + 7, .action = DO_HANG_UP},         \
        {.key = K_ALT | 'x', .action = DO_HANG_UP}, {.key = K_F1 + 9, .action = DO_PAUSE_CALL},    \
        {.key = K_CTRL | 'x', .action = DO_PAUSE_CALL},                                            \
        {.key = K_PAGE_UP, .action = DO_SCROLL_UP}, {                                              \
        .key = K_PAGE_DOWN, .action = DO_SCROLL_DOWN                                               \
    }

static const struct binding list_bindings[] = {
    {.key = '1', .last = '9', .action = DO_PICK},
    {.key = K_UP, .action = DO_UP},
    {.key = K_DOWN, .action = DO_DOWN},
    {.key = K_ENTER, .action = DO_GIVE},
    {.key = '?', .action = DO_HELP},
    CALL_BINDINGS,
};
static const enum action list_footer[] = {DO_PICK,    DO_TYPE,       DO_GUIDE, DO_HOLD,
                                          DO_HANG_UP, DO_PAUSE_CALL, DO_NONE};
static const struct keymap keymap_choosing = {
    .title = N_("In a call: choosing a reply"),
    .parent = &keymap_global,
    .bindings = list_bindings,
    .count = sizeof list_bindings / sizeof *list_bindings,
    .footer = list_footer,
};

static const struct binding typing_bindings[] = {
    {.key = K_ENTER, .action = DO_SEND},
    CALL_BINDINGS,
};
static const enum action typing_footer[] = {DO_SEND,    DO_TYPE,       DO_GUIDE, DO_HOLD,
                                            DO_HANG_UP, DO_PAUSE_CALL, DO_NONE};
static const struct keymap keymap_typing = {
    .title = N_("In a call: typing a reply"),
    .parent = &keymap_editor,
    .bindings = typing_bindings,
    .count = sizeof typing_bindings / sizeof *typing_bindings,
    .footer = typing_footer,
    .typing = true,
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

static const struct keymap *call_keys(void *state) {
    const struct call_screen *self = state;
    if (self->asking)
        return &keymap_question;
    if (self->closed)
        return &keymap_over;
    return self->typing ? &keymap_typing : &keymap_choosing;
}

/* ---- opening and closing ---- */

static uint64_t fresh_seed(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t state = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    return hash_random(&state) >> 12; /* small enough to be read and typed again */
}

static bool load_script(struct call_screen *self, const char *behaviours, struct error *error) {
    struct findings findings = {0};
    self->scenario = scenario_load(self->request->path, behaviours, &findings);
    for (size_t i = 0; !self->scenario && i < findings.count; i++)
        if (findings.items[i].severity == FINDING_ERROR) {
            const struct finding *first = &findings.items[i];
            error_set(error, "%s:%zu:%zu: %s", first->file, first->line, first->column,
                      first->text);
            break;
        }
    findings_free(&findings);
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
    conversation_hear(&self->conversation, fold->scenario, view.language, event, outcome,
                      view.mode == MODE_LEARN);
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
    buffer_free(&self->question);
    buffer_free(&self->refused.text);
    free(self->request);
    free(self);
}

static void *call_open(struct app *app, const void *argument, struct error *error) {
    const struct app_start *start = app_settings(app);
    const struct call_request *wanted = argument;
    struct call_screen *self = memory_new(sizeof *self);
    self->app = app;
    self->draft_ms = -1;
    self->node = UINT32_MAX;
    conversation_start(&self->conversation);
    line_editor_start(&self->editor, REPLY_BYTES);
    self->request =
        wanted ? call_request_new(wanted->resume, wanted->mode, wanted->language, wanted->path)
               : call_request_new(false, start->mode, start->call_language, start->file);
    if (!(self->request->resume ? resume_call(self, error) : start_call(self, error))) {
        call_close(self);
        return NULL;
    }
    set_clock(self);
    read_options(self);
    close_call(self);
    return self;
}

/* The machine slept or the program was stopped: that is no time of the call. */
static void call_interrupted(void *state, bool ends) {
    struct call_screen *self = state;
    struct error error;
    if (self->draft_ms >= 0 || (ends && self->editor.text.length))
        keep_draft(self);
    if (self->closed)
        return;
    if (seat_gap(self->seat, ends ? "interrupted" : "suspended", &error) != SEAT_DONE) {
        get_stuck(self, &error);
        return;
    }
    set_clock(self);
}

const struct screen screen_call = {
    .open = call_open,
    .keys = call_keys,
    .draw = call_draw,
    .act = call_act,
    .key = call_key,
    .tick = call_tick,
    .due = call_due_ms,
    .interrupted = call_interrupted,
    .close = call_close,
};
