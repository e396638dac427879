/* What a line of `itr score` asks for. */
#ifndef ITR_COMMAND_SCORE_REQUEST_H
#define ITR_COMMAND_SCORE_REQUEST_H

#include "base/base.h"
#include "base/json_reader.h"
#include "language/language.h"

#define SCORE_CONTEXT_MOST 16 /* turns; the last ones are kept */

struct score_request {
    struct json_text id, text; /* id.bytes is NULL when the line has none */
    struct utterance context[SCORE_CONTEXT_MOST];
    size_t context_count;
    cJSON *tree; /* what the texts belong to, when it is not the line itself */
};

/* Reads a line; false with the reason, and with the id if it could be read. What was read lives as
 * long as the line, until `reader` reads the next one or score_request_free. */
bool score_request_read(struct score_request *request, struct json_reader *reader, const char *line,
                        size_t length, struct error *error);
void score_request_free(struct score_request *request);

#endif
