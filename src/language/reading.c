/* How a reply is judged: its hits pass the guards, those of a rule are brought together in one
 * clause, sentence or the whole reply, and the rules of a behaviour or of a script say what was
 * found. Rules that ask for the presence or absence of other behaviours come second, a script's
 * rules last. */
#include <stdlib.h>
#include <string.h>

#include "language/assent.h"
#include "language/matter.h"
#include "language/sheet.h"

struct match {
    uint32_t rule;
    struct hit hit;
    uint32_t unit;
    uint8_t group;
    bool unless, weak;
};

struct room {
    struct views *views;
    struct sheet reply;
    struct matter matter;
    struct match *matches;
    size_t match_count, match_capacity;
    const struct lexicon *lexicon;
    const struct utterance *context;
    size_t context_count;
    bool overlap_known;
    uint32_t present;      /* behaviours found so far */
    struct sheet asked;    /* the customer's line that a yes answers */
    struct buffer echo;    /* what the yes says */
    struct reading echoed; /* and what that shows */
};

/* What a rule came to. */
struct outcome {
    enum verdict verdict;
    const char *why, *missed;
    struct hit hits[FOUND_SPANS];
    size_t hit_count;
    uint8_t groups;
};

void reading_free(struct reading *reading) {
    struct room *room = reading->room;
    if (room != NULL) {
        views_free(room->views);
        sheet_free(&room->reply);
        matter_free(&room->matter);
        sheet_free(&room->asked);
        buffer_free(&room->echo);
        reading_free(&room->echoed);
        free(room->matches);
        free(room);
    }
    free(reading->rules);
    *reading = (struct reading){0};
}

/* ---- gathering ---- */

static void add_match(struct room *room, struct match match) {
    room->matches = memory_reserve(room->matches, &room->match_capacity, room->match_count + 1,
                                   sizeof *room->matches);
    room->matches[room->match_count++] = match;
}

static int compare_matches(const void *a, const void *b) {
    const struct match *x = a, *y = b;
    if (x->rule != y->rule)
        return x->rule < y->rule ? -1 : 1;
    if (x->hit.first != y->hit.first)
        return x->hit.first < y->hit.first ? -1 : 1;
    if (x->hit.last != y->hit.last)
        return x->hit.last < y->hit.last ? -1 : 1;
    return (int)x->group - (int)y->group;
}

enum { FEW_MATCHES = 24 };

/* Keeps the order of equals, as merging does too. */
static void sort_matches(struct match *matches, size_t count) {
    if (count > FEW_MATCHES) {
        qsort(matches, count, sizeof *matches, compare_matches);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct match match = matches[i];
        size_t at = i;
        for (; at > 0 && compare_matches(&matches[at - 1], &match) > 0; at--)
            matches[at] = matches[at - 1];
        matches[at] = match;
    }
}

static void gather_askings(struct room *room) {
    const struct tokens *tokens = &room->reply.scan.tokens;
    const struct lexicon *lexicon = room->lexicon;
    for (size_t s = 0; s < lexicon->script_rules; s++) {
        const struct rule *rule = &lexicon->rules[lexicon->script[s]];
        for (unsigned g = 0; g < rule->group_count; g++)
            for (uint32_t c = 0; rule->groups[g].askings != 0 && c < tokens->clause_count; c++)
                if (room->reply.asks[c] & rule->groups[g].askings)
                    add_match(room, (struct match){.rule = lexicon->script[s],
                                                   .hit = {UINT32_MAX, tokens->clauses[c].first,
                                                           tokens->clauses[c].last},
                                                   .group = (uint8_t)g});
    }
}

static bool within_limit(const struct scan *scan, const struct limit *limit,
                         const struct hit *hit) {
    int64_t value;
    return limit_value(&scan->tokens, hit->first, hit->last, &value) && limit_met(limit, value);
}

static void gather(struct room *room) {
    const struct scan *scan = &room->reply.scan;
    room->match_count = 0;
    for (size_t i = 0; i < scan->hit_count; i++) {
        const struct alternative *of = &room->lexicon->alternatives[scan->hits[i].alternative];
        if (of->role != ROLE_GROUP && of->role != ROLE_UNLESS)
            continue;
        if (of->anchors != 0 && !sheet_anchored(&room->reply, &scan->hits[i], of->anchors))
            continue;
        if (of->limit != NULL && !within_limit(scan, of->limit, &scan->hits[i]))
            continue;
        add_match(room, (struct match){.rule = of->rule,
                                       .hit = scan->hits[i],
                                       .group = of->group,
                                       .unless = of->role == ROLE_UNLESS,
                                       .weak = of->weak});
    }
    gather_askings(room);
    sort_matches(room->matches, room->match_count);
}

