/* Words for what a reply showed, and an example of what would have shown a point. */
#include "report/report.h"

const char *report_behaviour_label(enum behaviour behaviour) {
    static const char *const labels[] = {
        [BEHAVIOUR_GREETING] = N_("greeting"),
        [BEHAVIOUR_OFFER_HELP] = N_("offer of help"),
        [BEHAVIOUR_IDENTITY_CHECK] = N_("identity check"),
        [BEHAVIOUR_RESTATE] = N_("restating"),
        [BEHAVIOUR_EMPATHY] = N_("empathy"),
        [BEHAVIOUR_APOLOGY] = N_("apology"),
        [BEHAVIOUR_PROBE] = N_("question"),
        [BEHAVIOUR_TRIAGE] = N_("grading"),
        [BEHAVIOUR_ROOT_CAUSE] = N_("root cause"),
        [BEHAVIOUR_PLAN] = N_("plan"),
        [BEHAVIOUR_FEASIBILITY] = N_("feasibility"),
        [BEHAVIOUR_PROMISE_TIME] = N_("promise with a time"),
        [BEHAVIOUR_HANDOVER] = N_("handover"),
        [BEHAVIOUR_CONFIRM_SATISFACTION] = N_("asking if it is solved"),
        [BEHAVIOUR_CLOSING] = N_("closing"),
        [BEHAVIOUR_THANKS] = N_("thanks"),
        [BEHAVIOUR_BLAME] = N_("blame"),
        [BEHAVIOUR_BRUSH_OFF] = N_("brushing off"),
        [BEHAVIOUR_JARGON] = N_("jargon"),
        [BEHAVIOUR_JUMP_CONCLUSION] = N_("jumping to a conclusion"),
        [BEHAVIOUR_OVERPROMISE] = N_("promising too much"),
    };
    return _(labels[behaviour]);
}

static const struct reply *reply_that_shows(const struct scenario *scenario, uint32_t point) {
    const struct reply *half = NULL;
    for (uint32_t i = 0; i < scenario->node_count; i++)
        for (uint32_t j = 0; j < scenario->nodes[i].reply_count; j++) {
            const struct reply *reply = &scenario->nodes[i].replies[j];
            for (uint32_t k = 0; k < reply->change.mark_count; k++) {
                const struct mark *mark = &reply->change.marks[k];
                if (mark->point == point && mark->halves == 2)
                    return reply;
                if (mark->point == point && mark->halves == 1 && !half)
                    half = reply;
            }
        }
    return half;
}

const char *report_example(const struct scenario *scenario, uint32_t point,
                           enum language language) {
    const char *better = scenario->points[point].better.in[language];
    if (*better || point_is_trip(&scenario->points[point]))
        return better;
    const struct reply *reply = reply_that_shows(scenario, point);
    return reply ? reply->says.in[language] : "";
}
