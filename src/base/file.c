#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/message.h"

#define READ_STEP ((size_t)64 << 10)

static bool too_large(struct error *error, const char *path, size_t limit) {
    return error_set(error, _("%s is larger than %zu bytes, the most that is read"), path, limit);
}

/* Reads to the end in `out`, one byte beyond the limit at most. */
static bool read_all(int descriptor, const char *name, size_t limit, struct buffer *out,
                     struct error *error) {
    for (;;) {
        size_t step = limit - out->length < READ_STEP ? limit - out->length + 1 : READ_STEP;
        ssize_t got;

        out->bytes = memory_reserve(out->bytes, &out->capacity, out->length + step + 1, 1);
        got = read(descriptor, out->bytes + out->length, step);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_system(error, errno, _("cannot read %s"), name);
        out->length += (size_t)got;
        out->bytes[out->length] = '\0';
        if (out->length > limit)
            return too_large(error, name, limit);
        if (got == 0)
            return true;
    }
}

static bool read_regular(int descriptor, const char *path, size_t limit, struct buffer *out,
                         struct error *error) {
    struct stat status;

    if (fstat(descriptor, &status) < 0)
        return error_set_system(error, errno, _("cannot read %s"), path);
    if (!S_ISREG(status.st_mode))
        return error_set(error, _("%s is not a regular file"), path);
    if (status.st_size > 0 && (size_t)status.st_size > limit)
        return too_large(error, path, limit);
    out->bytes = memory_reserve(out->bytes, &out->capacity, (size_t)status.st_size + 2, 1);
    return read_all(descriptor, path, limit, out, error);
}

bool file_read(const char *path, size_t limit, struct buffer *out, struct error *error) {
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    bool done;

    buffer_clear(out);
    if (descriptor < 0)
        return error_set_system(error, errno, _("cannot open %s"), path);
    done = read_regular(descriptor, path, limit, out, error);
    close(descriptor);
    return done;
}

bool file_read_from(int descriptor, size_t limit, struct buffer *out, struct error *error) {
    buffer_clear(out);
    return read_all(descriptor, _("the standard input"), limit, out, error);
}

bool file_write(int descriptor, const void *bytes, size_t length, struct error *error) {
    const char *at = bytes;

    while (length > 0) {
        ssize_t written = write(descriptor, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return error_set_system(error, errno, _("cannot write"));
        at += written;
        length -= (size_t)written;
    }
    return true;
}

/* The folder part of a path: "." when there is none. The caller frees it. */
static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');

    if (!slash)
        return memory_text(".");
    return memory_text_of(path, slash == path ? 1 : (size_t)(slash - path));
}

bool file_sync_folder(const char *path, struct error *error) {
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failure = 0;

    if (descriptor < 0)
        return error_set_system(error, errno, _("cannot open the folder %s"), path);
    /* EINVAL: this file system has nothing to sync for a folder. */
    if (fsync(descriptor) < 0 && errno != EINVAL)
        failure = errno;
    close(descriptor);
    return failure ? error_set_system(error, failure, _("cannot write the folder %s"), path) : true;
}

