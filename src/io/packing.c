#include "io/packing.h"

#include <string.h>

#define BEGIN(bytes) bytes, sizeof(bytes) - 1

/* bzip2's level is followed by a block, or by the end where there is none. gzip is to note no time,
 * so that the same text makes the same file. */
const struct packing packings[] = {
    {"gzip", ".gz", "-dc", "-nc", BEGIN("\x1F\x8B\x08")},
    {"zstd", ".zst", "-dc", "-qc", BEGIN("\x28\xB5\x2F\xFD")},
    {"xz", ".xz", "-dc", "-c", BEGIN("\xFD\x37zXZ\0")},
    {"bzip2", ".bz2", "-dc", "-c", BEGIN("BZh#1AY&SY")},
    {"bzip2", ".bz2", "-dc", "-c", BEGIN("BZh#\x17rE8P\x90")},
    {0},
};

/* Whether COUNT bytes begin as a file of that packing does, as far as both go. */
static bool agrees(const struct packing *packing, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count && i < packing->length; i++) {
        bool is_digit = bytes[i] >= '1' && bytes[i] <= '9';

        if (packing->begin[i] == '#' ? !is_digit : bytes[i] != packing->begin[i])
            return false;
    }
    return true;
}

const struct packing *packing_of(const char *bytes, size_t count)
{
    for (const struct packing *packing = packings; packing->name; packing++)
        if (count >= packing->length && agrees(packing, bytes, count))
            return packing;
    return NULL;
}

bool packing_may_follow(const char *bytes, size_t count)
{
    for (const struct packing *packing = packings; packing->name; packing++)
        if (count < packing->length && agrees(packing, bytes, count))
            return true;
    return false;
}

const struct packing *packing_of_name(const char *path)
{
    size_t length = strlen(path);

    for (const struct packing *packing = packings; packing->name; packing++) {
        size_t suffix = strlen(packing->suffix);

        if (length > suffix && strcmp(path + length - suffix, packing->suffix) == 0)
            return packing;
    }
    return NULL;
}
