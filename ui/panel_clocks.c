/* The clocks: of the call, of its silences, and of the case, each with its target; and the steps by
 * which case time can be skipped here. */
#include <stdio.h>
#include <stdlib.h>

#include "call_screen.h"
#include "field.h"
#include "report/report.h"
#include "terminal.h"

#define LATER_MOST 9

struct clocks_panel {
    uint32_t selected;
    struct scroll scroll;
};

static void *clocks_open(struct call_screen *call) {
    return memory_new(sizeof(struct clocks_panel));
}

/* ---- drawing ---- */

static void draw_clock(struct sheet *sheet, const char *label, int64_t ms, bool late) {
    char text[16];
    sheet_pair(sheet, 0, ROLE_PANEL_DIM, label, late ? ROLE_BAD : ROLE_PANEL_STRONG,
               clock_text(ms, text));
}

/* "12 s / 30 s": of a clock with a target. What is late is told in words too. */
static void draw_target(struct sheet *sheet, const char *label, int64_t ms, int64_t target_ms,
                        bool runs) {
    struct buffer text = {0};
    bool late = !kpi_met(ms, target_ms);
    if (!target_ms)
        return;
    report_duration(&text, ms / 1000 * 1000);
    buffer_add_text(&text, " / ");
    report_duration(&text, target_ms);
    buffer_printf(&text, " %s", late ? _("late") : runs ? _("(running)") : _("in time"));
    sheet_pair(sheet, 0, ROLE_PANEL_DIM, label, late ? ROLE_BAD : ROLE_PANEL_STRONG,
               buffer_text(&text));
    buffer_free(&text);
}

/* A target that was met or missed for good shows what it took; until then the clock runs. */
static void draw_stop(struct sheet *sheet, const char *label, int64_t stopped_ms, int64_t now_ms,
                      int64_t target_ms) {
    draw_target(sheet, label, stopped_ms < 0 ? now_ms : stopped_ms, target_ms, stopped_ms < 0);
}

static int64_t now_of(const struct call_screen *call, const struct call_view *view) {
    return call->closed ? view->t_ms : call_screen_time(call, terminal_now_ms());
}

/* The three things of the opening, for those who learn them. */
static void draw_opening(struct sheet *sheet, const struct kpi *kpi) {
    static const char *const labels[] = {N_("Help offered"), N_("Question asked"), N_("Said back")};
    for (int i = 0; i < OPENING_COUNT; i++) {
        char clock[16];
        int64_t ms = kpi->opening_ms[i];
        sheet_pair(sheet, 0, ROLE_PANEL_DIM, _(labels[i]),
                   ms < 0             ? ROLE_PANEL_DIM
                   : ms <= OPENING_MS ? ROLE_GOOD
                                      : ROLE_WARN,
                   ms < 0 ? "--" : clock_text(ms, clock));
    }
}

static void draw_call(struct call_screen *call, struct sheet *sheet, const struct call_view *view) {
    const struct scorecard *scorecard = seat_scorecard(call->seat);
    uint32_t frt_s = seat_opening(call->seat)->frt_s;
    int64_t now = now_of(call, view), quiet = now - view->quiet_ms;
    bool held = view->phase == PHASE_ON_HOLD;
    sheet_text(sheet, 0, ROLE_PANEL_STRONG, _("This call"));
    draw_clock(sheet, _("Since it began"), now, false);
    draw_stop(sheet, _("First reply"), scorecard->first_reply_ms, now,
              1000 * (int64_t)(frt_s ? frt_s : FRT_S));
    draw_clock(sheet, held ? _("On hold for") : _("Silent for"), quiet,
               !held && quiet > SILENCE_MS);
    draw_clock(sheet, _("Dead air so far"), scorecard->kpi.dead_ms, false);
    draw_clock(sheet, _("Hold so far"), scorecard->kpi.hold_ms, false);
    if (view->mode == MODE_LEARN)
        draw_opening(sheet, &scorecard->kpi);
}

