#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* Copies `text` into the error as one line, cut where a character ends. */
static void keep(struct error *error, const char *text) {
    size_t length = strlen(text), kept = 0, step;
    uint32_t codepoint;

    while (kept < length) {
        step = utf8_decode(text + kept, length - kept, &codepoint);
        if (kept + step >= sizeof error->text)
            break;
        kept += step;
    }
    memcpy(error->text, text, kept);
    error->text[kept] = '\0';
    for (char *byte = error->text; *byte; byte++)
        if (*byte == '\n' || *byte == '\r' || *byte == '\t')
            *byte = ' ';
}

/* The sentence is made beside the error, since an argument may be the error's own old text. */
bool error_set(struct error *error, const char *format, ...) {
    char text[2 * sizeof error->text];
    va_list arguments;

    if (!error)
        return false;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    error->system = 0;
    keep(error, text);
    return false;
}

bool error_set_system(struct error *error, int system, const char *format, ...) {
    char text[2 * sizeof error->text], reason[128];
    va_list arguments;
    int length;

    if (!error)
        return false;
    va_start(arguments, format);
    length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length < sizeof text)
        snprintf(text + length, sizeof text - (size_t)length, ": %s",
                 strerror_r(system, reason, sizeof reason));
    error->system = system;
    keep(error, text);
    return false;
}
