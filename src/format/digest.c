#include "format/digest.h"

#include <md5.h>
#include <sha1.h>
#include <sha2.h>
#include <stdint.h>
#include <strings.h>

#define DIGEST_BYTES SHA512_DIGEST_LENGTH /* the longest */

/* Each algorithm has a context of a type of its own. */
static void digest_md5(const uint8_t *bytes, size_t size, uint8_t *digest)
{
    MD5_CTX context;

    MD5Init(&context);
    MD5Update(&context, bytes, size);
    MD5Final(digest, &context);
}

static void digest_sha1(const uint8_t *bytes, size_t size, uint8_t *digest)
{
    SHA1_CTX context;

    SHA1Init(&context);
    SHA1Update(&context, bytes, size);
    SHA1Final(digest, &context);
}

static void digest_sha256(const uint8_t *bytes, size_t size, uint8_t *digest)
{
    SHA2_CTX context;

    SHA256Init(&context);
    SHA256Update(&context, bytes, size);
    SHA256Final(digest, &context);
}

static void digest_sha384(const uint8_t *bytes, size_t size, uint8_t *digest)
{
    SHA2_CTX context;

    SHA384Init(&context);
    SHA384Update(&context, bytes, size);
    SHA384Final(digest, &context);
}

static void digest_sha512(const uint8_t *bytes, size_t size, uint8_t *digest)
{
    SHA2_CTX context;

    SHA512Init(&context);
    SHA512Update(&context, bytes, size);
    SHA512Final(digest, &context);
}

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

/* What BYTES are in characters, padding left out. */
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

enum digest_status digest_again(struct span value, const char *bytes, size_t size,
                                char out[DIGEST_SIZE])
{
    const char *colon = value.length ? memchr(value.text, ':', value.length) : NULL;
    const struct algorithm *algorithm;
    const struct encoding *encoding;
    uint8_t digest[DIGEST_BYTES];
    size_t label;
    char *end;

    out[0] = '\0';
    if (!colon)
        return DIGEST_UNKNOWN;
    label = (size_t)(colon - value.text);
    algorithm = find_algorithm((struct span){value.text, label});
    if (!algorithm)
        return DIGEST_UNKNOWN;
    encoding = find_encoding((struct span){colon + 1, value.length - label - 1}, algorithm->size);
    if (!encoding)
        return DIGEST_UNKNOWN;
    algorithm->digest((const uint8_t *)bytes, size, digest);
    memcpy(out, value.text, label + 1);
    end = encode(encoding, digest, algorithm->size, out + label + 1);
    while ((size_t)(end - out) < value.length)
        *end++ = '=';
    *end = '\0';
    return DIGEST_OK;
}

bool digest_is_right(struct span value, const char *bytes, size_t size)
{
    char again[DIGEST_SIZE];

    return digest_again(value, bytes, size, again) == DIGEST_OK &&
           memcmp(again, value.text, value.length) == 0;
}
