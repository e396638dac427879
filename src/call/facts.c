/* What is hidden in a call and how it comes out: facts, cues, the masked card. */
#include "call/state.h"

#include <string.h>

/* ---- facts ---- */

bool call_fact_revealed(const struct call *call, uint32_t fact) {
    return call->facts[fact] & FACT_REVEALED;
}

void call_facts_start(struct call *call) {
    for (uint32_t i = 0; i < call->scenario->fact_count; i++)
        if (!call->scenario->facts[i].hidden)
            call->facts[i] = FACT_REVEALED;
}

/* What a fact waits for: its condition, and that its cue was let fall. */
static bool comes_out(const struct call *call, uint32_t index) {
    const struct fact *fact = &call->scenario->facts[index];
    return call_holds(call, fact->condition) &&
           (!fact->cue.count || call->facts[index] & FACT_CUED);
}

/* Asked for what he has told already, the customer tells it again if he would else say nothing. */
static void reveal(struct call *call, uint32_t index, const struct change *change,
                   struct call_outcome *outcome) {
    if (call->facts[index] & FACT_REVEALED) {
        call->facts[index] |= change->answers.count ? 0 : FACT_TELLING;
        return;
    }
    call->facts[index] |= FACT_REVEALED | FACT_TELLING;
    if (outcome && outcome->fact_count < OUTCOME_FACTS)
        outcome->facts[outcome->fact_count++] = index;
}

void call_facts_asked(struct call *call, const struct judgement *judgement,
                      const struct change *change, struct call_outcome *outcome) {
    for (uint32_t i = 0; i < judgement->fact_count; i++)
        reveal(call, judgement->facts[i], change, outcome);
}

void call_facts_change(struct call *call, const struct change *change,
                       struct call_outcome *outcome) {
    for (uint32_t i = 0; i < change->reveal_count; i++)
        if (comes_out(call, change->reveals[i]))
            reveal(call, change->reveals[i], change, outcome);
    call->verified |= change->verifies;
}

void call_facts_tell(struct call *call, struct call_outcome *outcome) {
    if (!call->scenario->hidden_count)
        return;
    for (uint32_t i = 0; i < call->scenario->fact_count; i++) {
        if (!(call->facts[i] & FACT_TELLING))
            continue;
        call->facts[i] &= (uint8_t)~FACT_TELLING;
        call_say(call, &call->scenario->facts[i].tells, outcome);
    }
}

void call_facts_cue(struct call *call, struct call_outcome *outcome) {
    if (!call->scenario->hidden_count)
        return;
    for (uint32_t i = 0; i < call->scenario->fact_count; i++) {
        const struct fact *fact = &call->scenario->facts[i];
        if (!fact->cue.count || fact->cue_at != call->node || call->facts[i] & FACT_CUED)
            continue;
        call->facts[i] |= FACT_CUED;
        if (!(call->facts[i] & FACT_REVEALED))
            call_say(call, &fact->cue, outcome);
    }
}

void call_judge_facts(const struct call *call, const struct reading *reading,
                      struct judgement *judgement) {
    if (!call->scenario->hidden_count)
        return;
    for (uint32_t i = 0; i < call->scenario->fact_count; i++) {
        const struct fact *fact = &call->scenario->facts[i];
        if (fact->rule >= 0 && reading->rules[fact->rule].verdict == VERDICT_MET &&
            judgement->fact_count < JUDGED_FACTS && comes_out(call, i))
            judgement->facts[judgement->fact_count++] = i;
    }
}

bool judgement_asks(const struct judgement *judgement, uint32_t fact) {
    for (uint32_t i = 0; i < judgement->fact_count; i++)
        if (judgement->facts[i] == fact)
            return true;
    return false;
}

/* ---- the card ---- */

bool call_point_open(const struct call *call, const struct point *point) {
    return !(point->tells_card && call->verified) && call_holds(call, point->condition);
}

void call_tell_card(struct call *call, const struct reply *reply, struct call_outcome *outcome) {
    if (!reply->tells_card || call->verified)
        return;
    for (uint32_t i = 0; i < call->scenario->point_count; i++)
        if (call->scenario->points[i].tells_card)
            call_mark(call, i, 2, outcome);
}

#define SHOWN 1 /* characters left at each end */

void call_card_value(const struct call *call, uint32_t field, struct buffer *out) {
    const struct card_field *card = &call->scenario->card[field];
    const char *value = card->value.in[call->language];
    size_t length = strlen(value), count = utf8_count(value, length), number = 0;
    if (!card->private || call->verified) {
        buffer_add_text(out, value);
        return;
    }
    for (size_t at = 0; at < length; number++) {
        uint32_t codepoint;
        size_t step = utf8_decode(value + at, length - at, &codepoint);
        bool shown = count > 3 * SHOWN && (number < SHOWN || number >= count - SHOWN);
        if (shown)
            buffer_add(out, value + at, step);
        else
            buffer_add_byte(out, '*');
        at += step;
    }
}
