/* The result: what the call was worth, point by point, with the trainee's own words. The figures
 * come from the scorecard and the text to save from the report room; this page only lays them out.
 */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "report/report.h"
#include "screen.h"

#define LOSSES 128

extern char **environ;

struct result_screen {
    struct app *app;
    const struct call *call;
    struct scorecard *scorecard;
    const struct record_opening *opening;
    char *record;
    struct seat *seat; /* what belongs to us; NULL over a replay */
    struct scenario *scenario;
    struct call_request *played;
    int from, rows;     /* first row shown, rows in all */
    int losses[LOSSES]; /* rows of points that lost marks */
    int loss_count;
};

/* ---- the page: rows that scroll under the title ---- */

struct page {
    struct result_screen *self;
    int row;
};

static int page_rows(void) {
    return draw_rows() - 3;
}

/* Where the next row of the page stands on the screen, or -1 while it is scrolled away. */
static int place(const struct page *page) {
    int row = page->row - page->self->from;
    return row < 0 || row >= page_rows() ? -1 : row + 1;
}

static void page_wrapped(struct page *page, int column, enum role role, const char *bytes,
                         size_t length, const struct draw_marks *marks) {
    int row = page->row - page->self->from, skip = row < 0 ? -row : 0;
    int top = row < 0 ? 0 : row;
    struct area area = {.row = top + 1,
                        .column = column,
                        .rows = page_rows() - top,
                        .columns = draw_columns() - column - 2};
    page->row += draw_wrapped(area, skip, role, bytes, length, marks);
}

static void page_text(struct page *page, int column, enum role role, const char *text) {
    page_wrapped(page, column, role, text, strlen(text), NULL);
}

/* ---- verdict and stages ---- */

static void draw_why_not(struct page *page) {
    const struct scorecard *card = page->self->scorecard;
    struct buffer why = {0};
    if (card->critical)
        buffer_printf(&why, "%s  ", _("A critical mistake was made."));
    if (!card->q_passes)
        buffer_printf(&why, _("Q is under %d.  "), PASS_Q);
    for (int stage = 0; stage < STAGE_COUNT; stage++)
        if (card->stages[stage].scored && !card->stage_passes[stage])
            buffer_printf(&why, _("%s is under %d.  "), stage_label((enum stage)stage), PASS_STAGE);
    if (why.length)
        page_text(page, 2, ROLE_TEXT, why.bytes);
    buffer_free(&why);
}

static void draw_verdict(struct page *page) {
    const struct scorecard *card = page->self->scorecard;
    struct call_view view;
    char q[16], clock[16], facts[160];
    call_view(page->self->call, &view);
    int row = place(page);
    int column = 2 + draw_text(row, 2, 30, card->pass ? ROLE_GOOD : ROLE_BAD,
                               card->pass ? _("PASSED") : _("NOT PASSED"));
    snprintf(facts, sizeof facts, "   Q %s   %s   %s   %u %s", tenths_text(card->q_tenths, q),
             outcome_label(view.outcome), clock_text(view.t_ms, clock), card->turns, _("turns"));
    draw_text(row, column, draw_columns() - column - 2, ROLE_STRONG, facts);
    page->row++;
    if (!card->pass)
        draw_why_not(page);
    if (card->unsure)
        page_text(page, 2, ROLE_WARN,
                  _("Some replies wait for a person to decide; the score may still rise."));
    page->row++;
}

static void draw_stage_bar(struct page *page, enum stage stage) {
    const struct scorecard *card = page->self->scorecard;
    int32_t tenths = scorecard_stage_tenths(card, stage);
    uint32_t weight = page->self->call ? call_scenario(page->self->call)->stage_weights[stage] : 0;
    int row = place(page);
    char text[96], figure[16];
    page->row++;
    snprintf(text, sizeof text, "%d %s", stage + 1, stage_label(stage));
    draw_text(row, 2, 16, ROLE_TEXT, text);
    if (tenths < 0) {
        draw_text(row, 19, 40, ROLE_DIM, _("nothing to score"));
        return;
    }
    draw_meter(row, 19, 30,
               tenths >= PASS_Q * 10       ? ROLE_METER_GOOD
               : card->stage_passes[stage] ? ROLE_METER_WARN
                                           : ROLE_METER_BAD,
               tenths, 1000);
    draw_right(row, 50, 6, card->stage_passes[stage] ? ROLE_STRONG : ROLE_BAD,
               tenths_text(tenths, figure));
    snprintf(text, sizeof text, _("%u of %u half-points, weight %u%%"), card->stages[stage].earned,
             card->stages[stage].possible, weight / 10);
    draw_text(row, 58, draw_columns() - 60, ROLE_DIM, text);
}

