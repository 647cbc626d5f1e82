/*
 * unpack -- inputs that are no text yet, read through the programs that make text of them.
 *
 * Model:     what an input is packed with is told by its first bytes, and whether it is a page of
 *            HTML, packed or not, by the first ones of what was packed. Of a file they are looked
 *            at, of a pipe they are read: they are `begun`, to be taken before what `fd` has. Where
 *            there is no helper nothing is looked at, and nothing unpacked.
 * Ownership: the helper and the descriptor opened are the caller's; unpack_close closes a pipe.
 * Errors:    false with a text.
 */
#ifndef DECHAFF_FLOW_UNPACK_H
#define DECHAFF_FLOW_UNPACK_H

#include "flow/operands.h"
#include "format/html.h"
#include "io/helper.h"

/* Inputs that are looked at before there is a helper; among more of them one may be packed. */
#define UNPACK_LOOKS 8

#define UNPACK_FAULT 320

/* What becomes of HTML. */
enum html_wish {
    HTML_IS_TEXT,  /* it is read as it is */
    HTML_IS_SHOWN, /* as text, by a dumper */
    HTML_IS_REFUSED
};

struct html_wishes {
    enum html_wish wish;
    const struct dumper *dumper; /* the first that is tried */
    bool is_only;                /* and no other one */
};

struct unpack {
    struct helper process;
    struct helper *helper;         /* it, or NULL */
    size_t head;                   /* bytes of standard input that were read already, in BYTES */
    const struct packing *packing; /* NULL: the input is not packed */
    const struct dumper *dumper;   /* NULL: it is not HTML */
    int fd;                        /* to be read from */
    struct span begun;             /* was read of it */
    char charset[HTML_CHARSET];    /* of the HTML */
    char bytes[HTML_LOOK];
    char fault[UNPACK_FAULT];
};

/* It has no helper. */
void unpack_init(struct unpack *unpack);

/* Whether one of the inputs is packed or, if HTML is not text, a page, or, as
 * far as can be told without reading it, may be. If all there is is a pipe on standard input, it is
 * told by reading that as far as need be, which spares most runs of a pipeline a process. */
bool unpack_may_be_needed(struct unpack *unpack, const struct operands *inputs,
                          const struct html_wishes *html);

/* Looks at the input. False if no text can be made of it. */
bool unpack_open(struct unpack *unpack, int fd, const struct html_wishes *html);

/* What was done to a page, to be told; a text of the input's, until it is closed. */
const char *unpack_explain(struct unpack *unpack);

/* Ends the input, all of which was read if IS_READ. False if it was cut short or damaged, or a
 * program failed. */
bool unpack_close(struct unpack *unpack, bool is_read);

#endif
