/* One line of `itr score`: a request as JSON in, its reading as JSON or for people out. */
#ifndef ITR_COMMAND_SCORE_LINE_H
#define ITR_COMMAND_SCORE_LINE_H

#include "base/json_reader.h"
#include "command/command.h"
#include "language/language.h"

/* What replies are judged by: the packs alone, or a script with the node where they are given. */
struct score_subject {
    const struct lexicon *lexicon;
    const struct call *call; /* NULL: the packs alone */
};

/* Work space, kept from line to line; start with `= {0}`. */
struct score_desk {
    struct reading reading;
    struct json_reader reader;
};
void score_desk_free(struct score_desk *desk);

/* Adds exactly one answer to `out` whatever the line holds: a line that can't be read gives an
 * error and no labels. */
void score_line(const struct score_subject *subject, const char *line, size_t length, bool explain,
                struct score_desk *desk, struct buffer *out);

#endif
