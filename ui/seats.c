#include "seats.h"

#include <stdio.h>
#include <string.h>

#include "call_screen.h"
#include "report/report.h"
#include "terminal.h"

#define WORDS_BYTES 4000
#define EDITOR_ROWS 4
#define RATING_MOST 5

void seats_start(struct seats_page *page, bool two) {
    page->two = two;
    line_editor_start(&page->words, WORDS_BYTES);
}

void seats_free(struct seats_page *page) {
    line_editor_free(&page->words);
}

/* ---- whose the keyboard is ---- */

/* Who should have it now: the customer's player first says what he thinks of the agent. */
static uint32_t wanted(const struct call_screen *self) {
    struct call_view view;
    call_view(call_screen_call(self), &view);
    if (view.ended)
        return !view.rated_agent && !(self->seats.asked >> SEAT_CUSTOMER & 1) ? SEAT_CUSTOMER
                                                                              : SEAT_AGENT;
    return view.customers_turn ? SEAT_CUSTOMER : SEAT_AGENT;
}

bool seats_rating(const struct call_screen *self) {
    struct call_view view;
    if (!self->seats.two || self->closed)
        return false;
    call_view(call_screen_call(self), &view);
    return view.ended && ((!view.rated_agent && !(self->seats.asked >> SEAT_CUSTOMER & 1)) ||
                          (!view.rated_customer && !(self->seats.asked >> SEAT_AGENT & 1)));
}

enum page { PAGE_NONE, PAGE_HAND_OVER, PAGE_CUSTOMER, PAGE_RATING };

static enum page page_of(const struct call_screen *self) {
    if (!self->seats.two || self->closed)
        return PAGE_NONE;
    if (self->seats.holder != wanted(self))
        return PAGE_HAND_OVER;
    if (seats_rating(self))
        return PAGE_RATING;
    return self->seats.holder == SEAT_CUSTOMER ? PAGE_CUSTOMER : PAGE_NONE;
}

bool seats_cover(const struct call_screen *self) {
    return page_of(self) != PAGE_NONE;
}

static unsigned take_keyboard(struct call_screen *self) {
    self->seats.holder = wanted(self);
    self->seats.scroll.from = 0;
    self->seats.rating = 0;
    call_screen_set_clock(self);
    return SCREEN_DRAW;
}

/* ---- drawing ---- */

static struct area middle(void) {
    int margin = draw_columns() > 100 ? (draw_columns() - 80) / 2 : 6;
    return (struct area){5, margin, draw_rows() - 8, draw_columns() - 2 * margin};
}

static void draw_hand_over(const struct call_screen *self) {
    bool customer = wanted(self) == SEAT_CUSTOMER;
    struct sheet sheet = {.area = middle()};
    screen_title(_("Two seats"), "");
    sheet_text(&sheet, 0, ROLE_STRONG,
               customer ? _("Pass the keyboard to the player of the customer.")
                        : _("Pass the keyboard to the agent."));
    sheet.row++;
    sheet_text(&sheet, 0, ROLE_TEXT,
               customer ? _("What comes next is not for the agent's eyes.")
                        : _("The role card is put away."));
    sheet.row++;
    sheet_text(&sheet, 0, ROLE_DIM, _("Whoever has it now presses Enter. The clock stands still."));
}

/* What the agent said last, for the customer's player to answer. */
static void draw_said(const struct call_screen *self, struct sheet *sheet) {
    const struct conversation *talk = &self->conversation;
    size_t at = talk->count;
    while (at > 0 && talk->turns[at - 1].by != SAID_TRAINEE)
        at--;
    if (!at)
        return;
    sheet_pair(sheet, 0, ROLE_DIM, _("The agent said:"), ROLE_TRAINEE, talk->turns[at - 1].text);
    sheet->row++;
}

static void draw_block(struct sheet *sheet, enum role role, const struct buffer *text) {
    const char *at = buffer_text(text);
    while (*at) {
        size_t length = strcspn(at, "\n");
        sheet_bytes(sheet, 0, role, at, length, NULL);
        at += length + (at[length] == '\n');
    }
}

