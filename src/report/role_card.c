/* Two seats: what whoever plays the customer must know, what he is to say, and what was said of
 * both players afterwards. */
#include <string.h>

#include "report/telling.h"

/* ---- pieces ---- */

static void add_text(struct buffer *out, const char *text) {
    display_add(out, text, strlen(text), false);
}

static void add_item(struct buffer *out, const char *before, const char *text) {
    if (!*text)
        return;
    buffer_add_text(out, "  - ");
    buffer_add_text(out, before);
    add_text(out, text);
    buffer_add_byte(out, '\n');
}

static const char *first_of(const struct lines *lines, enum language language) {
    return lines->count ? lines->items[0].variants[0].in[language] : "";
}

/* ---- who he is ---- */

static void add_card(struct buffer *out, const struct scenario *scenario, enum language language) {
    for (uint32_t i = 0; i < scenario->card_count; i++) {
        struct buffer label = {0};
        buffer_printf(&label, "%s: ", scenario->card[i].label.in[language]);
        add_item(out, buffer_text(&label), scenario->card[i].value.in[language]);
        buffer_free(&label);
    }
}

static void add_who(struct buffer *out, const struct call *call, const struct call_view *view) {
    const struct scenario *scenario = call_scenario(call);
    buffer_printf(out, "%s ", _("You are:"));
    add_text(out, scenario->customer_name.in[view->language]);
    buffer_add_byte(out, '\n');
    add_card(out, scenario, view->language);
    add_item(out, _("what troubles you: "), scenario->symptom.in[view->language]);
    buffer_printf(out, _("You feel: %s (mood %+d), patience %d of 100\n"),
                  feeling_label(feeling_of(view->mood)), view->mood, view->patience);
}

/* ---- what he knows ---- */

/* The ways to say a fact stand in any language; Chinese ones begin outside ASCII. */
static const char *said_in(const struct fact *fact, enum language language) {
    const char *const *way = fact->said;
    for (; way && *way; way++)
        if (((unsigned char)**way >= 0x80) == (language == LANGUAGE_ZH))
            return *way;
    return fact->said && *fact->said ? *fact->said : "";
}

/* How he would say it: the script's line where it has one, else a way to say it. */
static const char *wording(const struct fact *fact, enum language language) {
    const char *tells = first_of(&fact->tells, language);
    return *tells ? tells : said_in(fact, language);
}

static void add_fact(struct buffer *out, const struct call *call, uint32_t index,
                     enum language language) {
    const struct fact *fact = &call_scenario(call)->facts[index];
    struct buffer label = {0};
    if (fact->hidden && call_fact_revealed(call, index))
        buffer_printf(&label, "[%s] ", _("told"));
    else if (!call_holds(call, fact->condition))
        buffer_printf(&label, "[%s] ", _("not yet"));
    buffer_printf(&label, "%s: ", fact->label.in[language]);
    add_item(out, buffer_text(&label), wording(fact, language));
    buffer_free(&label);
}

static void add_facts(struct buffer *out, const struct call *call, bool hidden,
                      enum language language) {
    const struct scenario *scenario = call_scenario(call);
    if (hidden ? !scenario->hidden_count : scenario->hidden_count == scenario->fact_count)
        return;
    buffer_printf(out, "%s\n",
                  hidden ? _("Only when the agent asks for it:") : _("You may tell this freely:"));
    for (uint32_t i = 0; i < scenario->fact_count; i++)
        if (scenario->facts[i].hidden == hidden)
            add_fact(out, call, i, language);
}

/* ---- how he takes things ---- */

static const char *trigger_label(enum trigger trigger) {
    switch (trigger) {
    case TRIGGER_REPEAT:
        return _("asked again what was answered");
    case TRIGGER_SILENCE:
        return _("silence");
    case TRIGGER_HOLD:
        return _("being put on hold");
    case TRIGGER_SLOW:
        return _("a slow reply");
    case TRIGGER_LONG:
        return _("a reply without end");
    default:
        return report_behaviour_label((enum behaviour)trigger);
    }
}

/* All that lifts him (`sign` 1) or angers him (-1), each named once. */
static void add_triggers(struct buffer *out, const struct profile *profile, int sign,
                         const char *what) {
    struct buffer names = {0};
    uint64_t named = 0;
    for (uint32_t i = 0; i < profile->reaction_count; i++) {
        const struct reaction *reaction = &profile->reactions[i];
        int32_t step = reaction->mood ? reaction->mood : reaction->patience;
        if (step * sign <= 0 || named >> reaction->trigger & 1)
            continue;
        named |= (uint64_t)1 << reaction->trigger;
        buffer_printf(&names, "%s%s", names.length ? ", " : "", trigger_label(reaction->trigger));
    }
    add_item(out, what, buffer_text(&names));
    buffer_free(&names);
}

