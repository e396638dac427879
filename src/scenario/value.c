#include "scenario/value.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#define ID_LENGTH 64

/* ---- findings ---- */

static void report_at(struct reader *reader, size_t offset, enum code code, const char *format,
                      va_list arguments) {
    struct buffer text = {0};
    size_t line = 1, column = 1;
    /* Beyond the limit findings are counted only, and their places would cost time for nothing. */
    if (reader->findings->count < FINDINGS_LIMIT) {
        json_position(reader->json, offset, &line, &column);
        buffer_vprintf(&text, format, arguments);
    }
    findings_add(reader->findings, code_table[code].severity, code_table[code].word,
                 reader->json->name, line, column, "%s", buffer_text(&text));
    buffer_free(&text);
}

void report(struct reader *reader, const cJSON *node, enum code code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    report_at(reader, json_offset(node), code, format, arguments);
    va_end(arguments);
}

void report_key(struct reader *reader, const cJSON *member, enum code code, const char *format,
                ...) {
    va_list arguments;
    va_start(arguments, format);
    report_at(reader, json_key_offset(reader->json, member), code, format, arguments);
    va_end(arguments);
}

const char *with_guess(struct reader *reader, const char *word, const char *const *words,
                       const struct names *names, struct buffer *out) {
    const char *nearest = words ? finding_nearest(word, words) : NULL;
    if (names && names->count <= reader->guesses) {
        reader->guesses -= names->count;
        nearest = names_nearest(names, word);
    }
    buffer_clear(out);
    if (nearest)
        buffer_printf(out, _("`%s`; did you mean `%s`?"), word, nearest);
    else
        buffer_printf(out, "`%s`", word);
    return buffer_text(out);
}

void list_words(const char *const *words, struct buffer *out) {
    for (; *words; words++)
        buffer_printf(out, "%s`%s`", out->length ? ", " : "", *words);
}

/* What may stand in a field, for people. */
static void describe(const struct field *field, struct buffer *out) {
    switch (field->kind) {
    case FIELD_WHOLE:
        buffer_printf(out, _("a whole number from %d to %d"), field->low, field->high);
        break;
    case FIELD_SHARE:
        buffer_add_text(out, _("a number from 0 to 1"));
        break;
    case FIELD_CREDIT:
        buffer_add_text(out, _("1, 0.5 or 0"));
        break;
    case FIELD_TRUTH:
        buffer_add_text(out, _("true or false"));
        break;
    case FIELD_TEXT:
        buffer_add_text(out, _("a string, or {\"zh\": …, \"en\": …}"));
        break;
    case FIELD_LIST:
        buffer_add_text(out, _("a list [ … ]"));
        break;
    case FIELD_OBJECT:
    case FIELD_MAP:
        buffer_add_text(out, _("an object { … }"));
        break;
    case FIELD_VALUE:
        buffer_add_text(out, _("a whole number, true, false, or an expression in quotes"));
        break;
    case FIELD_FORMS:
        for (uint32_t i = 0; i < field->form_count; i++) {
            if (i)
                buffer_add_text(out, _(" or "));
            describe(&field->forms[i], out);
        }
        break;
    default:
        buffer_add_text(out, _("a string"));
    }
}

static const char *type_of(const cJSON *value) {
    return cJSON_IsString(value)   ? _("a string")
           : cJSON_IsNumber(value) ? _("a number")
           : cJSON_IsBool(value)   ? _("true/false")
           : cJSON_IsArray(value)  ? _("a list")
           : cJSON_IsObject(value) ? _("an object")
                                   : "null";
}

void wrong_type(struct reader *reader, const struct field *field, const cJSON *value) {
    struct buffer wanted = {0};
    describe(field, &wanted);
    report(reader, value, CODE_WRONG_TYPE, _("this must be %s, not %s"), buffer_text(&wanted),
           type_of(value));
    buffer_free(&wanted);
}

/* ---- simple values ---- */

