#include "terminfo.h"

#include <ncurses.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

bool terminfo_has(const char *name) {
    int status = 0;
    if (strlen(name) > 64 || strchr(name, '/') || setupterm(name, STDOUT_FILENO, &status) != OK)
        return false;
    del_curterm(cur_term);
    return true;
}
