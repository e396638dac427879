#include "seat/seat.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SETTINGS_LIMIT ((size_t)1 << 20)

char *seat_data_folder(const char *wanted) {
    if (wanted && *wanted)
        return memory_text(wanted);
    const char *folder = getenv("ITR_DATA");
    if (folder && *folder)
        return memory_text(folder);
    struct buffer path = {0};
    const char *shared = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (shared && *shared == '/') {
        file_join(&path, shared, "itr");
    } else {
        const struct passwd *user = home && *home ? NULL : getpwuid(getuid());
        const char *place = user ? user->pw_dir : home;
        file_join(&path, place && *place ? place : ".", ".local/share/itr");
    }
    return buffer_release(&path);
}

static char *settings_path(const char *data) {
    struct buffer path = {0};
    file_join(&path, data, "settings.json");
    return buffer_release(&path);
}

static void take_settings(const cJSON *root, struct settings *settings) {
    const cJSON *trainee = cJSON_GetObjectItemCaseSensitive(root, "trainee");
    const cJSON *language = cJSON_GetObjectItemCaseSensitive(root, "language");
    if (cJSON_IsString(trainee) && *trainee->valuestring)
        settings->trainee = memory_text(trainee->valuestring);
    if (cJSON_IsString(language))
        settings->language = language_from(language->valuestring);
}

bool settings_read(const char *data, struct settings *settings, struct error *error) {
    *settings = (struct settings){.language = -1};
    char *path = settings_path(data);
    struct buffer bytes = {0};
    bool done = true;
    if (file_exists(path)) {
        cJSON *root = NULL;
        done = file_read(path, SETTINGS_LIMIT, &bytes, error) &&
               (root = json_parse_line(buffer_text(&bytes), bytes.length, error));
        if (done)
            take_settings(root, settings);
        cJSON_Delete(root);
    }
    buffer_free(&bytes);
    free(path);
    return done;
}

bool settings_write(const char *data, const struct settings *settings, struct error *error) {
    struct buffer bytes = {0};
    buffer_add_text(&bytes, "{\n  \"trainee\": ");
    const char *trainee = settings->trainee ? settings->trainee : "";
    json_add_string(&bytes, trainee, strlen(trainee));
    if (settings->language >= 0)
        buffer_printf(&bytes, ",\n  \"language\": \"%s\"",
                      language_code((enum language)settings->language));
    buffer_add_text(&bytes, "\n}\n");
    char *path = settings_path(data);
    bool done =
        file_make_folder(data, error) && file_replace(path, bytes.bytes, bytes.length, error);
    free(path);
    buffer_free(&bytes);
    return done;
}

void settings_free(struct settings *settings) {
    free(settings->trainee);
    *settings = (struct settings){.language = -1};
}
