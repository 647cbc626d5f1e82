#include "flow/tally.h"

void tally_begin(struct tally *tally)
{
    tally->size = 0;
    SHA512Init(&tally->sum);
}

void tally_add(struct tally *tally, struct span bytes)
{
    tally->size += bytes.length;
    SHA512Update(&tally->sum, (const uint8_t *)bytes.text, bytes.length);
}

void tally_digest(struct tally *tally, char digest[TALLY_DIGEST + 1])
{
    SHA512End(&tally->sum, digest);
}
