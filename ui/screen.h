/* One screen is one file that fills one struct of callbacks; the app's loop does the rest.
 *
 * A screen never waits, never paints on its own and never opens another: its callbacks return what
 * must follow, and only the loop acts. Screens lie on a stack; the top one is seen and has the
 * keys. */
#ifndef ITR_UI_SCREEN_H
#define ITR_UI_SCREEN_H

#include "app.h"
#include "draw.h"
#include "keymap.h"
#include "seat/seat.h"

/* What must follow, as bits. */
enum {
    SCREEN_STAY = 0,
    SCREEN_DRAW = 1,  /* something visible changed */
    SCREEN_LEAVE = 2, /* close this screen */
    SCREEN_NEXT = 4,  /* open what app_next was told, after leaving if both */
    SCREEN_QUIT = 8,  /* leave the program */
    SCREEN_TEXT = 16, /* act: not an action here; treat the key as text */
};

struct app;

struct screen {
    /* Builds the screen's state from what app_next was given. NULL with *error: it does not open,
     * and the screen below shows the sentence. */
    void *(*open)(struct app *app, const void *argument, struct error *error);
    /* The keys in force now. */
    const struct keymap *(*keys)(void *state);
    /* Draws the whole frame but its last row, the footer. */
    void (*draw)(void *state);
    /* A bound key. `input` tells which. */
    unsigned (*act)(void *state, enum action action, const struct input *input);
    /* An input without a binding: text, a paste, the mouse. May be NULL. */
    unsigned (*key)(void *state, const struct input *input);
    /* The clock: `now_ms` is terminal_now_ms(). May be NULL. */
    unsigned (*tick)(void *state, int64_t now_ms);
    /* When tick wants to be called next; -1 never. May be NULL. */
    int64_t (*due)(void *state, int64_t now_ms);
    /* Shown again: the screen above has left. May be NULL. */
    unsigned (*shown)(void *state);
    /* The process was stopped, or the program ends by a signal (`ends`): keep what must be kept.
     * May be NULL. */
    void (*interrupted)(void *state, bool ends);
    void (*close)(void *state);
};

extern const struct screen screen_first_start, screen_home, screen_call, screen_exam, screen_result,
    screen_replay, screen_findings, screen_faults;

/* ---- what screens are opened with ---- */

/* screen_call: a script to play, or an unfinished record to go on with. NULL: what app_start says.
 */
struct call_request {
    bool resume;
    enum mode mode;
    int language;   /* enum language, or -1: that of the screen */
    uint32_t seats; /* 2: a person plays the customer; call_request_new sets 0 */
    char path[];    /* script, or record */
};
struct call_request *call_request_new(bool resume, enum mode mode, int language, const char *path);

/* screen_faults takes a request too: the script that a faulty call is made from. */

/* screen_exam takes the same, and opens the call when its trainee said that it is him. Which of the
 * two a call begins with: */
const struct screen *screen_for_call(bool resume, enum mode mode);

/* screen_result: a finished call. With a seat (which it takes over, as the scenario and the request
 * behind it), or out of a replay that lies below it on the stack. */
struct result_request {
    const struct call *call;
    struct scorecard *scorecard;
    const struct record_opening *opening;
    const char *record; /* path */
    struct seat *seat;
    struct scenario *scenario;
    struct call_request *played;
};

/* screen_replay takes the path of a record (NULL: what app_start says), screen_findings the path of
 * a script. */

/* ---- what a screen may ask of the app ---- */

const struct app_start *app_settings(const struct app *app); /* trainee filled in, never NULL */
void app_set_trainee(struct app *app, const char *trainee);
void app_set_language(struct app *app, enum language language); /* remembered in the settings */

/* What SCREEN_NEXT opens. `argument` must live until open has returned: keep it in the state, and
 * do not combine with SCREEN_LEAVE unless it is static or allocated (`owned`: freed afterwards). */
void app_next(struct app *app, const struct screen *screen, void *argument, bool owned);

/* A sentence in the row above the footer until the next key. `bad`: something went wrong. */
void app_say(struct app *app, bool bad, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- parts that screens share ---- */

/* Loads a script; NULL with its first error in *error. Free with scenario_free. */
struct scenario *screen_load_script(const char *file, const char *behaviours, struct error *error);

/* The top bar: `left` and `right` on one row. */
void screen_title(const char *left, const char *right);

/* The keys of a mode on the last row, made from its footer list. */
void screen_footer(const struct keymap *keymap);

/* "02:15" or "1:02:15". */
const char *clock_text(int64_t ms, char text[16]);

/* The text of a script in this language. */
const char *text_in(const struct text *text, enum language language);

#endif
