/*
 * dumpers -- the programs that show HTML as text, and how each is to be run.
 *
 * Model:     a row for each, the better one first. It reads a page on standard input, which is a
 *            pipe, and writes UTF-8: a paragraph a line, lists with their bullets, nothing of what
 *            links lead to. It reads no configuration of the user's, and connects to nothing.
 * Ownership: rows are constant.
 * Errors:    none.
 */
#ifndef DECHAFF_IO_DUMPERS_H
#define DECHAFF_IO_DUMPERS_H

#include <stdbool.h>
#include <stddef.h>

/* Arguments of a row at most, its name and the NULL at the end counted. */
#define DUMPERS_ARGUMENTS 16

/* Bytes of an argument, terminated, that the charset is put into. */
#define DUMPERS_ARGUMENT 96

/* Other names for charsets at most, the NULL at the end counted. */
#define DUMPERS_NAMES 3

struct dumper {
    const char *name; /* the program's */
    /* Behind its name. A % stands for the charset of a page that does not declare one, or of any
     * page where the program does not look for it. */
    const char *arguments[DUMPERS_ARGUMENTS];
    /* Charsets that it does not know, each with the one that comes nearest. */
    const char *names[DUMPERS_NAMES][2];
};

/* The last one has no name. */
extern const struct dumper dumpers[];

/* The row of that name, or NULL. */
const struct dumper *dumpers_find(const char *name);

/* The names of all, with commas between them. */
void dumpers_names(char *text, size_t size);

/* The command line, as for a shell. */
void dumpers_command(const struct dumper *dumper, const char *charset, char *text, size_t size);

/* Where the program's arguments are, that of its name first and NULL last. The charset is put into
 * one of them at most, in BUFFER. */
void dumpers_arguments(const struct dumper *dumper, const char *charset,
                       const char *arguments[DUMPERS_ARGUMENTS], char buffer[DUMPERS_ARGUMENT]);

#endif
