#include "theme.h"

#include <ncurses.h>
#include <stdlib.h>

/* Colours of the 256 palette and of the 8 (-1: the terminal's own), attributes with colours and
 * without. */
struct look {
    short fore256, back256, fore8, back8;
    attr_t with, without;
};

static const struct look looks[ROLE_COUNT] = {
    [ROLE_TEXT] = {-1, -1, -1, -1, 0, 0},
    [ROLE_DIM] = {245, -1, -1, -1, 0, 0},
    [ROLE_STRONG] = {-1, -1, -1, -1, A_BOLD, A_BOLD},
    [ROLE_TITLE] = {255, 24, COLOR_WHITE, COLOR_BLUE, A_BOLD, A_REVERSE | A_BOLD},
    [ROLE_TITLE_DIM] = {153, 24, COLOR_WHITE, COLOR_BLUE, 0, A_REVERSE},
    [ROLE_FOOTER] = {250, 236, COLOR_WHITE, COLOR_BLUE, 0, A_REVERSE},
    [ROLE_KEY] = {222, 236, COLOR_YELLOW, COLOR_BLUE, A_BOLD, A_REVERSE | A_BOLD},
    [ROLE_PANEL] = {252, 235, -1, -1, 0, 0},
    [ROLE_PANEL_DIM] = {245, 235, -1, -1, 0, 0},
    [ROLE_PANEL_STRONG] = {117, 235, COLOR_CYAN, -1, A_BOLD, A_BOLD},
    [ROLE_HEADING] = {117, -1, COLOR_CYAN, -1, A_BOLD, A_BOLD | A_UNDERLINE},
    [ROLE_ACCENT] = {117, -1, COLOR_CYAN, -1, 0, 0},
    [ROLE_SELECTED] = {231, 31, COLOR_BLACK, COLOR_CYAN, 0, A_REVERSE},
    [ROLE_CUSTOMER] = {215, -1, COLOR_YELLOW, -1, A_BOLD, A_BOLD},
    [ROLE_TRAINEE] = {117, -1, COLOR_CYAN, -1, A_BOLD, A_BOLD},
    [ROLE_GOOD] = {114, -1, COLOR_GREEN, -1, A_BOLD, A_BOLD},
    [ROLE_WARN] = {221, -1, COLOR_YELLOW, -1, A_BOLD, A_BOLD},
    [ROLE_BAD] = {210, -1, COLOR_RED, -1, A_BOLD, A_BOLD | A_UNDERLINE},
    [ROLE_METER_GOOD] = {71, 71, COLOR_GREEN, COLOR_GREEN, 0, A_BOLD},
    [ROLE_METER_WARN] = {178, 178, COLOR_YELLOW, COLOR_YELLOW, 0, A_BOLD},
    [ROLE_METER_BAD] = {167, 167, COLOR_RED, COLOR_RED, 0, A_BOLD},
    [ROLE_METER_PLAIN] = {67, 67, COLOR_CYAN, COLOR_CYAN, 0, A_BOLD},
    [ROLE_METER_REST] = {240, -1, -1, -1, 0, 0},
    [ROLE_EVIDENCE] = {114, -1, COLOR_GREEN, -1, A_UNDERLINE | A_BOLD, A_UNDERLINE | A_BOLD},
    [ROLE_EVIDENCE_HALF] = {221, -1, COLOR_YELLOW, -1, A_UNDERLINE | A_BOLD, A_UNDERLINE | A_BOLD},
    [ROLE_EVIDENCE_LOST] = {210, -1, COLOR_RED, -1, A_UNDERLINE | A_BOLD, A_UNDERLINE | A_REVERSE},
    [ROLE_EVIDENCE_OPEN] = {177, -1, COLOR_MAGENTA, -1, A_UNDERLINE, A_UNDERLINE},
    [ROLE_MARK] = {232, 180, COLOR_BLACK, COLOR_MAGENTA, 0, A_REVERSE},
    [ROLE_NOTICE] = {232, 221, COLOR_BLACK, COLOR_YELLOW, 0, A_REVERSE | A_BOLD},
};

static bool colours;

void theme_start(void) {
    const char *off = getenv("NO_COLOR");
    colours = !(off && *off) && has_colors() && start_color() == OK && COLORS >= 8 &&
              COLOR_PAIRS > ROLE_COUNT;
    if (!colours)
        return;
    use_default_colors();
    for (short role = 1; role < ROLE_COUNT; role++) {
        const struct look *look = &looks[role];
        if (COLORS >= 256)
            init_pair(role, look->fore256, look->back256);
        else
            init_pair(role, look->fore8, look->back8);
    }
}

unsigned theme_attributes(enum role role) {
    return colours ? looks[role].with : looks[role].without;
}

short theme_pair(enum role role) {
    return colours ? (short)role : 0;
}
