/* Rules from JSON: what scenarios and packs have in common. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language/lexicon.h"

static const char *const asking_names[] = {
#define X(name, word) [ASKING_##name] = word,
    ASKINGS(X)
#undef X
        NULL};

int rule_choose(const struct json *json, const cJSON *node, const char *const *names,
                const char *what, struct findings *findings) {
    if (cJSON_IsString(node))
        for (int i = 0; names[i] != NULL; i++)
            if (strcmp(names[i], node->valuestring) == 0)
                return i;
    const char *near = cJSON_IsString(node) ? finding_nearest(node->valuestring, names) : NULL;
    if (near != NULL)
        json_find(json, node, findings, FINDING_ERROR, "rule-name",
                  _("there is no %s \"%s\"; did you mean \"%s\"?"), what, node->valuestring, near);
    else
        json_find(json, node, findings, FINDING_ERROR, "rule-name", _("this is no %s"), what);
    return -1;
}

bool rule_read_behaviours(const struct json *json, const cJSON *list, uint32_t *bits,
                          struct findings *findings) {
    const char *names[BEHAVIOUR_COUNT + 1] = {0};
    for (int i = 0; i < BEHAVIOUR_COUNT; i++)
        names[i] = behaviour_name((enum behaviour)i);
    const cJSON *item;
    bool sound = true;
    cJSON_ArrayForEach(item, list) {
        int behaviour = rule_choose(json, item, names, "behaviour", findings);
        if (behaviour >= 0)
            *bits |= UINT32_C(1) << behaviour;
        else
            sound = false;
    }
    return sound;
}

/* ---- alternatives ---- */

struct reader {
    struct lexicon *lexicon;
    uint32_t rule;
    unsigned group;
    const struct json *json;
    struct findings *findings;
};

static bool add_pattern(const struct reader *reader, const cJSON *node, const char *pattern,
                        bool plain) {
    struct error error;
    struct alternative alternative = {
        .role = ROLE_GROUP, .rule = reader->rule, .group = (uint8_t)reader->group};
    if (lexicon_add_alternative(reader->lexicon, alternative, pattern, plain, &error))
        return true;
    json_find(reader->json, node, reader->findings, FINDING_ERROR, "rule-pattern",
              _("\"%s\" can't be used: %s"), pattern, error.text);
    return false;
}

static bool read_near(const struct reader *reader, const cJSON *node, const cJSON *words) {
    const cJSON *within = cJSON_GetObjectItemCaseSensitive(node, "within");
    double width = cJSON_IsNumber(within) ? within->valuedouble : 4;
    if (!cJSON_IsArray(words) || cJSON_GetArraySize(words) < 2 || width < 0 || width > 40) {
        json_find(reader->json, node, reader->findings, FINDING_ERROR, "rule-words",
                  _("\"words\" is a list of two or more, \"within\" a number from 0 to 40"));
        return false;
    }
    struct buffer pattern = {0};
    const cJSON *word;
    cJSON_ArrayForEach(word, words) {
        if (pattern.length > 0)
            buffer_printf(&pattern, " ..%d ", (int)width);
        buffer_add_text(&pattern, cJSON_IsString(word) ? word->valuestring : "");
    }
    bool added = add_pattern(reader, node, buffer_text(&pattern), false);
    buffer_free(&pattern);
    return added;
}

static int64_t limit_of(const cJSON *node, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(node, key);
    return cJSON_IsNumber(item) ? (int64_t)(item->valuedouble * 100) : LIMIT_NONE;
}

/* An amount over or under a limit may be spelt out as well. */
static bool add_limited(const struct reader *reader, const cJSON *node, const char *pattern,
                        bool amount) {
    struct lexicon *lexicon = reader->lexicon;
    size_t before = lexicon->alternative_count;
    const struct limit found = {limit_of(node, "over"), limit_of(node, "under")};
    bool added = add_pattern(reader, node, pattern, false);
    if (found.over == LIMIT_NONE && found.under == LIMIT_NONE)
        return added;
    added = added && (!amount || add_pattern(reader, node, limit_spelt_amount, false));
    struct limit *limit = arena_take(lexicon->arena, sizeof *limit);
    *limit = found;
    for (size_t i = before; i < lexicon->alternative_count; i++)
        lexicon->alternatives[i].limit = limit;
    return added;
}

