/* The room's own: how machines take a step. */
#ifndef ITR_TRIAL_STEP_H
#define ITR_TRIAL_STEP_H

#include "call/call.h"

/* Applies the event, skipping knowingly where it leads into a locked stage. False: not allowed, and
 * nothing but the skip happened. */
bool trial_step_apply(struct call *call, const struct event *event);

#endif
