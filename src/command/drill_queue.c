/* itr drill queue: cases to put in order, compared with the key.
 *
 * The key comes from urgency × impact of each case and from nothing else: 6 to 9 is urgent, 3 and 4
 * important, 1 and 2 general. The trainee gives the order with the grades in one line, "3 1 | 2 5 |
 * 4"; agreement is weighted kappa (urgent for general is twice as wrong as urgent for important),
 * and beside it the pairs in which a lesser case was put before a graver one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"

#define ITEMS_MOST 30
#define QUEUE_FORMAT "itr-queue/1"
#define LINE_MOST ((size_t)1 << 16)

struct item {
    const char *id, *text;
    uint32_t urgency, impact;
    uint32_t key, given; /* grade: 0 urgent, 1 important, 2 general */
    uint32_t place;      /* in the answer, from 1; 0: left out */
};

struct queue {
    cJSON *root;
    struct item items[ITEMS_MOST];
    uint32_t count;
};

struct queue_result {
    uint32_t right, pairs, swapped; /* pairs of different grade; in the wrong order */
    bool has_kappa;
    double kappa;
};

static const char *grade_name(uint32_t grade) {
    static const char *const names[] = {N_("urgent"), N_("important"), N_("general")};
    return _(names[grade]);
}

/* The key of the ticket is the key here; most urgent first. */
static uint32_t grade_of(uint32_t urgency, uint32_t impact) {
    return GRADE_COUNT - 1 - scenario_grade(urgency, impact);
}

/* ---- reading the file ---- */

static bool take_level(const cJSON *object, const char *key, uint32_t *level) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(item) || item->valuedouble < 1 || item->valuedouble > 3 ||
        item->valuedouble != (uint32_t)item->valuedouble)
        return false;
    *level = (uint32_t)item->valuedouble;
    return true;
}

static const char *text_of(const cJSON *object) {
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(object, "text");
    if (cJSON_IsObject(text))
        text = cJSON_GetObjectItemCaseSensitive(text, language_code(message_language()));
    return cJSON_IsString(text) && *text->valuestring ? text->valuestring : NULL;
}

static bool take_item(const cJSON *object, struct item *item) {
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(object, "id");
    *item = (struct item){.text = text_of(object)};
    if (!cJSON_IsString(id) || !item->text || !take_level(object, "urgency", &item->urgency) ||
        !take_level(object, "impact", &item->impact))
        return false;
    item->id = id->valuestring;
    item->key = grade_of(item->urgency, item->impact);
    return true;
}

static bool take_items(const char *file, struct queue *queue, struct error *error) {
    const cJSON *format = cJSON_GetObjectItemCaseSensitive(queue->root, "format"), *object;
    if (!cJSON_IsString(format) || strcmp(format->valuestring, QUEUE_FORMAT) != 0)
        return error_set(error, _("%s: this is no queue of format %s"), file, QUEUE_FORMAT);
    cJSON_ArrayForEach(object, cJSON_GetObjectItemCaseSensitive(queue->root, "items")) {
        if (queue->count == ITEMS_MOST)
            return error_set(error, _("%s: more than %d cases in one queue"), file, ITEMS_MOST);
        if (!take_item(object, &queue->items[queue->count++]))
            return error_set(error,
                             _("%s: case %u needs `id`, `text` in this language, and `urgency` "
                               "and `impact` from 1 to 3"),
                             file, queue->count);
    }
    return queue->count >= 2 || error_set(error, _("%s: a queue needs two cases at least"), file);
}

static bool read_queue(const char *file, struct queue *queue, struct error *error) {
    struct buffer bytes = {0};
    struct error why = {0};
    bool good = file_read(file, JSON_SIZE, &bytes, error);
    if (good && !(queue->root = json_parse_line(buffer_text(&bytes), bytes.length, &why)))
        good = error_set(error, "%s: %s", file, why.text);
    good = good && take_items(file, queue, error);
    buffer_free(&bytes);
    return good;
}

static void shuffle(struct queue *queue, uint64_t seed) {
    for (uint32_t i = queue->count; i > 1; i--) {
        uint32_t j = (uint32_t)(hash_random(&seed) % i);
        struct item kept = queue->items[i - 1];
        queue->items[i - 1] = queue->items[j];
        queue->items[j] = kept;
    }
}

/* ---- the answer ---- */

