/* A yes to what the customer asked or offered says what the customer said: "so I should unplug it
 * first?" - "yes". Such a reply is read as the customer's sentence in the agent's mouth. */
#ifndef ITR_LANGUAGE_ASSENT_H
#define ITR_LANGUAGE_ASSENT_H

#include "language/sheet.h"

/* Whether a reply is a yes and nothing more; `yes` is then the words that say so. */
bool assent_given(const struct lexicon *lexicon, const struct sheet *reply, struct span *yes);

/* Writes to `echo` what a yes to the customer's line says: its last sentence that asks for a yes or
 * a no, or offers something, as a statement with I and you exchanged. `line` is work space. False
 * when there is no such sentence, or it asks "this or that". */
bool assent_echo(const struct lexicon *lexicon, struct views *views, const struct utterance *said,
                 struct sheet *line, struct buffer *echo);

#endif
