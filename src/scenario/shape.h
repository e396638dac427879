/* How a script is read: every kind of JSON object is a *shape*, a table of *fields*, and one reader
 * walks the tree by these tables. They say which keys an object has, what may stand there, and
 * where in the struct it goes; the JSON Schema and the help of the editor are printed from the same
 * tables, so that loader, schema and help cannot drift apart.
 *
 * Members are visited once, in file order. What can only be decided when the whole script is known
 * (ids, expressions, placeholders, rules) is put on a list for later and done by link.c. */
#ifndef ITR_SCENARIO_SHAPE_H
#define ITR_SCENARIO_SHAPE_H

#include "scenario/codes.h"
#include "scenario/source.h"

/* What ids name. Nodes and endings share one space. */
enum space {
    SPACE_NONE,
    SPACE_NODE,
    SPACE_ENDING,
    SPACE_POINT,
    SPACE_SCENE,
    SPACE_FACT,
    SPACE_CARD,
    SPACE_OBJECTIVE,
    SPACE_ACTION,
    SPACE_NEED,
    SPACE_ARTICLE,
    SPACE_TICKET,
    SPACE_COUNT
};

/* What stands in a field, and what it is stored as. */
enum field_kind {
    FIELD_FORMAT,    /* the one string in `words` */
    FIELD_ID,        /* const char *; declares the object in its shape's space */
    FIELD_STRING,    /* const char *, not empty */
    FIELD_DIGITS,    /* the same, of digits only */
    FIELD_PATH,      /* the same: a file beside the script */
    FIELD_TEXT,      /* struct text: a string, or one a language */
    FIELD_WHOLE,     /* a whole number low … high times `scale`, in `size` bytes */
    FIELD_SHARE,     /* 0 to 1 in thousandths, uint32_t */
    FIELD_CREDIT,    /* 0, 0.5 or 1 */
    FIELD_TRUTH,     /* bool */
    FIELD_WORD,      /* one of `words`: its number (an enum), or itself if `size` is a pointer's */
    FIELD_CONDITION, /* const struct expression *, of true/false */
    FIELD_VALUE,     /* the same, of any type */
    FIELD_REFERENCE, /* uint32_t: number of the thing in `space` */
    FIELD_TARGET,    /* struct target */
    FIELD_OBJECT,    /* `shape`, in place, or a pointer to one if `size` is a pointer's */
    FIELD_LIST,  /* of `element`: pointer and, at count_offset, uint32_t; low … high of them */
    FIELD_MAP,   /* an object of any ids or names, each with an `element` */
    FIELD_FORMS, /* one of `forms` */
};

#define NOWHERE UINT16_MAX /* checked, not stored */

struct reader;
struct shape;

struct field {
    const char *key;
    enum field_kind kind;
    bool required;
    uint16_t offset, count_offset;
    uint16_t size; /* of an element of a list, a number or a pointer */
    int32_t low, high;
    uint32_t scale;
    enum space space;
    const char *const *words;
    const struct shape *shape;
    const struct field *element;
    const struct field *forms;
    uint32_t form_count;
    /* Stores the value where the plain way does not do; the checks are then its own as well. */
    void (*read)(struct reader *reader, const struct field *field, const cJSON *value, char *base);
    const char *help; /* one line for coaches */
};

struct shape {
    const char *name; /* for messages and the schema */
    const char *help;
    const struct field *fields;
    uint32_t field_count;
    uint16_t size;     /* of the struct, 0: nothing is stored or all goes into the outer one */
    const void *blank; /* what the struct is before it is read; NULL: zero */
    enum space space;
    void (*finish)(struct reader *reader, const cJSON *object, char *base);
};

extern const struct shape shape_scenario, shape_scene, shape_scene_file, shape_scene_place;
extern const struct shape shape_rule;

/* ---- what waits until all is known ---- */

enum later_kind {
    LATER_PLACEHOLDER, /* where: const char **; detail: language */
    LATER_EXPRESSION,  /* const struct expression **; detail: enum value_type wanted */
    LATER_REFERENCE,   /* uint32_t * or NULL; detail: enum space */
    LATER_TARGET,      /* struct target * */
    LATER_SET,         /* struct effect *; node is the member */
    LATER_MARK,        /* struct mark *; node is the member */
    LATER_TRIP,        /* struct mark *; node is the string */
    LATER_RULE,        /* int *; `id` names the rule */
};

struct later {
    enum later_kind kind;
    uint8_t detail;
    uint32_t document, scene;
    void *where;
    const cJSON *node;
    const char *const *id; /* RULE: where the id of its owner stands, once it is read */
};

struct reader {
    struct findings *findings;
    struct scenario *scenario;
    struct scenario_sources *sources;
    struct arena *arena;
    const struct json *json; /* the document being read */
    uint32_t document;
    uint32_t scene; /* the scene being read, or SCENE_NONE */
    struct later *later;
    size_t later_count, later_room;
    const cJSON *marks, *trips; /* of the change being read */
    char *bases[SPACE_COUNT];   /* the array of the things of each space */
    uint32_t nodes_read, points_read, variables_read;
    struct buffer work; /* for texts in the making */
    size_t guesses;     /* how many names may still be looked at for "did you mean" */
};

/* Reads the members of `object` by `shape` into the struct at `base` (NULL: only checks). */
void shape_read(struct reader *reader, const struct shape *shape, const cJSON *object, char *base);

/* Reads one value by `field` into the struct at `base`. */
void field_read(struct reader *reader, const struct field *field, const cJSON *value, char *base);

/* Reads a list into an array of `room` things at `items`. */
void list_read(struct reader *reader, const struct field *field, const cJSON *list, char *items);

bool key_is_free(const char *key); /* `notes` and `x-…` */

void later_add(struct reader *reader, enum later_kind kind, unsigned detail, void *where,
               const cJSON *node);

/* Adds a finding at a value, at a member's key. */
void report(struct reader *reader, const cJSON *node, enum code code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void report_key(struct reader *reader, const cJSON *member, enum code code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* "`foo`", or "`foo`; did you mean `food`?" by the words or names there are. */
const char *with_guess(struct reader *reader, const char *word, const char *const *words,
                       const struct names *names, struct buffer *out);

#endif
