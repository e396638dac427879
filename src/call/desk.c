/* The desk beside the call: actions on a simulated account, handing on with a note, notes.
 *
 * The account is a set of the script's variables, so an action is a change like any other; what is
 * its own is that policy is asked about the amount first, and that what it is done to must be named
 * rightly. A second line asks the customer again for what the note lacks. */
#include "call/state.h"

#include <ctype.h>
#include <string.h>

/* ---- actions ---- */

static bool offered(const struct call *call, uint32_t index) {
    return index < call->scenario->action_count &&
           call_holds(call, call->scenario->actions[index].condition);
}

uint32_t call_actions(const struct call *call, uint32_t *actions, uint32_t room) {
    uint32_t count = 0;
    if (!call->opened || call->ended || !call_talking(call))
        return 0;
    for (uint32_t i = 0; i < call->scenario->action_count && count < room; i++)
        if (offered(call, i))
            actions[count++] = i;
    return count;
}

uint32_t call_action_done(const struct call *call, uint32_t action) {
    return call->desk.done[action];
}

bool call_in_policy(const struct call *call, uint32_t action, int64_t amount) {
    const struct expression *policy = call->scenario->actions[action].policy;
    struct expression_world world = call_world(call);
    world.amount = amount;
    return !policy || expression_value(policy, &world) != 0;
}

/* Numbers are given with spaces and hyphens, or without. */
static const char *next_sign(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '-'))
        at++;
    return at;
}

static bool same_number(const char *a, size_t length, const char *b) {
    const char *a_end = a + length, *b_end = b + strlen(b);
    for (;;) {
        a = next_sign(a, a_end);
        b = next_sign(b, b_end);
        if (a == a_end || b == b_end)
            return a == a_end && b == b_end;
        if (tolower((unsigned char)*a++) != tolower((unsigned char)*b++))
            return false;
    }
}

static const char *target_of_fact(const struct fact *fact, const char *given, size_t length) {
    for (const char *const *said = fact->said; *said; said++)
        if (same_number(given, length, *said))
            return *said;
    return NULL;
}

const char *call_target(const struct call *call, uint32_t action, const char *given,
                        size_t length) {
    const struct scenario *scenario = call->scenario;
    const struct desk_action *of = &scenario->actions[action];
    if (of->on == ACTION_ON_NOTHING)
        return "";
    if (of->on == ACTION_ON_FACT)
        return target_of_fact(&scenario->facts[of->target], given, length);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (same_number(given, length, scenario->card[of->target].value.in[i]))
            return scenario->card[of->target].value.in[i];
    return NULL;
}

static bool amount_fits(const struct desk_action *action, int64_t amount) {
    if (!action->takes_amount)
        return amount == 0;
    return amount >= action->least && amount <= action->most;
}

/* The event holds the target as the script spells it, so that a private number never comes into a
 * record by being right. */
static bool target_fits(const struct call *call, const struct event *event) {
    const char *text = event->text ? event->text : "";
    const char *right = call_target(call, event->ref, text, event->length);
    return right && strlen(right) == event->length && !memcmp(right, text, event->length);
}

const struct change *call_action_change(const struct call *call, const struct event *event) {
    if (event->ref >= call->scenario->action_count)
        return NULL;
    const struct desk_action *action = &call->scenario->actions[event->ref];
    return call_in_policy(call, event->ref, event->amount) ? &action->change : action->outside;
}

enum call_refusal allows_action(const struct call *call, const struct event *event) {
    if (!offered(call, event->ref))
        return CALL_NO_SUCH_ACTION;
    if (!amount_fits(&call->scenario->actions[event->ref], event->amount))
        return CALL_WRONG_AMOUNT;
    if (!target_fits(call, event))
        return CALL_WRONG_TARGET;
    const struct change *change = call_action_change(call, event);
    if (!change)
        return CALL_OUTSIDE_POLICY;
    return call_locked(call, event, change) ? CALL_LOCKED : CALL_ALLOWED;
}

/* The desk knows nothing of scenes: where it leads to, the call is out of them. */
static void leave_scenes(struct call *call, const struct change *change) {
    if (change->target.kind == TARGET_NODE)
        call->depth = 0;
}

/* To the customer an action is silence, unless he is told of it. */
void apply_action(struct call *call, const struct event *event, struct call_outcome *outcome) {
    const struct desk_action *action = &call->scenario->actions[event->ref];
    const struct change *change = call_action_change(call, event);
    call->desk.amount = event->amount;
    if (call->desk.done[event->ref] < UINT16_MAX)
        call->desk.done[event->ref]++;
    if (outcome)
        outcome->outside = change != &action->change;
    if (change->answers.count) {
        call->quiet_ms = call->t_ms;
        call->steps_run = 0;
    }
    leave_scenes(call, change);
    mark_change(call, change, outcome);
    run_change(call, change, outcome);
}

/* ---- the account ---- */

int64_t call_account(const struct call *call, uint32_t entry) {
    return call->variables[call->scenario->account[entry].variable];
}

int64_t call_variable(const struct call *call, uint32_t variable) {
    return call->variables[variable];
}

int64_t call_expected(const struct call *call, uint32_t entry) {
    struct expression_world world = call_world(call);
    return expression_value(call->scenario->endings[call->ending].account[entry].value, &world);
}

