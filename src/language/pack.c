/* Behaviour packs from JSON: docs/typed-replies.md describes the format. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language/lexicon.h"

enum { PACK_SIZE = 4 << 20, NAME_ROOM = 160 };

struct pack {
    struct lexicon *lexicon;
    const struct json *json;
    struct findings *findings;
    const char *name; /* "en/apology" */
    int behaviour;
};

static const char *const guard_names[] = {
#define X(name, word) [GUARD_##name] = word,
    GUARDS(X)
#undef X
        NULL};

static const char *const asking_names[] = {
#define X(name, word) [ASKING_##name] = word,
    ASKINGS(X)
#undef X
        NULL};

static const char *const need_names[] = {
#define X(name, word) [NEED_INDEX_##name] = word,
    NEEDS(X)
#undef X
        NULL};

static const char *const scope_names[] = {"clause", "sentence", "reply", NULL};
static const char *const lift_names[] = {"negated", "conditional", "quoted", NULL};

static bool bad(const struct pack *pack, const cJSON *node, const char *code, const char *what) {
    json_find(pack->json, node, pack->findings, FINDING_ERROR, code, "%s", what);
    return false;
}

static bool bad_pattern(const struct pack *pack, const cJSON *node, const struct error *error) {
    json_find(pack->json, node, pack->findings, FINDING_ERROR, "rule-pattern",
              _("\"%s\" can't be used: %s"), cJSON_IsString(node) ? node->valuestring : "",
              error->text);
    return false;
}

/* ---- words, guards, questions, spellings ---- */

static bool read_class(const struct pack *pack, const cJSON *list) {
    uint32_t symbol = grammar_class(pack->lexicon->grammar, list->string, strlen(list->string));
    const cJSON *item;
    struct error error;
    bool sound = true;
    cJSON_ArrayForEach(item, list) if (!cJSON_IsString(item)) sound =
        bad(pack, item, "pack-words", _("a class is a list of patterns"));
    else if (!grammar_add_class_pattern(pack->lexicon->grammar, symbol, item->valuestring, &error))
        sound = bad_pattern(pack, item, &error);
    return sound;
}

static bool read_words(const struct pack *pack, const cJSON *words) {
    const cJSON *list;
    bool sound = true;
    cJSON_ArrayForEach(list, words) sound &= read_class(pack, list);
    return sound;
}

static bool read_patterns(const struct pack *pack, const cJSON *list,
                          struct alternative alternative) {
    const cJSON *item;
    struct error error;
    bool sound = true;
    cJSON_ArrayForEach(item, list) {
        if (!cJSON_IsString(item))
            sound = bad(pack, item, "pack-words", _("this is a list of patterns"));
        else if (!lexicon_add_alternative(pack->lexicon, alternative, item->valuestring, false,
                                          &error))
            sound = bad_pattern(pack, item, &error);
    }
    return sound;
}

static bool read_role(const struct pack *pack, const cJSON *list, enum role role, int kind) {
    return read_patterns(pack, list, (struct alternative){.role = role, .rule = (uint32_t)kind});
}

static bool read_kinds(const struct pack *pack, const cJSON *lists, const char *const *names,
                       enum role role) {
    const cJSON *list;
    bool sound = true;
    cJSON_ArrayForEach(list, lists) {
        int kind = -1;
        for (int i = 0; names[i] != NULL; i++)
            if (strcmp(names[i], list->string) == 0)
                kind = i;
        if (kind < 0)
            sound = bad(pack, list, "pack-key", _("there is no such kind here"));
        else if (role == ROLE_GUARD && kind == GUARD_STOP)
            sound &= read_class(pack, list);
        else
            sound &=
                read_role(pack, list, role, kind) && (role != ROLE_GUARD || read_class(pack, list));
    }
    return sound;
}

