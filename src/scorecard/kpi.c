#include "scorecard/kpi.h"

#include <string.h>

static void add_speech(struct speech *sum, struct speech speech) {
    sum->han += speech.han;
    sum->words += speech.words;
}

/* ---- the fold ---- */

void kpi_start(struct kpi *kpi) {
    *kpi = (struct kpi){
        .response_ms = -1, .plan_ms = -1, .closure_ms = -1, .hold_since = -1, .over_ms = -1};
    for (int i = 0; i < OPENING_COUNT; i++)
        kpi->opening_ms[i] = -1;
}

static void first_time(int64_t *when, int64_t ms, bool done) {
    if (done && *when < 0)
        *when = ms;
}

/* Marks show what was done, too: a script need not say it twice. */
static bool earns(const struct scorecard *scorecard, const struct call_outcome *outcome,
                  enum key_action action) {
    for (uint32_t i = 0; i < outcome->credit_count; i++) {
        const struct credit *credit = &outcome->credits[i];
        if (scorecard->scenario->points[credit->point].action == action &&
            credit->after > credit->before)
            return true;
    }
    return false;
}

/* What a reply showed: found in a typed one, said by the script of a listed one. */
static uint32_t shown(const struct scorecard *scorecard, const struct event *event) {
    if (event->judgement)
        return event->judgement->behaviours;
    const struct node *node = &scorecard->scenario->nodes[event->node];
    return event->ref < node->reply_count ? node->replies[event->ref].shows : 0;
}

static bool any(uint32_t behaviours, enum behaviour behaviour) {
    return behaviours >> behaviour & 1;
}

static void note_opening(struct scorecard *scorecard, const struct event *event,
                         const struct call_outcome *outcome) {
    int64_t *opening = scorecard->kpi.opening_ms;
    uint32_t shows = shown(scorecard, event);
    first_time(&opening[OPENING_HELP], event->t_ms,
               any(shows, BEHAVIOUR_OFFER_HELP) || earns(scorecard, outcome, ACTION_RESPOND));
    first_time(&opening[OPENING_QUESTION], event->t_ms,
               any(shows, BEHAVIOUR_PROBE) || any(shows, BEHAVIOUR_IDENTITY_CHECK) ||
                   earns(scorecard, outcome, ACTION_GATHER) ||
                   earns(scorecard, outcome, ACTION_IDENTIFY));
    first_time(&opening[OPENING_RESTATE], event->t_ms,
               any(shows, BEHAVIOUR_RESTATE) || earns(scorecard, outcome, ACTION_RECEIVE));
}

/* Said as one word, or broken off: it ends in a sign that something follows. */
static bool is_broken(const char *text, size_t length) {
    static const uint32_t open[] = {',', 0xFF0C, 0x3001, '-', 0x2014, '(', 0xFF08, ':', 0xFF1A};
    struct speech speech = text_speech(text, length);
    if (speech.han + speech.words == 0)
        return true;
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (speech.last == open[i])
            return true;
    return false;
}

static void flag(struct kpi *kpi, uint32_t row, bool broken) {
    if (kpi->flag_count < KPI_ROWS)
        kpi->flags[kpi->flag_count] = (struct kpi_flag){row, broken};
    kpi->flag_count++;
}

static void note_reply(struct scorecard *scorecard, const struct event *event,
                       const struct call_outcome *outcome, uint32_t row) {
    struct kpi *kpi = &scorecard->kpi;
    const char *text = event->text ? event->text : "";
    size_t length = event->text ? event->length : 0;
    struct speech speech = text_speech(text, length);
    add_speech(&kpi->said, speech);
    if (event->kind == EVENT_TYPED)
        kpi->typing_ms += event->t_ms - kpi->spoke_ms;
    if (speech_ms(speech, SPEECH_RATE) > LONG_REPLY_MS)
        flag(kpi, row, false);
    else if (event->kind == EVENT_TYPED && is_broken(text, length))
        flag(kpi, row, true);
    note_opening(scorecard, event, outcome);
    first_time(&kpi->response_ms, outcome->case_ms, true);
}

