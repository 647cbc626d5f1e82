/*
 * repeats -- stretches of a text that were there before.
 *
 * Model:     repeats_begin, then repeats_add for each stretch, in order: one that equals an
 *            earlier one is a repetition of it, the first is none.
 * Ownership: stretches are borrowed until the next begin; repeats_release frees the rest.
 * Limits:    fewer than UINT32_MAX stretches.
 * Errors:    no_memory, from then on.
 */
#ifndef DECHAFF_TEXT_REPEATS_H
#define DECHAFF_TEXT_REPEATS_H

#include "base/span.h"
#include "base/table.h"

/* One of those that are alike, and how many there are. */
struct repeat {
    struct span text;
    uint32_t count;
};

/* Zeroed at first. */
struct repeats {
    struct table table;
    struct repeat *known;
    uint32_t count; /* of them, all different */
    uint32_t capacity;
    uint64_t all;
    uint64_t repeated;
    uint64_t repeated_chars;
    bool no_memory;
};

void repeats_begin(struct repeats *repeats);
void repeats_release(struct repeats *repeats);

/* Adds a stretch; whether one like it was there before. Those that are alike are known in the order
 * of the first ones. */
bool repeats_take(struct repeats *repeats, struct span stretch);

/* Adds a stretch, and counts it and its characters. */
void repeats_add(struct repeats *repeats, struct span stretch);

/* The paragraphs of a text, white space around it aside: two line feeds or more part them. */
void repeats_of_paragraphs(struct repeats *repeats, struct span text);

/* Its lines: one line feed or more. An empty one may stand at its begin and its end. */
void repeats_of_lines(struct repeats *repeats, struct span text);

/* Its lines, one behind each line feed. */
void repeats_of_all_lines(struct repeats *repeats, struct span text);

/* Its lines that are not blank. */
void repeats_of_full_lines(struct repeats *repeats, struct span text);

#endif
