/*
 * record -- what was seen of sites, as it is written and read.
 *
 * Model:     a text of records, in an order that makes many such texts one by merging:
 *
 *                dechaff counts 1
 *                site NAME PAGES
 *                16 hexadecimal digits of a page, WORDS of prose on it; PAGES lines, ascending
 *                NUMBERS <tab> KEY <tab> SAMPLE; for each template of the site
 *                end
 *
 *            Sites ascend by name and templates by key, as bytes. NUMBERS are those of the pages
 *            that it was on, from 0, each but the first less the one before. Behind one may stand
 *            where on the page it was: ':' and the words before it, ':' and its own, ':' and how
 *            many of those before it rules would keep, with a '+' if they keep the line, too.
 *            SAMPLE is of the first of the pages, and empty where the key says it.
 * Ownership: a reader owns what its site and its line point to, until the next one is read.
 * Limits:    RECORD_PAGES pages of a site, those whose numbers are the least.
 * Errors:    enum record_status; RECORD_BAD is for what was not written so. Writing, the writer's.
 */
#ifndef DECHAFF_LEARN_RECORD_H
#define DECHAFF_LEARN_RECORD_H

#include "base/span.h"
#include "io/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Pages of a site that are learnt from: of more, a sample that is the same in any order. */
#define RECORD_PAGES ((uint32_t)16384)

struct seen_page {
    uint64_t id;
    uint32_t prose; /* words */
};

struct seen_site {
    struct span name;
    struct seen_page *pages; /* by id */
    uint32_t count;
};

/* A page that a template is on, and where. */
struct seen_at {
    uint32_t page;   /* its number in the site */
    uint32_t before; /* words before it, or RECORD_NONE: it is not known where, nor what follows */
    uint32_t words;  /* its own */
    uint32_t kept;   /* of those before it, the ones that stay */
    bool stays;
};

struct seen_line {
    struct span key;
    struct span sample; /* empty: the key says it */
    struct seen_at *at; /* by page, ascending */
    uint32_t count;
};

/* No page: a number beyond all. */
#define RECORD_NONE UINT32_MAX

/* Sorts the numbers, of which none stays twice, nor RECORD_NONE; how many are left. */
uint32_t record_sort_pages(uint32_t *pages, uint32_t count);

/* The same by page; of several places on one page the same one stays, whatever their order. */
uint32_t record_sort_places(struct seen_at *at, uint32_t count);

bool record_put_head(struct writer *out);
bool record_put_site(struct writer *out, const struct seen_site *site);
bool record_put_line(struct writer *out, const struct seen_line *line);
bool record_put_end(struct writer *out);

enum record_status {
    RECORD_SITE,
    RECORD_LINE,
    RECORD_END,
    RECORD_BAD,
    RECORD_ERROR,
    RECORD_NO_MEMORY
};

struct record_reader;

/* Reads [OFFSET, OFFSET + SIZE) of a file that others may read too, by BUFFER bytes at a time. */
struct record_reader *record_open(int fd, off_t offset, uint64_t size, size_t buffer);

/* Reads what lies in memory, which stays the caller's. */
struct record_reader *record_open_memory(struct span bytes);

void record_close(struct record_reader *reader);

/* The next site or line; for RECORD_ERROR errno says why. */
enum record_status record_next(struct record_reader *reader);

/* Those that were read last. */
const struct seen_site *record_site(const struct record_reader *reader);
const struct seen_line *record_line(const struct record_reader *reader);

#endif
