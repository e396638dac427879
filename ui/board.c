#include "board.h"

#include <stdio.h>
#include <string.h>

#include "screen.h"
#include "sheet.h"

#define METER 10

const char *mood_text(int32_t mood) {
    return mood <= -60   ? _("furious")
           : mood <= -30 ? _("angry")
           : mood < 0    ? _("tense")
           : mood < 30   ? _("calm")
           : mood < 60   ? _("content")
                         : _("happy");
}

const char *patience_text(int32_t patience) {
    return patience > 70   ? _("plenty")
           : patience > 40 ? _("enough")
           : patience > 20 ? _("running short")
           : patience > 0  ? _("almost gone")
                           : _("gone");
}

/* ---- the bars on top ---- */

static void draw_stages(const struct call_view *view) {
    int column = 1, columns = draw_columns();
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        char text[64];
        bool here = stage == (int)view->stage;
        snprintf(text, sizeof text, here ? "[%d %s]" : " %d %s ", stage + 1,
                 stage_label((enum stage)stage));
        column += draw_text(1, column, columns - column - 1,
                            here                       ? ROLE_SELECTED
                            : stage < (int)view->stage ? ROLE_GOOD
                                                       : ROLE_DIM,
                            text);
        if (stage + 1 < STAGE_COUNT)
            column += draw_text(1, column, columns - column - 1, ROLE_DIM, " > ");
    }
}

static enum role meter_role(int32_t value, int32_t bad, int32_t warn) {
    return value <= bad ? ROLE_METER_BAD : value <= warn ? ROLE_METER_WARN : ROLE_METER_GOOD;
}

/* The number too: scripts speak of it, and it tells small changes. */
static void draw_gauge(int column, const char *label, enum role role, int64_t value, int64_t most,
                       const char *word, int32_t number) {
    int room = draw_columns() - column - 1;
    char text[64];
    int used = draw_text(2, column, room, ROLE_DIM, label) + 1;
    draw_meter(2, column + used, METER, role, value, most);
    used += METER + 1;
    snprintf(text, sizeof text, "%s %d", word, number);
    draw_text(2, column + used, room - used, ROLE_STRONG, text);
}

static void draw_meters(const struct call_view *view) {
    draw_gauge(2, _("Mood"), meter_role(view->mood, -30, -1), view->mood + 100, 200,
               mood_text(view->mood), view->mood);
    draw_gauge(34, _("Patience"), meter_role(view->patience, 20, 40), view->patience, 100,
               patience_text(view->patience), view->patience);
    if (view->phase != PHASE_HANDLING && view->phase != PHASE_OPEN)
        draw_right(2, 60, draw_columns() - 62, ROLE_WARN, phase_label(view->phase));
}

void board_draw(const struct call *call, const char *right) {
    const struct scenario *scenario = call_scenario(call);
    struct call_view view;
    char title[256];
    call_view(call, &view);
    snprintf(title, sizeof title, "%s - %s", text_in(&scenario->title, view.language),
             text_in(&scenario->customer_name, view.language));
    screen_title(title, right);
    draw_stages(&view);
    draw_meters(&view);
}

/* ---- the panel ---- */

/* What to ask oneself at each key action. */
static const char *const questions[] = {
    [ACTION_RESPOND] = N_("Greet, say who you are, offer to help."),
    [ACTION_IDENTIFY] = N_("Whom do I speak with, and may I speak about this?"),
    [ACTION_RECEIVE] = N_("What is wrong, in the customer's words? Say it back."),
    [ACTION_GATHER] = N_("Since when? What changed? What was tried?"),
    [ACTION_CLASSIFY] = N_("How urgent, how many are hit?"),
    [ACTION_ROOT_CAUSE] = N_("Which cause fits all the facts? What rules out the others?"),
    [ACTION_PLAN] = N_("What will be done, by whom, by when?"),
    [ACTION_CONFIRM] = N_("Does the customer understand and agree?"),
    [ACTION_CARRY_OUT] = N_("Do it, and see that it works."),
    [ACTION_SATISFACTION] = N_("Is it solved for the customer? Anything else?"),
    [ACTION_CLOSE] = N_("Sum up, what happens next, say goodbye."),
    [ACTION_CAPTURE] = N_("What should the next colleague know?"),
};

