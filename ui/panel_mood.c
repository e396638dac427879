/* The customer's feelings and one's own: how he feels, as the trainee reads it, and a breath. */
#include <stdlib.h>

#include "call_screen.h"
#include "field.h"
#include "terminal.h"

#define ROWS (FEELING_COUNT + 1) /* the last is the breath */

static void *mood_open(struct call_screen *call) {
    return memory_new(sizeof(uint32_t));
}

static int draw_all(uint32_t selected, struct area area, bool focused) {
    struct sheet sheet = {.area = area};
    sheet_text(&sheet, 0, ROLE_PANEL_DIM, _("How does the customer feel?"));
    for (uint32_t i = 0; i < ROWS; i++) {
        struct buffer line = {0};
        sheet.row += i == FEELING_COUNT;
        buffer_printf(&line, "%u %s", i + 1,
                      i < FEELING_COUNT ? feeling_label((enum feeling)i)
                                        : _("take a breath: ten seconds that cost no patience"));
        sheet_choice(&sheet, focused && i == selected, ROLE_PANEL, buffer_text(&line));
        buffer_free(&line);
    }
    return sheet.row;
}

static int mood_rows(struct call_screen *call, void *state, int columns) {
    return draw_all(0, (struct area){.columns = columns}, false);
}

static void mood_draw(struct call_screen *call, void *state, struct area area, bool focused) {
    draw_all(*(const uint32_t *)state, area, focused);
}

static unsigned take(struct call_screen *call, uint32_t row) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    if (row >= ROWS || !call_screen_running(call))
        return SCREEN_DRAW;
    dock_unfocus(call);
    if (row == FEELING_COUNT)
        return call_screen_do(call, EVENT_BREATHE);
    enum seat_result result = seat_mood(call->seat, call_screen_time(call, terminal_now_ms()),
                                        (enum feeling)row, &refusal, &error);
    return call_screen_after(call, result, refusal, &error);
}

static const struct keymap *mood_keys(struct call_screen *call, void *state) {
    return &keymap_pick;
}

static unsigned mood_act(struct call_screen *call, void *state, enum action action,
                         const struct input *input) {
    uint32_t *selected = state;
    switch (action) {
    case DO_UP:
    case DO_DOWN:
        *selected = field_step(*selected, ROWS, action == DO_UP ? -1 : 1);
        return SCREEN_DRAW;
    case DO_ACCEPT:
        return take(call, *selected);
    case DO_PICK_VALUE:
        return take(call, input->key - '1');
    default:
        return SCREEN_TEXT;
    }
}

const struct panel panel_mood = {
    .title = N_("The customer's feelings"),
    .action = DO_MOOD,
    .open = mood_open,
    .close = free,
    .rows = mood_rows,
    .keys = mood_keys,
    .draw = mood_draw,
    .act = mood_act,
};
