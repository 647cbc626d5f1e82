/*
 * dossier -- all it takes to repeat a run on one text, in a file that can be sent: --report.
 *
 * Model:     of the text each line as it is read, and as it is settled; then dossier_end writes all
 *            of it. The file is a text for people. In its first part the lines say what
 *            they are; in the others each line stands behind a sign and a blank, so that nothing a
 *            text has can pass for another part, and sed takes it out again:
 *                <  the input          >  the output       :  the rows of --explain
 *                |  a rule file of the user's own          =  shipped ones, as sha256sum has them
 * Secrets:   a rule file that may be none, since another one includes it under a name that no rule
 *            file has, is named and not shown.
 * Ownership: wishes, rules and the writer are borrowed; dossier_destroy frees the rest.
 * Limits:    DOSSIER_MOST bytes of each of input, output and rows, and a mark where one is cut.
 * Errors:    NULL and false when memory is short; of dossier_end also the writer's.
 */
#ifndef DECHAFF_FLOW_DOSSIER_H
#define DECHAFF_FLOW_DOSSIER_H

#include "decide/hold.h"
#include "io/writer.h"
#include "line/line.h"
#include "match/chosen.h"
#include "rules/rules.h"

#define DOSSIER_MOST ((size_t)16 * 1024 * 1024)
#define DOSSIER_NOTE 400

struct dossier_wishes {
    const char *path;         /* of the file */
    const char *const *words; /* of the command line, the last one is NULL */
    char *version;            /* of the program, found out before the run is confined */
};

struct dossier;

struct dossier *dossier_create(const struct dossier_wishes *wishes, const struct rules *rules);
void dossier_destroy(struct dossier *dossier);

/* Something about the input, for the first part; it is cut after DOSSIER_NOTE bytes. */
void dossier_note(struct dossier *dossier, const char *text);

/* A line, or a piece of one, as it was read. */
bool dossier_read(struct dossier *dossier, const struct line *line);

/* The same once it is settled; CHOSEN are the rules that weigh, or NULL. */
bool dossier_line(struct dossier *dossier, const struct chosen *chosen, const struct held *line);

/* Writes the file; without an error of the writer false is a lack of memory. */
bool dossier_end(struct dossier *dossier, struct writer *writer);

/* Whether something was cut. */
bool dossier_is_cut(const struct dossier *dossier);

/* How many rule files of the user's own it shows. */
size_t dossier_own_rules(const struct dossier *dossier);

#endif