uint32_t call_account_wrong(const struct call *call, uint32_t *wrong, uint32_t room) {
    uint32_t count = 0;
    if (call->ending < 0)
        return 0;
    const struct ending *ending = &call->scenario->endings[call->ending];
    for (uint32_t i = 0; i < ending->account_count; i++) {
        if (call->variables[ending->account[i].variable] == call_expected(call, i))
            continue;
        if (count < room)
            wrong[count] = i;
        count++;
    }
    return count;
}

/* ---- handing on ---- */

static bool can_hand_over(const struct call *call) {
    const struct second_line *line = &call->scenario->second_line;
    return line->need_count && call_holds(call, line->condition);
}

enum call_refusal allows_handover(const struct call *call, const struct event *event) {
    const struct second_line *line = &call->scenario->second_line;
    if (!can_hand_over(call) || event->needs >> line->need_count)
        return CALL_NO_SECOND_LINE;
    return call_locked(call, event, &line->change) ? CALL_LOCKED : CALL_ALLOWED;
}

uint32_t call_judge_note(const struct call *call, const char *text, size_t length,
                         struct reading *reading) {
    const struct second_line *line = &call->scenario->second_line;
    uint32_t found = 0;
    language_read(call->scenario->lexicon, NULL, 0, text, length, reading);
    for (uint32_t i = 0; i < line->need_count; i++)
        if (reading->rules[line->needs[i].rule].verdict == VERDICT_MET)
            found |= 1u << i;
    return found;
}

/* Half of it is worth half, as everywhere. */
static void mark_note(struct call *call, uint32_t found, struct call_outcome *outcome) {
    const struct second_line *line = &call->scenario->second_line;
    uint32_t count = (uint32_t)__builtin_popcount(found);
    if (line->point == POINT_NONE)
        return;
    mark_point(call, line->point,
               count == line->need_count       ? 2
               : 2 * count >= line->need_count ? 1
                                               : 0,
               outcome);
}

static void ask_again(struct call *call, uint32_t need, struct call_outcome *outcome) {
    const struct second_line *line = &call->scenario->second_line;
    const struct line asks = {.variants = &line->needs[need].asks, .variant_count = 1};
    const struct lines lines = {&asks, 1};
    say_lines(call, &lines, SPOKEN_SECOND_LINE, outcome);
    call->desk.repeats++;
    call->desk.asked |= 1u << need;
    customer_feel(call, 0, -line->patience);
}

void apply_handover(struct call *call, const struct event *event, struct call_outcome *outcome) {
    const struct second_line *line = &call->scenario->second_line;
    call->phase = PHASE_TRANSFERRED;
    call->transferred = true;
    call->desk.transfers++;
    call->quiet_ms = call->t_ms;
    call->steps_run = 0;
    mark_note(call, event->needs, outcome);
    say_lines(call, &line->says, SPOKEN_SECOND_LINE, outcome);
    for (uint32_t i = 0; i < line->need_count; i++)
        if (!(event->needs >> i & 1))
            ask_again(call, i, outcome);
    leave_scenes(call, &line->change);
    run_change(call, &line->change, outcome);
}

bool desk_leads_on(const struct call *call) {
    const struct scenario *scenario = call->scenario;
    for (uint32_t i = 0; i < scenario->action_count; i++)
        if (scenario->actions[i].change.target.kind != TARGET_STAY && offered(call, i))
            return true;
    return scenario->second_line.need_count &&
           scenario->second_line.change.target.kind != TARGET_STAY && can_hand_over(call);
}

/* ---- notes ---- */

enum call_refusal allows_note(const struct call *call, const struct event *event) {
    return event->text && !text_is_blank(event->text, event->length) ? CALL_ALLOWED : CALL_EMPTY;
}

/* ---- asking ---- */

void call_desk(const struct call *call, struct call_desk *desk) {
    *desk = (struct call_desk){
        .can_hand_over = call->opened && !call->ended && call_talking(call) && can_hand_over(call),
        .transfers = call->desk.transfers,
        .repeats = call->desk.repeats,
        .asked = call->desk.asked,
        .calls = call->desk.calls,
        .sent_round = call->desk.transfers > 1,
    };
}

uint32_t desk_numbers(const struct call *call, int64_t numbers[DESK_NUMBERS]) {
    const struct scenario *scenario = call->scenario;
    uint32_t count = 0;
    if (!scenario->action_count && !scenario->second_line.need_count)
        return 0;
    for (uint32_t i = 0; i < scenario->action_count; i++)
        numbers[count++] = call->desk.done[i];
    numbers[count++] = call->desk.amount;
    numbers[count++] = call->desk.transfers;
    numbers[count++] = call->desk.repeats;
    numbers[count++] = call->desk.calls;
    numbers[count++] = call->desk.asked;
    return count;
}

#define COUNTS_TOLD_APART 3

static int64_t told_apart(bool asked, int64_t count) {
    return !asked ? 0 : count < COUNTS_TOLD_APART ? count : COUNTS_TOLD_APART;
}

/* What was done is seen in what it did, unless the script asks how often it was. */
uint32_t desk_told_apart(const struct call *call, int64_t numbers[DESK_NUMBERS]) {
    const struct scenario *scenario = call->scenario;
    uint32_t count = 0;
    if (!scenario->action_count && !scenario->second_line.need_count)
        return 0;
    for (uint32_t i = 0; i < scenario->action_count; i++)
        numbers[count++] = told_apart(scenario->asks_done, call->desk.done[i]);
    numbers[count++] = call->desk.amount;
    numbers[count++] = told_apart(scenario->asks_transfers, call->desk.transfers);
    numbers[count++] = told_apart(scenario->asks_repeats, call->desk.repeats);
    return count;
}
