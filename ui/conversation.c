#include "conversation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen.h"

#define SPEECH_PER_S 60 /* characters; a Chinese one counts double */
#define INDENT_LEAST 4
#define GOES_ON_MS 2000 /* a speaker who goes on later than this gets the time again */

void conversation_start(struct conversation *conversation) {
    *conversation = (struct conversation){.speaking_since = -1};
}

void conversation_free(struct conversation *conversation) {
    for (size_t i = 0; i < conversation->count; i++)
        free(conversation->turns[i].text);
    free(conversation->turns);
    conversation_start(conversation);
}

struct turn *conversation_add(struct conversation *conversation, enum said_by by, int64_t t_ms,
                              const char *text, size_t length) {
    conversation->turns = memory_reserve(conversation->turns, &conversation->capacity,
                                         conversation->count + 1, sizeof *conversation->turns);
    struct turn *turn = &conversation->turns[conversation->count++];
    *turn = (struct turn){
        .by = by, .t_ms = t_ms, .text = memory_text_of(text, length), .length = length};
    conversation->shown = conversation->count;
    conversation->from_bottom = 0;
    return turn;
}

/* ---- speech ---- */

void conversation_speak(struct conversation *conversation, int64_t now_ms) {
    conversation->speaking_since = now_ms;
}

void conversation_hush(struct conversation *conversation) {
    conversation->spoken_to = conversation->count;
    conversation->speaking_since = -1;
}

static int64_t speech_of(const struct turn *turn) {
    return turn->by <= SAID_SECOND_LINE ? (int64_t)display_width(turn->text, turn->length) : 0;
}

bool conversation_speaking(const struct conversation *conversation, int64_t now_ms) {
    int64_t columns = 0;
    if (conversation->speaking_since < 0)
        return false;
    for (size_t i = conversation->spoken_to; i < conversation->count; i++)
        columns += speech_of(&conversation->turns[i]);
    return (now_ms - conversation->speaking_since) * SPEECH_PER_S < columns * 1000;
}

/* How much of a turn is out when `*columns` may still be shown; takes them off. */
static size_t spoken_part(const struct turn *turn, int64_t *columns) {
    struct display display;
    struct glyph glyph;
    if (turn->by > SAID_SECOND_LINE)
        return turn->length;
    display_start(&display, turn->text, turn->length);
    while (*columns > 0 && display_next(&display, &glyph))
        *columns -= glyph.width;
    return display.at;
}

/* ---- drawing ---- */

static const char *speaker(enum said_by by) {
    return by == SAID_CUSTOMER      ? _("Customer")
           : by == SAID_SECOND_LINE ? _("2nd line")
           : by == SAID_TRAINEE     ? _("You")
                                    : "";
}

static int label_columns(void) {
    int most = 0;
    for (int by = SAID_CUSTOMER; by <= SAID_TRAINEE; by++) {
        const char *name = speaker((enum said_by)by);
        int columns = (int)display_width(name, strlen(name));
        most = columns > most ? columns : most;
    }
    return most;
}

static int text_column(void) {
    return 7 + label_columns() + 2; /* "00:00  Customer  " */
}

static void measure(struct conversation *conversation, int columns) {
    bool anew = columns != conversation->columns;
    conversation->columns = columns;
    for (size_t i = 0; i < conversation->count; i++) {
        struct turn *turn = &conversation->turns[i];
        if (anew || !turn->rows)
            turn->rows = draw_wrapped_rows(turn->text, turn->length, columns);
    }
}

static bool hidden(const struct conversation *conversation, size_t index) {
    return conversation->no_marks && conversation->turns[index].by >= SAID_GAIN;
}

static int turn_rows(const struct conversation *conversation, size_t index) {
    return hidden(conversation, index) ? 0 : conversation->turns[index].rows;
}

/* A new speaker gets a free row above him, where there is room for such. */
static int space_before(const struct conversation *conversation, size_t index) {
    enum said_by by = conversation->turns[index].by;
    return index > 0 && by <= SAID_TRAINEE && by != conversation->turns[index - 1].by;
}

static int total_rows(const struct conversation *conversation) {
    int rows = 0;
    for (size_t i = 0; i < conversation->shown; i++)
        rows += turn_rows(conversation, i) + space_before(conversation, i);
    return rows;
}