static void draw_next(struct page *page) {
    int action = report_weakest(page->self->scorecard);
    struct buffer text = {0};
    page->row++;
    if (action >= 0)
        buffer_printf(&text, _("Practise next: %s (%s)"), key_action_label((enum key_action)action),
                      stage_label(key_action_stage((enum key_action)action)));
    else
        buffer_add_text(&text, _("Nothing was lost. Try it in your own words, or a harder call."));
    page_text(page, 2, ROLE_ACCENT, text.bytes);
    buffer_free(&text);
}

/* ---- the points ---- */

static bool lost(const struct scorecard_point *point) {
    return point->counts && point->halves < 2;
}

static const char *verdict_label(const struct scorecard_point *point, enum point_kind kind) {
    if (point->halves == 2)
        return _("met");
    if (point->halves == 1)
        return _("half");
    if (point->verdict == VERDICT_UNSURE)
        return _("undecided");
    return kind == POINT_NEGATIVE || kind == POINT_CRITICAL ? _("lost") : _("missed");
}

static enum role verdict_role(const struct scorecard_point *point) {
    return point->halves == 2 ? ROLE_GOOD : point->halves == 1 ? ROLE_WARN : ROLE_BAD;
}

static enum role evidence_role(const struct scorecard_point *point) {
    return point->verdict == VERDICT_UNSURE ? ROLE_EVIDENCE_OPEN
           : point->halves == 2             ? ROLE_EVIDENCE
           : point->halves == 1             ? ROLE_EVIDENCE_HALF
                                            : ROLE_EVIDENCE_LOST;
}

/* What the trainee said: typed words are kept, listed ones stand in the script. */
static void draw_words(struct page *page, const struct scorecard_point *point,
                       enum language language) {
    const char *words = point->words   ? point->words
                        : point->reply ? text_in(&point->reply->says, language)
                                       : NULL;
    size_t length = point->words ? point->words_length : words ? strlen(words) : 0;
    struct draw_marks marks = {.spans = point->spans,
                               .count = point->words ? point->span_count : 0,
                               .role = evidence_role(point)};
    char where[64], clock[16];
    if (!words)
        return;
    snprintf(where, sizeof where, _("%s row %u, you:"), clock_text(point->t_ms, clock), point->row);
    draw_text(place(page), 15, 40, ROLE_DIM, where);
    page_wrapped(page, 16 + (int)display_width(where, strlen(where)), ROLE_TRAINEE, words, length,
                 &marks);
}

static void draw_better(struct page *page, uint32_t index, const struct scorecard_point *scored,
                        enum language language) {
    const char *why = scored->reply ? text_in(&scored->reply->why, language) : "";
    const char *better = report_example(page->self->scorecard->scenario, index, language);
    struct buffer text = {0};
    if (*why)
        page_text(page, 15, ROLE_TEXT, why);
    if (*better) {
        buffer_printf(&text, "%s %s", _("Better:"), better);
        page_text(page, 15, ROLE_ACCENT, text.bytes);
    }
    buffer_free(&text);
}

static void draw_point(struct page *page, uint32_t index, enum language language) {
    const struct point *point = &page->self->scorecard->scenario->points[index];
    const struct scorecard_point *scored = &page->self->scorecard->points[index];
    struct result_screen *self = page->self;
    int row = place(page);
    char weight[16];
    if (lost(scored) && self->loss_count < LOSSES)
        self->losses[self->loss_count++] = page->row;
    draw_text(row, 3, 8, verdict_role(scored), verdict_label(scored, point->kind));
    snprintf(weight, sizeof weight, "x%u", point->weight);
    draw_text(row, 11, 3, ROLE_DIM, weight);
    page_text(page, 15, ROLE_TEXT, text_in(&point->text, language));
    draw_words(page, scored, language);
    if (lost(scored))
        draw_better(page, index, scored, language);
}

/* What was not asked on the route taken does not count and is not listed. */
static void draw_beside(struct page *page, uint32_t count) {
    char text[128];
    if (!count)
        return;
    snprintf(text, sizeof text, _("%u more did not lie on your way and do not count."), count);
    page_text(page, 15, ROLE_DIM, text);
}

