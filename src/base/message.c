#include "base/message.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* glibc looks at LANGUAGE again only when this counter changed (gettext manual, "Locale names"). */
extern int _nl_msg_cat_cntr;

static enum language current = LANGUAGE_EN;

const char *language_code(enum language language) {
    return language == LANGUAGE_ZH ? "zh" : "en";
}

int language_from(const char *name) {
    if (!name)
        return -1;
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        if (strncasecmp(name, language_code(language), 2) == 0 && strchr("_-.@:", name[2]))
            return language;
    return -1;
}

static _Bool is_utf8(void) {
    return strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* The user's own character type where it is UTF-8, else one that is on every system. */
static _Bool use_utf8(void) {
    static const char *const names[] = {"", "C.UTF-8", "C.utf8", "en_US.UTF-8", "zh_CN.UTF-8"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (setlocale(LC_CTYPE, names[i]) && is_utf8())
            return 1;
    return 0;
}

/* gettext translates nothing while the category's locale is "C", so it gets a UTF-8 one; which
 * language it speaks is then chosen through LANGUAGE alone. */
_Bool message_start(const char *folder) {
    if (!use_utf8())
        return 0;
    if (!setlocale(LC_MESSAGES, "C.UTF-8"))
        setlocale(LC_MESSAGES, setlocale(LC_CTYPE, NULL));
    setlocale(LC_NUMERIC, "C");
    bindtextdomain("itr", folder);
    bind_textdomain_codeset("itr", "UTF-8");
    textdomain("itr");
    message_use(current);
    return 1;
}

void message_use(enum language language) {
    current = language;
    setenv("LANGUAGE", language == LANGUAGE_ZH ? "zh_CN:zh" : "en", 1);
    ++_nl_msg_cat_cntr;
}

enum language message_language(void) {
    return current;
}