static bool read_slot(const struct reader *reader, const cJSON *node, const cJSON *slot) {
    const char *names[SLOT_COUNT + 1] = {0};
    char pattern[32];
    for (int i = 0; i < SLOT_COUNT; i++)
        names[i] = slot_name((enum slot)i);
    int chosen = rule_choose(reader->json, slot, names, "slot", reader->findings);
    if (chosen < 0)
        return false;
    snprintf(pattern, sizeof pattern, "<%s>", names[chosen]);
    bool limited = cJSON_GetObjectItemCaseSensitive(node, "over") != NULL ||
                   cJSON_GetObjectItemCaseSensitive(node, "under") != NULL;
    if (limited && chosen != SLOT_AMOUNT && chosen != SLOT_NUMBER) {
        json_find(reader->json, node, reader->findings, FINDING_ERROR, "rule-alternative",
                  _("\"over\" and \"under\" are for the slots \"amount\" and \"number\""));
        return false;
    }
    return add_limited(reader, node, pattern, chosen == SLOT_AMOUNT);
}

/* A fact of the script or a private field of the card: a class of phrases that the script fills. */
static bool read_own(const struct reader *reader, const cJSON *value, const char *kind) {
    if (!cJSON_IsString(value) || strlen(value->valuestring) > 64) {
        json_find(reader->json, value, reader->findings, FINDING_ERROR, "rule-fact",
                  _("\"%s\" is the id of a fact or card field of the script, or \"*\""), kind);
        return false;
    }
    struct lexicon *lexicon = reader->lexicon;
    char name[80];
    int length = snprintf(name, sizeof name, "%s:%s", kind, value->valuestring);
    uint32_t symbol = grammar_class(lexicon->grammar, name, (size_t)length);
    lexicon->alternatives =
        memory_reserve(lexicon->alternatives, &lexicon->alternative_capacity,
                       lexicon->alternative_count + 1, sizeof *lexicon->alternatives);
    grammar_add_symbol_pattern(lexicon->grammar, (uint32_t)lexicon->alternative_count, symbol);
    lexicon->alternatives[lexicon->alternative_count++] = (struct alternative){
        .role = ROLE_GROUP, .rule = reader->rule, .group = (uint8_t)reader->group};
    return true;
}

static bool read_asking(const struct reader *reader, const cJSON *question) {
    int kind =
        rule_choose(reader->json, question, asking_names, "kind of question", reader->findings);
    if (kind < 0)
        return false;
    reader->lexicon->rules[reader->rule].groups[reader->group].askings |= (uint8_t)(1u << kind);
    return true;
}

static bool read_alternative(const struct reader *reader, const cJSON *node, bool pattern) {
    if (cJSON_IsString(node))
        return add_pattern(reader, node, node->valuestring, !pattern);
    const cJSON *member;
    if ((member = cJSON_GetObjectItemCaseSensitive(node, "words")) != NULL)
        return read_near(reader, node, member);
    if ((member = cJSON_GetObjectItemCaseSensitive(node, "slot")) != NULL)
        return read_slot(reader, node, member);
    if ((member = cJSON_GetObjectItemCaseSensitive(node, "fact")) != NULL)
        return read_own(reader, member, "fact");
    if ((member = cJSON_GetObjectItemCaseSensitive(node, "card")) != NULL)
        return read_own(reader, member, "card");
    if ((member = cJSON_GetObjectItemCaseSensitive(node, "question")) != NULL)
        return read_asking(reader, member);
    if (cJSON_IsString(member = cJSON_GetObjectItemCaseSensitive(node, "pattern")))
        return add_pattern(reader, member, member->valuestring, false);
    json_find(reader->json, node, reader->findings, FINDING_ERROR, "rule-alternative",
              _("an alternative is a phrase, or has one of \"words\", \"slot\", \"fact\", "
                "\"question\", \"pattern\""));
    return false;
}

static const char *example_of(struct lexicon *lexicon, const cJSON *any) {
    const cJSON *first = any != NULL ? any->child : NULL;
    if (cJSON_IsString(first))
        return arena_text(lexicon->arena, first->valuestring);
    const cJSON *inside = first != NULL ? first->child : NULL;
    if (cJSON_IsArray(inside))
        inside = inside->child;
    return cJSON_IsString(inside) ? arena_text(lexicon->arena, inside->valuestring) : NULL;
}

