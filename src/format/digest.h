/*
 * digest -- the digest of a block, written as another one was: WARC-Block-Digest and its like.
 *
 * Model:     a digest is "label:value". The label names the algorithm: md5, sha1, sha256, sha384
 *            or sha512, in either case, also as sha-1 and so on. The value's length and letters
 *            tell its encoding: base16 or base32 (RFC 4648), all capitals or all small letters,
 *            base32 with its padding or, as is usual, without. No two of them are of one length.
 * Ownership: nothing is kept; what is written is the caller's.
 * Errors:    returned as enum digest_status; nothing is printed.
 */
#ifndef DECHAFF_FORMAT_DIGEST_H
#define DECHAFF_FORMAT_DIGEST_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum digest_status {
    DIGEST_OK,
    DIGEST_UNKNOWN /* an algorithm or an encoding that is none of the above */
};

/* Room for the longest, "sha-512:" and 128 digits. */
#define DIGEST_SIZE 160

/* Writes the digest of BYTES, terminated, in VALUE's algorithm, encoding and spelling of the label.
 * Whether VALUE is right for any bytes does not matter. OUT is empty where it is unknown. */
enum digest_status digest_again(struct span value, const char *bytes, size_t size,
                                char out[DIGEST_SIZE]);

/* Whether VALUE is the digest of BYTES; an unknown one is not. */
bool digest_is_right(struct span value, const char *bytes, size_t size);

#endif
