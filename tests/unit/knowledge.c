/* Rows 16, 30, 99: articles are found as one types, in both languages, ranked; a trainee's note is
 * found once a coach approved it, and never when it was rejected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "knowledge/knowledge.h"

static char folder[64];

static int enter_folder(void **state) {
    strcpy(folder, "/tmp/itr-knowledge-XXXXXX");
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state) {
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static const char base[] =
    "{\"format\": \"itr-knowledge/1\", \"articles\": ["
    "{\"id\": \"adapter\", \"title\": {\"zh\": \"平板充不进电\", \"en\": \"Tablet does not "
    "charge\"},"
    " \"body\": {\"zh\": \"先换原装适配器再试。\", \"en\": \"Try another original adapter "
    "first.\"},"
    " \"tags\": [\"charger\", \"充电器\"], \"updated\": \"2026-01-31\"},"
    "{\"id\": \"returns\", \"title\": {\"zh\": \"七天退货\", \"en\": \"Returns within seven "
    "days\"},"
    " \"body\": {\"zh\": \"签收后七天内可以退货, 适配器也要寄回。\","
    "            \"en\": \"Send everything back, the adapter as well; batteries too.\"}},"
    "{\"id\": \"later\", \"title\": \"退货草稿\", \"body\": \"x\", \"state\": \"draft\"}]}";

static void write_file(const char *path, const char *text) {
    struct error error = {0};
    if (!file_replace(path, text, strlen(text), &error))
        fail_msg("%s", error.text);
}

static struct knowledge *open_base(void) {
    struct findings findings = {0};
    struct error error;
    assert_true(file_exists("kb") || file_make_folder("kb", &error));
    write_file("kb/base.json", base);
    struct knowledge *knowledge = knowledge_open("kb", ".", &findings);
    assert_int_equal(findings.errors, 0);
    return knowledge;
}

/* The ids found, with a space behind each. */
static const char *found(struct knowledge *knowledge, const char *query) {
    static char ids[256];
    uint32_t hits[8];
    size_t count = knowledge_search(knowledge, query, strlen(query), hits, 8);
    ids[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        strcat(ids, knowledge_article(knowledge, hits[i])->id);
        strcat(ids, " ");
    }
    return ids;
}

static void finds_in_both_languages(void **state) {
    struct knowledge *knowledge = open_base();
    assert_string_equal(found(knowledge, "充不进电"), "adapter ");
    assert_string_equal(found(knowledge, "charge"), "adapter ");
    assert_string_equal(found(knowledge, "charging"), "adapter "); /* stemmed */
    assert_string_equal(found(knowledge, "battery"), "returns ");
    assert_string_equal(found(knowledge, "ＣＨＡＲＧＥＲ"), "adapter "); /* full width, a tag */
    assert_string_equal(found(knowledge, "七天退貨"), "returns ");       /* traditional */
    assert_string_equal(found(knowledge, "退"), "returns ");             /* one character */
    assert_string_equal(found(knowledge, "平板适配器"), "adapter returns ");
    assert_string_equal(found(knowledge, ""), "");
    assert_string_equal(found(knowledge, "  ,;。 "), "");
    assert_string_equal(found(knowledge, "冰箱"), "");
    knowledge_free(knowledge);
}

static void finds_while_typing(void **state) {
    struct knowledge *knowledge = open_base();
    const char *query = "original adapter";
    for (size_t length = 2; length <= strlen(query); length++) {
        uint32_t hits[4];
        size_t count = knowledge_search(knowledge, query, length, hits, 4);
        assert_true(count >= 1);
        assert_string_equal(knowledge_article(knowledge, hits[0])->id, "adapter");
    }
    knowledge_free(knowledge);
}

static void ranks_titles_first(void **state) {
    struct knowledge *knowledge = open_base();
    assert_string_equal(found(knowledge, "adapter"), "adapter returns ");
    assert_string_equal(found(knowledge, "适配器"), "adapter returns ");
    assert_string_equal(found(knowledge, "returns adapter"), "returns ");
    knowledge_free(knowledge);
}

