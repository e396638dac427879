#include "knowledge/articles.h"

#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT ((size_t)64 << 20)

struct reader {
    struct articles *articles;
    const struct json *json;
    struct findings *findings;
};

void articles_add(struct articles *articles, const struct article *article) {
    articles->items = memory_reserve(articles->items, &articles->capacity, articles->count + 1,
                                     sizeof *articles->items);
    articles->items[articles->count++] = *article;
}

static void wrong(struct reader *reader, const cJSON *node, const char *what) {
    json_find(reader->json, node, reader->findings, FINDING_ERROR, "knowledge-value", "%s", what);
}

/* ---- values ---- */

static const char *take_string(struct reader *reader, const cJSON *value) {
    if (cJSON_IsString(value) && *value->valuestring)
        return arena_text(reader->articles->arena, value->valuestring);
    wrong(reader, value, _("here a text must stand: \"…\""));
    return "";
}

/* A text: one string, or one a language; where one is missing the other stands for it. */
static void take_text(struct reader *reader, const cJSON *value, const char *text[LANGUAGE_COUNT]) {
    if (!cJSON_IsObject(value)) {
        text[LANGUAGE_ZH] = text[LANGUAGE_EN] = take_string(reader, value);
        return;
    }
    const cJSON *item;
    text[LANGUAGE_ZH] = text[LANGUAGE_EN] = NULL;
    cJSON_ArrayForEach(item, value) {
        int language = language_from(item->string);
        if (language < 0 || strcmp(item->string, language_code((enum language)language)) != 0)
            wrong(reader, item, _("a text has only the languages \"zh\" and \"en\""));
        else
            text[language] = take_string(reader, item);
    }
    if (!text[LANGUAGE_ZH] && !text[LANGUAGE_EN])
        wrong(reader, value, _("a text needs \"zh\" or \"en\""));
    if (!text[LANGUAGE_ZH])
        text[LANGUAGE_ZH] = text[LANGUAGE_EN] ? text[LANGUAGE_EN] : "";
    if (!text[LANGUAGE_EN])
        text[LANGUAGE_EN] = text[LANGUAGE_ZH];
}

static const char *take_tags(struct reader *reader, const cJSON *value) {
    struct buffer tags = {0};
    const cJSON *item;
    if (!cJSON_IsArray(value))
        wrong(reader, value, _("tags are a list of words: [\"…\", \"…\"]"));
    cJSON_ArrayForEach(item, value) {
        buffer_add_text(&tags, take_string(reader, item));
        buffer_add_byte(&tags, ' ');
    }
    const char *text = arena_text(reader->articles->arena, buffer_text(&tags));
    buffer_free(&tags);
    return text;
}

static bool is_day(const char *text) {
    static const char shape[] = "0000-00-00";
    for (size_t i = 0; shape[i]; i++)
        if (shape[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    return text[sizeof shape - 1] == '\0';
}

static const char *take_day(struct reader *reader, const cJSON *value) {
    const char *day = take_string(reader, value);
    if (*day && !is_day(day))
        wrong(reader, value, _("a day is written 2026-01-31"));
    return day;
}

static bool take_state(struct reader *reader, const cJSON *value) {
    if (!cJSON_IsString(value) ||
        (strcmp(value->valuestring, "draft") != 0 && strcmp(value->valuestring, "in_use") != 0))
        wrong(reader, value, _("the state is \"draft\" or \"in_use\""));
    return cJSON_IsString(value) && !strcmp(value->valuestring, "draft");
}

/* ---- articles ---- */

static bool key_is_free(const char *key) {
    return !strcmp(key, "notes") || !strncmp(key, "x-", 2);
}

static void take_member(struct reader *reader, const cJSON *item, struct article *article) {
    const char *key = item->string;
    if (!strcmp(key, "id"))
        article->id = take_string(reader, item);
    else if (!strcmp(key, "title"))
        take_text(reader, item, article->title);
    else if (!strcmp(key, "body"))
        take_text(reader, item, article->body);
    else if (!strcmp(key, "tags"))
        article->tags = take_tags(reader, item);
    else if (!strcmp(key, "updated"))
        article->updated = take_day(reader, item);
    else if (!strcmp(key, "state"))
        article->draft = take_state(reader, item);
    else if (!key_is_free(key))
        json_find_key(reader->json, item, reader->findings, FINDING_ERROR, "knowledge-key",
                      _("an article has no `%s`; it has id, title, body, tags, updated, state"),
                      key);
}

static void take_article(struct reader *reader, const cJSON *object) {
    struct article article = {.tags = "", .updated = ""};
    const cJSON *item;
    if (!cJSON_IsObject(object)) {
        wrong(reader, object, _("an article is an object: {\"id\": …, \"title\": …, \"body\": …}"));
        return;
    }
    cJSON_ArrayForEach(item, object) take_member(reader, item, &article);
    if (!article.id || !article.title[0] || !article.body[0])
        wrong(reader, object, _("an article needs an id, a title and a body"));
    else
        articles_add(reader->articles, &article);
}

static int by_id(const void *a, const void *b) {
    const struct article *const *first = a, *const *second = b;
    return strcmp((*first)->id, (*second)->id);
}

/* Two articles of one id: the later one can never be opened. */
static void find_doubles(struct reader *reader, const cJSON *list, size_t from) {
    struct articles *articles = reader->articles;
    size_t count = articles->count;
    const struct article **sorted = memory_new((count + 1) * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &articles->items[i];
    qsort(sorted, count, sizeof *sorted, by_id);
    for (size_t i = 1; i < count; i++) {
        const struct article *later = sorted[i] > sorted[i - 1] ? sorted[i] : sorted[i - 1];
        size_t at = (size_t)(later - articles->items);
        if (strcmp(sorted[i]->id, sorted[i - 1]->id) == 0 && at >= from)
            json_find(reader->json, cJSON_GetArrayItem(list, (int)(at - from)), reader->findings,
                      FINDING_ERROR, "knowledge-double",
                      _("there is an article `%s` already; give this one an id of its own"),
                      later->id);
    }
    free(sorted);
}

static void take_file(struct reader *reader) {
    const cJSON *root = reader->json->root, *item;
    const cJSON *format = cJSON_GetObjectItemCaseSensitive(root, "format");
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "articles");
    size_t from = reader->articles->count;
    if (!cJSON_IsString(format) || strcmp(format->valuestring, KNOWLEDGE_FORMAT) != 0)
        wrong(reader, format ? format : root, _("this needs \"format\": \"itr-knowledge/1\""));
    if (!cJSON_IsArray(list)) {
        wrong(reader, list ? list : root, _("this needs \"articles\": [ … ]"));
        return;
    }
    cJSON_ArrayForEach(item, list) take_article(reader, item);
    find_doubles(reader, list, from);
}

void articles_read(struct articles *articles, const char *file, struct findings *findings) {
    struct buffer bytes = {0};
    struct error error = {0};
    size_t errors = findings->errors, count = articles->count;
    struct json *json = NULL;
    if (file_read(file, FILE_LIMIT, &bytes, &error))
        json = json_parse(file, buffer_text(&bytes), bytes.length, findings);
    else
        findings_add(findings, FINDING_ERROR, "file-read", file, 1, 1, "%s", error.text);
    if (json)
        take_file(&(struct reader){articles, json, findings});
    if (findings->errors > errors)
        articles->count = count;
    json_free(json);
    buffer_free(&bytes);
}
