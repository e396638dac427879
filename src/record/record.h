/* What is kept: the CSV record of a call, written so that nothing acknowledged is ever lost, read
 * so that damage is named by row. The room's one header. docs/record.md describes the file. */
#ifndef ITR_RECORD_H
#define ITR_RECORD_H

#include "call/call.h"
#include "scorecard/scorecard.h"

/* ---- rows: the file as such, no knowledge of calls ---- */

struct record_row {
    uint32_t row; /* line number; the header is 1 */
    int64_t t_ms;
    uint32_t seat;
    const char *kind, *node, *ref, *text, *data; /* NUL-terminated, unescaped; "" when empty */
    size_t text_length;                          /* text may hold NUL bytes */
};

#define RECORD_SUM 17                      /* 16 hex digits and a NUL */
#define RECORD_ROW_LIMIT ((size_t)4 << 20) /* bytes of a row on disk; longer ones are refused */

enum record_state {
    RECORD_COMPLETE,   /* a closed row ends it */
    RECORD_NOT_CLOSED, /* good as far as it goes */
    RECORD_TORN,       /* the last row is not whole; what stands before it is good */
    RECORD_DAMAGED,    /* a row in the middle is wrong: `damaged_row` */
};

struct record {
    char *path;
    struct record_row *rows; /* the good ones, without the header; rows[0].row == 2 */
    size_t count;
    enum record_state state;
    uint32_t damaged_row; /* TORN, DAMAGED: the first row that is not good; else 0 */
    char *damage;         /* what is wrong there and the way out, for people; NULL: nothing is */
    size_t good_bytes;    /* length of the longest valid prefix */
    size_t bytes;
    char head[RECORD_SUM]; /* sum of the last good row */
    struct arena *arena;
};

/* Reads a record. Damage is no error: the longest valid prefix is returned with the state that
 * says so. NULL only when the file can't be read or is no record at all. */
struct record *record_read(const char *path, struct error *error);
struct record *record_parse(const char *name, const char *bytes, size_t length,
                            struct error *error);
void record_free(struct record *record);

struct record_writer;

/* Starts DATA/records/YYYY-MM-DD/NAME.open (made with its folders, locked, synced). NAME is
 * HHMMSS-SCENARIO-XXXX, unique; no two calls share a file. `no_sync` leaves fdatasync out (bulk).
 */
struct record_writer *record_create(const char *data, const char *scenario_id, int64_t start_utc_s,
                                    bool no_sync, struct error *error);

/* Opens an .open record to go on with: takes the lock (else the error names who holds it), cuts a
 * torn tail (said in *cut, which may be NULL), refuses a damaged one. *record is what it holds,
 * after the cut; NULL on failure. If its state is RECORD_COMPLETE only the renaming is left:
 * record_close. */
struct record_writer *record_reopen(const char *path, struct record **record, bool *cut,
                                    struct error *error);

/* Appends a row: one write, one fdatasync. Fills row->row. All texts must be UTF-8 (only `text` may
 * hold NUL bytes); NULL is "". On failure the file is cut back to the last whole row, nothing
 * counts as written, and the same call may be tried again (full disk). When even cutting fails the
 * next call cuts first; when fdatasync fails, or the file was deleted or changed by others, the
 * writer writes no more and says so each time. */
bool record_append(struct record_writer *writer, struct record_row *row, struct error *error);

/* Renames NAME.open to NAME.csv (never over another file), syncs the folder and frees the writer.
 * On failure the writer stays: try again, or record_abandon it. */
bool record_close(struct record_writer *writer, struct error *error);
void record_abandon(struct record_writer *writer); /* leaves it .open for a later resume; frees */
const char *record_writer_path(const struct record_writer *writer);

/* Unfinished records under DATA (paths, sorted newest first) that no living process holds. */
bool record_unfinished(const char *data, char ***paths, size_t *count, struct error *error);

/* What the home screen and the reports need of one finished call: from its row 2 and its last row
 * alone, so a call costs two small reads, whatever its length. */
struct record_summary {
    char *path, *start, *trainee, *scenario_id;
    enum mode mode;
    enum language language;
    enum outcome outcome;
    int32_t q_tenths;
    bool pass;
    int64_t t_ms; /* how long it was */
};
/* All closed records of whole calls under DATA (not the moments of drills), oldest first; files that don't read are counted in *unreadable. */
bool record_history(const char *data, struct record_summary **summaries, size_t *count,
                    size_t *unreadable, struct error *error);