/* Whatever is typed is text, never a query language; and any bytes are fine. */
static void takes_anything(void **state) {
    static const char *const queries[] = {"\"",           "a AND",     "NOT returns", "title_en: x",
                                          "returns*",     "NEAR(a b)", "'; DROP",     "\\\\\"",
                                          "\xff\xfe退货", "(",         "^returns",    "a\nb\tc"};
    struct knowledge *knowledge = open_base();
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        found(knowledge, queries[i]);
    assert_string_equal(found(knowledge, "\"returns\""), "returns ");
    char *page = memory_new(1 << 20);
    memset(page, 'a', (1 << 20) - 1);
    found(knowledge, page);
    free(page);
    knowledge_free(knowledge);
}

static void names_what_is_wrong(void **state) {
    static const struct {
        const char *text, *code;
        size_t line;
    } cases[] = {
        {"{\"format\": \"itr-knowledge/1\",\n\"articles\": [{\"id\": \"a\"}]}", "knowledge-value",
         2},
        {"{\"format\": \"other\", \"articles\": []}", "knowledge-value", 1},
        {"{\"format\": \"itr-knowledge/1\"}", "knowledge-value", 1},
        {"{\"format\": \"itr-knowledge/1\", \"articles\": [\n{\"id\": \"a\", \"title\": \"t\", "
         "\"body\": \"b\", \"colour\": 1}]}",
         "knowledge-key", 2},
        {"{\"format\": \"itr-knowledge/1\", \"articles\": [\n"
         "{\"id\": \"a\", \"title\": \"t\", \"body\": \"b\"},\n"
         "{\"id\": \"a\", \"title\": \"t\", \"body\": \"b\"}]}",
         "knowledge-double", 3},
        {"{\"format\": \"itr-knowledge/1\", \"articles\": [{\"id\": \"a\", \"title\": \"t\",\n"
         "\"body\": \"b\", \"updated\": \"31.1.2026\"}]}",
         "knowledge-value", 2},
    };
    struct error error;
    assert_true(file_make_folder("bad", &error));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct findings findings = {0};
        write_file("bad/x.json", cases[i].text);
        struct knowledge *knowledge = knowledge_open("bad", NULL, &findings);
        assert_int_equal(knowledge_count(knowledge), 0);
        assert_int_equal(findings.errors, 1);
        assert_string_equal(findings.items[0].code, cases[i].code);
        assert_int_equal(findings.items[0].line, cases[i].line);
        knowledge_free(knowledge);
        findings_free(&findings);
    }
}

static void decide(bool approved) {
    struct error error = {0};
    const struct decision decision = {.time = "2026-02-01T08:30:00Z",
                                      .id = "083000-device-dead-ab12:17",
                                      .by = "coach",
                                      .title = "风扇声大先清灰",
                                      .text = "客户说风扇响, 先问多久没清灰。",
                                      .reason = "",
                                      .approved = approved};
    if (!knowledge_decide(".", &decision, &error))
        fail_msg("%s", error.text);
}

/* Row 16: approved it is found; rejected it is not; the last decision counts. */
static void an_approved_note_is_found(void **state) {
    struct arena *arena = arena_new();
    struct decision last;
    struct error error = {0};
    struct knowledge *knowledge = open_base();
    assert_string_equal(found(knowledge, "风扇"), "");
    knowledge_free(knowledge);
    assert_false(knowledge_decision(".", "083000-device-dead-ab12:17", &last, arena, &error));

    decide(true);
    knowledge = open_base();
    assert_string_equal(found(knowledge, "风扇"), "083000-device-dead-ab12:17 ");
    int64_t index = knowledge_find(knowledge, "083000-device-dead-ab12:17");
    assert_true(index >= 0);
    assert_string_equal(knowledge_article(knowledge, (size_t)index)->updated, "2026-02-01");
    knowledge_free(knowledge);

    decide(false);
    knowledge = open_base();
    assert_string_equal(found(knowledge, "风扇"), "");
    assert_true(knowledge_decision(".", "083000-device-dead-ab12:17", &last, arena, &error));
    assert_false(last.approved);
    knowledge_free(knowledge);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_in_both_languages), cmocka_unit_test(finds_while_typing),
        cmocka_unit_test(ranks_titles_first),      cmocka_unit_test(takes_anything),
        cmocka_unit_test(names_what_is_wrong),     cmocka_unit_test(an_approved_note_is_found),
    };
    return cmocka_run_group_tests_name("knowledge", tests, enter_folder, leave_folder);
}