static uint32_t unit_of(const struct room *room, uint8_t scope, const struct hit *hit) {
    if (scope == SCOPE_REPLY)
        return 0;
    if (scope == SCOPE_SENTENCE)
        return sheet_sentence(&room->reply, hit->first);
    return room->reply.scan.tokens.items[hit->first].clause;
}

/* ---- conditions of a rule ---- */

static void load_matter(struct room *room) {
    matter_load(&room->matter, room->lexicon, room->views, room->context, room->context_count);
    if (room->overlap_known)
        return;
    room->overlap_known = true;
    matter_overlap(&room->matter, room->lexicon, &room->reply);
}

#define OVERLAPS (NEED(OVERLAP) | NEED(OVERLAP_NEAR) | NEED(OVERLAP_TWO))

/* Whether what stands around a hit shares words of the matter, as much as the rule wants. */
static bool hit_overlaps(const struct room *room, const struct rule *rule, const struct hit *hit) {
    const struct sheet *reply = &room->reply;
    uint8_t sentence = reply->sentence[sheet_sentence(reply, hit->first)];
    if (rule->needs & NEED(OVERLAP_TWO) && !(sentence & SENTENCE_OVERLAPS_TWICE))
        return false;
    if (rule->needs & NEED(OVERLAP_NEAR) &&
        !reply->shared[reply->scan.tokens.items[hit->first].clause])
        return false;
    return sentence & SENTENCE_OVERLAPS;
}

/* Whether a hit of a rule stands where the rule's needs are met. */
static bool hit_needs_met(struct room *room, const struct rule *rule, const struct hit *hit) {
    if (rule->needs & NEED(UNHEDGED) &&
        room->reply.sentence[sheet_sentence(&room->reply, hit->first)] & SENTENCE_HEDGED)
        return false;
    if (rule->needs & (OVERLAPS | NEED(NEW)))
        load_matter(room);
    if (rule->needs & OVERLAPS && !hit_overlaps(room, rule, hit))
        return false;
    return !(rule->needs & NEED(NEW)) ||
           !matter_knows(&room->matter, &room->reply, hit->first, hit->last);
}

/* What the reply itself tells. */
static bool reply_fits(const struct room *room, const struct rule *rule) {
    if ((rule->with != 0 && !(rule->with & room->present)) || rule->without & room->present)
        return false;
    if (rule->longest != 0 && room->reply.scan.tokens.count > rule->longest)
        return false;
    return !(rule->needs & NEED(NO_QUESTION)) || !room->reply.asks_any;
}

/* What the turns before tell; asked last, since they have to be read for it. */
static bool context_fits(struct room *room, uint32_t number, const struct rule *rule) {
    bool context = rule->wants_customer || rule->wants_agent || rule->wants_asked ||
                   rule->needs & (NEED(NOTHING_ASKED) | NEED(SPOKEN));
    if (!context)
        return true;
    load_matter(room);
    if (rule->needs & NEED(NOTHING_ASKED) && (room->matter.agent_asked || room->reply.asks_any))
        return false;
    if (rule->needs & NEED(SPOKEN) && !room->matter.customer_spoke)
        return false;
    uint8_t holds = room->matter.holds[number];
    return (!rule->wants_customer || holds & HOLDS_CUSTOMER) &&
           (!rule->wants_agent || holds & HOLDS_AGENT) &&
           (!rule->wants_asked || holds & HOLDS_ASKED);
}

/* ---- one rule ---- */

/* Whether a match counts; if not, *why says what voided it. */
static bool match_counts(struct room *room, const struct rule *rule, const struct match *match,
                         const char **why) {
    bool negated = false;
    const char *guard = NULL;
    if (match->hit.alternative != UINT32_MAX)
        guard = sheet_guard(&room->reply, &match->hit,
                            &room->lexicon->alternatives[match->hit.alternative], rule, &negated);
    bool wanted = rule->groups[match->group].wants_negation;
    if (guard == NULL && negated != wanted && (wanted || !rule->lifts_negation))
        guard = "negated";
    if (guard == NULL && rule->question != 0 &&
        sheet_hit_asks(&room->reply, &match->hit) != (rule->question == 1))
        guard = rule->question == 1 ? "not-a-question" : "question";
    if (guard == NULL && !hit_needs_met(room, rule, &match->hit))
        guard = "context";
    if (guard != NULL)
        *why = guard;
    return guard == NULL;
}

