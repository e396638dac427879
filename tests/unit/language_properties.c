/* What never changes a verdict, held over the gold-labelled replies where they are (skipped, exit
 * 77, where they are not); and texts that mean harm, held always. */
#include <time.h>

#include "language_sample.h"

enum { TEXTS_MOST = 4096, MILLION = 1000000 };

static struct lexicon *packs;
static char *texts[TEXTS_MOST];
static size_t text_count;

/* ---- the replies ---- */

static void read_texts(const char *folder, const char *name) {
    struct buffer path = {0}, bytes = {0};
    struct error error;
    file_join(&path, folder, name);
    if (file_read(buffer_text(&path), (size_t)64 << 20, &bytes, &error))
        for (char *line = bytes.bytes, *next; line != NULL && *line != '\0'; line = next) {
            next = strchr(line, '\n');
            size_t length = next != NULL ? (size_t)(next++ - line) : strlen(line);
            cJSON *tree = json_parse_line(line, length, &error);
            const cJSON *text = cJSON_GetObjectItemCaseSensitive(tree, "text");
            if (cJSON_IsString(text) && text_count < TEXTS_MOST)
                texts[text_count++] = memory_text(text->valuestring);
            cJSON_Delete(tree);
        }
    buffer_free(&path);
    buffer_free(&bytes);
}

static int load(void **state) {
    const char *shared = getenv("ITR_SHARED"), *source = getenv("ITR_SOURCE");
    struct buffer folder = {0};
    file_join(&folder,
              shared != NULL   ? shared
              : source != NULL ? source
                               : ".",
              shared != NULL ? "data" : "../shared/data");
    read_texts(buffer_text(&folder), "replies-dev.jsonl");
    read_texts(buffer_text(&folder), "replies-dev-jddc.jsonl");
    buffer_free(&folder);
    packs = load_packs();
    return 0;
}

static int unload(void **state) {
    for (size_t i = 0; i < text_count; i++)
        free(texts[i]);
    lexicon_free(packs);
    return 0;
}

/* ---- the same verdicts ---- */

static struct reading before, after;

static void verdicts_of(const char *text, size_t length, enum verdict *verdicts) {
    language_read(packs, NULL, 0, text, length, &before);
    for (int i = 0; i < BEHAVIOUR_COUNT; i++)
        verdicts[i] = before.behaviours[i].verdict;
}

/* How many of the changed texts have another verdict somewhere; the first are printed. */
static size_t count_changed(void (*change)(const char *text, struct buffer *out)) {
    size_t changed = 0;
    struct buffer out = {0};
    for (size_t i = 0; i < text_count; i++) {
        enum verdict verdicts[BEHAVIOUR_COUNT];
        verdicts_of(texts[i], strlen(texts[i]), verdicts);
        buffer_clear(&out);
        change(texts[i], &out);
        language_read(packs, NULL, 0, buffer_text(&out), out.length, &after);
        for (int k = 0; k < BEHAVIOUR_COUNT; k++)
            if (after.behaviours[k].verdict != verdicts[k]) {
                changed++;
                print_error("%s: %s → %s: reply %zu\n", behaviour_name((enum behaviour)k),
                            verdict_name(verdicts[k]), verdict_name(after.behaviours[k].verdict),
                            i);
            }
    }
    buffer_free(&out);
    return changed;
}

static void full_stop(const char *text, struct buffer *out) {
    buffer_add_text(out, text);
    buffer_add_text(out, ".");
}

static void full_stops(const char *text, struct buffer *out) {
    buffer_add_text(out, text);
    buffer_add_text(out, "。。。");
}

static void upper(const char *text, struct buffer *out) {
    for (; *text != '\0'; text++)
        buffer_add_byte(out, *text >= 'a' && *text <= 'z' ? (char)(*text - 32) : *text);
}

static void wide(const char *text, struct buffer *out) {
    for (; *text != '\0'; text++)
        if (*text > ' ' && *text <= '~')
            buffer_add_codepoint(out, (uint32_t)(unsigned char)*text + 0xFEE0);
        else
            buffer_add_byte(out, *text);
}

