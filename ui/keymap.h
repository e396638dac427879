/* Keys in three steps: named action, key table of a mode, the mode's parent to fall back on.
 *
 * One list gives the enum, the stable names and the help texts; footers and the help page are made
 * from the tables in force, so they can't say anything else than what the keys do. */
#ifndef ITR_UI_KEYMAP_H
#define ITR_UI_KEYMAP_H

#include "base/message.h"
#include "key.h"

/* X(name, word, help, short label for the footer) */
#define ACTIONS(X)                                                                                 \
    X(NONE, "none", "", "")                                                                        \
    /* everywhere */                                                                               \
    X(HELP, "help", N_("show these keys"), N_("keys"))                                             \
    X(LANGUAGE, "language", N_("switch between 中文 and English"), N_("中文"))                     \
    X(REDRAW, "redraw", N_("draw the screen afresh"), N_("redraw"))                                \
    X(SUSPEND, "suspend", N_("go back to the shell for a while (fg returns)"), N_("suspend"))      \
    X(QUIT, "quit", N_("leave the program; a running call can be resumed"), N_("quit"))            \
    /* lists and pages */                                                                          \
    X(UP, "up", N_("one up"), N_("up"))                                                            \
    X(DOWN, "down", N_("one down"), N_("down"))                                                    \
    X(PAGE_UP, "page-up", N_("a page up"), N_("back"))                                             \
    X(PAGE_DOWN, "page-down", N_("a page down"), N_("on"))                                         \
    X(FIRST, "first", N_("to the beginning"), N_("first"))                                         \
    X(LAST, "last", N_("to the end"), N_("last"))                                                  \
    X(CHOOSE, "choose", N_("choose what is marked"), N_("choose"))                                 \
    X(LEAVE, "leave", N_("back to where you came from"), N_("back"))                               \
    /* typing */                                                                                   \
    X(SEND, "send", N_("say it"), N_("say it"))                                                    \
    X(ACCEPT, "accept", N_("take it"), N_("go on"))                                                \
    X(CHAR_LEFT, "char-left", N_("a character left"), "")                                          \
    X(CHAR_RIGHT, "char-right", N_("a character right"), "")                                       \
    X(WORD_LEFT, "word-left", N_("a word left"), "")                                               \
    X(WORD_RIGHT, "word-right", N_("a word right"), "")                                            \
    X(LINE_START, "line-start", N_("to the start of the text"), "")                                \
    X(LINE_END, "line-end", N_("to the end of the text"), "")                                      \
    X(DELETE_LEFT, "delete-left", N_("delete the character before"), "")                           \
    X(DELETE_RIGHT, "delete-right", N_("delete the character under"), "")                          \
    X(DELETE_WORD, "delete-word", N_("delete the word before"), "")                                \
    X(KILL_END, "kill-end", N_("cut to the end"), "")                                              \
    X(KILL_START, "kill-start", N_("cut to the start"), "")                                        \
    X(YANK, "yank", N_("put back what was cut"), "")                                               \
    X(UNDO, "undo", N_("undo"), N_("undo"))                                                        \
    X(REDO, "redo", N_("redo"), N_("redo"))                                                        \
    X(OLDER, "older", N_("what you said before"), "")                                              \
    X(NEWER, "newer", N_("what you said after that"), "")                                          \
    /* home */                                                                                     \
    X(NEXT_TAB, "next-tab", N_("next of practise, review, author"), N_("next page"))               \
    X(PREVIOUS_TAB, "previous-tab", N_("previous of practise, review, author"), "")                \
    X(MODE, "mode",                                                                                \
      N_("how to practise: learn, practise, drill, exam, two seats, find the faults"), N_("mode")) \
    X(CALL_LANGUAGE, "call-language", N_("language of the call: as the screen, 中文, English"),    \
      N_("call in"))                                                                               \
    X(CLEAR, "clear", N_("clear the search, or leave"), N_("leave"))                               \
    X(DISCARD, "discard", N_("end the unfinished call that is marked"), N_("end it"))              \
    /* a call */                                                                                   \
    X(PICK, "pick", N_("give the reply of that number"), N_("reply"))                              \
    X(GIVE, "give", N_("give the marked reply"), N_("give it"))                                    \
    X(TYPE, "type", N_("choose from the list, or type your own words"), N_("list/type"))           \
    X(HOLD, "hold", N_("put the customer on hold, and take him back"), N_("hold"))                 \
    X(HANG_UP, "hang-up", N_("hang up"), N_("hang up"))                                            \
    X(GUIDE, "guide", N_("customer card; the thinking guide in learn mode"), N_("card"))           \
    X(KNOWLEDGE, "knowledge", N_("the knowledge base"), N_("knowledge"))                           \
    X(TICKET, "ticket", N_("the ticket"), N_("ticket"))                                            \
    X(ACTIONS, "actions", N_("what can be done at the desk, and the account"), N_("actions"))      \
    X(NOTES, "notes", N_("your notes"), N_("notes"))                                               \
    X(HANDOVER, "handover", N_("hand the call on to the second line"), N_("hand on"))              \
    X(CLOCKS, "clocks", N_("the clocks of the call and of the case"), N_("clocks"))                \
    X(MOOD, "mood", N_("say how the customer feels, or take a breath"), N_("feelings"))            \
    X(HINT, "hint", N_("a hint; its price is shown first (learn)"), N_("hint"))                    \
    X(TAKE_BACK, "take-back", N_("take the last reply back (learn)"), N_("take back"))             \
    X(SURE, "sure", N_("how sure you are of the next reply: not, rather, quite"), N_("sure"))      \
    X(LATER, "later", N_("let time pass in the case"), N_("later"))                                \
    X(DONE, "done", N_("the work after the call is done"), N_("done"))                             \
    X(PICK_VALUE, "pick-value", N_("the value of that number"), N_("value"))                       \
    X(NEXT_VALUE, "next-value", N_("the next value"), "")                                          \
    X(PREVIOUS_VALUE, "previous-value", N_("the value before"), "")                                \
    X(SCROLL_UP, "scroll-up", N_("scroll the conversation up"), "")                                \
    X(SCROLL_DOWN, "scroll-down", N_("scroll the conversation down"), "")                          \
    X(PAUSE_CALL, "pause-call", N_("leave the call; it can be resumed"), N_("leave"))              \
    X(YES, "yes", N_("yes"), N_("yes"))                                                            \
    X(NO, "no", N_("no"), N_("no"))                                                                \
    /* two seats */                                                                                \
    X(TAKE_SEAT, "take-seat", N_("take the keyboard"), N_("take it"))                              \
    X(NOBODY, "nobody-speaks", N_("nobody has spoken for too long: the customer speaks up"),       \
      N_("nobody speaks"))                                                                         \
    /* find the faults */                                                                          \
    X(MARK, "mark", N_("mark the turn as faulty, or take the mark off"), N_("mark"))               \
    X(REWRITE, "rewrite", N_("say the turn better"), N_("say better"))                             \
    X(HAND_IN, "hand-in", N_("hand it in"), N_("hand in"))                                         \
    /* result */                                                                                   \
    X(SAVE, "save", N_("save the receipt as text"), N_("save"))                                    \
    X(PRINT, "print", N_("print the receipt"), N_("print"))                                        \
    X(AGAIN, "again", N_("play the same call again"), N_("again"))                                 \
    X(WATCH, "watch", N_("replay this call"), N_("replay"))                                        \
    X(NEXT_POINT, "next-point", N_("next point that lost marks"), N_("next loss"))                 \
    /* replay */                                                                                   \
    X(PLAY, "play", N_("play or pause"), N_("play/pause"))                                         \
    X(STEP_ON, "step-on", N_("one turn on"), N_("step"))                                           \
    X(STEP_BACK, "step-back", N_("one turn back"), "")                                             \
    X(FASTER, "faster", N_("faster, up to 16 times"), N_("speed"))                                 \
    X(SLOWER, "slower", N_("slower, down to half"), "")                                            \
    X(NEXT_STAGE, "next-stage", N_("to the next stage"), N_("stage"))                              \
    X(PREVIOUS_STAGE, "previous-stage", N_("to the stage before"), "")                             \
    X(GO_TO, "go-to", N_("go to a row by its number"), N_("row"))                                  \
    X(MARKS, "marks", N_("show or hide the marks"), N_("marks"))                                   \
    X(RECEIPT, "receipt", N_("the receipt of this call"), N_("receipt"))