static bool is_string(struct reader *reader, const struct field *field, const cJSON *value) {
    if (!cJSON_IsString(value)) {
        wrong_type(reader, field, value);
        return false;
    }
    if (!*value->valuestring) {
        report(reader, value, CODE_EMPTY_TEXT,
               _("an empty string: write something or leave it out"));
        return false;
    }
    return true;
}

static bool id_is_good(const char *id) {
    const char *at = id;
    if (*at < 'a' || *at > 'z')
        return false;
    while ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') || *at == '-')
        at++;
    return !*at && at - id <= ID_LENGTH;
}

static struct names *names_of(struct scenario_sources *sources, enum space space) {
    struct names *const tables[] = {
        [SPACE_NODE] = &sources->places_by_id,    [SPACE_ENDING] = &sources->places_by_id,
        [SPACE_POINT] = &sources->points,         [SPACE_SCENE] = &sources->scenes_by_id,
        [SPACE_FACT] = &sources->facts,           [SPACE_CARD] = &sources->card,
        [SPACE_OBJECTIVE] = &sources->objectives, [SPACE_ACTION] = &sources->actions,
        [SPACE_NEED] = &sources->needs,           [SPACE_ARTICLE] = &sources->articles,
        [SPACE_TICKET] = &sources->ticket,
    };
    return tables[space];
}

static size_t thing_size(enum space space) {
    static const size_t sizes[] = {
        [SPACE_NODE] = sizeof(struct node),
        [SPACE_ENDING] = sizeof(struct ending),
        [SPACE_POINT] = sizeof(struct point),
        [SPACE_SCENE] = sizeof(struct scene),
        [SPACE_FACT] = sizeof(struct fact),
        [SPACE_CARD] = sizeof(struct card_field),
        [SPACE_OBJECTIVE] = sizeof(struct objective),
        [SPACE_ACTION] = sizeof(struct desk_action),
        [SPACE_NEED] = sizeof(struct handover_need),
        [SPACE_ARTICLE] = sizeof(struct useful_article),
        [SPACE_TICKET] = sizeof(struct ticket_field),
    };
    return sizes[space];
}

static void duplicate_id(struct reader *reader, const cJSON *value, uint32_t number,
                         enum space space) {
    uint32_t document = 0;
    size_t line = 0, column = 0;
    if (number & PLACE_ENDING)
        space = SPACE_ENDING;
    else if (space == SPACE_ENDING)
        space = SPACE_NODE;
    const char *first = reader->bases[space] + (number & ~PLACE_ENDING) * thing_size(space);
    const cJSON *place = place_find(reader->sources, first, &document);
    if (place)
        json_position(reader->sources->documents[document], json_offset(place), &line, &column);
    report(reader, value, CODE_DUPLICATE_ID,
           _("`%s` is taken: the first is at %s:%zu:%zu; give this one an id of its own"),
           value->valuestring, reader->sources->documents[document]->name, line, column);
}

/* Declares the object at `base`, an element of the array of its space, by its id. */
static const char *declare(struct reader *reader, const struct shape *shape, const cJSON *value,
                           const char *base) {
    enum space space = shape->space;
    const char *id = value->valuestring;
    uint32_t number = (uint32_t)((size_t)(base - reader->bases[space]) / shape->size);
    if (space == SPACE_ENDING)
        number |= PLACE_ENDING;
    if (space == SPACE_NODE && reader->scene != SCENE_NONE) {
        struct buffer full = {0};
        buffer_printf(&full, "%s.%s", reader->scenario->scenes[reader->scene].id, id);
        id = arena_text(reader->arena, buffer_text(&full));
        buffer_free(&full);
    }
    uint32_t first = number;
    if (!names_add(names_of(reader->sources, space), reader->arena, id, &first))
        duplicate_id(reader, value, first, space);
    return id;
}