static bool read_spelling(const struct pack *pack, const cJSON *spelling) {
    const cJSON *item;
    cJSON_ArrayForEach(item, spelling) {
        if (!cJSON_IsString(item))
            return bad(pack, item, "pack-spelling", _("a spelling stands for a text"));
        grammar_add_spelling(pack->lexicon->grammar, item->string, item->valuestring);
    }
    return true;
}

static bool read_known(const struct pack *pack, const cJSON *known) {
    const cJSON *item;
    cJSON_ArrayForEach(item, known) if (cJSON_IsString(item))
        grammar_add_known(pack->lexicon->grammar, item->valuestring);
    return true;
}

/* ---- rules ---- */

/* The bits of a list of names. */
static bool read_bits(const struct pack *pack, const cJSON *list, const char *const *names,
                      const char *what, uint32_t *bits) {
    const cJSON *item;
    bool sound = true;
    cJSON_ArrayForEach(item, list) {
        int index = rule_choose(pack->json, item, names, what, pack->findings);
        if (index < 0)
            sound = false;
        else
            *bits |= UINT32_C(1) << index;
    }
    return sound;
}

static bool read_scope(const struct pack *pack, const cJSON *node, uint8_t *scope) {
    int chosen = rule_choose(pack->json, node, scope_names, "scope", pack->findings);
    if (chosen >= 0)
        *scope = (uint8_t)chosen;
    return chosen >= 0;
}

/* "weak": patterns of the first group that by themselves are worth UNSURE; true: all are. */
static bool read_weak(const struct pack *pack, uint32_t number, const cJSON *node) {
    if (cJSON_IsBool(node)) {
        pack->lexicon->rules[number].unsure = cJSON_IsTrue(node);
        return true;
    }
    if (!cJSON_IsArray(node))
        return bad(pack, node, "pack-weak", _("\"weak\" is true or a list of patterns"));
    return read_patterns(pack, node,
                         (struct alternative){.role = ROLE_GROUP, .rule = number, .weak = true});
}

static bool read_rule_role(const struct pack *pack, uint32_t rule, const cJSON *list,
                           enum role role) {
    return read_role(pack, list, role, (int)rule);
}

/* One key of a rule besides its groups; false with findings. */
static bool read_rule_key(const struct pack *pack, uint32_t number, const cJSON *node) {
    struct rule *rule = &pack->lexicon->rules[number];
    const char *key = node->string;
    uint32_t bits = 0;
    bool sound = true;
    if (strcmp(key, "detail") == 0 && cJSON_IsString(node))
        rule->detail = arena_text(pack->lexicon->arena, node->valuestring);
    else if (strcmp(key, "scope") == 0)
        sound = read_scope(pack, node, &rule->scope);
    else if (strcmp(key, "unless_in") == 0)
        sound = read_scope(pack, node, &rule->unless_scope);
    else if (strcmp(key, "question") == 0)
        rule->question = cJSON_IsTrue(node) ? 1 : 2;
    else if (strcmp(key, "weak") == 0)
        sound = read_weak(pack, number, node);
    else if (strcmp(key, "longest") == 0 && cJSON_IsNumber(node))
        rule->longest = (uint16_t)node->valuedouble;
    else if (strcmp(key, "with") == 0)
        sound = rule_read_behaviours(pack->json, node, &rule->with, pack->findings);
    else if (strcmp(key, "without") == 0)
        sound = rule_read_behaviours(pack->json, node, &rule->without, pack->findings);
    else if (strcmp(key, "needs") == 0 &&
             (sound = read_bits(pack, node, need_names, "need", &bits)))
        rule->needs = (uint8_t)bits;
    else if (strcmp(key, "lifts") == 0 &&
             (sound = read_bits(pack, node, lift_names, "guard", &bits))) {
        rule->lifts_negation = bits & 1;
        rule->lifts_conditional = bits & 2;
        rule->lifts_quoted = bits & 4;
    } else if (strcmp(key, "unless") == 0)
        sound = read_rule_role(pack, number, node, ROLE_UNLESS);
    else if (strcmp(key, "customer") == 0) {
        rule->wants_customer = true;
        sound = read_rule_role(pack, number, node, ROLE_CUSTOMER);
    } else if (strcmp(key, "agent") == 0) {
        rule->wants_agent = true;
        sound = read_rule_role(pack, number, node, ROLE_AGENT);
    } else if (strcmp(key, "asked") == 0) {
        rule->wants_asked = true;
        sound = read_rule_role(pack, number, node, ROLE_ASKED);
    } else if (sound && strcmp(key, "id") != 0 && strcmp(key, "any") != 0 &&
               strcmp(key, "groups") != 0 && strcmp(key, "good") != 0 && strcmp(key, "bad") != 0 &&
               strcmp(key, "hesitate") != 0 && strcmp(key, "notes") != 0) {
        json_find_key(pack->json, node, pack->findings, FINDING_ERROR, "pack-key",
                      _("a rule has no key \"%s\""), key);
        return false;
    }
    return sound;
}

