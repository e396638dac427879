/* Home: practise, review, author, with what to do next. Typing searches at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "line_editor.h"
#include "screen.h"

#define SEARCH_BYTES 80
#define UNFINISHED_MOST 20 /* that are looked into */
#define LIST_TOP 5         /* title, tabs, search, next, heads */
#define BELOW 5            /* an empty row, three of summary, footer */

enum tab { TAB_PRACTISE, TAB_REVIEW, TAB_AUTHOR, TAB_COUNT };

struct script {
    struct scenario_peek peek;
    int32_t best_tenths; /* -1: not played */
    bool passed;
    char last[12]; /* day, "" when never played */
};

struct unfinished {
    char *path, *scenario_id;
    char start[32];
};

/* A row of the list: of which tab's things, and which of them. */
struct item {
    enum { ITEM_UNFINISHED, ITEM_SCRIPT, ITEM_RECORD } kind;
    size_t index;
};

struct home {
    struct app *app;
    enum tab tab;
    struct script *scripts;
    size_t script_count;
    struct record_summary *records;
    size_t record_count;
    struct unfinished *unfinished;
    size_t unfinished_count;
    struct line_editor search;
    struct item *items;
    size_t item_count, item_capacity;
    size_t selected, from; /* rows of the list: marked, first shown */
    uint32_t way;          /* a mode, or one of the ways below */
    int call_language;
};

/* Ways to practise that are no modes of a call. */
enum { WAY_TWO_SEATS = MODE_COUNT, WAY_FAULTS, WAY_COUNT };

static enum mode mode_of(const struct home *home) {
    return home->way < MODE_COUNT ? (enum mode)home->way : MODE_PRACTISE;
}

static const char *way_label(uint32_t way) {
    return way == WAY_TWO_SEATS ? _("two seats")
           : way == WAY_FAULTS  ? _("find the faults")
                                : mode_label((enum mode)way);
}

/* ---- what there is ---- */

static void read_scripts(struct home *home) {
    char **names;
    size_t count, capacity = 0;
    struct error error = {0};
    const char *folder = app_settings(home->app)->scenarios;
    if (!file_list(folder, &names, &count, &error)) {
        app_say(home->app, true, "%s", error.text);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct buffer path = {0};
        size_t length = strlen(names[i]);
        if (length > 5 && !strcmp(names[i] + length - 5, ".json")) {
            home->scripts = memory_reserve(home->scripts, &capacity, home->script_count + 1,
                                           sizeof *home->scripts);
            struct script *script = &home->scripts[home->script_count];
            *script = (struct script){.best_tenths = -1};
            file_join(&path, folder, names[i]);
            if (scenario_peek(path.bytes, &script->peek, &error))
                home->script_count++;
            else
                app_say(home->app, true, "%s", error.text);
        }
        buffer_free(&path);
    }
    file_list_free(names, count);
}

static int by_level(const void *left, const void *right) {
    const struct script *a = left, *b = right;
    if (a->peek.level != b->peek.level)
        return a->peek.level < b->peek.level ? -1 : 1;
    return strcmp(a->peek.id, b->peek.id);
}

/* Best and last of what this trainee played. */
static void note_played(struct home *home) {
    const char *trainee = app_settings(home->app)->trainee;
    for (size_t i = 0; i < home->record_count; i++) {
        const struct record_summary *record = &home->records[i];
        for (size_t j = 0; j < home->script_count; j++) {
            struct script *script = &home->scripts[j];
            if (strcmp(record->trainee, trainee) || strcmp(record->scenario_id, script->peek.id))
                continue;
            snprintf(script->last, sizeof script->last, "%.10s", record->start);
            script->passed |= record->pass;
            if (record->q_tenths > script->best_tenths)
                script->best_tenths = record->q_tenths;
        }
    }
}

static void forget_records(struct home *home) {
    record_history_free(home->records, home->record_count);
    for (size_t i = 0; i < home->unfinished_count; i++) {
        free(home->unfinished[i].path);
        free(home->unfinished[i].scenario_id);
    }
    free(home->unfinished);
    home->records = NULL;
    home->unfinished = NULL;
    home->record_count = home->unfinished_count = 0;
}

