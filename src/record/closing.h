/* What the last row says, for lists of calls. Within the record room. */
#ifndef ITR_RECORD_CLOSING_H
#define ITR_RECORD_CLOSING_H

#include "record/record.h"

struct closing {
    enum outcome outcome;
    int32_t q_tenths;
    bool pass, critical;
};
bool closing_from_row(const struct record_row *row, struct closing *closing);

#endif
