/* Opening, bringing up to date, throwing away. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/fill.h"

#define BATCH 512 /* records in a transaction: what is lost at most when the process is killed */
#define PATIENCE_MS 10000 /* for another process's short locks inside SQLite */

enum lock_byte { LOCK_OPEN, LOCK_UPDATING };

struct store {
    sqlite3 *database;
    char *data, *path;
    int lock; /* DATA/index.lock; -1: in memory */
    store_progress *progress;
    void *user;
    size_t records_read;
};

/* ---- locks ---- */

/* Waits for it. Other programs' locks of one process count together, so these are those of the open
 * file (see record/lock.h). */
static bool lock_byte(const struct store *store, enum lock_byte byte, short kind) {
    struct flock lock = {.l_type = kind, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
    int answer;
    if (store->lock < 0)
        return true;
    while ((answer = fcntl(store->lock, F_OFD_SETLKW, &lock)) != 0 && errno == EINTR)
        ;
    return answer == 0;
}

/* ---- the file ---- */

static void close_database(struct store *store) {
    sqlite3_close(store->database);
    store->database = NULL;
}

static bool open_database(struct store *store) {
    const char *path = store->lock < 0 ? ":memory:" : store->path;
    if (sqlite3_open_v2(path, &store->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) == SQLITE_OK &&
        sqlite3_busy_timeout(store->database, PATIENCE_MS) == SQLITE_OK &&
        tables_run(store->database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                                    "PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;"
                                    "PRAGMA temp_store = MEMORY") &&
        tables_make(store->database))
        return true;
    close_database(store);
    return false;
}

static void remove_files(const struct store *store) {
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct buffer path = {0};
        buffer_printf(&path, "%s%s", store->path, endings[i]);
        unlink(buffer_text(&path));
        buffer_free(&path);
    }
}

/* With LOCK_UPDATING held. Waits until nobody has the old one open. */
static bool start_anew(struct store *store) {
    close_database(store);
    if (!lock_byte(store, LOCK_OPEN, F_WRLCK))
        return false;
    if (store->lock >= 0)
        remove_files(store);
    return open_database(store);
}

/* ---- bringing it up to date ---- */

static bool cannot(const struct store *store, struct error *error) {
    return error_set(error, _("the index of the calls can't be used: %s"),
                     store->database ? sqlite3_errmsg(store->database) : store->path);
}

static bool read_one(struct store *store, struct fill *fill, struct look_scripts *scripts,
                     const struct store_todo *todo) {
    struct buffer path = {0};
    struct look look;
    buffer_printf(&path, "%s/records/%s/%s", store->data, todo->day, todo->name);
    look_at(buffer_text(&path), scripts, &look);
    bool good = fill_record(fill, todo, &look);
    look_free(&look);
    buffer_free(&path);
    store->records_read++;
    return good;
}

static bool read_all(struct store *store, struct fill *fill, const struct store_list *list) {
    struct look_scripts *scripts = look_scripts_new(store->data);
    bool good = true;
    for (size_t i = 0; good && i < list->count; i++) {
        if (i && i % BATCH == 0)
            good = tables_run(store->database, "COMMIT; BEGIN IMMEDIATE");
        good = good && read_one(store, fill, scripts, &list->items[i]);
        if (store->progress)
            store->progress(store->user, i + 1, list->count);
    }
    for (size_t i = 0; good && i < list->day_count; i++)
        good = fill_day(fill, &list->days[i]);
    look_scripts_free(scripts);
    return good;
}

/* False without a sentence in *error: the index is at fault, not the folder. */
static bool update(struct store *store, struct error *error) {
    struct store_list list = {0};
    struct fill *fill = fill_new(store->database);
    bool begun = fill && tables_run(store->database, "BEGIN IMMEDIATE");
    bool good = begun && files_find(store->database, store->data, &list, error) &&
                read_all(store, fill, &list) && tables_run(store->database, "COMMIT");
    fill_free(fill);
    if (begun && !good)
        tables_run(store->database, "ROLLBACK");
    files_free(&list);
    return good;
}

/* A damaged index is mended by making it anew, once. */
static bool bring_up_to_date(struct store *store, bool anew, struct error *error) {
    struct error why = {.text = ""};
    bool good = lock_byte(store, LOCK_UPDATING, F_WRLCK);
    if (good && !anew)
        good = lock_byte(store, LOCK_OPEN, F_RDLCK) && open_database(store) && update(store, &why);
    if (anew || (!good && !*why.text))
        good = start_anew(store) && update(store, &why);
    good = good && lock_byte(store, LOCK_OPEN, F_RDLCK);
    if (!good && *why.text)
        error_set(error, "%s", why.text);
    else if (!good)
        cannot(store, error);
    lock_byte(store, LOCK_UPDATING, F_UNLCK);
    return good;
}

/* ---- the room's ---- */

/* -1 where nothing may be written: not there, not ours, no locks. */
static int open_lock(const char *data) {
    struct buffer path = {0};
    file_join(&path, data, "index.lock");
    int file = open(buffer_text(&path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    buffer_free(&path);
    struct flock free_lock = {.l_type = F_UNLCK, .l_whence = SEEK_SET, .l_len = 1};
    if (file >= 0 && fcntl(file, F_OFD_SETLK, &free_lock) != 0) {
        close(file);
        file = -1;
    }
    return file;
}

struct store *store_open(const char *data, bool anew, store_progress *progress, void *user,
                         struct error *error) {
    struct store *store = memory_new(sizeof *store);
    struct buffer path = {0};
    file_join(&path, data, "index.sqlite");
    store->data = memory_text(data);
    store->path = buffer_release(&path);
    store->progress = progress;
    store->user = user;
    store->lock = open_lock(data);
    if (bring_up_to_date(store, anew, error))
        return store;
    store_free(store);
    return NULL;
}

bool store_mend(struct store *store, struct error *error) {
    close_database(store);
    lock_byte(store, LOCK_OPEN, F_UNLCK);
    return bring_up_to_date(store, true, error);
}

void store_free(struct store *store) {
    if (!store)
        return;
    close_database(store);
    if (store->lock >= 0)
        close(store->lock);
    free(store->data);
    free(store->path);
    free(store);
}

sqlite3 *store_database(struct store *store) {
    return store->database;
}

size_t store_records_read(const struct store *store) {
    return store->records_read;
}