void read_id(struct reader *reader, const struct shape *shape, const struct field *field,
             const cJSON *value, char *base) {
    if (!is_string(reader, field, value))
        return;
    const char *id = value->valuestring;
    if (!id_is_good(id))
        report(
            reader, value, CODE_BAD_ID,
            _("`%s` is no id: lower-case letters, digits and hyphens, a letter first, at most %d"),
            id, ID_LENGTH);
    if (shape->space != SPACE_NONE && base)
        id = declare(reader, shape, value, base);
    if (base && field->offset != NOWHERE)
        *(const char **)(base + field->offset) = id;
}

void read_string(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    if (!is_string(reader, field, value))
        return;
    const char *text = value->valuestring;
    if (field->kind == FIELD_DIGITS && text[strspn(text, "0123456789")])
        report(reader, value, CODE_BAD_ID, _("`%s` must be digits only"), text);
    if (field->kind == FIELD_PATH && !path_stays_inside(text))
        report(reader, value, CODE_SCENE_FILE,
               _("`%s` leaves the script's folder: name a file in it or below it"), text);
    if (base && field->offset != NOWHERE)
        *(const char **)(base + field->offset) = text;
}

void read_format(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    if (is_string(reader, field, value) && strcmp(value->valuestring, field->words[0]) != 0)
        report(reader, value, CODE_BAD_FORMAT, _("this is format `%s`; only `%s` can be read here"),
               value->valuestring, field->words[0]);
}

static bool is_number(struct reader *reader, const struct field *field, const cJSON *value) {
    if (cJSON_IsNumber(value))
        return true;
    wrong_type(reader, field, value);
    return false;
}

static void out_of_range(struct reader *reader, const struct field *field, const cJSON *value) {
    struct buffer wanted = {0};
    describe(field, &wanted);
    report(reader, value, CODE_OUT_OF_RANGE, _("%.17g will not do: %s is wanted"),
           value->valuedouble, buffer_text(&wanted));
    buffer_free(&wanted);
}

static void store_number(const struct field *field, int64_t number, char *base) {
    if (!base || field->offset == NOWHERE)
        return;
    if (field->size == 1)
        *(uint8_t *)(base + field->offset) = (uint8_t)number;
    else
        *(int32_t *)(base + field->offset) = (int32_t)number;
}

void read_whole(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    if (!is_number(reader, field, value))
        return;
    double number = value->valuedouble;
    if (!(number >= field->low && number <= field->high) || number != floor(number))
        out_of_range(reader, field, value);
    else
        store_number(field, (int64_t)number * (field->scale ? field->scale : 1), base);
}

/* Exact in decimal: 0.25 is 250 thousandths, and 0.2505 is refused rather than rounded. */
void read_share(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    if (!is_number(reader, field, value))
        return;
    double thousandths = value->valuedouble * 1000;
    if (!(thousandths >= 0 && thousandths <= 1000))
        out_of_range(reader, field, value);
    else if (fabs(thousandths - round(thousandths)) > 1e-6)
        report(reader, value, CODE_OUT_OF_RANGE, _("at most three decimals"));
    else
        store_number(field, (int64_t)round(thousandths), base);
}

void read_credit(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    if (!is_number(reader, field, value))
        return;
    double halves = value->valuedouble * 2;
    if (halves != 0 && halves != 1 && halves != 2)
        out_of_range(reader, field, value);
    else
        store_number(field, (int64_t)halves, base);
}

void read_truth(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    if (!cJSON_IsBool(value))
        wrong_type(reader, field, value);
    else if (base && field->offset != NOWHERE)
        *(bool *)(base + field->offset) = cJSON_IsTrue(value);
}