/* Somebody speaks: what was quiet before it, but for hold, is over. */
static void speak(struct kpi *kpi, int64_t t_ms) {
    int64_t quiet = t_ms - kpi->spoke_ms;
    if (kpi->hold_since < 0 && quiet > SILENCE_MS) {
        kpi->dead_ms += quiet;
        kpi->silences++;
    }
    kpi->spoke_ms = t_ms;
}

static void end_hold(struct kpi *kpi, int64_t t_ms) {
    if (kpi->hold_since < 0)
        return;
    kpi->hold_ms += t_ms - kpi->hold_since;
    kpi->hold_since = -1;
    kpi->spoke_ms = t_ms;
}

static void note_hold(struct kpi *kpi, const struct event *event) {
    if (event->kind == EVENT_HOLD) {
        speak(kpi, event->t_ms);
        kpi->hold_since = event->t_ms;
        kpi->holds++;
    } else if (event->kind == EVENT_RESUME) {
        end_hold(kpi, event->t_ms);
    }
}

static void note_lines(struct scorecard *scorecard, const struct call_outcome *outcome,
                       enum language language) {
    for (uint32_t i = 0; i < outcome->line_count; i++) {
        const char *text = outcome->lines[i].text->in[language];
        add_speech(&scorecard->kpi.heard, text_speech(text, strlen(text)));
    }
}

static void note_end(struct kpi *kpi, const struct event *event,
                     const struct call_outcome *outcome) {
    if (kpi->over_ms >= 0) {
        kpi->after_ms = event->t_ms - kpi->over_ms;
    } else if (outcome->talk_over) {
        end_hold(kpi, event->t_ms);
        speak(kpi, event->t_ms);
        kpi->over_ms = event->t_ms;
    }
    if (kpi->over_ms < 0 || kpi->over_ms == event->t_ms)
        kpi->talk_ms =
            event->t_ms - kpi->hold_ms - (kpi->hold_since < 0 ? 0 : event->t_ms - kpi->hold_since);
}

/* The players rate each other after the work is done: that is no work after the call. */
static bool is_rating(const struct kpi *kpi, const struct event *event) {
    return event->kind == EVENT_RATED || (kpi->two_seats && event->kind == EVENT_CLOSED);
}

void kpi_apply(struct scorecard *scorecard, const struct event *event,
               const struct call_outcome *outcome, uint32_t row) {
    struct kpi *kpi = &scorecard->kpi;
    if (event->kind == EVENT_REFUSED || is_rating(kpi, event))
        return;
    if (event->kind == EVENT_OPENED) {
        scorecard->language = event->language;
        kpi->two_seats = event->seats == 2;
    }
    if (event->kind == EVENT_SAID)
        add_speech(&kpi->heard, text_speech(event->text, event->length));
    if (event->kind == EVENT_REPLY || event->kind == EVENT_TYPED)
        note_reply(scorecard, event, outcome, row);
    note_hold(kpi, event);
    if (event->kind == EVENT_REPLY || event->kind == EVENT_TYPED || event->kind == EVENT_SAID ||
        (outcome->line_count && !kpi->two_seats))
        speak(kpi, event->t_ms);
    if (!kpi->two_seats)
        note_lines(scorecard, outcome, scorecard->language);
    first_time(&kpi->plan_ms, outcome->case_ms, earns(scorecard, outcome, ACTION_PLAN));
    first_time(&kpi->closure_ms, outcome->case_ms, earns(scorecard, outcome, ACTION_CLOSE));
    kpi->case_ms = outcome->case_ms;
    note_end(kpi, event, outcome);
}

/* ---- asking ---- */

int64_t kpi_aht_ms(const struct kpi *kpi) {
    return kpi->talk_ms + kpi->hold_ms + kpi->after_ms;
}

bool kpi_met(int64_t ms, int64_t target_ms) {
    return ms >= 0 && ms <= target_ms;
}