/* An unless in the clause of a match voids it only from nearby: people type long clauses. */
enum { UNLESS_REACH = 4 };

static bool apart(const struct hit *a, const struct hit *b) {
    return a->first > b->last + UNLESS_REACH || b->first > a->last + UNLESS_REACH;
}

static bool ruled_out(const struct room *room, const struct rule *rule, const struct match *matches,
                      size_t count, const struct match *match) {
    for (size_t i = 0; i < count; i++) {
        if (!matches[i].unless || unit_of(room, rule->unless_scope, &matches[i].hit) !=
                                      unit_of(room, rule->unless_scope, &match->hit))
            continue;
        if (rule->unless_scope != SCOPE_CLAUSE || !apart(&matches[i].hit, &match->hit))
            return true;
    }
    return false;
}

struct tally {
    uint32_t unit;
    uint8_t groups; /* bits */
};

static unsigned bits_of(unsigned bits) {
    return (unsigned)__builtin_popcount(bits);
}

static unsigned core_of(const struct rule *rule) {
    unsigned core = 0;
    for (unsigned g = 0; g < rule->group_count; g++)
        core |= rule->groups[g].core ? 1u << g : 0;
    return core;
}

/* MET, PARTIAL or NOT by the groups found, a behaviour that the rule wants (as much as was shown)
 * counting as one more core group. */
static enum verdict weigh(const struct rule *rule, unsigned groups, enum verdict shown) {
    bool wanted = shown != VERDICT_NOT;
    unsigned all = rule->group_count + (rule->wants != 0), core = core_of(rule);
    unsigned have = bits_of(groups) + (rule->wants != 0 && wanted);
    if (have == all)
        return VERDICT_MET;
    bool core_met = (groups & core) == core && (rule->wants == 0 || wanted);
    return have > 0 && have * 2 >= all && core_met ? VERDICT_PARTIAL : VERDICT_NOT;
}

static void keep_hits(struct outcome *outcome, const struct match *matches, const bool *counts,
                      size_t count, uint32_t unit) {
    for (size_t i = 0; i < count && outcome->hit_count < FOUND_SPANS; i++)
        if (counts[i] && matches[i].unit == unit)
            outcome->hits[outcome->hit_count++] = matches[i].hit;
}

static const char *missed_group(const struct rule *rule, unsigned groups) {
    for (unsigned g = 0; g < rule->group_count; g++)
        if (!(groups >> g & 1))
            return rule->groups[g].example;
    return NULL;
}

#define MATCHES_MOST 64 /* of one rule in one reply; more say nothing new */

/* The most groups that stand together in one unit, and that unit; `weak`: weak matches count. */
static unsigned best_groups(const struct match *matches, const bool *counts, size_t count,
                            bool weak, uint32_t *unit) {
    unsigned best = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned groups = 0;
        for (size_t k = 0; counts[i] && k < count; k++)
            if (counts[k] && matches[k].unit == matches[i].unit && (weak || !matches[k].weak))
                groups |= 1u << matches[k].group;
        if (bits_of(groups) > bits_of(best)) {
            best = groups;
            *unit = matches[i].unit;
        }
    }
    return best;
}

/* Judges one rule by its matches (sorted by place). What rests on weak words, or on a behaviour of
 * which nobody can be sure, is UNSURE. */
static void judge_rule(struct room *room, const struct rule *rule, struct match *matches,
                       size_t count, enum verdict shown, struct outcome *outcome) {
    bool counts[MATCHES_MOST];
    uint32_t unit = 0;
    if (count > MATCHES_MOST)
        count = MATCHES_MOST;
    for (size_t i = 0; i < count; i++) {
        matches[i].unit = unit_of(room, rule->scope, &matches[i].hit);
        counts[i] = !matches[i].unless && match_counts(room, rule, &matches[i], &outcome->why) &&
                    !ruled_out(room, rule, matches, count, &matches[i]);
    }
    unsigned best = best_groups(matches, counts, count, false, &unit);
    outcome->verdict = weigh(rule, best, shown);
    bool hesitant = outcome->verdict != VERDICT_NOT && shown == VERDICT_UNSURE;
    if (outcome->verdict == VERDICT_NOT) {
        best = best_groups(matches, counts, count, true, &unit);
        hesitant = weigh(rule, best, shown) != VERDICT_NOT;
    }
    if (hesitant)
        outcome->verdict = VERDICT_UNSURE;
    outcome->groups = (uint8_t)best;
    outcome->missed = missed_group(rule, best);
    if (best != 0)
        keep_hits(outcome, matches, counts, count, unit);
    if (hesitant)
        outcome->why = "hesitant";
    else if (outcome->verdict == VERDICT_MET)
        outcome->why = "matched";
    else if (outcome->verdict == VERDICT_PARTIAL || best != 0)
        outcome->why = "half";
}