static void note_unfinished(struct home *home, const char *path) {
    struct record_opening opening;
    struct arena *arena = arena_new();
    struct record *record = record_read(path, NULL);
    if (record && record->count &&
        record_opening_from_row(&record->rows[0], &opening, arena, NULL) &&
        !strcmp(opening.trainee, app_settings(home->app)->trainee)) {
        struct unfinished *unfinished = &home->unfinished[home->unfinished_count++];
        unfinished->path = memory_text(path);
        unfinished->scenario_id = memory_text(opening.scenario_id);
        memcpy(unfinished->start, opening.start, sizeof unfinished->start);
    }
    record_free(record);
    arena_free(arena);
}

static void read_records(struct home *home) {
    struct error error = {0};
    size_t unreadable = 0, count = 0;
    char **paths = NULL;
    const char *data = app_settings(home->app)->data;
    forget_records(home);
    if (!record_history(data, &home->records, &home->record_count, &unreadable, &error))
        app_say(home->app, true, "%s", error.text);
    else if (unreadable)
        app_say(home->app, true, _("%zu records can't be read; itr verify says why."), unreadable);
    note_played(home);
    if (!record_unfinished(data, &paths, &count, &error)) {
        app_say(home->app, true, "%s", error.text);
        return;
    }
    home->unfinished = memory_new((count ? count : 1) * sizeof *home->unfinished);
    for (size_t i = 0; i < count && i < UNFINISHED_MOST; i++)
        note_unfinished(home, paths[i]);
    file_list_free(paths, count);
}

static const struct script *script_of(const struct home *home, const char *id) {
    for (size_t i = 0; i < home->script_count; i++)
        if (!strcmp(home->scripts[i].peek.id, id))
            return &home->scripts[i];
    return NULL;
}

static const char *title_of(const struct home *home, const char *id) {
    const struct script *script = script_of(home, id);
    return script ? script->peek.title[message_language()] : id;
}

/* ---- the list ---- */

static bool holds(const char *text, const char *word) {
    return text && strcasestr(text, word);
}

static bool script_fits(const struct script *script, const char *word) {
    return holds(script->peek.title[0], word) || holds(script->peek.title[1], word) ||
           holds(script->peek.id, word) || holds(script->peek.module, word) ||
           holds(level_label(script->peek.level), word) ||
           holds(level_word(script->peek.level), word);
}

static bool record_fits(const struct home *home, const struct record_summary *record,
                        const char *word) {
    return holds(record->trainee, word) || holds(record->scenario_id, word) ||
           holds(title_of(home, record->scenario_id), word) || holds(record->start, word);
}

static void add_item(struct home *home, int kind, size_t index) {
    home->items = memory_reserve(home->items, &home->item_capacity, home->item_count + 1,
                                 sizeof *home->items);
    home->items[home->item_count++] = (struct item){kind, index};
}

static void list_items(struct home *home) {
    const char *word = buffer_text(&home->search.text);
    home->item_count = 0;
    if (home->tab == TAB_REVIEW) {
        for (size_t i = home->record_count; i-- > 0;)
            if (record_fits(home, &home->records[i], word))
                add_item(home, ITEM_RECORD, i);
    } else {
        for (size_t i = 0; home->tab == TAB_PRACTISE && !*word && i < home->unfinished_count; i++)
            add_item(home, ITEM_UNFINISHED, i);
        for (size_t i = 0; i < home->script_count; i++)
            if (script_fits(&home->scripts[i], word))
                add_item(home, ITEM_SCRIPT, i);
    }
    if (home->selected >= home->item_count)
        home->selected = home->item_count ? home->item_count - 1 : 0;
}

/* What to do next: the unfinished call, else the easiest script not passed yet, the least played
 * first. */
static const struct script *next_script(const struct home *home) {
    const struct script *best = NULL;
    for (size_t i = 0; i < home->script_count; i++) {
        const struct script *script = &home->scripts[i];
        if (!script->passed && (!best || (script->peek.level == best->peek.level && best->last[0] &&
                                          !script->last[0])))
            best = script;
    }
    return best;
}

