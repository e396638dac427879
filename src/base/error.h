/* One error: a sentence for the user that says what is wrong and what to do, in a buffer the caller
 * owns. Functions that can fail take `struct error *` last and return false, NULL or a negative
 * number; on success they leave it alone. Only main and the screens print it. */
#ifndef ITR_BASE_ERROR_H
#define ITR_BASE_ERROR_H

#include <stdbool.h>

struct error {
    int system;     /* errno behind it, or 0 */
    char text[768]; /* UTF-8, one line, cut at a character when too long */
};

/* Fills *error (NULL is fine) and returns false, so that `return error_set(...)` reads well. */
bool error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same with the reason of the system for `system` (an errno) appended after a colon. */
bool error_set_system(struct error *error, int system, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
