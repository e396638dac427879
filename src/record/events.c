/* Rows back into events: everything a row says is checked against the script, for a record is
 * outside text like any other. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "record/closing.h"
#include "record/desk.h"
#include "record/record.h"

/* ---- JSON of the data column ---- */

static const cJSON *member(const cJSON *object, const char *key) {
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static bool take_text(const cJSON *object, const char *key, struct arena *arena, const char **text,
                      struct error *error) {
    const cJSON *item = member(object, key);
    if (!cJSON_IsString(item))
        return error_set(error, _("\"%s\" is missing or no text"), key);
    *text = arena_text(arena, item->valuestring);
    return true;
}

static bool whole(const cJSON *item, double limit, uint32_t *value) {
    if (!cJSON_IsNumber(item) || item->valuedouble < 0 || item->valuedouble > limit ||
        item->valuedouble != floor(item->valuedouble))
        return false;
    *value = (uint32_t)item->valuedouble;
    return true;
}

static bool take_whole(const cJSON *object, const char *key, uint32_t *value, struct error *error) {
    if (whole(member(object, key), UINT32_MAX, value))
        return true;
    return error_set(error, _("\"%s\" is missing or no whole number"), key);
}

/* ---- opened ---- */

static bool take_seed(const cJSON *object, uint64_t *seed, struct error *error) {
    const cJSON *item = member(object, "seed");
    char *end = NULL;
    errno = 0;
    if (cJSON_IsString(item) && item->valuestring[0] >= '0' && item->valuestring[0] <= '9')
        *seed = strtoull(item->valuestring, &end, 10);
    if (!end || *end || errno)
        return error_set(error, _("\"seed\" is missing or no number"));
    return true;
}

static bool take_words(const cJSON *object, struct record_opening *opening, struct arena *arena,
                       struct error *error) {
    const char *start = "", *mode = "", *language = "";
    if (!take_text(object, "start", arena, &start, error) ||
        !take_text(object, "mode", arena, &mode, error) ||
        !take_text(object, "lang", arena, &language, error))
        return false;
    if (mode_from(mode) < 0)
        return error_set(error, _("there is no mode \"%s\""), mode);
    if (language_from(language) < 0 || strcmp(language, language_code(language_from(language))))
        return error_set(error, _("there is no language \"%s\""), language);
    if (strlen(start) != strlen("2026-01-31T08:30:00Z"))
        return error_set(error, _("\"start\" is no time"));
    memcpy(opening->start, start, strlen(start) + 1);
    opening->mode = (enum mode)mode_from(mode);
    opening->language = (enum language)language_from(language);
    return true;
}

/* What only some calls have. */
static bool take_extras(const cJSON *object, struct record_opening *opening, struct arena *arena,
                        struct error *error) {
    if (member(object, "login") && !take_text(object, "login", arena, &opening->login, error))
        return false;
    if (member(object, "at") && !take_text(object, "at", arena, &opening->at, error))
        return false;
    if (member(object, "seats") &&
        (!take_whole(object, "seats", &opening->seats, error) || opening->seats != 2))
        return error_set(error, _("\"%s\" is something else than 2"), "seats");
    return !member(object, "frt_s") || take_whole(object, "frt_s", &opening->frt_s, error);
}

/* A later program's fold cannot be run again by this one. */
static bool take_fold(const cJSON *object, uint32_t *fold, struct error *error) {
    *fold = 1;
    if (!member(object, "fold"))
        return true;
    if (!take_whole(object, "fold", fold, error))
        return false;
    if (*fold > 1 && *fold <= CALL_FOLD_VERSION)
        return true;
    return error_set(error,
                     _("it was played by a later program (fold %" PRIu32 "; this one knows "
                       "%d): use that one"),
                     *fold, CALL_FOLD_VERSION);
}

static bool take_opening(const cJSON *object, struct record_opening *opening, struct arena *arena,
                         struct error *error) {
    *opening = (struct record_opening){0};
    return take_words(object, opening, arena, error) &&
           take_text(object, "trainee", arena, &opening->trainee, error) &&
           take_text(object, "scenario", arena, &opening->scenario_id, error) &&
           take_text(object, "program", arena, &opening->program, error) &&
           take_text(object, "bundle", arena, &opening->bundle, error) &&
           take_whole(object, "version", &opening->scenario_version, error) &&
           take_whole(object, "rules", &opening->rules, error) &&
           take_whole(object, "plays", &opening->plays, error) &&
           take_extras(object, opening, arena, error) && take_fold(object, &opening->fold, error) &&
           take_seed(object, &opening->seed, error);
}

bool record_opening_from_row(const struct record_row *row, struct record_opening *opening,
                             struct arena *arena, struct error *error) {
    struct error why = {0};
    if (strcmp(row->kind, event_kind_word(EVENT_OPENED)) != 0)
        return error_set(error, _("row %" PRIu32 " is \"%s\" where the call should be opened"),
                         row->row, row->kind);
    cJSON *object = json_parse_line(row->data, strlen(row->data), &why);
    bool good = object && take_opening(object, opening, arena, &why);
    cJSON_Delete(object);
    return good ||
           error_set(error, _("row %" PRIu32 " does not open a call: %s"), row->row, why.text);
}

/* ---- typed ---- */

/* Spans must lie in the text: the receipt cuts the trainee's words out by them. */
static bool take_spans(const cJSON *object, size_t length, struct span *spans, size_t room,
                       uint8_t *count) {
    const cJSON *list = member(object, "spans"), *pair;
    *count = 0;
    if (!cJSON_IsArray(list))
        return false;
    cJSON_ArrayForEach(pair, list) {
        struct span span;
        if (*count == room || cJSON_GetArraySize(pair) != 2 ||
            !whole(pair->child, (double)length, &span.from) ||
            !whole(pair->child->next, (double)length, &span.to) || span.to < span.from)
            return false;
        spans[(*count)++] = span;
    }
    return true;
}

static bool take_label(const cJSON *item, size_t length, struct judgement *judgement,
                       struct error *error) {
    const cJSON *label = member(item, "label"), *verdict = member(item, "verdict");
    int behaviour = cJSON_IsString(label) ? behaviour_from(label->valuestring) : -1;
    uint8_t spans;
    if (behaviour < 0 || !cJSON_IsString(verdict))
        return error_set(error, _("it holds a label that this program does not know"));
    if (!take_spans(item, length, &judgement->behaviour_spans[behaviour], 1, &spans))
        return error_set(error, _("the words of the label \"%s\" lie outside its text"),
                         label->valuestring);
    if (strcmp(verdict->valuestring, "FOUND") == 0)
        judgement->behaviours |= 1u << behaviour;
    else if (strcmp(verdict->valuestring, verdict_name(VERDICT_UNSURE)) == 0)
        judgement->unsure |= 1u << behaviour;
    else
        return error_set(error, _("the label \"%s\" has no verdict"), label->valuestring);
    return true;
}

static bool take_lacks(const cJSON *object, uint8_t *lacks) {
    const cJSON *list = member(object, "lacks"), *item;
    if (list && !cJSON_IsArray(list))
        return false;
    cJSON_ArrayForEach(item, list) {
        uint32_t part;
        if (!whole(item, 8, &part) || !part)
            return false;
        *lacks |= (uint8_t)(1u << (part - 1));
    }
    return true;
}

static bool take_point(const struct scenario *scenario, const cJSON *item, size_t length,
                       struct judgement *judgement, struct error *error) {
    const cJSON *id = member(item, "id"), *word = member(item, "verdict");
    int point = cJSON_IsString(id) ? scenario_point(scenario, id->valuestring) : -1;
    int verdict = cJSON_IsString(word) ? verdict_from(word->valuestring) : -1;
    if (point < 0)
        return error_set(error, _("it holds a point that the script does not have"));
    uint8_t lacks = 0;
    if (!take_lacks(item, &lacks))
        return error_set(error, _("the parts that the point \"%s\" lacks are no list of numbers"),
                         id->valuestring);
    if (verdict < VERDICT_UNSURE && !(verdict == VERDICT_NOT && lacks))
        return error_set(error, _("the point \"%s\" has no verdict"), id->valuestring);
    if (judgement->point_count == JUDGED_POINTS)
        return error_set(error, _("it holds too many points"));
    struct judged_point *judged = &judgement->points[judgement->point_count++];
    *judged = (struct judged_point){
        .point = (uint32_t)point, .verdict = (enum verdict)verdict, .lacks = lacks};
    return take_spans(item, length, judged->spans, FOUND_SPANS, &judged->span_count) ||
           error_set(error, _("the words of the point \"%s\" lie outside its text"),
                     id->valuestring);
}

static bool take_fact(const struct scenario *scenario, const cJSON *item,
                      struct judgement *judgement, struct error *error) {
    int fact = cJSON_IsString(item) ? scenario_fact(scenario, item->valuestring) : -1;
    if (fact < 0)
        return error_set(error, _("it holds a fact that the script does not have"));
    if (judgement->fact_count == JUDGED_FACTS)
        return error_set(error, _("it holds too many facts"));
    judgement->facts[judgement->fact_count++] = (uint32_t)fact;
    return true;
}

static int find_reply(const struct node *node, const char *id) {
    for (uint32_t i = 0; i < node->reply_count; i++)
        if (strcmp(node->replies[i].id, id) == 0)
            return (int)i;
    return -1;
}

static int find_rule(const struct node *node, const char *id) {
    for (uint32_t i = 0; i < node->typed_rule_count; i++)
        if (strcmp(node->typed_rules[i].id, id) == 0)
            return (int)i;
    return -1;
}

static bool take_route(const struct node *node, const cJSON *object, const char *id,
                       struct judgement *judgement, struct error *error) {
    const cJSON *item = member(object, "route");
    const char *word = cJSON_IsString(item) ? item->valuestring : "";
    int index = 0;
    if (strcmp(word, "otherwise") == 0) {
        judgement->route = ROUTE_OTHERWISE;
    } else if (strcmp(word, "rule") == 0) {
        judgement->route = ROUTE_TYPED_RULE;
        index = find_rule(node, id);
    } else if (strcmp(word, "reply") == 0) {
        judgement->route = ROUTE_REPLY;
        index = find_reply(node, id);
    } else if (strcmp(word, "fact") == 0) {
        judgement->route = ROUTE_FACT;
    } else {
        return error_set(error, _("it does not say which way the reply took"));
    }
    judgement->route_index = (uint32_t)index;
    return index >= 0 || error_set(error, _("the script has no \"%s\" at \"%s\""), id, node->id);
}

static bool take_judgement(const struct scenario *scenario, const struct event *event,
                           const struct record_row *row, const cJSON *object,
                           struct judgement *judgement, struct error *error) {
    const cJSON *item;
    *judgement = (struct judgement){0};
    if (!take_route(&scenario->nodes[event->node], object, row->ref, judgement, error))
        return false;
    cJSON_ArrayForEach(item, member(object, "labels")) {
        if (!take_label(item, row->text_length, judgement, error))
            return false;
    }
    cJSON_ArrayForEach(item, member(object, "points")) {
        if (!take_point(scenario, item, row->text_length, judgement, error))
            return false;
    }
    judgement->rating = cJSON_IsTrue(member(object, "rating"));
    cJSON_ArrayForEach(item, member(object, "facts")) {
        if (!take_fact(scenario, item, judgement, error))
            return false;
    }
    return true;
}

static bool take_typed(const struct scenario *scenario, const struct record_row *row,
                       struct event *event, struct judgement *judgement, struct error *error) {
    cJSON *object = json_parse_line(row->data, strlen(row->data), error);
    bool good = object && take_judgement(scenario, event, row, object, judgement, error);
    cJSON_Delete(object);
    event->judgement = judgement;
    return good;
}

/* ---- the reference of each kind ---- */

static bool take_ref(int found, const struct record_row *row, struct event *event,
                     struct error *error) {
    event->ref = (uint32_t)found;
    return found >= 0 || error_set(error, _("\"%s\" is nothing that the script has at \"%s\""),
                                   row->ref, row->node);
}

static int find_stage(const char *word) {
    for (int i = 0; i < STAGE_COUNT; i++)
        if (strcmp(stage_word((enum stage)i), word) == 0)
            return i;
    return -1;
}

static int find_refusal(const char *word) {
    for (int i = 0; i < CALL_REFUSAL_COUNT; i++)
        if (strcmp(call_refusal_word((enum call_refusal)i), word) == 0)
            return i;
    return -1;
}

static int find_step(const char *number) {
    char *end;
    long step = strtol(number, &end, 10);
    return *number >= '1' && *number <= '9' && !*end && step <= INT32_MAX ? (int)step - 1 : -1;
}

static int find_later(const struct node *node, const char *seconds) {
    uint32_t wanted = (uint32_t)(find_step(seconds) + 1);
    for (uint32_t i = 0; i < node->later_count; i++)
        if (node->later[i].after_ms / 1000 == wanted)
            return (int)i;
    return -1;
}

static bool take_number(const struct record_row *row, const char *key, struct event *event,
                        struct error *error) {
    cJSON *object = json_parse_line(row->data, strlen(row->data), error);
    bool good = object && take_whole(object, key, &event->number, error);
    cJSON_Delete(object);
    return good;
}

/* Any article may be opened; only those that the script names do something in the fold. */
static bool take_article(const struct scenario *scenario, const struct record_row *row,
                         struct event *event, struct error *error) {
    int index = scenario_article(scenario, row->ref);
    event->ids = row->ref;
    event->ref = index < 0 ? CALL_NONE : (uint32_t)index;
    return *row->ref || error_set(error, _("it does not say which article was opened"));
}

static bool take_proposal(const struct scenario *scenario, const struct record_row *row,
                          struct event *event, struct error *error) {
    event->ref = CALL_NONE;
    for (uint32_t i = 0; i < scenario->proposal_count; i++)
        if (!strcmp(scenario->proposals[i].id, row->ref))
            event->ref = i;
    return !*row->ref || event->ref != CALL_NONE ||
           error_set(error, _("the script has no rule \"%s\" for proposed articles"), row->ref);
}

static bool take_ticket(const struct scenario *scenario, const struct record_row *row,
                        struct event *event, struct error *error) {
    if (!take_ref(scenario_ticket(scenario, row->ref), row, event, error))
        return false;
    if (ticket_values(&scenario->ticket[event->ref]))
        return true;
    cJSON *object = json_parse_line(row->data, strlen(row->data), error);
    const cJSON *word = member(object, "verdict");
    int verdict = cJSON_IsString(word) ? verdict_from(word->valuestring) : -1;
    cJSON_Delete(object);
    event->verdict = (enum verdict)verdict;
    return verdict >= 0 || error_set(error, _("the text on the ticket has no verdict"));
}

static bool take_kind(const struct scenario *scenario, const struct record_row *row,
                      struct event *event, struct judgement *judgement, struct error *error) {
    switch (event->kind) {
    case EVENT_REPLY:
        return take_ref(find_reply(&scenario->nodes[event->node], row->ref), row, event, error);
    case EVENT_TYPED:
        return take_typed(scenario, row, event, judgement, error);
    case EVENT_SILENCE:
        return take_ref(find_step(row->ref), row, event, error);
    case EVENT_SKIP:
        return take_ref(find_stage(row->ref), row, event, error);
    case EVENT_MOOD_READ:
        return take_ref(feeling_from(row->ref), row, event, error);
    case EVENT_LOOKUP:
        event->ids = row->ref;
        return true;
    case EVENT_ARTICLE:
        return take_article(scenario, row, event, error);
    case EVENT_PROPOSED:
        return take_proposal(scenario, row, event, error);
    case EVENT_TICKET:
        return take_ticket(scenario, row, event, error);
    case EVENT_REFUSED:
        return take_ref(find_refusal(row->ref), row, event, error);
    case EVENT_ACTION:
    case EVENT_HANDOVER:
        return desk_from_row(scenario, row, event, error);
    case EVENT_LATER:
        return take_ref(find_later(&scenario->nodes[event->node], row->ref), row, event, error);
    case EVENT_UNDO:
    case EVENT_SURE:
    case EVENT_RATED:
        return take_ref(find_step(row->ref) + 1, row, event, error) &&
               (event->kind != EVENT_UNDO || take_number(row, "row", event, error));
    case EVENT_HINT:
        return take_ref(scenario_point(scenario, row->ref), row, event, error) &&
               take_number(row, "level", event, error);
    default:
        return true;
    }
}

/* Where a drill begins in the middle of the script. */
static bool take_place(const struct scenario *scenario, const struct record_opening *opening,
                       struct event *event, struct error *error) {
    int node = opening->at ? scenario_node(scenario, opening->at) : -1;
    event->number = opening->at ? (uint32_t)(node + 1) : 0;
    return !opening->at || node >= 0 ||
           error_set(error, _("the script has no node \"%s\""), opening->at);
}

static bool take_opened(const struct scenario *scenario, const struct record_row *row,
                        struct event *event, struct error *error) {
    struct record_opening opening;
    struct arena *arena = arena_new();
    bool good = record_opening_from_row(row, &opening, arena, error);
    if (good && strcmp(opening.scenario_id, scenario->id) != 0)
        good = error_set(error, _("the call was played with the script \"%s\", this is \"%s\""),
                         opening.scenario_id, scenario->id);
    if (good) {
        event->seed = opening.seed;
        event->mode = opening.mode;
        event->language = opening.language;
        event->plays = opening.plays;
        event->fold = opening.fold;
        event->seats = opening.seats;
        event->node = scenario->start;
        good = take_place(scenario, &opening, event, error);
    }
    arena_free(arena);
    return good;
}

static bool take_event(const struct call *call, const struct record_row *row, struct event *event,
                       struct judgement *judgement, struct error *error) {
    const struct scenario *scenario = call_scenario(call);
    struct call_view view;
    call_view(call, &view);
    if (event->kind == EVENT_OPENED)
        return take_opened(scenario, row, event, error);
    /* nearly every row speaks of the node where the call stands */
    int node = strcmp(scenario->nodes[view.node].id, row->node) == 0
                   ? (int)view.node
                   : scenario_node(scenario, row->node);
    if (node < 0)
        return error_set(error, _("the script has no node \"%s\""), row->node);
    event->node = (uint32_t)node;
    return take_kind(scenario, row, event, judgement, error);
}

bool record_event_from_row(const struct call *call, const struct record_row *row,
                           struct event *event, struct judgement *judgement, struct error *error) {
    struct error why = {0};
    int kind = event_kind_from(row->kind);
    *event = (struct event){.kind = (enum event_kind)kind,
                            .t_ms = row->t_ms,
                            .seat = row->seat,
                            .text = row->text_length ? row->text : NULL,
                            .length = row->text_length};
    if (kind < 0)
        error_set(&why, _("there is no kind of row \"%s\""), row->kind);
    else if (take_event(call, row, event, judgement, &why))
        return true;
    return error_set(error, _("row %" PRIu32 " does not fit the script: %s"), row->row, why.text);
}

/* ---- closed ---- */

bool closing_from_row(const struct record_row *row, struct closing *closing) {
    cJSON *object = json_parse_line(row->data, strlen(row->data), NULL);
    const cJSON *outcome = member(object, "outcome"), *q = member(object, "q");
    const cJSON *pass = member(object, "pass"), *critical = member(object, "critical");
    bool good = cJSON_IsString(outcome) && cJSON_IsNumber(q) && cJSON_IsBool(pass) &&
                q->valuedouble >= 0 && q->valuedouble <= 100;
    int found = -1;
    for (int i = 0; good && i < OUTCOME_COUNT; i++)
        if (strcmp(outcome_word((enum outcome)i), outcome->valuestring) == 0)
            found = i;
    if (good && found >= 0)
        *closing = (struct closing){.outcome = (enum outcome)found,
                                    .q_tenths = (int32_t)lround(10 * q->valuedouble),
                                    .pass = cJSON_IsTrue(pass),
                                    .critical = cJSON_IsTrue(critical)};
    cJSON_Delete(object);
    return good && found >= 0;
}
