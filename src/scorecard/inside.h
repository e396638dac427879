/* What the files of this room share. */
#ifndef ITR_SCORECARD_INSIDE_H
#define ITR_SCORECARD_INSIDE_H

#include "scorecard/scorecard.h"

void scorecard_count_moments(struct scorecard *scorecard, const struct call *call);
void scorecard_note_feeling(struct scorecard *scorecard, enum feeling read, int32_t mood);

#endif
