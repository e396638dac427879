#include "scenario/value.h"

#include <string.h>

bool key_is_free(const char *key) {
    return strcmp(key, "notes") == 0 || strncmp(key, "x-", 2) == 0;
}

/* Keys mostly come in the order of the table, so the search goes on from the last one found. */
static const struct field *find_field(const struct shape *shape, const char *key,
                                      uint32_t *cursor) {
    for (uint32_t i = 0; i < shape->field_count; i++) {
        uint32_t at = *cursor + i;
        if (at >= shape->field_count)
            at -= shape->field_count;
        if (strcmp(shape->fields[at].key, key) == 0) {
            *cursor = at + 1 == shape->field_count ? 0 : at + 1;
            return &shape->fields[at];
        }
    }
    return NULL;
}

static void unknown_key(struct reader *reader, const struct shape *shape, const cJSON *member) {
    if (reader->findings->count >= FINDINGS_LIMIT) { /* counted only: no guess is shown */
        report_key(reader, member, CODE_UNKNOWN_KEY, "%s", "");
        return;
    }
    const char *keys[64];
    struct buffer guess = {0}, all = {0};
    for (uint32_t i = 0; i < shape->field_count; i++)
        keys[i] = shape->fields[i].key;
    keys[shape->field_count] = NULL;
    bool near = finding_nearest(member->string, keys) != NULL;
    if (!near)
        list_words(keys, &all);
    with_guess(reader, member->string, keys, NULL, &guess);
    if (near)
        report_key(reader, member, CODE_UNKNOWN_KEY, _("a %s has no key %s"), _(shape->name),
                   buffer_text(&guess));
    else
        report_key(reader, member, CODE_UNKNOWN_KEY, _("a %s has no key %s; it has %s"),
                   _(shape->name), buffer_text(&guess), buffer_text(&all));
    buffer_free(&guess);
    buffer_free(&all);
}

static void missing_keys(struct reader *reader, const struct shape *shape, const cJSON *object,
                         uint64_t seen) {
    for (uint32_t i = 0; i < shape->field_count; i++)
        if (shape->fields[i].required && !(seen >> i & 1))
            report(reader, object, CODE_MISSING_KEY, _("this %s needs the key `%s`: %s"),
                   _(shape->name), shape->fields[i].key, _(shape->fields[i].help));
}

void shape_read(struct reader *reader, const struct shape *shape, const cJSON *object, char *base) {
    uint64_t seen = 0;
    uint32_t cursor = 0;
    const cJSON *member;
    if (!cJSON_IsObject(object)) {
        wrong_type(reader, &(struct field){.kind = FIELD_OBJECT}, object);
        return;
    }
    if (base && shape->blank)
        memcpy(base, shape->blank, shape->size);
    cJSON_ArrayForEach(member, object) {
        const struct field *field = find_field(shape, member->string, &cursor);
        if (!field) {
            if (!key_is_free(member->string))
                unknown_key(reader, shape, member);
            continue;
        }
        seen |= (uint64_t)1 << (field - shape->fields);
        if (field->kind == FIELD_ID && !field->read)
            read_id(reader, shape, field, member, base);
        else
            field_read(reader, field, member, base);
    }
    missing_keys(reader, shape, object, seen);
    if (shape->finish)
        shape->finish(reader, object, base);
}

static void read_object(struct reader *reader, const struct field *field, const cJSON *value,
                        char *base) {
    if (!base || field->offset == NOWHERE) {
        shape_read(reader, field->shape, value, NULL);
    } else if (field->size == sizeof(void *)) {
        char *object = arena_take(reader->arena, field->shape->size);
        memcpy(base + field->offset, &object, sizeof object);
        place_add(reader->sources, object, field->shape->size, 1, reader->document, value);
        shape_read(reader, field->shape, value, object);
    } else {
        shape_read(reader, field->shape, value, base + field->offset);
    }
}

static uint32_t count_children(const cJSON *list) {
    uint32_t count = 0;
    const cJSON *child;
    cJSON_ArrayForEach(child, list) count++;
    return count;
}

static bool length_is_good(struct reader *reader, const struct field *field, const cJSON *list) {
    uint32_t count = count_children(list);
    if (count >= (uint32_t)field->low && count <= (uint32_t)field->high)
        return true;
    if (field->low == 1 && !count)
        report(reader, list, CODE_OUT_OF_RANGE, _("an empty list: at least one is needed here"));
    else
        report(reader, list, CODE_OUT_OF_RANGE, _("%u things in this list; %d to %d are allowed"),
               count, field->low, field->high);
    return false;
}

