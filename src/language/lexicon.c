#include "language/lexicon.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

static const char *const behaviour_names[] = {
#define X(name, word) [BEHAVIOUR_##name] = word,
    BEHAVIOURS(X)
#undef X
};

const char *behaviour_name(enum behaviour behaviour) {
    return behaviour_names[behaviour];
}

int behaviour_from(const char *name) {
    for (int i = 0; i < BEHAVIOUR_COUNT; i++)
        if (strcmp(behaviour_names[i], name) == 0)
            return i;
    return -1;
}

static const char *const verdict_names[] = {"NOT", "UNSURE", "PARTIAL", "MET"};

const char *verdict_name(enum verdict verdict) {
    return verdict_names[verdict];
}

int verdict_from(const char *name) {
    for (int i = VERDICT_NOT; i <= VERDICT_MET; i++)
        if (strcmp(verdict_names[i], name) == 0)
            return i;
    return -1;
}

/* ---- making ---- */

static const char *const guard_names[] = {
#define X(name, word) [GUARD_##name] = word,
    GUARDS(X)
#undef X
};

/* A class that the readers ask for, whether any pack makes it or not. */
static void keep_class(struct grammar *grammar, uint32_t symbol) {
    grammar_declare(grammar, symbol);
    grammar_keep(grammar, symbol);
}

struct lexicon *lexicon_new(void) {
    struct lexicon *lexicon = memory_new(sizeof *lexicon);
    lexicon->grammar = grammar_new();
    lexicon->arena = arena_new();
    for (int i = 0; i < GUARD_COUNT; i++)
        lexicon->guards[i] =
            grammar_class(lexicon->grammar, guard_names[i], strlen(guard_names[i]));
    lexicon->any_fact = grammar_class(lexicon->grammar, "fact:*", strlen("fact:*"));
    for (int i = 0; i < GUARD_COUNT; i++)
        keep_class(lexicon->grammar, lexicon->guards[i]);
    keep_class(lexicon->grammar, lexicon->any_fact);
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon) {
    if (lexicon == NULL)
        return;
    grammar_free(lexicon->grammar);
    arena_free(lexicon->arena);
    free(lexicon->rules);
    free(lexicon->alternatives);
    free(lexicon->script);
    free(lexicon->mentions);
    free(lexicon);
}

uint32_t lexicon_new_rule(struct lexicon *lexicon, const char *id) {
    lexicon->rules = memory_reserve(lexicon->rules, &lexicon->rule_capacity,
                                    lexicon->rule_count + 1, sizeof *lexicon->rules);
    lexicon->rules[lexicon->rule_count] =
        (struct rule){.id = arena_text(lexicon->arena, id), .behaviour = -1};
    return (uint32_t)lexicon->rule_count++;
}

bool lexicon_add_alternative(struct lexicon *lexicon, struct alternative alternative,
                             const char *pattern, bool plain, struct error *error) {
    lexicon->alternatives =
        memory_reserve(lexicon->alternatives, &lexicon->alternative_capacity,
                       lexicon->alternative_count + 1, sizeof *lexicon->alternatives);
    uint32_t number = (uint32_t)lexicon->alternative_count;
    unsigned anchors = 0;
    bool added = plain ? grammar_add_phrase(lexicon->grammar, number, pattern) ||
                             error_set(error, "there is no word in it")
                       : grammar_add_pattern(lexicon->grammar, number, pattern, &anchors, error);
    if (!added)
        return false;
    alternative.anchors = (uint8_t)anchors;
    lexicon->alternatives[lexicon->alternative_count++] = alternative;
    return true;
}

void lexicon_add_fact(struct lexicon *lexicon, const char *id, const char *text) {
    char name[128];
    int length = snprintf(name, sizeof name, "fact:%s", id);
    if (length < 0 || (size_t)length >= sizeof name)
        return;
    uint32_t fact = grammar_class(lexicon->grammar, name, (size_t)length);
    grammar_add_class_phrase(lexicon->grammar, fact, text);
    grammar_add_class_phrase(lexicon->grammar, lexicon->any_fact, text);
    lexicon->facts++;
}

static void add_card_phrase(struct lexicon *lexicon, const char *id, const char *text) {
    char name[128];
    int length = snprintf(name, sizeof name, "card:%s", id);
    if (length > 0 && (size_t)length < sizeof name)
        grammar_add_class_phrase(lexicon->grammar,
                                 grammar_class(lexicon->grammar, name, (size_t)length), text);
}

