/* Lines are read twice: quickly without a tree as nearly all can be, and what the quick reader
 * gives up on with one, which also knows what to say of a line that is wrong. */
#include "command/score_request.h"

#include <string.h>

void score_request_free(struct score_request *request) {
    cJSON_Delete(request->tree);
    request->tree = NULL;
}

static void add_turn(struct score_request *request, bool agent, struct json_text text) {
    if (request->context_count == SCORE_CONTEXT_MOST) {
        memmove(request->context, request->context + 1,
                (SCORE_CONTEXT_MOST - 1) * sizeof *request->context);
        request->context_count--;
    }
    request->context[request->context_count++] =
        (struct utterance){agent ? SPEAKER_AGENT : SPEAKER_CUSTOMER, text.bytes, text.length};
}

/* ---- quickly ---- */

/* The text that comes next; something else is skipped and leaves `text` as it was. */
static bool read_if_text(struct json_reader *reader, struct json_text *text) {
    return json_peek(reader) == '"' ? json_read_text(reader, text) : json_skip(reader);
}

static void read_turn(struct score_request *request, struct json_reader *reader) {
    struct json_inside turn;
    struct json_text key, who = {0}, text = {0};
    json_open(reader, '{', &turn);
    while (json_next_key(reader, &turn, &key)) {
        if (json_text_is(&key, "who"))
            read_if_text(reader, &who);
        else if (json_text_is(&key, "text"))
            read_if_text(reader, &text);
        else
            json_skip(reader);
    }
    if (who.bytes != NULL && text.bytes != NULL)
        add_turn(request, json_text_is(&who, "agent"), text);
}

static void read_context(struct score_request *request, struct json_reader *reader) {
    struct json_inside list;
    json_open(reader, '[', &list);
    while (json_next_item(reader, &list))
        read_turn(request, reader);
}

static bool read_quickly(struct score_request *request, struct json_reader *reader) {
    struct json_inside line;
    struct json_text key, lang = {.bytes = "en", .length = 2};
    json_open(reader, '{', &line);
    while (json_next_key(reader, &line, &key)) {
        if (json_text_is(&key, "id"))
            read_if_text(reader, &request->id);
        else if (json_text_is(&key, "text"))
            read_if_text(reader, &request->text);
        else if (json_text_is(&key, "lang"))
            read_if_text(reader, &lang);
        else if (json_text_is(&key, "context"))
            read_context(request, reader);
        else
            json_skip(reader);
    }
    bool known = json_text_is(&lang, "zh") || json_text_is(&lang, "en");
    return json_reader_ended(reader) && known && request->text.bytes != NULL;
}

/* ---- with a tree ---- */

static struct json_text text_member(const cJSON *root, const char *key) {
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(root, key);
    if (!cJSON_IsString(member))
        return (struct json_text){0};
    return (struct json_text){member->valuestring, strlen(member->valuestring)};
}

static void take_context(const cJSON *list, struct score_request *request) {
    const cJSON *turn;
    cJSON_ArrayForEach(turn, list) {
        struct json_text who = text_member(turn, "who"), text = text_member(turn, "text");
        if (who.bytes != NULL && text.bytes != NULL)
            add_turn(request, json_text_is(&who, "agent"), text);
    }
}

static bool take_request(struct score_request *request, struct error *error) {
    if (!cJSON_IsObject(request->tree))
        return error_set(error, "%s", _("the line is no JSON object"));
    request->id = text_member(request->tree, "id");
    request->text = text_member(request->tree, "text");
    if (request->text.bytes == NULL)
        return error_set(error, "%s", _("\"text\" is missing or no string"));
    struct json_text lang = text_member(request->tree, "lang");
    if (lang.bytes != NULL && language_from(lang.bytes) < 0)
        return error_set(error, "%s", _("\"lang\" is neither \"zh\" nor \"en\""));
    take_context(cJSON_GetObjectItemCaseSensitive(request->tree, "context"), request);
    return true;
}

bool score_request_read(struct score_request *request, struct json_reader *reader, const char *line,
                        size_t length, struct error *error) {
    *request = (struct score_request){0};
    json_reader_start(reader, line, length);
    if (read_quickly(request, reader))
        return true;
    *request = (struct score_request){.tree = json_parse_line(line, length, error)};
    return request->tree != NULL && take_request(request, error);
}