static void draw_role(struct call_screen *self, struct area area) {
    struct buffer card = {0}, cue = {0};
    report_cue(&cue, self->seat);
    report_role_card(&card, call_screen_call(self));
    for (int tries = 0; tries < 2; tries++) {
        struct sheet sheet = {.area = area, .from = self->seats.scroll.from};
        draw_area(area, ROLE_TEXT);
        draw_said(self, &sheet);
        draw_block(&sheet, ROLE_STRONG, &cue);
        sheet.row++;
        draw_block(&sheet, ROLE_TEXT, &card);
        if (!scroll_fit(&self->seats.scroll, sheet.row, area.rows))
            break;
    }
    buffer_free(&card);
    buffer_free(&cue);
}

static void draw_customer(struct call_screen *self) {
    int row = draw_rows() - EDITOR_ROWS - 2;
    screen_title(_("Role card of the customer"), _("not for the agent's eyes"));
    draw_role(self, (struct area){2, 1, row - 3, draw_columns() - 2});
    draw_fill(row, 0, draw_columns(), ROLE_PANEL);
    draw_text(row, 1, draw_columns() - 2, ROLE_PANEL_STRONG,
              _("What you say (nothing: the cue as it stands)"));
    if (self->seats.scroll.rows > self->seats.scroll.page)
        draw_right(row, draw_columns() / 2, draw_columns() / 2 - 1, ROLE_PANEL_DIM,
                   _("PgUp, PgDn: the rest of the card"));
    draw_text(row + 1, 1, 1, ROLE_CUSTOMER, ">");
    line_editor_draw(&self->seats.words,
                     (struct area){row + 1, 3, EDITOR_ROWS - 1, draw_columns() - 5}, ROLE_TEXT);
}

static void draw_rating(const struct call_screen *self) {
    bool customer = self->seats.holder == SEAT_CUSTOMER;
    struct sheet sheet = {.area = middle()};
    char number[8];
    screen_title(_("Two seats"), "");
    sheet_text(&sheet, 0, ROLE_STRONG,
               customer ? _("How well did the agent serve you?")
                        : _("How true to life was the customer?"));
    sheet.row++;
    for (uint32_t i = 1; i <= RATING_MOST; i++) {
        snprintf(number, sizeof number, "%u", i);
        sheet_choice(&sheet, i == self->seats.rating, ROLE_TEXT, number);
    }
    sheet.row++;
    sheet_text(
        &sheet, 0, ROLE_DIM,
        _("1 is worst, 5 is best. It stands on the receipt as your rating, beside the marks."));
}

void seats_draw(struct call_screen *self) {
    switch (page_of(self)) {
    case PAGE_CUSTOMER:
        draw_customer(self);
        break;
    case PAGE_RATING:
        draw_rating(self);
        break;
    default:
        draw_hand_over(self);
    }
}

/* ---- what is done ---- */

static unsigned say(struct call_screen *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    struct buffer words = {0};
    if (!call_screen_running(self))
        return SCREEN_DRAW;
    buffer_add(&words, buffer_text(&self->seats.words.text), self->seats.words.text.length);
    if (!words.length)
        seat_cue_words(self->seat, &words);
    enum seat_result result = seat_say(self->seat, call_screen_time(self, terminal_now_ms()),
                                       buffer_text(&words), words.length, &refusal, &error);
    buffer_free(&words);
    if (result == SEAT_DONE)
        line_editor_clear(&self->seats.words);
    return call_screen_after(self, result, refusal, &error);
}

static unsigned nobody_speaks(struct call_screen *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    if (!call_screen_running(self))
        return SCREEN_DRAW;
    enum seat_result result =
        seat_nobody_speaks(self->seat, call_screen_time(self, terminal_now_ms()), &refusal, &error);
    return call_screen_after(self, result, refusal, &error);
}

static unsigned act_customer(struct call_screen *self, enum action action) {
    if (action == DO_SEND)
        return say(self);
    if (action == DO_NOBODY)
        return nobody_speaks(self);
    if (action == DO_SCROLL_UP || action == DO_SCROLL_DOWN)
        scroll_by(&self->seats.scroll, action == DO_SCROLL_UP ? -5 : 5);
    else if (!line_editor_act(&self->seats.words, action))
        return SCREEN_TEXT;
    return SCREEN_DRAW;
}

/* Nothing picked is an answer too: then there is no rating. */
static unsigned rate(struct call_screen *self) {
    enum call_refusal refusal = CALL_ALLOWED;
    struct error error = {0};
    enum seat_result result = SEAT_DONE;
    if (self->stuck)
        return SCREEN_DRAW;
    if (self->seats.rating)
        result = seat_rate(self->seat, call_screen_time(self, terminal_now_ms()),
                           self->seats.holder, self->seats.rating, "", 0, &refusal, &error);
    if (result == SEAT_DONE)
        self->seats.asked |= 1u << self->seats.holder;
    self->seats.rating = 0;
    return call_screen_after(self, result, refusal, &error);
}