/* ---- drawing ---- */

struct columns {
    int title, level, minutes, best, last;
};

static struct columns columns_of(int width) {
    return (struct columns){.title = 3,
                            .level = width - 41,
                            .minutes = width - 31,
                            .best = width - 22,
                            .last = width - 13};
}

static void draw_tabs(const struct home *home) {
    static const char *const names[] = {N_("Practise"), N_("Review"), N_("Author")};
    int column = 1;
    for (int tab = 0; tab < TAB_COUNT; tab++) {
        char text[64];
        snprintf(text, sizeof text, tab == (int)home->tab ? "[%s]" : " %s ", _(names[tab]));
        column += draw_text(1, column, 30, tab == (int)home->tab ? ROLE_SELECTED : ROLE_DIM, text);
        column += 2;
    }
}

static void draw_how(const struct home *home) {
    char text[128];
    const char *language = home->call_language < 0              ? _("as the screen")
                           : home->call_language == LANGUAGE_ZH ? "中文"
                                                                : "English";
    snprintf(text, sizeof text, "%s: %s   %s: %s", _("Mode"), way_label(home->way), _("Call"),
             language);
    draw_right(1, 40, draw_columns() - 41, ROLE_ACCENT, text);
}

static void draw_search(const struct home *home) {
    int used = draw_text(2, 2, 20, ROLE_DIM, _("Search:"));
    line_editor_draw(&home->search, (struct area){2, 3 + used, 1, draw_columns() - used - 5},
                     ROLE_TEXT);
}

static void draw_next(const struct home *home) {
    const struct script *next = next_script(home);
    struct buffer text = {0};
    if (home->tab == TAB_REVIEW)
        buffer_printf(&text, _("%zu calls on record, newest first. Enter replays one."),
                      home->record_count);
    else if (home->tab == TAB_AUTHOR)
        buffer_add_text(&text, _("Enter checks a script and lists what is to mend."));
    else if (home->unfinished_count)
        buffer_printf(&text, _("Next: finish the call \"%s\"."),
                      title_of(home, home->unfinished[0].scenario_id));
    else if (next)
        buffer_printf(&text, _("Next: \"%s\"."), next->peek.title[message_language()]);
    else if (home->script_count)
        buffer_add_text(&text, _("All passed. Try them typed only, or in exam mode."));
    draw_bytes(3, 2, draw_columns() - 4, ROLE_ACCENT, buffer_text(&text), text.length);
    buffer_free(&text);
}

static void draw_heads(const struct home *home, struct columns at) {
    draw_fill(4, 0, draw_columns(), ROLE_PANEL);
    if (home->tab == TAB_REVIEW) {
        draw_text(4, at.title, 16, ROLE_PANEL_DIM, _("When (UTC)"));
        draw_text(4, at.title + 18, 14, ROLE_PANEL_DIM, _("Who"));
        draw_text(4, at.title + 34, 20, ROLE_PANEL_DIM, _("Scenario"));
        draw_text(4, at.best - 11, 10, ROLE_PANEL_DIM, _("Ending"));
        draw_text(4, at.last - 2, 6, ROLE_PANEL_DIM, "Q");
        draw_text(4, at.last + 5, 8, ROLE_PANEL_DIM, _("Verdict"));
        return;
    }
    draw_text(4, at.title, 20, ROLE_PANEL_DIM, _("Scenario"));
    draw_text(4, at.level, 10, ROLE_PANEL_DIM, _("Level"));
    draw_text(4, at.minutes, 8, ROLE_PANEL_DIM, _("Minutes"));
    draw_text(4, at.best, 10, ROLE_PANEL_DIM, _("Best"));
    draw_text(4, at.last, 12, ROLE_PANEL_DIM, _("Last played"));
}

