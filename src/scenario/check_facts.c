/* Facts that may be told unasked, facts that never come out, and a card that anybody may hear.
 *
 * A fact leaks when a line of the customer holds one of its wordings and can be spoken while the
 * fact is hidden. What must be known at a node is worked out forwards: a fact is known on arrival
 * when it is known on every way there. Facts are never unlearned, so a scene changes nothing of
 * that. */
#include <stdlib.h>
#include <string.h>

#include "scenario/check.h"

#define WORDS 8 /* of 64 facts each */

struct known {
    uint64_t words[WORDS];
};

struct leaks {
    struct checker *checker;
    struct known *at;     /* per node, on arrival */
    struct known *ending; /* per ending */
    uint32_t *work;       /* nodes to go on from */
    bool *waiting;
    size_t work_count;
    struct known told; /* facts that were complained of: once each is enough */
};

static void add(struct known *known, uint32_t fact) {
    known->words[fact / 64] |= UINT64_C(1) << fact % 64;
}

static bool has(const struct known *known, uint32_t fact) {
    return known->words[fact / 64] >> fact % 64 & 1;
}

/* ---- what a condition says ---- */

struct without {
    const struct checker *checker;
    uint32_t fact;
};

static struct interval any_variable(const void *context, uint32_t variable) {
    return ((const struct without *)context)->checker->variables[variable];
}

static bool maybe(const void *context, uint32_t number) {
    return true;
}

static struct interval unless_hidden(const void *context, uint32_t fact) {
    return (struct interval){0, fact != ((const struct without *)context)->fact};
}

static struct interval either(const void *context) {
    return (struct interval){0, 1};
}

/* Adds the facts without which the condition cannot hold. */
static void add_implied(const struct checker *checker, const struct expression *condition,
                        struct known *known) {
    for (uint32_t i = 0; condition && i < condition->count; i++) {
        if (condition->code[i].operation != DO_REVEALED)
            continue;
        struct without without = {checker, (uint32_t)condition->code[i].argument};
        struct expression_bounds bounds = {.variable = any_variable,
                                           .earnable = maybe,
                                           .reachable = maybe,
                                           .revealed = unless_hidden,
                                           .verified = either,
                                           .context = &without};
        if (expression_range(condition, &bounds).high == 0)
            add(known, without.fact);
    }
}

/* ---- what is known where ---- */

static void meet(struct leaks *leaks, struct known *there, const struct known *here,
                 uint32_t node) {
    bool news = false;
    for (int i = 0; i < WORDS; i++) {
        news |= (there->words[i] & here->words[i]) != there->words[i];
        there->words[i] &= here->words[i];
    }
    if (news && node != CUE_NONE && !leaks->waiting[node]) {
        leaks->waiting[node] = true;
        leaks->work[leaks->work_count++] = node;
    }
}

/* A fact that has to wait for something may stay hidden whatever asks for it. */
static struct known after_change(const struct leaks *leaks, uint32_t node,
                                 const struct change *change, const struct expression *condition) {
    struct known known = leaks->at[node];
    add_implied(leaks->checker, condition, &known);
    for (uint32_t i = 0; i < change->reveal_count; i++) {
        const struct fact *fact = &leaks->checker->scenario->facts[change->reveals[i]];
        if (!fact->condition && !fact->cue.count)
            add(&known, change->reveals[i]);
    }
    return known;
}

static void flow(void *context, uint32_t node, const struct change *change,
                 const struct expression *condition) {
    struct leaks *leaks = context;
    const struct scenario *scenario = leaks->checker->scenario;
    if (never_holds(leaks->checker, condition))
        return;
    struct known known = after_change(leaks, node, change, condition);
    if (change->scene != SCENE_NONE) {
        uint32_t start = scenario->scenes[change->scene].start;
        meet(leaks, &leaks->at[start], &known, start);
    }
    if (change->target.kind == TARGET_NODE)
        meet(leaks, &leaks->at[change->target.index], &known, change->target.index);
    else if (change->target.kind == TARGET_ENDING)
        meet(leaks, &leaks->ending[change->target.index], &known, CUE_NONE);
    else if (change->scene != SCENE_NONE)
        meet(leaks, &leaks->at[node], &known, node);
    meet(leaks, &leaks->ending[scenario->hang_up], &known, CUE_NONE);
}

static void find_known(struct leaks *leaks) {
    const struct scenario *scenario = leaks->checker->scenario;
    struct known at_start = {{0}};
    memset(leaks->at, 0xFF, scenario->node_count * sizeof *leaks->at);
    memset(leaks->ending, 0xFF, scenario->ending_count * sizeof *leaks->ending);
    for (uint32_t i = 0; i < scenario->fact_count; i++)
        if (!scenario->facts[i].hidden)
            add(&at_start, i);
    meet(leaks, &leaks->at[scenario->start], &at_start, scenario->start);
    while (leaks->work_count) {
        uint32_t node = leaks->work[--leaks->work_count];
        leaks->waiting[node] = false;
        each_change(scenario, node, flow, leaks);
    }
}

/* ---- what is said ---- */

static bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9');
}

static char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

static bool begins(const char *text, const char *wording) {
    while (*wording && lower(*text) == lower(*wording))
        text++, wording++;
    return !*wording;
}

/* Whole words in Latin letters; anywhere in Chinese. */
static bool holds_wording(const char *text, const char *wording) {
    size_t length = strlen(wording);
    for (const char *at = text; *at; at++)
        if (begins(at, wording) && !(at > text && is_letter(at[-1]) && is_letter(*wording)) &&
            !(is_letter(wording[length - 1]) && is_letter(at[length])))
            return true;
    return false;
}

