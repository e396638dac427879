/* The JSON Schema (draft 2020-12) of the format, printed from the tables that the loader reads by.
 * Each shape is a definition; `notes` and `x-…` are allowed in every object. */
#include <stdlib.h>
#include <string.h>

#include "scenario/format.h"
#include "scenario/profile_link.h"

#define ID_PATTERN "^[a-z][a-z0-9-]{0,63}$"
#define TARGET_PATTERN ID_PATTERN
#define NAME_PATTERN "^[A-Za-z_][A-Za-z0-9_]{0,63}$"

#define SHAPES 128

/* The definitions to print; a shape is added when it is first named. */
struct printer {
    struct buffer *out;
    const struct shape *shapes[SHAPES];
    size_t shape_count;
    int depth;
};

static void line(struct printer *printer) {
    buffer_add_byte(printer->out, '\n');
    buffer_add_repeated(printer->out, ' ', (size_t)printer->depth * 2);
}

static void string(struct printer *printer, const char *text) {
    json_add_string(printer->out, text, strlen(text));
}

static void add_shape(struct printer *printer, const struct shape *shape) {
    for (size_t i = 0; i < printer->shape_count; i++)
        if (printer->shapes[i] == shape)
            return;
    printer->shapes[printer->shape_count++] = shape;
}

/* Two shapes may have one name for people (a scene here, a scene in a file): the first key tells.
 */
static void shape_key(const struct shape *shape, struct buffer *out) {
    bool place = strcmp(shape->fields[0].key, "file") == 0;
    for (const char *at = shape->name; *at; at++)
        buffer_add_byte(out, *at == ' ' ? '-' : *at);
    if (place)
        buffer_add_text(out, "-place");
}

static void reference(struct printer *printer, const struct shape *shape) {
    struct buffer key = {0};
    shape_key(shape, &key);
    add_shape(printer, shape);
    buffer_printf(printer->out, "\"$ref\": \"#/$defs/%s\"", buffer_text(&key));
    buffer_free(&key);
}

static void words(struct printer *printer, const char *const *list) {
    buffer_add_text(printer->out, "\"enum\": [");
    for (size_t i = 0; list[i]; i++) {
        if (i)
            buffer_add_text(printer->out, ", ");
        string(printer, list[i]);
    }
    buffer_add_byte(printer->out, ']');
}

static void value(struct printer *printer, const struct field *field);

static void braced(struct printer *printer, const struct field *field) {
    buffer_add_byte(printer->out, '{');
    value(printer, field);
    buffer_add_byte(printer->out, '}');
}

static void list(struct printer *printer, const struct field *field) {
    buffer_add_text(printer->out, "\"type\": \"array\", ");
    if (field->low)
        buffer_printf(printer->out, "\"minItems\": %d, ", field->low);
    buffer_printf(printer->out, "\"maxItems\": %d, \"items\": ", field->high);
    braced(printer, field->element);
}

static void map(struct printer *printer, const struct field *field) {
    buffer_printf(printer->out, "\"type\": \"object\", \"patternProperties\": {\"^x-\": true, ");
    string(printer, field->space == SPACE_POINT ? ID_PATTERN : NAME_PATTERN);
    buffer_add_text(printer->out, ": ");
    braced(printer, field->element);
    buffer_add_text(printer->out,
                    "}, \"properties\": {\"notes\": true}, \"additionalProperties\": false");
}

static void forms(struct printer *printer, const struct field *field) {
    buffer_add_text(printer->out, "\"anyOf\": [");
    for (uint32_t i = 0; i < field->form_count; i++) {
        if (i)
            buffer_add_text(printer->out, ", ");
        braced(printer, &field->forms[i]);
    }
    buffer_add_byte(printer->out, ']');
}

static void value(struct printer *printer, const struct field *field) {
    static const char *const plain[] = {
        [FIELD_ID] = "\"type\": \"string\", \"pattern\": \"" ID_PATTERN "\"",
        [FIELD_REFERENCE] = "\"type\": \"string\", \"pattern\": \"" ID_PATTERN "\"",
        [FIELD_TARGET] = "\"type\": \"string\", \"pattern\": \"" TARGET_PATTERN "\"",
        [FIELD_STRING] = "\"type\": \"string\", \"minLength\": 1",
        [FIELD_PATH] = "\"type\": \"string\", \"minLength\": 1",
        [FIELD_CONDITION] = "\"type\": \"string\", \"minLength\": 1",
        [FIELD_DIGITS] = "\"type\": \"string\", \"pattern\": \"^[0-9]+$\"",
        [FIELD_TEXT] = "\"$ref\": \"#/$defs/text\"",
        [FIELD_SHARE] = "\"type\": \"number\", \"minimum\": 0, \"maximum\": 1",
        [FIELD_CREDIT] = "\"enum\": [0, 0.5, 1]",
        [FIELD_TRUTH] = "\"type\": \"boolean\"",
        [FIELD_VALUE] = "\"type\": [\"integer\", \"boolean\", \"string\"]",
        [FIELD_FORMS] = NULL,
    };
    switch (field->kind) {
    case FIELD_FORMAT:
        buffer_add_text(printer->out, "\"const\": ");
        string(printer, field->words[0]);
        break;
    case FIELD_WHOLE:
        buffer_printf(printer->out, "\"type\": \"integer\", \"minimum\": %d, \"maximum\": %d",
                      field->low, field->high);
        break;
    case FIELD_WORD:
        words(printer, field->words);
        break;
    case FIELD_OBJECT:
        reference(printer, field->shape);
        break;
    case FIELD_LIST:
        list(printer, field);
        break;
    case FIELD_MAP:
        map(printer, field);
        break;
    case FIELD_FORMS:
        forms(printer, field);
        break;
    default:
        buffer_add_text(printer->out, plain[field->kind]);
    }
}

