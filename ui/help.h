/* The page of keys, made from the tables in force. */
#ifndef ITR_UI_HELP_H
#define ITR_UI_HELP_H

#include "keymap.h"

struct help;
struct help *help_new(const struct keymap *keymap);
void help_free(struct help *help); /* NULL is fine */
void help_draw(struct help *help);
bool help_input(struct help *help, const struct input *input); /* true: it is to be closed */

#endif
