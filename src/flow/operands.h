/*
 * operands -- the inputs of a run, whether they stand on the command line or in a list.
 *
 * Model:     a list is names that end with a NUL, as find -print0 writes them; the last one may be
 *            without. It is read to its end before anything else is, and all its names are kept.
 *            What cannot be a name stays in its place, so that it is told there, and the others are
 *            done.
 * Ownership: operands_free frees the names; the list's path is the caller's.
 * Limits:    the bytes of the list, by the caller.
 * Errors:    NULL or a fault, to be followed by nothing; errno where it is that of a call. Nothing
 *            is printed.
 */
#ifndef DECHAFF_FLOW_OPERANDS_H
#define DECHAFF_FLOW_OPERANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/* Bytes of a name in a message; what is longer is cut. */
#define OPERANDS_PLACE 256

struct operands {
    const char *list; /* NULL: those of the command line */
    const char *const *files;
    size_t count;
    char *bytes; /* of the list */
};

/* An input that was opened, or why it was not. */
struct opened {
    const char *path;
    const char *name;  /* for messages */
    const char *fault; /* NULL if it was */
    int fd;
    char place[OPERANDS_PLACE];
};

enum operands_status { OPERANDS_OK, OPERANDS_NO_READ, OPERANDS_TOO_LONG, OPERANDS_NO_MEMORY };

/* Reads the names in LIST, - for standard input; to be freed in any case. NO_READ has an errno. */
enum operands_status operands_read(struct operands *operands, const char *list, size_t limit);
void operands_free(struct operands *operands);

/* Why the input numbered INDEX can't be one, or NULL: an empty name, or standard input where that
 * was the list. */
const char *operands_fault(const struct operands *operands, size_t index);

/* Where that name stands, as LIST:NUMBER. */
void operands_place(const struct operands *operands, size_t index, char *buffer, size_t size);

/* Whether PATH stands for standard input. */
bool operands_is_standard(const char *path);

/* What stat(2) says of PATH, if that is no failure. */
bool operands_look(const char *path, struct stat *status);

/* The bytes of all of them, or 0 if one is no regular file. */
uint64_t operands_size(const struct operands *operands);

/* Opens the input numbered INDEX; - is standard input. */
void operands_open(const struct operands *operands, size_t index, struct opened *opened);
void operands_close(struct opened *opened);

#endif
