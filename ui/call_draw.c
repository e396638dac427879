/* How a call looks: the board on top, the conversation, and below it the reply, a question, or (in
 * a narrow window) the panel in focus. */
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "call_screen.h"
#include "report/report.h"
#include "terminal.h"

#define CONVERSATION_LEAST 6 /* rows it keeps however many replies there are */
#define PANEL_ROWS_LEAST 6   /* and a panel below it */
#define EDITOR_ROWS 4
#define COUNTDOWN 20 /* columns of a drill's bar */

/* ---- the listed replies ---- */

static int option_lines(const struct call_screen *self, uint32_t index, int columns) {
    struct call_view view;
    const struct node *node = call_screen_node(self, &view);
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
    const struct node *node = call_screen_node(self, &view);
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
    draw_wrapped(area, 0, ROLE_WARN, buffer_text(&self->question.text), self->question.text.length,
                 NULL);
}

static void draw_editor(struct call_screen *self, struct area area) {
    draw_text(area.row, area.column + 1, 2, ROLE_TRAINEE, ">");
    line_editor_draw(&self->editor,
                     (struct area){area.row, area.column + 3, area.rows, area.columns - 4},
                     ROLE_TEXT);
}

static void draw_sentence(struct area area, const char *sentence) {
    draw_wrapped((struct area){area.row, area.column + 1, area.rows, area.columns - 2}, 0,
                 ROLE_STRONG, sentence, strlen(sentence), NULL);
}

/* ---- the lower part ---- */

/* What lies below the conversation. */
enum lower { LOWER_QUESTION, LOWER_OVER, LOWER_PANEL, LOWER_AFTER, LOWER_EDITOR, LOWER_OPTIONS };

static enum lower lower_part(const struct call_screen *self, const struct dock_layout *layout) {
    return self->question.yes             ? LOWER_QUESTION
           : self->closed                 ? LOWER_OVER
           : layout->below                ? LOWER_PANEL
           : call_screen_after_call(self) ? LOWER_AFTER
           : self->typing                 ? LOWER_EDITOR
                                          : LOWER_OPTIONS;
}

static int wanted_rows(struct call_screen *self, enum lower part, int columns) {
    int rows;
    switch (part) {
    case LOWER_QUESTION:
        return draw_wrapped_rows(buffer_text(&self->question.text), self->question.text.length,
                                 columns - 2);
    case LOWER_OVER:
        return 1;
    case LOWER_AFTER:
        return 2;
    case LOWER_PANEL:
        return dock_rows(self, columns);
    case LOWER_EDITOR:
        rows = line_editor_rows(&self->editor, columns - 4);
        return rows > EDITOR_ROWS ? EDITOR_ROWS : rows < 2 ? 2 : rows;
    default:
        return options_height(self, columns - 5);
    }
}

/* The conversation keeps some rows, and beside a panel at least what the customer said last. */
static int lower_rows(struct call_screen *self, enum lower part, struct area area) {
    int rows = wanted_rows(self, part, area.columns), kept = CONVERSATION_LEAST;
    if (part == LOWER_PANEL) {
        int tail = conversation_tail(&self->conversation, area.columns);
        int most = area.rows - 1 - PANEL_ROWS_LEAST;
        kept = tail > most ? most : tail > kept ? tail : kept;
    }
    int most = area.rows - 1 - kept;
    return rows > most ? most : rows < 1 ? 1 : rows;
}

static const char *headline(const struct call_screen *self) {
    if (self->question.yes)
        return _("A question");
    if (self->closed)
        return _("The end");
    struct call_view view;
    const struct node *node = call_screen_node(self, &view);
    if (view.phase == PHASE_AFTER_CALL)
        return _("Work after the call");
    if (view.phase == PHASE_ON_HOLD)
        return _("On hold: take the customer back before you answer");
    if (self->typing)
        return self->option_count ? _("Your own words (Tab: the list)") : _("Your own words");
    return node->accepts_typed ? _("Your reply (Tab: type your own words)") : _("Your reply");
}

