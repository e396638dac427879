/* Panels of the desk: customer card, ticket, knowledge and so on, reached by one key each.
 *
 * In a window of DOCK_BOTH columns the card stands on the left of the conversation and the panel
 * that was opened last on the right; the keys go to it while it has the focus, and it stays in
 * sight when it has not. From BOARD_WIDE columns on there is one column, which the panel in focus
 * takes over from the card. In a narrower window the panel in focus lies where the replies are, and
 * the customer's last words stay in sight above it. So what is seen follows from the width and two
 * numbers, whatever the window was before. */
#ifndef ITR_UI_DOCK_H
#define ITR_UI_DOCK_H

#include "draw.h"
#include "keymap.h"
#include "sheet.h"

struct call_screen;
struct call;

#define DOCK_BOTH 130

/* One panel: a file that fills this. `state` is what open returned. */
struct panel {
    const char *title;  /* N_() */
    enum action action; /* the key that opens it */
    /* Does this call have it at all? NULL: always. */
    bool (*offered)(const struct call_screen *call);
    void *(*open)(struct call_screen *call); /* once, when first shown; NULL: no state */
    void (*close)(void *state);
    /* Rows it would fill below the conversation; NULL: all there are. */
    int (*rows)(struct call_screen *call, void *state, int columns);
    /* Its keys: a static table of its own; the call's are added behind it. */
    const struct keymap *(*keys)(struct call_screen *call, void *state);
    void (*draw)(struct call_screen *call, void *state, struct area area, bool focused);
    /* SCREEN_TEXT: not an action here. DO_LEAVE is asked first, and then takes the focus away. */
    unsigned (*act)(struct call_screen *call, void *state, enum action action,
                    const struct input *input);
    unsigned (*key)(struct call_screen *call, void *state, const struct input *input); /* or NULL */
    void (*left)(struct call_screen *call, void *state); /* the focus has gone; or NULL */
};

/* In the order in which their keys are shown. */
#define PANELS(X)                                                                                  \
    X(CARD, card)                                                                                  \
    X(KNOWLEDGE, knowledge)                                                                        \
    X(TICKET, ticket)                                                                              \
    X(ACTIONS, actions)                                                                            \
    X(NOTES, notes)                                                                                \
    X(CLOCKS, clocks)                                                                              \
    X(HANDOVER, handover)                                                                          \
    X(MOOD, mood)
enum panel_name {
#define X(name, word) PANEL_##name,
    PANELS(X)
#undef X
        PANEL_COUNT
};
#define PANEL_NONE (-1)

struct dock {
    int focus; /* the panel that has the keys, or PANEL_NONE */
    int open;  /* the panel of the right column, in focus or not */
    void *states[PANEL_COUNT];
    bool opened[PANEL_COUNT];
};

void dock_start(struct dock *dock);
void dock_free(struct dock *dock);

const struct panel *dock_panel(int panel);
bool dock_offers(const struct call_screen *call, int panel);

/* The panel an action opens, or PANEL_NONE. */
int dock_panel_of(enum action action);

/* The key of a panel: gives it the focus, or takes it (and shuts it) when it has it. */
void dock_toggle(struct call_screen *call, int panel);
void dock_unfocus(struct call_screen *call); /* it stays in sight where there is room */

const struct keymap *dock_keys(struct call_screen *call);
unsigned dock_act(struct call_screen *call, enum action action, const struct input *input);
unsigned dock_key(struct call_screen *call, const struct input *input);

/* What is where. Heights of 0: not there. */
struct dock_layout {
    struct area talk;  /* the conversation and what is below it */
    struct area card;  /* left */
    struct area panel; /* right, or instead of the card; narrow windows: not there */
    int shown;         /* the panel in `panel`, or PANEL_NONE */
    bool below;        /* the panel in focus lies where the replies are */
};
struct dock_layout dock_layout(const struct call_screen *call);

/* Rows of the panel in focus below the conversation. */
int dock_rows(struct call_screen *call, int columns);

/* A panel with its title, and the keys of the others beside it. */
void dock_draw(struct call_screen *call, int panel, struct area area);
void dock_draw_body(struct call_screen *call, int panel, struct area area);

/* The keys of all panels at the right end of a row, as far as there is room after `used`. */
void dock_draw_keys(const struct call_screen *call, int row, int column, int columns, int used);

/* ---- the panels ---- */

#define X(name, word) extern const struct panel panel_##word;
PANELS(X)
#undef X

#endif
