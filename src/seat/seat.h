/* A trainee at a call: allow, write, apply. The room's one header.
 *
 * The one way in which a person (at the screen or in plain mode) drives a call, so that nothing is
 * ever applied that is not on disk, and plain mode, screen and resume cannot differ. It knows the
 * record and the call, and no terminal; the clock comes in as a number. */
#ifndef ITR_SEAT_H
#define ITR_SEAT_H

#include "knowledge/knowledge.h"
#include "record/record.h"

/* ---- where things are ---- */

/* The program's own folders, found from its own place ($ITR_HOME, beside the program, installed,
 * where it was built), whatever the current folder. */
struct folders {
    char *scenarios, *behaviours, *knowledge, *messages;
};
bool folders_find(struct folders *folders,
                  struct error *error); /* messages is set even on failure */
void folders_free(struct folders *folders);

/* The file of a scenario named by id or path. Caller frees; whether it exists is not looked at. */
char *folders_scenario(const struct folders *folders, const char *name);

/* The data folder: `wanted`, else $ITR_DATA, else the XDG data folder /itr. Caller frees. */
char *seat_data_folder(const char *wanted);

/* What is asked once and remembered: DATA/settings.json. */
struct settings {
    char *trainee;           /* NULL: not asked yet */
    int language;            /* enum language, or -1: not asked yet */
    uint32_t frt_s;          /* target of the first reply; 0: FRT_S */
    struct speech_rate rate; /* how fast people talk; 0: SPEECH_RATE */
};
bool settings_read(const char *data, struct settings *settings, struct error *error);
bool settings_write(const char *data, const struct settings *settings, struct error *error);
void settings_free(struct settings *settings);

/* ---- exercises that are no calls ---- */

struct exercise_result {
    const char *kind; /* "faults" */
    const struct scenario *scenario;
    uint64_t seed;
    uint32_t marked, hits, faults, met, partial;
};
/* Adds a line to DATA/exercises.csv. */
bool seat_keep_exercise(const char *data, const char *trainee,
                        const struct exercise_result *result, struct error *error);

/* ---- a call with its record ---- */

struct seat;

/* Called for every event that was written and applied, the customer's own (silence) included, and
 * for what was refused; `row` is its line in the record. */
typedef void seat_heard(void *user, uint32_t row, const struct event *event,
                        const struct call_outcome *outcome);

struct seat_start {
    const struct scenario *scenario; /* stays the caller's, must outlive the seat */
    const char *data;                /* the data folder */
    const char *trainee;
    enum mode mode;
    enum language language;
    uint64_t seed;
    int64_t start_utc_s;
    bool no_sync;
    uint32_t at;       /* drill: 0, or node + 1 where it begins in the middle of the script */
    uint32_t frt_s;    /* target of the first reply; 0: FRT_S */
    uint32_t seats;    /* 2: a person plays the customer, in learn or practise mode; else 0 */
    bool first_play;   /* known to be this trainee's first of the script; else records are asked */
    seat_heard *heard; /* may be NULL; hears the customer's first words too */
    void *user;
};

/* Starts a call: keeps the bundle, creates the record, writes and applies `opened` at time 0. */
struct seat *seat_open(const struct seat_start *start, struct error *error);

/* Goes on with an unfinished record: takes the lock, cuts a torn tail (*cut), loads the scenario
 * from its bundle (the seat owns it), refolds, and writes a `gap` row. Every earlier row is told to
 * `step`. */
struct seat *seat_resume(const char *data, const char *path, record_step *step, void *user,
                         bool *cut, struct error *error);

/* The scenario a record was played with, from the bundle kept under DATA; free with scenario_free.
 * *opening is what its row 2 says, with texts in `arena`. */
struct scenario *seat_scenario_of(const char *data, const struct record *record,
                                  struct record_opening *opening, struct arena *arena,
                                  struct error *error);

/* What became of something the trainee did. */
enum seat_result {
    SEAT_DONE,    /* written and applied */
    SEAT_REFUSED, /* not allowed: written as a `refused` row; call_refusal says why */
    SEAT_FAILED,  /* could not be written: nothing happened; tell the trainee, try again */
};

void seat_listen(struct seat *seat, seat_heard *heard, void *user);

/* Runs what the customer does on his own up to `now_ms` of call time. */
enum seat_result seat_tick(struct seat *seat, int64_t now_ms, struct error *error);

/* The trainee's side; each ticks up to `now_ms` first. `option` is an index into the node's
 * replies. */
enum seat_result seat_reply(struct seat *seat, int64_t now_ms, uint32_t option,
                            enum call_refusal *refusal, struct error *error);
enum seat_result seat_type(struct seat *seat, int64_t now_ms, const char *text, size_t length,
                           enum call_refusal *refusal, struct error *error);
/* HOLD, RESUME, BREATHE, END, TICKET_SAVED, DONE; SKIP takes the stage from the reply refused last.
 * END after the talk is DONE. */
enum seat_result seat_do(struct seat *seat, int64_t now_ms, enum event_kind kind,
                         enum call_refusal *refusal, struct error *error);

/* The trainee says how the customer feels. */
enum seat_result seat_mood(struct seat *seat, int64_t now_ms, enum feeling feeling,
                           enum call_refusal *refusal, struct error *error);

/* The desk. `target`: what the trainee gives as the number it is for (may be NULL where the action
 * wants none); `amount` 0 where it takes none. */
enum seat_result seat_act(struct seat *seat, int64_t now_ms, uint32_t action, int64_t amount,
                          const char *target, size_t length, enum call_refusal *refusal,
                          struct error *error);
