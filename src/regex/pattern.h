/*
 * pattern -- PCRE2: a regex compiled on first use, or read from an image, JIT-compiled once hot,
 *            matched within limits.
 *
 * Model:     a struct pattern starts zeroed and belongs to one stream, like the matcher it is
 *            used with; the regex it comes from is shared and never changes. Subjects may hold
 *            invalid UTF-8: no invalid byte ever matches as a character. The pieces between such
 *            bytes are found once and matched one by one, so that many matches in one subject take
 *            linear time. A regex with \A, \G, \Z or \z is left to PCRE2 whole, which looks for
 *            the invalid bytes again each time: so often, and it counts as a limit.
 * Ownership: pattern_release frees what a pattern compiled; spans point into the subject.
 * Limits:    a subject may take match-limit steps, and as many again for each PATTERN_STRETCH bytes
 *            of it; its starting points have equal shares, since PCRE2 counts from each anew,
 *            and PATTERN_STEPS_LEAST each besides.
 *            PATTERN_HEAP_KIB and PATTERN_JIT_STACK bound the memory of one match. What the JIT
 *            writes grows with the logarithm of the text.
 * Errors:    returned; a match that ran into a limit is PATTERN_LIMIT, never a no-match. The
 *            interpreter and the JIT count steps differently; so that it doesn't matter which of
 *            them ran, one that fails hands over to the other before the limit is reported. In
 *            subjects that it has to cut itself the two of PCRE2 10.42 don't always find the same:
 *            there the interpreter runs alone.
 */
#ifndef DECHAFF_REGEX_PATTERN_H
#define DECHAFF_REGEX_PATTERN_H

#include "base/arena.h"
#include "base/pages.h"
#include "regex/regex.h"

#include <stdbool.h>
#include <stdint.h>

#define PATTERN_STRETCH 512 /* bytes */
#define PATTERN_STEPS_LEAST 50
#define PATTERN_HEAP_KIB 4096
#define PATTERN_JIT_STACK ((size_t)256 * 1024) /* bytes */
/* Bytes that a pattern looks at before the JIT pays for itself, with as many as its code has; and
 * twice as many for each so many bytes that the JIT has written for the matcher. */
#define PATTERN_HOT ((size_t)1024)
#define PATTERN_WRITTEN ((size_t)512 * 1024)
#define PATTERN_MESSAGE 192 /* bytes of the longest PCRE2 error text */

enum pattern_status {
    PATTERN_MATCH,
    PATTERN_NO_MATCH,
    PATTERN_LIMIT,
    PATTERN_INVALID,
    PATTERN_NO_MEMORY,
};

struct pattern {
    struct pcre2_real_code_8 *code; /* NULL until the first use */
    size_t looked_at;               /* bytes, before the JIT was tried */
    uint32_t size;                  /* bytes of the code */
    bool jit_tried;
    bool has_jit;
    bool is_anchored; /* there is one starting point only */
    bool was_asked;   /* for whoever keeps it */
    bool is_whole;    /* has \A, \z or the like: never run on a piece of a subject */
};

/* What comes of compiling a regex: bytes at START, which others may have too, and the rest. */
struct compiled {
    uint8_t *start;
    size_t start_length;
    size_t length;
    uint8_t rest[];
};

struct pattern_error {
    size_t offset; /* bytes into the regex */
    char message[PATTERN_MESSAGE];
};

struct pattern_span {
    size_t start;
    size_t end;
};

struct pattern_matcher;

/* Of the limit see above. NULL when memory is short. */
struct pattern_matcher *pattern_matcher_create(uint32_t match_limit);

/* ONCE has what came of compiling (pattern_serialize), each to be read once: its memory is given
 * back now and then. */
void pattern_matcher_reads(struct pattern_matcher *matcher, struct pages once);

void pattern_matcher_destroy(struct pattern_matcher *matcher);

/* Compiles without matching: PATTERN_MATCH, or PATTERN_INVALID with *error set, or no memory. */
enum pattern_status pattern_compile(struct pattern *pattern, const struct regex *regex,
                                    struct pattern_error *error);

/*
 * What comes of compiling REGEX, for regex->compiled, in the arena: this version of PCRE2 needs not
 * compile it anew then. What FIRST, unless NULL, begins with as well is kept there alone: PCRE2's
 * tables. NULL when memory is short, or if it does not compile.
 */
struct compiled *pattern_serialize(const struct regex *regex, const struct compiled *first,
                                   struct arena *arena);

/* Names the text that the matches to come are in, which is borrowed until the next one is named.
 * What it is made of is found once, when the first of them needs it; IS_VALID: it is known to be
 * UTF-8. */
void pattern_subject(struct pattern_matcher *matcher, const char *text, size_t length,
                     bool is_valid);

/*
 * Looks for REGEX in the subject from byte FROM on (above 0: when it was looked for from 0 just
 * before); *span, unless NULL, says where it matched. PATTERN_INVALID here means that the regex was
 * never checked with pattern_compile.
 */
enum pattern_status pattern_match(struct pattern_matcher *matcher, struct pattern *pattern,
                                  const struct regex *regex, size_t from,
                                  struct pattern_span *span);

void pattern_release(struct pattern *pattern);

/* Frees what it compiled, without a JIT; it still knows how much it looked at. */
void pattern_forget(struct pattern *pattern);

/* For --version: PCRE2's own version, its Unicode version, and whether this build can JIT. */
void pattern_version(char *buffer, size_t size);

#endif
