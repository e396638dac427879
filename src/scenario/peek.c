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

static void peek_job(const cJSON *job, enum job *out) {
    for (int i = 0; i < JOB_COUNT; i++)
        if (cJSON_IsString(job) && strcmp(job->valuestring, job_words[i]) == 0)
            *out = (enum job)i;
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
    peek_job(member_of(root, "job"), &peek->job);
    if (!peek_number(member_of(root, "minutes"), 60, &peek->minutes))
        return missing(file, "minutes", error);
    if (!peek_number(member_of(root, "version"), 1e6, &peek->version))
        return missing(file, "version", error);
    return true;
}

/* ---- the head alone ----
 *
 * A list of scripts must not cost reading each to its end: the members wanted are copied out by
 * their bytes, the others are stepped over. Where the text is not as expected, all of it is parsed,
 * and the strict parser says what is wrong. */

struct cursor {
    const char *at, *end;
};

static void skip_blanks(struct cursor *cursor) {
    while (cursor->at < cursor->end && memchr(" \t\r\n", *cursor->at, 4))
        cursor->at++;
}

static bool take_byte(struct cursor *cursor, char byte) {
    skip_blanks(cursor);
    if (cursor->at == cursor->end || *cursor->at != byte)
        return false;
    cursor->at++;
    return true;
}

static bool skip_string(struct cursor *cursor) {
    if (!take_byte(cursor, '"'))
        return false;
    while (cursor->at < cursor->end && *cursor->at != '"')
        cursor->at += *cursor->at == '\\' ? 2 : 1;
    if (cursor->at >= cursor->end)
        return false;
    cursor->at++;
    return true;
}

/* Over a value, to the comma or bracket behind it. */
static bool skip_value(struct cursor *cursor) {
    size_t depth = 0;
    while (cursor->at < cursor->end) {
        char byte = *cursor->at;
        if (byte == '"') {
            if (!skip_string(cursor))
                return false;
            continue;
        }
        if (depth == 0 && (byte == ',' || byte == '}'))
            return true;
        depth += byte == '{' || byte == '[';
        depth -= byte == '}' || byte == ']';
        cursor->at++;
    }
    return false;
}

static bool is_wanted(const char *key, size_t length) {
    static const char *const wanted[] = {"format", "id",      "title",   "summary", "module",
                                         "level",  "minutes", "version", "customer"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (strlen(wanted[i]) == length && memcmp(wanted[i], key, length) == 0)
            return true;
    return false;
}

/* Adds the wanted members of the outermost object to `head` as an object of their own. */
static bool take_head(const struct buffer *text, struct buffer *head) {
    struct cursor cursor = {buffer_text(text), buffer_text(text) + text->length};
    bool more = take_byte(&cursor, '{');
    buffer_add_byte(head, '{');
    while (more) {
        skip_blanks(&cursor);
        const char *member = cursor.at;
        if (!skip_string(&cursor))
            return false;
        const char *key_end = cursor.at;
        if (!take_byte(&cursor, ':') || !skip_value(&cursor))
            return false;
        if (is_wanted(member + 1, (size_t)(key_end - member) - 2)) {
            buffer_add_text(head, head->length > 1 ? "," : "");
            buffer_add(head, member, (size_t)(cursor.at - member));
        }
        more = take_byte(&cursor, ',');
    }
    buffer_add_byte(head, '}');
    return take_byte(&cursor, '}');
}

static bool no_json(const char *file, const struct findings *findings, struct error *error) {
    const struct finding *first = findings->items;
    return error_set(error, "%s:%zu:%zu: %s", file, first->line, first->column, first->text);
}

bool scenario_peek(const char *file, struct scenario_peek *peek, struct error *error) {
    struct buffer text = {0};
    struct findings findings = {0};
    *peek = (struct scenario_peek){.file = memory_text(file)};
    struct buffer head = {0};
    bool good = file_read(file, JSON_SIZE, &text, error);
    if (good) {
        const struct buffer *read = take_head(&text, &head) ? &head : &text;
        struct json *json = json_parse(file, buffer_text(read), read->length, &findings);
        good = json ? peek_head(json->root, file, peek, error) : no_json(file, &findings, error);
        json_free(json);
    }
    buffer_free(&head);
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
