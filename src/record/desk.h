/* The rows of the desk: actions, handovers, notes. Within the record room. */
#ifndef ITR_RECORD_DESK_H
#define ITR_RECORD_DESK_H

#include "record/record.h"

/* Fills ref and data of the row of an event of the desk; its texts live in `room`. */
void row_of_desk(const struct scenario *scenario, const struct event *event, struct record_row *row,
                 struct buffer *room);

/* The way back; false with the reason when the row does not fit the script. */
bool desk_from_row(const struct scenario *scenario, const struct record_row *row,
                   struct event *event, struct error *error);

#endif
