/* Parts that screens share. */
#include "screen.h"

#include <stdio.h>
#include <string.h>

void screen_title(const char *left, const char *right) {
    int columns = draw_columns();
    draw_fill(0, 0, columns, ROLE_TITLE);
    int used = draw_right(0, columns / 3, columns - columns / 3 - 1, ROLE_TITLE_DIM, right);
    draw_text(0, 1, columns - used - 4, ROLE_TITLE, left);
}

void screen_footer(const struct keymap *keymap) {
    static const enum action always[] = {DO_HELP, DO_LANGUAGE, DO_NONE};
    int row = draw_rows() - 1, columns = draw_columns(), at = 1;
    draw_fill(row, 0, columns, ROLE_FOOTER);
    const enum action *lists[] = {keymap->footer ? keymap->footer : always + 2, always};
    struct buffer key = {0};
    for (int list = 0; list < 2; list++)
        for (const enum action *action = lists[list]; *action != DO_NONE; action++) {
            buffer_clear(&key);
            if (!keymap_key(keymap, *action, &key))
                continue;
            const char *label = action_label(*action);
            int wanted = (int)(display_width(key.bytes, key.length) +
                               display_width(label, strlen(label)) + 1);
            if (at + wanted >= columns)
                continue;
            at += draw_text(row, at, columns - at, ROLE_KEY, key.bytes) + 1;
            at += draw_text(row, at, columns - at, ROLE_FOOTER, label) + 2;
        }
    buffer_free(&key);
}

const char *clock_text(int64_t ms, char text[16]) {
    long long seconds = ms < 0 ? 0 : ms / 1000;
    if (seconds > 359999)
        seconds = 359999;
    if (seconds >= 3600)
        snprintf(text, 16, "%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    else
        snprintf(text, 16, "%02lld:%02lld", seconds / 60, seconds % 60);
    return text;
}

const char *text_in(const struct text *text, enum language language) {
    return text->in[language];
}
