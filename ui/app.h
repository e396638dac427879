/* The full-screen program: ui's one header for the commands.
 *
 * main has called message_start and chosen a language with message_use before. */
#ifndef ITR_UI_APP_H
#define ITR_UI_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "call/call.h"

enum app_wish {
    APP_HOME,
    APP_PLAY,   /* `file` is a script */
    APP_REPLAY, /* `file` is a record */
    APP_FAULTS, /* `file` is a script, to find the faults of a call made from it */
};

struct app_start {
    enum app_wish wish;
    const char *file;
    const char *data;       /* the data folder */
    const char *scenarios;  /* folder of the scripts that home lists */
    const char *behaviours; /* folder of the behaviour packs */
    const char *trainee;    /* NULL: from the settings, asked when there is none */
    int language;           /* of the screen: enum language, or -1 for settings or locale */
    int call_language;      /* of calls: enum language, or -1: that of the screen */
    enum mode mode;
    bool has_seed;
    uint64_t seed;
    bool no_sync;
    uint32_t seats; /* 2: the call of APP_PLAY has two */
    double speed; /* of a replay, 0.5 to 16; 0: as it was */
    uint32_t row; /* of the record, at which a replay begins; 0: the first */
};

/* Runs until the user leaves. 0; 2 with a sentence on standard error when the terminal is not fit
 * for it; 3 when the data or the script can't be used, or the line dropped. The terminal is as it
 * was. */
int app_run(const struct app_start *start);

/* The terminal as it was, at once: for a program that must end here (out of memory).
 * Async-signal-safe; nothing happens where no screen is open. */
void app_restore_terminal(void);

#endif
