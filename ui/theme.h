/* One table of colours and attributes for the whole program.
 *
 * A role says what a text is; the theme says how that looks with 256 colours, with 8, and with none
 * (monochrome terminals and NO_COLOR). Nothing on the screen is told by colour alone. */
#ifndef ITR_UI_THEME_H
#define ITR_UI_THEME_H

enum role {
    ROLE_TEXT,
    ROLE_DIM, /* less important: times, hints */
    ROLE_STRONG,
    ROLE_TITLE, /* the bar on top */
    ROLE_TITLE_DIM,
    ROLE_FOOTER, /* the bar at the bottom */
    ROLE_KEY,    /* a key in it */
    ROLE_PANEL,  /* a side panel */
    ROLE_PANEL_DIM,
    ROLE_PANEL_STRONG,
    ROLE_HEADING,
    ROLE_ACCENT,
    ROLE_SELECTED, /* where the cursor of a list stands */
    ROLE_CUSTOMER, /* who speaks */
    ROLE_TRAINEE,
    ROLE_GOOD,
    ROLE_WARN,
    ROLE_BAD,
    ROLE_METER_GOOD, /* the filled part of a bar: a block where there are colours */
    ROLE_METER_WARN,
    ROLE_METER_BAD,
    ROLE_METER_PLAIN,
    ROLE_METER_REST,
    ROLE_EVIDENCE, /* the words that earned a mark, … */
    ROLE_EVIDENCE_HALF,
    ROLE_EVIDENCE_LOST, /* … that lost one, … */
    ROLE_EVIDENCE_OPEN, /* … or that a person has to decide about, or that no mark hangs on */
    ROLE_MARK,          /* visible escapes of what may not reach the terminal */
    ROLE_NOTICE,        /* a message that must be seen */
    ROLE_COUNT
};

/* Reads NO_COLOR and what the terminal can do; after newterm. */
void theme_start(void);

/* In the terms of ncurses: attr_t and colour pair. */
unsigned theme_attributes(enum role role);
short theme_pair(enum role role);

#endif
