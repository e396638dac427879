/* Tells a call, event by event, in the words that plain mode, replay and the screen share. */
#include "report/telling.h"

#include <string.h>

static void add_text(struct buffer *out, const char *text, size_t length) {
    display_add(out, text, length, false);
}

void tell_time(struct buffer *out, int64_t t_ms) {
    buffer_printf(out, "[%d:%02d] ", (int)(t_ms / 60000), (int)(t_ms / 1000 % 60));
}

static void add_said(struct buffer *out, int64_t t_ms, const char *who, const char *text,
                     size_t length) {
    tell_time(out, t_ms);
    add_text(out, who, strlen(who));
    buffer_add_text(out, ": ");
    add_text(out, text, length);
    buffer_add_byte(out, '\n');
}

static void add_note(struct buffer *out, int64_t t_ms, const char *note) {
    tell_time(out, t_ms);
    buffer_printf(out, "-- %s --\n", note);
}

static void add_practice(struct buffer *out, const struct call *call, const struct event *event) {
    struct buffer note = {0};
    struct call_view view;
    call_view(call, &view);
    if (report_practice(&note, call_scenario(call), view.language, event))
        add_note(out, event->t_ms, buffer_text(&note));
    buffer_free(&note);
}

static void add_mood_read(struct buffer *out, const struct event *event) {
    tell_time(out, event->t_ms);
    buffer_printf(out, _("-- You read the customer as %s --"),
                  feeling_label((enum feeling)event->ref));
    buffer_add_byte(out, '\n');
}

static bool two_seats(const struct call *call) {
    struct call_view view;
    call_view(call, &view);
    return view.two_seats;
}

static void add_event(struct buffer *out, const struct call *call, const struct event *event,
                      const struct call_outcome *outcome) {
    if (tell_desk(out, call, event, outcome) || tell_ticket(out, call, event))
        return;
    switch (event->kind) {
    case EVENT_REPLY:
    case EVENT_TYPED:
        add_said(out, event->t_ms, two_seats(call) ? _("Agent") : _("You"), event->text,
                 event->length);
        break;
    case EVENT_SAID:
    case EVENT_RATED:
        tell_seats(out, call, event);
        break;
    case EVENT_HOLD:
        add_note(out, event->t_ms, _("The customer is on hold"));
        break;
    case EVENT_RESUME:
        add_note(out, event->t_ms, _("Back from hold"));
        break;
    case EVENT_SKIP:
        add_note(out, event->t_ms, _("An earlier stage was skipped knowingly"));
        break;
    case EVENT_BREATHE:
        add_note(out, event->t_ms, _("You take a breath"));
        break;
    case EVENT_MOOD_READ:
        add_mood_read(out, event);
        break;
    case EVENT_GAP:
        add_note(out, event->t_ms, _("The clock stood still; the call goes on from here"));
        break;
    case EVENT_END:
        add_note(out, event->t_ms, _("You hung up"));
        break;
    case EVENT_REFUSED:
        add_note(out, event->t_ms, call_refusal_sentence((enum call_refusal)event->ref));
        break;
    default:
        add_practice(out, call, event);
        break;
    }
}

static void add_lines(struct buffer *out, const struct call *call, const struct event *event,
                      const struct call_outcome *outcome) {
    struct call_view view;
    call_view(call, &view);
    for (uint32_t i = 0; i < outcome->line_count; i++) {
        if (view.two_seats && outcome->lines[i].who == SPOKEN_CUSTOMER)
            continue; /* it was a cue: a person said it in his own words */
        const char *text = outcome->lines[i].text->in[view.language];
        add_said(out, event->t_ms, report_speaker(call, &outcome->lines[i]), text, strlen(text));
    }
}

const char *report_speaker(const struct call *call, const struct spoken *line) {
    struct call_view view;
    call_view(call, &view);
    return line->who == SPOKEN_SECOND_LINE ? _("Second line")
                                           : call_scenario(call)->customer_name.in[view.language];
}

static void add_feelings(struct buffer *out, const struct call_outcome *outcome) {
    if (outcome->mood == outcome->mood_before && outcome->patience == outcome->patience_before)
        return;
    buffer_printf(out, _("    ~ mood %+d → %+d, patience %d → %d\n"), outcome->mood_before,
                  outcome->mood, outcome->patience_before, outcome->patience);
}

/* What the customer did besides speaking. That a question was a repeat is feedback. */
static void add_customer(struct buffer *out, const struct event *event,
                         const struct call_outcome *outcome, bool marks) {
    if (outcome->interrupted)
        add_note(out, event->t_ms, _("The customer cuts in"));
    if (outcome->repeat && marks)
        add_note(out, event->t_ms, _("This was answered before"));
    if (outcome->escalated)
        add_note(out, event->t_ms, _("The customer asks for a supervisor"));
    if (!outcome->rating)
        return;
    tell_time(out, event->t_ms);
    buffer_printf(out, _("-- Rating given (simulated): %u of 5 --"), outcome->rating);
    buffer_add_byte(out, '\n');
}

