#include "language/sheet.h"

#include <stdlib.h>
#include <string.h>

enum {
    FLAG_NEGATION = TOKEN_NEGATES,
    FLAG_SET_PHRASE = 2,
    FLAG_CONDITIONAL = 4,
    FLAG_REPORTED = 8,
    FLAG_HEDGE = 16,
    FLAG_TURN = 32
};

/* How far a guard word reaches, in tokens: a negation rules what it stands before, not the whole of
 * a long clause without commas, as people type them. */
enum { NEGATION_REACH = 6, CONDITION_REACH = 14, REPORT_REACH = 5, TAG_LONGEST = 3 };

void sheet_free(struct sheet *sheet) {
    scan_free(&sheet->scan);
    free(sheet->reach);
    free(sheet->flags);
    free(sheet->lead_last);
    free(sheet->lead);
    free(sheet->asks);
    free(sheet->sentence);
    free(sheet->shared);
    *sheet = (struct sheet){0};
}

static void make_room(struct sheet *sheet) {
    size_t tokens = sheet->scan.tokens.count + 1, clauses = sheet->scan.tokens.clause_count + 2;
    sheet->reach =
        memory_reserve(sheet->reach, &sheet->reach_capacity, tokens, sizeof *sheet->reach);
    sheet->flags = memory_reserve(sheet->flags, &sheet->flags_capacity, tokens, 1);
    sheet->lead_last = memory_reserve(sheet->lead_last, &sheet->lead_last_capacity, tokens,
                                      sizeof *sheet->lead_last);
    sheet->lead = memory_reserve(sheet->lead, &sheet->lead_capacity, clauses, sizeof *sheet->lead);
    sheet->asks = memory_reserve(sheet->asks, &sheet->asks_capacity, clauses, 1);
    sheet->sentence = memory_reserve(sheet->sentence, &sheet->sentence_capacity, clauses, 1);
    sheet->shared = memory_reserve(sheet->shared, &sheet->shared_capacity, clauses, 1);
    memset(sheet->flags, 0, tokens);
    memset(sheet->lead_last, 0, tokens * sizeof *sheet->lead_last);
    memset(sheet->asks, 0, clauses);
    memset(sheet->sentence, 0, clauses);
    memset(sheet->shared, 0, clauses);
}

uint32_t sheet_sentence(const struct sheet *sheet, size_t token) {
    const struct tokens *tokens = &sheet->scan.tokens;
    return tokens->clauses[tokens->items[token].clause].sentence;
}

/* ---- guard words ---- */

static void note_guard(struct sheet *sheet, const struct hit *hit, uint32_t guard) {
    switch (guard) {
    case GUARD_NEGATION:
        sheet->flags[hit->first] |= FLAG_NEGATION;
        break;
    case GUARD_SET_PHRASE:
        for (uint32_t i = hit->first; i < hit->last; i++)
            sheet->flags[i] |= FLAG_SET_PHRASE;
        break;
    case GUARD_CONDITIONAL:
        sheet->flags[hit->first] |= FLAG_CONDITIONAL;
        break;
    case GUARD_REPORTED:
        sheet->flags[hit->last - 1] |= FLAG_REPORTED;
        break;
    case GUARD_HEDGE:
        sheet->flags[hit->first] |= FLAG_HEDGE;
        break;
    case GUARD_TURN:
        sheet->flags[hit->first] |= FLAG_TURN;
        break;
    case GUARD_LEAD:
        if (hit->last > sheet->lead_last[hit->first])
            sheet->lead_last[hit->first] = hit->last;
        break;
    case GUARD_ASSENT:
        for (uint32_t i = hit->first; i < hit->last; i++)
            sheet->flags[i] |= TOKEN_ASSENTS;
        break;
    case GUARD_OFFER:
        sheet->flags[hit->first] |= TOKEN_OFFERS;
        break;
    default:
        break;
    }
}

static void sweep(struct sheet *sheet) {
    const struct tokens *tokens = &sheet->scan.tokens;
    struct reach reach = {0};
    uint32_t clause = UINT32_MAX;
    for (uint32_t i = 0; i < tokens->count; i++) {
        uint8_t flags = sheet->flags[i];
        if (tokens->items[i].clause != clause || flags & FLAG_TURN) {
            clause = tokens->items[i].clause;
            reach = (struct reach){0};
        }
        if ((flags & (FLAG_NEGATION | FLAG_SET_PHRASE)) == FLAG_NEGATION)
            reach.negation = i + 1;
        if ((flags & (FLAG_CONDITIONAL | FLAG_SET_PHRASE)) == FLAG_CONDITIONAL)
            reach.conditional = i + 1;
        if ((flags & (FLAG_REPORTED | FLAG_SET_PHRASE)) == FLAG_REPORTED)
            reach.reported = i + 1;
        if (flags & FLAG_HEDGE)
            sheet->sentence[tokens->clauses[clause].sentence] |= SENTENCE_HEDGED;
        sheet->reach[i] = reach;
    }
}

