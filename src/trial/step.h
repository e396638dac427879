/* The room's own: how machines take a step. */
#ifndef ITR_TRIAL_STEP_H
#define ITR_TRIAL_STEP_H

#include "trial/trial.h"

/* Applies the event, skipping knowingly where it leads into a locked stage. False: not allowed, and
 * nothing but the skip happened. */
bool trial_step_apply(struct call *call, const struct event *event, struct call_outcome *outcome);

/* A step of a path as the event to apply where the call stands. False: it can't be done there. */
bool trial_step_event(const struct call *call, const struct trial_step *step, struct event *event);

/* Explores until a path earns everything, or all states that fit were seen. */
struct trial *trial_explore_best(const struct scenario *scenario);

/* What a player of this policy does next, as an event to apply; *chance goes on when it is asked.
 * False: the talk is over. */
bool policy_next(const struct call *call, enum policy policy, enum language language,
                 uint64_t *chance, struct event *event);

/* What machines give an action: the number it wants, spelt as the script does ("" for none), and
 * the amounts worth trying. Returns how many. */
#define TRIAL_AMOUNTS 8
const char *trial_target(const struct scenario *scenario, const struct desk_action *action);
uint32_t trial_amounts(const struct call *call, uint32_t action, int64_t amounts[TRIAL_AMOUNTS]);

#endif
