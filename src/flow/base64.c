#include "flow/base64.h"

#include <stdint.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool base64_put(struct writer *writer, const char *bytes, size_t size)
{
    for (size_t at = 0; at < size; at += 3) {
        size_t left = size - at < 3 ? size - at : 3;
        uint32_t bits = 0;
        char group[4];

        for (size_t i = 0; i < 3; i++)
            bits = bits << 8 | (i < left ? (unsigned char)bytes[at + i] : 0);
        for (size_t i = 0; i < 4; i++)
            group[i] = i <= left ? digits[bits >> (18 - 6 * i) & 63] : '=';
        if (!writer_put(writer, group, sizeof group))
            return false;
    }
    return true;
}

bool base64_read(struct span text, char *out, size_t *size)
{
    *size = 0;
    if (text.length % 4)
        return false;
    for (size_t at = 0; at < text.length; at += 4) {
        bool is_last = at + 4 == text.length;
        size_t padding = 0;
        uint32_t bits = 0;

        for (size_t i = 0; i < 4; i++) {
            char byte = text.text[at + i];
            const char *digit = byte ? strchr(digits, byte) : NULL;

            padding += byte == '=';
            if (byte == '=' ? i < 2 || !is_last : !digit || padding)
                return false;
            bits = bits << 6 | (digit ? (uint32_t)(digit - digits) : 0);
        }
        for (size_t i = 0; i < 3 - padding; i++)
            out[(*size)++] = (char)(bits >> (16 - 8 * i));
    }
    return true;
}
