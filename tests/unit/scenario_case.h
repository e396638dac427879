/* A script in a folder of its own, made from tests/unit/scenario by changing some text. */
#ifndef ITR_TESTS_SCENARIO_CASE_H
#define ITR_TESTS_SCENARIO_CASE_H

#include "scenario/scenario.h"

struct script_case {
    char folder[64];
    struct buffer script, scene; /* the texts of the two files */
    struct findings findings;
    struct scenario *scenario;
};

/* The texts unchanged; nothing is written yet. */
void case_start(struct script_case *script);

/* Puts `with` for the first `old`, which must be there. */
void case_replace(struct buffer *text, const char *old, const char *with);

/* Writes both files, loads the script with the packs of `behaviours` or without (NULL), checks it.
 */
void case_load(struct script_case *script, const char *behaviours);

/* The finding with this code, or NULL. */
const struct finding *case_finding(const struct script_case *script, const char *code);

/* Frees everything and removes the folder. */
void case_end(struct script_case *script);

/* ITR_SOURCE/NAME, in a static buffer. */
const char *source_path(const char *name);

#endif
