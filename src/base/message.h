/* Sentences of the program in the user's language (gettext).
 *
 * The language is chosen at run time and can be switched while the program runs; no locale of the
 * system needs to be installed for it. */
#ifndef ITR_BASE_MESSAGE_H
#define ITR_BASE_MESSAGE_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text) /* marks a text for translation where it is only stored */

/* The two languages of the program, the order of every text[2]. */
enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGE_COUNT };

/* "zh" or "en". */
const char *language_code(enum language language);

/* Reads "zh", "zh_CN.UTF-8", "zh-Hans", "en", …; -1 when it is neither language. */
int language_from(const char *name);

/* Binds the message catalogue in `folder` and sets a UTF-8 character type; false when the system
 * offers no UTF-8 locale at all (C.UTF-8 included). LC_NUMERIC stays "C". Call once. */
_Bool message_start(const char *folder);

/* From now on gettext answers in this language. */
void message_use(enum language language);
enum language message_language(void);

#endif
