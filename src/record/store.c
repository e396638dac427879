/* The folder of records and bundles: what stands under DATA. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/files.h"
#include "record/lock.h"
#include "record/rows.h"
#include "record/store.h"

#define BUNDLE_LIMIT JSON_SIZE

/* ---- walking the days ---- */

static bool is_day(const char *name) {
    static const char shape[] = "0000-00-00";
    if (strlen(name) != sizeof shape - 1)
        return false;
    for (size_t i = 0; shape[i]; i++)
        if (shape[i] == '-' ? name[i] != '-' : name[i] < '0' || name[i] > '9')
            return false;
    return true;
}

static bool walk_day(const char *day, const char *suffix, store_visit *visit, void *user,
                     struct error *error) {
    char **names;
    size_t count;
    struct buffer path = {0};
    if (!file_list(day, &names, &count, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!record_name_ends(names[i], suffix))
            continue;
        buffer_clear(&path);
        file_join(&path, day, names[i]);
        visit(user, buffer_text(&path));
    }
    file_list_free(names, count);
    buffer_free(&path);
    return true;
}

bool store_walk(const char *data, const char *suffix, store_visit *visit, void *user,
                struct error *error) {
    char **days = NULL;
    size_t count = 0;
    struct buffer records = {0}, day = {0};
    file_join(&records, data, "records");
    bool good = file_list(buffer_text(&records), &days, &count, error);
    for (size_t i = 0; good && i < count; i++) {
        if (!is_day(days[i]))
            continue;
        buffer_clear(&day);
        file_join(&day, buffer_text(&records), days[i]);
        good = walk_day(buffer_text(&day), suffix, visit, user, error);
    }
    file_list_free(days, count);
    buffer_free(&records);
    buffer_free(&day);
    return good;
}

/* ---- unfinished calls ---- */

struct open_records {
    char **paths;
    size_t count, capacity;
};

/* Does a good row 2 open it? A file that holds no call yet is nothing to go on with. */
static bool holds_call(int file) {
    struct buffer bytes = {0};
    struct record_row row;
    struct arena *arena = arena_new();
    bool good = store_first_row(file, &bytes, &row, arena);
    arena_free(arena);
    buffer_free(&bytes);
    return good;
}

static void visit_open(void *user, const char *path) {
    struct open_records *found = user;
    long holder;
    int file = record_open_file(path, O_RDONLY, NULL);
    if (file < 0)
        return;
    if (lock_ask(file, &holder) != LOCK_HELD && holds_call(file)) {
        found->paths =
            memory_reserve(found->paths, &found->capacity, found->count + 1, sizeof *found->paths);
        found->paths[found->count++] = memory_text(path);
    }
    close(file);
}

static int newest_first(const void *a, const void *b) {
    return strcmp(*(char *const *)b, *(char *const *)a);
}

bool record_unfinished(const char *data, char ***paths, size_t *count, struct error *error) {
    struct open_records found = {0};
    bool good = store_walk(data, ".open", visit_open, &found, error);
    if (found.count)
        qsort(found.paths, found.count, sizeof *found.paths, newest_first);
    *paths = found.paths;
    *count = found.count;
    return good;
}

/* ---- bundles ---- */

/* The name comes from records, which anyone may have written: hex digits or nothing. */
static bool is_hash(const char *hash) {
    return strlen(hash) == HASH_HEX_SIZE - 1 &&
           strspn(hash, "0123456789abcdef") == HASH_HEX_SIZE - 1;
}

static bool bundle_path(const char *data, const char *hash, struct buffer *folder,
                        struct buffer *path, struct error *error) {
    if (!is_hash(hash))
        return error_set(error, _("\"%s\" names no bundle of a script"), hash);
    file_join(folder, data, "bundles");
    file_join(path, buffer_text(folder), hash);
    buffer_add_text(path, ".json");
    return true;
}

static bool has_hash(const struct buffer *bytes, const char *hash) {
    char own[HASH_HEX_SIZE];
    hash_sha256(buffer_text(bytes), bytes->length, own);
    return strcmp(own, hash) == 0;
}

bool record_keep_bundle(const char *data, const char *hash, const char *bytes, size_t length,
                        struct error *error) {
    struct buffer folder = {0}, path = {0}, kept = {0};
    bool good = bundle_path(data, hash, &folder, &path, error);
    /* a copy that was damaged since is replaced by the right one */
    if (good && !(file_read(buffer_text(&path), BUNDLE_LIMIT, &kept, NULL) &&
                  kept.length == length && memcmp(buffer_text(&kept), bytes, length) == 0))
        good = file_make_folder(buffer_text(&folder), error) &&
               file_replace(buffer_text(&path), bytes, length, error) &&
               file_sync_folder(data, error);
    buffer_free(&folder);
    buffer_free(&path);
    buffer_free(&kept);
    return good;
}

bool record_read_bundle(const char *data, const char *hash, struct buffer *out,
                        struct error *error) {
    struct buffer folder = {0}, path = {0};
    bool good = bundle_path(data, hash, &folder, &path, error);
    if (good && !file_exists(buffer_text(&path)))
        good =
            error_set(error,
                      _("the script of the call is not in %s: name the data folder it was played "
                        "in with --data"),
                      buffer_text(&folder));
    good = good && file_read(buffer_text(&path), BUNDLE_LIMIT, out, error);
    if (good && !has_hash(out, hash))
        good = error_set(error,
                         _("%s was changed: it is not the script that the call was played with; "
                           "restore it from a copy"),
                         buffer_text(&path));
    buffer_free(&folder);
    buffer_free(&path);
    return good;
}
