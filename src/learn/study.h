/*
 * study -- the rules that follow from what was seen of a site.
 *
 * Model:     a template becomes a rule if it stands on several pages of the site, pages with the
 *            same article counted once. Three kinds are told by the number and the share of the
 *            pages: what drops a line, also where rules weigh; what drops it, but only speaks where
 *            rules weigh; and what only speaks. What reads as prose must stand on a larger share,
 *            or is none: an agency's last line, a refrain or a quotation returns in articles.
 *            What stands for lines with names (names.h) must be on as large a share as what is sure
 *            to drop, and yet only speaks where rules weigh: headlines are written with capitals,
 *            too.
 *            Where it is known what rules make of the pages, what stands between two such lines
 *            becomes a rule, too, if little of it is kept (slots.h).
 *            Each rule has behind it on how many pages it was seen, of how many, and under it the
 *            line, and the one of the site that is next to it in the order of bytes and is none.
 * Ownership: study_release frees what the study holds; the merge and the writer are the caller's.
 * Limits:    in memory are the templates of a site that may become rules.
 * Errors:    enum record_status, of the merge; a failed write is RECORD_ERROR, and the writer's.
 */
#ifndef DECHAFF_LEARN_STUDY_H
#define DECHAFF_LEARN_STUDY_H

#include "learn/merge.h"
#include "learn/names.h"
#include "learn/slots.h"
#include "learn/twins.h"

/* What a template needs to drop lines. */
struct study_wishes {
    uint32_t pages;      /* it is on so many, */
    double share;        /* and on so many per cent of its site's, */
    double prose_share;  /* or, if it reads as prose, on so many */
    uint32_t sure_pages; /* to do so where rules weigh, on so many, */
    double sure_share;   /* and so many per cent */
    double most_kept;    /* of what stands between two, so many per cent stay, or fewer */
    bool is_by_site;     /* sites are domains, with all hosts below them */
    const char *field;   /* by which they are named, or NULL */
};

/* Pages that a template is on to speak, at least. */
#define STUDY_PAGES ((uint32_t)2)

struct candidate;

/* Zeroed at first, but for the wishes. */
struct study {
    const struct study_wishes *wishes;
    struct twins twins;
    struct names names;
    struct slots slots;
    bool has_blocks;    /* one was written */
    struct arena arena; /* of the site at hand */
    struct candidate *candidates;
    uint32_t count;
    uint32_t room;
    char *spared; /* the key and the text of the last template that is none, in one */
    size_t spared_room;
    struct span spared_key, spared_text;
    char *spared_copy; /* its text in the arena, if a candidate has it */
    uint32_t pending;  /* candidates since then */
};

/* What stands at the top of the rules. */
bool study_put_head(const struct study_wishes *wishes, struct writer *out);

/* Writes the rules for the site that the merge is at. RECORD_END if all went well. */
enum record_status study_site(struct study *study, struct merge *merge, struct writer *out);

void study_release(struct study *study);

#endif
