/* The program on a stage: a data folder of its own, a window, a script, and what tests do there
 * again and again. Each test has one stage at a time. */
#ifndef ITR_TEST_STAGE_H
#define ITR_TEST_STAGE_H

#include "window.h"

struct stage {
    struct window window;
    char data[64]; /* removed with all in it by stage_clear */
};

/* Fresh and empty; the program is $ITR_PROGRAM, the source $ITR_SOURCE. */
void stage_set(struct stage *stage);
void stage_clear(struct stage *stage); /* ends the program, removes the data */

/* How to start it: arguments after the program's name, NULL-terminated; `environment`, likewise,
 * instead of TERM=xterm-256color LANG=C.UTF-8 when not NULL. ITR_DATA and HOME are added. */
void stage_start(struct stage *stage, int rows, int columns, const char *const *arguments,
                 const char *const *environment);
/* `play SCRIPT --trainee t1 --seed 1 --lang LANGUAGE --mode MODE` with a script of
 * tests/screen/scripts; stage_play in practise mode. */
void stage_play_as(struct stage *stage, int rows, int columns, const char *script,
                   const char *language, const char *mode);
void stage_play(struct stage *stage, int rows, int columns, const char *script,
                const char *language);
void stage_end(struct stage *stage); /* closes the window only */

/* Chooses the listed reply that shows `text`, by its number. */
bool stage_pick(struct stage *stage, const char *text);

/* The first file under the data folder whose name ends so; valid until the next call; NULL: none.
 */
const char *stage_file(struct stage *stage, const char *ending);
/* Does it hold this text? */
bool stage_file_holds(struct stage *stage, const char *ending, const char *text);

const char *stage_script(const char *name); /* its path; valid until the next call */

int stage_count(int few, int many); /* many with ITR_LONG=1 */

#endif
