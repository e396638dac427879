/* What the records say, as text. The room's one header.
 *
 * The same words wherever a call is told: plain mode, replay, the result screen, the saved receipt.
 */
#ifndef ITR_REPORT_H
#define ITR_REPORT_H

#include "knowledge/knowledge.h"
#include "report/figures.h"
#include "seat/seat.h"

/* Tells one event: who said what, with a time, and what the customer did. Adds lines (each ended by
 * a newline, inert already: base/display.h). `marks`: the marks it earned or lost below it. */
void report_event(struct buffer *out, const struct call *call, const struct event *event,
                  const struct call_outcome *outcome, bool marks);

/* A value of the account (a number, or yes and no), and the name of whoever spoke a line. */
void report_account_value(struct buffer *out, const struct call *call, uint32_t variable,
                          int64_t value);
const char *report_speaker(const struct call *call, const struct spoken *line);
/* What an event of the ways to practise did (time skipped, taken back, hint, confidence, time out),
 * as one inert line without its end; false, and nothing is added, when it is none of them. */
bool report_practice(struct buffer *out, const struct scenario *scenario, enum language language,
                     const struct event *event);

/* The clocks of a call with their targets: lines of the receipt, and a member `kpi` of its JSON. */
void report_kpi(struct buffer *out, const struct scorecard *scorecard,
                const struct record_opening *opening);
void report_kpi_json(struct buffer *out, const struct scorecard *scorecard,
                     const struct record_opening *opening);

/* Two seats. The role card of whoever plays the customer (who he is, how he feels, what he may tell
 * and what only when asked, how he takes things), and his cue: inert lines. Not for the agent's
 * eyes. */
void report_role_card(struct buffer *out, const struct call *call);
void report_cue(struct buffer *out, const struct seat *seat);
/* What the script had the customer say in an event, for reading a call afterwards: "(cue: …)"
 * lines; nothing in a call with one seat. */
void report_cue_of(struct buffer *out, const struct call *call, const struct call_outcome *outcome);
/* A rating as one inert line without its end; false, and nothing is added, for other events. */
bool report_seats(struct buffer *out, const struct event *event);

/* How sure somebody is, 1 to 3, in words. */
const char *report_sure(uint32_t level);

/* "1 d", "3 h 20 min", "45 s". */
void report_duration(struct buffer *out, int64_t ms);

/* The named parts of a point that a reply lacked ("when, the steps"); adds nothing when there are
 * none. */
void report_lacking(struct buffer *out, const struct scenario *scenario, uint32_t point,
                    uint32_t lacks, enum language language);

/* A word of struct credit's `reason` for people. */
const char *report_reason(const char *reason);

/* What a behaviour is called for people. */
const char *report_behaviour_label(enum behaviour behaviour);

/* One example of a reply that shows a point: what the author wrote as better, else a listed reply
 * that earns it; "" when there is neither. */
const char *report_example(const struct scenario *scenario, uint32_t point, enum language language);

/* The receipt: each stage with its sum, under it each point with verdict, time, the
 * trainee's own words (or an example) and the rule; the verdict; how to appeal. `row` references
 * let a person find the turn. scorecard_close has been called. */
void report_receipt(struct buffer *out, const struct call *call, const struct scorecard *scorecard,
                    const struct record_opening *opening);

/* The same as one JSON object. */
void report_receipt_json(struct buffer *out, const struct call *call,
                         const struct scorecard *scorecard, const struct record_opening *opening);

/* The key action worth practising next: the lowest share of its points, most weight lost first; -1
 * when nothing was lost. */
int report_weakest(const struct scorecard *scorecard);

/* The common errors of a group: over the closed calls, how often each point that counted was not
 * fully met, the most often missed first. Free with report_errors_free, also after a failure.
 * Records that are damaged are left out and counted. */
struct report_error {
    const char *scenario_id, *point, *text; /* text: NULL when the script can't be had */
    enum key_action action;
    uint32_t counted, missed;
};
struct report_errors {
    struct report_error *items;
    size_t count, capacity;
    uint32_t calls, passes;
    size_t unreadable;
    struct arena *arena;
};
bool report_common_errors(struct store *store, const struct report_filter *filter,
                          enum language language, struct report_errors *errors,
                          struct error *error);
void report_errors_free(struct report_errors *errors);

/* All closed calls as a table for spreadsheets, one row a call, in order of start and record; a
 * byte order mark, then CSV. The same calls give the same bytes. docs/reports.md has the columns.
 */
bool report_sessions(struct store *store, struct buffer *out, struct error *error);

/* A text as a cell of a table for spreadsheets: quoted, and with a `'` put before it when a
 * spreadsheet would run it as a formula or change it as a number, or when it begins with a `'`
 * itself. So taking one `'` away from the beginning gives the text back. */
void report_cell(struct buffer *out, const char *text);
/* The same of the text as a terminal may show it: for tables that are printed. */
void report_inert_cell(struct buffer *out, const char *text);

/* What a row of a record is called where people speak of it: RECORD:ROW, the record's name without
 * folder and suffix. In `arena`. */
const char *report_row_id(struct arena *arena, const char *path, uint32_t row);

/* Verdicts of closed calls that wait for a person, oldest first, each with what was decided last.
 * Decisions are rows added to DATA/reviews/decisions.csv, beside the records, which are never
 * written again. Free with report_reviews_free, also after a failure. */
struct report_review {
    const char *record; /* its path */
    const char *id;     /* RECORD:ROW, the record's name without folder and suffix */
    const char *trainee, *scenario_id, *start;
    const char *point,
        *text;         /* text: the point's sentence, or its id when the script can't be had */
    const char *words; /* what was typed */
    const char *verdict, *by, *reason, *time; /* of the decision, or "" */
};
struct report_reviews {
    struct report_review *items;
    size_t count, capacity;
    size_t unreadable; /* records */
    struct arena *arena;
};
bool report_reviews(const char *data, enum language language, struct report_reviews *reviews,
                    struct error *error);
void report_reviews_free(struct report_reviews *reviews);

/* Adds a decision about one of them: verdict "MET" "PARTIAL" "NOT", a reason, who and when. */
struct report_decision {
    const char *time, *verdict, *by, *reason;
};
bool report_decide(const char *data, const struct report_review *review,
                   const struct report_decision *decision, struct error *error);

/* A second scorecard of a closed record with the decisions about it: Q × 10 and pass as recorded
 * and as decided, and how many verdicts still wait. */
struct report_decided {
    int32_t recorded_tenths, decided_tenths;
    bool recorded_pass, decided_pass;
    uint32_t decided, open;
};
bool report_decided_score(const char *data, const char *record, struct report_decided *score,
                          struct error *error);

/* Articles that trainees proposed after their calls (`proposed` rows), oldest first, each with what
 * a coach decided last. Free with report_proposals_free, also after a failure. */
enum proposal_state { PROPOSAL_OPEN, PROPOSAL_APPROVED, PROPOSAL_REJECTED };
const char *proposal_state_word(enum proposal_state state);
struct report_proposal {
    const char *id; /* RECORD:ROW, the record's name without folder and suffix */
    const char *trainee, *scenario_id, *start;
    const char *title, *text; /* what stands before the first colon, and behind it */
    enum proposal_state state;
    const char *by, *reason; /* of the decision, or "" */
};
struct report_proposals {
    struct report_proposal *items;
    size_t count, capacity;
    size_t unreadable; /* records */
    struct arena *arena;
};
bool report_proposals(const char *data, struct report_proposals *proposals, struct error *error);
void report_proposals_free(struct report_proposals *proposals);

#endif
