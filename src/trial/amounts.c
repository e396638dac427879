/* What machines give an action. */
#include "trial/step.h"
#include "trial/trial.h"

const char *trial_target(const struct scenario *scenario, const struct desk_action *action) {
    switch (action->on) {
    case ACTION_ON_FACT:
        return scenario->facts[action->target].said[0];
    case ACTION_ON_CARD:
        return scenario->card[action->target].value.in[LANGUAGE_ZH];
    default:
        return "";
    }
}

void trial_act(const struct scenario *scenario, const struct trial_step *step, struct buffer *out) {
    buffer_add_text(out, step->action->id);
    if (step->action->takes_amount)
        buffer_printf(out, " %lld", (long long)step->amount);
    if (step->action->on != ACTION_ON_NOTHING)
        buffer_printf(out, " %s", trial_target(scenario, step->action));
}

struct tried {
    const struct call *call;
    uint32_t action;
    int64_t *amounts;
    uint32_t count;
    bool inside; /* which side of policy is looked for */
    bool found;  /* something on that side */
};

static void try_amount(void *user, int64_t amount) {
    struct tried *tried = user;
    const struct desk_action *action = &call_scenario(tried->call)->actions[tried->action];
    if (amount < action->least || amount > action->most || tried->count == TRIAL_AMOUNTS ||
        call_in_policy(tried->call, tried->action, amount) != tried->inside)
        return;
    tried->found = true;
    for (uint32_t i = 0; i < tried->count; i++)
        if (tried->amounts[i] == amount)
            return;
    tried->amounts[tried->count++] = amount;
}

/* Policy ends at a number that stands in it. */
static void try_bound(void *user, int64_t number) {
    struct tried *tried = user;
    for (int64_t amount = number - 1; amount <= number + 1 && !tried->found; amount++)
        try_amount(tried, amount);
}

static void try_side(struct tried *tried, bool inside) {
    const struct desk_action *action = &call_scenario(tried->call)->actions[tried->action];
    tried->inside = inside;
    tried->found = tried->found && inside;
    if (!tried->found)
        expression_numbers(action->policy, try_bound, tried);
    if (!tried->found)
        try_amount(tried, action->most);
    if (!tried->found)
        try_amount(tried, action->least);
}

/* What an ending expects, or else one amount inside policy; and one outside. */
uint32_t trial_amounts(const struct call *call, uint32_t action, int64_t amounts[TRIAL_AMOUNTS]) {
    const struct scenario *scenario = call_scenario(call);
    struct tried tried = {call, action, amounts, .inside = true};
    if (!scenario->actions[action].takes_amount) {
        amounts[0] = 0;
        return 1;
    }
    for (uint32_t i = 0; i < scenario->ending_count; i++)
        for (uint32_t k = 0; k < scenario->endings[i].account_count; k++)
            expression_numbers(scenario->endings[i].account[k].value, try_amount, &tried);
    try_side(&tried, true);
    try_side(&tried, false);
    return tried.count;
}
