/* Memory, buffers, errors, findings and hashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

static void arena_pieces_are_zeroed_and_aligned(void **state) {
    struct arena *arena = arena_new();

    for (size_t size = 1; size < 3000; size += 7) {
        unsigned char *piece = arena_take(arena, size);
        assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(piece[i], 0);
        memset(piece, 0xA5, size);
    }
    assert_string_equal(arena_text(arena, "text"), "text");
    assert_string_equal(arena_text_of(arena, "texts", 4), "text");
    unsigned char *large = arena_take(arena, 5 << 20);
    assert_int_equal(large[(5 << 20) - 1], 0);
    assert_true(arena_size(arena) > 5 << 20);
    arena_free(arena);
    arena_free(NULL);
}

static void an_array_grows_and_keeps_its_items(void **state) {
    size_t capacity = 0;
    int *numbers = NULL;

    for (int i = 0; i < 1000; i++) {
        numbers = memory_reserve(numbers, &capacity, (size_t)i + 1, sizeof *numbers);
        numbers[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    assert_in_range(capacity, 1000, 1600);
    free(numbers);
}

static void a_buffer_ends_with_nul_always(void **state) {
    struct buffer buffer = {0};

    assert_string_equal(buffer_text(&buffer), "");
    for (int i = 0; i < 100; i++) {
        buffer_printf(&buffer, "%d,", i);
        assert_int_equal(strlen(buffer.bytes), buffer.length);
    }
    buffer_clear(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_add_codepoint(&buffer, 0x4F60);
    buffer_add_repeated(&buffer, '-', 3);
    buffer_add_byte(&buffer, '\0');
    buffer_add(&buffer, NULL, 0);
    assert_int_equal(buffer.length, 7);
    assert_memory_equal(buffer.bytes, "你---\0", 8);
    buffer_free(&buffer);
    char *released = buffer_release(&buffer);
    assert_string_equal(released, "");
    free(released);
}

static void long_formats_are_whole(void **state) {
    struct buffer buffer = {0};
    char *long_text = memory_new(100001);

    memset(long_text, 'x', 100000);
    buffer_printf(&buffer, "<%s>", long_text);
    assert_int_equal(buffer.length, 100002);
    assert_int_equal(buffer.bytes[100001], '>');
    free(long_text);
    buffer_free(&buffer);
}

static void an_error_is_one_line_cut_at_a_character(void **state) {
    struct error error = {0};
    char text[3000] = "";

    assert_false(error_set(&error, "a\nb: %d", 5));
    assert_string_equal(error.text, "a b: 5");
    error_set(&error, "outer: %s", error.text);
    assert_string_equal(error.text, "outer: a b: 5");
    for (size_t i = 0; i + 3 < sizeof text; i += 3)
        memcpy(text + i, "你", 4);
    error_set(&error, "x%s", text);
    assert_int_equal(utf8_check(error.text, strlen(error.text)), strlen(error.text));
    assert_in_range(strlen(error.text), sizeof error.text - 4, sizeof error.text - 1);
    error_set_system(&error, 2, "cannot open %s", "f");
    assert_int_equal(error.system, 2);
    assert_string_equal(error.text, "cannot open f: No such file or directory");
    assert_false(error_set(NULL, "nobody listens"));
}

static void findings_are_sorted_limited_and_counted(void **state) {
    struct findings findings = {0};

    for (size_t i = 0; i < FINDINGS_LIMIT + 10; i++)
        findings_add(&findings, FINDING_ERROR, "code", i % 2 ? "a" : "b", 1000 - i, 1, "n %zu", i);
    findings_add(&findings, FINDING_WARNING, "code", "a", 1, 1, "late");
    assert_int_equal(findings.count, FINDINGS_LIMIT);
    assert_int_equal(findings.errors, FINDINGS_LIMIT + 10);
    assert_int_equal(findings.warnings, 1);
    findings_sort(&findings);
    for (size_t i = 1; i < findings.count; i++) {
        const struct finding *before = &findings.items[i - 1], *after = before + 1;
        int files = strcmp(before->file, after->file);
        assert_true(files < 0 || (files == 0 && before->line <= after->line));
    }
    findings_free(&findings);
    assert_int_equal(findings.count, 0);
}

static void sorting_keeps_the_order_at_one_place(void **state) {
    struct findings findings = {0};

    findings_add(&findings, FINDING_ERROR, "first", "f", 2, 2, "x");
    findings_add(&findings, FINDING_ERROR, "second", "f", 2, 2, "x");
    findings_add(&findings, FINDING_ERROR, "third", "f", 1, 9, "x");
    findings_sort(&findings);
    assert_string_equal(findings.items[0].code, "third");
    assert_string_equal(findings.items[1].code, "first");
    assert_string_equal(findings.items[2].code, "second");
    findings_free(&findings);
}

static void the_nearest_name_is_near_enough(void **state) {
    static const char *const names[] = {"patience", "mood", "points", "title", "to", NULL};

    assert_string_equal(finding_nearest("patiance", names), "patience");
    assert_string_equal(finding_nearest("pateince", names), "patience");
    assert_string_equal(finding_nearest("tilte", names), "title");
    assert_string_equal(finding_nearest("moods", names), "mood");
    assert_string_equal(finding_nearest("point", names), "points");
    assert_null(finding_nearest("weather", names));
    assert_null(finding_nearest("zz", names));
    assert_null(finding_nearest("", names));
}

static void hashes_are_the_published_ones(void **state) {
    char hex[HASH_HEX_SIZE];
    uint64_t seed = 1234567;

    hash_sha256("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hash_sha256(NULL, 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_true(hash_fast("", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(hash_fast("foobar", 6) == UINT64_C(0x85944171f73967e8));
    assert_true(hash_random(&seed) == UINT64_C(6457827717110365317));
    assert_true(hash_random(&seed) == UINT64_C(3203168211198807973));
}

static void languages_are_read_from_their_many_names(void **state) {
    static const struct {
        const char *name;
        int language;
    } cases[] = {{"zh", LANGUAGE_ZH},
                 {"zh_CN.UTF-8", LANGUAGE_ZH},
                 {"zh-Hans", LANGUAGE_ZH},
                 {"ZH", LANGUAGE_ZH},
                 {"en", LANGUAGE_EN},
                 {"en_US.UTF-8", LANGUAGE_EN},
                 {"en@quot", LANGUAGE_EN},
                 {"zha", -1},
                 {"enough", -1},
                 {"C", -1},
                 {"", -1},
                 {"de_DE", -1},
                 {NULL, -1}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(language_from(cases[i].name), cases[i].language);
    assert_string_equal(language_code(LANGUAGE_ZH), "zh");
    assert_string_equal(language_code(LANGUAGE_EN), "en");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_pieces_are_zeroed_and_aligned),
        cmocka_unit_test(an_array_grows_and_keeps_its_items),
        cmocka_unit_test(a_buffer_ends_with_nul_always),
        cmocka_unit_test(long_formats_are_whole),
        cmocka_unit_test(an_error_is_one_line_cut_at_a_character),
        cmocka_unit_test(findings_are_sorted_limited_and_counted),
        cmocka_unit_test(sorting_keeps_the_order_at_one_place),
        cmocka_unit_test(the_nearest_name_is_near_enough),
        cmocka_unit_test(hashes_are_the_published_ones),
        cmocka_unit_test(languages_are_read_from_their_many_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