static bool read_rule(const struct pack *pack, const cJSON *node) {
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(node, "id");
    const cJSON *any = cJSON_GetObjectItemCaseSensitive(node, "any");
    const cJSON *groups = cJSON_GetObjectItemCaseSensitive(node, "groups");
    if (!cJSON_IsString(id) || (any == NULL) == (groups == NULL))
        return bad(pack, node, "pack-rule", _("a rule has an \"id\" and \"any\" or \"groups\""));
    char name[NAME_ROOM];
    snprintf(name, sizeof name, "%s:%s", pack->name, id->valuestring);
    uint32_t number = lexicon_new_rule(pack->lexicon, name);
    struct rule *rule = &pack->lexicon->rules[number];
    rule->behaviour = pack->behaviour;
    rule->scope = SCOPE_SENTENCE;
    bool sound = true;
    if (any != NULL) {
        rule->groups[0].core = true;
        rule->group_count = 1;
        sound = rule_read_any(pack->lexicon, number, 0, pack->json, any, true, pack->findings);
    } else {
        sound =
            rule_read_groups(pack->lexicon, number, pack->json, groups, true, true, pack->findings);
    }
    const cJSON *member;
    cJSON_ArrayForEach(member, node) sound &= read_rule_key(pack, number, member);
    return sound;
}

static bool read_rules(struct pack *pack, const cJSON *root, const cJSON *rules) {
    const cJSON *behaviour = cJSON_GetObjectItemCaseSensitive(root, "behaviour");
    const char *names[BEHAVIOUR_COUNT + 1] = {0};
    for (int i = 0; i < BEHAVIOUR_COUNT; i++)
        names[i] = behaviour_name((enum behaviour)i);
    pack->behaviour = rule_choose(pack->json, behaviour != NULL ? behaviour : root, names,
                                  "behaviour", pack->findings);
    if (pack->behaviour < 0)
        return false;
    const cJSON *rule;
    bool sound = true;
    cJSON_ArrayForEach(rule, rules) sound &= read_rule(pack, rule);
    return sound;
}

static bool read_pack_key(struct pack *pack, const cJSON *root, const cJSON *node) {
    const char *key = node->string;
    if (strcmp(key, "words") == 0)
        return read_words(pack, node);
    if (strcmp(key, "guards") == 0)
        return read_kinds(pack, node, guard_names, ROLE_GUARD);
    if (strcmp(key, "questions") == 0)
        return read_kinds(pack, node, asking_names, ROLE_ASKING);
    if (strcmp(key, "spelling") == 0)
        return read_spelling(pack, node);
    if (strcmp(key, "known") == 0)
        return read_known(pack, node);
    if (strcmp(key, "rules") == 0)
        return read_rules(pack, root, node);
    if (strcmp(key, "format") == 0 || strcmp(key, "behaviour") == 0 || strcmp(key, "notes") == 0)
        return true;
    json_find_key(pack->json, node, pack->findings, FINDING_ERROR, "pack-key",
                  _("a pack has no key \"%s\""), key);
    return false;
}

