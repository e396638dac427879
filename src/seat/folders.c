/* Where the program's own things are, found from where the program itself is. */
#include "seat/seat.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *own_folder(void) {
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    if (length <= 0 || (size_t)length == sizeof path)
        return NULL;
    while (length > 1 && path[length - 1] != '/')
        length--;
    return memory_text_of(path, (size_t)length);
}

static char *joined(const char *folder, const char *name) {
    struct buffer path = {0};
    file_join(&path, folder, name);
    return buffer_release(&path);
}

/* True when `folder` is a place with our scenarios; then *folders is filled. */
static bool try_place(const char *folder, struct folders *folders) {
    char *schema = joined(folder, "scenarios/schema/itr-scenario.schema.json");
    bool found = file_exists(schema);
    free(schema);
    if (!found)
        return false;
    folders->scenarios = joined(folder, "scenarios");
    folders->behaviours = joined(folder, "scenarios/behaviours");
    folders->knowledge = joined(folder, "scenarios/knowledge");
    return true;
}

/* Built: beside the program. Installed: under share. */
static char *messages_folder(const char *own) {
    char *built = joined(own, "po");
    if (file_exists(built))
        return built;
    free(built);
    return joined(own, "../share/locale");
}

bool folders_find(struct folders *folders, struct error *error) {
    *folders = (struct folders){0};
    char *own = own_folder();
    if (!own)
        return error_set(error, _("The program can't find its own folder under /proc."));
    folders->messages = messages_folder(own);
    const char *wanted = getenv("ITR_HOME");
    char *near = joined(own, ".."), *shared = joined(own, "../share/itr");
    bool found = (wanted && *wanted && try_place(wanted, folders)) || try_place(near, folders) ||
                 try_place(shared, folders) || try_place(ITR_SOURCE_ROOT, folders);
    free(near);
    free(shared);
    free(own);
    return found || error_set(error, _("The folder `scenarios` was not found beside the program. "
                                       "Set ITR_HOME to the folder that holds it."));
}

void folders_free(struct folders *folders) {
    free(folders->scenarios);
    free(folders->behaviours);
    free(folders->knowledge);
    free(folders->messages);
    *folders = (struct folders){0};
}

char *folders_scenario(const struct folders *folders, const char *name) {
    if (strchr(name, '/') || file_exists(name))
        return memory_text(name);
    struct buffer file = {0};
    buffer_add_text(&file, name);
    size_t length = strlen(name);
    if (length < 5 || strcmp(name + length - 5, ".json") != 0)
        buffer_add_text(&file, ".json");
    char *path = joined(folders->scenarios, buffer_text(&file));
    buffer_free(&file);
    return path;
}
