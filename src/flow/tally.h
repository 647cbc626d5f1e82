/*
 * tally -- how many bytes went by, and their digest.
 *
 * Model:     tally_begin, tally_add as often as there are bytes, tally_digest once. The digest is
 *            SHA-512 as sha512sum(1) prints it: of those in libmd for which nobody can make two
 *            texts with one digest it is the fastest on 64-bit machines.
 * Ownership: nothing is kept but the sums.
 * Errors:    none.
 */
#ifndef DECHAFF_FLOW_TALLY_H
#define DECHAFF_FLOW_TALLY_H

#include "base/span.h"

#include <sha2.h>
#include <stdint.h>

#define TALLY_DIGEST (SHA512_DIGEST_STRING_LENGTH - 1) /* hexadecimal digits */

struct tally {
    uint64_t size;
    SHA2_CTX sum;
};

void tally_begin(struct tally *tally);
void tally_add(struct tally *tally, struct span bytes);

/* Writes the digest, terminated. Only tally->size is of use then. */
void tally_digest(struct tally *tally, char digest[TALLY_DIGEST + 1]);

#endif