static void draw_points(struct page *page, enum language language) {
    const struct scenario *scenario = page->self->scorecard->scenario;
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        page->row++;
        draw_text(place(page), 2, draw_columns() - 4, ROLE_HEADING, stage_label((enum stage)stage));
        page->row++;
        uint32_t beside = 0;
        for (uint32_t i = 0; i < scenario->point_count; i++) {
            if ((int)scenario->points[i].stage != stage)
                continue;
            if (page->self->scorecard->points[i].counts)
                draw_point(page, i, language);
            else
                beside++;
        }
        draw_beside(page, beside);
    }
}

static void draw_page(struct page *page) {
    struct call_view view;
    call_view(page->self->call, &view);
    page->self->loss_count = 0;
    draw_verdict(page);
    for (int stage = 0; stage < STAGE_COUNT; stage++)
        draw_stage_bar(page, (enum stage)stage);
    draw_next(page);
    draw_points(page, view.language);
    page->self->rows = page->row;
}

static void scroll_to(struct result_screen *self, int row) {
    int most = self->rows - page_rows();
    self->from = row > most ? most : row;
    if (self->from < 0)
        self->from = 0;
}

static void result_draw(void *state) {
    struct result_screen *self = state;
    struct page page = {.self = self, .row = 1};
    struct call_view view;
    char title[256], right[128];
    call_view(self->call, &view);
    draw_page(&page);
    if (self->from > self->rows - page_rows() && self->from > 0) { /* the window grew */
        scroll_to(self, self->from);
        draw_area((struct area){0, 0, draw_rows(), draw_columns()}, ROLE_TEXT);
        page.row = 1;
        draw_page(&page);
    }
    snprintf(title, sizeof title, "%s - %s", _("Receipt"),
             text_in(&self->scorecard->scenario->title, view.language));
    snprintf(right, sizeof right, "%.60s  %.10s", self->opening->trainee, self->opening->start);
    screen_title(title, right);
    if (self->rows - self->from > page_rows())
        draw_right(draw_rows() - 2, 0, draw_columns() - 1, ROLE_DIM, _("more below"));
}

/* ---- saving and printing ---- */

static bool save_receipt(struct result_screen *self, struct buffer *path, struct error *error) {
    struct buffer text = {0}, folder = {0};
    const char *name = strrchr(self->record, '/');
    name = name ? name + 1 : self->record;
    const char *end = strrchr(name, '.');
    file_join(&folder, app_settings(self->app)->data, "receipts");
    buffer_clear(path);
    buffer_printf(path, "%s/%.*s.txt", buffer_text(&folder), (int)(end ? end - name : 200), name);
    report_receipt(&text, self->call, self->scorecard, self->opening);
    bool saved = file_make_folder(buffer_text(&folder), error) &&
                 file_replace(buffer_text(path), buffer_text(&text), text.length, error);
    buffer_free(&text);
    buffer_free(&folder);
    return saved;
}

static unsigned save(struct result_screen *self) {
    struct buffer path = {0};
    struct error error = {0};
    if (save_receipt(self, &path, &error))
        app_say(self->app, false, _("Saved as %s"), path.bytes);
    else
        app_say(self->app, true, "%s", error.text);
    buffer_free(&path);
    return SCREEN_DRAW;
}

/* Hands the file to the print spooler, without a shell and without a word on our screen. */
static int spool(const char *path) {
    char *const arguments[] = {"lp", "--", (char *)path, NULL};
    posix_spawn_file_actions_t files;
    pid_t child;
    int status;
    posix_spawn_file_actions_init(&files);
    for (int i = 0; i < 3; i++)
        posix_spawn_file_actions_addopen(&files, i, "/dev/null", i ? 1 : 0, 0);
    int failed = posix_spawnp(&child, "lp", &files, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed)
        return failed;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return errno;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : EIO;
}

static unsigned print(struct result_screen *self) {
    struct buffer path = {0};
    struct error error = {0};
    if (!save_receipt(self, &path, &error))
        app_say(self->app, true, "%s", error.text);
    else if (spool(path.bytes))
        app_say(self->app, true, _("There is no printer here (lp); the text is in %s"), path.bytes);
    else
        app_say(self->app, false, _("Sent to the printer."));
    buffer_free(&path);
    return SCREEN_DRAW;
}

