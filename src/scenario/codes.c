#include "scenario/codes.h"

const struct scenario_code code_table[CODE_COUNT] = {
#define X(name, word, severity, text) {word, FINDING_##severity, text},
    LOAD_CODES(X) CHECK_CODES(X)
#undef X
};

const struct scenario_code *scenario_codes(size_t *count) {
    *count = CODE_COUNT;
    return code_table;
}
