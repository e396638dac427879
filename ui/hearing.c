/* What an event says in the conversation: the words of both sides, what happened, and with marks
 * what a reply was worth and by which words. */
#include <string.h>

#include "conversation.h"
#include "report/report.h"
#include "screen.h"

#define MISSES_TOLD 3 /* at once: more would bury the answer */

/* ---- what an event did ---- */

static void add_note(struct conversation *conversation, int64_t t_ms, const char *text) {
    conversation_add(conversation, SAID_NOTE, t_ms, text, strlen(text));
}

static void add_desk(struct buffer *note, const struct scenario *scenario, enum language language,
                     const struct event *event) {
    if (event->kind == EVENT_ACTION) {
        const struct desk_action *action = &scenario->actions[event->ref];
        buffer_add_text(note, text_in(&action->label, language));
        if (action->takes_amount)
            buffer_printf(note, " %lld", (long long)event->amount);
    } else {
        buffer_printf(note, "%s: ", event->kind == EVENT_NOTE ? _("Note") : _("Handed on"));
    }
    if (event->text && event->length) {
        buffer_add_text(note, event->kind == EVENT_ACTION ? " · " : "");
        buffer_add(note, event->text, event->length);
    }
}

static void add_ticket(struct buffer *note, const struct scenario *scenario, enum language language,
                       const struct event *event) {
    const struct ticket_field *field = &scenario->ticket[event->ref];
    int value = call_ticket_value(field, event->text, event->length);
    buffer_printf(note, "%s, %s: ", _("Ticket"), ticket_label(field, language));
    if (value >= 0)
        buffer_add_text(note, ticket_value_label(field, (uint32_t)value, language));
    else
        buffer_add(note, event->text, event->length);
}

static void add_words(struct buffer *note, const char *what, const struct event *event) {
    buffer_printf(note, "%s: ", what);
    if (event->text)
        buffer_add(note, event->text, event->length);
}

static void add_happened(struct conversation *conversation, const struct hearing *hearing,
                         const struct event *event) {
    struct buffer note = {0};
    switch (event->kind) {
    case EVENT_HOLD:
        buffer_add_text(&note, _("The customer is on hold."));
        break;
    case EVENT_RESUME:
        buffer_add_text(&note, _("You are back with the customer."));
        break;
    case EVENT_END:
        buffer_add_text(&note, _("You hang up."));
        break;
    case EVENT_SKIP:
        buffer_printf(&note, _("Skipped knowingly: on to %s."),
                      stage_label((enum stage)(event->ref % STAGE_COUNT)));
        break;
    case EVENT_BREATHE:
        buffer_add_text(&note, _("You take a breath."));
        break;
    case EVENT_MOOD_READ:
        buffer_printf(&note, _("You read the customer as %s."),
                      feeling_label((enum feeling)event->ref));
        break;
    case EVENT_GAP:
        buffer_add_text(&note, _("The clock stood still; the call goes on."));
        break;
    case EVENT_TICKET:
        add_ticket(&note, hearing->scenario, hearing->language, event);
        break;
    case EVENT_TICKET_SAVED:
        buffer_add_text(&note, _("The ticket is saved."));
        break;
    case EVENT_DONE:
        buffer_add_text(&note, _("The work after the call is done."));
        break;
    case EVENT_LOOKUP:
        add_words(&note, _("Looked up"), event);
        break;
    case EVENT_ARTICLE:
        add_words(&note, _("Read"), event);
        break;
    case EVENT_PROPOSED:
        add_words(&note, _("For the knowledge base"), event);
        break;
    case EVENT_ACTION:
    case EVENT_HANDOVER:
    case EVENT_NOTE:
        add_desk(&note, hearing->scenario, hearing->language, event);
        break;
    default:
        if (!report_seats(&note, event))
            report_practice(&note, hearing->scenario, hearing->language, event);
        break;
    }
    if (note.length)
        conversation_add(conversation, event->kind == EVENT_NOTE ? SAID_OWN_NOTE : SAID_NOTE,
                         event->t_ms, note.bytes, note.length);
    buffer_free(&note);
}

