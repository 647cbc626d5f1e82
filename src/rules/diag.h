/*
 * diag -- what is wrong in rule files, collected so that one run reports it all.
 *
 * Model:     a list of diagnostics in the order they were found; each knows its file, line and
 *            column and quotes the line. Texts come from names and files of anyone: characters
 *            that could steer a terminal are shown as a question mark, and so are bytes that are
 *            not UTF-8, for what is said of a rule may stand in JSON.
 * Ownership: the list owns copies of all it was given; diag_free frees them.
 * Limits:    the first DIAG_MAX are kept, the rest only counted. Messages are cut behind a thousand
 *            bytes, quoted lines around their place.
 * Errors:    a diagnostic that can't be stored for lack of memory still counts, and no_memory says
 *            so.
 */
#ifndef DECHAFF_RULES_DIAG_H
#define DECHAFF_RULES_DIAG_H

#include "base/span.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define DIAG_MAX 1000

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

/* A place in a rule file. column counts bytes from 0; line 0 means the file as a whole. */
struct place {
    const char *file;
    size_t line;
    size_t column;
    const char *source; /* the whole line, for the quotation; may be NULL */
    size_t source_length;
    bool is_secret; /* the file may be none of rules: nothing that stands in it is told */
};

struct diagnostic {
    enum severity severity;
    char *file;
    size_t line;
    size_t column;
    char *message;
    char *source;
    size_t source_length;
};

struct diagnostics {
    struct diagnostic *items;
    size_t count;
    size_t capacity;
    size_t errors;
    size_t warnings;
    bool no_memory; /* one could not be stored */
};

void diag_add(struct diagnostics *list, enum severity severity, const struct place *place,
              const char *format, ...) __attribute__((format(printf, 4, 5)));

/* An error: WHAT 'the word'; MEND. The word is in the line of PLACE, whose column it gives. */
void diag_add_word(struct diagnostics *list, const struct place *place, const char *what,
                   struct span word, const char *mend);

/*
 * The diagnostics as people read them, `FILE:LINE:COLUMN: error: MESSAGE` with the line and a caret
 * beneath it; columns are counted in characters from 1. The caller frees it; NULL when memory is
 * short.
 */
char *diag_text(const struct diagnostics *list);

/* Writes a text with its question marks. */
void diag_print(FILE *stream, const char *text, size_t length);

/* Puts them into a text. */
void diag_make_safe(char *text);

/* `dechaff: MESSAGE` as a line; the message is made as printf does, and made safe. The caller frees
 * it; NULL when memory is short. */
char *diag_line(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

void diag_free(struct diagnostics *list);

#endif
