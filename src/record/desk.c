#include "record/desk.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ---- to rows ---- */

static void row_of_action(const struct scenario *scenario, const struct event *event,
                          struct record_row *row, struct buffer *room) {
    row->ref = scenario->actions[event->ref].id;
    if (!scenario->actions[event->ref].takes_amount)
        return;
    buffer_printf(room, "{\"amount\":%" PRId64 "}", event->amount);
    row->data = buffer_text(room);
}

static void row_of_handover(const struct scenario *scenario, const struct event *event,
                            struct record_row *row, struct buffer *room) {
    const struct second_line *line = &scenario->second_line;
    const char *between = "";
    buffer_add_text(room, "{\"needs\":[");
    for (uint32_t i = 0; i < line->need_count; i++) {
        if (!(event->needs >> i & 1))
            continue;
        buffer_add_text(room, between);
        json_add_string(room, line->needs[i].id, strlen(line->needs[i].id));
        between = ",";
    }
    buffer_add_text(room, "]}");
    row->data = buffer_text(room);
}

void row_of_desk(const struct scenario *scenario, const struct event *event, struct record_row *row,
                 struct buffer *room) {
    if (event->kind == EVENT_ACTION)
        row_of_action(scenario, event, row, room);
    else if (event->kind == EVENT_HANDOVER)
        row_of_handover(scenario, event, row, room);
}

/* ---- from rows ---- */

#define AMOUNT_LIMIT ((double)((int64_t)1 << 53))

static bool take_amount(const cJSON *object, struct event *event, struct error *error) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, "amount");
    if (!cJSON_IsNumber(item) || item->valuedouble != floor(item->valuedouble) ||
        fabs(item->valuedouble) > AMOUNT_LIMIT)
        return error_set(error, _("\"%s\" is missing or no whole number"), "amount");
    event->amount = (int64_t)item->valuedouble;
    return true;
}

static bool take_action(const struct scenario *scenario, const struct record_row *row,
                        const cJSON *object, struct event *event, struct error *error) {
    int action = scenario_action(scenario, row->ref);
    if (action < 0)
        return error_set(error, _("the script has no action \"%s\""), row->ref);
    event->ref = (uint32_t)action;
    return !scenario->actions[action].takes_amount || take_amount(object, event, error);
}

static bool take_need(const struct second_line *line, const cJSON *item, struct event *event) {
    for (uint32_t i = 0; cJSON_IsString(item) && i < line->need_count; i++)
        if (strcmp(line->needs[i].id, item->valuestring) == 0) {
            event->needs |= 1u << i;
            return true;
        }
    return false;
}

static bool take_needs(const struct scenario *scenario, const cJSON *object, struct event *event,
                       struct error *error) {
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "needs"), *item;
    if (!cJSON_IsArray(list))
        return error_set(error, _("\"%s\" is missing or no list"), "needs");
    cJSON_ArrayForEach(
        item,
        list) if (!take_need(&scenario->second_line, item,
                             event)) return error_set(error,
                                                      _("it names something that the script's "
                                                        "second line does not need"));
    return true;
}

bool desk_from_row(const struct scenario *scenario, const struct record_row *row,
                   struct event *event, struct error *error) {
    cJSON *object = *row->data ? json_parse_line(row->data, strlen(row->data), error) : NULL;
    bool good = object || !*row->data;
    if (good && event->kind == EVENT_ACTION)
        good = take_action(scenario, row, object, event, error);
    else if (good && event->kind == EVENT_HANDOVER)
        good = take_needs(scenario, object, event, error);
    cJSON_Delete(object);
    return good;
}
