/*
 * packing -- how files are compressed, and the programs that do and undo it.
 *
 * Model:     a row for each way, known by the bytes that every file of it begins with, and by
 *            nothing else; the end of a name says how a file that is written is to be packed.
 * Ownership: rows are constant.
 * Errors:    none.
 */
#ifndef DECHAFF_IO_PACKING_H
#define DECHAFF_IO_PACKING_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes that tell all of them apart. */
#define PACKING_BEGIN 10

struct packing {
    const char *name;      /* the program's, too */
    const char *suffix;    /* of file names, with its dot */
    const char *unpacking; /* the option to unpack standard input, and to pack it */
    const char *packing;
    const char *begin; /* a # stands for a digit above 0 */
    size_t length;
};

/* The last one has no name. */
extern const struct packing packings[];

/* What a file is packed with that begins with these bytes, or NULL. */
const struct packing *packing_of(const char *bytes, size_t count);

/* Whether more bytes are needed to know. */
bool packing_may_follow(const char *bytes, size_t count);

/* What a file of that name is to be packed with, or NULL. */
const struct packing *packing_of_name(const char *path);

#endif
