/* What was said so far, as the call and replay screens show it: a transcript that scrolls, in which
 * the customer's newest words appear as in speech. */
#ifndef ITR_UI_CONVERSATION_H
#define ITR_UI_CONVERSATION_H

#include "draw.h"
#include "record/record.h"

enum said_by {
    SAID_CUSTOMER,
    SAID_TRAINEE,
    SAID_NOTE, /* what happened: on hold, skipped, resumed */
    SAID_GAIN, /* a mark earned */
    SAID_LOSS, /* a mark lost, or not earned */
};

struct turn {
    enum said_by by;
    int64_t t_ms;
    char *text;
    size_t length;
    struct span spans[FOUND_SPANS]; /* evidence in the text */
    size_t span_count;
    int rows; /* at the width last drawn */
};

struct conversation {
    struct turn *turns;
    size_t count, capacity;
    size_t shown;           /* turns to draw; the rest are to come (replay) */
    bool no_marks;          /* what was earned and lost is not drawn */
    int columns;            /* the width `rows` of the turns are for */
    int from_bottom;        /* rows scrolled up; 0: the newest is at the bottom */
    int page;               /* rows of the area last drawn */
    size_t spoken_to;       /* turns before this one are out */
    int64_t speaking_since; /* terminal time, or -1: nobody is speaking */
};

void conversation_start(struct conversation *conversation);
void conversation_free(struct conversation *conversation);

/* Adds a turn (text is copied) and scrolls to it. */
struct turn *conversation_add(struct conversation *conversation, enum said_by by, int64_t t_ms,
                              const char *text, size_t length);

/* Adds what an event did: the trainee's words, the customer's answers, notes; and with `marks` what
 * it earned and lost. `language`: of the call. */
void conversation_hear(struct conversation *conversation, const struct scenario *scenario,
                       enum language language, const struct event *event,
                       const struct call_outcome *outcome, bool marks);

/* Lets the newest words appear from now on / at once. conversation_speaking: is something still
 * appearing? */
void conversation_speak(struct conversation *conversation, int64_t now_ms);
void conversation_hush(struct conversation *conversation);
bool conversation_speaking(const struct conversation *conversation, int64_t now_ms);

void conversation_scroll(struct conversation *conversation, int rows); /* up is positive */
/* Rows of an area of so many columns from the customer's last words to the end. */
int conversation_tail(struct conversation *conversation, int columns);
void conversation_draw(struct conversation *conversation, struct area area, int64_t now_ms);

#endif