void record_history_free(struct record_summary *summaries, size_t count);

/* Keeps a bundle once under DATA/bundles/HASH.json; reads it back. */
bool record_keep_bundle(const char *data, const char *hash, const char *bytes, size_t length,
                        struct error *error);
bool record_read_bundle(const char *data, const char *hash, struct buffer *out,
                        struct error *error);

/* ---- calls in rows ---- */

/* What row 2 says of the call. Texts belong to whoever filled it. */
struct record_opening {
    char start[32]; /* UTC, "2026-01-31T08:30:00Z" */
    const char *trainee, *scenario_id, *bundle, *program;
    uint32_t scenario_version, rules;
    enum mode mode;
    enum language language;
    uint64_t seed;
    uint32_t plays; /* how often this trainee played this script before */
    uint32_t fold;  /* CALL_FOLD_VERSION it was played under; 1 in records that do not say */
    /* What only some calls have; "" or 0 leaves no trace in the row. */
    const char *login; /* exam: the login name of the system; may be NULL */
    const char *at;    /* drill: id of the node it begins at; may be NULL */
    uint32_t frt_s;    /* target of the first reply other than FRT_S */
    uint32_t seats;    /* 2: a person plays the customer */
};

/* Event → row. Texts of the row live in `room`, which is cleared first. */
void record_row_from_opening(const struct record_opening *opening, struct record_row *row,
                             struct buffer *room);
void record_row_from_event(const struct call *call, const struct event *event,
                           struct record_row *row, struct buffer *room);
void record_row_from_closing(const struct call *call, const struct scorecard *scorecard,
                             int64_t t_ms, struct record_row *row, struct buffer *room);

/* Row → event, for this call's scenario and state. The judgement of a typed row goes to *judgement.
 * False with the reason when the row does not fit the script. */
bool record_opening_from_row(const struct record_row *row, struct record_opening *opening,
                             struct arena *arena, struct error *error);
bool record_event_from_row(const struct call *call, const struct record_row *row,
                           struct event *event, struct judgement *judgement, struct error *error);

/* ---- refolding ---- */

/* What was said lately, oldest first: what a typed reply is judged by. Live play and `verify` must
 * remember the same, so both do it with this. Start with `= {0}`. */
#define RECORD_TURNS 6
struct record_turns {
    struct utterance items[RECORD_TURNS]; /* texts are its own */
    uint32_t rows[RECORD_TURNS];          /* where each was said */
    size_t count;
    uint32_t replies[CALL_UNDO]; /* rows of the replies that can be taken back, oldest first */
    size_t reply_count;
    bool two_seats; /* what the script has the customer say was only his cue */
};
void record_turns_add(struct record_turns *turns, const struct event *event,
                      const struct call_outcome *outcome, enum language language, uint32_t row);
/* The row after which the call stands again when `steps` replies are taken back; 0: none. */
uint32_t record_turns_back(const struct record_turns *turns, uint32_t steps);
void record_turns_free(struct record_turns *turns);

/* Folds the rows of a record over its scenario, calling `step` (may be NULL) after each applied
 * event, and for each refused row with an outcome in which nothing happened. Stops at the first row
 * that does not fold; then *bad_row names it and *error says why, and the fold stands before it.
 * Free the fold with record_fold_free in either case. The scorecard is closed by a closed row. */
struct record_fold {
    const struct scenario *scenario;
    struct call *call;
    struct scorecard *scorecard;
};
typedef void record_step(void *user, const struct record_row *row, const struct event *event,
                         const struct call_outcome *outcome, const struct record_fold *fold);
bool record_refold(const struct record *record, const struct scenario *scenario,
                   struct record_fold *fold, record_step *step, void *user, uint32_t *bad_row,
                   struct error *error);
void record_fold_free(struct record_fold *fold);

/* `itr verify`: the chain, then the fold: every row is made again from what must have happened and
 * compared, typed replies are judged again (only under the same rules), and the closed row's
 * outcome, Q, verdicts and digest are worked out anew. `scenario` is the one of the record's
 * bundle; NULL: only the file is judged. */
struct record_verdict {
    bool ok;           /* complete and everything agrees */
    bool complete;     /* a closed row ends it */
    bool rules_differ; /* marks as recorded under other rules */
    uint32_t bad_row;  /* the first that is torn, damaged or changed; 0: none */
    char text[1024];   /* for people */
};
void record_verify(const struct record *record, const struct scenario *scenario,
                   struct record_verdict *verdict);

#endif