static unsigned act_rating(struct call_screen *self, enum action action,
                           const struct input *input) {
    uint32_t *rating = &self->seats.rating;
    if (action == DO_PICK_VALUE)
        *rating = input->key - '0';
    else if (action == DO_UP)
        *rating = *rating > 1 ? *rating - 1 : RATING_MOST;
    else if (action == DO_DOWN)
        *rating = *rating < RATING_MOST ? *rating + 1 : 1;
    else if (action == DO_ACCEPT)
        return rate(self);
    else
        return SCREEN_STAY;
    return SCREEN_DRAW;
}

unsigned seats_act(struct call_screen *self, enum action action, const struct input *input) {
    if (action == DO_PAUSE_CALL)
        return SCREEN_LEAVE;
    switch (page_of(self)) {
    case PAGE_CUSTOMER:
        return act_customer(self, action);
    case PAGE_RATING:
        return act_rating(self, action, input);
    default:
        return action == DO_TAKE_SEAT ? take_keyboard(self) : SCREEN_STAY;
    }
}

unsigned seats_key(struct call_screen *self, const struct input *input) {
    if (page_of(self) != PAGE_CUSTOMER)
        return SCREEN_STAY;
    if (input->kind == INPUT_MOUSE && input->mouse != MOUSE_PRESS)
        scroll_by(&self->seats.scroll, input->mouse == MOUSE_WHEEL_UP ? -3 : 3);
    else
        line_editor_input(&self->seats.words, input);
    return SCREEN_DRAW;
}

/* ---- keys ---- */

static const struct binding hand_over_bindings[] = {
    {.key = K_ENTER, .action = DO_TAKE_SEAT},
    {.key = K_F1 + 9, .action = DO_PAUSE_CALL},
    {.key = K_CTRL | 'x', .action = DO_PAUSE_CALL},
};
static const enum action hand_over_footer[] = {DO_TAKE_SEAT, DO_PAUSE_CALL, DO_NONE};
static const struct keymap keymap_hand_over = {
    .title = N_("Two seats: passing the keyboard"),
    .parent = &keymap_global,
    .bindings = hand_over_bindings,
    .count = sizeof hand_over_bindings / sizeof *hand_over_bindings,
    .footer = hand_over_footer,
};

static const struct binding customer_bindings[] = {
    {.key = K_ENTER, .action = DO_SEND},        {.key = K_ALT | 'w', .action = DO_NOBODY},
    {.key = K_PAGE_UP, .action = DO_SCROLL_UP}, {.key = K_PAGE_DOWN, .action = DO_SCROLL_DOWN},
    {.key = K_F1 + 9, .action = DO_PAUSE_CALL}, {.key = K_CTRL | 'x', .action = DO_PAUSE_CALL},
};
static const enum action customer_footer[] = {DO_SEND, DO_NOBODY, DO_PAUSE_CALL, DO_NONE};
static const struct keymap keymap_customer = {
    .title = N_("Two seats: playing the customer"),
    .parent = &keymap_editor,
    .bindings = customer_bindings,
    .count = sizeof customer_bindings / sizeof *customer_bindings,
    .footer = customer_footer,
    .typing = true,
};

static const struct binding rating_bindings[] = {
    {.key = '1', .last = '5', .action = DO_PICK_VALUE},
    {.key = K_ENTER, .action = DO_ACCEPT},
    {.key = K_UP, .action = DO_UP},
    {.key = K_DOWN, .action = DO_DOWN},
    {.key = K_F1 + 9, .action = DO_PAUSE_CALL},
};
static const enum action rating_footer[] = {DO_PICK_VALUE, DO_ACCEPT, DO_PAUSE_CALL, DO_NONE};
static const struct keymap keymap_rating = {
    .title = N_("Two seats: rating each other"),
    .parent = &keymap_global,
    .bindings = rating_bindings,
    .count = sizeof rating_bindings / sizeof *rating_bindings,
    .footer = rating_footer,
};

const struct keymap *seats_keys(const struct call_screen *self) {
    switch (page_of(self)) {
    case PAGE_CUSTOMER:
        return &keymap_customer;
    case PAGE_RATING:
        return &keymap_rating;
    default:
        return &keymap_hand_over;
    }
}
