/* Growable bytes, always followed by a NUL that does not count. Start one with `= {0}`. */
#ifndef ITR_BASE_BUFFER_H
#define ITR_BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
    char *bytes; /* NULL until something was added */
    size_t length;
    size_t capacity;
};

void buffer_free(struct buffer *buffer);  /* releases and empties it */
void buffer_clear(struct buffer *buffer); /* empties it and keeps the room */
const char *
buffer_text(const struct buffer *buffer);    /* NUL-terminated, "" when empty; never NULL */
char *buffer_release(struct buffer *buffer); /* hands the bytes over; caller frees */

void buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_byte(struct buffer *buffer, char byte);
void buffer_add_codepoint(struct buffer *buffer, uint32_t codepoint); /* as UTF-8 */
void buffer_add_repeated(struct buffer *buffer, char byte, size_t count);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments);

#endif