static void draw_script(const struct script *script, int row, struct columns at, bool marked) {
    enum role plain = marked ? ROLE_SELECTED : ROLE_TEXT, dim = marked ? ROLE_SELECTED : ROLE_DIM;
    char text[32];
    draw_text(row, at.title, at.level - at.title - 1, plain,
              script->peek.title[message_language()]);
    draw_text(row, at.level, 10, dim, level_label(script->peek.level));
    snprintf(text, sizeof text, "%3u", script->peek.minutes);
    draw_text(row, at.minutes, 8, dim, text);
    if (script->best_tenths >= 0) {
        char figure[16];
        snprintf(text, sizeof text, "%5s%s", tenths_text(script->best_tenths, figure),
                 script->passed ? " +" : "");
        draw_text(row, at.best - 1, 10,
                  marked           ? plain
                  : script->passed ? ROLE_GOOD
                                   : ROLE_WARN,
                  text);
    } else {
        draw_text(row, at.best, 10, dim, "-");
    }
    draw_text(row, at.last, 12, dim, script->last[0] ? script->last : "-");
}

static void draw_unfinished(const struct home *home, size_t index, int row, struct columns at,
                            bool marked) {
    const struct unfinished *call = &home->unfinished[index];
    enum role role = marked ? ROLE_SELECTED : ROLE_WARN;
    struct buffer text = {0};
    buffer_printf(&text, "%s: %s", _("Unfinished"), title_of(home, call->scenario_id));
    draw_text(row, at.title, at.best - at.title - 1, role, text.bytes);
    draw_bytes(row, at.last, 12, marked ? role : ROLE_DIM, call->start, strnlen(call->start, 10));
    buffer_free(&text);
}

static void draw_record(const struct home *home, size_t index, int row, struct columns at,
                        bool marked) {
    const struct record_summary *record = &home->records[index];
    enum role plain = marked ? ROLE_SELECTED : ROLE_TEXT, dim = marked ? ROLE_SELECTED : ROLE_DIM;
    char when[32], q[16];
    snprintf(when, sizeof when, "%.10s %.5s", record->start,
             strlen(record->start) > 16 ? record->start + 11 : "");
    draw_text(row, at.title, 17, dim, when);
    draw_text(row, at.title + 18, 15, plain, record->trainee);
    draw_text(row, at.title + 34, at.best - 12 - at.title - 34, plain,
              title_of(home, record->scenario_id));
    draw_text(row, at.best - 11, 14, dim, outcome_label(record->outcome));
    draw_right(row, at.last - 5, 6, plain, tenths_text(record->q_tenths, q));
    draw_text(row, at.last + 5, 8,
              marked         ? plain
              : record->pass ? ROLE_GOOD
                             : ROLE_BAD,
              record->pass ? _("passed") : _("failed"));
}

static int list_rows(void) {
    return draw_rows() - LIST_TOP - BELOW - 1;
}

static void draw_item(const struct home *home, size_t index, int row, struct columns at) {
    const struct item *item = &home->items[index];
    bool marked = index == home->selected;
    if (marked) {
        draw_fill(row, 0, draw_columns(), ROLE_SELECTED);
        draw_text(row, 1, 1, ROLE_SELECTED, ">");
    }
    if (item->kind == ITEM_SCRIPT)
        draw_script(&home->scripts[item->index], row, at, marked);
    else if (item->kind == ITEM_UNFINISHED)
        draw_unfinished(home, item->index, row, at, marked);
    else
        draw_record(home, item->index, row, at, marked);
}

static void draw_summary(const struct home *home) {
    struct area area = {draw_rows() - BELOW, 3, 3, draw_columns() - 6};
    const char *text = "";
    if (!home->item_count)
        text = *buffer_text(&home->search.text) ? _("Nothing fits the search. Esc clears it.")
               : home->tab == TAB_REVIEW        ? _("No call has been finished yet.")
                                                : _("There are no scripts here.");
    else if (home->items[home->selected].kind == ITEM_SCRIPT)
        text = home->scripts[home->items[home->selected].index].peek.summary[message_language()];
    else if (home->items[home->selected].kind == ITEM_UNFINISHED)
        text = _("This call was left unfinished. Enter goes on where it stood; Del ends it as it "
                 "is.");
    else
        text = home->records[home->items[home->selected].index].path;
    draw_wrapped(area, 0, ROLE_DIM, text, strlen(text), NULL);
}