static void add_reactions(struct buffer *out, const struct scenario *scenario,
                          enum language language) {
    const struct profile *profile = scenario->profile;
    if (!profile) {
        if (scenario->complaint_type != COMPLAINT_NONE)
            buffer_printf(out, "%s\n",
                          _("You calm down when you are heard out and taken seriously."));
        return;
    }
    buffer_printf(out, "%s ", _("How you take things:"));
    add_text(out, profile->title.in[language]);
    buffer_add_byte(out, '\n');
    add_triggers(out, profile, 1, _("does you good: "));
    add_triggers(out, profile, -1, _("annoys you: "));
}

void report_role_card(struct buffer *out, const struct call *call) {
    struct call_view view;
    call_view(call, &view);
    add_who(out, call, &view);
    add_facts(out, call, false, view.language);
    add_facts(out, call, true, view.language);
    add_reactions(out, call_scenario(call), view.language);
}

/* ---- his cue ---- */

static void add_silence(struct buffer *out, const struct call *call, enum language language) {
    uint32_t step, count;
    if (!call_silence_step(call, &step))
        return;
    const struct silence_step *steps = call_steps(call, &count);
    const char *says = first_of(&steps[step < count ? step : count - 1].change.answers, language);
    buffer_printf(out, "%s ", _("If nobody speaks for too long:"));
    add_text(out, *says ? says : "…");
    buffer_add_byte(out, '\n');
}

void report_cue(struct buffer *out, const struct seat *seat) {
    const struct text *const *lines;
    uint32_t count = seat_cue(seat, &lines);
    enum language language = seat_opening(seat)->language;
    buffer_printf(out, "%s\n", _("Your cue, to be said in your own words:"));
    for (uint32_t i = 0; i < count; i++)
        add_item(out, "", lines[i]->in[language]);
    if (!count)
        buffer_printf(out, "  - %s\n", _("(the script leaves it to you)"));
    add_silence(out, seat_call(seat), language);
}

void report_cue_of(struct buffer *out, const struct call *call,
                   const struct call_outcome *outcome) {
    struct call_view view;
    call_view(call, &view);
    for (uint32_t i = 0; view.two_seats && i < outcome->line_count; i++) {
        if (outcome->lines[i].who != SPOKEN_CUSTOMER)
            continue;
        buffer_printf(out, "    (%s: ", _("cue"));
        add_text(out, outcome->lines[i].text->in[view.language]);
        buffer_add_text(out, ")\n");
    }
}

/* ---- what was said, and what was thought of it ---- */

bool report_seats(struct buffer *out, const struct event *event) {
    if (event->kind != EVENT_RATED)
        return false;
    buffer_printf(out,
                  event->seat == SEAT_CUSTOMER
                      ? _("The player of the customer rates the agent: %u of 5")
                      : _("The agent rates the player of the customer: %u of 5"),
                  event->ref);
    if (!event->length)
        return true;
    buffer_add_text(out, " · ");
    display_add(out, event->text, event->length, false);
    return true;
}

bool tell_seats(struct buffer *out, const struct call *call, const struct event *event) {
    struct call_view view;
    struct buffer note = {0};
    call_view(call, &view);
    tell_time(out, event->t_ms);
    if (report_seats(&note, event)) {
        buffer_printf(out, "-- %s --\n", buffer_text(&note));
    } else {
        add_text(out, call_scenario(call)->customer_name.in[view.language]);
        buffer_add_text(out, ": ");
        display_add(out, event->text, event->length, false);
        buffer_add_byte(out, '\n');
    }
    buffer_free(&note);
    return true;
}

static void add_rating(struct buffer *out, const char *whom, uint8_t rating) {
    if (rating)
        buffer_printf(out, _("%s %u of 5"), whom, rating);
    else
        buffer_printf(out, _("%s not rated"), whom);
}

void receipt_seats(struct buffer *out, const struct call *call) {
    struct call_view view;
    call_view(call, &view);
    if (!view.two_seats)
        return;
    buffer_printf(out, "%s\n",
                  _("Two seats: a person played the customer; the agent alone is scored, by the "
                    "script."));
    buffer_printf(out, "%s ", _("Ratings by the players:"));
    add_rating(out, _("the agent"), view.rated_agent);
    buffer_add_text(out, " · ");
    add_rating(out, _("the customer"), view.rated_customer);
    buffer_add_byte(out, '\n');
}

void receipt_seats_json(struct buffer *out, const struct call *call) {
    struct call_view view;
    call_view(call, &view);
    if (view.two_seats)
        buffer_printf(out,
                      ", \"seats\": 2, \"rated_by_players\": {\"agent\": %u, \"customer\": %u}",
                      view.rated_agent, view.rated_customer);
}
