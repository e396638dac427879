/* The clocks as the scorecard's fold sees them. Within the scorecard room. */
#ifndef ITR_SCORECARD_KPI_H
#define ITR_SCORECARD_KPI_H

#include "scorecard/scorecard.h"

void kpi_start(struct kpi *kpi);
void kpi_apply(struct scorecard *scorecard, const struct event *event,
               const struct call_outcome *outcome, uint32_t row);

#endif
