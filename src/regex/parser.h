/*
 * parser -- groups, alternation and quantifiers of a PCRE2 regex.
 *
 * Model:     recursive descent. A part is read by the atoms, several are put together by
 *            sequence.h. A group that many regexes share (pieces.h) is read once.
 * Contract:  that of atoms.h.
 * Limits:    groups nested up to PARSER_MAX_DEPTH; NAMES_MAX named groups are told apart.
 */
#ifndef DECHAFF_REGEX_PARSER_H
#define DECHAFF_REGEX_PARSER_H

#include "regex/atoms.h"
#include "regex/pieces.h"

#define PARSER_MAX_DEPTH 64
#define PARSER_NAMES_MAX 8

/* What PCRE2 refuses takes 64 KiB compiled; well below it none comes near. */
#define PARSER_WEIGHT_MAX 40000

struct parser_name {
    const unsigned char *text;
    size_t length;
};

/* Zeroed but for the cursor and the pieces. */
struct parser {
    struct cursor cursor;
    struct pieces *pieces;
    unsigned depth;
    unsigned deepest; /* that was reached since it was set */
    unsigned groups;
    struct parser_name names[PARSER_NAMES_MAX];
    size_t names_count;
};

/* Reads the whole regex; false: lost. */
bool parser_read(struct parser *parser, struct part *part);

#endif