/* ---- findings ---- */

static void add_span(const struct room *room, struct found *found, const struct hit *hit) {
    const struct token *tokens = room->reply.scan.tokens.items;
    struct span span = {tokens[hit->first].from, tokens[hit->last - 1].to};
    size_t at = 0;
    while (at < found->span_count && found->spans[at].to < span.from)
        at++;
    size_t end = at;
    for (; end < found->span_count && found->spans[end].from <= span.to; end++) {
        if (found->spans[end].from < span.from)
            span.from = found->spans[end].from;
        if (found->spans[end].to > span.to)
            span.to = found->spans[end].to;
    }
    if (end == at && found->span_count == FOUND_SPANS)
        return;
    memmove(&found->spans[at + 1], &found->spans[end],
            (found->span_count - end) * sizeof *found->spans);
    found->spans[at] = span;
    found->span_count = (uint8_t)(found->span_count + 1 - (end - at));
}

static void add_detail(struct found *found, const char *detail) {
    if (detail == NULL)
        return;
    size_t at = 0;
    while (at < FOUND_DETAILS && found->details[at] != NULL) {
        if (strcmp(found->details[at], detail) == 0)
            return;
        at++;
    }
    if (at < FOUND_DETAILS)
        found->details[at] = detail;
    found->detail = found->details[0];
}

/* Brings what a rule came to into what its behaviour came to. */
static void credit(const struct room *room, const struct rule *rule, struct outcome *outcome,
                   struct found *found) {
    if (rule->unsure && outcome->verdict > VERDICT_UNSURE) {
        outcome->verdict = VERDICT_UNSURE;
        outcome->why = "hesitant";
    }
    if (outcome->verdict < found->verdict ||
        (outcome->verdict == VERDICT_NOT && found->rule != NULL))
        return;
    if (outcome->verdict > found->verdict || found->rule == NULL) {
        *found = (struct found){.verdict = outcome->verdict,
                                .rule = rule->id,
                                .missed = outcome->missed,
                                .why = outcome->why};
    }
    if (outcome->verdict == VERDICT_NOT)
        return;
    add_detail(found, rule->detail);
    for (size_t i = 0; i < outcome->hit_count; i++)
        add_span(room, found, &outcome->hits[i]);
}

static bool has_detail(const struct found *found, const char *detail) {
    for (size_t i = 0; i < FOUND_DETAILS && found->details[i] != NULL; i++)
        if (strcmp(found->details[i], detail) == 0)
            return true;
    return false;
}

/* ---- behaviours ---- */

static void read_pack_rules(struct room *room, struct reading *reading, bool second) {
    for (size_t i = 0; i < room->match_count;) {
        uint32_t number = room->matches[i].rule;
        size_t count = 1;
        while (i + count < room->match_count && room->matches[i + count].rule == number)
            count++;
        const struct rule *rule = &room->lexicon->rules[number];
        bool waits = rule->with != 0 || rule->without != 0;
        if (rule->behaviour >= 0 && waits == second && reply_fits(room, rule)) {
            struct outcome outcome = {.why = "nothing"};
            judge_rule(room, rule, &room->matches[i], count, VERDICT_NOT, &outcome);
            if (outcome.verdict != VERDICT_NOT && !context_fits(room, number, rule))
                outcome = (struct outcome){.why = "context"};
            credit(room, rule, &outcome, &reading->behaviours[rule->behaviour]);
        }
        i += count;
    }
    for (int i = 0; i < BEHAVIOUR_COUNT; i++)
        if (reading->behaviours[i].verdict >= VERDICT_PARTIAL)
            room->present |= UINT32_C(1) << i;
}

/* ---- the script's rules ---- */

enum { STACK_CLAUSES = 3, STACK_STAGES = 3, STACK_BEHAVIOURS = 5, BARE_SHARE = 7 };

/* What the clauses of a reply hold that are nothing but stock phrases. */
struct stack {
    uint32_t behaviours, stages; /* bits */
    unsigned clauses, others;    /* bare ones with a behaviour of their own; all others */
};

