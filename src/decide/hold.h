/*
 * hold -- lines that wait for a verdict.
 *
 * Model:     a queue of entries, numbered by an ever-growing sequence; [first, next) are in it,
 *            in input order. An entry is a line, or a run of blank lines. The newest entry's text
 *            may still be borrowed from the reader; hold_own copies it.
 * Ownership: owned text lies in the queue's own bytes until the entry is popped; pointers to
 *            entries and texts hold until the next push, own or extend.
 * Limits:    max_lines entries that are not blank, and one more while it is looked at; max_bytes
 *            of text, counted for every line, also where the text itself is not kept. The oldest
 *            entries may be spared: they have limits of their own, spare_lines and max_bytes. A
 *            full queue refuses; it never grows.
 * Errors:    false from a function that says so; nothing is printed.
 */
#ifndef DECHAFF_DECIDE_HOLD_H
#define DECHAFF_DECIDE_HOLD_H

#include "line/line.h"
#include "line/measure.h"
#include "match/hits.h"
#include "rules/rule.h"

enum verdict { VERDICT_KEEP, VERDICT_DROP, VERDICT_HOLD };

struct track_line;

/* How many words a line has, against short-words. */
enum words { WORDS_UNCOUNTED, WORDS_FEW, WORDS_MANY };

struct held {
    const char *text; /* of blank lines: all of them, with the endings between them */
    size_t length;
    enum line_ending ending; /* of the last line */
    uint64_t offset;         /* in the document, of the line's own bytes */
    uint64_t size;           /* of them, of all of them for blank lines */
    uint64_t number;         /* of the line in its input; of the first, for blank lines */
    uint64_t lines;          /* 1, or how many blank lines */
    uint64_t ordinal;        /* among the document's lines that are not blank */
    uint64_t paragraph;      /* among its paragraphs: the one that the line is in */
    enum verdict verdict;
    enum words words; /* of the line */
    bool knows_end;   /* END was measured */
    enum measure_end end;
    uint32_t rule;      /* that decided, or NO_RULE */
    uint32_t pass;      /* of a tail: the pass rule that it may be safe by, or NO_RULE */
    uint32_t head;      /* the head rule that hits it, or NO_RULE */
    uint32_t document;  /* the document rule that hits it, or NO_RULE */
    uint32_t speaker;   /* the first rule that would decide if none weighed, or NO_RULE */
    uint32_t edited_by; /* the strip rule that changed the text, or NO_RULE */
    uint64_t marks;     /* that it has */
    uint64_t above;     /* that lines above it in its paragraph have */
    bool is_blank;
    bool after_blank; /* a blank line or the document's begin is just before */
    bool is_short;    /* kept, and within reach of a cut's back=N */
    bool is_tail;     /* stays if prose follows, or what PASS waits for */
    bool is_protected;
    bool is_claimed; /* a rule drops it, though a pending may hold it still */
    bool is_borrowed;
    bool is_continued;                /* a piece of a long line, not its first */
    bool continues;                   /* a piece of a long line, not its last */
    enum behind behind;               /* what it stands behind */
    uint32_t headline;                /* the rule that marks it one, or NO_RULE */
    const struct track_line *weighed; /* by rules that weigh, or NULL */
    uint32_t from_hit;                /* hits before this one have come to nothing */
    uint32_t hit_count;
    uint32_t hits[MATCH_HITS];
};

struct hold;

struct hold *hold_create(size_t max_lines, size_t max_bytes, size_t spare_lines);
void hold_destroy(struct hold *hold);

uint64_t hold_first(const struct hold *hold);
uint64_t hold_next(const struct hold *hold);

/* The entry numbered SEQUENCE, which must be in [first, next). */
struct held *hold_at(const struct hold *hold, uint64_t sequence);

/* True when the queue is above a limit, the newest, borrowed text counted. */
bool hold_is_full(const struct hold *hold);

/* From here on the entries below SEQUENCE count as spared; it may not fall. */
void hold_spare(struct hold *hold, uint64_t sequence);

/* True when those that are spared are above their limit. */
bool hold_is_spare_full(const struct hold *hold);

/* Adds an entry whose text is borrowed; hold_is_full must have been false. */
struct held *hold_push(struct hold *hold, const struct held *entry);

/*
 * Copies what the newest entry borrows; hold_is_full must be false. When NEEDED is false only its
 * size is remembered: its text will not be asked for.
 */
void hold_own(struct hold *hold, bool needed);

/*
 * Appends one more blank line to the newest entry, an owned run of blank lines. False when that
 * would be over the limit: the line is then an entry of its own.
 */
bool hold_extend(struct hold *hold, const struct line *line);

/* Takes the first entry out; its text stays readable until the next push, own or extend. */
struct held *hold_pop(struct hold *hold);

#endif
