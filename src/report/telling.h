/* What the files that tell a call share. Within the report room. */
#ifndef ITR_REPORT_TELLING_H
#define ITR_REPORT_TELLING_H

#include "report/report.h"

void tell_time(struct buffer *out, int64_t t_ms); /* "[1:05] " */

/* Tells an event of the desk; false when it is none. */
bool tell_desk(struct buffer *out, const struct call *call, const struct event *event,
               const struct call_outcome *outcome);

/* The same for the ticket and the end of the work after the call. */
bool tell_ticket(struct buffer *out, const struct call *call, const struct event *event);

/* Tells what the player of the customer said, or a rating: `said`, `rated`. */
bool tell_seats(struct buffer *out, const struct call *call, const struct event *event);

/* Two seats in the receipt: the players' ratings of each other. */
void receipt_seats(struct buffer *out, const struct call *call);
void receipt_seats_json(struct buffer *out, const struct call *call);

/* Facts, identity and ticket in the receipt. */
void receipt_facts(struct buffer *out, const struct call *call, const struct scorecard *scorecard);
void receipt_facts_json(struct buffer *out, const struct call *call,
                        const struct scorecard *scorecard);

/* The desk in the receipt: the account as it should be and as it is, handing on, calling again. */
void receipt_desk(struct buffer *out, const struct call *call, enum language language);
void receipt_desk_json(struct buffer *out, const struct call *call);

void receipt_customer(struct buffer *out, const struct call_view *view,
                      const struct scorecard *scorecard);
void receipt_customer_json(struct buffer *out, const struct call_view *view,
                           const struct scorecard *scorecard);

#endif
