/* What one record says for the index. Within the store room. */
#ifndef ITR_STORE_LOOK_H
#define ITR_STORE_LOOK_H

#include "store/tables.h"

#define UNKNOWN (-1) /* of a number: NULL in the table */

/* What only the fold over the script knows. */
struct look_fold {
    int64_t talk_ms, hold_ms, after_ms;
    int holds, silences, first_contact, solved, transferred, complaint, defused, error;
};

struct look {
    enum store_file state;
    struct record *record;
    struct record_opening opening; /* texts in `arena` */
    const char *outcome, *ending;
    int64_t q_tenths, duration_ms, frt_ms;
    bool pass, critical, unsure;
    int rating;
    uint32_t replies, typed;
    struct look_fold fold;
    const cJSON *stages, *verdicts; /* of `closing` */
    cJSON *closing;
    const struct scenario *scenario; /* NULL: not there any more, or its fold does not agree */
    bool first_met;                  /* the script was loaded for this record */
    struct arena *arena;
};

/* The scripts that records were played with, kept while many records are read. */
struct look_scripts;
struct look_scripts *look_scripts_new(const char *data);
void look_scripts_free(struct look_scripts *scripts);

/* Reads a record; what can't be read is STORE_UNREADABLE. look_free in any case. */
void look_at(const char *path, struct look_scripts *scripts, struct look *look);
void look_free(struct look *look);

#endif
