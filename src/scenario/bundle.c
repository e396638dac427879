#include "scenario/bundle.h"

#include <string.h>

#include "scenario/codes.h"

/* ---- from a folder ---- */

bool open_from_folder(const struct opener *opener, const char *name, struct buffer *out,
                      struct buffer *shown, struct error *error) {
    buffer_clear(shown);
    if (*opener->folder)
        file_join(shown, opener->folder, name);
    else
        buffer_add_text(shown, name);
    return file_read(buffer_text(shown), JSON_SIZE, out, error);
}

static void keep_pack(struct scenario_sources *sources, const char *name, const char *shown,
                      struct buffer *text) {
    sources->packs = memory_reserve(sources->packs, &sources->pack_room, sources->pack_count + 1,
                                    sizeof *sources->packs);
    sources->packs[sources->pack_count++] =
        (struct source_file){memory_text(name), memory_text(shown), *text};
    *text = (struct buffer){0};
}

static bool ends_with(const char *name, const char *end) {
    size_t length = strlen(name), end_length = strlen(end);
    return length > end_length && strcmp(name + length - end_length, end) == 0;
}

static void unreadable(struct findings *findings, const char *file, const struct error *error) {
    findings_add(findings, FINDING_ERROR, code_table[CODE_UNREADABLE].word, file, 1, 1, "%s",
                 error->text);
}

static void read_pack(struct scenario_sources *sources, const char *folder, const char *language,
                      const char *name, struct findings *findings) {
    struct buffer path = {0}, text = {0}, kept = {0};
    struct error error;
    file_join(&path, folder, name);
    buffer_printf(&kept, PACK_FOLDER "%s/%s", language, name);
    if (file_read(buffer_text(&path), JSON_SIZE, &text, &error))
        keep_pack(sources, buffer_text(&kept), buffer_text(&path), &text);
    else
        unreadable(findings, buffer_text(&path), &error);
    buffer_free(&path);
    buffer_free(&text);
    buffer_free(&kept);
}

