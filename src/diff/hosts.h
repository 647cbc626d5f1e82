/*
 * hosts -- what changes, by the host of the documents.
 *
 * Model:     counts by name. When more hosts than HOSTS_MOST have changes, those whose names have
 *            the lowest hashes are kept: these are the same ones, and their counts are whole,
 *            in whatever order and in however many parts documents are counted.
 * Ownership: hosts start zeroed; hosts_release frees them.
 * Limits:    twice HOSTS_MOST while it counts.
 * Errors:    false when memory is short.
 */
#ifndef DECHAFF_DIFF_HOSTS_H
#define DECHAFF_DIFF_HOSTS_H

#include "base/span.h"
#include "base/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Some 3 MB for each thread at the most. */
#define HOSTS_MOST 16384

/* Of a line that is edited the words it loses or gains are among these, but not the line. */
struct change_counts {
    uint64_t lines_lost;
    uint64_t words_lost;
    uint64_t lines_gained;
    uint64_t words_gained;
    uint64_t lines_edited;
};

struct host {
    char *name; /* empty: of documents that have none */
    uint64_t hash;
    uint64_t documents; /* that change */
    struct change_counts counts;
};

struct hosts {
    struct host *items;
    size_t count;
    size_t capacity;
    struct table table;
    bool is_bounded; /* some hosts were left out: those with a hash above the bound */
    uint64_t bound;
};

void hosts_release(struct hosts *hosts);

/* Whether anything changes. */
bool counts_any(const struct change_counts *counts);
void counts_add(struct change_counts *counts, const struct change_counts *other);

/* Takes away those of OTHER, which are among them. */
void counts_take(struct change_counts *counts, const struct change_counts *other);

bool hosts_add(struct hosts *hosts, struct span name, uint64_t documents,
               const struct change_counts *counts);
bool hosts_merge(struct hosts *hosts, const struct hosts *other);

/* Leaves out what is above HOSTS_MOST, and puts the others in order: those of which most words
 * change come first. Nothing may be added after it. */
void hosts_finish(struct hosts *hosts);

#endif
