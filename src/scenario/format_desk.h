/* The tables of the desk, and where they need more than the plain way of reading. */
#ifndef ITR_SCENARIO_FORMAT_DESK_H
#define ITR_SCENARIO_FORMAT_DESK_H

#include "scenario/format_tables.h"

extern const struct field an_account_entry, an_action;
extern const struct shape shape_second_line;

read_function read_account_start, read_action_target, read_outside, read_need_rule;
finish_function finish_account, finish_amount, finish_action;

#endif