/* What the customer told when asked, so that it need not be remembered. */
static void draw_found(struct sheet *sheet, const struct call *call, enum language language) {
    const struct scenario *scenario = call_scenario(call);
    bool any = false;
    for (uint32_t i = 0; i < scenario->fact_count; i++) {
        struct buffer line = {0};
        if (!scenario->facts[i].hidden || !call_fact_revealed(call, i))
            continue;
        if (!any)
            sheet_text(sheet, 0, ROLE_PANEL_DIM, _("Found out:"));
        any = true;
        buffer_printf(&line, "+ %s", text_in(&scenario->facts[i].label, language));
        sheet_text(sheet, 0, ROLE_PANEL, buffer_text(&line));
        buffer_free(&line);
    }
    sheet->row += any;
}

/* What the agent may see now: private fields stay masked until the caller is verified. */
static void draw_card(struct sheet *sheet, const struct call *call, enum language language) {
    const struct scenario *scenario = call_scenario(call);
    sheet_text(sheet, 0, ROLE_PANEL_STRONG, text_in(&scenario->customer_name, language));
    for (uint32_t i = 0; i < scenario->card_count; i++) {
        struct buffer line = {0};
        buffer_printf(&line, "%s: ", text_in(&scenario->card[i].label, language));
        call_card_value(call, i, &line);
        sheet_text(sheet, 0, ROLE_PANEL, buffer_text(&line));
        buffer_free(&line);
    }
    sheet->row++;
    draw_found(sheet, call, language);
}

static bool action_shown(const struct call *call, enum key_action action) {
    const struct scenario *scenario = call_scenario(call);
    for (uint32_t i = 0; i < scenario->point_count; i++)
        if (scenario->points[i].action == action && call_point(call, i).tried &&
            call_point(call, i).halves > 0)
            return true;
    return false;
}

static void draw_guide_actions(struct sheet *sheet, const struct call *call,
                               const struct call_view *view, int stage) {
    enum level level = call_scenario(call)->level;
    bool ticks = level == LEVEL_BASIC;
    for (int action = 0; action < ACTION_COUNT; action++) {
        char line[128];
        bool done = ticks && action_shown(call, (enum key_action)action);
        if ((int)key_action_stage((enum key_action)action) != stage)
            continue;
        snprintf(line, sizeof line, "%s %s",
                 done    ? "[x]"
                 : ticks ? "[ ]"
                         : "-",
                 key_action_label((enum key_action)action));
        sheet_text(sheet, 2, done ? ROLE_PANEL_DIM : ROLE_PANEL, line);
        if (level == LEVEL_BASIC && stage == (int)view->stage && !done)
            sheet_text(sheet, 6, ROLE_PANEL_DIM, _(questions[action]));
    }
}

int board_draw_panel(const struct call *call, struct area area, int from) {
    struct sheet sheet = {.area = area, .from = from};
    const struct scenario *scenario = call_scenario(call);
    struct call_view view;
    call_view(call, &view);
    draw_area(area, ROLE_PANEL);
    draw_card(&sheet, call, view.language);
    for (int stage = 0; view.mode == MODE_LEARN && stage < STAGE_COUNT; stage++) {
        bool here = stage == (int)view.stage;
        char line[96];
        snprintf(line, sizeof line, "%s %d %s", here ? ">" : " ", stage + 1,
                 stage_label((enum stage)stage));
        sheet_text(&sheet, 0, here ? ROLE_PANEL_STRONG : ROLE_PANEL_DIM, line);
        if (scenario->level == LEVEL_BASIC || (scenario->level == LEVEL_ADVANCED && here))
            draw_guide_actions(&sheet, call, &view, stage);
    }
    return sheet.row;
}
