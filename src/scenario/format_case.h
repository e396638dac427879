/* The tables of case time: what can be skipped at a node, targets, and which clock a point goes
 * by. format.c lists them where they belong. */
#ifndef ITR_SCENARIO_FORMAT_CASE_H
#define ITR_SCENARIO_FORMAT_CASE_H

#include "scenario/format_tables.h"

#define CASE_LONGEST_S (7 * 86400)
#define DRILL_MS 20000

extern const struct field a_later_step;
extern const struct shape shape_case;
extern const char *const clock_words[];
read_function read_clock;

/* One node's steps are told apart by their length: records and people name them by it. */
void check_later_steps(struct reader *reader, const cJSON *object, const struct node *node);

#define POINT_CLOCK_FIELD                                                                          \
    {                                                                                              \
        "clock", FIELD_WORD, UNSTORED,                                                             \
            .words = clock_words, .read = read_clock,                                              \
            .help = N_("a timed point: by the clock of the call (default) or of the case")         \
    }
extern const char *const wording_words[];
finish_function finish_wording; /* of a point that was read */

#define POINT_WORDING_FIELD                                                                        \
    {                                                                                              \
        "wording", FIELD_WORD, UNSTORED,                                                           \
            .words = wording_words,                                                                \
            .help = N_("flexible (default), or strict: the phrases of `typed` word for word")      \
    }
#define CASE_FIELDS                                                                                \
    {"case", FIELD_OBJECT, .offset = 0, .shape = &shape_case,                                      \
     .help = N_("when the case should have got so far, skipped time included")},                   \
    {                                                                                              \
        "drill_s", FIELD_WHOLE, AT(scenario, drill_ms),                                            \
            .low = 3, .high = 600, .scale = 1000,                                                  \
            .help = N_("seconds for each reply in drill mode (20)")                                \
    }

#endif