static void draw_case(struct call_screen *call, struct sheet *sheet, const struct call_view *view) {
    const struct case_targets *targets = &call_scenario(call_screen_call(call))->case_targets;
    const struct kpi *kpi = &seat_scorecard(call->seat)->kpi;
    int64_t so_far = view->case_ms + now_of(call, view) - view->t_ms;
    struct buffer text = {0};
    if (!call->has_later && !targets->first_response_ms && !targets->first_plan_ms &&
        !targets->closure_ms)
        return;
    sheet_text(sheet, 0, ROLE_PANEL_STRONG, _("The case"));
    report_duration(&text, so_far / 1000 * 1000);
    sheet_pair(sheet, 0, ROLE_PANEL_DIM, _("Open for"), ROLE_PANEL_STRONG, buffer_text(&text));
    draw_stop(sheet, _("First response"), kpi->response_ms, so_far, targets->first_response_ms);
    draw_stop(sheet, _("First plan"), kpi->plan_ms, so_far, targets->first_plan_ms);
    draw_stop(sheet, _("Closing"), kpi->closure_ms, so_far, targets->closure_ms);
    sheet->row++;
    buffer_free(&text);
}

static void draw_later(struct call_screen *call, struct clocks_panel *self, struct sheet *sheet,
                       bool focused) {
    uint32_t steps[LATER_MOST], count = call_later(call_screen_call(call), steps, LATER_MOST);
    struct call_view view;
    const struct node *node = call_screen_node(call, &view);
    if (self->selected >= count)
        self->selected = 0;
    if (count)
        sheet_text(sheet, 0, ROLE_PANEL_STRONG, _("Let time pass"));
    for (uint32_t i = 0; i < count; i++) {
        struct buffer text = {0};
        buffer_printf(&text, "%u ", i + 1);
        report_duration(&text, node->later[steps[i]].after_ms);
        buffer_printf(&text, " %s", text_in(&node->later[steps[i]].text, view.language));
        sheet_choice(sheet, focused && i == self->selected, ROLE_PANEL, buffer_text(&text));
        buffer_free(&text);
    }
    sheet->row += count > 0;
}

static int draw_all(struct call_screen *call, struct clocks_panel *self, struct area area,
                    bool focused) {
    struct sheet sheet = {.area = area, .from = self->scroll.from};
    struct call_view view;
    call_view(call_screen_call(call), &view);
    draw_later(call, self, &sheet, focused);
    draw_case(call, &sheet, &view);
    draw_call(call, &sheet, &view);
    return sheet.row;
}

static int clocks_rows(struct call_screen *call, void *state, int columns) {
    return draw_all(call, state, (struct area){.columns = columns}, false);
}

static void clocks_draw(struct call_screen *call, void *state, struct area area, bool focused) {
    struct clocks_panel *self = state;
    scroll_fit(&self->scroll, draw_all(call, self, area, focused), area.rows);
}

/* ---- keys ---- */

static const struct keymap *clocks_keys(struct call_screen *call, void *state) {
    return &keymap_pick;
}

static unsigned clocks_act(struct call_screen *call, void *state, enum action action,
                           const struct input *input) {
    struct clocks_panel *self = state;
    uint32_t steps[LATER_MOST], count = call_later(call_screen_call(call), steps, LATER_MOST);
    uint32_t chosen = action == DO_PICK_VALUE ? input->key - '1' : self->selected;
    switch (action) {
    case DO_UP:
    case DO_DOWN:
        if (count)
            self->selected = field_step(self->selected, count, action == DO_UP ? -1 : 1);
        else
            scroll_act(&self->scroll, action);
        return SCREEN_DRAW;
    case DO_ACCEPT:
    case DO_PICK_VALUE:
        return chosen < count && call_screen_running(call)
                   ? call_screen_ask_later(call, steps[chosen])
                   : SCREEN_DRAW;
    default:
        return scroll_act(&self->scroll, action) ? SCREEN_DRAW : SCREEN_TEXT;
    }
}

const struct panel panel_clocks = {
    .title = N_("Clocks"),
    .action = DO_CLOCKS,
    .open = clocks_open,
    .close = free,
    .rows = clocks_rows,
    .keys = clocks_keys,
    .draw = clocks_draw,
    .act = clocks_act,
};
