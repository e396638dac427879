/* How right the packs are about replies that people gold-labelled: read from $ITR_SHARED/data or
 * ../shared/data beside the source, never kept here; without them this is skipped (exit 77).
 *
 * 40 % of the dialogues, by a hash of their name, are *set aside*: nobody wrote rules looking at
 * them. Both parts are printed, and within each all records and those drawn without a word list
 * (random, whole, multi-turn), since a scorer by words looks better than it is on the others. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language/language.h"

enum { RECORDS_MOST = 4096, TURNS_MOST = 16, LEAST_FOR_MACRO = 10, SKIPPED = 77 };

enum part { PART_OPEN, PART_ASIDE, PART_COUNT };

struct record {
    cJSON *tree;
    const char *id, *text;
    enum language language;
    enum part part;
    bool by_lot; /* sample is random, whole or multi-turn */
    uint32_t gold, found, unsure;
    struct utterance context[TURNS_MOST];
    size_t context_count;
};

static struct record records[RECORDS_MOST];
static size_t record_count;

/* ---- reading ---- */

static const char *text_of(const cJSON *tree, const char *key) {
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(tree, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

/* FNV-1a, its third decimal digit: fixed for ever, so that what is set aside stays set aside. */
static enum part part_of(const char *dialogue) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *dialogue != '\0'; dialogue++)
        hash = (hash ^ (unsigned char)*dialogue) * UINT64_C(0x100000001b3);
    return (hash >> 16) % 10 < 4 ? PART_ASIDE : PART_OPEN;
}

static void read_context(struct record *record) {
    const cJSON *turn;
    cJSON_ArrayForEach(turn, cJSON_GetObjectItemCaseSensitive(record->tree, "context")) {
        const char *text = text_of(turn, "text");
        if (record->context_count < TURNS_MOST)
            record->context[record->context_count++] = (struct utterance){
                strcmp(text_of(turn, "who"), "agent") == 0 ? SPEAKER_AGENT : SPEAKER_CUSTOMER, text,
                strlen(text)};
    }
}

static void read_record(const char *line, size_t length) {
    struct error error;
    cJSON *tree = json_parse_line(line, length, &error);
    if (tree == NULL || record_count == RECORDS_MOST)
        return;
    struct record *record = &records[record_count++];
    const char *sample = text_of(tree, "sample");
    *record = (struct record){
        .tree = tree,
        .id = text_of(tree, "id"),
        .text = text_of(tree, "text"),
        .language = strcmp(text_of(tree, "lang"), "zh") == 0 ? LANGUAGE_ZH : LANGUAGE_EN,
        .part = part_of(text_of(tree, "dialogue")),
        .by_lot = strcmp(sample, "random") == 0 || strcmp(sample, "whole") == 0 ||
                  strcmp(sample, "multi-turn") == 0};
    const cJSON *label;
    cJSON_ArrayForEach(label, cJSON_GetObjectItemCaseSensitive(tree, "labels")) {
        int behaviour = behaviour_from(label->valuestring);
        if (behaviour >= 0)
            record->gold |= UINT32_C(1) << behaviour;
    }
    read_context(record);
}

static bool read_file(const char *folder, const char *name) {
    struct buffer path = {0}, bytes = {0};
    struct error error;
    file_join(&path, folder, name);
    bool read = file_read(buffer_text(&path), (size_t)64 << 20, &bytes, &error);
    for (size_t at = 0; read && at < bytes.length;) {
        const char *line = bytes.bytes + at, *end = memchr(line, '\n', bytes.length - at);
        size_t length = end != NULL ? (size_t)(end - line) : bytes.length - at;
        if (length > 0)
            read_record(line, length);
        at += length + 1;
    }
    buffer_free(&path);
    buffer_free(&bytes);
    return read;
}

