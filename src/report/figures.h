/* Figures of groups of calls: what report.h shows of them, and what this room asks the index by. */
#ifndef ITR_REPORT_FIGURES_H
#define ITR_REPORT_FIGURES_H

#include "store/store.h"

/* Which calls; NULL: all. Days are "2026-01-31", UTC, both included. */
struct report_filter {
    const char *trainee, *scenario, *since, *until, *mode;
};

/* So many of so many. With fewer than REPORT_ENOUGH it is an anecdote, and nothing is concluded. */
#define REPORT_ENOUGH 5
struct report_share {
    int64_t hits, count;
};
bool report_enough(struct report_share share);
int64_t report_thousandths(struct report_share share); /* rounded half up; 0 of nothing */
/* The Wilson interval of 95 %: where the true share lies. 0 to 1 when nothing was counted. */
void report_interval(struct report_share share, double *low, double *high);

/* Handling time, in ms: both ends are in the band. */
#define AHT_FROM 300000
#define AHT_UNTIL 480000

/* The shares of a group of calls: name, how it is counted (SQL over table call), what it is called.
 * What can't be said of a call (NULL: no rating, or its script was lost) is not counted. */
#define REPORT_FIGURES(X)                                                                          \
    X(passed, "pass", "count(*)", N_("passed"))                                                    \
    X(frt, "frt IS NOT NULL AND frt <= frt_target", "count(*)", N_("first reply in time"))         \
    X(aht, "duration BETWEEN " STRING(AHT_FROM) " AND " STRING(AHT_UNTIL), "count(*)",             \
      N_("handling time of 5 to 8 min"))                                                           \
    X(fcr, "first_contact", "count(first_contact)", N_("solved at the first contact"))             \
    X(solved, "solved", "count(solved)", N_("solved without a critical error"))                    \
    X(csat, "rating >= 4", "count(rating)", N_("satisfied, ratings of 4 and 5 (simulated)"))       \
    X(rated, "rating IS NOT NULL", "count(*)", N_("gave a rating (simulated)"))                    \
    X(transferred, "transferred", "count(transferred)", N_("transferred"))                         \
    X(complaint, "complaint", "count(complaint)", N_("complaints"))                                \
    X(defused, "complaint AND defused", "coalesce(sum(complaint), 0)", N_("complaints defused"))   \
    X(error, "error", "count(error)", N_("errors of policy or compliance"))
enum report_figure {
#define X(name, hits, count, label) FIGURE_##name,
    REPORT_FIGURES(X)
#undef X
        FIGURE_COUNT
};

enum report_by { REPORT_ALL, REPORT_TRAINEE, REPORT_SCENARIO, REPORT_DAY };

struct report_group {
    const char *name; /* trainee, scenario or day; "" for all calls */
    int64_t calls, unsure;
    int64_t q_sum; /* tenths */
    int64_t frt_sum, frt_target_sum,
        replied;                          /* first replies and their targets in ms, of so many */
    int64_t aht_sum, aht_under, aht_over; /* ms; calls shorter, longer than the band */
    struct report_share shares[FIGURE_COUNT];
};
struct report_figures {
    struct report_group *items; /* in order of name */
    size_t count, capacity;
    struct arena *arena;
};
bool report_figures(struct store *store, enum report_by by, const struct report_filter *filter,
                    struct report_figures *figures, struct error *error);
void report_figures_free(struct report_figures *figures); /* also after a failure */

/* Records that could not be read. */
bool report_unreadable(struct store *store, int64_t *count, struct error *error);

/* Stages: sum of their marks (tenths), how often one was passed; key actions: points met. */
struct report_stages {
    int64_t q_sum[STAGE_COUNT];
    struct report_share passed[STAGE_COUNT], met[ACTION_COUNT];
};
bool report_stages(struct store *store, const struct report_filter *filter,
                   struct report_stages *stages, struct error *error);

/* Adds them: for people; as JSON (members without braces); as CSV with a header. */
void report_tell_groups(struct buffer *out, const struct report_figures *figures);
void report_tell_kpi(struct buffer *out, const struct report_group *group,
                     const struct report_figures *days, int64_t per_day);
void report_tell_stages(struct buffer *out, const struct report_stages *stages);
void report_groups_json(struct buffer *out, const struct report_figures *figures);
void report_groups_csv(struct buffer *out, const struct report_figures *figures);
void report_stages_json(struct buffer *out, const struct report_stages *stages);
void report_stages_csv(struct buffer *out, const struct report_stages *stages);
/* Days with at least `per_day` calls, of the days with any. */
struct report_share report_full_days(const struct report_figures *days, int64_t per_day);

/* Words, untranslated: "reached" "not reached" "too few", for a handling time "too short" "too
 * long". */
const char *report_verdict(struct report_share share, int percent);
const char *report_first_reply_verdict(const struct report_group *group); /* of the mean */
const char *report_handling_verdict(const struct report_group *group);    /* of the mean */

/* ---- within this room ---- */

int report_target(enum report_figure figure);    /* percent; 0: none */
int64_t report_mean(int64_t sum, int64_t count); /* rounded half up; 0 of nothing */

/* " WHERE …" over table call. */
void report_add_filter(struct buffer *sql, const struct report_filter *filter);
typedef void report_answer(void *user, sqlite3_stmt *row);
bool report_ask(struct store *store, const char *sql, const struct report_filter *filter,
                report_answer *answer, void *user, struct error *error);

#endif
