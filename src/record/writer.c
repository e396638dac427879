/* Writing a record: a row is one write and one fdatasync, and whatever fails, what stands in the
 * file is whole rows.
 *
 * A record is born under a dot name, locked, with its header on disk, and then given its .open
 * name: so no other process ever meets an .open file that is empty or not held by its writer. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "record/files.h"
#include "record/lock.h"
#include "record/rows.h"

#define NAME_TRIES 100

struct record_writer {
    int file;
    char *folder, *path; /* path: FOLDER/NAME.open, or .csv once renamed */
    uint32_t row;        /* number of the last whole row */
    size_t bytes;        /* length of the file up to its end */
    char sum[RECORD_SUM];
    bool no_sync;
    bool torn;    /* part of a row stands behind `bytes`: cut before anything is written */
    bool dead;    /* the disk failed to keep what it had taken: nothing more is written here */
    bool closed;  /* a closing row was written: nothing may follow it */
    bool renamed; /* only the folder is still to be synced */
    struct row_writer line;
};

/* ---- names ---- */

/* "2026-01-31" and "083000" of a UTC time. */
static void day_and_time(int64_t utc_s, char day[32], char clock[32]) {
    struct tm parts;
    time_t seconds = (time_t)utc_s;
    if (!gmtime_r(&seconds, &parts))
        memset(&parts, 0, sizeof parts);
    strftime(day, 32, "%Y-%m-%d", &parts);
    strftime(clock, 32, "%H%M%S", &parts);
}

/* FOLDER/PREFIX + NAME + SUFFIX, to be freed. */
static char *path_of(const char *folder, const char *prefix, const char *name, const char *suffix) {
    struct buffer path = {0};
    file_join(&path, folder, prefix);
    buffer_add_text(&path, name);
    buffer_add_text(&path, suffix);
    return buffer_release(&path);
}

/* HHMMSS-SCENARIO-XXXX. The four signs only keep names apart; no part of a call depends on them. */
static void make_name(struct buffer *name, const char *clock, const char *scenario_id) {
    static const char signs[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    uint32_t chance[4] = {0};
    if (getrandom(chance, sizeof chance, GRND_NONBLOCK) != sizeof chance) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        uint64_t state = (uint64_t)now.tv_nsec ^ (uint64_t)getpid() << 32;
        for (size_t i = 0; i < 4; i++)
            chance[i] = (uint32_t)hash_random(&state);
    }
    buffer_clear(name);
    buffer_printf(name, "%s-%.64s-", clock, scenario_id);
    for (size_t i = 0; i < 4; i++)
        buffer_add_byte(name, signs[chance[i] % (sizeof signs - 1)]);
}

/* ---- creating ---- */

static struct record_writer *writer_new(int file, const char *folder, const char *path,
                                        bool no_sync) {
    struct record_writer *writer = memory_new(sizeof *writer);
    writer->file = file;
    writer->folder = memory_text(folder);
    writer->path = memory_text(path);
    writer->no_sync = no_sync;
    return writer;
}

static void writer_free(struct record_writer *writer) {
    if (writer->file >= 0)
        close(writer->file);
    row_writer_free(&writer->line);
    free(writer->folder);
    free(writer->path);
    free(writer);
}

static bool sync_file(int file) {
    while (fdatasync(file) != 0)
        if (errno != EINTR)
            return false;
    return true;
}

/* A network or user-space file system may say it took bytes that it did not keep. */
static bool has_length(int file, size_t length) {
    struct stat about;
    return fstat(file, &about) == 0 && (size_t)about.st_size == length;
}

static bool hold(int file, const char *path, struct error *error) {
    long holder;
    switch (lock_take(file, &holder)) {
    case LOCK_TAKEN:
        return true;
    case LOCK_HELD:
        if (holder)
            return error_set(error,
                             _("%s is being played in another window (process %ld): go on there, "
                               "or end that process first"),
                             path, holder);
        return error_set(error, _("%s is held by another program: close it there first"), path);
    default:
        return error_set_system(error, errno,
                                _("%s can't be locked against a second window; choose a data "
                                  "folder on a disk that has locks"),
                                path);
    }
}

/* Moves FROM to TO without ever replacing a file there: false with errno EEXIST when there is one.
 */
static bool move_new(const char *from, const char *to) {
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    return link(from, to) == 0 && unlink(from) == 0;
}

static bool write_header(int file, bool no_sync, const char *path, struct error *error) {
    if (!file_write(file, RECORD_HEADER, RECORD_HEADER_LENGTH, error))
        return false;
    if (!has_length(file, RECORD_HEADER_LENGTH))
        return error_set_system(error, EIO, _("can't write the record %s"), path);
    if (!no_sync && !sync_file(file))
        return error_set_system(error, errno, _("can't keep the record %s on disk"), path);
    return true;
}

