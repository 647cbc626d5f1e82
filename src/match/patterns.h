/*
 * patterns -- the patterns of a stream: most of them are never needed.
 *
 * Model:     they are numbered; there is memory for those of a few numbers, once one of these is
 *            asked for. Of those that were read from an image and have no JIT PATTERNS_COLD are
 *            kept compiled: for another one, one goes that was not asked for of late. It is read
 *            once more when it is asked for again, but goes on towards its JIT where it was.
 * Ownership: struct patterns starts zeroed; patterns_release frees all. What patterns_at returns is
 *            there until then, what it was compiled to only until patterns_at is called again.
 * Errors:    false and NULL when memory is short.
 */
#ifndef DECHAFF_MATCH_PATTERNS_H
#define DECHAFF_MATCH_PATTERNS_H

#include "regex/pattern.h"
#include "regex/regex.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PATTERNS_COLD 512

struct patterns {
    struct pattern **blocks; /* each NULL before one of its numbers is asked for */
    size_t count;            /* of the blocks */
    struct pattern *cold[PATTERNS_COLD];
    size_t next; /* of them, counted on */
};

/* For numbers below COUNT. */
bool patterns_init(struct patterns *patterns, size_t count);
void patterns_release(struct patterns *patterns);

/* The pattern of that number, which is one of REGEX. */
struct pattern *patterns_at(struct patterns *patterns, size_t number, const struct regex *regex);

#endif
