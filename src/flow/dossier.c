#include "flow/dossier.h"

#include "flow/explain.h"
#include "format/digest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A part of the file whose lines are collected; its size is that of all of them, also of those that
 * were left out. */
struct part {
    struct writer *text;
    uint64_t size;
    bool is_cut;
};

struct dossier {
    const struct dossier_wishes *wishes;
    const struct rules *rules;
    const struct source **sources; /* each once, in the order of their paths */
    size_t count;
    struct part input, output, rows;
    char note[DOSSIER_NOTE]; /* a line, or empty */
};

static int compare_paths(const void *one, const void *other)
{
    return strcmp((*(const struct source *const *)one)->path,
                  (*(const struct source *const *)other)->path);
}

/* A file is there once for each section that it was included in. */
static bool gather_sources(struct dossier *dossier)
{
    size_t count = 0;

    for (const struct source *source = dossier->rules->sources; source; source = source->previous)
        count++;
    dossier->sources = calloc(count + 1, sizeof *dossier->sources);
    if (!dossier->sources)
        return false;
    count = 0;
    for (const struct source *source = dossier->rules->sources; source; source = source->previous)
        dossier->sources[count++] = source;
    qsort(dossier->sources, count, sizeof *dossier->sources, compare_paths);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || compare_paths(&dossier->sources[i - 1], &dossier->sources[i]) != 0)
            dossier->sources[dossier->count++] = dossier->sources[i];
    return true;
}

struct dossier *dossier_create(const struct dossier_wishes *wishes, const struct rules *rules)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);

    if (!dossier)
        return NULL;
    *dossier = (struct dossier){.wishes = wishes, .rules = rules};
    dossier->input.text = writer_create(WRITER_MEMORY, 0);
    dossier->output.text = writer_create(WRITER_MEMORY, 0);
    dossier->rows.text = writer_create(WRITER_MEMORY, 0);
    if (dossier->input.text && dossier->output.text && dossier->rows.text &&
        gather_sources(dossier))
        return dossier;
    dossier_destroy(dossier);
    return NULL;
}

void dossier_destroy(struct dossier *dossier)
{
    if (!dossier)
        return;
    writer_destroy(dossier->input.text);
    writer_destroy(dossier->output.text);
    writer_destroy(dossier->rows.text);
    free((void *)dossier->sources);
    free(dossier);
}

void dossier_note(struct dossier *dossier, const char *text)
{
    snprintf(dossier->note, sizeof dossier->note, "%s", text);
}

/* Whether SIZE bytes more have room; from the first that have none on, nothing has. */
static bool has_room(struct part *part, size_t size)
{
    part->size += size;
    part->is_cut = part->is_cut || part->text->used > DOSSIER_MOST;
    return !part->is_cut;
}

static bool collect(struct part *part, const char *text, size_t length, enum line_ending ending)
{
    size_t ending_size = line_ending_size(ending);

    return !has_room(part, length + ending_size) ||
           (writer_put(part->text, text, length) &&
            writer_put(part->text, line_ending_text(ending), ending_size));
}

bool dossier_read(struct dossier *dossier, const struct line *line)
{
    return collect(&dossier->input, line->text, line->length, line->ending);
}

bool dossier_line(struct dossier *dossier, const struct chosen *chosen, const struct held *line)
{
    bool good = !has_room(&dossier->rows, line->length) ||
                explain_line(dossier->rows.text, dossier->rules, chosen, line, EXPLAIN_ROWS, false);

    return good && (line->verdict == VERDICT_DROP ||
                    collect(&dossier->output, line->text, line->length, line->ending));
}

bool dossier_is_cut(const struct dossier *dossier)
{
    return dossier->input.is_cut || dossier->output.is_cut || dossier->rows.is_cut;
}

size_t dossier_own_rules(const struct dossier *dossier)
{
    size_t count = 0;

    for (size_t i = 0; i < dossier->count; i++)
        count += !dossier->sources[i]->shipped && !dossier->sources[i]->is_secret;
    return count;
}

/* A text's lines, each behind the sign. A break that is no newline stays within its line. */
static bool put_signed(struct writer *writer, const char *sign, struct span text)
{
    const char *at = text.text, *end = text.text + text.length;
    bool good = true;

    while (good && at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *next = newline ? newline + 1 : end;

        good = writer_put_text(writer, sign) && writer_put(writer, at, (size_t)(next - at)) &&
               (newline || writer_put_text(writer, "\n\\ no newline at the end\n"));
        at = next;
    }
    return good;
}

