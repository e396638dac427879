/* What the receipt says of the customer: his rating, what he asked for, how he was read. */
#include "report/report.h"
#include "report/telling.h"

static void add_moments(struct buffer *out, const struct scorecard_moments *moments) {
    if (!moments->met)
        return;
    buffer_printf(out, _("Moments of truth: %u of %u hit, %u%% of their weight\n"), moments->hit,
                  moments->met,
                  (100 * moments->earned + moments->possible / 2) / moments->possible);
}

static void add_feelings(struct buffer *out, const struct scorecard *scorecard) {
    struct scorecard_reading reading;
    bool kappa = scorecard_feelings(scorecard, &reading);
    if (!reading.count)
        return;
    buffer_printf(out, _("Reading the customer: %u of %u right"), reading.right, reading.count);
    if (kappa)
        buffer_printf(out, _(", kappa %.2f (1: always, 0: as by chance)"),
                      reading.kappa_hundredths / 100.0);
    buffer_add_byte(out, '\n');
}

void receipt_customer(struct buffer *out, const struct call_view *view,
                      const struct scorecard *scorecard) {
    if (view->rating)
        buffer_printf(out, _("Customer's rating (simulated): %u of 5\n"), view->rating);
    if (view->supervisor)
        buffer_add_text(out, _("The customer asked for a supervisor.\n"));
    if (view->asked_again)
        buffer_printf(out, _("Questions asked again: %u\n"), view->asked_again);
    add_moments(out, &scorecard->moments);
    add_feelings(out, scorecard);
}

void receipt_customer_json(struct buffer *out, const struct call_view *view,
                           const struct scorecard *scorecard) {
    const struct scorecard_moments *moments = &scorecard->moments;
    struct scorecard_reading reading;
    bool kappa = scorecard_feelings(scorecard, &reading);
    if (view->rating)
        buffer_printf(out, ", \"rating_simulated\": %u", view->rating);
    buffer_printf(out, ", \"asked_again\": %u, \"supervisor\": %s", view->asked_again,
                  view->supervisor ? "true" : "false");
    if (moments->met)
        buffer_printf(out,
                      ", \"moments\": {\"met\": %u, \"hit\": %u, \"earned\": %u, "
                      "\"possible\": %u}",
                      moments->met, moments->hit, moments->earned, moments->possible);
    if (reading.count)
        buffer_printf(out, ", \"mood_reading\": {\"count\": %u, \"right\": %u", reading.count,
                      reading.right);
    if (reading.count && kappa)
        buffer_printf(out, ", \"kappa\": %.2f", reading.kappa_hundredths / 100.0);
    if (reading.count)
        buffer_add_byte(out, '}');
}
