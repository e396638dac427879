/* One line of `itr score`: a request as JSON in, its reading as JSON or for people out. */
#ifndef ITR_COMMAND_SCORE_LINE_H
#define ITR_COMMAND_SCORE_LINE_H

#include "command/command.h"
#include "language/language.h"

/* Adds exactly one answer to `out` whatever the line holds: a line that can't be read gives an
 * error and no labels. */
void score_line(const struct lexicon *lexicon, const char *line, size_t length, bool explain,
                struct reading *reading, struct buffer *out);

#endif
