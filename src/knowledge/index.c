/* SQLite FTS5 in memory, contentless: it holds words and places, the articles keep their texts.
 * Our tokeniser cuts (language_words). English endings are taken off the query, not off the
 * articles: every word is looked for as a beginning, so that what is half typed finds what it will
 * find. */
#include "knowledge/index.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct index {
    sqlite3 *database;
    sqlite3_stmt *search;
};

/* ---- the tokeniser ---- */

struct token_sink {
    void *context;
    int (*token)(void *, int, const char *, int, int, int);
    int result;
};

static bool give_token(void *user, const char *word, size_t length, uint32_t from, uint32_t to) {
    struct token_sink *sink = user;
    sink->result = sink->token(sink->context, 0, word, (int)length, (int)from, (int)to);
    return sink->result == SQLITE_OK;
}

static int tokenise(Fts5Tokenizer *self, void *context, int flags, const char *text, int length,
                    int (*token)(void *, int, const char *, int, int, int)) {
    struct token_sink sink = {context, token, SQLITE_OK};
    language_words(text, (size_t)length, flags & FTS5_TOKENIZE_QUERY, give_token, &sink);
    (void)self;
    return sink.result;
}

static int make_tokeniser(void *context, const char **arguments, int count, Fts5Tokenizer **out) {
    static char one; /* it has no state */
    *out = (Fts5Tokenizer *)(void *)&one;
    (void)context, (void)arguments, (void)count;
    return SQLITE_OK;
}

static void drop_tokeniser(Fts5Tokenizer *self) {
    (void)self;
}

/* The way to FTS5's interface is a pointer bound to a query (sqlite.org/fts5.html, 7.1). */
static fts5_api *fts5_of(sqlite3 *database) {
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

/* ---- the rank ---- */

enum { COLUMN_TITLE_ZH, COLUMN_TITLE_EN, COLUMN_TAGS, COLUMN_BODY_ZH, COLUMN_BODY_EN, COLUMNS };
static const int column_worth[COLUMNS] = {10, 10, 6, 1, 1};

#define EACH_WORD 100 /* another word of the query outweighs any number of places of one */
#define PLACES 3 /* of a word in a column count: saying it ten times makes nothing fit better */

static void count_places(const Fts5ExtensionApi *api, Fts5Context *context, int word, int *worth) {
    int places[COLUMNS] = {0}, count = 0, sum = 0;
    api->xInstCount(context, &count);
    for (int i = 0; i < count; i++) {
        int phrase, column, offset;
        if (api->xInst(context, i, &phrase, &column, &offset) == SQLITE_OK && phrase == word &&
            places[column]++ < PLACES)
            sum += column_worth[column];
    }
    *worth += sum ? EACH_WORD + sum : 0;
}

/* What FTS5's BM25 would cost grows with every article that a word occurs in; this does not. */
static void rank(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result,
                 int argument_count, sqlite3_value **arguments) {
    int worth = 0;
    for (int word = 0; word < api->xPhraseCount(context); word++)
        count_places(api, context, word, &worth);
    sqlite3_result_int(result, worth);
    (void)argument_count, (void)arguments;
}

static bool add_functions(sqlite3 *database) {
    fts5_tokenizer ours = {make_tokeniser, drop_tokeniser, tokenise};
    fts5_api *api = fts5_of(database);
    return api && api->xCreateTokenizer(api, "words", NULL, &ours, NULL) == SQLITE_OK &&
           api->xCreateFunction(api, "worth", NULL, rank, NULL) == SQLITE_OK;
}

/* ---- filling ---- */

static bool run(sqlite3 *database, const char *sql) {
    return sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool insert(sqlite3_stmt *statement, size_t number, const struct article *article) {
    const char *const columns[] = {article->title[LANGUAGE_ZH], article->title[LANGUAGE_EN],
                                   article->tags, article->body[LANGUAGE_ZH],
                                   article->body[LANGUAGE_EN]};
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)number + 1);
    for (int i = 0; i < 5; i++) {
        /* one text for both languages counts once */
        bool twice = (i == 1 || i == 4) && columns[i] == columns[i == 1 ? 0 : 3];
        sqlite3_bind_text(statement, i + 2, twice ? "" : columns[i], -1, SQLITE_STATIC);
    }
    bool done = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
    return done;
}

static bool fill(sqlite3 *database, const struct articles *articles) {
    sqlite3_stmt *statement = NULL;
    bool good = run(database, "BEGIN") &&
                sqlite3_prepare_v2(database,
                                   "INSERT INTO article(rowid, title_zh, title_en, tags, body_zh, "
                                   "body_en) VALUES(?1,?2,?3,?4,?5,?6)",
                                   -1, &statement, NULL) == SQLITE_OK;
    for (size_t i = 0; good && i < articles->count; i++)
        good = articles->items[i].draft || insert(statement, i, &articles->items[i]);
    sqlite3_finalize(statement);
    return good && run(database, "COMMIT");
}

