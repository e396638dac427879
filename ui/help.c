#include "help.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "draw.h"
#include "screen.h"

struct help {
    const struct keymap *keymap;
    int from, rows; /* first row shown; rows in all */
};

struct help *help_new(const struct keymap *keymap) {
    struct help *help = memory_new(sizeof *help);
    help->keymap = keymap;
    return help;
}

void help_free(struct help *help) {
    free(help);
}

/* The first binding of an action in a table stands for all of them. */
static bool first_of_action(const struct keymap *keymap, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (keymap->bindings[i].action == keymap->bindings[index].action)
            return false;
    return true;
}

struct page {
    const struct help *help;
    int row; /* of the whole page */
};

static int place(struct page *page) {
    int row = page->row++ - page->help->from;
    return row < 0 || row > draw_rows() - 4 ? -1 : row + 2;
}

static void draw_table(struct page *page, const struct keymap *keymap) {
    struct buffer keys = {0};
    int row = place(page);
    draw_text(row, 2, draw_columns() - 4, ROLE_HEADING, _(keymap->title));
    for (size_t i = 0; i < keymap->count; i++) {
        enum action action = keymap->bindings[i].action;
        buffer_clear(&keys);
        if (!first_of_action(keymap, i) ||
            keymap_action(page->help->keymap, keymap->bindings[i].key) != action ||
            !keymap_keys(page->help->keymap, action, &keys))
            continue;
        row = place(page);
        draw_text(row, 4, 26, ROLE_STRONG, keys.bytes);
        draw_text(row, 32, draw_columns() - 34, ROLE_TEXT, action_help(action));
    }
    page->row++;
    buffer_free(&keys);
}

void help_draw(struct help *help) {
    struct page page = {.help = help};
    for (const struct keymap *keymap = help->keymap; keymap; keymap = keymap->parent)
        draw_table(&page, keymap);
    help->rows = page.row;
    screen_title(_("Keys"), "");
    int row = draw_rows() - 1;
    draw_fill(row, 0, draw_columns(), ROLE_FOOTER);
    draw_text(row, 1, draw_columns() - 2, ROLE_FOOTER,
              help->rows - help->from > draw_rows() - 3 || help->from
                  ? _("Up and Down scroll; any other key goes back")
                  : _("any key goes back"));
}

bool help_input(struct help *help, const struct input *input) {
    int page = draw_rows() - 3, most = help->rows > page ? help->rows - page : 0, by;
    uint32_t key = input->kind == INPUT_KEY ? input->key : 0;
    if (key == K_UP || (input->kind == INPUT_MOUSE && input->mouse == MOUSE_WHEEL_UP))
        by = -1;
    else if (key == K_DOWN || (input->kind == INPUT_MOUSE && input->mouse == MOUSE_WHEEL_DOWN))
        by = 1;
    else if (key == K_PAGE_UP)
        by = -page;
    else if (key == K_PAGE_DOWN)
        by = page;
    else
        return true;
    help->from += by;
    if (help->from > most)
        help->from = most;
    if (help->from < 0)
        help->from = 0;
    return false;
}
