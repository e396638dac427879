/* A call in rows: what each kind of event leaves in the columns. The way back is events.c.
 *
 * Names, never positions: a record must stay readable beside a script in which an option was put in
 * at the top. docs/record.md has the table of kinds and keys. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "record/desk.h"

static void add_key(struct buffer *out, const char *key) {
    if (out->length && out->bytes[out->length - 1] != '{')
        buffer_add_byte(out, ',');
    buffer_printf(out, "\"%s\":", key);
}

static void add_string(struct buffer *out, const char *key, const char *text) {
    add_key(out, key);
    json_add_string(out, text, strlen(text));
}

static void add_number(struct buffer *out, const char *key, uint32_t number) {
    add_key(out, key);
    buffer_printf(out, "%" PRIu32, number);
}

static void add_bool(struct buffer *out, const char *key, bool value) {
    add_key(out, key);
    buffer_add_text(out, value ? "true" : "false");
}

static void add_tenths(struct buffer *out, const char *key, int32_t tenths) {
    char text[16];
    add_key(out, key);
    buffer_add_text(out, tenths_text(tenths, text));
}

/* ---- opened ---- */

void record_row_from_opening(const struct record_opening *opening, struct record_row *row,
                             struct buffer *room) {
    buffer_clear(room);
    buffer_add_byte(room, '{');
    add_string(room, "start", opening->start);
    add_string(room, "trainee", opening->trainee);
    add_string(room, "scenario", opening->scenario_id);
    add_key(room, "version");
    buffer_printf(room, "%" PRIu32, opening->scenario_version);
    add_string(room, "mode", mode_word(opening->mode));
    add_key(room, "seed"); /* as text: JSON numbers are exact to 2^53 only */
    buffer_printf(room, "\"%" PRIu64 "\"", opening->seed);
    add_string(room, "lang", language_code(opening->language));
    add_string(room, "program", opening->program);
    add_key(room, "rules");
    buffer_printf(room, "%" PRIu32, opening->rules);
    add_key(room, "plays");
    buffer_printf(room, "%" PRIu32, opening->plays);
    add_string(room, "bundle", opening->bundle);
    if (opening->login && *opening->login)
        add_string(room, "login", opening->login);
    if (opening->at && *opening->at)
        add_string(room, "at", opening->at);
    if (opening->frt_s)
        add_number(room, "frt_s", opening->frt_s);
    if (opening->fold > 1)
        add_number(room, "fold", opening->fold);
    if (opening->seats)
        add_number(room, "seats", opening->seats);
    buffer_add_byte(room, '}');
    *row = (struct record_row){.kind = event_kind_word(EVENT_OPENED),
                               .node = "",
                               .ref = "",
                               .text = "",
                               .data = buffer_text(room)};
}

/* ---- typed ---- */

static void add_spans(struct buffer *out, const struct span *spans, size_t count) {
    add_key(out, "spans");
    buffer_add_byte(out, '[');
    for (size_t i = 0; i < count; i++)
        buffer_printf(out, "%s[%" PRIu32 ",%" PRIu32 "]", i ? "," : "", spans[i].from, spans[i].to);
    buffer_add_text(out, "]}");
}

static void add_labels(struct buffer *out, const struct judgement *judgement) {
    bool first = true;
    add_key(out, "labels");
    buffer_add_byte(out, '[');
    for (int i = 0; i < BEHAVIOUR_COUNT; i++) {
        const struct span *span = &judgement->behaviour_spans[i];
        bool found = judgement->behaviours >> i & 1, unsure = judgement->unsure >> i & 1;
        if (!found && !unsure)
            continue;
        buffer_add_text(out, first ? "{" : ",{");
        add_string(out, "label", behaviour_name((enum behaviour)i));
        add_string(out, "verdict", found ? "FOUND" : "UNSURE");
        add_spans(out, span, span->to > span->from);
        first = false;
    }
    buffer_add_byte(out, ']');
}

/* Parts are counted from 1, in the order of the rule's groups. */
static void add_lacks(struct buffer *out, uint8_t lacks) {
    const char *between = "";
    add_key(out, "lacks");
    buffer_add_byte(out, '[');
    for (unsigned i = 0; i < 8; i++) {
        if (!(lacks >> i & 1))
            continue;
        buffer_printf(out, "%s%u", between, i + 1);
        between = ",";
    }
    buffer_add_byte(out, ']');
}

