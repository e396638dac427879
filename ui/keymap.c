#include "keymap.h"

#include <string.h>

#include "base/base.h"

static const struct {
    const char *word, *help, *label;
} actions[] = {
#define X(name, word, help, label) {word, help, label},
    ACTIONS(X)
#undef X
};

const char *action_word(enum action action) {
    return actions[action].word;
}

const char *action_help(enum action action) {
    return *actions[action].help ? _(actions[action].help) : "";
}

const char *action_label(enum action action) {
    return *actions[action].label ? _(actions[action].label) : "";
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct binding global_bindings[] = {
    {.key = K_F1, .action = DO_HELP},           {.key = K_F1 + 1, .action = DO_LANGUAGE},
    {.key = K_CTRL | 'l', .action = DO_REDRAW}, {.key = K_CTRL | 'z', .action = DO_SUSPEND},
    {.key = K_CTRL | 'c', .action = DO_QUIT},   {.key = K_CTRL | 'q', .action = DO_QUIT},
};
const struct keymap keymap_global = {
    .title = N_("Everywhere"),
    .bindings = global_bindings,
    .count = COUNT(global_bindings),
};

static const struct binding list_bindings[] = {
    {.key = '?', .action = DO_HELP},
    {.key = K_UP, .action = DO_UP},
    {.key = K_DOWN, .action = DO_DOWN},
    {.key = K_PAGE_UP, .action = DO_PAGE_UP},
    {.key = K_PAGE_DOWN, .action = DO_PAGE_DOWN},
    {.key = K_HOME, .action = DO_FIRST},
    {.key = K_END, .action = DO_LAST},
    {.key = K_ENTER, .action = DO_CHOOSE},
    {.key = K_ESCAPE, .action = DO_LEAVE},
};
const struct keymap keymap_list = {
    .title = N_("Lists and pages"),
    .parent = &keymap_global,
    .bindings = list_bindings,
    .count = COUNT(list_bindings),
};

static const struct binding editor_bindings[] = {
    {.key = K_LEFT, .action = DO_CHAR_LEFT},
    {.key = K_CTRL | 'b', .action = DO_CHAR_LEFT},
    {.key = K_RIGHT, .action = DO_CHAR_RIGHT},
    {.key = K_CTRL | 'f', .action = DO_CHAR_RIGHT},
    {.key = K_CTRL | K_LEFT, .action = DO_WORD_LEFT},
    {.key = K_ALT | 'b', .action = DO_WORD_LEFT},
    {.key = K_CTRL | K_RIGHT, .action = DO_WORD_RIGHT},
    {.key = K_ALT | 'f', .action = DO_WORD_RIGHT},
    {.key = K_HOME, .action = DO_LINE_START},
    {.key = K_CTRL | 'a', .action = DO_LINE_START},
    {.key = K_END, .action = DO_LINE_END},
    {.key = K_CTRL | 'e', .action = DO_LINE_END},
    {.key = K_BACKSPACE, .action = DO_DELETE_LEFT},
    {.key = K_DELETE, .action = DO_DELETE_RIGHT},
    {.key = K_CTRL | 'd', .action = DO_DELETE_RIGHT},
    {.key = K_CTRL | 'w', .action = DO_DELETE_WORD},
    {.key = K_ALT | K_BACKSPACE, .action = DO_DELETE_WORD},
    {.key = K_CTRL | 'k', .action = DO_KILL_END},
    {.key = K_CTRL | 'u', .action = DO_KILL_START},
    {.key = K_CTRL | 'y', .action = DO_YANK},
    {.key = K_CTRL | '_', .action = DO_UNDO},
    {.key = K_ALT | 'u', .action = DO_UNDO},
    {.key = K_ALT | 'r', .action = DO_REDO},
    {.key = K_UP, .action = DO_OLDER},
    {.key = K_DOWN, .action = DO_NEWER},
};
const struct keymap keymap_editor = {
    .title = N_("Typing"),
    .parent = &keymap_global,
    .bindings = editor_bindings,
    .count = COUNT(editor_bindings),
    .typing = true,
};

static const struct binding question_bindings[] = {
    {.key = 'y', .action = DO_YES},     {.key = 'Y', .action = DO_YES},
    {.key = 'n', .action = DO_NO},      {.key = 'N', .action = DO_NO},
    {.key = K_ESCAPE, .action = DO_NO},
};
static const enum action question_footer[] = {DO_YES, DO_NO, DO_NONE};
const struct keymap keymap_question = {
    .title = N_("A question"),
    .parent = &keymap_global,
    .bindings = question_bindings,
    .count = COUNT(question_bindings),
    .footer = question_footer,
};

static bool bound(const struct binding *binding, uint32_t key) {
    return key == binding->key || (binding->last && key >= binding->key && key <= binding->last);
}

enum action keymap_action(const struct keymap *keymap, uint32_t key) {
    for (; keymap; keymap = keymap->parent)
        for (size_t i = 0; i < keymap->count; i++)
            if (bound(&keymap->bindings[i], key))
                return keymap->bindings[i].action;
    return DO_NONE;
}

/* A key that a nearer table gives another meaning is not the parent's any more. */
static bool in_force(const struct keymap *keymap, const struct binding *binding) {
    return keymap_action(keymap, binding->key) == binding->action;
}

static size_t add_keys(const struct keymap *mode, enum action action, size_t most,
                       struct buffer *out) {
    size_t found = 0;
    for (const struct keymap *keymap = mode; keymap; keymap = keymap->parent)
        for (size_t i = 0; i < keymap->count && found < most; i++) {
            const struct binding *binding = &keymap->bindings[i];
            if (binding->action != action || !in_force(mode, binding))
                continue;
            if (found++)
                buffer_add_text(out, ", ");
            key_label(binding->key, out);
            if (binding->last) {
                buffer_add_byte(out, '-');
                key_label(binding->last, out);
            }
        }
    return found;
}

bool keymap_keys(const struct keymap *keymap, enum action action, struct buffer *out) {
    return add_keys(keymap, action, 4, out) > 0;
}

bool keymap_key(const struct keymap *keymap, enum action action, struct buffer *out) {
    return add_keys(keymap, action, 1, out) > 0;
}

const struct keymap *keymap_make(struct keymap_made *made, const struct keymap *mode,
                                 const struct binding *more, size_t count,
                                 bool (*offered)(const void *user, enum action action),
                                 const void *user) {
    size_t shown = 0;
    made->keymap = *mode;
    made->keymap.count = 0;
    made->keymap.bindings = made->bindings;
    made->keymap.footer = made->footer;
    for (size_t i = 0; i < mode->count + count && made->keymap.count < KEYMAP_BINDINGS; i++) {
        const struct binding *binding =
            i < mode->count ? &mode->bindings[i] : &more[i - mode->count];
        if (offered(user, binding->action))
            made->bindings[made->keymap.count++] = *binding;
    }
    for (const enum action *action = mode->footer; action && *action != DO_NONE; action++)
        if (shown + 1 < KEYMAP_FOOTER && offered(user, *action))
            made->footer[shown++] = *action;
    made->footer[shown] = DO_NONE;
    return &made->keymap;
}
