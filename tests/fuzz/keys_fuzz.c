/* Any bytes with pauses anywhere: the decoder never crashes, gives only real characters and keys, and
 * afterwards Ctrl-C still comes through. */
#include "fuzz.h"
#include "key.h"

static uint32_t last_key;

static void look(void *user, const struct input *input) {
    uint32_t key = input->key & (K_SHIFT - 1);
    last_key = input->kind == INPUT_KEY ? input->key : 0;
    fuzz_require(input->kind != INPUT_PASTE || input->length <= KEY_PASTE);
    fuzz_require(input->kind != INPUT_MOUSE || (input->row >= 0 && input->column >= 0));
    fuzz_require(input->kind != INPUT_KEY || ((key < 0xd800 || key >= 0xe000) && key <= K_F12));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct key_decoder decoder;
    key_decoder_start(&decoder);
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == 0xfe)
            key_decoder_pause(&decoder, look, NULL);
        else
            key_decoder_take(&decoder, bytes[i], look, NULL);
    }
    key_decoder_pause(&decoder, look, NULL);
    fuzz_require(key_decoder_wait(&decoder) < 0);
    key_decoder_take(&decoder, 3, look, NULL);
    fuzz_require(last_key == (K_CTRL | 'c'));
    key_decoder_free(&decoder);
    return 0;
}
