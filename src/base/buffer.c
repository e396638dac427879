#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

/* Room for `more` bytes and the NUL behind them. */
static char *make_room(struct buffer *buffer, size_t more) {
    size_t needed;

    if (__builtin_add_overflow(buffer->length, more, &needed) || ++needed == 0)
        memory_exhausted();
    if (needed > buffer->capacity) {
        size_t wanted = needed < 32 ? 32 : needed;
        if (wanted < buffer->capacity * 2)
            wanted = buffer->capacity * 2;
        buffer->bytes = memory_reserve(buffer->bytes, &buffer->capacity, wanted, 1);
    }
    return buffer->bytes + buffer->length;
}

static void grow(struct buffer *buffer, size_t length) {
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_free(struct buffer *buffer) {
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}

void buffer_clear(struct buffer *buffer) {
    buffer->length = 0;
    if (buffer->bytes)
        buffer->bytes[0] = '\0';
}

const char *buffer_text(const struct buffer *buffer) {
    return buffer->bytes ? buffer->bytes : "";
}

char *buffer_release(struct buffer *buffer) {
    char *bytes = buffer->bytes ? buffer->bytes : memory_new(1);

    *buffer = (struct buffer){0};
    return bytes;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t length) {
    char *end = make_room(buffer, length);

    if (length)
        memcpy(end, bytes, length);
    grow(buffer, length);
}

void buffer_add_text(struct buffer *buffer, const char *text) {
    buffer_add(buffer, text, strlen(text));
}

void buffer_add_byte(struct buffer *buffer, char byte) {
    *make_room(buffer, 1) = byte;
    grow(buffer, 1);
}

void buffer_add_codepoint(struct buffer *buffer, uint32_t codepoint) {
    grow(buffer, utf8_encode(codepoint, make_room(buffer, 4)));
}

void buffer_add_repeated(struct buffer *buffer, char byte, size_t count) {
    memset(make_room(buffer, count), byte, count);
    grow(buffer, count);
}

void buffer_printf(struct buffer *buffer, const char *format, ...) {
    va_list arguments;

    va_start(arguments, format);
    buffer_vprintf(buffer, format, arguments);
    va_end(arguments);
}

void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments) {
    va_list again;
    char *end = make_room(buffer, 64);
    size_t room = buffer->capacity - buffer->length;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(end, room, format, arguments);
    if (length >= 0 && (size_t)length >= room)
        vsnprintf(make_room(buffer, (size_t)length), (size_t)length + 1, format, again);
    va_end(again);
    grow(buffer, length > 0 ? (size_t)length : 0);
}
