/* The screen of a call, in parts:
 *
 *   call.c        opening, closing, the clock
 *   call_acts.c   what the trainee does
 *   call_keys.c   which key does what
 *   call_draw.c   how it looks
 *   dock.c        the panels beside (or, in a narrow window, below) the conversation
 *
 * The screen owns no truth: what happened is in the seat (and on disk before it is seen here), and
 * the time of the call is the terminal's clock less the time it stood still. */
#ifndef ITR_UI_CALL_SCREEN_H
#define ITR_UI_CALL_SCREEN_H

#include "conversation.h"
#include "dock.h"
#include "line_editor.h"
#include "screen.h"
#include "seats.h"

#define CALL_OPTIONS 64
#define DRAFT_EVERY_MS 1000 /* a half-typed reply is kept so often */

/* A question that lies over the reply until it is answered. */
struct question {
    struct buffer text;
    unsigned (*yes)(struct call_screen *self); /* NULL: nothing is asked */
};

struct call_screen {
    struct app *app;
    struct call_request *request;
    struct scenario *scenario; /* NULL when resumed: the seat's own */
    struct seat *seat;
    struct conversation conversation;
    struct line_editor editor;
    bool typing; /* in the editor, not in the list */
    struct dock dock;
    struct seats_page seats;
    struct question question;
    struct {
        bool any, typed;
        uint32_t node, option;
        struct buffer text;
    } refused; /* the reply that led into a locked stage: saying it again asks again */
    uint32_t options[CALL_OPTIONS];
    uint32_t option_count, selected;
    uint32_t node; /* that the options are of */
    struct {
        int from, to; /* screen rows, for the mouse; to is one past */
    } option_rows[CALL_OPTIONS];
    int64_t clock_call, clock_terminal; /* the same moment on both clocks */
    bool stuck;                         /* the record can't be written: the clock stands still */
    int64_t retry_ms, draft_ms;         /* when to try again; when the draft is due; -1 not */
    bool after_call;                    /* the work after the call has begun */
    bool closed;                        /* the call is over and its record closed */
    bool has_later;                     /* case time can be skipped somewhere in this script */
    uint32_t later;                     /* the step that is asked about */
    struct keymap_made keymap;          /* the keys in force, made for this call */
};

/* ---- call.c: time and state ---- */

int64_t call_screen_time(const struct call_screen *self, int64_t now_ms); /* of the call */
void call_screen_set_clock(struct call_screen *self); /* to the time of the last row */

/* The record could not be written: the clock stands still until it can. */
void call_screen_get_stuck(struct call_screen *self, const struct error *error);

const struct call *call_screen_call(const struct call_screen *self);
const struct node *call_screen_node(const struct call_screen *self, struct call_view *view);

/* Takes in what is offered now, after something happened. */
void call_screen_read_options(struct call_screen *self);

/* Nobody is on the line any more, and there is work left to do. */
bool call_screen_after_call(const struct call_screen *self);

/* When the call has ended: writes that, and leaves only the way to the receipt. */
void call_screen_close_call(struct call_screen *self);

/* ---- call_acts.c ---- */

/* Asks; `yes` is called when the answer is yes. The text was put into question.text. */
unsigned call_screen_ask(struct call_screen *self, unsigned (*yes)(struct call_screen *self));
unsigned call_screen_answer(struct call_screen *self, bool yes);

/* What follows from a try at the seat: told, drawn, asked. */
unsigned call_screen_after(struct call_screen *self, enum seat_result result,
                           enum call_refusal refusal, const struct error *error);

/* May something be done now? Not while the call is over or the clock stands still. */
bool call_screen_running(const struct call_screen *self);

unsigned call_screen_give(struct call_screen *self, uint32_t index); /* of the options */
unsigned call_screen_say(struct call_screen *self);                  /* what was typed */
unsigned call_screen_do(struct call_screen *self, enum event_kind kind);
unsigned call_screen_hold(struct call_screen *self); /* and back */
unsigned call_screen_ask_hang_up(struct call_screen *self);
unsigned call_screen_ask_done(struct call_screen *self); /* with the work after the call */
unsigned call_screen_switch_input(struct call_screen *self);
unsigned call_screen_show_result(struct call_screen *self);

/* ---- call_practice.c ---- */

/* Is it there at all in this call? Of the actions of this file. */
bool call_screen_practises(const struct call_screen *self, enum action action);

unsigned call_screen_ask_hint(struct call_screen *self);  /* shows its price first */
unsigned call_screen_take_back(struct call_screen *self); /* the last reply */
unsigned call_screen_sure(struct call_screen *self);      /* one more, and round */
unsigned call_screen_later(struct call_screen *self);     /* asks, or shows the choice */
unsigned call_screen_ask_later(struct call_screen *self, uint32_t step);

/* ---- call_keys.c and call_draw.c: the screen's slots ---- */

const struct keymap *call_screen_keys(void *state);
unsigned call_screen_act(void *state, enum action action, const struct input *input);
unsigned call_screen_key(void *state, const struct input *input);
void call_screen_draw(void *state);

#endif
