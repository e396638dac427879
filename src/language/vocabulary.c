/* Slips are found as Garbe's symmetric deletes do it: each known word is also kept under the hashes
 * of itself with one letter left out, and so is the word looked up; a candidate is then compared
 * letter by letter. A bitmap in front of the table answers most words that are near nothing. */
#include "language/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { SLIP_LONGEST = 24, FORM_ROOM = 64, CLOSURE_ROOM = 512 };

struct word {
    uint64_t hash;
    uint32_t letters; /* where they begin in the pool */
    uint32_t symbols; /* where they begin in the list */
    uint16_t count;   /* letters */
    uint16_t symbol_count;
    uint16_t spelling; /* its number among the spellings, + 1; 0 none */
    bool carries;      /* some symbol, wanted or not */
};

struct spelling {
    size_t count;
    uint32_t words[WORD_SPELLING];
};

struct carried {
    uint32_t word, symbol;
};

/* A place in a table of words: enough of the hash to know a stranger without looking further. */
struct entry {
    uint32_t tag;  /* of the hash */
    uint32_t word; /* + 1, so that 0 is a free place */
};

struct vocabulary {
    struct word *words;
    size_t count, capacity;
    uint32_t *pool;
    size_t pool_count, pool_capacity;
    struct entry *table; /* open addressing */
    size_t table_size;
    struct spelling *spellings;
    size_t spelling_count, spelling_capacity;
    struct carried *carried;
    size_t carried_count, carried_capacity;
    uint32_t *symbols;
    size_t symbol_count, symbol_capacity;
    struct entry *slips;
    size_t slip_size; /* 0 until closed */
    uint64_t *sieve;  /* slip_size * 8 bits */
};

struct vocabulary *vocabulary_new(void) {
    struct vocabulary *vocabulary = memory_new(sizeof *vocabulary);
    vocabulary->table_size = 1 << 14;
    vocabulary->table = memory_new(vocabulary->table_size * sizeof *vocabulary->table);
    return vocabulary;
}

void vocabulary_free(struct vocabulary *vocabulary) {
    if (vocabulary == NULL)
        return;
    free(vocabulary->words);
    free(vocabulary->pool);
    free(vocabulary->table);
    free(vocabulary->spellings);
    free(vocabulary->carried);
    free(vocabulary->symbols);
    free(vocabulary->slips);
    free(vocabulary->sieve);
    free(vocabulary);
}

