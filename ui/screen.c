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

/* Draws "key label" of an action, or with `row` -1 only measures. Returns the columns, 0 for none.
 */
static int footer_entry(const struct keymap *keymap, enum action action, int row, int column) {
    struct buffer key = {0};
    const char *label = action_label(action);
    int used = 0;
    if (keymap_key(keymap, action, &key)) {
        int key_columns = (int)display_width(key.bytes, key.length);
        draw_text(row, column, key_columns, ROLE_KEY, key.bytes);
        used = key_columns + 1 + (int)display_width(label, strlen(label)) + 2;
        draw_text(row, column + key_columns + 1, used, ROLE_FOOTER, label);
    }
    buffer_free(&key);
    return used;
}

void screen_footer(const struct keymap *keymap) {
    static const enum action always[] = {DO_HELP, DO_LANGUAGE};
    int row = draw_rows() - 1, columns = draw_columns(), right = columns;
    draw_fill(row, 0, columns, ROLE_FOOTER);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        right -= footer_entry(keymap, always[i], -1, 0);
    int at = right;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        at += footer_entry(keymap, always[i], row, at);
    at = 1;
    for (const enum action *action = keymap->footer; action && *action != DO_NONE; action++)
        if (at + footer_entry(keymap, *action, -1, 0) <= right)
            at += footer_entry(keymap, *action, row, at);
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

struct scenario *screen_load_script(const char *file, const char *behaviours, struct error *error) {
    struct findings findings = {0};
    struct scenario *scenario = scenario_load(file, behaviours, &findings);
    for (size_t i = 0; !scenario && i < findings.count; i++)
        if (findings.items[i].severity == FINDING_ERROR) {
            const struct finding *first = &findings.items[i];
            error_set(error, "%s:%zu:%zu: %s", first->file, first->line, first->column,
                      first->text);
            break;
        }
    findings_free(&findings);
    return scenario;
}
