/* What was said so far, as the call and replay screens show it: a transcript that scrolls, in which
 * the customer's newest words appear as in speech. */
#ifndef ITR_UI_CONVERSATION_H
#define ITR_UI_CONVERSATION_H

#include "draw.h"
#include "record/record.h"

enum said_by {
    SAID_CUSTOMER,
    SAID_SECOND_LINE,
    SAID_TRAINEE,
    SAID_OWN_NOTE, /* what the trainee wrote down */
    SAID_NOTE,     /* what happened: on hold, skipped, resumed */
    SAID_GAIN,     /* a mark earned */
    SAID_LOSS,     /* a mark lost, or not earned */
    SAID_MISS,     /* what a typed reply could have shown here and did not, with an example */
    SAID_SEEN,     /* what a typed reply showed that no mark hangs on */
};

#define TURN_SPANS 16

struct turn {
    enum said_by by;
    int64_t t_ms;
    char *text;
    size_t length;
    struct span spans[TURN_SPANS]; /* evidence in the text */
    enum role roles[TURN_SPANS];   /* what it was worth */
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

/* Who hears what. */
struct hearing {
    const struct scenario *scenario;
    const struct call *call; /* after the event; NULL while it opens */
    enum language language;  /* of the call */
    bool marks;              /* tell what was earned and lost, and by which words */
    bool two_seats;          /* the customer's lines are a cue for the person who plays him */
    bool cues;               /* … and are told as that */
};

/* Adds what an event did: the trainee's words, the customer's answers, notes; and with marks what
 * it earned and lost. */
void conversation_hear(struct conversation *conversation, const struct hearing *hearing,
                       const struct event *event, const struct call_outcome *outcome);

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
