/* The fold with a look at each event before it is applied. Within the record room. */
#ifndef ITR_RECORD_FOLD_H
#define ITR_RECORD_FOLD_H

#include "record/record.h"

/* Called with the state before the event; false stops the fold at this row with *error. */
typedef bool fold_look(void *user, const struct record_row *row, const struct event *event,
                       const struct record_fold *fold, struct error *error);

struct fold_hooks {
    fold_look *look;   /* NULL: none */
    record_step *step; /* NULL: none */
    void *user;
};
bool fold_rows(const struct record *record, const struct scenario *scenario,
               struct record_fold *fold, const struct fold_hooks *hooks, uint32_t *bad_row,
               struct error *error);

#endif
