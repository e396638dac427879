#include "record/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LOCK_NOTE ((off_t)1 << 40) /* above any record's length and any process id */

static struct flock wanted(void) {
    return (struct flock){.l_type = F_WRLCK,
                          .l_whence = SEEK_SET,
                          .l_start = 0,
                          .l_len = LOCK_NOTE + (off_t)getpid()};
}

enum lock_answer lock_ask(int file, long *holder) {
    struct flock lock = wanted();
    *holder = 0;
    if (fcntl(file, F_OFD_GETLK, &lock) != 0)
        return LOCK_IMPOSSIBLE;
    if (lock.l_type == F_UNLCK)
        return LOCK_FREE;
    if (lock.l_len > LOCK_NOTE)
        *holder = (long)(lock.l_len - LOCK_NOTE);
    return LOCK_HELD;
}

enum lock_answer lock_take(int file, long *holder) {
    struct flock lock = wanted();
    *holder = 0;
    if (fcntl(file, F_OFD_SETLK, &lock) == 0)
        return LOCK_TAKEN;
    if (errno != EAGAIN && errno != EACCES)
        return LOCK_IMPOSSIBLE;
    lock_ask(file, holder);
    return LOCK_HELD;
}