static bool read_all(void) {
    const char *shared = getenv("ITR_SHARED"), *source = getenv("ITR_SOURCE");
    struct buffer folder = {0};
    if (shared != NULL)
        file_join(&folder, shared, "data");
    else
        file_join(&folder, source != NULL ? source : ".", "../shared/data");
    bool stated = read_file(buffer_text(&folder), "replies-dev.jsonl");
    bool asserted = read_file(buffer_text(&folder), "replies-dev-jddc.jsonl");
    buffer_free(&folder);
    return stated || asserted;
}

/* ---- judging ---- */

static struct lexicon *load_packs(void) {
    const char *source = getenv("ITR_SOURCE");
    struct buffer path = {0};
    struct findings findings = {0};
    file_join(&path, source != NULL ? source : ".", "scenarios/behaviours");
    struct lexicon *lexicon = lexicon_new();
    bool sound = lexicon_add_folder(lexicon, buffer_text(&path), &findings) &&
                 lexicon_finish(lexicon, &findings);
    buffer_free(&path);
    findings_free(&findings);
    if (sound)
        return lexicon;
    lexicon_free(lexicon);
    return NULL;
}

static void judge(const struct lexicon *lexicon) {
    struct reading reading = {0};
    for (size_t i = 0; i < record_count; i++) {
        struct record *record = &records[i];
        language_read(lexicon, record->context, record->context_count, record->text,
                      strlen(record->text), &reading);
        for (int k = 0; k < BEHAVIOUR_COUNT; k++) {
            if (reading.behaviours[k].verdict >= VERDICT_PARTIAL)
                record->found |= UINT32_C(1) << k;
            if (reading.behaviours[k].verdict == VERDICT_UNSURE)
                record->unsure |= UINT32_C(1) << k;
        }
    }
    reading_free(&reading);
}

/* ---- figures ---- */

struct count {
    size_t right, extra, missed; /* found and gold, found only, gold only */
};

static double f1(struct count count) {
    double sum = 2.0 * (double)count.right + (double)count.extra + (double)count.missed;
    return sum > 0 ? 2.0 * (double)count.right / sum : 0;
}

static double share(size_t part, size_t rest) {
    return part + rest > 0 ? (double)part / (double)(part + rest) : 0;
}

struct choice {
    enum language language;
    int part; /* enum part, or PART_COUNT: both */
    bool by_lot;
};

static bool chosen(const struct record *record, const struct choice *choice) {
    return record->language == choice->language &&
           (choice->part == PART_COUNT || record->part == (enum part)choice->part) &&
           (record->by_lot || !choice->by_lot);
}

static struct count count_label(const struct choice *choice, int behaviour) {
    struct count count = {0};
    for (size_t i = 0; i < record_count; i++) {
        if (!chosen(&records[i], choice))
            continue;
        bool gold = records[i].gold >> behaviour & 1, found = records[i].found >> behaviour & 1;
        count.right += gold && found;
        count.extra += found && !gold;
        count.missed += gold && !found;
    }
    return count;
}

static const char *const part_names[] = {"open", "set aside", "all"};

static void print_figures(const struct choice *choice, bool each) {
    struct count all = {0};
    double macro = 0;
    size_t labels = 0;
    for (int k = 0; k < BEHAVIOUR_COUNT; k++) {
        struct count count = count_label(choice, k);
        all.right += count.right;
        all.extra += count.extra;
        all.missed += count.missed;
        if (count.right + count.missed >= LEAST_FOR_MACRO) {
            macro += f1(count);
            labels++;
        }
        if (each && count.right + count.extra + count.missed > 0)
            printf("  %-22s n %3zu  wrongly given %2zu  P %.2f  R %.2f  F1 %.2f\n",
                   behaviour_name((enum behaviour)k), count.right + count.missed, count.extra,
                   share(count.right, count.extra), share(count.right, count.missed), f1(count));
    }
    printf("%s, %s, %s: micro F1 %.3f (P %.3f, R %.3f), macro F1 %.3f over %zu labels\n",
           language_code(choice->language), part_names[choice->part],
           choice->by_lot ? "drawn without word lists" : "all records", f1(all),
           share(all.right, all.extra), share(all.right, all.missed),
           labels > 0 ? macro / (double)labels : 0, labels);
}

