/* What the home list needs of a script: the head of it, without reading the rest. */
#include <stdlib.h>
#include <string.h>

#include "scenario/source.h"
#include "scenario/words.h"

/* Puts the customer's name for {name}; card fields in a title are not worth reading the card for.
 */
static char *with_name(const char *text, const char *name) {
    struct buffer out = {0};
    const char *at;
    while (name && (at = strstr(text, "{name}"))) {
        buffer_add(&out, text, (size_t)(at - text));
        buffer_add_text(&out, name);
        text = at + strlen("{name}");
    }
    buffer_add_text(&out, text);
    return buffer_release(&out);
}

static const char *in_language(const cJSON *text, int language) {
    if (cJSON_IsString(text))
        return text->valuestring;
    const cJSON *own = member_of(text, language_code(language));
    const cJSON *other = member_of(text, language_code(1 - language));
    return cJSON_IsString(own)     ? own->valuestring
           : cJSON_IsString(other) ? other->valuestring
                                   : NULL;
}

static bool peek_text(const cJSON *text, const cJSON *name, char *out[LANGUAGE_COUNT]) {
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const char *found = in_language(text, i);
        if (!found || !*found)
            return false;
        out[i] = with_name(found, in_language(name, i));
    }
    return true;
}

static bool peek_number(const cJSON *number, double limit, uint32_t *out) {
    if (!cJSON_IsNumber(number) || !(number->valuedouble >= 1 && number->valuedouble <= limit))
        return false;
    *out = (uint32_t)number->valuedouble;
    return true;
}

static bool peek_string(const cJSON *string, char **out) {
    if (!cJSON_IsString(string) || !*string->valuestring)
        return false;
    *out = memory_text(string->valuestring);
    return true;
}

static bool peek_level(const cJSON *level, enum level *out) {
    for (int i = 0; i < LEVEL_COUNT; i++)
        if (cJSON_IsString(level) && strcmp(level->valuestring, level_words[i]) == 0) {
            *out = (enum level)i;
            return true;
        }
    return false;
}

static bool missing(const char *file, const char *key, struct error *error) {
    return error_set(error, _("%s: `%s` is missing or wrong; `itr check` tells more"), file, key);
}

static bool peek_head(const cJSON *root, const char *file, struct scenario_peek *peek,
                      struct error *error) {
    const cJSON *format = member_of(root, "format"),
                *name = member_of(member_of(root, "customer"), "name");
    if (!cJSON_IsString(format) || strcmp(format->valuestring, SCENARIO_FORMAT) != 0)
        return error_set(error, _("%s: this is no script of format %s"), file, SCENARIO_FORMAT);
    if (!peek_string(member_of(root, "id"), &peek->id))
        return missing(file, "id", error);
    if (!peek_text(member_of(root, "title"), name, peek->title))
        return missing(file, "title", error);
    if (!peek_text(member_of(root, "summary"), name, peek->summary))
        return missing(file, "summary", error);
    if (!peek_string(member_of(root, "module"), &peek->module))
        return missing(file, "module", error);
    if (!peek_level(member_of(root, "level"), &peek->level))
        return missing(file, "level", error);
    if (!peek_number(member_of(root, "minutes"), 60, &peek->minutes))
        return missing(file, "minutes", error);
    if (!peek_number(member_of(root, "version"), 1e6, &peek->version))
        return missing(file, "version", error);
    return true;
}

static bool no_json(const char *file, const struct findings *findings, struct error *error) {
    const struct finding *first = findings->items;
    return error_set(error, "%s:%zu:%zu: %s", file, first->line, first->column, first->text);
}

bool scenario_peek(const char *file, struct scenario_peek *peek, struct error *error) {
    struct buffer text = {0};
    struct findings findings = {0};
    *peek = (struct scenario_peek){.file = memory_text(file)};
    bool good = file_read(file, JSON_SIZE, &text, error);
    if (good) {
        struct json *json = json_parse(file, buffer_text(&text), text.length, &findings);
        good = json ? peek_head(json->root, file, peek, error) : no_json(file, &findings, error);
        json_free(json);
    }
    buffer_free(&text);
    findings_free(&findings);
    if (!good)
        scenario_peek_free(peek);
    return good;
}

void scenario_peek_free(struct scenario_peek *peek) {
    free(peek->file);
    free(peek->id);
    free(peek->module);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        free(peek->title[i]);
        free(peek->summary[i]);
    }
    *peek = (struct scenario_peek){0};
}
