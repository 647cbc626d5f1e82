/*
 * unpack -- inputs that are compressed, read through the program that unpacks them.
 *
 * Model:     what an input is packed with is told by its first bytes alone. Of a file they are
 *            looked at, of a pipe they are read: they are `begun`, to be taken before what `fd`
 *            has. Where there is no helper nothing is looked at, and nothing unpacked.
 * Ownership: the helper and the descriptor opened are the caller's; unpack_close closes a pipe.
 * Errors:    false with a text.
 */
#ifndef DECHAFF_FLOW_UNPACK_H
#define DECHAFF_FLOW_UNPACK_H

#include "flow/operands.h"
#include "io/helper.h"

/* Inputs that are looked at before there is a helper; among more of them one may be packed. */
#define UNPACK_LOOKS 8

#define UNPACK_FAULT 128

struct unpack {
    struct helper *helper;         /* or NULL */
    const struct packing *packing; /* NULL: the input is not packed */
    int fd;                        /* to be read from */
    struct span begun;             /* was read of it */
    char bytes[PACKING_BEGIN];
    char fault[UNPACK_FAULT];
};

/* Whether one of the inputs is packed or, as far as can be told without reading it, may be. */
bool unpack_may_be_needed(const struct operands *inputs);

/* Looks at the input. False if it is packed and can't be unpacked. */
bool unpack_open(struct unpack *unpack, int fd);

/* Ends the input, all of which was read if IS_READ. False if it was cut short or damaged. */
bool unpack_close(struct unpack *unpack, bool is_read);

#endif