/* How many of the bytes of a clause phrases of behaviours cover, and which those are. */
static uint32_t cover_of(const struct reading *reading, uint32_t from, uint32_t to,
                         size_t *covered) {
    uint32_t behaviours = 0;
    for (int i = 0; i < BEHAVIOUR_FIRST_NEGATIVE; i++) {
        const struct found *found = &reading->behaviours[i];
        for (size_t k = 0; found->verdict >= VERDICT_PARTIAL && k < found->span_count; k++) {
            uint32_t first = found->spans[k].from > from ? found->spans[k].from : from;
            uint32_t last = found->spans[k].to < to ? found->spans[k].to : to;
            if (first >= last)
                continue;
            *covered += last - first;
            behaviours |= UINT32_C(1) << i;
        }
    }
    return behaviours;
}

static void stack_clause(const struct room *room, const struct reading *reading,
                         const struct clause *clause, struct stack *stack) {
    static const uint8_t stage[BEHAVIOUR_COUNT] = {
        [BEHAVIOUR_PROBE] = 1,       [BEHAVIOUR_TRIAGE] = 1,
        [BEHAVIOUR_ROOT_CAUSE] = 1,  [BEHAVIOUR_PLAN] = 2,
        [BEHAVIOUR_FEASIBILITY] = 2, [BEHAVIOUR_PROMISE_TIME] = 2,
        [BEHAVIOUR_HANDOVER] = 2,    [BEHAVIOUR_CONFIRM_SATISFACTION] = 3,
        [BEHAVIOUR_CLOSING] = 3,     [BEHAVIOUR_THANKS] = 3};
    const struct token *tokens = room->reply.scan.tokens.items;
    uint32_t from = tokens[clause->first].from, to = tokens[clause->last - 1].to;
    size_t covered = 0;
    uint32_t behaviours = cover_of(reading, from, to, &covered);
    bool fresh = (behaviours & ~stack->behaviours) != 0;
    if (behaviours == 0 || covered * 10 < (size_t)(to - from) * BARE_SHARE) {
        stack->others++;
        return;
    }
    stack->clauses += fresh;
    stack->behaviours |= behaviours;
    for (int i = 0; i < BEHAVIOUR_FIRST_NEGATIVE; i++)
        if (behaviours >> i & 1)
            stack->stages |= 1u << stage[i];
}

/* Whether a reply is stock phrases one after the other: three or more clauses, each a phrase of
 * another stage or behaviour and nothing else, no sentence among them that speaks of this call. No
 * mark comes from that without a person. */
static bool is_stacked(struct room *room, const struct reading *reading) {
    const struct tokens *tokens = &room->reply.scan.tokens;
    struct stack stack = {0};
    for (size_t i = 0; i < tokens->clause_count; i++)
        stack_clause(room, reading, &tokens->clauses[i], &stack);
    bool many =
        bits_of(stack.stages) >= STACK_STAGES || bits_of(stack.behaviours) >= STACK_BEHAVIOURS;
    if (!many || stack.clauses < STACK_CLAUSES || stack.others >= stack.clauses)
        return false;
    load_matter(room);
    for (size_t i = 0; i < tokens->clause_count; i++)
        if (room->reply.sentence[tokens->clauses[i].sentence] & SENTENCE_OVERLAPS)
            return false;
    return true;
}

static void read_script_rule(struct room *room, struct reading *reading, uint32_t number,
                             struct match *matches, size_t count, struct found *found) {
    const struct rule *rule = &room->lexicon->rules[number];
    struct outcome outcome = {.why = "nothing"};
    enum verdict shown = VERDICT_NOT;
    for (int i = 0; i < BEHAVIOUR_COUNT; i++) {
        const struct found *behaviour = &reading->behaviours[i];
        if (rule->wants >> i & 1 && behaviour->verdict > shown &&
            (rule->detail == NULL || has_detail(behaviour, rule->detail)))
            shown = behaviour->verdict;
    }
    judge_rule(room, rule, matches, count, shown, &outcome);
    *found = (struct found){.verdict = outcome.verdict,
                            .rule = rule->id,
                            .detail = rule->detail,
                            .missed = outcome.missed,
                            .why = outcome.why,
                            .groups = outcome.groups};
    for (size_t i = 0; i < outcome.hit_count; i++)
        add_span(room, found, &outcome.hits[i]);
    for (int i = 0; i < BEHAVIOUR_COUNT && outcome.verdict != VERDICT_NOT; i++) {
        const struct found *behaviour = &reading->behaviours[i];
        if (!(rule->wants >> i & 1) || behaviour->verdict == VERDICT_NOT)
            continue;
        for (size_t k = 0; k < behaviour->span_count && found->span_count < FOUND_SPANS; k++)
            found->spans[found->span_count++] = behaviour->spans[k];
    }
}

