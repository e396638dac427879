#include "app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "help.h"
#include "screen.h"
#include "terminal.h"

#define LEAST_ROWS 24
#define LEAST_COLUMNS 80
#define DEPTH 8           /* screens on the stack */
#define OVERSLEPT_MS 5000 /* the machine was suspended if a wait took so much longer than asked */

struct app {
    struct app_start start;
    char *trainee; /* what start.trainee points to */
    struct {
        const struct screen *screen;
        void *state;
    } stack[DEPTH];
    int depth;
    const struct screen *next;
    void *next_argument;
    bool next_owned;
    char *notice;
    bool notice_bad;
    struct help *help; /* the page of keys lies over the screen */
    unsigned follow;   /* what must be done after this turn */
    bool end, lost;
    char *last_words; /* for standard error, after the terminal was given back */
};

/* ---- what screens ask ---- */

const struct app_start *app_settings(const struct app *app) {
    return &app->start;
}

void app_set_trainee(struct app *app, const char *trainee) {
    free(app->trainee);
    app->start.trainee = app->trainee = memory_text(trainee);
}

static void keep_settings(struct app *app) {
    struct settings settings = {.trainee = app->trainee, .language = (int)message_language()};
    struct error error;
    if (app->trainee && !settings_write(app->start.data, &settings, &error))
        app_say(app, true, "%s", error.text);
}

void app_set_language(struct app *app, enum language language) {
    message_use(language);
    app->start.language = (int)language;
    keep_settings(app);
}

void app_next(struct app *app, const struct screen *screen, void *argument, bool owned) {
    app->next = screen;
    app->next_argument = argument;
    app->next_owned = owned;
}

void app_say(struct app *app, bool bad, const char *format, ...) {
    struct buffer sentence = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_vprintf(&sentence, format, arguments);
    va_end(arguments);
    free(app->notice);
    app->notice = buffer_release(&sentence);
    app->notice_bad = bad;
    app->follow |= SCREEN_DRAW;
}

/* ---- the stack ---- */

static const struct screen *top(const struct app *app) {
    return app->depth ? app->stack[app->depth - 1].screen : NULL;
}

static void *top_state(const struct app *app) {
    return app->depth ? app->stack[app->depth - 1].state : NULL;
}

static void pop(struct app *app) {
    app->depth--;
    app->stack[app->depth].screen->close(app->stack[app->depth].state);
}

static void push(struct app *app) {
    struct error error = {0};
    const struct screen *screen = app->next;
    void *argument = app->next_argument;
    app->next = NULL;
    void *state = app->depth < DEPTH ? screen->open(app, argument, &error) : NULL;
    if (app->next_owned)
        free(argument);
    if (state) {
        app->stack[app->depth].screen = screen;
        app->stack[app->depth++].state = state;
    } else if (app->depth) {
        app_say(app, true, "%s", error.text);
    } else {
        free(app->last_words);
        app->last_words = memory_text(error.text);
    }
}

/* Does what the callbacks said must follow, until nothing more does. Returns whether to draw. */
static bool follow_up(struct app *app) {
    unsigned follow = app->follow;
    app->follow = 0;
    if (follow & SCREEN_QUIT)
        app->end = true;
    if (follow & SCREEN_LEAVE && app->depth) {
        pop(app);
        if (!(follow & SCREEN_NEXT) && app->depth && top(app)->shown)
            app->follow |= top(app)->shown(top_state(app));
    }
    if (follow & SCREEN_NEXT && app->next)
        push(app);
    if (!app->depth)
        app->end = true;
    return follow & (SCREEN_DRAW | SCREEN_LEAVE | SCREEN_NEXT) || app->follow;
}

/* ---- drawing ---- */

static bool too_small(void) {
    return draw_rows() < LEAST_ROWS || draw_columns() < LEAST_COLUMNS;
}