void lexicon_add_card(struct lexicon *lexicon, const char *id, const char *text) {
    add_card_phrase(lexicon, id, text);
    add_card_phrase(lexicon, "*", text);
}

/* ---- finishing ---- */

static void note_negation(void *user, uint32_t alternative) {
    struct lexicon *lexicon = user;
    lexicon->alternatives[alternative].holds_negation = true;
}

static void note_conditional(void *user, uint32_t alternative) {
    struct lexicon *lexicon = user;
    lexicon->alternatives[alternative].holds_conditional = true;
}

/* The value that names a class: "…@name…" in a pattern, or the id of a fact or a card field. */
static const cJSON *find_mention(const cJSON *node, const char *key, const char *name) {
    const cJSON *child;
    if (cJSON_IsString(node) && key)
        return node->string && !strcmp(node->string, key) && !strcmp(node->valuestring, name)
                   ? node
                   : NULL;
    if (cJSON_IsString(node)) {
        const char *at = strstr(node->valuestring, name);
        return at > node->valuestring && at[-1] == '@' ? node : NULL;
    }
    cJSON_ArrayForEach(child, node) {
        const cJSON *found = find_mention(child, key, name);
        if (found)
            return found;
    }
    return NULL;
}

/* The key of a rule that makes a class of this name: "fact:ID", "card:ID"; NULL: a pack's class. */
static const char *key_of(const char *class) {
    return !strncmp(class, "fact:", 5) ? "fact" : !strncmp(class, "card:", 5) ? "card" : NULL;
}

void lexicon_note_mentions(struct lexicon *lexicon, const struct json *json, const cJSON *node) {
    const char *name;
    while ((name = grammar_undefined(lexicon->grammar, &lexicon->classes_looked_at))) {
        const char *key = key_of(name);
        const cJSON *place = find_mention(node, key, key ? name + 5 : name);
        if (!place)
            continue;
        lexicon->mentions = memory_reserve(lexicon->mentions, &lexicon->mention_capacity,
                                           lexicon->mention_count + 1, sizeof *lexicon->mentions);
        struct mention *mention = &lexicon->mentions[lexicon->mention_count++];
        mention->name = arena_text(lexicon->arena, name);
        mention->file = arena_text(lexicon->arena, json->name);
        json_position(json, json_offset(place), &mention->line, &mention->column);
    }
}

static struct mention mention_of(const struct lexicon *lexicon, const char *name) {
    for (size_t i = 0; i < lexicon->mention_count; i++)
        if (!strcmp(lexicon->mentions[i].name, name))
            return lexicon->mentions[i];
    return (struct mention){name, "", 1, 1};
}

static bool find_undefined(const struct lexicon *lexicon, struct findings *findings) {
    const char *undefined = grammar_undefined(lexicon->grammar, &(size_t){0});
    if (undefined == NULL)
        return false;
    struct mention at = mention_of(lexicon, undefined);
    if (strncmp(undefined, "fact:", 5) == 0)
        findings_add(findings, FINDING_ERROR, "fact-unknown", at.file, at.line, at.column,
                     _("a rule wants the fact \"%s\", but the script has none of this id; add it "
                       "to \"facts\" or mend the id"),
                     undefined + 5);
    else if (strncmp(undefined, "card:", 5) == 0)
        findings_add(findings, FINDING_ERROR, "fact-unknown", at.file, at.line, at.column,
                     _("a rule wants the private card field \"%s\", but the script has none of "
                       "this id; mark it \"private\" or mend the id"),
                     undefined + 5);
    else
        findings_add(findings, FINDING_ERROR, "pack-class", at.file, at.line, at.column,
                     _("a pattern uses @%s, but no pack defines it under \"words\""), undefined);
    return true;
}

/* Making took several times what is left; the allocator would keep it for ever. */
static void give_back(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

bool lexicon_finish(struct lexicon *lexicon, struct findings *findings) {
    bool undefined = find_undefined(lexicon, findings);
    grammar_finish(lexicon->grammar);
    grammar_find_holders(lexicon->grammar, lexicon->guards[GUARD_NEGATION], note_negation, lexicon);
    grammar_find_holders(lexicon->grammar, lexicon->guards[GUARD_CONDITIONAL], note_conditional,
                         lexicon);
    grammar_settle(lexicon->grammar);
    lexicon->finished = true;
    give_back();
    return !undefined;
}
