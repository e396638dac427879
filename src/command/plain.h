/* A call line by line: standard input in, standard output out, no terminal needed. */
#ifndef ITR_COMMAND_PLAIN_H
#define ITR_COMMAND_PLAIN_H

#include "command/command.h"

struct plain_start {
    struct seat_start seat;
    bool virtual_clock; /* time moves only by /wait N */
    bool json;          /* one JSON object a line */
};

/* Plays until the call or the input ends; the exit status speaks of the program, not of the call.
 */
int plain_play(struct plain_start *start);

/* Moments of a drill: each is a call that begins in the middle (start->seat.at), takes one answer
 * or the time-out, and is closed. They share the input; at its end an answer is not `given`. */
struct plain;
struct plain_answer {
    bool given, right, timed_out;
    int64_t t_ms;
};
struct plain *plain_moments(void);
int plain_moment(struct plain *plain, struct plain_start *start, struct plain_answer *answer);
void plain_moments_free(struct plain *plain);

/* Tells the unfinished call so far and goes on with it. */
int plain_resume(struct plain_start *start, const char *record);

/* One event as a line of JSON, as `play --json` and `replay --json` write it. */
void plain_event_json(struct buffer *out, const struct call *call, uint32_t row,
                      const struct event *event, const struct call_outcome *outcome);

/* The replies offered now, numbered as shown. */
void plain_options(struct buffer *out, const struct call *call);

#define PLAIN_OPTIONS 64

/* A command of the desk: what follows its word is `argument`. Adds what it says to `out`. Refused
 * with CALL_ALLOWED: it was only a question, or it has told itself what is wrong. */
typedef enum seat_result plain_run(struct seat *seat, int64_t now_ms, const char *argument,
                                   struct buffer *out, enum call_refusal *refusal,
                                   struct error *error);

/* /later /sure /undo /hint: what to run and its argument, or NULL. */
plain_run *plain_practice(const char *line, const char **argument);
const char *plain_practice_help(void); /* what /help says of them */

#endif
