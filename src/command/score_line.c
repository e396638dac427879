#include <stdlib.h>
#include <string.h>

#include "command/score_line.h"
#include "command/score_request.h"

/* ---- JSON ---- */

static void add_string(struct buffer *out, const char *key, const char *text) {
    buffer_add_text(out, key);
    json_add_string(out, text, strlen(text));
}

static void add_id(struct buffer *out, const struct json_text *id) {
    if (id->bytes == NULL) {
        buffer_add_text(out, "{\"id\":null");
        return;
    }
    buffer_add_text(out, "{\"id\":");
    json_add_string(out, id->bytes, id->length);
}

static void add_error(struct buffer *out, const struct json_text *id, const struct error *error) {
    add_id(out, id);
    add_string(out, ",\"labels\":[],\"error\":", error->text);
    buffer_add_text(out, "}\n");
}

static void add_number(struct buffer *out, uint32_t number) {
    char digits[12];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    buffer_add(out, digits + at, sizeof digits - at);
}

static void add_spans(struct buffer *out, const struct found *found) {
    buffer_add_text(out, ",\"spans\":[");
    for (size_t i = 0; i < found->span_count; i++) {
        buffer_add_text(out, i > 0 ? ",[" : "[");
        add_number(out, found->spans[i].from);
        buffer_add_byte(out, ',');
        add_number(out, found->spans[i].to);
        buffer_add_byte(out, ']');
    }
    buffer_add_byte(out, ']');
}

static void add_details(struct buffer *out, const struct found *found) {
    if (found->detail == NULL)
        return;
    buffer_add_text(out, ",\"detail\":[");
    for (size_t i = 0; i < FOUND_DETAILS && found->details[i] != NULL; i++)
        add_string(out, i > 0 ? "," : "", found->details[i]);
    buffer_add_byte(out, ']');
}

static void add_found(struct buffer *out, enum behaviour behaviour, const struct found *found) {
    add_string(out, "{\"label\":", behaviour_name(behaviour));
    add_string(out, ",\"verdict\":", verdict_name(found->verdict));
    add_spans(out, found);
    add_string(out, ",\"rule\":", found->rule);
    add_string(out, ",\"why\":", found->why);
    add_details(out, found);
    buffer_add_byte(out, '}');
}

/* What the reply earns at the node, and where it leads. */
static void add_judgement(struct buffer *out, const struct call *call,
                          const struct judgement *judgement) {
    static const char *const kinds[] = {[ROUTE_OTHERWISE] = "otherwise",
                                        [ROUTE_TYPED_RULE] = "rule",
                                        [ROUTE_REPLY] = "reply",
                                        [ROUTE_FACT] = "fact"};
    const struct scenario *scenario = call_scenario(call);
    struct call_view view;
    call_view(call, &view);
    const struct node *node = &scenario->nodes[view.node];
    add_string(out, ",\"route\":{\"kind\":", kinds[judgement->route]);
    if (judgement->route == ROUTE_TYPED_RULE)
        add_string(out, ",\"id\":", node->typed_rules[judgement->route_index].id);
    else if (judgement->route == ROUTE_REPLY)
        add_string(out, ",\"id\":", node->replies[judgement->route_index].id);
    buffer_add_text(out, "},\"points\":[");
    for (uint32_t i = 0; i < judgement->point_count; i++) {
        const struct judged_point *judged = &judgement->points[i];
        struct found found = {.span_count = judged->span_count};
        memcpy(found.spans, judged->spans, sizeof found.spans);
        add_string(out, i ? ",{\"point\":" : "{\"point\":", scenario->points[judged->point].id);
        add_string(out, ",\"verdict\":", verdict_name(judged->verdict));
        add_spans(out, &found);
        buffer_add_byte(out, '}');
    }
    buffer_add_byte(out, ']');
}

static void add_reading(struct buffer *out, const struct json_text *id,
                        const struct reading *reading, const struct call *call,
                        const struct judgement *judgement) {
    add_id(out, id);
    buffer_add_text(out, ",\"labels\":[");
    bool first = true;
    for (int i = 0; i < BEHAVIOUR_COUNT; i++) {
        const struct found *found = &reading->behaviours[i];
        if (found->verdict == VERDICT_NOT)
            continue;
        if (!first)
            buffer_add_byte(out, ',');
        first = false;
        add_found(out, (enum behaviour)i, found);
    }
    buffer_add_byte(out, ']');
    if (call)
        add_judgement(out, call, judgement);
    buffer_add_text(out, "}\n");
}

/* ---- for people ---- */

static void explain_found(struct buffer *out, const char *text, enum behaviour behaviour,
                          const struct found *found) {
    buffer_printf(out, "  %-20s %-7s", behaviour_name(behaviour), verdict_name(found->verdict));
    for (size_t i = 0; i < found->span_count; i++) {
        buffer_add_text(out, " «");
        display_add(out, text + found->spans[i].from, found->spans[i].to - found->spans[i].from,
                    false);
        buffer_add_text(out, "»");
    }
    for (size_t i = 0; i < FOUND_DETAILS && found->details[i] != NULL; i++)
        buffer_printf(out, " (%s)", found->details[i]);
    buffer_printf(out, "\n  %-28s %s: %s\n", "", found->rule, found->why);
}

static void explain_reading(struct buffer *out, const struct score_request *request,
                            const struct reading *reading) {
    if (request->id.bytes != NULL)
        display_add(out, request->id.bytes, request->id.length, false);
    buffer_add_text(out, ": ");
    display_add(out, request->text.bytes, request->text.length, false);
    buffer_add_byte(out, '\n');
    for (int i = 0; i < BEHAVIOUR_COUNT; i++) {
        const struct found *found = &reading->behaviours[i];
        if (found->verdict != VERDICT_NOT ||
            (found->rule != NULL && strcmp(found->why, "nothing") != 0))
            explain_found(out, request->text.bytes, (enum behaviour)i, found);
    }
}

static void explain_judgement(struct buffer *out, const struct call *call,
                              const struct judgement *judgement) {
    const struct scenario *scenario = call_scenario(call);
    for (uint32_t i = 0; i < judgement->point_count; i++) {
        const struct point *point = &scenario->points[judgement->points[i].point];
        const char *text = point->text.in[message_language()];
        buffer_printf(out, "  %-20s %-7s ", point->id, verdict_name(judgement->points[i].verdict));
        display_add(out, text, strlen(text), false);
        buffer_add_byte(out, '\n');
    }
}

static void answer(const struct score_subject *subject, const struct score_request *request,
                   bool explain, struct reading *reading, struct buffer *out) {
    struct judgement judgement = {0};
    if (subject->call)
        call_judge(subject->call, request->context, request->context_count, request->text.bytes,
                   request->text.length, reading, &judgement);
    else
        language_read(subject->lexicon, request->context, request->context_count,
                      request->text.bytes, request->text.length, reading);
    if (!explain) {
        add_reading(out, &request->id, reading, subject->call, &judgement);
        return;
    }
    explain_reading(out, request, reading);
    if (subject->call)
        explain_judgement(out, subject->call, &judgement);
}

void score_desk_free(struct score_desk *desk) {
    reading_free(&desk->reading);
    json_reader_free(&desk->reader);
}

void score_line(const struct score_subject *subject, const char *line, size_t length, bool explain,
                struct score_desk *desk, struct buffer *out) {
    struct error error = {0};
    struct score_request request;
    if (score_request_read(&request, &desk->reader, line, length, &error))
        answer(subject, &request, explain, &desk->reading, out);
    else
        add_error(out, &request.id, &error);
    score_request_free(&request);
}