/* "3 1 | 2 5 | 4": every case once, grades divided by bars (a full-width one too). */
static bool take_answer(struct queue *queue, const char *line) {
    uint32_t grade = 0, place = 0;
    for (const char *at = line; *at;) {
        char *end;
        if (*at == ' ' || *at == ',' || *at == '\t') {
            at++;
        } else if (*at == '|' || !strncmp(at, "｜", 3)) {
            at += *at == '|' ? 1 : 3;
            if (++grade == GRADE_COUNT)
                return false;
        } else if (*at >= '1' && *at <= '9') {
            unsigned long number = strtoul(at, &end, 10);
            if (number > queue->count || queue->items[number - 1].place)
                return false;
            queue->items[number - 1].place = ++place;
            queue->items[number - 1].given = grade;
            at = end;
        } else {
            return false;
        }
    }
    return place == queue->count && grade == GRADE_COUNT - 1;
}

static void forget_answer(struct queue *queue) {
    for (uint32_t i = 0; i < queue->count; i++)
        queue->items[i].place = 0;
}

static struct queue_result compare(const struct queue *queue) {
    struct queue_result result = {0};
    uint32_t table[GRADE_COUNT * GRADE_COUNT] = {0};
    for (uint32_t i = 0; i < queue->count; i++) {
        const struct item *a = &queue->items[i];
        table[a->key * GRADE_COUNT + a->given]++;
        result.right += a->key == a->given;
        for (uint32_t j = 0; j < queue->count; j++) {
            const struct item *b = &queue->items[j];
            result.pairs += a->key < b->key;
            result.swapped += a->key < b->key && a->place > b->place;
        }
    }
    result.has_kappa = kappa(table, GRADE_COUNT, KAPPA_LINEAR, &result.kappa);
    return result;
}

/* ---- telling ---- */

static void tell_queue(const struct queue *queue, struct buffer *out) {
    buffer_printf(out, "%s\n",
                  _("Put these cases in order, most urgent first, with a bar between the urgent, "
                    "the important and the general ones: 3 1 | 2 5 | 4"));
    for (uint32_t i = 0; i < queue->count; i++) {
        buffer_printf(out, "  %u. ", i + 1);
        display_add(out, queue->items[i].text, strlen(queue->items[i].text), false);
        buffer_add_byte(out, '\n');
    }
}

static void tell_cases_json(const struct queue *queue, struct buffer *out) {
    buffer_add_text(out, "{\"kind\": \"cases\", \"cases\": [");
    for (uint32_t i = 0; i < queue->count; i++) {
        const struct item *item = &queue->items[i];
        buffer_add_text(out, i ? ", {\"id\": " : "{\"id\": ");
        json_add_string(out, item->id, strlen(item->id));
        buffer_add_text(out, ", \"text\": ");
        json_add_string(out, item->text, strlen(item->text));
        buffer_add_byte(out, '}');
    }
    buffer_add_text(out, "]}\n");
}

static void tell_item(const struct item *item, uint32_t number, struct buffer *out) {
    buffer_printf(out, "  %s %u. %s", item->key == item->given ? "✓" : "✗", number,
                  grade_name(item->key));
    buffer_printf(out, _(" (urgency %u × impact %u)"), item->urgency, item->impact);
    if (item->key != item->given)
        buffer_printf(out, _(" · you said %s"), grade_name(item->given));
    buffer_add_text(out, " · ");
    display_add(out, item->text, strlen(item->text), false);
    buffer_add_byte(out, '\n');
}

static void tell_result(const struct queue *queue, const struct queue_result *result,
                        struct buffer *out) {
    for (uint32_t grade = 0; grade < GRADE_COUNT; grade++)
        for (uint32_t i = 0; i < queue->count; i++)
            if (queue->items[i].key == grade)
                tell_item(&queue->items[i], i + 1, out);
    buffer_printf(out, _("Grades right: %u of %u · pairs in the wrong order: %u of %u"),
                  result->right, queue->count, result->swapped, result->pairs);
    if (result->has_kappa)
        buffer_printf(out, _(" · weighted kappa %.2f"), result->kappa);
    buffer_add_byte(out, '\n');
}