bool rule_read_any(struct lexicon *lexicon, uint32_t rule, unsigned group, const struct json *json,
                   const cJSON *any, bool pattern, struct findings *findings) {
    struct reader reader = {lexicon, rule, group, json, findings};
    if (!cJSON_IsArray(any) || any->child == NULL) {
        json_find(json, any, findings, FINDING_ERROR, "rule-any",
                  _("\"any\" is a list of at least one alternative"));
        return false;
    }
    lexicon->rules[rule].groups[group].example = example_of(lexicon, any);
    const cJSON *node;
    bool sound = true;
    cJSON_ArrayForEach(node, any) sound &= read_alternative(&reader, node, pattern);
    return sound;
}

static void read_name(struct lexicon *lexicon, const cJSON *name, const char *in[LANGUAGE_COUNT]) {
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const cJSON *text =
            cJSON_IsString(name) ? name : cJSON_GetObjectItemCaseSensitive(name, language_code(i));
        in[i] = cJSON_IsString(text) ? arena_text(lexicon->arena, text->valuestring) : NULL;
    }
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (!in[i])
            in[i] = in[LANGUAGE_COUNT - 1 - i];
}

bool rule_read_groups(struct lexicon *lexicon, uint32_t number, const struct json *json,
                      const cJSON *groups, bool pattern, bool core, struct findings *findings) {
    const cJSON *node;
    bool sound = true;
    cJSON_ArrayForEach(node, groups) {
        struct rule *rule = &lexicon->rules[number];
        if (rule->group_count == GROUPS_MOST) {
            json_find(json, node, findings, FINDING_ERROR, "rule-groups",
                      _("a rule has at most eight groups"));
            return false;
        }
        unsigned group = rule->group_count++;
        const cJSON *is_core = cJSON_GetObjectItemCaseSensitive(node, "core");
        rule->groups[group].core = is_core != NULL ? cJSON_IsTrue(is_core) : core;
        rule->groups[group].wants_negation =
            cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(node, "negated"));
        read_name(lexicon, cJSON_GetObjectItemCaseSensitive(node, "name"),
                  rule->groups[group].name);
        const cJSON *any = cJSON_GetObjectItemCaseSensitive(node, "any");
        sound &= rule_read_any(lexicon, number, group, json, any != NULL ? any : node, pattern,
                               findings);
    }
    return sound;
}

/* ---- a script's rule ---- */

uint32_t lexicon_rule_parts(const struct lexicon *lexicon, uint32_t rule) {
    const struct rule *of = &lexicon->rules[lexicon->script[rule]];
    uint32_t parts = 0;
    for (unsigned g = 0; g < of->group_count; g++)
        parts |= of->groups[g].name[0] ? 1u << g : 0;
    return parts;
}

const char *lexicon_part_name(const struct lexicon *lexicon, uint32_t rule, unsigned group,
                              enum language language) {
    const struct rule *of = &lexicon->rules[lexicon->script[rule]];
    return group < of->group_count ? of->groups[group].name[language] : NULL;
}

int lexicon_add_rule(struct lexicon *lexicon, const char *id, const struct json *json,
                     const cJSON *node, struct findings *findings) {
    if (!cJSON_IsObject(node)) {
        json_find(json, node, findings, FINDING_ERROR, "rule-shape",
                  _("a rule is an object with \"behaviours\", \"groups\" or both"));
        return -1;
    }
    uint32_t number = lexicon_new_rule(lexicon, id);
    lexicon->rules[number].scope = SCOPE_REPLY;
    bool sound = rule_read_behaviours(json, cJSON_GetObjectItemCaseSensitive(node, "behaviours"),
                                      &lexicon->rules[number].wants, findings);
    const cJSON *detail = cJSON_GetObjectItemCaseSensitive(node, "detail");
    if (cJSON_IsString(detail))
        lexicon->rules[number].detail = arena_text(lexicon->arena, detail->valuestring);
    lexicon->rules[number].question =
        cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(node, "question")) ? 1 : 0;
    sound &=
        rule_read_groups(lexicon, number, json, cJSON_GetObjectItemCaseSensitive(node, "groups"),
                         false, false, findings);
    if (sound && lexicon->rules[number].wants == 0 && lexicon->rules[number].group_count == 0) {
        json_find(json, node, findings, FINDING_ERROR, "rule-empty",
                  _("this rule asks for nothing; give it \"behaviours\" or \"groups\""));
        sound = false;
    }
    if (!sound)
        return -1;
    lexicon_note_mentions(lexicon, json, node);
    lexicon->script = memory_reserve(lexicon->script, &lexicon->script_capacity,
                                     lexicon->script_rules + 1, sizeof *lexicon->script);
    lexicon->script[lexicon->script_rules] = number;
    return (int)lexicon->script_rules++;
}
