/* The words of this room, made from its lists. */
#include "call/call.h"

#include <string.h>

#define X(name, word, label) word,
static const char *const mode_words[] = {MODES(X)};
static const char *const phase_words[] = {PHASES(X)};
static const char *const feeling_words[] = {FEELINGS(X)};
#undef X
#define X(name, word, label) label,
static const char *const mode_labels[] = {MODES(X)};
static const char *const phase_labels[] = {PHASES(X)};
static const char *const feeling_labels[] = {FEELINGS(X)};
#undef X
#define X(name, word) word,
static const char *const event_words[] = {EVENT_KINDS(X)};
#undef X

static int find_word(const char *const *words, int count, const char *word) {
    for (int i = 0; i < count; i++)
        if (!strcmp(words[i], word))
            return i;
    return -1;
}

const char *mode_word(enum mode mode) {
    return mode_words[mode];
}

const char *mode_label(enum mode mode) {
    return _(mode_labels[mode]);
}

int mode_from(const char *word) {
    return find_word(mode_words, MODE_COUNT, word);
}

enum feeling feeling_of(int32_t mood) {
    static const int32_t limits[] = {-60, -20, 20, 60};
    int feeling = 0;
    while (feeling < FEELING_COUNT - 1 && mood >= limits[feeling])
        feeling++;
    return (enum feeling)feeling;
}

const char *feeling_word(enum feeling feeling) {
    return feeling_words[feeling];
}

const char *feeling_label(enum feeling feeling) {
    return _(feeling_labels[feeling]);
}

int feeling_from(const char *word) {
    return find_word(feeling_words, FEELING_COUNT, word);
}

const char *phase_word(enum phase phase) {
    return phase_words[phase];
}

const char *phase_label(enum phase phase) {
    return _(phase_labels[phase]);
}

const char *event_kind_word(enum event_kind kind) {
    return event_words[kind];
}

int event_kind_from(const char *word) {
    return find_word(event_words, EVENT_KIND_COUNT, word);
}

static const struct {
    const char *word, *sentence;
} refusals[] = {
    [CALL_ALLOWED] = {"allowed", N_("Allowed.")},
    [CALL_NOT_OPEN] = {"not_open", N_("The call has not been opened, or was opened already.")},
    [CALL_CLOSED] = {"closed", N_("The call is over.")},
    [CALL_WRONG_PHASE] = {"wrong_phase", N_("That can't be done now.")},
    [CALL_NO_SUCH_REPLY] = {"no_such_reply", N_("There is no such reply here. Choose one of the "
                                                "numbers shown.")},
    [CALL_NOT_TYPED] = {"not_taken", N_("This is not taken here: choose from the list where there "
                                        "is one, type where there is none.")},
    [CALL_LOCKED] = {"locked", N_("An earlier stage is not done yet. Go on with it, or give the "
                                  "same reply again to skip it knowingly; what is skipped earns "
                                  "nothing.")},
    [CALL_TIME_BACK] = {"time_back", N_("The time of this event is before the one before it.")},
    [CALL_TIMER_FIRST] = {"timer_first", N_("The customer acts before this.")},
    [CALL_NOT_ENDED] = {"not_ended", N_("The call has not ended yet.")},
    [CALL_WRONG_NODE] = {"wrong_node", N_("The call stands at another point of the script.")},
    [CALL_EMPTY] = {"empty", N_("Nothing was typed.")},
    [CALL_NO_SUCH_ACTION] = {"no_such_action", N_("There is no such action here, or not now.")},
    [CALL_WRONG_AMOUNT] = {"wrong_amount", N_("The desk does not take this amount for it.")},
    [CALL_WRONG_TARGET] = {"wrong_target", N_("The desk finds nothing under this number: check it "
                                              "with the customer.")},
    [CALL_OUTSIDE_POLICY] = {"outside_policy", N_("The desk refuses: this is outside policy.")},
    [CALL_NO_SECOND_LINE] = {"no_second_line", N_("There is nobody to hand this call on to now.")},
    [CALL_WRONG_MODE] = {"wrong_mode", N_("This way of practising does not have that.")},
    [CALL_NOTHING_LEFT] = {"nothing_left", N_("There is nothing of that kind here.")},
    [CALL_NO_SUCH_VALUE] = {"no_such_value", N_("The ticket has no such field, or the field no "
                                                "such value.")},
};

const char *call_refusal_sentence(enum call_refusal refusal) {
    return _(refusals[refusal].sentence);
}

const char *call_refusal_word(enum call_refusal refusal) {
    return refusals[refusal].word;
}