static const char *wording_in(const struct fact *fact, const struct line *line) {
    for (const char *const *said = fact->said; *said; said++)
        for (uint32_t i = 0; i < line->variant_count; i++)
            for (int language = 0; language < LANGUAGE_COUNT; language++)
                if (holds_wording(line->variants[i].in[language], *said))
                    return *said;
    return NULL;
}

static void check_line(struct leaks *leaks, const struct line *line, struct known known) {
    const struct scenario *scenario = leaks->checker->scenario;
    add_implied(leaks->checker, line->condition, &known);
    for (uint32_t i = 0; i < scenario->fact_count; i++) {
        const struct fact *fact = &scenario->facts[i];
        if (!fact->hidden || has(&known, i) || has(&leaks->told, i))
            continue;
        const char *wording = wording_in(fact, line);
        if (!wording)
            continue;
        add(&leaks->told, i);
        check_thing(leaks->checker, line, NULL, CODE_FACT_LEAK,
                    _("this tells the hidden fact `%s` (\"%s\") to somebody who never asked: move "
                      "it to `tells`, or say it only `if` \"revealed(%s)\""),
                    fact->id, wording, fact->id);
    }
}

static void check_lines(struct leaks *leaks, const struct lines *lines, const struct known *known) {
    for (uint32_t i = 0; i < lines->count; i++)
        check_line(leaks, &lines->items[i], *known);
}

static void check_change(void *context, uint32_t node, const struct change *change,
                         const struct expression *condition) {
    struct leaks *leaks = context;
    if (never_holds(leaks->checker, condition))
        return;
    struct known known = after_change(leaks, node, change, condition);
    check_lines(leaks, &change->answers, &known);
}

static void check_what_is_said(struct leaks *leaks) {
    const struct scenario *scenario = leaks->checker->scenario;
    for (uint32_t i = 0; i < scenario->node_count; i++) {
        if (!leaks->checker->reached[i])
            continue;
        check_lines(leaks, &scenario->nodes[i].says, &leaks->at[i]);
        each_change(scenario, i, check_change, leaks);
    }
    for (uint32_t i = 0; i < scenario->ending_count; i++)
        if (leaks->checker->ending_reached[i])
            check_lines(leaks, &scenario->endings[i].says, &leaks->ending[i]);
    for (uint32_t i = 0; i < scenario->fact_count; i++) {
        const struct fact *fact = &scenario->facts[i];
        struct known known = {{0}};
        check_lines(leaks, &fact->cue, &known);
        add(&known, i);
        add_implied(leaks->checker, fact->condition, &known);
        check_lines(leaks, &fact->tells, &known);
    }
}

static void check_leaks(struct checker *checker) {
    const struct scenario *scenario = checker->scenario;
    struct leaks leaks = {
        .checker = checker,
        .at = memory_new((scenario->node_count + 1) * sizeof *leaks.at),
        .ending = memory_new((scenario->ending_count + 1) * sizeof *leaks.ending),
        .work = memory_new((scenario->node_count + 1) * sizeof *leaks.work),
        .waiting = memory_new(scenario->node_count + 1),
    };
    find_known(&leaks);
    check_what_is_said(&leaks);
    free(leaks.at);
    free(leaks.ending);
    free(leaks.work);
    free(leaks.waiting);
}

/* ---- what never comes out ---- */

static void note_reveals(void *context, uint32_t node, const struct change *change,
                         const struct expression *condition) {
    for (uint32_t i = 0; i < change->reveal_count; i++)
        add(context, change->reveals[i]);
}

static void check_lost(struct checker *checker) {
    const struct scenario *scenario = checker->scenario;
    struct known revealed = {{0}};
    for (uint32_t i = 0; i < scenario->node_count; i++)
        if (checker->reached[i])
            each_change(scenario, i, note_reveals, &revealed);
    for (uint32_t i = 0; i < scenario->fact_count; i++) {
        const struct fact *fact = &scenario->facts[i];
        if (fact->hidden && fact->rule < 0 && !has(&revealed, i))
            check_thing(checker, fact, "id", CODE_FACT_LOST,
                        _("nothing brings the hidden fact `%s` out: give it `asked_by`, or name it "
                          "in some `reveals`"),
                        fact->id);
    }
}

/* ---- the card ---- */

static const struct card_field *first_private(const struct scenario *scenario) {
    for (uint32_t i = 0; i < scenario->card_count; i++)
        if (scenario->card[i].private)
            return &scenario->card[i];
    return NULL;
}

static void check_card(struct checker *checker) {
    const struct scenario *scenario = checker->scenario;
    const struct card_field *private = first_private(scenario);
    bool guarded = false;
    for (uint32_t i = 0; i < scenario->point_count; i++)
        guarded |= scenario->points[i].tells_card;
    if (private && !guarded)
        check_thing(checker, private, "id", CODE_CARD_UNGUARDED,
                    _("`%s` is private, and telling it to anybody costs nothing: add a critical "
                      "point with \"harm\": \"compliance\" and \"tells_card\": true"),
                    private->id);
    if (private && !checker->verifies)
        check_thing(checker, private, "id", CODE_CARD_SEALED,
                    _("`%s` is private, and no change `verifies` the caller: it stays masked"),
                    private->id);
}

void check_facts(struct checker *checker) {
    if (checker->scenario->hidden_count) {
        check_leaks(checker);
        check_lost(checker);
    }
    check_card(checker);
}
