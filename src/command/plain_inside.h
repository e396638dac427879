/* What the files of plain mode share: plain.c, and one file beside it for each part of the desk. */
#ifndef ITR_COMMAND_PLAIN_INSIDE_H
#define ITR_COMMAND_PLAIN_INSIDE_H

#include "command/plain.h"

struct plain;
struct seat *plain_seat(const struct plain *plain);
const struct call *plain_call(const struct plain *plain);
bool plain_is_json(const struct plain *plain);
enum language plain_language(const struct plain *plain);

/* Lines (already inert, or JSON) to standard output, where the call is told. */
void plain_show(struct plain *plain, const struct buffer *text);

/* Tells something that is not a part of the call: a line (or more) on standard error. */
void plain_note(const char *text);

/* Does something with the seat until it is written or given up, and says why it was refused. */
typedef enum seat_result plain_deed(struct seat *seat, int64_t now_ms, const void *what,
                                    enum call_refusal *refusal, struct error *error);
void plain_do(struct plain *plain, plain_deed *deed, const void *what);

/* What follows `word` in a command line ("/act refund 5" → "refund 5"); NULL when it is another
 * command. */
const char *plain_command(const char *line, const char *word);

/* The desk: /act, /handover, /note. False when the line is none of them. */
bool plain_desk(struct plain *plain, const char *line);
void plain_desk_help(void);

/* The knowledge base: /kb. */
bool plain_knowledge(struct plain *plain, const char *line);
void plain_knowledge_help(void);

/* The card and the ticket: /card, /ticket, /ticket FIELD VALUE, /ticket save. False when the line is
 * none of them. */
bool plain_ticket_line(struct plain *plain, const char *line);
void plain_ticket_help(void);

/* Two seats: /cue, /say, /silent, /rate. False when the line is none of them, or the call has one
 * seat. */
bool plain_seats(struct plain *plain, const char *line);
void plain_seats_help(const struct plain *plain);
bool plain_seats_rated(const struct plain *plain); /* each by the other, or nobody has to */

/* What a program needs to know of the desk: members of the JSON of an event. */
void plain_desk_json(struct buffer *out, const struct call *call);

#endif
