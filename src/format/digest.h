/*
 * digest -- the digest of a block, written as another one was: WARC-Block-Digest and its like.
 *
 * Model:     a digest is "label:value". The label names the algorithm: md5, sha1, sha256, sha384
 *            or sha512, in either case, also as sha-1 and so on. The value's length and letters
 *            tell its encoding: base16 or base32 (RFC 4648), all capitals or all small letters,
 *            base32 with its padding or, as is usual, without. No two of them are of one length.
 * Ownership: nothing is kept; what is written is the caller's.
 * Errors:    false for an algorithm or an encoding that is none of the above.
 */
#ifndef DECHAFF_FORMAT_DIGEST_H
#define DECHAFF_FORMAT_DIGEST_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Room for the longest, "sha-512:" and 128 digits. */
#define DIGEST_SIZE 160

/* Whether VALUE is a digest of a known kind; of which bytes does not matter. */
bool digest_is_known(struct span value);

/* Writes the digest of BYTES, terminated, in VALUE's algorithm, encoding and spelling of the label.
 * OUT is empty where VALUE is of no known kind. */
bool digest_again(struct span value, const char *bytes, size_t size, char out[DIGEST_SIZE]);

#endif
