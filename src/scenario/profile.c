#include <string.h>

#include "scenario/format.h"
#include "scenario/profile_link.h"

/* Away from zero, so that a felt reaction stays one. */
static int32_t scaled(int32_t step, int32_t percent) {
    int32_t product = step * percent;
    return (product + (product > 0 ? 99 : product < 0 ? -99 : 0)) / 100;
}

static void scale(const struct reaction *constant, int32_t percent) {
    struct reaction *reaction = (struct reaction *)constant;
    reaction->mood = scaled(reaction->mood, percent);
    reaction->patience = scaled(reaction->patience, percent);
}

static void add_reactions(struct reader *reader, struct profile *profile,
                          const struct adjust *adjust) {
    uint32_t own = profile->reaction_count, all = own + adjust->reaction_count;
    struct reaction *reactions = arena_take(reader->arena, (all + 1) * sizeof *reactions);
    if (own)
        memcpy(reactions, profile->reactions, own * sizeof *reactions);
    if (adjust->reaction_count)
        memcpy(reactions + own, adjust->reactions, adjust->reaction_count * sizeof *reactions);
    profile->reactions = reactions;
    profile->reaction_count = all;
}

static void adjust_supervisor(struct supervisor *to, const struct supervisor *from) {
    if (from->mood != INT32_MIN)
        to->mood = from->mood;
    if (from->patience != INT32_MIN)
        to->patience = from->patience;
    if (from->says.count)
        to->says = from->says;
    if (from->target.kind != TARGET_STAY)
        to->target = from->target;
}

static void adjust(struct reader *reader, struct profile *profile, const struct adjust *adjust) {
    for (uint32_t i = 0; i < profile->reaction_count; i++)
        scale(&profile->reactions[i], adjust->scale);
    if (profile->repeat)
        scale(profile->repeat, adjust->scale);
    add_reactions(reader, profile, adjust);
    adjust_supervisor(&profile->supervisor, &adjust->supervisor);
}

/* Silence and hold: all or nothing, like a node's own steps instead of the script's. */
static void lend(struct script *script, const struct profile *profile) {
    struct scenario *scenario = &script->scenario;
    if (!script->silence) {
        script->silence = profile->silence;
        script->silence_count = profile->silence_count;
    }
    if (!scenario->hold) {
        scenario->hold = profile->hold;
        scenario->hold_count = profile->hold_count;
    }
    if (!scenario->rates) {
        scenario->rates = profile->rates;
        scenario->rate_count = profile->rate_count;
    }
}

void profile_link(struct reader *reader, struct script *script) {
    struct scenario *scenario = &script->scenario;
    struct profile *profile = (struct profile *)scenario->profile;
    scenario->reacts =
        profile || scenario->asked_behaviours || scenario->satisfied || scenario->rate_count;
    if (!profile) {
        if (script->adjust)
            report(reader, reader->sources->documents[0]->root, CODE_MISSING_KEY,
                   _("`adjust` changes a profile: name one under `profile` of the customer"));
        return;
    }
    if (script->adjust)
        adjust(reader, profile, script->adjust);
    lend(script, profile);
}
