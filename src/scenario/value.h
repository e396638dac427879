/* How simple values are read: strings, numbers, words, texts; and what is said when they are wrong.
 * For shape.c, which walks objects and lists. */
#ifndef ITR_SCENARIO_VALUE_H
#define ITR_SCENARIO_VALUE_H

#include "scenario/shape.h"

typedef void value_function(struct reader *reader, const struct field *field, const cJSON *value,
                            char *base);
value_function read_format, read_string, read_whole, read_share, read_credit, read_truth, read_word,
    read_text, read_expression, read_reference;

/* An id also declares the thing it belongs to, where its shape has a space. */
void read_id(struct reader *reader, const struct shape *shape, const struct field *field,
             const cJSON *value, char *base);

/* The number of a word in a list, or -1. */
int word_number(const char *const *words, const char *word);

/* Says that the value is not what the field wants. */
void wrong_type(struct reader *reader, const struct field *field, const cJSON *value);

/* Adds the words, quoted and with commas. */
void list_words(const char *const *words, struct buffer *out);

#endif