/* One try with one name. False with errno EEXIST when the name is taken. */
static struct record_writer *create_named(const char *folder, const char *name, bool no_sync,
                                          struct error *error) {
    char *birth = path_of(folder, ".", name, ".new"), *path = path_of(folder, "", name, ".open");
    char *closed = path_of(folder, "", name, ".csv");
    struct record_writer *writer = NULL;
    int reason = 0;
    int file = open(birth, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file < 0) {
        reason = errno;
        error_set_system(error, errno, _("can't start a record in %s"), folder);
    } else if (hold(file, birth, error) && write_header(file, no_sync, birth, error)) {
        errno = 0;
        /* Names are given up one way only, .new to .open to .csv: after the move the look at .csv
         * sees every record that bore this name before. */
        if (!move_new(birth, path))
            reason = errno;
        else if (file_exists(closed))
            reason = unlink(path) == 0 ? EEXIST : errno;
        else
            writer = writer_new(file, folder, path, no_sync);
        if (reason)
            error_set_system(error, reason, _("can't name the record %s"), path);
    }
    if (file >= 0 && !writer) {
        unlink(birth);
        close(file);
    }
    free(birth);
    free(path);
    free(closed);
    errno = reason;
    return writer;
}

/* The new name, and those of the folders above it, must outlive a power cut too. */
static bool sync_folders(const char *data, const char *records, const char *day,
                         struct error *error) {
    return file_sync_folder(day, error) && file_sync_folder(records, error) &&
           file_sync_folder(data, error);
}

static struct record_writer *create_in(const char *folder, const char *clock,
                                       const char *scenario_id, bool no_sync, struct error *error) {
    struct buffer name = {0};
    struct record_writer *writer = NULL;
    errno = EEXIST;
    for (int i = 0; i < NAME_TRIES && !writer && errno == EEXIST; i++) {
        make_name(&name, clock, scenario_id);
        writer = create_named(folder, buffer_text(&name), no_sync, error);
    }
    buffer_free(&name);
    return writer;
}

struct record_writer *record_create(const char *data, const char *scenario_id, int64_t start_utc_s,
                                    bool no_sync, struct error *error) {
    char day[32], clock[32];
    struct buffer records = {0}, folder = {0};
    struct record_writer *writer = NULL;
    day_and_time(start_utc_s, day, clock);
    file_join(&records, data, "records");
    file_join(&folder, buffer_text(&records), day);
    if (strchr(scenario_id, '/'))
        error_set(error, _("\"%s\" is no scenario id"), scenario_id);
    else if (file_make_folder(buffer_text(&folder), error))
        writer = create_in(buffer_text(&folder), clock, scenario_id, no_sync, error);
    if (writer && !no_sync &&
        !sync_folders(data, buffer_text(&records), buffer_text(&folder), error)) {
        unlink(writer->path);
        writer_free(writer);
        writer = NULL;
    }
    if (writer) {
        writer->row = 1;
        writer->bytes = RECORD_HEADER_LENGTH;
    }
    buffer_free(&records);
    buffer_free(&folder);
    return writer;
}

/* ---- going on with one ---- */

/* Between opening the file and locking it its writer may have finished and renamed it. */
static bool still_named(int file, const char *path) {
    struct stat open_file, named;
    return fstat(file, &open_file) == 0 && lstat(path, &named) == 0 &&
           open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev;
}

static struct record *read_held(int file, const char *path, struct error *error) {
    struct buffer bytes = {0};
    struct record *record = NULL;
    if (!hold(file, path, error))
        return NULL;
    if (!still_named(file, path))
        error_set(error, _("%s was finished in another window a moment ago"), path);
    else if (file_read_from(file, RECORD_FILE_LIMIT, &bytes, error))
        record = record_parse(path, buffer_text(&bytes), bytes.length, error);
    buffer_free(&bytes);
    return record;
}

static bool may_go_on(const struct record *record, struct error *error) {
    if (record->state == RECORD_DAMAGED)
        return error_set(error, _("%s can't be gone on with: %s"), record->path, record->damage);
    if (record->count == 0)
        return error_set(error, _("%s holds no call yet: start a new one"), record->path);
    return true;
}

/* Cuts the torn tail off, and makes sure the cut is on disk before anything is written behind it.
 */
static bool repair(int file, struct record *record, bool *cut, struct error *error) {
    if (record->state != RECORD_TORN)
        return true;
    if (ftruncate(file, (off_t)record->good_bytes) != 0 || !sync_file(file))
        return error_set_system(error, errno, _("can't cut the torn last row off %s"),
                                record->path);
    record->state = RECORD_NOT_CLOSED;
    record->bytes = record->good_bytes;
    if (cut)
        *cut = true;
    return true;
}

static struct record_writer *writer_after(int file, const struct record *record) {
    const char *slash = strrchr(record->path, '/');
    char *folder =
        slash ? memory_text_of(record->path, (size_t)(slash + 1 - record->path)) : memory_text(".");
    struct record_writer *writer = writer_new(file, folder, record->path, false);
    free(folder);
    writer->row = (uint32_t)record->count + 1;
    writer->closed = record->state == RECORD_COMPLETE;
    writer->bytes = record->good_bytes;
    memcpy(writer->sum, record->head, sizeof writer->sum);
    return writer;
}

