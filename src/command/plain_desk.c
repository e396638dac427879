/* The desk in plain mode: /act, /handover, /note. */
#include "command/plain_inside.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define WORDS " \t"

/* ---- the list ---- */

static void add_policy(struct buffer *out, const struct desk_action *action,
                       enum language language) {
    if (action->takes_amount)
        buffer_printf(out, " [%d-%d]", action->least, action->most);
    if (action->on != ACTION_ON_NOTHING)
        buffer_printf(out, " %s", _("NUMBER"));
    if (*action->limit.in[language])
        buffer_printf(out, " (%s)", action->limit.in[language]);
}

static void list_actions(struct buffer *out, const struct call *call, enum language language) {
    const struct scenario *scenario = call_scenario(call);
    uint32_t actions[ACTIONS_MOST];
    uint32_t count = call_actions(call, actions, ACTIONS_MOST);
    for (uint32_t i = 0; i < count; i++) {
        const struct desk_action *action = &scenario->actions[actions[i]];
        buffer_printf(out, "%s  %s", action->id, action->label.in[language]);
        add_policy(out, action, language);
        if (call_action_done(call, actions[i]))
            buffer_printf(out, _(" · done: %u"), call_action_done(call, actions[i]));
        buffer_add_byte(out, '\n');
    }
    if (!count)
        buffer_printf(out, "%s\n", _("Nothing can be done at the desk now."));
}

static void list_account(struct buffer *out, const struct call *call, enum language language) {
    const struct scenario *scenario = call_scenario(call);
    for (uint32_t i = 0; i < scenario->account_count; i++) {
        buffer_printf(out, "# %s: ", scenario->account[i].label.in[language]);
        report_account_value(out, call, scenario->account[i].variable, call_account(call, i));
        buffer_add_byte(out, '\n');
    }
}

static void show_desk(struct plain *plain) {
    struct buffer out = {0};
    list_actions(&out, plain_call(plain), plain_language(plain));
    list_account(&out, plain_call(plain), plain_language(plain));
    out.length -= out.length > 0;
    out.bytes[out.length] = 0;
    plain_note(buffer_text(&out));
    buffer_free(&out);
}

/* ---- doing ---- */

struct deed {
    uint32_t action;
    int64_t amount;
    const char *text;
};

static enum seat_result act(struct seat *seat, int64_t now_ms, const void *what,
                            enum call_refusal *refusal, struct error *error) {
    const struct deed *deed = what;
    return seat_act(seat, now_ms, deed->action, deed->amount, deed->text, strlen(deed->text),
                    refusal, error);
}

static enum seat_result hand_over(struct seat *seat, int64_t now_ms, const void *what,
                                  enum call_refusal *refusal, struct error *error) {
    return seat_hand_over(seat, now_ms, what, strlen(what), refusal, error);
}

static enum seat_result keep_note(struct seat *seat, int64_t now_ms, const void *what,
                                  enum call_refusal *refusal, struct error *error) {
    return seat_note(seat, now_ms, what, strlen(what), refusal, error);
}

/* "ID [AMOUNT] [NUMBER]": which of the two an action takes, the script says. */
static void do_action(struct plain *plain, const char *text) {
    const struct scenario *scenario = call_scenario(plain_call(plain));
    size_t length = strcspn(text, WORDS);
    char *id = memory_text_of(text, length);
    int number = scenario_action(scenario, id);
    struct deed deed = {.action = number < 0 ? UINT32_MAX : (uint32_t)number};
    free(id);
    text += length + strspn(text + length, WORDS);
    if (number >= 0 && scenario->actions[number].takes_amount) {
        char *end;
        deed.amount = strtoll(text, &end, 10);
        if (end == text || !strchr(WORDS, *end)) {
            plain_note(_("This action takes an amount, a whole number: /act ID AMOUNT"));
            return;
        }
        text = end + strspn(end, WORDS);
    }
    deed.text = text;
    plain_do(plain, act, &deed);
}

void plain_desk_help(void) {
    plain_note(_("/act       what can be done at the desk, and the account\n"
                 "/act ID [AMOUNT] [NUMBER]  do it\n"
                 "/handover NOTE  hand the call on to the second line\n"
                 "/note TEXT keep a note"));
}

bool plain_desk(struct plain *plain, const char *line) {
    const char *rest;
    if ((rest = plain_command(line, "/act"))) {
        if (*rest)
            do_action(plain, rest);
        else
            show_desk(plain);
        return true;
    }
    if ((rest = plain_command(line, "/handover"))) {
        plain_do(plain, hand_over, rest);
        return true;
    }
    if ((rest = plain_command(line, "/note"))) {
        plain_do(plain, keep_note, rest);
        return true;
    }
    return false;
}

/* ---- JSON ---- */

static void add_actions_json(struct buffer *out, const struct call *call) {
    const struct scenario *scenario = call_scenario(call);
    uint32_t actions[ACTIONS_MOST];
    uint32_t count = call_actions(call, actions, ACTIONS_MOST);
    buffer_add_text(out, ", \"actions\": [");
    for (uint32_t i = 0; i < count; i++)
        buffer_printf(out, "%s\"%s\"", i ? ", " : "", scenario->actions[actions[i]].id);
    buffer_add_text(out, "], \"account\": {");
    for (uint32_t i = 0; i < scenario->account_count; i++)
        buffer_printf(out, "%s\"%s\": %" PRId64, i ? ", " : "", scenario->account[i].name,
                      call_account(call, i));
    buffer_add_text(out, "}");
}

void plain_desk_json(struct buffer *out, const struct call *call) {
    const struct scenario *scenario = call_scenario(call);
    struct call_desk desk;
    call_desk(call, &desk);
    if (scenario->action_count || scenario->account_count)
        add_actions_json(out, call);
    if (scenario->second_line.need_count)
        buffer_printf(out, ", \"can_hand_over\": %s, \"transfers\": %u, \"second_line_asked\": %u",
                      desk.can_hand_over ? "true" : "false", desk.transfers, desk.repeats);
}
