/* The customer: mood, patience, and the profile by which he takes what is said and what is not.
 *
 * A script without a profile has plain steps and nothing else of this. */
#include "call/state.h"

#include <string.h>

/* ---- mood and patience ---- */

/* A step into what room is left gets smaller with it, but never nothing. */
static int32_t shrunk(int32_t step, int32_t room) {
    int32_t product = step * room;
    return (product + (product > 0 ? 99 : product < 0 ? -99 : 0)) / 100;
}

static int32_t mood_step(const struct call *call, int32_t step) {
    bool outwards = (step > 0 && call->mood >= 0) || (step < 0 && call->mood <= 0);
    int32_t size = call->mood < 0 ? -call->mood : call->mood;
    return outwards ? shrunk(step, MOOD_LIMIT - size) : step;
}

static int32_t patience_step(const struct call *call, int32_t step) {
    return step > 0 ? shrunk(step, PATIENCE_LIMIT - call->patience) : step;
}

void customer_feel_scaled(struct call *call, int32_t mood, int32_t patience) {
    feel_plainly(call, mood_step(call, mood), patience_step(call, patience));
}

/* Time alone never takes the last point: it is an act, or a silence that was heard, that ends a
 * call. */
void customer_wait(struct call *call) {
    const struct profile *profile = call->scenario->profile;
    struct customer *customer = &call->customer;
    if (!profile || !profile->drain || call_talk_over(call) || seats_two(call) ||
        call->t_ms <= customer->drained_ms)
        return;
    int64_t points = (call->t_ms - customer->drained_ms) * profile->drain / 60000;
    customer->drained_ms += points * 60000 / profile->drain;
    int64_t left = call->patience - points;
    call->patience = left < 1 ? (call->patience ? 1 : 0) : (int32_t)left;
}

#define BREATH_MS 10000

/* The silence of a breath is the customer's gift: his clock starts after it. */
void customer_breathe(struct call *call) {
    const struct profile *profile = call->scenario->profile;
    call->customer.breathed = true;
    call->quiet_ms += BREATH_MS;
    if (profile && profile->drain)
        call->customer.drained_ms += BREATH_MS;
}

/* ---- what a reply is to him ---- */

/* Is the point one that a question of the agent earns? */
static bool is_asked(const struct point *point) {
    return point->action == ACTION_IDENTIFY || point->action == ACTION_GATHER;
}

/* Goes through the points that a reply would earn: asked again when each was answered and one of
 * them is a question's. */
struct again {
    bool asked, fresh;
};

static void look_at(struct again *again, const struct call *call, uint32_t index, uint8_t halves) {
    const struct point *point = &call->scenario->points[index];
    if (point_is_trip(point) || !halves)
        return;
    again->fresh |= call->halves[index] < halves;
    again->asked |= is_asked(point);
}

static void look_at_fact(struct again *again, const struct call *call, uint32_t fact) {
    again->fresh |= !call_fact_revealed(call, fact);
    again->asked = true;
}

static bool choice_repeats(const struct call *call, const struct reply *reply) {
    const uint32_t questions = 1u << BEHAVIOUR_PROBE | 1u << BEHAVIOUR_IDENTITY_CHECK;
    struct again again = {0};
    for (uint32_t i = 0; i < reply->change.mark_count; i++)
        look_at(&again, call, reply->change.marks[i].point, reply->change.marks[i].halves);
    for (uint32_t i = 0; i < reply->change.reveal_count; i++)
        look_at_fact(&again, call, reply->change.reveals[i]);
    again.asked |= reply_used(call, reply) && reply->shows & questions;
    return again.asked && !again.fresh;
}

static bool typed_repeats(const struct call *call, const struct judgement *judgement) {
    const uint32_t questions = 1u << BEHAVIOUR_PROBE | 1u << BEHAVIOUR_IDENTITY_CHECK;
    const uint32_t restated = 1u << BEHAVIOUR_RESTATE;
    struct again again = {0};
    for (uint32_t i = 0; i < judgement->point_count; i++)
        if (judgement->points[i].verdict >= VERDICT_PARTIAL)
            look_at(&again, call, judgement->points[i].point,
                    judgement->points[i].verdict == VERDICT_MET ? 2 : 1);
    again.asked &= (judgement->behaviours & questions) != 0;
    for (uint32_t i = 0; i < judgement->fact_count; i++)
        look_at_fact(&again, call, judgement->facts[i]);
    return again.asked && !again.fresh && !(judgement->behaviours & restated);
}

/* Did the typed reply earn something that the listed one is marked for? */
static bool shares_evidence(const struct reply *reply, const struct judgement *judgement) {
    for (uint32_t i = 0; i < judgement->point_count; i++)
        for (uint32_t k = 0; k < reply->change.mark_count; k++)
            if (judgement->points[i].point == reply->change.marks[k].point &&
                judgement->points[i].verdict >= VERDICT_PARTIAL && reply->change.marks[k].halves)
                return true;
    return false;
}

/* What a typed reply does is what the listed reply does that it takes: words alone sound like a
 * plan too easily. How it is said is found in its words, or follows from the same evidence. */
static uint32_t typed_shows(const struct call *call, const struct judgement *judgement) {
    const uint32_t deeds = 1u << BEHAVIOUR_PLAN | 1u << BEHAVIOUR_PROMISE_TIME;
    if (judgement->route != ROUTE_REPLY)
        return judgement->behaviours;
    const struct reply *reply = &call_node(call)->replies[judgement->route_index];
    uint32_t shows = shares_evidence(reply, judgement) ? reply->shows : reply->shows & deeds;
    return (judgement->behaviours & ~deeds) | shows;
}