struct record_writer *record_reopen(const char *path, struct record **record, bool *cut,
                                    struct error *error) {
    *record = NULL;
    if (cut)
        *cut = false;
    if (!record_name_ends(path, ".open")) {
        error_set(error, _("%s is a finished record; a finished record is never written again"),
                  path);
        return NULL;
    }
    int file = record_open_file(path, O_RDWR | O_APPEND, error);
    if (file < 0)
        return NULL;
    *record = read_held(file, path, error);
    if (*record && may_go_on(*record, error) && repair(file, *record, cut, error))
        return writer_after(file, *record);
    record_free(*record);
    *record = NULL;
    close(file);
    return NULL;
}

/* ---- appending ---- */

/* Back to the last whole row. */
static bool cut_back(struct record_writer *writer) {
    while (ftruncate(writer->file, (off_t)writer->bytes) != 0)
        if (errno != EINTR)
            return false;
    writer->torn = false;
    return true;
}

/* Is the file still ours: not deleted, and as long as what was written? */
static bool is_ours(const struct record_writer *writer, struct error *error) {
    struct stat about;
    if (fstat(writer->file, &about) != 0)
        return error_set_system(error, errno, _("can't look at the record %s"), writer->path);
    if (about.st_nlink == 0)
        return error_set(error, _("the record %s was deleted while the call ran"), writer->path);
    if ((size_t)about.st_size != writer->bytes)
        return error_set(error, _("another program changed the record %s while the call ran"),
                         writer->path);
    return true;
}

static bool may_write(struct record_writer *writer, struct error *error) {
    if (writer->dead)
        return error_set(
            error,
            _("the disk failed to keep the record %s; leave the call and go on with it "
              "when the disk is mended"),
            writer->path);
    if (writer->closed)
        return error_set(error, _("the record %s is closed; nothing is ever written behind that"),
                         writer->path);
    if (writer->torn && !cut_back(writer))
        return error_set_system(error, errno, _("can't cut a half row off the record %s"),
                                writer->path);
    return is_ours(writer, error);
}

static bool put(struct record_writer *writer, const char *line, size_t length,
                struct error *error) {
    struct error why = {0};
    if (writer->bytes + length > RECORD_FILE_LIMIT)
        return error_set(error, _("the record %s is full"), writer->path);
    writer->torn = true;
    if (!file_write(writer->file, line, length, &why) ||
        !has_length(writer->file, writer->bytes + length)) {
        cut_back(writer);
        return error_set_system(error, why.system ? why.system : EIO,
                                _("this could not be recorded, so it does not count yet: make room "
                                  "on the disk and try again (%s)"),
                                writer->path);
    }
    if (!writer->no_sync && !sync_file(writer->file)) {
        int reason = errno;
        writer->dead = true; /* after a failed sync the kernel may drop pages and call them clean */
        cut_back(writer);
        return error_set_system(error, reason, _("the disk did not keep the record %s"),
                                writer->path);
    }
    writer->torn = false;
    return true;
}

bool record_append(struct record_writer *writer, struct record_row *row, struct error *error) {
    struct record_row numbered = *row;
    struct row_writer *line = &writer->line;
    numbered.row = writer->row + 1;
    if (!may_write(writer, error) || !row_write(line, &numbered, writer->sum, error))
        return false;
    size_t length = line->bytes.length - line->start;
    if (!put(writer, line->bytes.bytes + line->start, length, error))
        return false;
    writer->bytes += length;
    row->row = writer->row = numbered.row;
    writer->closed = strcmp(row->kind, "closed") == 0;
    memcpy(writer->sum, line->sum, sizeof writer->sum);
    return true;
}

/* ---- leaving ---- */

static bool finish_name(struct record_writer *writer, struct error *error) {
    struct buffer path = {0};
    if (writer->renamed)
        return true;
    buffer_add(&path, writer->path, strlen(writer->path) - strlen(".open"));
    buffer_add_text(&path, ".csv");
    bool moved = move_new(writer->path, buffer_text(&path));
    if (!moved)
        error_set_system(error, errno, _("can't finish the record %s under the name %s"),
                         writer->path, buffer_text(&path));
    if (moved) {
        free(writer->path);
        writer->path = buffer_release(&path);
        writer->renamed = true;
    }
    buffer_free(&path);
    return moved;
}

bool record_close(struct record_writer *writer, struct error *error) {
    if (writer->torn && !cut_back(writer))
        return error_set_system(error, errno, _("can't cut a half row off the record %s"),
                                writer->path);
    if (!finish_name(writer, error))
        return false;
    if (!writer->no_sync && !file_sync_folder(writer->folder, error))
        return false;
    writer_free(writer);
    return true;
}

void record_abandon(struct record_writer *writer) {
    if (!writer)
        return;
    if (writer->torn)
        cut_back(writer);
    writer_free(writer);
}

const char *record_writer_path(const struct record_writer *writer) {
    return writer->path;
}