/* What the customer did besides speaking. That a question was a repeat is feedback. */
static void add_customer(struct conversation *conversation, const struct event *event,
                         const struct call_outcome *outcome, bool marks) {
    struct buffer note = {0};
    if (outcome->interrupted)
        add_note(conversation, event->t_ms, _("The customer cuts in."));
    if (outcome->repeat && marks)
        add_note(conversation, event->t_ms, _("This was answered before."));
    if (outcome->escalated)
        add_note(conversation, event->t_ms, _("The customer asks for a supervisor."));
    if (!outcome->rating)
        return;
    buffer_printf(&note, _("Rating given (simulated): %u of 5."), outcome->rating);
    add_note(conversation, event->t_ms, buffer_text(&note));
    buffer_free(&note);
}

/* ---- what a reply was worth ---- */

static bool gains(const struct credit *credit) {
    return credit->counted && credit->after > credit->before;
}

static enum role evidence_role(const struct scenario *scenario, const struct credit *credit) {
    if (point_is_trip(&scenario->points[credit->point]))
        return ROLE_EVIDENCE_LOST;
    return credit->verdict == VERDICT_MET       ? ROLE_EVIDENCE
           : credit->verdict == VERDICT_PARTIAL ? ROLE_EVIDENCE_HALF
                                                : ROLE_EVIDENCE_OPEN;
}

static void mark(struct turn *turn, struct span span, enum role role) {
    if (turn->span_count == TURN_SPANS || span.to <= span.from)
        return;
    turn->roles[turn->span_count] = role;
    turn->spans[turn->span_count++] = span;
}

/* The trainee's own words underlined: first those that marks hang on. */
static void mark_evidence(struct turn *turn, const struct scenario *scenario,
                          const struct event *event, const struct call_outcome *outcome) {
    for (uint32_t i = 0; i < outcome->credit_count; i++)
        for (size_t j = 0; j < outcome->credits[i].span_count; j++)
            mark(turn, outcome->credits[i].spans[j], evidence_role(scenario, &outcome->credits[i]));
    for (int i = 0; event->judgement && i < BEHAVIOUR_COUNT; i++)
        if (event->judgement->behaviours >> i & 1)
            mark(turn, event->judgement->behaviour_spans[i],
                 i >= BEHAVIOUR_FIRST_NEGATIVE ? ROLE_EVIDENCE_LOST : ROLE_EVIDENCE_OPEN);
}

/* The words themselves beside their label: so the link between both needs no colour. */
static void add_quoted(struct buffer *out, const struct event *event, const struct span *spans,
                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(out, i ? " … " : " \"");
        buffer_add(out, event->text + spans[i].from, spans[i].to - spans[i].from);
    }
    if (count)
        buffer_add_byte(out, '"');
}

static void add_credit(struct conversation *conversation, const struct hearing *hearing,
                       const struct event *event, const struct credit *credit) {
    const struct point *point = &hearing->scenario->points[credit->point];
    struct buffer text = {0};
    if (point_is_trip(point))
        buffer_printf(&text, "%s: ", _("lost"));
    else if (gains(credit))
        buffer_printf(&text, "%s: ", credit->after == 2 ? _("met") : _("half met"));
    else if (credit->verdict == VERDICT_UNSURE)
        buffer_printf(&text, "%s: ", _("a person decides"));
    else
        buffer_printf(&text, "%s: ", _("not counted"));
    buffer_add_text(&text, text_in(&point->text, hearing->language));
    if (event->kind == EVENT_TYPED)
        add_quoted(&text, event, credit->spans, credit->span_count);
    conversation_add(conversation, gains(credit) ? SAID_GAIN : SAID_LOSS, event->t_ms, text.bytes,
                     text.length);
    buffer_free(&text);
}

static bool credited(const struct call_outcome *outcome, uint32_t point) {
    for (uint32_t i = 0; i < outcome->credit_count; i++)
        if (outcome->credits[i].point == point)
            return true;
    return false;
}