static void traditional(const char *text, struct buffer *out) {
    static const struct {
        const char *simplified, *traditional;
    } pairs[] = {{"们", "們"}, {"请", "請"}, {"问", "問"}, {"帮", "幫"}, {"谢", "謝"},
                 {"这", "這"}, {"为", "為"}, {"单", "單"}, {"号", "號"}, {"电", "電"},
                 {"话", "話"}, {"时", "時"}, {"联", "聯"}, {"会", "會"}, {"还", "還"}};
    while (*text != '\0') {
        size_t taken = 1, i = 0;
        for (; i < sizeof pairs / sizeof *pairs; i++)
            if (strncmp(text, pairs[i].simplified, 3) == 0)
                break;
        if (i < sizeof pairs / sizeof *pairs) {
            buffer_add_text(out, pairs[i].traditional);
            taken = 3;
        } else {
            buffer_add_byte(out, *text);
        }
        text += taken;
    }
}

static void nothing_changes_with_writing(void **state) {
    if (text_count == 0)
        skip();
    assert_int_equal(count_changed(full_stop), 0);
    assert_int_equal(count_changed(full_stops), 0);
    assert_int_equal(count_changed(upper), 0);
    assert_int_equal(count_changed(wide), 0);
    assert_int_equal(count_changed(traditional), 0);
}

/* Twice the same says no more than once. */
static void twice(const char *text, struct buffer *out) {
    buffer_add_text(out, text);
    buffer_add_text(out, "\n");
    buffer_add_text(out, text);
}

static void saying_it_twice_gives_no_more(void **state) {
    if (text_count == 0)
        skip();
    assert_true(count_changed(twice) * 100 <= text_count);
}

/* ---- texts that mean harm ---- */

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void fill(struct buffer *out, const char *piece, size_t length) {
    buffer_clear(out);
    while (out->length < length)
        buffer_add_text(out, piece);
}

/* Read time of ten times as much text, by the time of one. */
static void grows_straight(const char *piece) {
    struct buffer text = {0};
    fill(&text, piece, MILLION / 10);
    double start = seconds();
    language_read(packs, NULL, 0, buffer_text(&text), text.length, &before);
    double small = seconds() - start;
    fill(&text, piece, MILLION);
    start = seconds();
    language_read(packs, NULL, 0, buffer_text(&text), text.length, &before);
    double large = seconds() - start;
    buffer_free(&text);
    if (large > 0.5 && large > 40 * small)
        fail_msg("%s: %.3f s, then %.3f s for ten times as much", piece, small, large);
}