static void tell_json(const struct queue *queue, const struct queue_result *result,
                      struct buffer *out) {
    buffer_add_text(out, "{\"kind\": \"queue\", \"items\": [");
    for (uint32_t i = 0; i < queue->count; i++) {
        const struct item *item = &queue->items[i];
        buffer_add_text(out, i ? ", {\"id\": " : "{\"id\": ");
        json_add_string(out, item->id, strlen(item->id));
        buffer_printf(out, ", \"key\": %u, \"given\": %u, \"place\": %u}", item->key, item->given,
                      item->place);
    }
    buffer_printf(out,
                  "], \"right\": %u, \"pairs\": %u, \"swapped\": %u, \"kappa\": ", result->right,
                  result->pairs, result->swapped);
    if (result->has_kappa)
        buffer_printf(out, "%.6f}\n", result->kappa);
    else
        buffer_add_text(out, "null}\n");
}

/* ---- keeping ---- */

/* DATA/drills.csv: a line a queue that was ordered. */
static bool keep(const struct options *options, const struct queue_result *result,
                 const char *answer, struct error *error) {
    static const char *const header[] = {"start",   "trainee", "right", "pairs",
                                         "swapped", "kappa",   "answer"};
    char when[32], right[16], pairs[16], swapped[16], agreement[32] = "";
    char *trainee = command_trainee(options, options->trainee);
    const char *const fields[] = {command_now(when), trainee,   right, pairs,
                                  swapped,           agreement, answer};
    struct buffer path = {0};
    snprintf(right, sizeof right, "%u", result->right);
    snprintf(pairs, sizeof pairs, "%u", result->pairs);
    snprintf(swapped, sizeof swapped, "%u", result->swapped);
    if (result->has_kappa)
        snprintf(agreement, sizeof agreement, "%.6f", result->kappa);
    file_join(&path, options->data, "drills.csv");
    bool kept = table_add(path.bytes, header, sizeof header / sizeof *header, fields, error);
    free(trainee);
    buffer_free(&path);
    return kept;
}

/* ---- the drill ---- */

static bool read_line(struct buffer *line) {
    char byte;
    buffer_clear(line);
    while (line->length < LINE_MOST) {
        ssize_t got = read(STDIN_FILENO, &byte, 1);
        if (got <= 0)
            return line->length > 0;
        if (byte == '\n')
            return true;
        if (byte != '\r' && byte != 0)
            buffer_add_byte(line, byte);
    }
    return true;
}

static int show(struct buffer *out) {
    int status = command_write(out) ? EXIT_DONE : EXIT_IO;
    buffer_clear(out);
    return status;
}

static int order(const struct options *options, struct queue *queue, struct buffer *out) {
    struct buffer line = {0};
    struct error error;
    bool taken = false;
    shuffle(queue, options->seed_given ? options->seed : command_seed());
    (options->json ? tell_cases_json : tell_queue)(queue, out);
    int status = show(out);
    while (status == EXIT_DONE && !taken && read_line(&line)) {
        taken = take_answer(queue, buffer_text(&line));
        if (!taken) {
            forget_answer(queue);
            command_fail(EXIT_DONE, "%s",
                         _("name every number once, with two bars: 3 1 | 2 5 | 4"));
        }
    }
    if (taken) {
        struct queue_result result = compare(queue);
        (options->json ? tell_json : tell_result)(queue, &result, out);
        status = show(out);
        if (!keep(options, &result, buffer_text(&line), &error))
            status = command_fail(EXIT_IO, "%s", error.text);
    }
    buffer_free(&line);
    return status;
}

static char *shipped(int *status) {
    struct folders folders;
    struct error error;
    struct buffer path = {0};
    if (folders_find(&folders, &error))
        file_join(&path, folders.scenarios, "drills/queue.json");
    else
        *status = command_fail(EXIT_IO, "%s", error.text);
    folders_free(&folders);
    return buffer_release(&path);
}

int drill_queue(const struct options *options, const char *file) {
    int status = EXIT_DONE;
    struct queue queue = {0};
    struct buffer out = {0};
    struct error error;
    char *path = file ? memory_text(file) : shipped(&status);
    if (status == EXIT_DONE && !read_queue(path, &queue, &error))
        status = command_fail(EXIT_IO, "%s", error.text);
    if (status == EXIT_DONE)
        status = order(options, &queue, &out);
    cJSON_Delete(queue.root);
    buffer_free(&out);
    free(path);
    return status;
}