static enum role role_of(enum said_by by) {
    static const enum role roles[] = {
        [SAID_CUSTOMER] = ROLE_TEXT, [SAID_SECOND_LINE] = ROLE_TEXT, [SAID_TRAINEE] = ROLE_ACCENT,
        [SAID_OWN_NOTE] = ROLE_DIM,  [SAID_NOTE] = ROLE_DIM,         [SAID_GAIN] = ROLE_GOOD,
        [SAID_LOSS] = ROLE_BAD,      [SAID_MISS] = ROLE_WARN,        [SAID_SEEN] = ROLE_DIM,
    };
    return roles[by];
}

/* Who and when; only when, where the same one goes on after a while. */
static void draw_label(const struct turn *turn, const struct turn *before, int row, int column) {
    char clock[16];
    bool goes_on = before && before->by == turn->by;
    if (goes_on && turn->t_ms - before->t_ms < GOES_ON_MS)
        return;
    draw_text(row, column, 6, ROLE_DIM, clock_text(turn->t_ms, clock));
    if (goes_on)
        return;
    draw_text(row, column + 7, label_columns(),
              turn->by == SAID_TRAINEE ? ROLE_TRAINEE : ROLE_CUSTOMER, speaker(turn->by));
}

/* Draws a turn whose first line would stand in row `row` of the area (maybe above it). */
static void draw_turn(const struct conversation *conversation, size_t index, struct area area,
                      int row, size_t spoken) {
    const struct turn *turn = &conversation->turns[index];
    const struct turn *before = index ? turn - 1 : NULL;
    bool silent = spoken == 0 && turn->length;
    struct draw_marks marks = {.spans = turn->spans,
                               .count = turn->span_count,
                               .roles = turn->roles,
                               .hidden = spoken < turn->length ? spoken : 0};
    if (silent)
        return;
    if (row >= 0 && row < area.rows && turn->by <= SAID_NOTE)
        draw_label(turn, row ? before : NULL, area.row + row, area.column + 1);
    int skip = row < 0 ? -row : 0;
    int top = row < 0 ? 0 : row;
    draw_wrapped((struct area){.row = area.row + top,
                               .column = area.column + 1 + text_column(),
                               .rows = area.rows - top < 0 ? 0 : area.rows - top,
                               .columns = conversation->columns},
                 skip, role_of(turn->by), turn->text, turn->length, &marks);
}

static void draw_more_hint(const struct conversation *conversation, struct area area) {
    char text[64];
    if (!conversation->from_bottom)
        return;
    snprintf(text, sizeof text, _(" %d more rows below "), conversation->from_bottom);
    draw_right(area.row + area.rows - 1, area.column, area.columns, ROLE_SELECTED, text);
}

void conversation_scroll(struct conversation *conversation, int rows) {
    int most = total_rows(conversation) - conversation->page;
    conversation->from_bottom += rows;
    if (conversation->from_bottom > most)
        conversation->from_bottom = most;
    if (conversation->from_bottom < 0)
        conversation->from_bottom = 0;
}

/* Columns of the text in an area of `columns`. */
static int text_columns(int columns) {
    columns -= text_column() + 2;
    return columns < INDENT_LEAST ? INDENT_LEAST : columns;
}

int conversation_tail(struct conversation *conversation, int columns) {
    int rows = 0;
    measure(conversation, text_columns(columns));
    for (size_t i = conversation->shown; i-- > 0;) {
        rows += turn_rows(conversation, i);
        if (conversation->turns[i].by <= SAID_SECOND_LINE)
            break;
        rows += space_before(conversation, i);
    }
    return rows;
}

void conversation_draw(struct conversation *conversation, struct area area, int64_t now_ms) {
    measure(conversation, text_columns(area.columns));
    conversation->page = area.rows;
    conversation_scroll(conversation, 0);
    int total = total_rows(conversation);
    int row = total > area.rows ? area.rows - total + conversation->from_bottom : 0;
    int64_t out = conversation->speaking_since < 0
                      ? INT64_MAX
                      : (now_ms - conversation->speaking_since) * SPEECH_PER_S / 1000;
    for (size_t i = 0; i < conversation->shown && row < area.rows; i++) {
        const struct turn *turn = &conversation->turns[i];
        size_t spoken = turn->length;
        if (i >= conversation->spoken_to && conversation->speaking_since >= 0)
            spoken = spoken_part(turn, &out);
        row += space_before(conversation, i);
        if (row + turn->rows > 0 && !hidden(conversation, i))
            draw_turn(conversation, i, area, row, spoken);
        row += turn_rows(conversation, i);
    }
    draw_more_hint(conversation, area);
}
