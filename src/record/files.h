/* How this room opens and names files. Within the record room. */
#ifndef ITR_RECORD_FILES_H
#define ITR_RECORD_FILES_H

#include "base/base.h"

/* Opens a regular file (`flags`: O_RDONLY or O_RDWR|O_APPEND). Never follows a link and never waits
 * on a FIFO or device that somebody put in the folder. -1 on error. */
int record_open_file(const char *path, int flags, struct error *error);

/* Does a name end so, with something before it? */
bool record_name_ends(const char *name, const char *suffix);

#endif
