/* What the files of this room share: seat.c and one file beside it for each part of the desk. */
#ifndef ITR_SEAT_INSIDE_H
#define ITR_SEAT_INSIDE_H

#include "seat/seat.h"

struct seat {
    const struct scenario *scenario;
    struct scenario *owned; /* when it came from a bundle */
    struct call *call;
    struct scorecard *scorecard;
    struct record_writer *writer;
    struct record_opening opening;
    struct arena *arena;
    char *path;
    const char *data;            /* the data folder */
    struct knowledge *knowledge; /* NULL until it is asked for */
    bool closed;
    struct record_turns turns;
    struct reading reading;
    struct buffer room, masked;
    /* The reply refused last because it leads into a locked stage. */
    struct event locked;
    struct judgement locked_judgement;
    char *locked_text;
    bool has_locked;
    char *ticket[TICKET_FIELDS];           /* what was written last, by field; NULL: nothing */
    const struct text *cue[OUTCOME_LINES]; /* two seats: what the script has the customer say */
    uint32_t cue_count;
    bool cue_over; /* he has answered to it: the next lines begin a new one */
    seat_heard *heard;
    void *user;
};

/* Ticks up to `now_ms`, stamps the event with time and node, and tries it: written and applied when
 * it is allowed, else a `refused` row. What the event points at stays the caller's. */
enum seat_result seat_try(struct seat *seat, int64_t now_ms, struct event *event,
                          enum call_refusal *refusal, struct error *error);

/* The same for an event that is stamped already. */
enum seat_result seat_attempt(struct seat *seat, const struct event *event,
                              enum call_refusal *refusal, struct error *error);

/* What was tried, in the words of a `refused` row: "refund 120 88001234" for an action. */
void seat_tell_tried(const struct seat *seat, const struct event *event, struct buffer *out);

/* Private data is masked before there is an event, and bytes that are no UTF-8 (a terminal or a
 * file in another encoding) become U+FFFD: a record holds text only. The result is seat->masked. */
void seat_mask(struct seat *seat, const char *text, size_t length);

/* ---- two.c ---- */

void seat_note_cue(struct seat *seat, const struct event *event,
                   const struct call_outcome *outcome);
/* Whose row it is: in a call with two seats what nobody else did is the agent's. */
uint32_t seat_of_row(const struct seat *seat, const struct event *event);

/* ---- ticket.c ---- */

void seat_ticket_note(struct seat *seat,
                      const struct event *event); /* remembers what was written */
void seat_ticket_forget(struct seat *seat);
bool seat_is_after_call(const struct seat *seat);

#endif