/* ---- keys ---- */

static unsigned next_loss(struct result_screen *self) {
    for (int i = 0; i < self->loss_count; i++)
        if (self->losses[i] > self->from + 1 && self->from < self->rows - page_rows()) {
            scroll_to(self, self->losses[i] - 1);
            return SCREEN_DRAW;
        }
    scroll_to(self, 0);
    return SCREEN_DRAW;
}

static unsigned again(struct result_screen *self) {
    if (!self->played || self->played->resume)
        return SCREEN_DRAW;
    app_next(self->app, screen_for_call(false, self->played->mode), self->played, true);
    self->played = NULL;
    return SCREEN_LEAVE | SCREEN_NEXT;
}

static unsigned watch(struct result_screen *self) {
    if (!self->seat)
        return SCREEN_LEAVE; /* we lie over the replay already */
    app_next(self->app, &screen_replay, self->record, false);
    return SCREEN_NEXT;
}

static unsigned result_act(void *state, enum action action, const struct input *input) {
    struct result_screen *self = state;
    switch (action) {
    case DO_UP:
        scroll_to(self, self->from - 1);
        return SCREEN_DRAW;
    case DO_DOWN:
        scroll_to(self, self->from + 1);
        return SCREEN_DRAW;
    case DO_PAGE_UP:
        scroll_to(self, self->from - page_rows() + 1);
        return SCREEN_DRAW;
    case DO_PAGE_DOWN:
        scroll_to(self, self->from + page_rows() - 1);
        return SCREEN_DRAW;
    case DO_FIRST:
        scroll_to(self, 0);
        return SCREEN_DRAW;
    case DO_LAST:
        scroll_to(self, self->rows);
        return SCREEN_DRAW;
    case DO_NEXT_POINT:
        return next_loss(self);
    case DO_SAVE:
        return save(self);
    case DO_PRINT:
        return print(self);
    case DO_AGAIN:
        return again(self);
    case DO_WATCH:
        return watch(self);
    case DO_LEAVE:
    case DO_CHOOSE:
        return SCREEN_LEAVE;
    default:
        return SCREEN_STAY;
    }
}

static unsigned result_key(void *state, const struct input *input) {
    struct result_screen *self = state;
    if (input->kind == INPUT_MOUSE && input->mouse != MOUSE_PRESS)
        scroll_to(self, self->from + (input->mouse == MOUSE_WHEEL_UP ? -3 : 3));
    return SCREEN_DRAW;
}

static const struct binding bindings[] = {
    {.key = 'n', .action = DO_NEXT_POINT}, {.key = 's', .action = DO_SAVE},
    {.key = 'p', .action = DO_PRINT},      {.key = 'a', .action = DO_AGAIN},
    {.key = 'r', .action = DO_WATCH},      {.key = 'q', .action = DO_LEAVE},
    {.key = ' ', .action = DO_PAGE_DOWN},
};
static const enum action footer[] = {DO_PAGE_DOWN, DO_NEXT_POINT, DO_SAVE,  DO_PRINT,
                                     DO_AGAIN,     DO_WATCH,      DO_LEAVE, DO_NONE};
static const struct keymap keymap_result = {
    .title = N_("Receipt"),
    .parent = &keymap_list,
    .bindings = bindings,
    .count = sizeof bindings / sizeof *bindings,
    .footer = footer,
};

static const struct keymap *result_keys(void *state) {
    return &keymap_result;
}

static void *result_open(struct app *app, const void *argument, struct error *error) {
    const struct result_request *request = argument;
    struct result_screen *self = memory_new(sizeof *self);
    *self = (struct result_screen){
        .app = app,
        .call = request->call,
        .scorecard = request->scorecard,
        .opening = request->opening,
        .record = memory_text(request->record),
        .seat = request->seat,
        .scenario = request->scenario,
        .played = request->played,
        .rows = 1000,
    };
    scorecard_close(self->scorecard, self->call);
    return self;
}

static void result_close(void *state) {
    struct result_screen *self = state;
    seat_free(self->seat);
    scenario_free(self->scenario);
    free(self->played);
    free(self->record);
    free(self);
}

const struct screen screen_result = {
    .open = result_open,
    .keys = result_keys,
    .draw = result_draw,
    .act = result_act,
    .key = result_key,
    .close = result_close,
};