/* Hands the call on with a note (which may be empty: then the customer is asked for everything). */
enum seat_result seat_hand_over(struct seat *seat, int64_t now_ms, const char *note, size_t length,
                                enum call_refusal *refusal, struct error *error);
enum seat_result seat_note(struct seat *seat, int64_t now_ms, const char *note, size_t length,
                           enum call_refusal *refusal, struct error *error);
/* The knowledge base at this seat: what ships with the scripts and what coaches approved under the
 * data folder. Read when first asked for, kept until the seat is freed; never NULL. A file that
 * can't be read is left out here: `itr check` and `itr knowledge` say what is wrong with it. */
struct knowledge *seat_knowledge(struct seat *seat);

/* The knowledge base: what was looked up, with the ids found (best first, spaces between); an
 * article opened, by its id, with the title as shown; what the trainee wants to be kept, "TITLE:
 * TEXT" (masked like all typed words). */
enum seat_result seat_lookup(struct seat *seat, int64_t now_ms, const char *query, size_t length,
                             const char *ids, enum call_refusal *refusal, struct error *error);
enum seat_result seat_article(struct seat *seat, int64_t now_ms, const char *id, const char *title,
                              enum call_refusal *refusal, struct error *error);
enum seat_result seat_propose(struct seat *seat, int64_t now_ms, const char *text, size_t length,
                              enum call_refusal *refusal, struct error *error);

/* Writes a field of the ticket: a text, or the word of one of the field's values (ticket_value).
 * Like a typed reply it is masked first, and a text is judged. */
enum seat_result seat_ticket(struct seat *seat, int64_t now_ms, uint32_t field, const char *text,
                             size_t length, enum call_refusal *refusal, struct error *error);
/* What was written there last (masked), or NULL. */
const char *seat_ticket_text(const struct seat *seat, uint32_t field);

/* ---- ways to practise (practice.c) ---- */

/* Skips case time: `step` is an index into the node's `later` (call_later lists them). */
enum seat_result seat_later(struct seat *seat, int64_t now_ms, uint32_t step,
                            enum call_refusal *refusal, struct error *error);
/* Learn: takes back the last `steps` replies (call_view: undoable). */
enum seat_result seat_undo(struct seat *seat, int64_t now_ms, uint32_t steps,
                           enum call_refusal *refusal, struct error *error);
/* Learn: takes the hint that call_hint offers; show its price first. */
enum seat_result seat_hint(struct seat *seat, int64_t now_ms, enum call_refusal *refusal,
                           struct error *error);
/* How sure the trainee is of the reply that follows: 1 not, 2 rather, 3 quite. */
enum seat_result seat_sure(struct seat *seat, int64_t now_ms, uint32_t level,
                           enum call_refusal *refusal, struct error *error);

/* ---- two seats (two.c) ----
 *
 * Both write through the one seat to the one record; column `seat` says who. The time in which the
 * customer's player has the keyboard (call_view: customers_turn) is not the call's: pass the time
 * of the last event while it lasts. */

/* The words of whoever plays the customer; masked like all typed words. */
enum seat_result seat_say(struct seat *seat, int64_t now_ms, const char *text, size_t length,
                          enum call_refusal *refusal, struct error *error);
/* He finds that the agent has been silent for too long: the script's next silence step runs. */
enum seat_result seat_nobody_speaks(struct seat *seat, int64_t now_ms, enum call_refusal *refusal,
                                    struct error *error);
/* When the talk is over: `rater` (SEAT_AGENT, SEAT_CUSTOMER) gives the other 1 to 5, and words that
 * may be empty. What is said last holds. */
enum seat_result seat_rate(struct seat *seat, int64_t now_ms, uint32_t rater, uint32_t rating,
                           const char *words, size_t length, enum call_refusal *refusal,
                           struct error *error);
/* His cue: what the script has the customer say now, in *lines. Returns how many; valid until the
 * next event. seat_cue_words adds them as one text. */
uint32_t seat_cue(const struct seat *seat, const struct text *const **lines);
void seat_cue_words(const struct seat *seat, struct buffer *out);

/* The login name of the system, in `arena`: all that is known of who sits there. */
const char *seat_login(struct arena *arena);

/* After seat_close: did the trainee's last EQUAL_OPENINGS calls, this one the last of them, begin
 * with the same typed words? Worth a hint, never a deduction. */
#define EQUAL_OPENINGS 5
bool seat_opening_is_mechanical(const struct seat *seat, const char *data);

/* The clock stood still (suspension, full disk): a `gap` row; call time goes on from the last row.
 */
enum seat_result seat_gap(struct seat *seat, const char *why, struct error *error);

/* When the call has ended: writes `closed` and renames the record. The seat stays readable. */
enum seat_result seat_close(struct seat *seat, int64_t now_ms, struct error *error);

/* Leaves the record unfinished for a later resume (or closed, if it was closed) and frees. */
void seat_free(struct seat *seat);

const struct call *seat_call(const struct seat *seat);
struct scorecard *seat_scorecard(struct seat *seat);
const struct record_opening *seat_opening(const struct seat *seat);
const char *seat_record_path(const struct seat *seat); /* .open while it runs, then .csv */
bool seat_closed(const struct seat *seat);

/* The half-typed reply survives a crash: kept beside the record (NAME.draft), removed when sent. */
bool seat_draft_write(struct seat *seat, const char *text, size_t length, struct error *error);
bool seat_draft_read(struct seat *seat, struct buffer *out);

#endif