enum action {
#define X(name, word, help, label) DO_##name,
    ACTIONS(X)
#undef X
        DO_COUNT
};

const char *action_word(enum action action);
const char *action_help(enum action action);  /* translated */
const char *action_label(enum action action); /* translated; "" when it has none */

struct binding {
    uint32_t key;
    uint32_t last; /* a range of characters, key to last; 0: just `key` */
    enum action action;
};

struct keymap {
    const char *title; /* of the mode, for the help page; N_() */
    const struct keymap *parent;
    const struct binding *bindings; /* the first key of an action is the one footers show */
    size_t count;
    const enum action *footer; /* what the footer shows, in order; DO_NONE ends */
    bool typing;               /* characters without a binding are text */
};

extern const struct keymap keymap_global;   /* the root: help, language, quit, … */
extern const struct keymap keymap_list;     /* lists and pages */
extern const struct keymap keymap_editor;   /* a line editor */
extern const struct keymap keymap_question; /* yes or no */

/* The action of a key in this mode or its parents, or DO_NONE. */
enum action keymap_action(const struct keymap *keymap, uint32_t key);

/* All keys of an action in this mode, "F1, ?" ; false when it has none. */
bool keymap_keys(const struct keymap *keymap, enum action action, struct buffer *out);
/* The first of them only. */
bool keymap_key(const struct keymap *keymap, enum action action, struct buffer *out);

/* A table put together for one call: the bindings of `mode`, then those of `more`, each as far as
 * `offered` says that its action is there. Its parent is the mode's. */
#define KEYMAP_BINDINGS 80
#define KEYMAP_FOOTER 24
struct keymap_made {
    struct keymap keymap;
    struct binding bindings[KEYMAP_BINDINGS];
    enum action footer[KEYMAP_FOOTER];
};
const struct keymap *keymap_make(struct keymap_made *made, const struct keymap *mode,
                                 const struct binding *more, size_t count,
                                 bool (*offered)(const void *user, enum action action),
                                 const void *user);

#endif