static size_t place_of(uint64_t hash, size_t size) {
    return (size_t)((hash * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (size - 1);
}

static uint32_t tag_of(uint64_t hash) {
    return (uint32_t)(hash ^ hash >> 32);
}

uint32_t vocabulary_find(const struct vocabulary *vocabulary, uint64_t hash) {
    const struct entry *table = vocabulary->table;
    size_t last = vocabulary->table_size - 1;
    for (size_t place = place_of(hash, last + 1); table[place].word != 0;
         place = (place + 1) & last)
        if (table[place].tag == tag_of(hash) &&
            vocabulary->words[table[place].word - 1].hash == hash)
            return table[place].word - 1;
    return WORD_NONE;
}

static void table_put(struct vocabulary *vocabulary, uint32_t word) {
    uint64_t hash = vocabulary->words[word].hash;
    size_t place = place_of(hash, vocabulary->table_size);
    while (vocabulary->table[place].word != 0)
        place = (place + 1) & (vocabulary->table_size - 1);
    vocabulary->table[place] = (struct entry){tag_of(hash), word + 1};
}

static void table_grow(struct vocabulary *vocabulary) {
    free(vocabulary->table);
    vocabulary->table_size *= 2;
    vocabulary->table = memory_new(vocabulary->table_size * sizeof *vocabulary->table);
    for (uint32_t i = 0; i < vocabulary->count; i++)
        table_put(vocabulary, i);
}

uint32_t vocabulary_add(struct vocabulary *vocabulary, const uint32_t *letters, size_t count) {
    uint64_t hash = WORD_HASH_START;
    for (size_t i = 0; i < count; i++)
        hash = word_hash(hash, letters[i]);
    uint32_t found = vocabulary_find(vocabulary, hash);
    if (found != WORD_NONE)
        return found;
    vocabulary->words = memory_reserve(vocabulary->words, &vocabulary->capacity,
                                       vocabulary->count + 1, sizeof *vocabulary->words);
    vocabulary->pool = memory_reserve(vocabulary->pool, &vocabulary->pool_capacity,
                                      vocabulary->pool_count + count, sizeof *vocabulary->pool);
    memcpy(vocabulary->pool + vocabulary->pool_count, letters, count * sizeof *letters);
    uint32_t word = (uint32_t)vocabulary->count++;
    vocabulary->words[word] = (struct word){
        .hash = hash, .letters = (uint32_t)vocabulary->pool_count, .count = (uint16_t)count};
    vocabulary->pool_count += count;
    if (vocabulary->count * 4 > vocabulary->table_size * 3)
        table_grow(vocabulary);
    else
        table_put(vocabulary, word);
    return word;
}

static void carry(struct vocabulary *vocabulary, uint32_t word, uint32_t symbol) {
    vocabulary->carried =
        memory_reserve(vocabulary->carried, &vocabulary->carried_capacity,
                       vocabulary->carried_count + 1, sizeof *vocabulary->carried);
    vocabulary->carried[vocabulary->carried_count++] = (struct carried){word, symbol};
}

/* ---- light endings ---- */

static bool is_vowel(uint32_t c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static void carry_form(struct vocabulary *vocabulary, const uint32_t *stem, size_t count,
                       const char *ending, uint32_t symbol) {
    uint32_t form[FORM_ROOM];
    memcpy(form, stem, count * sizeof *form);
    for (; *ending != '\0'; ending++)
        form[count++] = (uint32_t)*ending;
    carry(vocabulary, vocabulary_add(vocabulary, form, count), symbol);
}

static bool takes_endings(const uint32_t *w, size_t n) {
    if (n < 3 || n > FORM_ROOM - 8)
        return false;
    for (size_t i = 0; i < n; i++)
        if (w[i] < 'a' || w[i] > 'z')
            return false;
    bool past = w[n - 2] == 'e' && w[n - 1] == 'd' && n > 4;
    bool going = n > 5 && w[n - 3] == 'i' && w[n - 2] == 'n' && w[n - 1] == 'g';
    return !past && !going && !(w[n - 1] == 's' && w[n - 2] != 's');
}

static void carry_endings(struct vocabulary *vocabulary, uint32_t word, uint32_t symbol) {
    uint32_t w[FORM_ROOM];
    size_t n = vocabulary->words[word].count;
    if (n > FORM_ROOM)
        return;
    memcpy(w, vocabulary->pool + vocabulary->words[word].letters, n * sizeof *w);
    if (!takes_endings(w, n))
        return;
    uint32_t last = w[n - 1], before = w[n - 2];
    bool sibilant = last == 's' || last == 'x' || last == 'z' ||
                    (last == 'h' && (before == 's' || before == 'c'));
    if (last == 'y' && !is_vowel(before)) {
        carry_form(vocabulary, w, n - 1, "ies", symbol);
        carry_form(vocabulary, w, n - 1, "ied", symbol);
    } else {
        carry_form(vocabulary, w, n, sibilant ? "es" : "s", symbol);
        carry_form(vocabulary, w, n, last == 'e' ? "d" : "ed", symbol);
    }
    if (last == 'e' && before != 'e')
        carry_form(vocabulary, w, n - 1, "ing", symbol);
    else
        carry_form(vocabulary, w, n, "ing", symbol);
    bool doubles = n <= 6 && !is_vowel(last) && is_vowel(before) && !is_vowel(w[n - 3]) &&
                   last != 'w' && last != 'x' && last != 'y';
    if (doubles) {
        w[n] = last;
        carry_form(vocabulary, w, n + 1, "ed", symbol);
        carry_form(vocabulary, w, n + 1, "ing", symbol);
    }
}

void vocabulary_carry(struct vocabulary *vocabulary, uint32_t word, uint32_t symbol, bool endings) {
    carry(vocabulary, word, symbol);
    if (endings)
        carry_endings(vocabulary, word, symbol);
}

void vocabulary_spell(struct vocabulary *vocabulary, uint32_t word, const uint32_t *words,
                      size_t count) {
    struct word *of = &vocabulary->words[word];
    if (of->spelling == 0 && vocabulary->spelling_count == UINT16_MAX)
        return;
    if (of->spelling == 0) {
        vocabulary->spellings =
            memory_reserve(vocabulary->spellings, &vocabulary->spelling_capacity,
                           vocabulary->spelling_count + 1, sizeof *vocabulary->spellings);
        of->spelling = (uint16_t)++vocabulary->spelling_count;
    }
    struct spelling *spelling = &vocabulary->spellings[of->spelling - 1];
    spelling->count = count < WORD_SPELLING ? count : WORD_SPELLING;
    memcpy(spelling->words, words, spelling->count * sizeof *words);
}

size_t vocabulary_spelling(const struct vocabulary *vocabulary, uint32_t word,
                           uint32_t words[WORD_SPELLING]) {
    const struct word *of = &vocabulary->words[word];
    if (of->spelling == 0)
        return 0;
    const struct spelling *spelling = &vocabulary->spellings[of->spelling - 1];
    memcpy(words, spelling->words, spelling->count * sizeof *words);
    return spelling->count;
}

/* ---- closing: symbol lists ---- */

static void add_symbol(struct vocabulary *vocabulary, uint32_t symbol) {
    vocabulary->symbols = memory_reserve(vocabulary->symbols, &vocabulary->symbol_capacity,
                                         vocabulary->symbol_count + 1, sizeof *vocabulary->symbols);
    vocabulary->symbols[vocabulary->symbol_count++] = symbol;
}

/* Symbols on their way into a list, each once. */
struct closing {
    const struct symbol_parents *parents;
    uint32_t *met; /* by symbol: in which list it was met last, + 1 */
    uint32_t list;
};

static void add_once(struct vocabulary *vocabulary, struct closing *closing, size_t start,
                     uint32_t symbol) {
    if (closing->met[symbol] == closing->list + 1 ||
        vocabulary->symbol_count - start >= CLOSURE_ROOM)
        return;
    closing->met[symbol] = closing->list + 1;
    add_symbol(vocabulary, symbol);
}

/* Adds `symbol` and all classes it makes alone to the list that began at `start`. */
static void add_closure(struct vocabulary *vocabulary, struct closing *closing, size_t start,
                        uint32_t symbol) {
    const struct symbol_parents *parents = closing->parents;
    size_t next = vocabulary->symbol_count;
    add_once(vocabulary, closing, start, symbol);
    for (; next < vocabulary->symbol_count; next++)
        for (uint32_t link = parents->first[vocabulary->symbols[next]]; link != 0;
             link = parents->next[link])
            add_once(vocabulary, closing, start, parents->class_symbol[link]);
}

static void keep_wanted(struct vocabulary *vocabulary, size_t start, const bool *wanted) {
    size_t kept = start;
    for (size_t i = start; i < vocabulary->symbol_count; i++)
        if (wanted[vocabulary->symbols[i]])
            vocabulary->symbols[kept++] = vocabulary->symbols[i];
    vocabulary->symbol_count = kept;
}

/* By word; within a word they stay in the order in which they came. */
static void sort_carried(struct vocabulary *vocabulary) {
    size_t *next = memory_new((vocabulary->count + 1) * sizeof *next);
    struct carried *sorted = memory_new((vocabulary->carried_count + 1) * sizeof *sorted);
    for (size_t i = 0; i < vocabulary->carried_count; i++)
        next[vocabulary->carried[i].word + 1]++;
    for (size_t i = 1; i <= vocabulary->count; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < vocabulary->carried_count; i++)
        sorted[next[vocabulary->carried[i].word]++] = vocabulary->carried[i];
    free(next);
    free(vocabulary->carried);
    vocabulary->carried = sorted;
}

static void close_symbols(struct vocabulary *vocabulary, const struct symbol_parents *parents) {
    sort_carried(vocabulary);
    struct closing closing = {parents, memory_new(parents->symbol_count * sizeof(uint32_t)), 0};
    for (size_t i = 0; i < vocabulary->carried_count; closing.list++) {
        uint32_t word = vocabulary->carried[i].word;
        size_t start = vocabulary->symbol_count;
        for (; i < vocabulary->carried_count && vocabulary->carried[i].word == word; i++)
            add_closure(vocabulary, &closing, start, vocabulary->carried[i].symbol);
        keep_wanted(vocabulary, start, parents->wanted);
        vocabulary->words[word].carries = true;
        vocabulary->words[word].symbols = (uint32_t)start;
        vocabulary->words[word].symbol_count = (uint16_t)(vocabulary->symbol_count - start);
    }
    free(closing.met);
    free(vocabulary->carried);
    vocabulary->carried = NULL;
}

/* ---- closing: the index of slips ---- */

static bool may_slip(const uint32_t *letters, size_t count, size_t least) {
    if (count < least || count > SLIP_LONGEST)
        return false;
    for (size_t i = 0; i < count; i++)
        if (letters[i] < 'a' || letters[i] > 'z')
            return false;
    return true;
}

#define SLIP_BASE UINT64_C(0x9FB21C651E98DF25)

/* The hashes of the letters as they stand, and with each letter left out but one that equals the
 * one before it; how many. Powers of a base weigh the letters from the last, so that what stands
 * before and behind a gap is known from its neighbour's. */
static size_t slip_hashes(const uint32_t *letters, size_t count,
                          uint64_t hashes[SLIP_LONGEST + 1]) {
    uint64_t before[SLIP_LONGEST + 1] = {0}, behind = 0, power = 1;
    size_t found = 1;
    for (size_t i = 0; i < count; i++)
        before[i + 1] = before[i] * SLIP_BASE + letters[i];
    hashes[0] = before[count];
    for (size_t i = count; i-- > 0; power *= SLIP_BASE) {
        if (i == 0 || letters[i] != letters[i - 1])
            hashes[found++] = before[i] * power + behind;
        behind += letters[i] * power;
    }
    return found;
}

static size_t sieve_bit(const struct vocabulary *vocabulary, uint64_t hash) {
    return (size_t)((hash * UINT64_C(0xC2B2AE3D27D4EB4F)) >> 24) & (vocabulary->slip_size * 8 - 1);
}

static void slip_put(struct vocabulary *vocabulary, uint64_t hash, uint32_t word) {
    size_t place = place_of(hash, vocabulary->slip_size);
    while (vocabulary->slips[place].word != 0)
        place = (place + 1) & (vocabulary->slip_size - 1);
    vocabulary->slips[place] = (struct entry){tag_of(hash), word + 1};
    size_t bit = sieve_bit(vocabulary, hash);
    vocabulary->sieve[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static bool word_may_slip(const struct vocabulary *vocabulary, const struct word *word) {
    return (word->carries || word->spelling != 0) &&
           may_slip(vocabulary->pool + word->letters, word->count, SLIP_LENGTH);
}

static void close_slips(struct vocabulary *vocabulary) {
    uint64_t hashes[SLIP_LONGEST + 1];
    size_t needed = 16;
    for (size_t i = 0; i < vocabulary->count; i++)
        if (word_may_slip(vocabulary, &vocabulary->words[i]))
            needed += vocabulary->words[i].count + 1;
    vocabulary->slip_size = 64;
    while (vocabulary->slip_size < needed * 5 / 4)
        vocabulary->slip_size *= 2;
    vocabulary->slips = memory_new(vocabulary->slip_size * sizeof *vocabulary->slips);
    vocabulary->sieve = memory_new(vocabulary->slip_size / 8 * sizeof *vocabulary->sieve);
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        const struct word *word = &vocabulary->words[i];
        if (!word_may_slip(vocabulary, word))
            continue;
        size_t count = slip_hashes(vocabulary->pool + word->letters, word->count, hashes);
        for (size_t k = 0; k < count; k++)
            slip_put(vocabulary, hashes[k], i);
    }
}

/* Nothing will grow any more. */
static void fit(struct vocabulary *vocabulary) {
    vocabulary->words =
        memory_resize(vocabulary->words, (vocabulary->count + 1) * sizeof *vocabulary->words);
    vocabulary->pool =
        memory_resize(vocabulary->pool, (vocabulary->pool_count + 1) * sizeof *vocabulary->pool);
    vocabulary->symbols = memory_resize(vocabulary->symbols, (vocabulary->symbol_count + 1) *
                                                                 sizeof *vocabulary->symbols);
}

void vocabulary_close(struct vocabulary *vocabulary, const struct symbol_parents *parents) {
    close_symbols(vocabulary, parents);
    close_slips(vocabulary);
    fit(vocabulary);
}

struct symbols vocabulary_symbols(const struct vocabulary *vocabulary, uint32_t word) {
    const struct word *of = &vocabulary->words[word];
    return (struct symbols){vocabulary->symbols + of->symbols, of->symbol_count};
}

size_t vocabulary_count(const struct vocabulary *vocabulary) {
    return vocabulary->count;
}

void vocabulary_mark_holders(const struct vocabulary *vocabulary, uint32_t symbol, bool *holds) {
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        struct symbols symbols = vocabulary_symbols(vocabulary, i);
        bool carries = false;
        for (size_t k = 0; k < symbols.count && !carries; k++)
            carries = symbols.items[k] == symbol;
        for (size_t k = 0; carries && k < symbols.count; k++)
            holds[symbols.items[k]] = true;
    }
}

/* ---- looking up slips ---- */

/* Whether two different words are one slip apart. */
static bool one_slip(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count) {
    size_t head = 0, shorter = a_count < b_count ? a_count : b_count;
    while (head < shorter && a[head] == b[head])
        head++;
    size_t tail = 0;
    while (tail < shorter - head && a[a_count - 1 - tail] == b[b_count - 1 - tail])
        tail++;
    size_t a_left = a_count - head - tail, b_left = b_count - head - tail;
    if (a_left <= 1 && b_left <= 1)
        return true;
    return a_left == 2 && b_left == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
}

static void near_by_hash(const struct vocabulary *vocabulary, uint64_t hash,
                         const uint32_t *letters, size_t count, uint32_t *words, size_t *found) {
    size_t bit = sieve_bit(vocabulary, hash);
    if (!(vocabulary->sieve[bit / 64] >> (bit % 64) & 1))
        return;
    size_t place = place_of(hash, vocabulary->slip_size);
    for (; vocabulary->slips[place].word != 0; place = (place + 1) & (vocabulary->slip_size - 1)) {
        uint32_t word = vocabulary->slips[place].word - 1;
        const struct word *of = &vocabulary->words[word];
        if (vocabulary->slips[place].tag != tag_of(hash) ||
            !one_slip(letters, count, vocabulary->pool + of->letters, of->count))
            continue;
        bool known = *found == WORD_NEAR;
        for (size_t i = 0; i < *found; i++)
            known |= words[i] == word;
        if (!known)
            words[(*found)++] = word;
    }
}

size_t vocabulary_near(const struct vocabulary *vocabulary, const uint32_t *letters, size_t count,
                       uint32_t words[WORD_NEAR]) {
    uint64_t hashes[SLIP_LONGEST + 1];
    size_t found = 0;
    if (vocabulary->slips == NULL || !may_slip(letters, count, SLIP_LENGTH - 1))
        return 0;
    size_t hash_count = slip_hashes(letters, count, hashes);
    near_by_hash(vocabulary, hashes[0], letters, count, words, &found);
    for (size_t k = hash_count; k-- > 1;)
        near_by_hash(vocabulary, hashes[k], letters, count, words, &found);
    return found;
}
