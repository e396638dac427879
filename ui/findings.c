/* What is to mend in a script: the findings of the checker, for its author. */
#include <stdlib.h>
#include <string.h>

#include "screen.h"

struct findings_screen {
    char *file;
    struct findings findings;
    int from, rows;
};

static int page_rows(void) {
    return draw_rows() - 5;
}

static void findings_draw(void *state) {
    struct findings_screen *self = state;
    int line = 0, columns = draw_columns() - 4;
    screen_title(_("Check of a script"), self->file);
    draw_text(2, 2, columns, self->findings.errors ? ROLE_BAD : ROLE_GOOD,
              self->findings.errors ? _("The script can't be played until its errors are mended.")
              : self->findings.warnings ? _("The script plays; this should be looked at.")
                                        : _("Nothing to mend."));
    for (size_t i = 0; i < self->findings.count; i++) {
        const struct finding *finding = &self->findings.items[i];
        struct buffer text = {0};
        buffer_printf(&text, "%zu:%zu %s %s: %s", finding->line, finding->column,
                      finding->severity == FINDING_ERROR ? _("error") : _("warning"), finding->code,
                      finding->text);
        int row = line - self->from, skip = row < 0 ? -row : 0, top = row < 0 ? 0 : row;
        line += draw_wrapped((struct area){4 + top, 2, page_rows() - top, columns}, skip,
                             finding->severity == FINDING_ERROR ? ROLE_TEXT : ROLE_DIM, text.bytes,
                             text.length, NULL);
        buffer_free(&text);
    }
    self->rows = line;
}

static unsigned scroll(struct findings_screen *self, int by) {
    int most = self->rows - page_rows();
    self->from += by;
    self->from = self->from > most ? most : self->from;
    self->from = self->from < 0 ? 0 : self->from;
    return SCREEN_DRAW;
}

static unsigned findings_act(void *state, enum action action, const struct input *input) {
    struct findings_screen *self = state;
    switch (action) {
    case DO_UP:
        return scroll(self, -1);
    case DO_DOWN:
        return scroll(self, 1);
    case DO_PAGE_UP:
        return scroll(self, -page_rows());
    case DO_PAGE_DOWN:
        return scroll(self, page_rows());
    case DO_FIRST:
        return scroll(self, -self->rows);
    case DO_LAST:
        return scroll(self, self->rows);
    case DO_LEAVE:
    case DO_CHOOSE:
        return SCREEN_LEAVE;
    default:
        return SCREEN_STAY;
    }
}

static unsigned findings_key(void *state, const struct input *input) {
    if (input->kind != INPUT_MOUSE || input->mouse == MOUSE_PRESS)
        return SCREEN_STAY;
    return scroll(state, input->mouse == MOUSE_WHEEL_UP ? -3 : 3);
}

static const enum action footer[] = {DO_UP, DO_DOWN, DO_LEAVE, DO_NONE};
static const struct keymap keymap_findings = {
    .title = N_("Check of a script"),
    .parent = &keymap_list,
    .footer = footer,
};

static const struct keymap *findings_keys(void *state) {
    return &keymap_findings;
}

static void *findings_open(struct app *app, const void *argument, struct error *error) {
    struct findings_screen *self = memory_new(sizeof *self);
    self->file = memory_text(argument);
    struct scenario *scenario =
        scenario_load(self->file, app_settings(app)->behaviours, &self->findings);
    if (scenario)
        scenario_check(scenario, &self->findings);
    scenario_free(scenario);
    findings_sort(&self->findings);
    return self;
}

static void findings_close(void *state) {
    struct findings_screen *self = state;
    findings_free(&self->findings);
    free(self->file);
    free(self);
}

const struct screen screen_findings = {
    .open = findings_open,
    .keys = findings_keys,
    .draw = findings_draw,
    .act = findings_act,
    .key = findings_key,
    .close = findings_close,
};
