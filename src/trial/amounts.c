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
    const struct desk_action *action;
    int64_t *amounts;
    uint32_t count;
};

static void try_amount(struct tried *tried, int64_t amount) {
    if (amount < tried->action->least || amount > tried->action->most ||
        tried->count == TRIAL_AMOUNTS)
        return;
    for (uint32_t i = 0; i < tried->count; i++)
        if (tried->amounts[i] == amount)
            return;
    tried->amounts[tried->count++] = amount;
}

/* A number in a policy is where it ends, or where it begins to. */
static void try_number(void *user, int64_t number) {
    struct tried *tried = user;
    try_amount(tried, number);
    try_amount(tried, number + 1);
}

static void try_expected(void *user, int64_t number) {
    try_amount(user, number);
}

uint32_t trial_amounts(const struct scenario *scenario, const struct desk_action *action,
                       int64_t amounts[TRIAL_AMOUNTS]) {
    struct tried tried = {action, amounts, 0};
    if (!action->takes_amount) {
        amounts[0] = 0;
        return 1;
    }
    for (uint32_t i = 0; i < scenario->ending_count; i++)
        for (uint32_t k = 0; k < scenario->endings[i].account_count; k++)
            expression_numbers(scenario->endings[i].account[k].value, try_expected, &tried);
    expression_numbers(action->policy, try_number, &tried);
    try_amount(&tried, action->least);
    try_amount(&tried, action->most);
    return tried.count;
}