static bool read_pack(struct pack *pack) {
    const cJSON *root = pack->json->root;
    const cJSON *format = cJSON_GetObjectItemCaseSensitive(root, "format");
    if (!cJSON_IsString(format) || strcmp(format->valuestring, "itr-pack/1") != 0)
        return bad(pack, format != NULL ? format : root, "pack-format",
                   _("a pack begins with \"format\": \"itr-pack/1\""));
    const cJSON *spelling = cJSON_GetObjectItemCaseSensitive(root, "spelling");
    bool sound = spelling == NULL || read_spelling(pack, spelling);
    const cJSON *member;
    cJSON_ArrayForEach(member, root) if (member != spelling) sound &=
        read_pack_key(pack, root, member);
    return sound;
}

/* "…/en/apology.json" → "en/apology". */
static void short_name(const char *name, char *out, size_t room) {
    const char *from = name + strlen(name);
    for (int slashes = 0; from > name; from--)
        if (from[-1] == '/' && ++slashes == 2)
            break;
    size_t length = strlen(from);
    if (length > 5 && strcmp(from + length - 5, ".json") == 0)
        length -= 5;
    snprintf(out, room, "%.*s", (int)length, from);
}

bool lexicon_add_pack(struct lexicon *lexicon, const char *name, const char *bytes, size_t length,
                      struct findings *findings) {
    char brief[96];
    short_name(name, brief, sizeof brief);
    struct json *json = json_parse(name, bytes, length, findings);
    if (json == NULL)
        return false;
    struct pack pack = {lexicon, json, findings, brief, -1};
    bool sound = read_pack(&pack);
    lexicon_note_mentions(lexicon, json, json->root);
    json_free(json);
    return sound;
}

/* ---- folders ---- */

static bool add_file(struct lexicon *lexicon, const char *path, struct findings *findings) {
    struct buffer bytes = {0};
    struct error error;
    bool sound = file_read(path, PACK_SIZE, &bytes, &error);
    if (!sound)
        findings_add(findings, FINDING_ERROR, "pack-read", path, 1, 1, "%s", error.text);
    else
        sound = lexicon_add_pack(lexicon, path, buffer_text(&bytes), bytes.length, findings);
    buffer_free(&bytes);
    return sound;
}

static bool add_language(struct lexicon *lexicon, const char *folder, const char *language,
                         struct findings *findings) {
    struct buffer inside = {0}, path = {0};
    struct error error;
    char **names;
    size_t count;
    file_join(&inside, folder, language);
    bool sound = file_list(buffer_text(&inside), &names, &count, &error);
    if (!sound)
        findings_add(findings, FINDING_ERROR, "pack-read", buffer_text(&inside), 1, 1, "%s",
                     error.text);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(names[i]);
        if (length < 6 || strcmp(names[i] + length - 5, ".json") != 0)
            continue;
        buffer_clear(&path);
        file_join(&path, buffer_text(&inside), names[i]);
        sound &= add_file(lexicon, buffer_text(&path), findings);
    }
    if (count > 0)
        file_list_free(names, count);
    buffer_free(&inside);
    buffer_free(&path);
    return sound;
}

bool lexicon_add_folder(struct lexicon *lexicon, const char *folder, struct findings *findings) {
    size_t before = lexicon->alternative_count;
    bool zh = add_language(lexicon, folder, language_code(LANGUAGE_ZH), findings);
    bool en = add_language(lexicon, folder, language_code(LANGUAGE_EN), findings);
    if (zh && en && lexicon->alternative_count == before) {
        findings_add(findings, FINDING_ERROR, "pack-read", folder, 1, 1,
                     _("there are no packs in %s/zh or %s/en"), folder, folder);
        return false;
    }
    return zh && en;
}
