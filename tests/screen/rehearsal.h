/* What every test program of the screen begins with: one stage, set for each test and cleared after
 * it, and the things a test says again and again. Include it last. */
#ifndef ITR_TEST_REHEARSAL_H
#define ITR_TEST_REHEARSAL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stage.h"

extern struct stage stage;
#define window (&stage.window)

int rehearsal_set_up(void **state);
int rehearsal_tear_down(void **state);
#define TEST(name) cmocka_unit_test_setup_teardown(name, rehearsal_set_up, rehearsal_tear_down)

/* Waits until the text stands on the screen / is gone from it; fails the test with a picture of the
 * screen when that does not come about. */
void see(const char *text);
void see_gone(const char *text);

/* Is it on the screen now? */
bool seen(const char *text);

/* Chooses the listed reply that shows the text. */
void pick(const char *text);

/* The program ends by itself with this status, and the terminal is as it was. */
void ends_with(int status);

/* The record of the call holds this text. */
bool recorded(const char *text);

#endif
