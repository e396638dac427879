/* The knowledge base: a search as one types, and the article that was chosen.
 *
 * What was looked up goes into the record once, when an article is opened or the panel is left: a
 * row for each letter would tell nobody anything. */
#include <stdlib.h>
#include <string.h>

#include "call_screen.h"
#include "field.h"
#include "terminal.h"

#define HITS 20
#define QUERY_BYTES 400

struct knowledge_panel {
    struct line_editor query;
    uint32_t hits[HITS];
    uint32_t count, selected;
    bool searched;   /* for what stands in the query, and not recorded yet */
    int64_t article; /* opened, or -1: the list is shown */
    struct scroll list, text;
};

static void *knowledge_open_panel(struct call_screen *call) {
    struct knowledge_panel *self = memory_new(sizeof *self);
    line_editor_start(&self->query, QUERY_BYTES);
    self->article = -1;
    return self;
}

static void knowledge_close_panel(void *state) {
    struct knowledge_panel *self = state;
    line_editor_free(&self->query);
    free(self);
}

static bool knowledge_offered(const struct call_screen *call) {
    return call_scenario(call_screen_call(call))->article_count > 0;
}

static enum language language_of(const struct call_screen *call) {
    return seat_opening(call->seat)->language;
}

/* ---- searching ---- */

static void search(struct call_screen *call, struct knowledge_panel *self) {
    self->count =
        (uint32_t)knowledge_search(seat_knowledge(call->seat), buffer_text(&self->query.text),
                                   self->query.text.length, self->hits, HITS);
    self->selected = 0;
    self->searched = self->query.text.length > 0;
}

/* Whatever comes of it: a query that could not be written is told and asked again next time. */
static void record_query(struct call_screen *call, struct knowledge_panel *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    struct buffer ids = {0};
    if (!self->searched || !call_screen_running(call))
        return;
    for (uint32_t i = 0; i < self->count; i++)
        buffer_printf(&ids, "%s%s", i ? " " : "",
                      knowledge_article(seat_knowledge(call->seat), self->hits[i])->id);
    enum seat_result result = seat_lookup(call->seat, call_screen_time(call, terminal_now_ms()),
                                          buffer_text(&self->query.text), self->query.text.length,
                                          buffer_text(&ids), &refusal, &error);
    self->searched = result == SEAT_FAILED;
    call_screen_after(call, result, refusal, &error);
    buffer_free(&ids);
}

static unsigned read_article(struct call_screen *call, struct knowledge_panel *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    record_query(call, self);
    if (self->selected >= self->count || !call_screen_running(call))
        return SCREEN_DRAW;
    const struct article *article =
        knowledge_article(seat_knowledge(call->seat), self->hits[self->selected]);
    enum seat_result result =
        seat_article(call->seat, call_screen_time(call, terminal_now_ms()), article->id,
                     article->title[language_of(call)], &refusal, &error);
    if (result == SEAT_DONE) {
        self->article = self->hits[self->selected];
        self->text = (struct scroll){0};
    }
    return call_screen_after(call, result, refusal, &error);
}

/* ---- drawing ---- */

static void draw_list(struct call_screen *call, struct knowledge_panel *self, struct area area,
                      bool focused) {
    struct sheet sheet = {.area = area, .from = self->list.from};
    int here = 0;
    field_draw(&sheet, 0, &self->query, 2, focused);
    if (!self->query.text.length)
        sheet_text(&sheet, 0, ROLE_PANEL_DIM, _("Type what you look for."));
    else if (!self->count)
        sheet_text(&sheet, 0, ROLE_PANEL_DIM, _("Nothing found: try fewer or other words."));
    for (uint32_t i = 0; i < self->count; i++) {
        const struct article *article =
            knowledge_article(seat_knowledge(call->seat), self->hits[i]);
        if (i == self->selected)
            here = sheet.row;
        sheet_choice(&sheet, focused && i == self->selected, ROLE_PANEL,
                     article->title[language_of(call)]);
    }
    scroll_show(&self->list, self->selected ? here : 0, area.rows);
}

static void draw_article(struct call_screen *call, struct knowledge_panel *self, struct area area) {
    struct sheet sheet = {.area = area, .from = self->text.from};
    const struct article *article =
        knowledge_article(seat_knowledge(call->seat), (size_t)self->article);
    enum language language = language_of(call);
    sheet_text(&sheet, 0, ROLE_PANEL_STRONG, article->title[language]);
    if (*article->updated)
        sheet_text(&sheet, 0, ROLE_PANEL_DIM, article->updated);
    sheet.row++;
    sheet_text(&sheet, 0, ROLE_PANEL, article->body[language]);
    scroll_fit(&self->text, sheet.row, area.rows);
}

static void knowledge_draw(struct call_screen *call, void *state, struct area area, bool focused) {
    struct knowledge_panel *self = state;
    if (self->article < 0)
        draw_list(call, self, area, focused);
    else
        draw_article(call, self, area);
}

/* ---- keys ---- */

static const enum action article_footer[] = {DO_UP, DO_DOWN, DO_LEAVE, DO_NONE};
static const struct keymap keymap_article = {
    .title = N_("In a panel: reading"),
    .parent = &keymap_list,
    .footer = article_footer,
};

static const struct keymap *knowledge_keys(struct call_screen *call, void *state) {
    const struct knowledge_panel *self = state;
    return self->article < 0 ? &keymap_field : &keymap_article;
}

static unsigned act_on_article(struct knowledge_panel *self, enum action action) {
    if (action == DO_LEAVE || action == DO_CHOOSE) {
        self->article = -1;
        return SCREEN_DRAW;
    }
    return scroll_act(&self->text, action) ? SCREEN_DRAW : SCREEN_TEXT;
}

static unsigned knowledge_act(struct call_screen *call, void *state, enum action action,
                              const struct input *input) {
    struct knowledge_panel *self = state;
    if (self->article >= 0)
        return act_on_article(self, action);
    switch (action) {
    case DO_UP:
    case DO_DOWN:
        self->selected = field_step(self->selected, self->count, action == DO_UP ? -1 : 1);
        return SCREEN_DRAW;
    case DO_ACCEPT:
        return read_article(call, self);
    default:
        if (!line_editor_act(&self->query, action))
            return SCREEN_TEXT;
        search(call, self);
        return SCREEN_DRAW;
    }
}

static unsigned knowledge_key(struct call_screen *call, void *state, const struct input *input) {
    struct knowledge_panel *self = state;
    if (self->article < 0 && line_editor_input(&self->query, input))
        search(call, self);
    return SCREEN_DRAW;
}

static void knowledge_left(struct call_screen *call, void *state) {
    record_query(call, state);
}

const struct panel panel_knowledge = {
    .title = N_("Knowledge base"),
    .action = DO_KNOWLEDGE,
    .offered = knowledge_offered,
    .open = knowledge_open_panel,
    .close = knowledge_close_panel,
    .left = knowledge_left,
    .keys = knowledge_keys,
    .draw = knowledge_draw,
    .act = knowledge_act,
    .key = knowledge_key,
};
