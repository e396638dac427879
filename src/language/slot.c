#include "language/slot.h"

#include <stdbool.h>
#include <string.h>

static const char *const names[] = {
#define X(name, word) [SLOT_##name] = word,
    SLOTS(X)
#undef X
};

const char *slot_name(enum slot slot) {
    return names[slot];
}

int slot_from(const char *name, size_t length) {
    for (int i = 0; i < SLOT_COUNT; i++)
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
            return i;
    return -1;
}

/* ---- masks ---- */

struct mask {
    const uint32_t *word;
    enum slot slot;
};

#define MASK(word, slot)                                                                           \
    { (const uint32_t *)U##word, slot }
static const struct mask masks[] = {
    MASK("数字", SLOT_NUMBER),   MASK("金额", SLOT_AMOUNT),   MASK("时间", SLOT_TIME),
    MASK("日期", SLOT_DATE),     MASK("订单", SLOT_ORDER),    MASK("电话", SLOT_PHONE),
    MASK("姓名", SLOT_NAME),     MASK("邮箱", SLOT_EMAIL),    MASK("地址", SLOT_PLACE),
    MASK("站点", SLOT_PLACE),    MASK("number", SLOT_NUMBER), MASK("amount", SLOT_AMOUNT),
    MASK("time", SLOT_TIME),     MASK("date", SLOT_DATE),     MASK("order", SLOT_ORDER),
    MASK("phone", SLOT_PHONE),   MASK("name", SLOT_NAME),     MASK("email", SLOT_EMAIL),
    MASK("url", SLOT_URL),       MASK("id", SLOT_ID),         MASK("card", SLOT_ID),
    MASK("customer", SLOT_NAME), MASK("agent", SLOT_NAME),    MASK("user", SLOT_NAME),
    MASK("商品链接", SLOT_URL),  MASK("链接", SLOT_URL),
};

enum { MASK_LONGEST = 12 };

static bool mask_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || c == '_' || (c >= 0x4E00 && c <= 0x9FFF);
}

static int mask_slot(const struct letter *letters, size_t count) {
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        size_t k = 0;
        while (k < count && masks[i].word[k] == letters[k].codepoint)
            k++;
        if (k == count && masks[i].word[k] == 0)
            return masks[i].slot;
    }
    return SLOT_OTHER;
}

int slot_of_mask(const struct letter *letters, size_t count, size_t *taken) {
    uint32_t open = letters[0].codepoint;
    if (open != '<' && open != '[' && open != '@')
        return -1;
    size_t end = 1;
    while (end < count && end <= MASK_LONGEST && mask_letter(letters[end].codepoint))
        end++;
    *taken = end;
    if (open == '@')
        return end > 1 ? SLOT_NAME : -1;
    if (end == 1 || end >= count || letters[end].codepoint != (open == '<' ? '>' : ']'))
        return -1;
    *taken = end + 1;
    if (open == '<')
        return mask_slot(letters + 1, end - 1);
    if (letters[end - 1].codepoint != 'x' || end == 2)
        return -1;
    return mask_slot(letters + 1, end - 2);
}

/* ---- numbers ---- */

enum slot slot_of_number(const struct letter *letters, size_t count) {
    size_t digits = 0, other = 0, colons = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t c = letters[i].codepoint;
        if (c >= '0' && c <= '9')
            digits++;
        else if (c == ':')
            colons++;
        else
            other++;
    }
    if (colons > 0 && digits <= 6)
        return SLOT_TIME;
    if (digits == 11 && other == 0 && letters[0].codepoint == '1')
        return SLOT_PHONE;
    return digits >= 8 || (digits >= 4 && other >= 2) ? SLOT_ORDER : SLOT_NUMBER;
}

static int han_digit(uint32_t c) {
    static const uint32_t digits[] = U"零一二三四五六七八九";
    for (int i = 0; i < 10; i++)
        if (digits[i] == c)
            return i;
    return c == U'两' ? 2 : c == U'〇' ? 0 : -1;
}

static uint64_t han_unit(uint32_t c) {
    return c == U'十' ? 10 : c == U'百' ? 100 : c == U'千' ? 1000 : c == U'万' ? 10000 : 0;
}

enum { HAN_NUMBER_LONGEST = 12 };

uint64_t slot_han_number(const struct letter *letters, size_t count, size_t *taken) {
    uint64_t total = 0, section = 0, digit = 0, plain = 0;
    bool units = false;
    size_t at = 0;
    for (; at < count && at < HAN_NUMBER_LONGEST; at++) {
        int value = han_digit(letters[at].codepoint);
        uint64_t unit = han_unit(letters[at].codepoint);
        if (value >= 0) {
            plain = plain * 10 + (uint64_t)value;
            digit = (uint64_t)value;
        } else if (unit == 10000) {
            total = (total + section + digit) * unit;
            section = digit = 0;
            units = true;
        } else if (unit != 0) {
            section += (digit == 0 ? 1 : digit) * unit;
            digit = 0;
            units = true;
        } else {
            break;
        }
    }
    *taken = at;
    return units ? total + section + digit : plain;
}

/* ---- slots made of words ---- */

const struct slot_pattern slot_patterns[] = {
    {SLOT_TIME, "(<number>|a|an|one|two|three|four|five|six|ten|few|couple of) [more|or two|or so|"
                "business|working|full] (=second|=seconds|=sec|=secs|=minute|=minutes|=min|=mins|"
                "=hour|=hours|=hr|=hrs|=day|=days|=week|=weeks|=month|=months)"},
    {SLOT_TIME, "<number> (am|pm|o clock|h|hrs|min)"},
    {SLOT_TIME, "<number>[个|到|几](秒|分钟|小时|钟头|工作日|自然日|天|日|周|星期|月|刻钟|h)"},
    {SLOT_TIME, "<number>点(前|之前|左右|半|钟|多)"},
    {SLOT_TIME, "(半|几)[个|个多](小时|钟头|天|月)"},
    {SLOT_TIME, "<number> <number>(小时|分钟|天|日|个工作日|h)"},
    {SLOT_DATE,
     "(today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"},
    {SLOT_DATE, "(今天|明天|后天|今晚|今日|明日|次日|当天|当日|隔天|周一|周二|周三|周四|周五|周六|"
                "周日|星期一|星期二|星期三|星期四|星期五|星期六|星期天)"},
    {SLOT_DATE, "<number>(月|号|日)"},
    {SLOT_DATE, "<number>月<number>[号|日]"},
    {SLOT_DATE, "(january|february|march|april|june|july|august|september|october|november|"
                "december) <number>"},
    {SLOT_AMOUNT, "($|€|£|¥) <number>"},
    {SLOT_AMOUNT, "<number>(百|千|万)(元|块|块钱|圆)"},
    {SLOT_AMOUNT, "<number>(元|块|块钱|圆|dollars|dollar|euros|euro|pounds|yuan|rmb|usd)"},
    {0, NULL},
};