static void add_points(struct buffer *out, const struct scenario *scenario,
                       const struct judgement *judgement) {
    add_key(out, "points");
    buffer_add_byte(out, '[');
    for (uint32_t i = 0; i < judgement->point_count; i++) {
        const struct judged_point *judged = &judgement->points[i];
        buffer_add_text(out, i ? ",{" : "{");
        add_string(out, "id", scenario->points[judged->point].id);
        add_string(out, "verdict", verdict_name(judged->verdict));
        if (judged->lacks)
            add_lacks(out, judged->lacks);
        add_spans(out, judged->spans, judged->span_count);
    }
    buffer_add_byte(out, ']');
}

static void add_facts(struct buffer *out, const struct scenario *scenario,
                      const struct judgement *judgement) {
    if (!judgement->fact_count)
        return;
    add_key(out, "facts");
    for (uint32_t i = 0; i < judgement->fact_count; i++) {
        const char *id = scenario->facts[judgement->facts[i]].id;
        buffer_add_byte(out, i ? ',' : '[');
        json_add_string(out, id, strlen(id));
    }
    buffer_add_byte(out, ']');
}

static const char *route_word(enum route_kind route) {
    static const char *const words[] = {[ROUTE_OTHERWISE] = "otherwise",
                                        [ROUTE_TYPED_RULE] = "rule",
                                        [ROUTE_REPLY] = "reply",
                                        [ROUTE_FACT] = "fact"};
    return words[route];
}

/* The rule or listed reply that a typed reply took. */
static const char *route_id(const struct node *node, const struct judgement *judgement) {
    switch (judgement->route) {
    case ROUTE_TYPED_RULE:
        return node->typed_rules[judgement->route_index].id;
    case ROUTE_REPLY:
        return node->replies[judgement->route_index].id;
    default:
        return "";
    }
}

static void row_of_typed(const struct call *call, const struct event *event, struct record_row *row,
                         struct buffer *room) {
    const struct scenario *scenario = call_scenario(call);
    const struct judgement *judgement = event->judgement;
    if (!judgement)
        return;
    buffer_add_byte(room, '{');
    add_string(room, "route", route_word(judgement->route));
    add_labels(room, judgement);
    add_points(room, scenario, judgement);
    if (judgement->rating)
        add_bool(room, "rating", true);
    add_facts(room, scenario, judgement);
    buffer_add_byte(room, '}');
    row->ref = route_id(&scenario->nodes[event->node], judgement);
    row->data = buffer_text(room);
}

/* ---- the others ---- */

static const char *number_text(uint32_t number, struct buffer *room) {
    buffer_printf(room, "%" PRIu32, number);
    return buffer_text(room);
}

/* Ref and data of one row share the room: the data stand behind the ref and its NUL. */
static void row_of_practice(const struct event *event, struct record_row *row,
                            struct buffer *room) {
    size_t ref = room->length;
    buffer_add_byte(room, '\0');
    size_t start = room->length;
    buffer_add_byte(room, '{');
    add_number(room, event->kind == EVENT_UNDO ? "row" : "level", event->number);
    buffer_add_byte(room, '}');
    if (ref)
        row->ref = buffer_text(room);
    row->data = buffer_text(room) + start;
}

static const char *ref_of(const struct scenario *scenario, const struct event *event,
                          struct buffer *room) {
    switch (event->kind) {
    case EVENT_REPLY:
        return scenario->nodes[event->node].replies[event->ref].id;
    case EVENT_LOOKUP:
    case EVENT_ARTICLE:
        return event->ids ? event->ids : "";
    case EVENT_PROPOSED:
        return event->ref == CALL_NONE ? "" : scenario->proposals[event->ref].id;
    case EVENT_SILENCE:
        return number_text(event->ref + 1, room); /* steps have no id */
    case EVENT_SKIP:
        return stage_word((enum stage)event->ref);
    case EVENT_LATER:
        return number_text(scenario->nodes[event->node].later[event->ref].after_ms / 1000, room);
    case EVENT_UNDO:
    case EVENT_SURE:
    case EVENT_RATED:
        return number_text(event->ref, room);
    case EVENT_HINT:
        return scenario->points[event->ref].id;
    case EVENT_MOOD_READ:
        return feeling_word((enum feeling)event->ref);
    case EVENT_TICKET:
        return scenario->ticket[event->ref].id;
    case EVENT_REFUSED:
        return call_refusal_word((enum call_refusal)event->ref);
    default:
        return "";
    }
}

