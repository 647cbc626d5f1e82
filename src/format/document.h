/*
 * document -- one of many in a stream, and the interface that a format of such streams implements.
 *
 * Model:     a format says where a document ends, what of it is text and where that comes from,
 *            hands out the text's lines one by one, and puts the document together again around
 *            what is left of them. Everything it does not understand it lets alone.
 * Ownership: a document borrows its bytes; what it decoded lies in memory of its own, a line's
 *            text until the next one is asked for.
 * Limits:    a line longer than max_line comes whole, as a LINE_PART.
 * Errors:    a document that is wrong has a fault, and no text; no_memory says that memory was
 *            short. Nothing is printed.
 */
#ifndef DECHAFF_FORMAT_DOCUMENT_H
#define DECHAFF_FORMAT_DOCUMENT_H

#include "base/language.h"
#include "format/fields.h"
#include "io/writer.h"
#include "line/line.h"

#define DOCUMENT_HOST 256 /* bytes, the terminator included */
#define DOCUMENT_FIELD 64 /* the same */
#define DOCUMENT_CHANGES 2
#define DOCUMENT_CHANGE 192

/* Some bytes of a document. */
struct stretch {
    size_t at;
    size_t size;
};

/* What is to stand in place of a stretch. */
struct change {
    struct stretch where;
    char text[DOCUMENT_CHANGE];
    size_t length;
};

struct document {
    const struct format *format;
    const struct fields *fields;
    const char *bytes; /* the whole document, with what parts it from the next one */
    size_t size;
    uint64_t offset; /* of the document in the input */
    uint64_t number; /* in the input, from 1 */

    /* What the format found out: */
    const char *fault; /* what is wrong, or NULL */
    size_t fault_at;
    bool has_fields;             /* it is JSON, and so should have those that were asked for */
    unsigned found;              /* a bit for each enum field that is there, and a string */
    char likely[DOCUMENT_FIELD]; /* the field that has the text instead, or empty */
    bool has_text;               /* else the document goes through as it is */
    size_t begin;                /* the text is [begin, end) of the bytes */
    size_t end;
    char host[DOCUMENT_HOST];     /* empty: unknown */
    char language[LANGUAGE_SIZE]; /* the same */
    struct stretch length_field;  /* what a change of the text makes wrong, of size 0 if there */
    struct stretch digest_field;  /* is no such thing */
    size_t annotation_at;         /* where a field may be added */

    /* Its lines: */
    size_t max_line; /* in bytes, as decoded */
    bool is_plain;   /* lines end at LF or CRLF alone; set by the caller */
    size_t at;       /* of the next line */
    uint64_t lines;  /* handed out */
    uint64_t first_long;
    uint64_t long_lines;
    char *decoded;
    size_t capacity;
    struct json *json;
    bool no_memory;
};

/* How far the search for a document's end has come. */
struct extent {
    uint64_t total;  /* bytes of the document, or 0 while they are not known */
    size_t searched; /* bytes that surely belong to the document and need not be looked at again */
    size_t limit;    /* a document with more bytes goes through untouched */
    bool is_lost;    /* the document has no end of its own: it lasts until something looks like the
                        next one */
    bool is_large;   /* the document says that it is over the limit, and is believed */
};

struct format {
    const char *name;        /* for --format */
    const char *suffixes[3]; /* of files in it */
    const char *unit;        /* what messages call a document, or NULL if they tell its offset */

    /* Whether the document that BYTES begin with also ends in BYTES; its size is in extent->total
     * then. is_all: no more bytes come, and the last document has to end somewhere. */
    bool (*find_end)(struct extent *extent, struct span bytes, bool is_all);

    void (*examine)(struct document *document);

    /* Fills *line for LINE_READ and LINE_PART; else LINE_END, or LINE_NO_MEMORY. */
    enum line_status (*next_line)(struct document *document, struct line *line);

    /* Writes TEXT in place of a line whose bytes were RAW, its ending included; but where there is
     * an ending_size, its ending stays where it is, and RAW is without it. */
    bool (*put_edited)(struct writer *writer, struct span text, struct span raw,
                       enum line_ending ending);

    /* How many bytes of RAW, a line's, are its ending. NULL unless endings part lines rather than
     * end them: of what is left then, the last line has one only if the last line of all had one.
     */
    size_t (*ending_size)(struct span raw, enum line_ending ending);

    /* Fills CHANGES with what else must change if TEXT is the new text: up to DOCUMENT_CHANGES, all
     * before the text and in their order. Returns how many. NULL: nothing must. */
    size_t (*revise)(const struct document *document, struct span text, struct change *changes);
};

/* NULL when memory is short. */
struct document *document_create(const struct fields *fields, size_t max_line);
void document_destroy(struct document *document);

/* Turns to another document, and has the format examine it. */
void document_open(struct document *document, const struct format *format, struct span bytes,
                   uint64_t number, uint64_t offset);

/* For formats: notes that the document is wrong, what with, and at which of its bytes. */
void document_fail(struct document *document, const char *fault, size_t at);

/* The host in a URL, or a bare host name; empty if there is none. */
struct span document_host_in(struct span url);

/* Whether it may stand in a host: a letter of any script, with its accents, a digit, or one of
 * "-._". */
bool document_is_of_host(uint32_t character);

/* For formats: takes the host out of a URL, or out of a bare host name. */
void document_set_url(struct document *document, struct span url);

/* For formats: takes a name of any kind for the host, with a hyphen between the parts of it that
 * may stand in one; empty if no letter or digit is in them, or if they are too long for a host. */
void document_set_host(struct document *document, struct span name);

/* For formats: the first of the languages, which may be a list with commas; see language.h. */
void document_set_language(struct document *document, struct span languages);

/* For formats whose documents end with the byte END each, see find_end. */
bool document_find_byte(struct extent *extent, struct span bytes, bool is_all, char end);

/* For formats whose text has its lines as they are. */
enum line_status document_plain_line(struct document *document, struct line *line);
bool document_put_plain(struct writer *writer, struct span text, struct span raw,
                        enum line_ending ending);

/* For formats: a line of the text is RAW, its text TEXT and ENDING as decoded. */
enum line_status document_line(struct document *document, struct span raw, struct span text,
                               enum line_ending ending, struct line *line);

#endif
