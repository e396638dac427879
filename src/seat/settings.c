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

/* A number from 0.1 to 3600 in tenths; 0 when there is none. */
static uint32_t take_tenths(const cJSON *root, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(root, key);
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0.1 && item->valuedouble <= 3600))
        return 0;
    return (uint32_t)(item->valuedouble * 10 + 0.5);
}

static void take_settings(const cJSON *root, struct settings *settings) {
    const cJSON *trainee = cJSON_GetObjectItemCaseSensitive(root, "trainee");
    const cJSON *language = cJSON_GetObjectItemCaseSensitive(root, "language");
    if (cJSON_IsString(trainee) && *trainee->valuestring)
        settings->trainee = memory_text(trainee->valuestring);
    if (cJSON_IsString(language))
        settings->language = language_from(language->valuestring);
    settings->frt_s = take_tenths(root, "frt_s") / 10;
    settings->rate.han_tenths = take_tenths(root, "speech_zh");
    settings->rate.word_tenths = take_tenths(root, "speech_en");
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

static void add_tenths(struct buffer *out, const char *key, uint32_t tenths) {
    if (tenths)
        buffer_printf(out, ",\n  \"%s\": %u.%u", key, tenths / 10, tenths % 10);
}

/* Who writes his name or language need not know the numbers: those kept before stay. */
static void add_numbers(const char *data, const struct settings *settings, struct buffer *out) {
    struct settings kept;
    settings_read(data, &kept, NULL);
    uint32_t frt_s = settings->frt_s ? settings->frt_s : kept.frt_s;
    struct speech_rate rate = settings->rate.han_tenths ? settings->rate : kept.rate;
    if (frt_s)
        buffer_printf(out, ",\n  \"frt_s\": %u", frt_s);
    add_tenths(out, "speech_zh", rate.han_tenths);
    add_tenths(out, "speech_en", rate.word_tenths);
    settings_free(&kept);
}

bool settings_write(const char *data, const struct settings *settings, struct error *error) {
    struct buffer bytes = {0};
    buffer_add_text(&bytes, "{\n  \"trainee\": ");
    const char *trainee = settings->trainee ? settings->trainee : "";
    json_add_string(&bytes, trainee, strlen(trainee));
    if (settings->language >= 0)
        buffer_printf(&bytes, ",\n  \"language\": \"%s\"",
                      language_code((enum language)settings->language));
    add_numbers(data, settings, &bytes);
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
