#include "report/telling.h"

#include <string.h>

static void add_plain(struct buffer *out, const char *text) {
    display_add(out, text, strlen(text), false);
}

static bool has_private(const struct scenario *scenario) {
    for (uint32_t i = 0; i < scenario->card_count; i++)
        if (scenario->card[i].private)
            return true;
    return false;
}

static bool is_missed(const struct call *call, uint32_t fact) {
    return call_scenario(call)->facts[fact].needed && !call_fact_revealed(call, fact);
}

/* ---- for people ---- */

static void add_found(struct buffer *out, const struct call *call,
                      const struct scorecard *scorecard, enum language language) {
    const char *between = _(" · not found out: ");
    buffer_printf(out, _("Facts found out: %u of %u needed"), scorecard->facts_found,
                  scorecard->facts_needed);
    for (uint32_t i = 0; i < scorecard->scenario->fact_count; i++)
        if (is_missed(call, i)) {
            buffer_add_text(out, between);
            add_plain(out, scorecard->scenario->facts[i].label.in[language]);
            between = ", ";
        }
    buffer_add_byte(out, '\n');
}

static const char *entry_sign(const struct ticket_entry *entry) {
    static const char *const signs[] = {"✗", "½", "✓"};
    return entry->value ? signs[entry->halves] : "–";
}

static void add_ticket(struct buffer *out, const struct call *call, const struct call_view *view) {
    const struct scenario *scenario = call_scenario(call);
    if (view->ticket_saved_ms < 0)
        buffer_add_text(out, _("Ticket: not saved, so it earned nothing"));
    else
        buffer_printf(out, _("Ticket: saved at %d:%02d"), (int)(view->ticket_saved_ms / 60000),
                      (int)(view->ticket_saved_ms / 1000 % 60));
    for (uint32_t i = 0; i < scenario->ticket_count; i++) {
        struct ticket_entry entry = call_ticket(call, i);
        buffer_printf(out, " · %s ", entry_sign(&entry));
        add_plain(out, ticket_label(&scenario->ticket[i], view->language));
        if (entry.guessed)
            buffer_printf(out, " (%s)", _("guessed"));
    }
    buffer_add_byte(out, '\n');
}

void receipt_facts(struct buffer *out, const struct call *call, const struct scorecard *scorecard) {
    struct call_view view;
    call_view(call, &view);
    if (scorecard->facts_needed)
        add_found(out, call, scorecard, view.language);
    if (has_private(scorecard->scenario))
        buffer_add_text(out, view.verified ? _("The caller was verified.\n")
                                           : _("The caller was never verified.\n"));
    if (scorecard->scenario->ticket_count)
        add_ticket(out, call, &view);
}

/* ---- for programs ---- */

static void json_found(struct buffer *out, const struct call *call,
                       const struct scorecard *scorecard) {
    const char *between = "";
    buffer_printf(out, ", \"facts\": {\"found\": %u, \"needed\": %u, \"missed\": [",
                  scorecard->facts_found, scorecard->facts_needed);
    for (uint32_t i = 0; i < scorecard->scenario->fact_count; i++)
        if (is_missed(call, i)) {
            const char *id = scorecard->scenario->facts[i].id;
            buffer_add_text(out, between);
            json_add_string(out, id, strlen(id));
            between = ", ";
        }
    buffer_add_text(out, "]}");
}

static void json_ticket(struct buffer *out, const struct call *call, const struct call_view *view) {
    static const char *const values[] = {"0", "0.5", "1"};
    const struct scenario *scenario = call_scenario(call);
    buffer_printf(out, ", \"ticket\": {\"saved\": %s, \"fields\": {",
                  view->ticket_saved_ms < 0 ? "false" : "true");
    for (uint32_t i = 0; i < scenario->ticket_count; i++) {
        struct ticket_entry entry = call_ticket(call, i);
        const char *id = scenario->ticket[i].id;
        buffer_add_text(out, i ? ", " : "");
        json_add_string(out, id, strlen(id));
        buffer_printf(out, ": {\"filled\": %s, \"value\": %s, \"guessed\": %s}",
                      entry.value ? "true" : "false", values[entry.halves],
                      entry.guessed ? "true" : "false");
    }
    buffer_add_text(out, "}}");
}

void receipt_facts_json(struct buffer *out, const struct call *call,
                        const struct scorecard *scorecard) {
    struct call_view view;
    call_view(call, &view);
    if (scorecard->facts_needed)
        json_found(out, call, scorecard);
    if (has_private(scorecard->scenario))
        buffer_printf(out, ", \"verified\": %s", view.verified ? "true" : "false");
    if (scorecard->scenario->ticket_count)
        json_ticket(out, call, &view);
}