struct heard customer_listen(const struct call *call, const struct event *event) {
    const struct profile *profile = call->scenario->profile;
    struct heard heard = {0};
    const struct reply *reply =
        event->kind == EVENT_REPLY ? &call_node(call)->replies[event->ref] : NULL;
    heard.behaviours = reply ? reply->shows : typed_shows(call, event->judgement);
    heard.rating = !reply && event->judgement->rating;
    if (!profile)
        return heard;
    const char *text = reply ? reply->says.in[call->language] : event->text;
    size_t length = reply ? strlen(text) : event->length;
    heard.repeat = reply ? choice_repeats(call, reply) : typed_repeats(call, event->judgement);
    heard.slow = !seats_two(call) && event->t_ms - call->quiet_ms > profile->slow_ms;
    heard.overlong = text && speech_ms(text_speech(text, length), SPEECH_RATE) > profile->long_ms;
    return heard;
}

/* ---- how he takes it ---- */

static bool takes(const struct call *call, uint32_t number, const struct reaction *reaction) {
    return !(reaction->once && call->customer.reacted >> number & 1) &&
           call_holds(call, reaction->condition);
}

static void speak(struct call *call, const struct lines *says, bool *spoken,
                  struct call_outcome *outcome) {
    if (!*spoken && says->count)
        *spoken = call_say(call, says, outcome) > 0;
}

/* All reactions to what is in `triggers`, in the order of the profile; one of them speaks. Where
 * the script itself has the reply cost mood, nothing in it pleases the customer. */
static void react(struct call *call, uint32_t triggers, bool unwelcome,
                  struct call_outcome *outcome) {
    const struct profile *profile = call->scenario->profile;
    bool spoken = false;
    for (uint32_t i = 0; i < profile->reaction_count; i++) {
        const struct reaction *reaction = &profile->reactions[i];
        if (!(triggers >> reaction->trigger & 1) || !takes(call, i, reaction) ||
            (unwelcome && reaction->mood > 0))
            continue;
        if (reaction->once)
            call->customer.reacted |= (uint64_t)1 << i;
        customer_feel(call, reaction->mood, reaction->patience);
        speak(call, &reaction->says, &spoken, outcome);
    }
    if (profile->repeat && triggers >> TRIGGER_REPEAT & 1) {
        customer_feel(call, profile->repeat->mood, profile->repeat->patience);
        speak(call, &profile->repeat->says, &spoken, outcome);
    }
    if (!call->patience)
        call_end_at(call, call->scenario->hang_up, outcome);
}

void customer_react_to(struct call *call, enum trigger trigger, struct call_outcome *outcome) {
    if (call->scenario->profile && !call_talk_over(call))
        react(call, 1u << trigger, false, outcome);
}

static uint32_t triggers_of(const struct heard *heard) {
    return heard->behaviours | (uint32_t)heard->repeat << TRIGGER_REPEAT |
           (uint32_t)heard->slow << TRIGGER_SLOW | (uint32_t)heard->overlong << TRIGGER_LONG;
}

static void count_shown(struct call *call, uint32_t behaviours) {
    for (uint32_t left = behaviours & call->scenario->asked_behaviours; left; left &= left - 1)
        call->customer.shown[__builtin_ctz(left)]++;
}

bool customer_react(struct call *call, const struct heard *heard, struct call_outcome *outcome) {
    count_shown(call, heard->behaviours);
    if (call->scenario->profile) {
        call->customer.asked_again += heard->repeat;
        if (outcome) {
            outcome->repeat = heard->repeat;
            outcome->interrupted = heard->overlong;
        }
        react(call, triggers_of(heard), heard->unwelcome, outcome);
    }
    if (heard->rating && !call_talk_over(call))
        customer_rate(call, outcome);
    return !call_talk_over(call);
}

/* ---- the supervisor, the rating ---- */

void customer_limit(struct call *call, struct call_outcome *outcome) {
    const struct profile *profile = call->scenario->profile;
    if (!profile || call_talk_over(call) || call->customer.supervisor)
        return;
    const struct supervisor *limit = &profile->supervisor;
    if (call->mood > limit->mood && call->patience > limit->patience)
        return;
    call->customer.supervisor = true;
    if (outcome)
        outcome->escalated = true;
    call_say(call, &limit->says, outcome);
    if (limit->target.kind == TARGET_STAY)
        return;
    call->depth = 0; /* no scene is gone back to */
    call_follow(call, limit->target, outcome);
}

static bool carried_out(const struct call *call) {
    for (uint32_t i = 0; i < call->scenario->point_count; i++)
        if (call->scenario->points[i].action == ACTION_CARRY_OUT &&
            !point_is_trip(&call->scenario->points[i]) && call->halves[i])
            return true;
    return false;
}

/* docs/scenario-format.md, "Rating", is this table in words. */
static uint8_t rating_of(enum feeling feeling, bool met) {
    static const uint8_t table[FEELING_COUNT][2] = {{1, 2}, {1, 3}, {2, 4}, {2, 5}, {3, 5}};
    return table[feeling][met];
}

void customer_rate(struct call *call, struct call_outcome *outcome) {
    const struct scenario *scenario = call->scenario;
    if (call->customer.rating)
        return;
    bool met = scenario->satisfied ? call_holds(call, scenario->satisfied) : carried_out(call);
    uint8_t rating = rating_of(feeling_of(call->mood), met);
    call->customer.rating = rating;
    if (!outcome)
        return;
    outcome->rating = rating;
    if (scenario->rate_count && outcome->line_count < OUTCOME_LINES)
        outcome->lines[outcome->line_count++].text = &scenario->rates[rating - 1];
}