/* Opens a new file in `folder` under a name that nobody has; the name is left in `temporary`. */
static int open_temporary(const char *folder, mode_t mode, struct buffer *temporary) {
    struct timespec now;
    uint64_t state;
    int descriptor;

    clock_gettime(CLOCK_REALTIME, &now);
    state = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 30 ^ (uint64_t)getpid() << 44;
    for (int attempt = 0; attempt < 100; attempt++) {
        char name[40];
        snprintf(name, sizeof name, ".itr-%016llx.tmp", (unsigned long long)hash_random(&state));
        buffer_clear(temporary);
        file_join(temporary, folder, name);
        descriptor = open(buffer_text(temporary),
                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
    return -1;
}

/* Writes the bytes to the disk; the descriptor is closed in any case. */
static bool fill(int descriptor, const void *bytes, size_t length, struct error *error) {
    bool done = file_write(descriptor, bytes, length, error);

    if (done && fdatasync(descriptor) < 0)
        done = error_set_system(error, errno, _("cannot write"));
    if (close(descriptor) < 0 && done)
        done = error_set_system(error, errno, _("cannot write"));
    return done;
}

static bool replace_in(const char *folder, const char *path, const void *bytes, size_t length,
                       struct error *error) {
    struct buffer temporary = {0};
    struct stat status;
    bool exists = stat(path, &status) == 0;
    struct error cause = {0};
    int descriptor = open_temporary(folder, 0666, &temporary);
    bool done;

    if (descriptor < 0) {
        error_set_system(error, errno, _("cannot write %s"), path);
        buffer_free(&temporary);
        return false;
    }
    if (exists && fchmod(descriptor, status.st_mode & 07777) < 0)
        exists = false; /* a file system without modes: the file is replaced all the same */
    done = fill(descriptor, bytes, length, &cause);
    if (!done) {
        error_set(error, "%s: %s", path, cause.text);
        if (error)
            error->system = cause.system;
    } else if (rename(buffer_text(&temporary), path) < 0) {
        done = error_set_system(error, errno, _("cannot write %s"), path);
    }
    if (!done)
        unlink(buffer_text(&temporary));
    buffer_free(&temporary);
    return done && file_sync_folder(folder, error);
}

bool file_replace(const char *path, const void *bytes, size_t length, struct error *error) {
    struct stat status;
    char *target = NULL, *folder;
    bool done;

    /* A link stays a link: what it points to is replaced. */
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode))
        target = realpath(path, NULL);
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
        free(target);
        return error_set(error, _("%s is not a regular file"), path);
    }
    folder = folder_of(target ? target : path);
    done = replace_in(folder, target ? target : path, bytes, length, error);
    free(folder);
    free(target);
    return done;
}

static bool make_one(const char *path, struct error *error) {
    struct stat status;
    int failure;

    if (mkdir(path, 0777) == 0)
        return true;
    failure = errno;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    if (failure == EEXIST)
        return error_set(error, _("%s is not a folder; move it away or name another place"), path);
    return error_set_system(error, failure, _("cannot make the folder %s"), path);
}

bool file_make_folder(const char *path, struct error *error) {
    char *partial = memory_text(path);
    bool done = true;

    for (char *slash = partial[0] ? strchr(partial + 1, '/') : NULL; slash && done;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        done = make_one(partial, error);
        *slash = '/';
    }
    free(partial);
    return done && make_one(path, error);
}

bool file_exists(const char *path) {
    struct stat status;

    return stat(path, &status) == 0;
}

void file_join(struct buffer *out, const char *folder, const char *name) {
    buffer_add_text(out, folder);
    if (folder[0] && folder[strlen(folder) - 1] != '/')
        buffer_add_byte(out, '/');
    buffer_add_text(out, name);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool file_list(const char *folder, char ***names, size_t *count, struct error *error) {
    DIR *stream = opendir(folder);
    size_t capacity = 0;
    struct dirent *entry;
    int failure;

    *names = NULL;
    *count = 0;
    if (!stream)
        return errno == ENOENT
                   ? true
                   : error_set_system(error, errno, _("cannot list the folder %s"), folder);
    while (errno = 0, (entry = readdir(stream))) {
        if (entry->d_name[0] == '.')
            continue;
        *names = memory_reserve(*names, &capacity, *count + 1, sizeof **names);
        (*names)[(*count)++] = memory_text(entry->d_name);
    }
    failure = errno;
    closedir(stream);
    if (*count > 1)
        qsort(*names, *count, sizeof **names, compare_names);
    if (!failure)
        return true;
    file_list_free(*names, *count);
    *names = NULL;
    *count = 0;
    return error_set_system(error, failure, _("cannot list the folder %s"), folder);
}

void file_list_free(char **names, size_t count) {
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}
