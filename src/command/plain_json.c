#include <string.h>

#include "command/plain_inside.h"

static void add_string(struct buffer *out, const char *key, const char *text, size_t length) {
    buffer_printf(out, ", \"%s\": ", key);
    json_add_string(out, text, length);
}

static void add_lines(struct buffer *out, const char *key, enum language language,
                      const struct call_outcome *outcome, bool customers, bool others) {
    const char *between = "";
    buffer_printf(out, ", \"%s\": [", key);
    for (uint32_t i = 0; i < outcome->line_count; i++) {
        if (!(outcome->lines[i].who == SPOKEN_CUSTOMER ? customers : others))
            continue;
        const char *text = outcome->lines[i].text->in[language];
        buffer_add_text(out, between);
        json_add_string(out, text, strlen(text));
        between = ", ";
    }
    buffer_add_text(out, "]");
}

static void add_credits(struct buffer *out, const struct call *call,
                        const struct call_outcome *outcome) {
    static const char *const values[] = {"0", "0.5", "1"};
    buffer_add_text(out, ", \"marks\": [");
    for (uint32_t i = 0; i < outcome->credit_count; i++) {
        const struct credit *credit = &outcome->credits[i];
        const char *id = call_scenario(call)->points[credit->point].id;
        buffer_add_text(out, i ? ", {\"point\": " : "{\"point\": ");
        json_add_string(out, id, strlen(id));
        buffer_printf(out, ", \"verdict\": \"%s\", \"value\": %s, \"counted\": %s",
                      verdict_name(credit->verdict), values[credit->after],
                      credit->counted ? "true" : "false");
        if (credit->reason)
            add_string(out, "reason", credit->reason, strlen(credit->reason));
        buffer_add_text(out, "}");
    }
    buffer_add_text(out, "]");
}

/* Only what is so: most calls have none of it. */
static void add_customer(struct buffer *out, const struct call_view *view,
                         const struct call_outcome *outcome) {
    buffer_add_text(out, outcome->repeat ? ", \"repeat\": true" : "");
    buffer_add_text(out, outcome->interrupted ? ", \"interrupted\": true" : "");
    buffer_add_text(out, view->supervisor ? ", \"supervisor\": true" : "");
    if (view->rating)
        buffer_printf(out, ", \"rating\": %u", view->rating);
}

static void add_facts(struct buffer *out, const struct call *call,
                      const struct call_outcome *outcome) {
    for (uint32_t i = 0; i < outcome->fact_count; i++) {
        const char *id = call_scenario(call)->facts[outcome->facts[i]].id;
        buffer_add_text(out, i ? ", " : ", \"facts\": [");
        json_add_string(out, id, strlen(id));
    }
    if (outcome->fact_count)
        buffer_add_text(out, "]");
}

static void add_options(struct buffer *out, const struct call *call, const struct call_view *view) {
    uint32_t options[PLAIN_OPTIONS];
    uint32_t count = call_options(call, options, PLAIN_OPTIONS);
    const struct node *node = &call_scenario(call)->nodes[view->node];
    buffer_add_text(out, ", \"options\": [");
    for (uint32_t i = 0; i < count; i++) {
        const struct reply *reply = &node->replies[options[i]];
        const char *says = reply->says.in[view->language];
        buffer_add_text(out, i ? ", {\"id\": " : "{\"id\": ");
        json_add_string(out, reply->id, strlen(reply->id));
        add_string(out, "says", says, strlen(says));
        buffer_add_text(out, "}");
    }
    buffer_printf(out, "], \"typed\": %s",
                  node->accepts_typed && !view->talk_over ? "true" : "false");
}

void plain_event_json(struct buffer *out, const struct call *call, uint32_t row,
                      const struct event *event, const struct call_outcome *outcome) {
    struct call_view view;
    call_view(call, &view);
    const struct node *node = &call_scenario(call)->nodes[view.node];
    buffer_printf(out, "{\"row\": %u, \"t_ms\": %lld, \"kind\": \"%s\"", row,
                  (long long)event->t_ms, event_kind_word(event->kind));
    if (event->text)
        add_string(out, "text", event->text, event->length);
    if (event->kind == EVENT_TICKET) {
        const char *field = call_scenario(call)->ticket[event->ref].id;
        add_string(out, "field", field, strlen(field));
    }
    if (event->kind == EVENT_REFUSED) {
        const char *word = call_refusal_word((enum call_refusal)event->ref);
        add_string(out, "refusal", word, strlen(word));
    }
    if (event->seat)
        buffer_printf(out, ", \"seat\": %u", event->seat);
    if (event->kind == EVENT_RATED)
        buffer_printf(out, ", \"rated\": %u", event->ref);
    add_lines(out, "lines", view.language, outcome, !view.two_seats, true);
    if (view.two_seats) /* what the script has the customer say is for the person who plays him */
        add_lines(out, "cue", view.language, outcome, true, false);
    add_credits(out, call, outcome);
    add_facts(out, call, outcome);
    add_string(out, "node", node->id, strlen(node->id));
    buffer_printf(out, ", \"stage\": \"%s\", \"phase\": \"%s\", \"mood\": %d, \"patience\": %d",
                  stage_word(node->stage), phase_word(view.phase), view.mood, view.patience);
    add_customer(out, &view, outcome);
    buffer_printf(out, ", \"ended\": %s", view.ended ? "true" : "false");
    add_options(out, call, &view);
    plain_desk_json(out, call);
    buffer_add_text(out, "}\n");
}