/* What could have been shown where the reply was given, and neither was nor had been before. */
static void add_missed(struct conversation *conversation, const struct hearing *hearing,
                       const struct event *event, const struct call_outcome *outcome) {
    const struct node *node = &hearing->scenario->nodes[outcome->node_before];
    int told = 0;
    for (uint32_t i = 0; hearing->call && i < node->point_count && told < MISSES_TOLD; i++) {
        uint32_t point = node->points[i];
        if (point_is_trip(&hearing->scenario->points[point]) || credited(outcome, point) ||
            call_point(hearing->call, point).halves)
            continue;
        struct buffer text = {0};
        const char *example = report_example(hearing->scenario, point, hearing->language);
        buffer_printf(&text, "%s: %s", _("not found"),
                      text_in(&hearing->scenario->points[point].text, hearing->language));
        if (*example)
            buffer_printf(&text, "\n%s \"%s\"", _("For example:"), example);
        conversation_add(conversation, SAID_MISS, event->t_ms, text.bytes, text.length);
        buffer_free(&text);
        told++;
    }
}

static void add_behaviours(struct conversation *conversation, const struct event *event) {
    struct buffer text = {0};
    for (int i = 0; event->judgement && i < BEHAVIOUR_COUNT; i++) {
        const struct span *span = &event->judgement->behaviour_spans[i];
        if (!(event->judgement->behaviours >> i & 1))
            continue;
        buffer_printf(&text, "%s %s", text.length ? "," : _("heard:"),
                      report_behaviour_label((enum behaviour)i));
        add_quoted(&text, event, span, span->to > span->from);
    }
    if (text.length)
        conversation_add(conversation, SAID_SEEN, event->t_ms, text.bytes, text.length);
    buffer_free(&text);
}

/* Facts that came out: what the question was good for. */
static void add_facts(struct conversation *conversation, const struct hearing *hearing,
                      const struct event *event, const struct call_outcome *outcome) {
    struct buffer text = {0};
    for (uint32_t i = 0; i < outcome->fact_count; i++)
        buffer_printf(
            &text, "%s %s", i ? "," : _("found out:"),
            text_in(&hearing->scenario->facts[outcome->facts[i]].label, hearing->language));
    if (text.length)
        conversation_add(conversation, SAID_GAIN, event->t_ms, text.bytes, text.length);
    buffer_free(&text);
}

static void add_worth(struct conversation *conversation, const struct hearing *hearing,
                      const struct event *event, const struct call_outcome *outcome) {
    for (uint32_t i = 0; i < outcome->credit_count; i++)
        add_credit(conversation, hearing, event, &outcome->credits[i]);
    add_facts(conversation, hearing, event, outcome);
    if (event->kind != EVENT_TYPED)
        return;
    add_behaviours(conversation, event);
    add_missed(conversation, hearing, event, outcome);
}

static void add_cue(struct conversation *conversation, const struct hearing *hearing,
                    const struct event *event, const char *line) {
    struct buffer text = {0};
    buffer_printf(&text, "(%s: %s)", _("cue"), line);
    if (hearing->cues)
        conversation_add(conversation, SAID_NOTE, event->t_ms, text.bytes, text.length);
    buffer_free(&text);
}

void conversation_hear(struct conversation *conversation, const struct hearing *hearing,
                       const struct event *event, const struct call_outcome *outcome) {
    if (event->kind == EVENT_REFUSED)
        return;
    if ((event->kind == EVENT_REPLY || event->kind == EVENT_TYPED) && event->text) {
        struct turn *turn =
            conversation_add(conversation, SAID_TRAINEE, event->t_ms, event->text, event->length);
        if (hearing->marks && event->kind == EVENT_TYPED)
            mark_evidence(turn, hearing->scenario, event, outcome);
    }
    if (event->kind == EVENT_SAID)
        conversation_add(conversation, SAID_CUSTOMER, event->t_ms, event->text, event->length);
    add_happened(conversation, hearing, event);
    if (hearing->marks)
        add_worth(conversation, hearing, event, outcome);
    add_customer(conversation, event, outcome, hearing->marks);
    for (uint32_t i = 0; i < outcome->line_count; i++) {
        const char *line = text_in(outcome->lines[i].text, hearing->language);
        if (hearing->two_seats && outcome->lines[i].who == SPOKEN_CUSTOMER) {
            add_cue(conversation, hearing, event, line);
            continue;
        }
        enum said_by by =
            outcome->lines[i].who == SPOKEN_SECOND_LINE ? SAID_SECOND_LINE : SAID_CUSTOMER;
        conversation_add(conversation, by, event->t_ms, line, strlen(line));
    }
}
