/* Private data out of a text (the fault table's R20). */
#include "language_sample.h"

#define POSITIVES 10000
#define BENIGN 100000

static void expect_masked(const char *text, const char *masked, const char *const *clear) {
    struct buffer out = {0};
    language_mask(text, strlen(text), clear, &out);
    assert_string_equal(buffer_text(&out), masked);
    buffer_free(&out);
}

static void spellings_of_numbers(void **state) {
    expect_masked("call 13800138000 now", "call <phone> now", NULL);
    expect_masked("138 0013 8000", "<phone>", NULL);
    expect_masked("138-0013-8000", "<phone>", NULL);
    expect_masked("+8613800138000", "+<phone>", NULL);
    expect_masked("0086 138 0013 8000", "<phone>", NULL);
    expect_masked("电话１３８００１３８０００。", "电话<phone>。", NULL);
    expect_masked("一三八零零一三八零零零", "<phone>", NULL);
    expect_masked("幺三八〇〇幺三八〇〇〇", "<phone>", NULL);
    expect_masked("11010519491231002X", "<id>", NULL);
    expect_masked("身份证110105194912310025", "身份证<id>", NULL);
    expect_masked("6222 0212 3456 7890 127", "6222 0212 3456 7890 127", NULL);
    expect_masked("4111 1111 1111 1111", "<card>", NULL);
    expect_masked("mail a.b+c@example.org, ok", "mail <email>, ok", NULL);
    expect_masked("13800138000 13900139000", "<phone> <phone>", NULL);
}

static void what_is_no_private_data(void **state) {
    static const char *const clear[] = {"13800138000", NULL};
    expect_masked("13800138000", "13800138000", clear);
    expect_masked("138 0013 8000", "138 0013 8000", clear);
    expect_masked("order 202411220001234567", "order 202411220001234567", NULL);
    expect_masked("24 hours, 3 days, 1999-12-31", "24 hours, 3 days, 1999-12-31", NULL);
    expect_masked("a\xff\xfe"
                  "b @ c",
                  "a\xff\xfe"
                  "b @ c",
                  NULL);
    expect_masked("x13800138000y", "x13800138000y", NULL);
}

static void random_digits(uint64_t *seed, char *digits, size_t count) {
    for (size_t i = 0; i < count; i++)
        digits[i] = (char)('0' + hash_random(seed) % 10);
    digits[count] = '\0';
}

/* A mobile number in one of twelve spellings. */
static void spell_phone(uint64_t *seed, struct buffer *out) {
    static const char *const breaks[] = {"", " ", "-", ".", "\xe2\x80\x8b", " - "};
    static const char *const han[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    static const char *const wide[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
    char digits[16];
    random_digits(seed, digits, 11);
    digits[0] = '1';
    digits[1] = (char)('3' + hash_random(seed) % 7);
    size_t form = hash_random(seed) % 12;
    buffer_add_text(out, form % 3 == 1 ? "+86 " : form == 11 ? "0086" : "");
    for (size_t i = 0; i < 11; i++) {
        if (i == 3 || i == 7)
            buffer_add_text(out, breaks[form % 5]);
        if (form == 5 || form == 9)
            buffer_add_text(out, han[digits[i] - '0']);
        else if (form == 7)
            buffer_add_text(out, wide[digits[i] - '0']);
        else
            buffer_add_byte(out, digits[i]);
    }
}

static void recall(void **state) {
    uint64_t seed = 1;
    size_t found = 0;
    for (size_t i = 0; i < POSITIVES; i++) {
        struct buffer text = {0}, out = {0};
        buffer_add_text(&text, "我的号码 ");
        spell_phone(&seed, &text);
        buffer_add_text(&text, " 谢谢");
        found += language_mask(buffer_text(&text), text.length, NULL, &out) == 1;
        buffer_free(&text);
        buffer_free(&out);
    }
    assert_true(found * 1000 >= POSITIVES * 995);
}

/* Amounts, dates, times, order numbers as shops make them (date first), small numbers. */
static void benign(uint64_t *seed, struct buffer *out) {
    char digits[32];
    switch (hash_random(seed) % 5) {
    case 0:
        random_digits(seed, digits, 1 + hash_random(seed) % 8);
        buffer_printf(out, "共 %s.50 元", digits);
        break;
    case 1:
        random_digits(seed, digits, 10);
        buffer_printf(out, "order 20261122%s", digits);
        break;
    case 2:
        buffer_printf(out, "2026-%02d-%02d 18:%02d", (int)(1 + hash_random(seed) % 12),
                      (int)(1 + hash_random(seed) % 28), (int)(hash_random(seed) % 60));
        break;
    case 3:
        random_digits(seed, digits, 12);
        buffer_printf(out, "运单 JD%s", digits);
        break;
    default:
        random_digits(seed, digits, 6);
        buffer_printf(out, "code %s, valid 24 h", digits);
    }
}

static void false_masks(void **state) {
    uint64_t seed = 2;
    size_t masked = 0;
    for (size_t i = 0; i < BENIGN; i++) {
        struct buffer text = {0}, out = {0};
        benign(&seed, &text);
        if (language_mask(buffer_text(&text), text.length, NULL, &out) > 0)
            masked++;
        else
            assert_string_equal(buffer_text(&out), buffer_text(&text));
        buffer_free(&text);
        buffer_free(&out);
    }
    assert_true(masked * 1000 <= BENIGN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_numbers),
        cmocka_unit_test(what_is_no_private_data),
        cmocka_unit_test(recall),
        cmocka_unit_test(false_masks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