static const char *credit_sign(const struct credit *credit) {
    if (credit->after < credit->before)
        return "✗";
    if (credit->after > credit->before)
        return credit->after == 2 ? "✓" : "½";
    return credit->verdict == VERDICT_UNSURE ? "?" : "·";
}

/* Marks that neither gave nor took anything are told only where they teach: too late, wrong order,
 * wrong answer, a person decides. */
static bool worth_telling(const struct credit *credit) {
    return credit->counted || (credit->reason && strcmp(credit->reason, "again") != 0 &&
                               strcmp(credit->reason, "condition") != 0);
}

static void add_marks(struct buffer *out, const struct call *call,
                      const struct call_outcome *outcome) {
    struct call_view view;
    call_view(call, &view);
    for (uint32_t i = 0; i < outcome->credit_count; i++) {
        const struct credit *credit = &outcome->credits[i];
        if (!worth_telling(credit))
            continue;
        const struct point *point = &call_scenario(call)->points[credit->point];
        const char *text = point->text.in[view.language];
        buffer_printf(out, "    %s ", credit_sign(credit));
        add_text(out, text, strlen(text));
        if (credit->reason)
            buffer_printf(out, " (%s)", report_reason(credit->reason));
        if (credit->lacks)
            buffer_printf(out, " · %s ", _("missing:"));
        report_lacking(out, call_scenario(call), credit->point, credit->lacks, view.language);
        buffer_add_byte(out, '\n');
    }
}

/* What the trainee learned of the customer, told where marks are told. */
static void add_facts(struct buffer *out, const struct call *call,
                      const struct call_outcome *outcome) {
    struct call_view view;
    call_view(call, &view);
    for (uint32_t i = 0; i < outcome->fact_count; i++) {
        const char *label = call_scenario(call)->facts[outcome->facts[i]].label.in[view.language];
        buffer_printf(out, "    + %s ", _("found out:"));
        add_text(out, label, strlen(label));
        buffer_add_byte(out, '\n');
    }
}

static void add_ending(struct buffer *out, const struct call *call, const struct event *event,
                       const struct call_outcome *outcome) {
    struct call_view view;
    call_view(call, &view);
    if (!outcome->talk_ended)
        return;
    tell_time(out, event->t_ms);
    buffer_printf(out, "== %s", outcome_label(view.outcome));
    if (view.ending >= 0) {
        const char *text = call_scenario(call)->endings[view.ending].text.in[view.language];
        buffer_add_text(out, ": ");
        add_text(out, text, strlen(text));
    } else if (view.no_way_on) {
        buffer_printf(out, ": %s", _("there was no reply left to give here"));
    }
    buffer_add_byte(out, '\n');
}

void report_event(struct buffer *out, const struct call *call, const struct event *event,
                  const struct call_outcome *outcome, bool marks) {
    add_event(out, call, event, outcome);
    if (marks)
        add_marks(out, call, outcome);
    add_customer(out, event, outcome, marks);
    if (marks)
        add_facts(out, call, outcome);
    add_lines(out, call, event, outcome);
    add_feelings(out, outcome);
    add_ending(out, call, event, outcome);
}

void report_lacking(struct buffer *out, const struct scenario *scenario, uint32_t point,
                    uint32_t lacks, enum language language) {
    const char *between = "";
    for (unsigned i = 0; i < 8; i++) {
        if (!(lacks >> i & 1))
            continue;
        const char *name = lexicon_part_name(scenario->lexicon,
                                             (uint32_t)scenario->points[point].rule, i, language);
        buffer_add_text(out, between);
        add_text(out, name ? name : "?", name ? strlen(name) : 1);
        between = ", ";
    }
}

const char *report_reason(const char *reason) {
    static const struct {
        const char *word, *sentence;
    } reasons[] = {
        {"late", N_("too late")},
        {"order", N_("in the wrong order")},
        {"wrong", N_("not the right choice")},
        {"unsure", N_("a person has to decide")},
        {"again", N_("counted once only")},
        {"parts", N_("too little of it")},
        {"condition", N_("not at this point of the call")},
        {"hint", N_("half at most: a hint was taken")},
        {"timeout", N_("no reply in time")},
        {"ticket", N_("not right on the ticket")},
        {"guessed", N_("guessed: the facts it rests on were not found out")},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (!strcmp(reasons[i].word, reason))
            return _(reasons[i].sentence);
    return reason;
}
