/* The desk in the receipt. */
#include "report/telling.h"

#include <inttypes.h>
#include <string.h>

static const struct text *entry_label(const struct scenario *scenario, uint32_t variable) {
    for (uint32_t i = 0; i < scenario->account_count; i++)
        if (scenario->account[i].variable == variable)
            return &scenario->account[i].label;
    return NULL;
}

static void add_entry(struct buffer *out, const struct call *call, uint32_t variable,
                      enum language language) {
    const struct scenario *scenario = call_scenario(call);
    const struct text *label = entry_label(scenario, variable);
    const char *name = label ? label->in[language] : scenario->variables[variable].name;
    display_add(out, name, strlen(name), false);
}

/* Which entries of the account an ending expects otherwise. */
static bool is_wrong(const uint32_t *wrong, uint32_t count, uint32_t entry) {
    for (uint32_t i = 0; i < count; i++)
        if (wrong[i] == entry)
            return true;
    return false;
}

static void add_account(struct buffer *out, const struct call *call, enum language language) {
    const struct scenario *scenario = call_scenario(call);
    struct call_view view;
    uint32_t wrong[32];
    call_view(call, &view);
    const struct ending *ending = view.ending >= 0 ? &scenario->endings[view.ending] : NULL;
    uint32_t count = call_account_wrong(call, wrong, 32);
    if (!ending || !ending->account_count)
        return;
    buffer_add_text(out, count ? _("The account is not as this ending needs it:")
                               : _("The account is as this ending needs it:"));
    for (uint32_t i = 0; i < ending->account_count; i++) {
        uint32_t variable = ending->account[i].variable;
        buffer_add_text(out, i ? ", " : " ");
        add_entry(out, call, variable, language);
        buffer_add_byte(out, ' ');
        report_account_value(out, call, variable, call_variable(call, variable));
        if (is_wrong(wrong, count, i)) {
            buffer_printf(out, " (%s ", _("should be"));
            report_account_value(out, call, variable, call_expected(call, i));
            buffer_add_byte(out, ')');
        }
    }
    buffer_add_byte(out, '\n');
}

static void add_asked(struct buffer *out, const struct call *call, const struct call_desk *desk,
                      enum language language) {
    const struct second_line *line = &call_scenario(call)->second_line;
    const char *between = " ";
    buffer_printf(out, _("Handed on; things the customer was asked again: %u"), desk->repeats);
    buffer_add_text(out, desk->asked ? " ·" : "");
    for (uint32_t i = 0; i < line->need_count; i++) {
        if (!(desk->asked >> i & 1))
            continue;
        const char *label = line->needs[i].label.in[language];
        buffer_add_text(out, between);
        display_add(out, label, strlen(label), false);
        between = ", ";
    }
    buffer_add_byte(out, '\n');
}

void receipt_desk(struct buffer *out, const struct call *call, enum language language) {
    struct call_desk desk;
    call_desk(call, &desk);
    add_account(out, call, language);
    if (desk.transfers && call_scenario(call)->second_line.need_count)
        add_asked(out, call, &desk, language);
    if (desk.sent_round)
        buffer_printf(out, _("Handed on %u times: the customer was sent round in circles.\n"),
                      desk.transfers);
    if (desk.calls)
        buffer_printf(out, _("The customer had to call again: %u\n"), desk.calls);
}

/* ---- JSON ---- */

static void add_account_json(struct buffer *out, const struct call *call) {
    const struct scenario *scenario = call_scenario(call);
    const char *between = "";
    buffer_add_text(out, ", \"account\": {");
    for (uint32_t i = 0; i < scenario->account_count; i++) {
        buffer_add_text(out, between);
        json_add_string(out, scenario->account[i].name, strlen(scenario->account[i].name));
        buffer_printf(out, ": %" PRId64, call_account(call, i));
        between = ", ";
    }
    buffer_printf(out, "}, \"account_right\": %s",
                  call_account_wrong(call, NULL, 0) ? "false" : "true");
}

void receipt_desk_json(struct buffer *out, const struct call *call) {
    const struct scenario *scenario = call_scenario(call);
    struct call_desk desk;
    call_desk(call, &desk);
    if (scenario->account_count)
        add_account_json(out, call);
    if (scenario->second_line.need_count || desk.transfers)
        buffer_printf(out, ", \"transfers\": %u, \"second_line_asked\": %u, \"sent_round\": %s",
                      desk.transfers, desk.repeats, desk.sent_round ? "true" : "false");
    if (desk.calls)
        buffer_printf(out, ", \"called_again\": %u", desk.calls);
}