static void long_texts_take_straight_time(void **state) {
    static const char *const pieces[] = {"sorry ",
                                         "a",
                                         "您好",
                                         "not ",
                                         "\xcc\x81",
                                         "e\xcc\x81",
                                         "if you said ",
                                         "吗？",
                                         "\"",
                                         "'a",
                                         "<phone>",
                                         "1",
                                         "一",
                                         "how can i ",
                                         "\xff",
                                         "\xed\xa0\x80",
                                         "👨\xe2\x80\x8d"
                                         "👩\xe2\x80\x8d"
                                         "👧",
                                         "ａ",
                                         "请问有什么",
                                         "your order ",
                                         "[数字x]",
                                         "can you help me with your order number ",
                                         "\xe2\x80\xae"
                                         "",
                                         ".",
                                         "&#x1b;[2J",
                                         "\xe2\x80\x8f"
                                         "אב",
                                         "﷽",
                                         "\t\n\r\v"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        grows_straight(pieces[i]);
}

/* Kinds of input that have broken programs: numbers that are none, injections, controls, bidi,
 * zero width, combining storms, other scripts, emoji, quotes, paths, lone surrogates. */
static void naughty_texts_are_read(void **state) {
    static const char *const naughty[] = {"",
                                          " ",
                                          "undefined",
                                          "NULL",
                                          "NaN",
                                          "1/0",
                                          "0x0",
                                          "-1.00",
                                          "1e1000",
                                          "1'000,00",
                                          "٠١٢٣",
                                          ",./;'[]\\-=",
                                          "<>?:\"{}|_+",
                                          "!@#$%^&*()`~",
                                          "\x01\x02\x03\x7f",
                                          "\xc2\x85\xc2\x9b",
                                          "\xef\xbb\xbf",
                                          "\xef\xbf\xbe",
                                          "Ω≈ç√∫˜µ≤≥÷",
                                          "⁰⁴⁵₀₁₂",
                                          "ด้้้้้็็็็็้้้้้",
                                          "'",
                                          "\"",
                                          "''''\"",
                                          "田中さんにあげて下さい",
                                          "社會科學院語學研究所",
                                          "Ⱥ",
                                          "ⱥ",
                                          "表ポあA鷗ŒéＢ逍Üßªąñ丂㐀𠀀",
                                          "ヽ༼ຈل͜ຈ༽ﾉ",
                                          "(｡◕ ∀ ◕｡)",
                                          "👩🏽",
                                          "👨\xe2\x80\x8d"
                                          "👩\xe2\x80\x8d"
                                          "👧\xe2\x80\x8d"
                                          "👦",
                                          "🇺🇸🇷🇺🇸🇦",
                                          "１２３",
                                          "١٢٣",
                                          "הָיְתָה",
                                          "\xe2\x80\xaa"
                                          "\xe2\x80\xaa"
                                          "test\xe2\x80\xaa"
                                          "",
                                          "\xe2\x80\xab"
                                          "test\xe2\x80\xab"
                                          "",
                                          "\xe2\x81\xa6"
                                          "test\xe2\x81\xa7"
                                          "",
                                          "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠",
                                          "˙ɐnbᴉlɐ",
                                          "𝐓𝐡𝐞",
                                          "⒯⒣⒠",
                                          "<script>alert(1)</script>",
                                          "1;DROP TABLE users",
                                          "$(touch x)",
                                          "../../etc/passwd",
                                          "%s%n%x",
                                          "{0}",
                                          "\\u0000",
                                          "\xed\xa0\x80\xed\xb0\x80",
                                          "\xf8\x88\x80\x80\x80",
                                          "\xc0\xaf",
                                          "\xe4\xbd",
                                          "If you're reading this",
                                          "Roses are [0;31mred[0m",
                                          "ﬁ ﬃ ǆ ﷺ",
                                          "\xe2\x80\x8b\xe2\x80\x8d\xe2\x81\xa0",
                                          "\xf3\xa0\x80\x81\xf3\xa0\x81\xbf",
                                          "İı",
                                          "ẞß"};
    for (size_t i = 0; i < sizeof naughty / sizeof *naughty; i++) {
        struct buffer out = {0};
        size_t length = strlen(naughty[i]);
        language_read(packs, NULL, 0, naughty[i], length, &before);
        for (int k = 0; k < BEHAVIOUR_COUNT; k++)
            for (size_t s = 0; s < before.behaviours[k].span_count; s++)
                assert_true(before.behaviours[k].spans[s].to <= length);
        assert_int_equal(language_mask(naughty[i], length, NULL, &out), 0);
        assert_int_equal(out.length, length);
        buffer_free(&out);
    }
}

/* ---- one slip ---- */

/* Doubles a letter inside the first found Latin word of five letters or more. */
static bool slip(const char *text, struct span span, struct buffer *out) {
    for (size_t at = span.from; at < span.to; at++) {
        size_t end = at;
        while (end < span.to &&
               ((text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z')))
            end++;
        if (end - at >= 5) {
            buffer_add(out, text, at + 3);
            buffer_add_byte(out, text[at + 2]);
            buffer_add_text(out, text + at + 3);
            return true;
        }
        if (end > at)
            at = end - 1;
    }
    return false;
}

static void one_slip_changes_nothing(void **state) {
    if (text_count == 0)
        skip();
    size_t tried = 0, changed = 0;
    for (size_t i = 0; i < text_count; i++) {
        language_read(packs, NULL, 0, texts[i], strlen(texts[i]), &before);
        for (int k = 0; k < BEHAVIOUR_COUNT; k++) {
            const struct found *found = &before.behaviours[k];
            struct buffer out = {0};
            if (found->verdict >= VERDICT_PARTIAL && slip(texts[i], found->spans[0], &out)) {
                language_read(packs, NULL, 0, buffer_text(&out), out.length, &after);
                tried++;
                if (after.behaviours[k].verdict != found->verdict) {
                    changed++;
                    print_error("%s lost after a slip: reply %zu\n",
                                behaviour_name((enum behaviour)k), i);
                }
            }
            buffer_free(&out);
        }
    }
    assert_true(tried > 100);
    assert_int_equal(changed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changes_with_writing),
        cmocka_unit_test(saying_it_twice_gives_no_more),
        cmocka_unit_test(one_slip_changes_nothing),
        cmocka_unit_test(long_texts_take_straight_time),
        cmocka_unit_test(naughty_texts_are_read),
    };
    int failed = cmocka_run_group_tests(tests, load, unload);
    reading_free(&before);
    reading_free(&after);
    return failed;
}