static bool put_part(struct writer *writer, const char *heading, const char *sign,
                     const struct part *part)
{
    char text[128];

    snprintf(text, sizeof text, "\n== %s\n", heading);
    if (!writer_put_text(writer, text) ||
        !put_signed(writer, sign, (struct span){part->text->buffer, part->text->used}))
        return false;
    snprintf(text, sizeof text, "\\ cut: there is more of it than %zu bytes\n", DOSSIER_MOST);
    return !part->is_cut || writer_put_text(writer, text);
}

/* A word as a shell needs it. */
static bool put_word(struct writer *writer, const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "_./=:,@%+-";
    bool good = true;

    if (*word && word[strspn(word, plain)] == '\0')
        return writer_put_text(writer, word);
    good = writer_put_text(writer, "'");
    for (const char *at = word; good && *at; at++)
        good = *at == '\'' ? writer_put_text(writer, "'\\''") : writer_put(writer, at, 1);
    return good && writer_put_text(writer, "'");
}

/* A word may have newlines, so that the command, too, stands behind a sign. */
static bool put_command(struct writer *writer, const char *const *words)
{
    struct writer *command = writer_create(WRITER_MEMORY, 0);
    bool good = command && writer_put_text(command, "dechaff");

    for (words++; good && *words; words++)
        good = writer_put_text(command, " ") && put_word(command, *words);
    good = good && writer_put_text(command, "\n") &&
           put_signed(writer, "$ ", (struct span){command->buffer, command->used});
    writer_destroy(command);
    return good;
}

/* What comes from outside is in one line, and starts no other. */
static bool put_inline(struct writer *writer, const char *text)
{
    bool good = true;

    for (const char *at = text; good && *at; at++)
        good = writer_put(writer, (unsigned char)*at < ' ' ? "?" : at, 1);
    return good;
}

static bool put_note(struct writer *writer, const char *note)
{
    return !*note || (put_inline(writer, note) && writer_put_text(writer, "\n"));
}

static bool put_own(struct writer *writer, const struct source *source)
{
    if (!writer_put_text(writer, "\n== rules ") || !put_inline(writer, source->path) ||
        !writer_put_text(writer, "\n"))
        return false;
    if (source->is_secret)
        return writer_put_text(writer, "\\ not shown: by its name it is no rule file\n");
    return put_signed(writer, "| ", (struct span){source->text, source->length});
}

static bool put_own_rules(const struct dossier *dossier, struct writer *writer)
{
    bool good = true;

    for (size_t i = 0; good && i < dossier->count; i++)
        good = dossier->sources[i]->shipped || put_own(writer, dossier->sources[i]);
    return good;
}

static bool put_digest(struct writer *writer, const struct source *source)
{
    static const char like[] =
        "sha256:0000000000000000000000000000000000000000000000000000000000000000";
    const char *slash = strrchr(source->path, '/');
    char digest[DIGEST_SIZE];

    digest_again((struct span){like, sizeof like - 1}, source->text, source->length, digest);
    return writer_put_text(writer, "= ") && writer_put_text(writer, strchr(digest, ':') + 1) &&
           writer_put_text(writer, "  ") && put_inline(writer, slash ? slash + 1 : source->path) &&
           writer_put_text(writer, "\n");
}

static bool put_shipped_rules(const struct dossier *dossier, struct writer *writer)
{
    bool good = writer_put_text(writer, "\n== shipped rules\n");

    for (size_t i = 0; good && i < dossier->count; i++)
        good = !dossier->sources[i]->shipped || put_digest(writer, dossier->sources[i]);
    return good;
}

static bool put_head(const struct dossier *dossier, struct writer *writer)
{
    const struct dossier_wishes *wishes = dossier->wishes;
    char text[256];

    snprintf(text, sizeof text,
             "%" PRIu64 " bytes were read, %" PRIu64 " written\n"
             "\n"
             "Each line below has a sign before it: sed -n 's/^< //p' takes the input out, '> '\n"
             "is the output, ': ' why, '| ' rules, '= ' what sha256sum says of shipped ones.\n",
             dossier->input.size, dossier->output.size);
    return writer_put_text(
               writer,
               "A page that dechaff got wrong, or may have, and all that it takes to see why.\n"
               "The whole page is in it: read it before you send it.\n\n") &&
           writer_put_text(writer, wishes->version) && put_command(writer, wishes->words) &&
           put_note(writer, dossier->note) && writer_put_text(writer, text);
}

bool dossier_end(struct dossier *dossier, struct writer *writer)
{
    return put_head(dossier, writer) && put_own_rules(dossier, writer) &&
           put_part(writer, "input", "< ", &dossier->input) &&
           put_part(writer, "output", "> ", &dossier->output) &&
           put_part(writer, "why", ": ", &dossier->rows) && put_shipped_rules(dossier, writer);
}
