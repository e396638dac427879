/* The second half of loading: what could only be decided when every file was read. */
#ifndef ITR_SCENARIO_LINK_H
#define ITR_SCENARIO_LINK_H

#include "scenario/format.h"

/* Resolves what the reader put off: placeholders, ids, targets, marks, expressions. */
void link_names(struct reader *reader);

/* Works out what follows from the script as a whole: inheritance, the required list, the points on
 * each node's route, how scenes lie inside each other. Only for a script without errors so far. */
void link_whole(struct reader *reader, struct script *script);

/* What follows from facts, card and ticket; part of link_whole and link_lexicon. */
void link_facts(struct reader *reader, struct scenario *scenario);
void link_card(struct reader *reader, struct lexicon *lexicon);

/* Compiles facts, packs and rules into the scenario's lexicon. */
void link_lexicon(struct reader *reader);

#endif
