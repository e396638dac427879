/* How a kind of customer reacts: a file that several scripts share. Part of scenario.h. */
#ifndef ITR_SCENARIO_PROFILE_H
#define ITR_SCENARIO_PROFILE_H

#define PROFILE_FORMAT "itr-profile/1"
#define PROFILE_FOLDER "profiles/"

/* What a customer reacts to: a behaviour that a reply shows (its number), or one of these. */
enum trigger {
    TRIGGER_REPEAT = BEHAVIOUR_COUNT, /* asked again what was answered */
    TRIGGER_SILENCE,                  /* a silence step ran */
    TRIGGER_HOLD,                     /* put on hold */
    TRIGGER_SLOW,                     /* a reply later than slow_ms */
    TRIGGER_LONG,                     /* a reply that takes longer than long_ms to say */
    TRIGGER_COUNT
};

#define PROFILE_REACTIONS 64

struct reaction {
    enum trigger trigger;
    bool once;
    const struct expression *condition;
    int32_t mood, patience;
    struct lines says; /* one reaction speaks for a reply: the first that has something to say */
};

/* Asks for a supervisor once, when mood or patience has come down to its limit. */
struct supervisor {
    int32_t mood, patience; /* INT32_MIN: no such limit */
    struct lines says;
    struct target target; /* where a script takes the call then; STAY: on with the reply's way */
};

struct profile {
    const char *id;
    struct text title;
    const struct reaction *reactions; /* the profile's own, then the script's */
    uint32_t reaction_count;
    const struct silence_step *silence, *hold;
    uint32_t silence_count, hold_count;
    const struct reaction *repeat; /* or NULL */
    struct supervisor supervisor;
    int32_t drain; /* patience a minute, as a loss */
    uint32_t slow_ms, long_ms;
    const struct text *rates;
    uint32_t rate_count;
};

#endif
