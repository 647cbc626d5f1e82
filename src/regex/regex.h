/*
 * regex -- the text of a regular expression as a rule file gives it.
 *
 * Model:     bytes and flags; what they mean is pcre2pattern(3), always with UTF and Unicode
 *            properties. pattern.h compiles it, required.h reads it.
 * Ownership: the text is borrowed from whoever loaded the rule.
 */
#ifndef DECHAFF_REGEX_REGEX_H
#define DECHAFF_REGEX_REGEX_H

#include <stddef.h>
#include <stdint.h>

/* The length of lines that has no bound. */
#define REGEX_UNBOUNDED UINT32_MAX

enum regex_flag {
    REGEX_CASELESS = 1, /* i */
    REGEX_EXTENDED = 2, /* x */
};

/* What is known of a regex that is no more than a string: phrase.h. */
struct phrase {
    unsigned char begin;  /* of the string in the regex, where it has its backslashes */
    unsigned char length; /* 0: the regex is more, or something else */
    unsigned char before; /* what is beside it */
    unsigned char after;
};

struct regex {
    const char *text;
    size_t length;
    const struct compiled *compiled; /* by pattern_serialize, or NULL */
    unsigned flags;                  /* of enum regex_flag */
    struct phrase phrase;            /* by phrase_of */
};

#endif
