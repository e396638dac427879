/* Day folders against the index. A folder's time changes when a name in it comes or goes, and a
 * closed record never changes, so a known time means that nothing is new in it. A time younger than
 * the grain of the file system's clock proves nothing yet: such a day is listed again. */
#include "store/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define SETTLED INT64_C(2000000000) /* nanoseconds; FAT counts in steps of 2 s */

static int64_t nanoseconds(struct timespec time) {
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static bool is_day(const char *name) {
    static const char shape[] = "0000-00-00";
    size_t i = 0;
    for (; shape[i] && name[i]; i++)
        if (shape[i] == '-' ? name[i] != '-' : name[i] < '0' || name[i] > '9')
            return false;
    return !shape[i] && !name[i];
}

static bool is_record(const char *name) {
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".csv") == 0;
}

/* ---- one day ---- */

/* What the index knows of a day, in order of name. */
struct known {
    int64_t id, size, mtime;
    const char *name;
};
struct known_list {
    struct known *items;
    size_t count, capacity;
};

static bool list_known(sqlite3 *database, const char *day, struct arena *arena,
                       struct known_list *known) {
    sqlite3_stmt *statement = NULL;
    int step = SQLITE_ERROR;
    if (sqlite3_prepare_v2(database,
                           "SELECT id, size, mtime, name FROM file WHERE day = ?1 ORDER BY name",
                           -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, day, -1, SQLITE_STATIC);
        while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
            known->items = memory_reserve(known->items, &known->capacity, known->count + 1,
                                          sizeof *known->items);
            known->items[known->count++] = (struct known){
                sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1),
                sqlite3_column_int64(statement, 2),
                arena_text(arena, (const char *)sqlite3_column_text(statement, 3))};
        }
    }
    sqlite3_finalize(statement);
    return step == SQLITE_DONE;
}

static bool forget(sqlite3 *database, int64_t id) {
    sqlite3_stmt *statement = NULL;
    bool good = sqlite3_prepare_v2(database, "DELETE FROM file WHERE id = ?1", -1, &statement,
                                   NULL) == SQLITE_OK &&
                sqlite3_bind_int64(statement, 1, id) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return good;
}

static void add_todo(struct store_list *list, const char *day, const char *name,
                     const struct stat *about) {
    list->items =
        memory_reserve(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = (struct store_todo){day, arena_text(list->arena, name),
                                                     about->st_size, nanoseconds(about->st_mtim)};
}

/* Both lists are in order of name: one walk over the two. */
static bool compare_day(sqlite3 *database, const char *folder, const char *day, char **names,
                        size_t count, const struct known_list *known, struct store_list *list) {
    struct buffer path = {0};
    bool good = true;
    size_t at = 0;
    for (size_t i = 0; good && i < count; i++) {
        struct stat about;
        buffer_clear(&path);
        file_join(&path, folder, names[i]);
        if (!is_record(names[i]) || lstat(buffer_text(&path), &about) != 0 ||
            !S_ISREG(about.st_mode))
            continue;
        while (good && at < known->count && strcmp(known->items[at].name, names[i]) < 0)
            good = forget(database, known->items[at++].id);
        const struct known *same = at < known->count && !strcmp(known->items[at].name, names[i])
                                       ? &known->items[at++]
                                       : NULL;
        if (same && same->size == about.st_size && same->mtime == nanoseconds(about.st_mtim))
            continue;
        good = good && (!same || forget(database, same->id));
        add_todo(list, day, names[i], &about);
    }
    while (good && at < known->count)
        good = forget(database, known->items[at++].id);
    buffer_free(&path);
    return good;
}

static bool look_into(sqlite3 *database, const char *folder, const char *day,
                      struct store_list *list, struct error *error) {
    char **names = NULL;
    size_t count = 0;
    struct known_list known = {0};
    struct arena *arena = arena_new();
    bool good = file_list(folder, &names, &count, error);
    good = good && list_known(database, day, arena, &known) &&
           compare_day(database, folder, day, names, count, &known, list);
    file_list_free(names, count);
    free(known.items);
    arena_free(arena);
    return good;
}

/* ---- the days ---- */

static int64_t known_time(sqlite3_stmt *statement, const char *day) {
    sqlite3_bind_text(statement, 1, day, -1, SQLITE_STATIC);
    int64_t time = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return time;
}

static void add_day(struct store_list *list, const char *name, int64_t mtime) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    list->days =
        memory_reserve(list->days, &list->day_capacity, list->day_count + 1, sizeof *list->days);
    list->days[list->day_count++] =
        (struct store_day){name, nanoseconds(now) - mtime > SETTLED ? mtime : 0};
}

static bool find_day(sqlite3 *database, sqlite3_stmt *times, const char *records, const char *name,
                     struct store_list *list, struct error *error) {
    struct buffer folder = {0};
    struct stat about;
    bool good = true;
    file_join(&folder, records, name);
    if (lstat(buffer_text(&folder), &about) == 0 && S_ISDIR(about.st_mode)) {
        int64_t mtime = nanoseconds(about.st_mtim);
        const char *day = arena_text(list->arena, name);
        if (known_time(times, day) != mtime) {
            add_day(list, day, mtime);
            good = look_into(database, buffer_text(&folder), day, list, error);
        }
    }
    buffer_free(&folder);
    return good;
}

/* Days whose folder is gone. The names that stand are put in a table of this connection. */
static bool forget_days(sqlite3 *database, char **names, size_t count) {
    sqlite3_stmt *statement = NULL;
    bool good = tables_run(database, "CREATE TEMP TABLE IF NOT EXISTS standing(name TEXT PRIMARY "
                                     "KEY); DELETE FROM temp.standing") &&
                sqlite3_prepare_v2(database, "INSERT INTO temp.standing VALUES(?1)", -1, &statement,
                                   NULL) == SQLITE_OK;
    for (size_t i = 0; good && i < count; i++) {
        sqlite3_bind_text(statement, 1, names[i], -1, SQLITE_STATIC);
        good = sqlite3_step(statement) == SQLITE_DONE;
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    return good &&
           tables_run(database,
                      "DELETE FROM file WHERE day IN (SELECT name FROM day EXCEPT SELECT name FROM "
                      "temp.standing); DELETE FROM day WHERE name NOT IN (SELECT name FROM "
                      "temp.standing)");
}

bool files_find(sqlite3 *database, const char *data, struct store_list *list, struct error *error) {
    char **names = NULL;
    size_t count = 0;
    struct buffer records = {0};
    sqlite3_stmt *times = NULL;
    *list = (struct store_list){.arena = arena_new()};
    file_join(&records, data, "records");
    bool good = file_list(buffer_text(&records), &names, &count, error);
    good = good &&
           sqlite3_prepare_v2(database, "SELECT mtime FROM day WHERE name = ?1", -1, &times,
                              NULL) == SQLITE_OK &&
           forget_days(database, names, count);
    for (size_t i = 0; good && i < count; i++)
        if (is_day(names[i]))
            good = find_day(database, times, buffer_text(&records), names[i], list, error);
    sqlite3_finalize(times);
    file_list_free(names, count);
    buffer_free(&records);
    return good;
}

void files_free(struct store_list *list) {
    free(list->items);
    free(list->days);
    arena_free(list->arena);
    *list = (struct store_list){0};
}
