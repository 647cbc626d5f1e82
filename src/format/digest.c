#include "format/digest.h"

#include <md5.h>
#include <sha1.h>
#include <sha2.h>
#include <stdint.h>
#include <strings.h>

#define DIGEST_BYTES SHA512_DIGEST_LENGTH /* the longest */

/* Each algorithm has a context of a type of its own, and functions of its own names. */
#define DIGEST(name, type, prefix)                                                                 \
    static void name(const uint8_t *bytes, size_t size, uint8_t *digest)                           \
    {                                                                                              \
        type context;                                                                              \
                                                                                                   \
        prefix##Init(&context);                                                                    \
        prefix##Update(&context, bytes, size);                                                     \
        prefix##Final(digest, &context);                                                           \
    }

DIGEST(digest_md5, MD5_CTX, MD5)
DIGEST(digest_sha1, SHA1_CTX, SHA1)
DIGEST(digest_sha256, SHA2_CTX, SHA256)
DIGEST(digest_sha384, SHA2_CTX, SHA384)
DIGEST(digest_sha512, SHA2_CTX, SHA512)

struct algorithm {
    const char *label;
    size_t size; /* bytes of a digest */
    void (*digest)(const uint8_t *bytes, size_t size, uint8_t *digest);
};

static const struct algorithm algorithms[] = {
    {"md5", MD5_DIGEST_LENGTH, digest_md5},
    {"sha1", SHA1_DIGEST_LENGTH, digest_sha1},
    {"sha-1", SHA1_DIGEST_LENGTH, digest_sha1},
    {"sha256", SHA256_DIGEST_LENGTH, digest_sha256},
    {"sha-256", SHA256_DIGEST_LENGTH, digest_sha256},
    {"sha384", SHA384_DIGEST_LENGTH, digest_sha384},
    {"sha-384", SHA384_DIGEST_LENGTH, digest_sha384},
    {"sha512", SHA512_DIGEST_LENGTH, digest_sha512},
    {"sha-512", SHA512_DIGEST_LENGTH, digest_sha512},
};

struct encoding {
    const char *alphabet;
    unsigned bits; /* of one character */
};

static const struct encoding encodings[] = {
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5},
    {"abcdefghijklmnopqrstuvwxyz234567", 5},
    {"0123456789abcdef", 4},
    {"0123456789ABCDEF", 4},
};

static const struct algorithm *find_algorithm(struct span label)
{
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
        const char *name = algorithms[i].label;

        if (strlen(name) == label.length && strncasecmp(name, label.text, label.length) == 0)
            return &algorithms[i];
    }
    return NULL;
}

/* How many characters BYTES have when encoded, padding left out. */
static size_t encoded_length(const struct encoding *encoding, size_t bytes)
{
    return (8 * bytes + encoding->bits - 1) / encoding->bits;
}

/* Characters that fill the last group of eight; base16 has no groups. */
static size_t padding_length(const struct encoding *encoding, size_t length)
{
    return encoding->bits == 5 ? (8 - length % 8) % 8 : 0;
}

/* Whether DIGITS could be BYTES in the encoding. */
static bool is_encoded(const struct encoding *encoding, struct span digits, size_t bytes)
{
    size_t length = encoded_length(encoding, bytes);
    size_t padding = digits.length - length;

    if (digits.length < length || (padding != 0 && padding != padding_length(encoding, length)))
        return false;
    for (size_t i = 0; i < length; i++)
        if (!memchr(encoding->alphabet, digits.text[i], (size_t)1 << encoding->bits))
            return false;
    for (size_t i = length; i < digits.length; i++)
        if (digits.text[i] != '=')
            return false;
    return true;
}

static const struct encoding *find_encoding(struct span digits, size_t bytes)
{
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (is_encoded(&encodings[i], digits, bytes))
            return &encodings[i];
    return NULL;
}

/* The last character's missing bits are zeros. Returns the end. */
static char *encode(const struct encoding *encoding, const uint8_t *bytes, size_t size, char *out)
{
    unsigned mask = (1U << encoding->bits) - 1;
    unsigned held = 0, bits = 0;

    for (size_t i = 0; i < size; i++) {
        held = (held & mask) << 8 | bytes[i];
        for (bits += 8; bits >= encoding->bits; bits -= encoding->bits)
            *out++ = encoding->alphabet[held >> (bits - encoding->bits) & mask];
    }
    if (bits > 0)
        *out++ = encoding->alphabet[held << (encoding->bits - bits) & mask];
    return out;
}

/* How a digest is written. */
struct kind {
    const struct algorithm *algorithm;
    const struct encoding *encoding;
    size_t label; /* bytes */
};

static bool find_kind(struct span value, struct kind *kind)
{
    const char *colon = span_find(value, ":", 1);

    if (!colon)
        return false;
    kind->label = (size_t)(colon - value.text);
    kind->algorithm = find_algorithm((struct span){value.text, kind->label});
    if (!kind->algorithm)
        return false;
    kind->encoding = find_encoding((struct span){colon + 1, value.length - kind->label - 1},
                                   kind->algorithm->size);
    return kind->encoding != NULL;
}

bool digest_is_known(struct span value)
{
    struct kind kind;

    return find_kind(value, &kind);
}

bool digest_again(struct span value, const char *bytes, size_t size, char out[DIGEST_SIZE])
{
    uint8_t digest[DIGEST_BYTES];
    struct kind kind;
    char *end;

    out[0] = '\0';
    if (!find_kind(value, &kind))
        return false;
    kind.algorithm->digest((const uint8_t *)bytes, size, digest);
    memcpy(out, value.text, kind.label + 1);
    end = encode(kind.encoding, digest, kind.algorithm->size, out + kind.label + 1);
    while ((size_t)(end - out) < value.length)
        *end++ = '=';
    *end = '\0';
    return true;
}
