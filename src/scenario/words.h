/* The words of the format by their enum, NULL-terminated: for the tables that the loader reads by.
 */
#ifndef ITR_SCENARIO_WORDS_H
#define ITR_SCENARIO_WORDS_H

extern const char *const stage_words[];
extern const char *const key_action_words[];
extern const char *const level_words[];
extern const char *const dimension_words[];
extern const char *const point_kind_words[];
extern const char *const harm_words[];
extern const char *const outcome_words[];
extern const char *const complaint_words[];
extern const char *const job_words[];
extern const char *const ticket_kind_words[];
extern const char *const behaviour_words[];

#endif
