/* Whether a terminal is described on this system. Apart from the rest because <term.h> makes macros
 * of words like `lines` and `columns`. */
#ifndef ITR_UI_TERMINFO_H
#define ITR_UI_TERMINFO_H

#include <stdbool.h>

/* Asked before newterm, which loses memory when there is no description. */
bool terminfo_has(const char *name);

#endif