int word_number(const char *const *words, const char *word) {
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

static void unknown_word(struct reader *reader, const struct field *field, const cJSON *value) {
    struct buffer guess = {0}, words = {0};
    list_words(field->words, &words);
    report(reader, value, CODE_UNKNOWN_WORD, _("no such choice: %s (there are %s)"),
           with_guess(reader, value->valuestring, field->words, NULL, &guess), buffer_text(&words));
    buffer_free(&guess);
    buffer_free(&words);
}

void read_word(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    if (!is_string(reader, field, value))
        return;
    int number = word_number(field->words, value->valuestring);
    if (number < 0)
        unknown_word(reader, field, value);
    else if (base && field->offset != NOWHERE && field->size == sizeof(char *))
        *(const char **)(base + field->offset) = field->words[number];
    else
        store_number(field, number, base);
}

/* ---- texts ---- */

static const char *read_language(struct reader *reader, const struct field *field,
                                 const cJSON *value) {
    return is_string(reader, field, value) ? value->valuestring : NULL;
}

static void read_languages(struct reader *reader, const cJSON *value, struct text *text) {
    size_t errors = reader->findings->errors;
    const cJSON *member;
    cJSON_ArrayForEach(member, value) {
        int language = -1;
        for (int i = 0; i < LANGUAGE_COUNT; i++)
            if (strcmp(member->string, language_code(i)) == 0)
                language = i;
        if (language >= 0)
            text->in[language] =
                read_language(reader, &(struct field){.kind = FIELD_STRING}, member);
        else if (!key_is_free(member->string))
            report_key(reader, member, CODE_UNKNOWN_KEY,
                       _("`%s` is no language of a text: there are `zh` and `en`"), member->string);
    }
    if (!text->in[LANGUAGE_ZH] && !text->in[LANGUAGE_EN] && reader->findings->errors == errors)
        report(reader, value, CODE_EMPTY_TEXT, _("a text without `zh` or `en`"));
}

/* A text with a brace waits until the customer is known; where a language is missing the other
 * stands for it, and both wait as one. */
static void text_later(struct reader *reader, struct text *text, const cJSON *value) {
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (text->in[i] && strchr(text->in[i], '{'))
            later_add(reader, LATER_PLACEHOLDER, (unsigned)i, &text->in[i], value);
}

void read_text(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    struct text text = {{NULL, NULL}};
    struct text *into =
        base && field->offset != NOWHERE ? (struct text *)(base + field->offset) : &text;
    if (cJSON_IsObject(value))
        read_languages(reader, value, into);
    else if (is_string(reader, field, value))
        into->in[LANGUAGE_ZH] = into->in[LANGUAGE_EN] = value->valuestring;
    if (!into->in[LANGUAGE_ZH])
        into->in[LANGUAGE_ZH] = into->in[LANGUAGE_EN] ? into->in[LANGUAGE_EN] : "";
    if (!into->in[LANGUAGE_EN])
        into->in[LANGUAGE_EN] = into->in[LANGUAGE_ZH];
    if (into != &text)
        text_later(reader, into, value);
}

/* ---- what waits ---- */

void later_add(struct reader *reader, enum later_kind kind, unsigned detail, void *where,
               const cJSON *node) {
    reader->later = memory_reserve(reader->later, &reader->later_room, reader->later_count + 1,
                                   sizeof *reader->later);
    reader->later[reader->later_count++] = (struct later){.kind = kind,
                                                          .detail = (uint8_t)detail,
                                                          .document = reader->document,
                                                          .scene = reader->scene,
                                                          .where = where,
                                                          .node = node};
}

void read_expression(struct reader *reader, const struct field *field, const cJSON *value,
                     char *base) {
    enum value_type type = field->kind == FIELD_CONDITION ? VALUE_TRUTH : VALUE_UNKNOWN;
    if (is_string(reader, field, value) && base)
        later_add(reader, LATER_EXPRESSION, type, base + field->offset, value);
}

void read_reference(struct reader *reader, const struct field *field, const cJSON *value,
                    char *base) {
    void *where = base && field->offset != NOWHERE ? base + field->offset : NULL;
    if (!is_string(reader, field, value))
        return;
    if (field->kind == FIELD_TARGET)
        later_add(reader, LATER_TARGET, 0, where, value);
    else
        later_add(reader, LATER_REFERENCE, field->space, where, value);
}
