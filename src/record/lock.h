/* Who holds a record: one lock, and a note in it of the process that took it. Within the room.
 *
 * The lock is an open-file-description lock on the bytes [0, LOCK_NOTE + pid). All start at 0, so
 * any two are in each other's way; the length is the note: whoever is refused reads from it which
 * process to look for. Unlike a lock file it can't be left behind; unlike a plain fcntl lock it
 * isn't lost when the process closes another descriptor of the file; and asking who holds it takes
 * nothing. */
#ifndef ITR_RECORD_LOCK_H
#define ITR_RECORD_LOCK_H

#include "base/base.h"

enum lock_answer { LOCK_TAKEN, LOCK_FREE, LOCK_HELD, LOCK_IMPOSSIBLE };

/* Takes it without waiting: TAKEN, HELD (with the holder's process id, 0 if it can't be told) or
 * IMPOSSIBLE (the file system has no locks; errno says why). */
enum lock_answer lock_take(int file, long *holder);

/* Only asks: FREE, HELD or IMPOSSIBLE. */
enum lock_answer lock_ask(int file, long *holder);

#endif