static void property(struct printer *printer, const struct field *field) {
    line(printer);
    string(printer, field->key);
    buffer_add_text(printer->out, ": {\"description\": ");
    string(printer, field->help);
    buffer_add_text(printer->out, ", ");
    value(printer, field);
    buffer_add_byte(printer->out, '}');
}

static void required(struct printer *printer, const struct shape *shape) {
    bool first = true;
    for (uint32_t i = 0; i < shape->field_count; i++) {
        if (!shape->fields[i].required)
            continue;
        buffer_add_text(printer->out, first ? "\"required\": [" : ", ");
        string(printer, shape->fields[i].key);
        first = false;
    }
    if (first)
        return;
    buffer_add_text(printer->out, "],");
    line(printer);
}

/* What stands inside the braces of an object's schema. */
static void object(struct printer *printer, const struct shape *shape) {
    line(printer);
    buffer_add_text(printer->out, "\"description\": ");
    string(printer, shape->help);
    buffer_add_text(printer->out, ",");
    line(printer);
    buffer_add_text(printer->out, "\"type\": \"object\",");
    line(printer);
    required(printer, shape);
    if (shape == &shape_rule) {
        buffer_add_text(
            printer->out,
            "\"anyOf\": [{\"required\": [\"behaviours\"]}, {\"required\": [\"groups\"]}],");
        line(printer);
    }
    buffer_add_text(printer->out, "\"properties\": {");
    printer->depth++;
    line(printer);
    buffer_add_text(printer->out, "\"notes\": true");
    for (uint32_t i = 0; i < shape->field_count; i++) {
        buffer_add_byte(printer->out, ',');
        property(printer, &shape->fields[i]);
    }
    printer->depth--;
    line(printer);
    buffer_add_text(printer->out, "},");
    line(printer);
    buffer_add_text(printer->out, "\"patternProperties\": {\"^x-\": true},");
    line(printer);
    buffer_add_text(printer->out, "\"additionalProperties\": false");
}

static void definition(struct printer *printer, const struct shape *shape) {
    struct buffer key = {0};
    shape_key(shape, &key);
    buffer_add_byte(printer->out, ',');
    line(printer);
    string(printer, buffer_text(&key));
    buffer_add_text(printer->out, ": {");
    printer->depth++;
    object(printer, shape);
    printer->depth--;
    line(printer);
    buffer_add_byte(printer->out, '}');
    buffer_free(&key);
}

static const char text_definition[] =
    "\"text\": {\n"
    "      \"description\": \"a text: one string, or one a language\",\n"
    "      \"anyOf\": [\n"
    "        {\"type\": \"string\", \"minLength\": 1},\n"
    "        {\"type\": \"object\", \"anyOf\": [{\"required\": [\"zh\"]}, {\"required\": "
    "[\"en\"]}], \"properties\": {\"zh\": {\"type\": "
    "\"string\", "
    "\"minLength\": 1}, \"en\": {\"type\": \"string\", \"minLength\": 1}, \"notes\": true}, "
    "\"patternProperties\": {\"^x-\": true}, \"additionalProperties\": false}\n"
    "      ]\n"
    "    }";

void scenario_schema(struct buffer *out) {
    struct printer printer = {.out = out, .depth = 1};
    buffer_add_text(out, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                         "  \"title\": \"ITR Trainer script\",\n"
                         "  \"oneOf\": [{");
    reference(&printer, &shape_scenario);
    buffer_add_text(out, "}, {");
    reference(&printer, &shape_scene_file);
    buffer_add_text(out, "}, {");
    reference(&printer, &shape_profile);
    buffer_add_text(out, "}],\n  \"$defs\": {\n    ");
    buffer_add_text(out, text_definition);
    printer.depth = 2;
    for (size_t i = 0; i < printer.shape_count; i++)
        definition(&printer, printer.shapes[i]);
    buffer_add_text(out, "\n  }\n}\n");
}
