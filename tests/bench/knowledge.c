/* Searching 10,000 articles as one types, beside what SQLite takes to look through their texts
 * (LIKE): a search is asked for at every key, so the slowest one in a hundred counts. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "knowledge/knowledge.h"

#define ARTICLES 10000
#define HITS 20

static const char *const nouns[] = {"适配器", "电池", "主板",   "快递", "退款",   "发票",
                                    "会员",   "密码", "路由器", "订单", "优惠券", "地址"};
static const char *const verbs[] = {"更换", "检查", "重置", "登记", "查询", "取消", "修改", "催促"};
static const char *const things[] = {"adapter", "battery", "board",  "parcel",
                                     "refund",  "invoice", "member", "password",
                                     "router",  "order",   "coupon", "address"};
static const char *const deeds[] = {"replace", "check",  "reset",  "register",
                                    "query",   "cancel", "change", "urge"};
static const char *const queries[] = {"更换适配器",
                                      "发票 地址",
                                      "退款多久到账",
                                      "reset password",
                                      "refund coupon",
                                      "check the router",
                                      "订单",
                                      "a",
                                      "查"};

#define PICK(list, seed) (list)[hash_random(&(seed)) % (sizeof(list) / sizeof *(list))]

static void make_article(struct buffer *out, unsigned number, uint64_t *seed) {
    buffer_printf(out,
                  "%s{\"id\": \"a%u\", \"title\": {\"zh\": \"%s%s第%u种\", \"en\": \"%s the %s, "
                  "way %u\"}, \"body\": {\"zh\": \"",
                  number ? ",\n" : "", number, PICK(verbs, *seed), PICK(nouns, *seed), number,
                  PICK(deeds, *seed), PICK(things, *seed), number);
    for (int i = 0; i < 12; i++)
        buffer_printf(out, "先%s%s，再看结果。", PICK(verbs, *seed), PICK(nouns, *seed));
    buffer_add_text(out, "\", \"en\": \"");
    for (int i = 0; i < 12; i++)
        buffer_printf(out, "First %s the %s and look. ", PICK(deeds, *seed), PICK(things, *seed));
    buffer_add_text(out, "\"}}");
}

static void make_base(const char *path) {
    struct buffer out = {0};
    struct error error;
    uint64_t seed = 7;
    buffer_add_text(&out, "{\"format\": \"itr-knowledge/1\", \"articles\": [\n");
    for (unsigned i = 0; i < ARTICLES; i++)
        make_article(&out, i, &seed);
    buffer_add_text(&out, "]}\n");
    if (!file_replace(path, out.bytes, out.length, &error))
        abort();
    buffer_free(&out);
}

static sqlite3_stmt *make_peer(const struct knowledge *knowledge, sqlite3 **database) {
    sqlite3_stmt *insert, *search;
    sqlite3_open(":memory:", database);
    sqlite3_exec(*database, "CREATE TABLE article(text); BEGIN", NULL, NULL, NULL);
    sqlite3_prepare_v2(*database, "INSERT INTO article VALUES(?1||?2||?3||?4)", -1, &insert, NULL);
    for (size_t i = 0; i < knowledge_count(knowledge); i++) {
        const struct article *article = knowledge_article(knowledge, i);
        sqlite3_bind_text(insert, 1, article->title[0], -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, article->title[1], -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, article->body[0], -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 4, article->body[1], -1, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_exec(*database, "COMMIT", NULL, NULL, NULL);
    sqlite3_prepare_v2(*database, "SELECT rowid FROM article WHERE text LIKE '%'||?1||'%'", -1,
                       &search, NULL);
    return search;
}

static size_t peer_search(sqlite3_stmt *search, const char *query, size_t length) {
    size_t count = 0;
    sqlite3_bind_text(search, 1, query, (int)length, SQLITE_STATIC);
    while (sqlite3_step(search) == SQLITE_ROW)
        count++;
    sqlite3_reset(search);
    return count;
}

/* Every beginning of every query that ends with a whole character. */
static size_t measure(struct knowledge *knowledge, sqlite3_stmt *search, double *ours,
                      double *peers) {
    size_t count = 0;
    uint32_t hits[HITS];
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++)
        for (size_t length = 1; length <= strlen(queries[q]); length++) {
            if (utf8_check(queries[q], length) != length)
                continue;
            double start = bench_now();
            knowledge_search(knowledge, queries[q], length, hits, HITS);
            ours[count] = bench_now() - start;
            start = bench_now();
            peer_search(search, queries[q], length);
            peers[count++] = bench_now() - start;
        }
    return count;
}

int main(void) {
    char folder[] = "/tmp/itr-bench-knowledge-XXXXXX", path[64];
    double ours[512], peers[512];
    struct findings findings = {0};
    sqlite3 *database;
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/base.json", folder);
    make_base(path);
    double start = bench_now();
    struct knowledge *knowledge = knowledge_open(folder, NULL, &findings);
    double opened = bench_now();
    uint32_t hit;
    knowledge_search(knowledge, "x", 1, &hit, 1);
    printf("%d articles: read in %.0f ms, indexed in %.0f ms\n", ARTICLES, 1e3 * (opened - start),
           1e3 * (bench_now() - opened));
    sqlite3_stmt *search = make_peer(knowledge, &database);
    size_t count = measure(knowledge, search, ours, peers);
    bench_heading();
    bench_row_duration(
        "search at a key, median", "ms", 1e3, "SQLite LIKE",
        (struct bench_times){bench_quantile(ours, count, 0.5), bench_quantile(peers, count, 0.5)});
    bench_row_duration("search at a key, slowest in 100", "ms", 1e3, "SQLite LIKE",
                       (struct bench_times){bench_quantile(ours, count, 0.99),
                                            bench_quantile(peers, count, 0.99)});
    sqlite3_finalize(search);
    sqlite3_close(database);
    knowledge_free(knowledge);
    unlink(path);
    rmdir(folder);
    return 0;
}
