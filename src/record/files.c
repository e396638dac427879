#include "record/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int record_open_file(const char *path, int flags, struct error *error) {
    struct stat about;
    int file = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        error_set_system(error, errno, _("can't open the record %s"), path);
        return -1;
    }
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode))
        return file;
    close(file);
    error_set(error, _("%s is no regular file, so it is no record"), path);
    return -1;
}

bool record_name_ends(const char *name, const char *suffix) {
    size_t length = strlen(name), tail = strlen(suffix);
    return length > tail && strcmp(name + length - tail, suffix) == 0;
}