static int compare_spans(const void *a, const void *b) {
    const struct span *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

/* Spans of a script's rule come from two sources: in order, and none over another. */
static void settle_spans(struct found *found) {
    size_t kept = 0;
    if (found->span_count > 1)
        qsort(found->spans, found->span_count, sizeof *found->spans, compare_spans);
    for (size_t i = 0; i < found->span_count; i++) {
        if (kept > 0 && found->spans[i].from <= found->spans[kept - 1].to) {
            if (found->spans[i].to > found->spans[kept - 1].to)
                found->spans[kept - 1].to = found->spans[i].to;
        } else {
            found->spans[kept++] = found->spans[i];
        }
    }
    found->span_count = (uint8_t)kept;
}

static void read_script_rules(struct room *room, struct reading *reading) {
    const struct lexicon *lexicon = room->lexicon;
    bool stacked = lexicon->script_rules > 0 && is_stacked(room, reading);
    for (size_t s = 0; s < lexicon->script_rules; s++) {
        uint32_t number = lexicon->script[s];
        size_t low = 0, high = room->match_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (room->matches[middle].rule < number)
                low = middle + 1;
            else
                high = middle;
        }
        size_t count = 0;
        while (low + count < room->match_count && room->matches[low + count].rule == number)
            count++;
        struct found *found = &reading->rules[s];
        read_script_rule(room, reading, number, room->matches + low, count, found);
        settle_spans(found);
        if (stacked && found->verdict >= VERDICT_PARTIAL) {
            found->verdict = VERDICT_UNSURE;
            found->why = "stacked";
        }
    }
}

/* A bare yes to the customer's question or offer earns what the words would have in full. */
static void read_assent(struct room *room, struct reading *reading) {
    struct span yes = {0};
    if (room->context_count == 0 || !assent_given(room->lexicon, &room->reply, &yes) ||
        !assent_echo(room->lexicon, room->views, &room->context[room->context_count - 1],
                     &room->asked, &room->echo))
        return;
    language_read(room->lexicon, NULL, 0, buffer_text(&room->echo), room->echo.length,
                  &room->echoed);
    for (size_t i = 0; i < reading->rule_count; i++) {
        if (room->echoed.rules[i].verdict <= reading->rules[i].verdict)
            continue;
        reading->rules[i] = room->echoed.rules[i];
        reading->rules[i].span_count = 1;
        reading->rules[i].spans[0] = yes;
        if (reading->rules[i].verdict >= VERDICT_PARTIAL)
            reading->rules[i].why = "assent";
    }
}

void language_read(const struct lexicon *lexicon, const struct utterance *context,
                   size_t context_count, const char *text, size_t length, struct reading *reading) {
    if (reading->room == NULL)
        reading->room = memory_new(sizeof(struct room));
    struct room *room = reading->room;
    room->lexicon = lexicon;
    room->context = context;
    room->context_count = context_count;
    room->overlap_known = room->matter.loaded = false;
    room->present = 0;
    if (reading->rule_count != lexicon->script_rules || reading->rules == NULL) {
        reading->rules =
            memory_resize(reading->rules, (lexicon->script_rules + 1) * sizeof *reading->rules);
        reading->rule_count = lexicon->script_rules;
    }
    for (int i = 0; i < BEHAVIOUR_COUNT; i++)
        reading->behaviours[i] = (struct found){.why = "nothing"};
    room->views = views_for(room->views, lexicon->grammar);
    sheet_read(lexicon, room->views, text, length, &room->reply);
    gather(room);
    read_pack_rules(room, reading, false);
    read_pack_rules(room, reading, true);
    read_script_rules(room, reading);
    if (lexicon->script_rules > 0)
        read_assent(room, reading);
    reading->question = room->reply.asks_any;
}

uint32_t reading_clause(const struct reading *reading, uint32_t offset) {
    const struct room *room = reading->room;
    const struct tokens *tokens = &room->reply.scan.tokens;
    size_t low = 0, high = tokens->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tokens->items[middle].to <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < tokens->count ? tokens->items[low].clause : 0;
}