static void home_draw(void *state) {
    struct home *home = state;
    struct columns at = columns_of(draw_columns());
    screen_title(_("ITR  call training"), app_settings(home->app)->trainee);
    draw_tabs(home);
    draw_how(home);
    draw_search(home);
    draw_next(home);
    draw_heads(home, at);
    if (home->selected < home->from)
        home->from = home->selected;
    if (home->selected >= home->from + (size_t)list_rows())
        home->from = home->selected - (size_t)list_rows() + 1;
    for (size_t i = home->from; i < home->item_count && i < home->from + (size_t)list_rows(); i++)
        draw_item(home, i, LIST_TOP + (int)(i - home->from), at);
    draw_summary(home);
}

/* ---- what can be done ---- */

static void play(struct home *home, const char *file) {
    enum mode mode = mode_of(home);
    struct call_request *request = call_request_new(false, mode, home->call_language, file);
    request->seats = home->way == WAY_TWO_SEATS ? 2 : 0;
    app_next(home->app, home->way == WAY_FAULTS ? &screen_faults : screen_for_call(false, mode),
             request, true);
}

static unsigned choose(struct home *home) {
    if (!home->item_count)
        return SCREEN_STAY;
    const struct item *item = &home->items[home->selected];
    if (item->kind == ITEM_RECORD)
        app_next(home->app, &screen_replay, home->records[item->index].path, false);
    else if (item->kind == ITEM_UNFINISHED)
        app_next(home->app, &screen_call,
                 call_request_new(true, mode_of(home), -1, home->unfinished[item->index].path),
                 true);
    else if (home->tab == TAB_AUTHOR)
        app_next(home->app, &screen_findings, home->scripts[item->index].peek.file, false);
    else
        play(home, home->scripts[item->index].peek.file);
    return SCREEN_NEXT;
}

/* Ends an unfinished call as it stands: it is scored like one that was hung up. */
static unsigned discard(struct home *home) {
    struct error error = {0};
    enum call_refusal refusal;
    if (!home->item_count || home->items[home->selected].kind != ITEM_UNFINISHED)
        return SCREEN_STAY;
    const char *path = home->unfinished[home->items[home->selected].index].path;
    struct seat *seat = seat_resume(app_settings(home->app)->data, path, NULL, NULL, NULL, &error);
    if (!seat || seat_do(seat, 0, EVENT_END, &refusal, &error) == SEAT_FAILED ||
        seat_close(seat, 0, &error) != SEAT_DONE)
        app_say(home->app, true, "%s", error.text);
    seat_free(seat);
    read_records(home);
    list_items(home);
    return SCREEN_DRAW;
}

static unsigned change_tab(struct home *home, int by) {
    home->tab = (enum tab)(((int)home->tab + TAB_COUNT + by) % TAB_COUNT);
    home->selected = home->from = 0;
    list_items(home);
    return SCREEN_DRAW;
}

static unsigned clear_or_leave(struct home *home) {
    if (!home->search.text.length)
        return SCREEN_LEAVE;
    line_editor_set(&home->search, "", 0);
    list_items(home);
    return SCREEN_DRAW;
}

static unsigned move(struct home *home, long by) {
    long to = (long)home->selected + by, last = (long)home->item_count - 1;
    to = to > last ? last : to;
    home->selected = (size_t)(to < 0 ? 0 : to);
    return SCREEN_DRAW;
}