static void find_leads(struct sheet *sheet) {
    const struct tokens *tokens = &sheet->scan.tokens;
    for (size_t i = 0; i < tokens->clause_count; i++) {
        uint32_t at = tokens->clauses[i].first;
        while (sheet->lead_last[at] > at && sheet->lead_last[at] < tokens->clauses[i].last)
            at = sheet->lead_last[at];
        sheet->lead[i] = at;
    }
}

/* ---- questions ---- */

static void note_asking(struct sheet *sheet, const struct hit *hit,
                        const struct alternative *alternative) {
    if (!sheet_anchored(sheet, hit, alternative->anchors))
        return;
    /* "..., right" asks; "right" alone answers. */
    if (alternative->anchors & ANCHOR_END && hit->first == 0 &&
        sheet->scan.tokens.items[0].kind == TOKEN_WORD)
        return;
    uint32_t clause = sheet->scan.tokens.items[hit->first].clause;
    sheet->asks[clause] |= (uint8_t)(1u << alternative->rule | 1u << ASKING_ANY);
}

static void settle_questions(struct sheet *sheet) {
    const struct tokens *tokens = &sheet->scan.tokens;
    sheet->asks_any = false;
    for (size_t i = 0; i < tokens->clause_count; i++) {
        if (tokens->clauses[i].asks_by_mark)
            sheet->asks[i] |=
                sheet->asks[i] & ~1u ? 1u << ASKING_ANY : 1u << ASKING_ANY | 1u << ASKING_YES_NO;
        if (sheet->asks[i] != 0) {
            sheet->sentence[tokens->clauses[i].sentence] |= SENTENCE_ASKS;
            sheet->asks_any = true;
        }
    }
}

void sheet_read(const struct lexicon *lexicon, struct views *views, const char *text, size_t length,
                struct sheet *sheet) {
    grammar_scan(lexicon->grammar, views, text, length, &sheet->scan);
    make_room(sheet);
    const struct scan *scan = &sheet->scan;
    bool asks = false;
    for (size_t i = 0; i < scan->hit_count; i++) {
        const struct alternative *of = &lexicon->alternatives[scan->hits[i].alternative];
        if (of->role == ROLE_GUARD)
            note_guard(sheet, &scan->hits[i], of->rule);
        asks |= of->role == ROLE_ASKING;
    }
    sweep(sheet);
    find_leads(sheet);
    for (size_t i = 0; asks && i < scan->hit_count; i++)
        if (lexicon->alternatives[scan->hits[i].alternative].role == ROLE_ASKING)
            note_asking(sheet, &scan->hits[i], &lexicon->alternatives[scan->hits[i].alternative]);
    settle_questions(sheet);
}

/* ---- what is asked of a hit ---- */

bool sheet_anchored(const struct sheet *sheet, const struct hit *hit, unsigned anchors) {
    const struct tokens *tokens = &sheet->scan.tokens;
    uint32_t clause = tokens->items[hit->first].clause;
    bool begins = hit->first <= sheet->lead[clause]; /* or with one of its lead-ins */
    if (anchors & (ANCHOR_CLAUSE | ANCHOR_REPLY) && !begins)
        return false;
    if (anchors & ANCHOR_REPLY && clause != 0)
        return false;
    return !(anchors & ANCHOR_END) || hit->last == tokens->count ||
           tokens->items[hit->last].before >= BREAK_BREATH;
}

bool sheet_hit_asks(const struct sheet *sheet, const struct hit *hit) {
    const struct tokens *tokens = &sheet->scan.tokens;
    uint32_t from = tokens->items[hit->first].clause, to = tokens->items[hit->last - 1].clause;
    for (uint32_t i = from; i <= to; i++)
        if (sheet->asks[i] != 0)
            return true;
    if (to + 1 >= tokens->clause_count || sheet->asks[to + 1] == 0)
        return false;
    const struct clause *tag = &tokens->clauses[to + 1];
    return tag->sentence == tokens->clauses[to].sentence && tag->last - tag->first <= TAG_LONGEST;
}

static bool reaches(uint32_t guard, uint32_t first, uint32_t reach) {
    return guard != 0 && guard - 1 < first && first - (guard - 1) <= reach;
}

const char *sheet_guard(const struct sheet *sheet, const struct hit *hit,
                        const struct alternative *alternative, const struct rule *rule,
                        bool *negated) {
    const struct tokens *tokens = &sheet->scan.tokens;
    const struct reach *before = &sheet->reach[hit->first];
    const struct reach *at_end = &sheet->reach[hit->last - 1];
    bool asks = rule->question == 1 && sheet_hit_asks(sheet, hit);
    bool inside = at_end->negation > hit->first && !alternative->holds_negation;
    *negated = !asks && (inside || reaches(before->negation, hit->first, NEGATION_REACH));
    if (!rule->lifts_quoted &&
        ((tokens->items[hit->first].quoted && tokens->items[hit->last - 1].quoted) ||
         reaches(before->reported, hit->first, REPORT_REACH)))
        return "quoted";
    if (!rule->lifts_conditional && !alternative->holds_conditional &&
        reaches(before->conditional, hit->first, CONDITION_REACH))
        return "conditional";
    return NULL;
}

bool sheet_token_is(const struct sheet *sheet, size_t token, uint32_t symbol) {
    return scan_has(&sheet->scan, token, symbol);
}