static void draw_too_small(void) {
    char sentence[256];
    snprintf(
        sentence, sizeof sentence,
        _("This window is too small: %d columns by %d rows. Make it at least %d by %d; nothing "
          "is lost meanwhile."),
        draw_columns(), draw_rows(), LEAST_COLUMNS, LEAST_ROWS);
    draw_wrapped((struct area){.rows = draw_rows(), .columns = draw_columns()}, 0, ROLE_TEXT,
                 sentence, strlen(sentence), NULL);
}

static void draw_notice(const struct app *app) {
    int row = draw_rows() - 2;
    if (!app->notice)
        return;
    draw_fill(row, 0, draw_columns(), app->notice_bad ? ROLE_NOTICE : ROLE_SELECTED);
    draw_text(row, 1, draw_columns() - 2, app->notice_bad ? ROLE_NOTICE : ROLE_SELECTED,
              app->notice);
}

static void draw(struct app *app) {
    draw_start();
    if (too_small()) {
        draw_too_small();
    } else if (app->help) {
        help_draw(app->help);
    } else {
        top(app)->draw(top_state(app));
        screen_footer(top(app)->keys(top_state(app)));
        draw_notice(app);
    }
    draw_finish();
}

/* ---- input ---- */

static bool act_everywhere(struct app *app, enum action action) {
    switch (action) {
    case DO_HELP:
        app->help = help_new(top(app)->keys(top_state(app)));
        app->follow |= SCREEN_DRAW;
        return true;
    case DO_LANGUAGE:
        app_set_language(app, message_language() == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH);
        app->follow |= SCREEN_DRAW;
        return true;
    case DO_REDRAW:
        terminal_repaint();
        app->follow |= SCREEN_DRAW;
        return true;
    case DO_QUIT:
        app->follow |= SCREEN_QUIT;
        return true;
    default:
        return false;
    }
}

/* In a window too small to see, typing goes on but nothing is chosen or sent blindly. */
static bool safe_unseen(const struct keymap *keymap, enum action action) {
    if (action == DO_QUIT || action == DO_SUSPEND || action == DO_REDRAW)
        return true;
    if (!keymap->typing)
        return false;
    for (size_t i = 0; i < keymap_editor.count; i++)
        if (keymap_editor.bindings[i].action == action)
            return true;
    return action == DO_NONE;
}

static void interrupt(struct app *app, bool ends) {
    for (int i = 0; i < app->depth; i++)
        if (app->stack[i].screen->interrupted)
            app->stack[i].screen->interrupted(app->stack[i].state, ends);
}

static void suspend(struct app *app, bool all) {
    terminal_suspend(all);
    interrupt(app, false);
    app->follow |= SCREEN_DRAW;
}

static void take_help_input(struct app *app, const struct input *input) {
    if (help_input(app->help, input)) {
        help_free(app->help);
        app->help = NULL;
    }
    app->follow |= SCREEN_DRAW;
}

static void take_input(void *user, const struct input *input) {
    struct app *app = user;
    if (app->follow & (SCREEN_QUIT | SCREEN_LEAVE | SCREEN_NEXT)) {
        follow_up(app); /* the keys that came after belong to what opens now */
        app->follow |= SCREEN_DRAW;
    }
    if (app->end || !app->depth)
        return;
    const struct keymap *keymap = top(app)->keys(top_state(app));
    enum action action = input->kind == INPUT_KEY ? keymap_action(keymap, input->key) : DO_NONE;
    if (app->notice && !too_small()) {
        free(app->notice);
        app->notice = NULL;
        app->follow |= SCREEN_DRAW;
    }
    if (too_small() && !safe_unseen(keymap, action))
        return;
    if (action == DO_SUSPEND) {
        suspend(app, true);
        return;
    }
    if (app->help && action != DO_QUIT) {
        take_help_input(app, input);
        return;
    }
    if (act_everywhere(app, action))
        return;
    unsigned follow = SCREEN_TEXT;
    if (action != DO_NONE)
        follow = top(app)->act(top_state(app), action, input);
    if (follow & SCREEN_TEXT && top(app)->key)
        follow = top(app)->key(top_state(app), input);
    app->follow |= follow & ~(unsigned)SCREEN_TEXT;
}

/* ---- the loop ---- */