static unsigned home_act(void *state, enum action action, const struct input *input) {
    struct home *home = state;
    switch (action) {
    case DO_UP:
        return move(home, -1);
    case DO_DOWN:
        return move(home, 1);
    case DO_PAGE_UP:
        return move(home, -list_rows());
    case DO_PAGE_DOWN:
        return move(home, list_rows());
    case DO_CHOOSE:
        return choose(home);
    case DO_NEXT_TAB:
        return change_tab(home, 1);
    case DO_PREVIOUS_TAB:
        return change_tab(home, -1);
    case DO_MODE:
        home->way = (home->way + 1) % WAY_COUNT;
        return SCREEN_DRAW;
    case DO_CALL_LANGUAGE:
        home->call_language =
            home->call_language + 1 < LANGUAGE_COUNT ? home->call_language + 1 : -1;
        return SCREEN_DRAW;
    case DO_CLEAR:
        return clear_or_leave(home);
    case DO_DISCARD:
        return discard(home);
    default:
        break;
    }
    if (!line_editor_act(&home->search, action))
        return SCREEN_TEXT;
    list_items(home);
    return SCREEN_DRAW;
}

static unsigned take_mouse(struct home *home, const struct input *input) {
    size_t row = home->from + (size_t)(input->row - LIST_TOP);
    if (input->mouse != MOUSE_PRESS)
        return move(home, input->mouse == MOUSE_WHEEL_UP ? -1 : 1);
    if (input->row < LIST_TOP || input->row >= LIST_TOP + list_rows() || row >= home->item_count)
        return SCREEN_STAY;
    if (row == home->selected)
        return choose(home);
    home->selected = row;
    return SCREEN_DRAW;
}

static unsigned home_key(void *state, const struct input *input) {
    struct home *home = state;
    if (input->kind == INPUT_MOUSE)
        return take_mouse(home, input);
    if (!line_editor_input(&home->search, input))
        return SCREEN_STAY;
    home->selected = home->from = 0;
    list_items(home);
    return SCREEN_DRAW;
}

static unsigned home_shown(void *state) {
    struct home *home = state;
    read_records(home);
    list_items(home);
    return SCREEN_DRAW;
}

/* ---- keys ---- */

static const struct binding bindings[] = {
    {.key = K_ENTER, .action = DO_CHOOSE},
    {.key = K_UP, .action = DO_UP},
    {.key = K_DOWN, .action = DO_DOWN},
    {.key = K_PAGE_UP, .action = DO_PAGE_UP},
    {.key = K_PAGE_DOWN, .action = DO_PAGE_DOWN},
    {.key = K_TAB, .action = DO_NEXT_TAB},
    {.key = K_BACKTAB, .action = DO_PREVIOUS_TAB},
    {.key = K_F1 + 2, .action = DO_MODE},
    {.key = K_F1 + 3, .action = DO_CALL_LANGUAGE},
    {.key = K_DELETE, .action = DO_DISCARD},
    {.key = K_ESCAPE, .action = DO_CLEAR},
    {.key = '?', .action = DO_HELP},
};
static const enum action footer[] = {DO_CHOOSE,        DO_NEXT_TAB, DO_MODE,
                                     DO_CALL_LANGUAGE, DO_CLEAR,    DO_NONE};
static const struct keymap keymap_home = {
    .title = N_("Home"),
    .parent = &keymap_editor,
    .bindings = bindings,
    .count = sizeof bindings / sizeof *bindings,
    .footer = footer,
    .typing = true,
};

static const struct keymap *home_keys(void *state) {
    return &keymap_home;
}

static void *home_open(struct app *app, const void *argument, struct error *error) {
    struct home *home = memory_new(sizeof *home);
    home->app = app;
    home->way = app_settings(app)->mode;
    home->call_language = app_settings(app)->call_language;
    line_editor_start(&home->search, SEARCH_BYTES);
    read_scripts(home);
    if (home->script_count)
        qsort(home->scripts, home->script_count, sizeof *home->scripts, by_level);
    read_records(home);
    list_items(home);
    return home;
}

static void home_close(void *state) {
    struct home *home = state;
    forget_records(home);
    for (size_t i = 0; i < home->script_count; i++)
        scenario_peek_free(&home->scripts[i].peek);
    free(home->scripts);
    free(home->items);
    line_editor_free(&home->search);
    free(home);
}

const struct screen screen_home = {
    .open = home_open,
    .keys = home_keys,
    .draw = home_draw,
    .act = home_act,
    .key = home_key,
    .shown = home_shown,
    .close = home_close,
};