/* How often the judge hesitates, and whether it was right to: where it says UNSURE, how often a
 * plain yes by the words would have been wrong and how often a plain no, against how often the
 * labels it does decide are wrong. A decision is a label that is gold, found or UNSURE. */
static void print_unsure(const struct choice *choice) {
    size_t decisions = 0, unsure = 0, labelled = 0, wrong = 0;
    for (size_t i = 0; i < record_count; i++) {
        const struct record *record = &records[i];
        if (!chosen(record, choice))
            continue;
        uint32_t decided = (record->gold | record->found) & ~record->unsure;
        decisions += (size_t)__builtin_popcount(decided | record->unsure);
        unsure += (size_t)__builtin_popcount(record->unsure);
        labelled += (size_t)__builtin_popcount(record->unsure & record->gold);
        wrong += (size_t)__builtin_popcount(decided & (record->gold ^ record->found));
    }
    printf("%s, %s: UNSURE on %zu of %zu label decisions (%.1f %%); a plain yes would be wrong on "
           "%.0f %% of them, a plain no on %.0f %%, the decided ones are wrong on %.1f %%\n",
           language_code(choice->language), part_names[choice->part], unsure, decisions,
           100 * share(unsure, decisions - unsure), 100 * share(unsure - labelled, labelled),
           100 * share(labelled, unsure - labelled),
           100 * share(wrong, decisions - unsure - wrong));
}

/* What is found in place of what: pairs of a missed and an extra label of one record. */
static void print_confusions(void) {
    size_t pairs[BEHAVIOUR_COUNT][BEHAVIOUR_COUNT] = {0};
    printf("confusions (missed → found instead), twice or more:\n");
    for (size_t i = 0; i < record_count; i++) {
        uint32_t missed = records[i].gold & ~records[i].found;
        uint32_t extra = records[i].found & ~records[i].gold;
        for (int a = 0; a < BEHAVIOUR_COUNT; a++)
            for (int b = 0; b < BEHAVIOUR_COUNT; b++)
                pairs[a][b] += (missed >> a & 1) && (extra >> b & 1);
    }
    for (int a = 0; a < BEHAVIOUR_COUNT; a++)
        for (int b = 0; b < BEHAVIOUR_COUNT; b++)
            if (pairs[a][b] > 1)
                printf("  %-22s → %-22s %zu\n", behaviour_name((enum behaviour)a),
                       behaviour_name((enum behaviour)b), pairs[a][b]);
}

static void drop_set_aside(void) {
    size_t kept = 0;
    for (size_t i = 0; i < record_count; i++) {
        if (records[i].part == PART_OPEN)
            records[kept++] = records[i];
        else
            cJSON_Delete(records[i].tree);
    }
    record_count = kept;
}

int main(int argc, char **argv) {
    bool open_only = argc > 1 && strcmp(argv[1], "--open") == 0;
    if (!read_all()) {
        printf("no data: set ITR_SHARED to the folder that holds data/replies-dev.jsonl\n");
        return SKIPPED;
    }
    struct lexicon *lexicon = load_packs();
    if (lexicon == NULL) {
        fprintf(stderr, "the packs can't be loaded\n");
        return 1;
    }
    if (open_only)
        drop_set_aside();
    judge(lexicon);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int part = 0; part < (open_only ? 1 : PART_COUNT); part++)
            for (int by_lot = 0; by_lot < 2; by_lot++)
                print_figures(&(struct choice){(enum language)language, part, by_lot != 0},
                              by_lot == 0);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int part = 0; part < (open_only ? 1 : PART_COUNT); part++)
            print_unsure(&(struct choice){(enum language)language, part, false});
    print_confusions();
    lexicon_free(lexicon);
    for (size_t i = 0; i < record_count; i++)
        cJSON_Delete(records[i].tree);
    return 0;
}