static void draw_title(const struct call_screen *self) {
    const struct scenario *scenario = call_scenario(call_screen_call(self));
    struct call_view view;
    char clock[16], right[128];
    call_view(call_screen_call(self), &view);
    clock_text(self->closed ? view.t_ms : call_screen_time(self, terminal_now_ms()), clock);
    snprintf(right, sizeof right, "%s  %s  %s", level_label(scenario->level), mode_label(view.mode),
             clock);
    board_draw(call_screen_call(self), right);
}

/* A drill's countdown: a bar that empties and the seconds left. Returns the columns used. */
static int draw_countdown(const struct call_screen *self, int row, int column) {
    int64_t now = call_screen_time(self, terminal_now_ms());
    uint32_t whole = call_scenario(call_screen_call(self))->drill_ms;
    struct call_view view;
    struct buffer text = {0};
    call_view(call_screen_call(self), &view);
    if (view.reply_due_ms < 0 || self->closed)
        return 0;
    int64_t left = view.reply_due_ms > now ? view.reply_due_ms - now : 0;
    enum role role = left <= 5000 ? ROLE_METER_BAD : ROLE_METER_PLAIN;
    draw_meter(row, column, COUNTDOWN, role, left, whole);
    buffer_printf(&text, _(" %d s left"), (int)((left + 999) / 1000));
    int used = draw_text(row, column + COUNTDOWN, 14, left <= 5000 ? ROLE_BAD : ROLE_PANEL_STRONG,
                         buffer_text(&text));
    buffer_free(&text);
    return COUNTDOWN + used + 2;
}

/* How sure the trainee said to be of the reply that comes. */
static int draw_sure(const struct call_screen *self, int row, int column) {
    struct call_view view;
    char text[64];
    call_view(call_screen_call(self), &view);
    if (!view.sure)
        return 0;
    snprintf(text, sizeof text, "[%s]", report_sure(view.sure));
    return draw_text(row, column, 24, ROLE_PANEL_STRONG, text) + 2;
}

static void draw_headline(struct call_screen *self, enum lower part, int row, struct area talk) {
    bool panel = part == LOWER_PANEL;
    const char *text = panel ? _(dock_panel(self->dock.focus)->title) : headline(self);
    draw_fill(row, talk.column, talk.columns, ROLE_PANEL);
    int used = draw_countdown(self, row, talk.column + 1);
    used += draw_sure(self, row, talk.column + 1 + used);
    used +=
        draw_text(row, talk.column + 1 + used, talk.columns - 2 - used, ROLE_PANEL_STRONG, text);
    dock_draw_keys(self, row, talk.column, talk.columns, used + 1);
}

static void draw_lower(struct call_screen *self, enum lower part, struct area area) {
    switch (part) {
    case LOWER_QUESTION:
        draw_question(self, area);
        break;
    case LOWER_OVER:
        draw_sentence(area, _("The call is over. Press Enter for the receipt."));
        break;
    case LOWER_AFTER:
        draw_sentence(area, _("The customer is gone. Finish what is left to write down; Enter when "
                              "it is done."));
        break;
    case LOWER_PANEL:
        dock_draw_body(self, self->dock.focus, area);
        break;
    case LOWER_EDITOR:
        draw_editor(self, area);
        break;
    case LOWER_OPTIONS:
        draw_options(self, area);
        break;
    }
}

/* What stands beside the conversation comes first: the cursor belongs to what is drawn last. */
void call_screen_draw(void *state) {
    struct call_screen *self = state;
    if (seats_cover(self)) {
        seats_draw(self);
        return;
    }
    struct dock_layout layout = dock_layout(self);
    enum lower part = lower_part(self, &layout);
    struct area talk = layout.talk, below = talk;
    below.rows = lower_rows(self, part, talk);
    below.row = talk.row + talk.rows - below.rows;
    talk.rows -= below.rows + 1;
    call_screen_keys(self);
    draw_title(self);
    conversation_draw(&self->conversation, talk, terminal_now_ms());
    draw_headline(self, part, below.row - 1, talk);
    draw_lower(self, part, below);
    if (part == LOWER_EDITOR && self->dock.focus != PANEL_NONE)
        draw_no_cursor();
    if (layout.card.rows)
        dock_draw_body(self, PANEL_CARD, layout.card);
    if (layout.panel.rows)
        dock_draw(self, layout.shown, layout.panel);
}
