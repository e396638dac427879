/* Memory that is never NULL.
 *
 * Running out of memory is no error that a caller could mend, so it is not reported by every
 * function: the one handler that main sets restores the terminal, says one sentence and leaves
 * with status 3. Bad *input* is always an error returned (base/error.h), never a reason to stop. */
#ifndef ITR_BASE_MEMORY_H
#define ITR_BASE_MEMORY_H

#include <stddef.h>

/* Sets what happens when memory runs out. The handler must not return; if it does, or if none was
 * set, the process ends with status 3. */
void memory_on_exhausted(void (*handler)(void));

/* The handler's entry, for libraries that report exhaustion in their own way. Does not return. */
_Noreturn void memory_exhausted(void);

/* `size` zeroed bytes; the caller frees them with free(). */
void *memory_new(size_t size);

/* `block` resized to `size` bytes (new bytes are not zeroed); the old pointer is gone. */
void *memory_resize(void *block, size_t size);

/* Makes room for at least `needed` items of `item` bytes in the array `block`, growing *capacity
 * (in items) at least by half each time. Returns the array, moved if need be. */
void *memory_reserve(void *block, size_t *capacity, size_t needed, size_t item);

/* Copy of a NUL-terminated text, or of `length` bytes with a NUL put behind; freed with free(). */
char *memory_text(const char *text);
char *memory_text_of(const char *bytes, size_t length);

/* An arena: many small pieces with one life. Pieces are zeroed and aligned for any type. */
struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is fine */
void *arena_take(struct arena *arena, size_t size);
void *arena_take_unset(struct arena *arena, size_t size); /* not zeroed, for large pieces */
char *arena_text(struct arena *arena, const char *text);
char *arena_text_of(struct arena *arena, const char *bytes, size_t length);
size_t arena_size(const struct arena *arena); /* bytes taken from the system so far */

#endif
