/* Files and folders, written so that nothing is lost. */
#ifndef ITR_BASE_FILE_H
#define ITR_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Reads a whole regular file into `out` (cleared first). Never blocks on a FIFO or device: those
 * are refused, and so is a file over `limit` bytes. */
bool file_read(const char *path, size_t limit, struct buffer *out, struct error *error);

/* Reads all of a descriptor (standard input) up to `limit` bytes. */
bool file_read_from(int descriptor, size_t limit, struct buffer *out, struct error *error);

/* Replaces `path` by `bytes` so that after a power cut the old or the new file stands there, whole:
 * temp file beside it, fdatasync, rename, fsync of the folder. The temp file is removed on failure.
 */
bool file_replace(const char *path, const void *bytes, size_t length, struct error *error);

/* write(2) until all is written; a short write is gone on with, EINTR too. */
bool file_write(int descriptor, const void *bytes, size_t length, struct error *error);

/* Makes a folder and its parents (mode 0777 less umask). That it exists already is fine. */
bool file_make_folder(const char *path, struct error *error);

/* fsync of a folder, so that a new name in it survives a power cut. */
bool file_sync_folder(const char *path, struct error *error);

bool file_exists(const char *path);

/* "folder/name" into `out`, without a double slash. */
void file_join(struct buffer *out, const char *folder, const char *name);

/* Sorted names (strcmp) in a folder, dot names left out; *count is set. Free each and the array.
 * NULL with *count 0 and true when the folder does not exist. */
bool file_list(const char *folder, char ***names, size_t *count, struct error *error);
void file_list_free(char **names, size_t count);

#endif