/* A text on the ticket is judged like a typed reply; picked values the script itself decides. */
static void row_of_ticket(const struct scenario *scenario, const struct event *event,
                          struct record_row *row, struct buffer *room) {
    if (ticket_values(&scenario->ticket[event->ref]))
        return;
    buffer_add_byte(room, '{');
    add_string(room, "verdict", verdict_name(event->verdict));
    buffer_add_byte(room, '}');
    row->data = buffer_text(room);
}

void record_row_from_event(const struct call *call, const struct event *event,
                           struct record_row *row, struct buffer *room) {
    const struct scenario *scenario = call_scenario(call);
    buffer_clear(room);
    *row = (struct record_row){.t_ms = event->t_ms,
                               .seat = event->seat,
                               .kind = event_kind_word(event->kind),
                               .node = scenario->nodes[event->node].id,
                               .ref = ref_of(scenario, event, room),
                               .text = event->text ? event->text : "",
                               .text_length = event->text ? event->length : 0,
                               .data = ""};
    if (event->kind == EVENT_TYPED)
        row_of_typed(call, event, row, room);
    else if (event->kind == EVENT_UNDO || event->kind == EVENT_HINT)
        row_of_practice(event, row, room);
    else if (event->kind == EVENT_TICKET)
        row_of_ticket(scenario, event, row, room);
    else
        row_of_desk(scenario, event, row, room);
}

/* ---- closed ---- */

/* What a point came to: its credit, or that a person has to decide. */
static const char *credit_name(const struct call *call, const struct scorecard *scorecard,
                               uint32_t point) {
    static const enum verdict verdicts[] = {VERDICT_NOT, VERDICT_PARTIAL, VERDICT_MET};
    if (call_point(call, point).unsure)
        return verdict_name(VERDICT_UNSURE);
    return verdict_name(verdicts[scorecard->points[point].halves]);
}

static void add_verdicts(struct buffer *out, const struct call *call,
                         const struct scorecard *scorecard) {
    const struct scenario *scenario = call_scenario(call);
    add_key(out, "verdicts");
    buffer_add_byte(out, '{');
    for (uint32_t i = 0; i < scenario->point_count; i++)
        if (scorecard->points[i].counts)
            add_string(out, scenario->points[i].id, credit_name(call, scorecard, i));
    buffer_add_byte(out, '}');
}

static void add_stages(struct buffer *out, const struct scorecard *scorecard) {
    add_key(out, "stages");
    buffer_add_byte(out, '{');
    for (int i = 0; i < STAGE_COUNT; i++)
        if (scorecard->stages[i].scored)
            add_tenths(out, stage_word((enum stage)i),
                       scorecard_stage_tenths(scorecard, (enum stage)i));
    buffer_add_byte(out, '}');
}

void record_row_from_closing(const struct call *call, const struct scorecard *scorecard,
                             int64_t t_ms, struct record_row *row, struct buffer *room) {
    const struct scenario *scenario = call_scenario(call);
    struct call_view view;
    char digest[17];
    call_view(call, &view);
    call_digest(call, digest);
    const char *ending = view.ending >= 0 ? scenario->endings[view.ending].id : "";
    buffer_clear(room);
    buffer_add_byte(room, '{');
    add_string(room, "outcome", outcome_word(view.outcome));
    add_string(room, "ending", ending);
    add_tenths(room, "q", scorecard->q_tenths);
    add_bool(room, "pass", scorecard->pass);
    add_bool(room, "critical", scorecard->critical);
    add_stages(room, scorecard);
    add_verdicts(room, call, scorecard);
    if (view.rating) {
        add_key(room, "rating");
        buffer_printf(room, "%u", view.rating);
    }
    add_string(room, "digest", digest);
    buffer_add_byte(room, '}');
    *row = (struct record_row){.t_ms = t_ms,
                               .kind = event_kind_word(EVENT_CLOSED),
                               .node = scenario->nodes[view.node].id,
                               .ref = ending,
                               .text = "",
                               .data = buffer_text(room)};
}