static bool make(struct index *index, const struct articles *articles) {
    return sqlite3_open_v2(":memory:", &index->database,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                           NULL) == SQLITE_OK &&
           add_functions(index->database) &&
           run(index->database,
               "CREATE VIRTUAL TABLE article USING fts5(title_zh, title_en, tags, body_zh, "
               "body_en, content='', prefix='1 2 3', tokenize='words')") &&
           fill(index->database, articles) &&
           sqlite3_prepare_v2(index->database,
                              "SELECT rowid FROM (SELECT rowid, worth(article) AS worth FROM "
                              "article WHERE article MATCH ?1 LIMIT ?2) "
                              "ORDER BY worth DESC, rowid LIMIT ?3",
                              -1, &index->search, NULL) == SQLITE_OK;
}

struct index *index_new(const struct articles *articles) {
    struct index *index = memory_new(sizeof *index);
    if (!make(index, articles))
        memory_exhausted();
    return index;
}

void index_free(struct index *index) {
    if (!index)
        return;
    sqlite3_finalize(index->search);
    sqlite3_close(index->database);
    free(index);
}

/* ---- searching ---- */

#define QUERY_WORDS 24 /* more of a pasted page would only slow it down */
#define RANKED 1000    /* so many that fit are ranked: a word of every article stays quick */
#define STEM_LEAST 4

struct terms {
    struct buffer all; /* every word must occur */
    struct buffer any; /* any of them */
    size_t count;
};

static bool ends(const char *word, size_t length, const char *ending) {
    size_t size = strlen(ending);
    return length >= size + STEM_LEAST && !memcmp(word + length - size, ending, size);
}

/* Light English endings off, so that "charging" begins like "charge" and "battery" like
 * "batteries". */
static size_t stem(const char *word, size_t length) {
    static const char *const endings[] = {"ing", "ies", "ed", "es", "s", "e", "y"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends(word, length, endings[i]))
            return length - strlen(endings[i]);
    return length;
}

/* Quoted, so that nothing typed is ever an operator of FTS5's language. Words hold no quotes. */
static bool take_word(void *user, const char *word, size_t length, uint32_t from, uint32_t to) {
    struct terms *terms = user;
    if (terms->count++) {
        buffer_add_text(&terms->all, " AND ");
        buffer_add_text(&terms->any, " OR ");
    }
    int stemmed = (int)stem(word, length);
    buffer_printf(&terms->all, "\"%.*s\"*", stemmed, word);
    buffer_printf(&terms->any, "\"%.*s\"*", stemmed, word);
    (void)from, (void)to;
    return terms->count < QUERY_WORDS;
}

static size_t find(struct index *index, const char *match, uint32_t *hits, size_t room) {
    size_t count = 0;
    sqlite3_bind_text(index->search, 1, match, -1, SQLITE_STATIC);
    sqlite3_bind_int64(index->search, 2, RANKED);
    sqlite3_bind_int64(index->search, 3, (sqlite3_int64)room);
    while (count < room && sqlite3_step(index->search) == SQLITE_ROW)
        hits[count++] = (uint32_t)(sqlite3_column_int64(index->search, 0) - 1);
    sqlite3_reset(index->search);
    return count;
}

static bool has(const uint32_t *hits, size_t count, uint32_t hit) {
    for (size_t i = 0; i < count; i++)
        if (hits[i] == hit)
            return true;
    return false;
}

/* Titles and tags first, then what only a body says: so the best are ranked whatever the limit. */
static size_t find_in_order(struct index *index, const struct buffer *match, uint32_t *hits,
                            size_t room) {
    struct buffer titles = {0};
    buffer_printf(&titles, "{title_zh title_en tags} : (%s)", match->bytes);
    size_t count = find(index, buffer_text(&titles), hits, room), kept = count;
    uint32_t *more = memory_new((room + 1) * sizeof *more);
    size_t found = count < room ? find(index, match->bytes, more, room) : 0;
    for (size_t i = 0; i < found && kept < room; i++)
        if (!has(hits, count, more[i]))
            hits[kept++] = more[i];
    free(more);
    buffer_free(&titles);
    return kept;
}

size_t index_search(struct index *index, const char *query, size_t length, uint32_t *hits,
                    size_t room) {
    struct terms terms = {0};
    language_words(query, length, true, take_word, &terms);
    size_t count = terms.count ? find_in_order(index, &terms.all, hits, room) : 0;
    if (!count && terms.count > 1)
        count = find_in_order(index, &terms.any, hits, room);
    buffer_free(&terms.all);
    buffer_free(&terms.any);
    return count;
}
