/* A profile and what a script changes in it, made into one. The room's own header. */
#ifndef ITR_SCENARIO_PROFILE_LINK_H
#define ITR_SCENARIO_PROFILE_LINK_H

#include "scenario/shape.h"

struct script;

/* `customer.adjust`: limits that are INT32_MIN, and words and way that are missing, stay those of
 * the profile. */
struct adjust {
    int32_t scale; /* percent */
    const struct reaction *reactions;
    uint32_t reaction_count;
    struct supervisor supervisor;
};

extern const struct shape shape_profile;

/* Adds the script's own reactions and limits to the profile, and gives the script the profile's
 * steps and words where it has none. Every name in both is linked by then. */
void profile_link(struct reader *reader, struct script *script);

#endif