void list_read(struct reader *reader, const struct field *field, const cJSON *list, char *items) {
    const cJSON *child;
    const struct shape *shape = field->element->shape;
    if (items && field->size)
        place_add(reader->sources, items, field->size, count_children(list), reader->document,
                  list->child);
    if (items && shape && shape->space != SPACE_NONE && !reader->bases[shape->space])
        reader->bases[shape->space] = items;
    cJSON_ArrayForEach(child, list) {
        field_read(reader, field->element, child, items);
        if (items)
            items += field->size;
    }
}

/* One more than needed is taken and stays zero: lists of strings end with NULL. */
static void read_list(struct reader *reader, const struct field *field, const cJSON *value,
                      char *base) {
    char *items = NULL;
    if (!cJSON_IsArray(value)) {
        wrong_type(reader, field, value);
        return;
    }
    if (!length_is_good(reader, field, value))
        return;
    if (base && field->offset != NOWHERE) {
        uint32_t count = count_children(value);
        items = arena_take(reader->arena, (count + 1) * (size_t)field->size);
        memcpy(base + field->offset, &items, sizeof items);
        if (field->count_offset != NOWHERE)
            *(uint32_t *)(base + field->count_offset) = count;
    }
    list_read(reader, field, value, items);
}

static bool shape_fits(const struct shape *shape, const cJSON *value) {
    return cJSON_IsObject(value) && member_of(value, shape->fields[0].key);
}

/* Whether this form is the one meant: objects are told by their first key. */
static bool form_fits(const struct field *form, const cJSON *value) {
    switch (form->kind) {
    case FIELD_OBJECT:
        return shape_fits(form->shape, value);
    case FIELD_TEXT:
        return cJSON_IsString(value) || cJSON_IsObject(value);
    case FIELD_WORD:
        return cJSON_IsString(value) && word_number(form->words, value->valuestring) >= 0;
    case FIELD_TRUTH:
        return cJSON_IsBool(value);
    case FIELD_WHOLE:
        return cJSON_IsNumber(value);
    default:
        return cJSON_IsString(value);
    }
}

static void no_form(struct reader *reader, const struct field *field, const cJSON *value) {
    struct buffer keys = {0};
    for (uint32_t i = 0; i < field->form_count; i++)
        if (field->forms[i].kind == FIELD_OBJECT)
            buffer_printf(&keys, "%s`%s`", keys.length ? ", " : "",
                          field->forms[i].shape->fields[0].key);
    if (cJSON_IsObject(value) && keys.length)
        report(reader, value, CODE_MISSING_KEY, _("this object needs one of the keys %s"),
               buffer_text(&keys));
    else
        wrong_type(reader, field, value);
    buffer_free(&keys);
}

static void read_forms(struct reader *reader, const struct field *field, const cJSON *value,
                       char *base) {
    for (uint32_t i = 0; i < field->form_count; i++)
        if (form_fits(&field->forms[i], value)) {
            field_read(reader, &field->forms[i], value, base);
            return;
        }
    no_form(reader, field, value);
}

void field_read(struct reader *reader, const struct field *field, const cJSON *value, char *base) {
    static value_function *const readers[] = {
        [FIELD_FORMAT] = read_format,
        [FIELD_STRING] = read_string,
        [FIELD_DIGITS] = read_string,
        [FIELD_PATH] = read_string,
        [FIELD_TEXT] = read_text,
        [FIELD_WHOLE] = read_whole,
        [FIELD_SHARE] = read_share,
        [FIELD_CREDIT] = read_credit,
        [FIELD_TRUTH] = read_truth,
        [FIELD_WORD] = read_word,
        [FIELD_CONDITION] = read_expression,
        [FIELD_VALUE] = read_expression,
        [FIELD_REFERENCE] = read_reference,
        [FIELD_TARGET] = read_reference,
        [FIELD_OBJECT] = read_object,
        [FIELD_LIST] = read_list,
        [FIELD_FORMS] = read_forms,
    };
    if (field->read)
        field->read(reader, field, value, base);
    else
        readers[field->kind](reader, field, value, base);
}