static int time_out(const struct app *app, int64_t now) {
    if (app->follow || !top(app)->due)
        return app->follow ? 0 : -1;
    int64_t due = top(app)->due(top_state(app), now);
    if (due < 0)
        return -1;
    return due <= now ? 0 : due - now > 3600000 ? 3600000 : (int)(due - now);
}

static void take_events(struct app *app, int happened, int64_t overslept) {
    if (happened & TERMINAL_GONE)
        app->lost = true;
    if (happened & (TERMINAL_END | TERMINAL_GONE))
        app->end = true;
    if (happened & TERMINAL_RESIZED)
        terminal_resize();
    if (happened & TERMINAL_STOP)
        suspend(app, false);
    if (happened & TERMINAL_WOKEN)
        terminal_resize();
    if (happened & TERMINAL_WOKEN || overslept > OVERSLEPT_MS)
        interrupt(app, false);
    if (happened & (TERMINAL_RESIZED | TERMINAL_WOKEN | TERMINAL_STOP))
        app->follow |= SCREEN_DRAW;
}

static void turn(struct app *app) {
    int64_t before = terminal_now_ms();
    int wait = time_out(app, before);
    int happened = terminal_wait(wait, take_input, app);
    int64_t now = terminal_now_ms();
    take_events(app, happened, wait < 0 || happened ? 0 : now - before - wait);
    if (!app->end && app->depth && top(app)->tick)
        app->follow |= top(app)->tick(top_state(app), now);
}

static void loop(struct app *app) {
    bool stale = true;
    app->follow |= SCREEN_NEXT;
    while (!app->end) {
        while (app->follow && !app->end)
            stale |= follow_up(app);
        if (app->end)
            break;
        if (stale && terminal_ready()) {
            draw(app);
            stale = false;
        }
        turn(app);
    }
}

/* ---- start and end ---- */

static void read_settings(struct app *app) {
    struct settings settings = {.language = -1};
    struct error error;
    if (!settings_read(app->start.data, &settings, &error))
        app_say(app, true, "%s", error.text);
    if (!app->start.trainee && settings.trainee)
        app_set_trainee(app, settings.trainee);
    if (app->start.language < 0 && settings.language >= 0)
        app->start.language = settings.language;
    if (app->start.language >= 0)
        message_use((enum language)app->start.language);
    settings_free(&settings);
}

/* What the program is to show once it is known who sits here. */
static void choose_first(struct app *app) {
    const struct screen *const screens[] = {
        [APP_HOME] = &screen_home,
        [APP_PLAY] = screen_for_call(false, app->start.mode),
        [APP_REPLAY] = &screen_replay,
        [APP_FAULTS] = &screen_faults,
    };
    if (!app->start.trainee && app->start.wish != APP_REPLAY)
        app_next(app, &screen_first_start, (void *)screens[app->start.wish], false);
    else
        app_next(app, screens[app->start.wish], NULL, false);
}

/* A sentence may hold names from outside: it goes out as harmless as on the screen. */
static void tell_on_standard_error(const char *sentence) {
    struct buffer text = {0};
    display_add(&text, sentence, strlen(sentence), false);
    fprintf(stderr, "itr: %s\n", buffer_text(&text));
    buffer_free(&text);
}

static int finish(struct app *app) {
    int status = app->last_words || app->lost ? 3 : 0;
    if (app->last_words)
        tell_on_standard_error(app->last_words);
    free(app->last_words);
    free(app->notice);
    free(app->trainee);
    help_free(app->help);
    return status;
}

void app_restore_terminal(void) {
    terminal_abandon();
}

int app_run(const struct app_start *start) {
    struct app app = {.start = *start};
    struct error error = {0};
    if (start->trainee)
        app_set_trainee(&app, start->trainee);
    read_settings(&app);
    if (!terminal_open(&error)) {
        tell_on_standard_error(error.text);
        finish(&app);
        return 2;
    }
    theme_start();
    choose_first(&app);
    loop(&app);
    interrupt(&app, true);
    while (app.depth)
        pop(&app);
    terminal_close();
    return finish(&app);
}
