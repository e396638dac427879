/* How much a text is to say: the one way of counting that screens, marks and customers share. */
#include "language/language.h"

static bool is_han(uint32_t codepoint) {
    return (codepoint >= 0x3400 && codepoint <= 0x9FFF) ||
           (codepoint >= 0x3040 && codepoint <= 0x30FF) ||
           (codepoint >= 0xF900 && codepoint <= 0xFAFF) ||
           (codepoint >= 0x20000 && codepoint <= 0x3FFFF);
}

static bool in_word(uint32_t codepoint) {
    if (codepoint < 0x80)
        return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 'a' && codepoint <= 'z') ||
               (codepoint >= 'A' && codepoint <= 'Z') || codepoint == '\'';
    return codepoint >= 0xC0 && codepoint < 0x2000 && codepoint != 0xD7 && codepoint != 0xF7;
}

struct speech text_speech(const char *text, size_t length) {
    struct speech speech = {0};
    bool inside = false;
    for (size_t at = 0; at < length;) {
        uint32_t codepoint;
        at += utf8_decode(text + at, length - at, &codepoint);
        bool word = codepoint != UTF8_BAD && in_word(codepoint);
        speech.han += codepoint != UTF8_BAD && is_han(codepoint);
        speech.words += word && !inside;
        inside = word;
        if (codepoint != ' ' && codepoint != '\t' && codepoint != '\n')
            speech.last = codepoint;
    }
    return speech;
}

int64_t speech_ms(struct speech speech, struct speech_rate rate) {
    return (int64_t)speech.han * 10000 / rate.han_tenths +
           (int64_t)speech.words * 10000 / rate.word_tenths;
}