static void packs_of_language(struct scenario_sources *sources, const char *folder,
                              const char *language, struct findings *findings) {
    struct buffer path = {0};
    struct error error;
    char **names;
    size_t count;
    file_join(&path, folder, language);
    if (!file_list(buffer_text(&path), &names, &count, &error)) {
        unreadable(findings, buffer_text(&path), &error);
        buffer_free(&path);
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (ends_with(names[i], ".json"))
            read_pack(sources, buffer_text(&path), language, names[i], findings);
    file_list_free(names, count);
    buffer_free(&path);
}

void packs_from_folder(struct scenario_sources *sources, const char *folder,
                       struct findings *findings) {
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        packs_of_language(sources, folder, language_code(i), findings);
}

/* ---- from a bundle ---- */

static const cJSON *text_of_file(const cJSON *file, const char *name) {
    const cJSON *own = member_of(file, "name"), *text = member_of(file, "text");
    bool found = cJSON_IsString(own) && cJSON_IsString(text) && strcmp(own->valuestring, name) == 0;
    return found ? text : NULL;
}

bool open_from_bundle(const struct opener *opener, const char *name, struct buffer *out,
                      struct buffer *shown, struct error *error) {
    const cJSON *file;
    buffer_clear(shown);
    buffer_add_text(shown, name);
    buffer_clear(out);
    cJSON_ArrayForEach(file, opener->files) {
        const cJSON *text = text_of_file(file, name);
        if (text) {
            buffer_add_text(out, text->valuestring);
            return true;
        }
    }
    return error_set(error, _("the bundle has no file `%s`"), name);
}

void packs_from_bundle(struct scenario_sources *sources, const cJSON *files) {
    const cJSON *file;
    cJSON_ArrayForEach(file, files) {
        const char *name = member_of(file, "name")->valuestring;
        const char *text = member_of(file, "text")->valuestring;
        struct buffer copy = {0};
        if (strncmp(name, PACK_FOLDER, strlen(PACK_FOLDER)) != 0)
            continue;
        buffer_add_text(&copy, text);
        keep_pack(sources, name, name, &copy);
    }
}

static bool bundle_fault(const struct json *json, const cJSON *node, const char *what,
                         struct findings *findings) {
    json_find(json, node, findings, FINDING_ERROR, code_table[CODE_BAD_BUNDLE].word, "%s", what);
    return false;
}

static bool files_are_good(const struct json *json, const cJSON *files, struct findings *findings) {
    const cJSON *file;
    if (!cJSON_IsArray(files))
        return bundle_fault(json, json->root, _("a bundle has a list `files`"), findings);
    cJSON_ArrayForEach(
        file,
        files) if (!cJSON_IsString(member_of(file, "name")) ||
                   !cJSON_IsString(member_of(
                       file, "text"))) return bundle_fault(json, file,
                                                           _("each file has a `name` and a `text`"),
                                                           findings);
    return true;
}

static bool bundle_is_good(const struct json *json, const cJSON *main_file, const cJSON *files,
                           struct findings *findings) {
    const cJSON *format = member_of(json->root, "format");
    if (!cJSON_IsString(format) || strcmp(format->valuestring, BUNDLE_FORMAT) != 0) {
        json_find(json, json->root, findings, FINDING_ERROR, code_table[CODE_BAD_BUNDLE].word,
                  _("this is no bundle of format %s"), BUNDLE_FORMAT);
        return false;
    }
    if (!cJSON_IsString(main_file))
        return bundle_fault(json, json->root, _("a bundle names its script under `main`"),
                            findings);
    return files_are_good(json, files, findings);
}

struct json *bundle_parse(const char *name, const char *bytes, size_t length,
                          const cJSON **main_file, const cJSON **files, struct findings *findings) {
    struct json *json = json_parse(name, bytes, length, findings);
    if (!json)
        return NULL;
    *main_file = member_of(json->root, "main");
    *files = member_of(json->root, "files");
    if (bundle_is_good(json, *main_file, *files, findings))
        return json;
    json_free(json);
    return NULL;
}

/* ---- writing one ---- */

static void add_file(struct buffer *out, const char *name, const char *bytes, size_t length) {
    buffer_add_text(out, ",\n{\"name\":");
    json_add_string(out, name, strlen(name));
    buffer_add_text(out, ",\"text\":");
    json_add_string(out, bytes, length);
    buffer_add_byte(out, '}');
}

/* The script is named by its id and not by its file, so that a renamed file is the same bundle. */
void scenario_bundle(const struct scenario *scenario, struct buffer *out) {
    const struct scenario_sources *sources = scenario->sources;
    buffer_printf(
        out, "{\"format\":\"" BUNDLE_FORMAT "\",\"main\":\"%s.json\",\n\"files\":[\n{\"name\":",
        scenario->id);
    buffer_printf(out, "\"%s.json\",\"text\":", scenario->id);
    json_add_string(out, sources->documents[0]->bytes, sources->documents[0]->length);
    buffer_add_byte(out, '}');
    for (size_t i = 0; i < sources->scene_count; i++)
        add_file(out, sources->scenes[i].name, sources->documents[i + 1]->bytes,
                 sources->documents[i + 1]->length);
    for (size_t i = 0; i < sources->pack_count; i++)
        add_file(out, sources->packs[i].name, buffer_text(&sources->packs[i].text),
                 sources->packs[i].text.length);
    buffer_add_text(out, "\n]}\n");
}

const char *scenario_hash(const struct scenario *scenario) {
    struct scenario_sources *sources = scenario->sources;
    if (!*sources->hash) {
        struct buffer bundle = {0};
        scenario_bundle(scenario, &bundle);
        hash_sha256(bundle.bytes, bundle.length, sources->hash);
        buffer_free(&bundle);
    }
    return sources->hash;
}
