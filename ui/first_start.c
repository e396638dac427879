/* The first start: which language, and who is practising. Asked once, then remembered. */
#include <stdlib.h>
#include <string.h>

#include "line_editor.h"
#include "screen.h"

#define NAME_BYTES 120

struct first_start {
    struct app *app;
    const struct screen *next;
    struct line_editor editor;
};

static void first_start_draw(void *state) {
    struct first_start *self = state;
    int row = draw_rows() / 2 - 6, width = draw_columns() - 20;
    screen_title("ITR", "");
    draw_text(row, 10, width, ROLE_HEADING, _("Welcome"));
    row += 2;
    row += draw_wrapped((struct area){row, 10, 3, width}, 0, ROLE_TEXT,
                        _("Here you rehearse calls with customers. Your calls and their receipts "
                          "are kept under your name."),
                        strlen(_("Here you rehearse calls with customers. Your calls and their "
                                 "receipts are kept under your name.")),
                        NULL);
    row++;
    draw_text(row, 10, width, ROLE_DIM,
              message_language() == LANGUAGE_ZH ? "[中文]   English      Tab / F2"
                                                : " 中文   [English]     Tab / F2");
    row += 2;
    int used = draw_text(row, 10, width, ROLE_STRONG, _("Your name:"));
    line_editor_draw(
        &self->editor,
        (struct area){row, 11 + used, 1, width - used - 1 < 40 ? width - used - 1 : 40},
        ROLE_PANEL);
}

static unsigned take_name(struct first_start *self) {
    const char *name = buffer_text(&self->editor.text);
    struct buffer bare = {0};
    while (*name == ' ')
        name++;
    buffer_add_text(&bare, name);
    while (bare.length && bare.bytes[bare.length - 1] == ' ')
        bare.bytes[--bare.length] = 0;
    bool empty = !bare.length;
    if (empty) {
        app_say(self->app, true, _("Please type your name, then press Enter."));
    } else {
        app_set_trainee(self->app, bare.bytes);
        app_set_language(self->app, message_language());
        app_next(self->app, self->next, NULL, false);
    }
    buffer_free(&bare);
    return empty ? SCREEN_DRAW : SCREEN_LEAVE | SCREEN_NEXT;
}

static unsigned first_start_act(void *state, enum action action, const struct input *input) {
    struct first_start *self = state;
    if (action == DO_ACCEPT)
        return take_name(self);
    return line_editor_act(&self->editor, action) ? SCREEN_DRAW : SCREEN_TEXT;
}

static unsigned first_start_key(void *state, const struct input *input) {
    struct first_start *self = state;
    return line_editor_input(&self->editor, input) ? SCREEN_DRAW : SCREEN_STAY;
}

static const struct binding bindings[] = {
    {.key = K_ENTER, .action = DO_ACCEPT},
    {.key = K_TAB, .action = DO_LANGUAGE},
};
static const enum action footer[] = {DO_ACCEPT, DO_QUIT, DO_NONE};
static const struct keymap keymap_name = {
    .title = N_("Your name"),
    .parent = &keymap_editor,
    .bindings = bindings,
    .count = sizeof bindings / sizeof *bindings,
    .footer = footer,
    .typing = true,
};

static const struct keymap *first_start_keys(void *state) {
    return &keymap_name;
}

static void *first_start_open(struct app *app, const void *argument, struct error *error) {
    struct first_start *self = memory_new(sizeof *self);
    self->app = app;
    self->next = argument;
    line_editor_start(&self->editor, NAME_BYTES);
    return self;
}

static void first_start_close(void *state) {
    struct first_start *self = state;
    line_editor_free(&self->editor);
    free(self);
}

const struct screen screen_first_start = {
    .open = first_start_open,
    .keys = first_start_keys,
    .draw = first_start_draw,
    .act = first_start_act,
    .key = first_start_key,
    .close = first_start_close,
};
