#include "flow/diff_text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static bool put(struct writer *writer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Of a text with nothing in it but numbers, words and a name that fits. */
static bool put(struct writer *writer, const char *format, ...)
{
    char text[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return writer_put_text(writer, text);
}

struct diff_count diff_count(uint64_t count, const char *what)
{
    struct diff_count words;

    snprintf(words.text, sizeof words.text, "%" PRIu64 " %s%s", count, what, count == 1 ? "" : "s");
    return words;
}

void diff_rule(const struct changes *changes, const struct change_row *row, char *id, size_t size)
{
    if (row->rule == NO_RULE)
        snprintf(id, size, "-");
    else
        rule_id(&changes->sets[row->side]->items[row->rule], id, size);
}

struct change_counts diff_rest(const struct changes *changes, size_t shown, uint64_t *documents)
{
    struct change_counts rest = changes->all;

    *documents = changes->changed;
    for (size_t i = 0; i < shown && i < changes->hosts.count; i++) {
        const struct host *host = &changes->hosts.items[i];

        *documents -= host->documents;
        rest.lines_lost -= host->counts.lines_lost;
        rest.words_lost -= host->counts.words_lost;
        rest.lines_gained -= host->counts.lines_gained;
        rest.words_gained -= host->counts.words_gained;
        rest.lines_edited -= host->counts.lines_edited;
    }
    return rest;
}

static bool put_totals(struct writer *writer, const struct changes *changes)
{
    const struct change_counts *all = &changes->all;

    return put(writer,
               "words: %" PRIu64 " of %" PRIu64 " change, %.2f %%: %" PRIu64 " lost, %" PRIu64
               " gained\n",
               all->words_lost + all->words_gained, changes->words_either, changes_percent(changes),
               all->words_lost, all->words_gained) &&
           put(writer, "lines: %" PRIu64 " lost, %" PRIu64 " gained, %" PRIu64 " edited\n",
               all->lines_lost, all->lines_gained, all->lines_edited) &&
           put(writer, "documents: %" PRIu64 " of %" PRIu64 " change\n", changes->changed,
               changes->documents);
}

static bool put_sample(struct writer *writer, const struct sample *sample)
{
    static const char marks[] = {[SAMPLE_LOST] = '-', [SAMPLE_GAINED] = '+', [SAMPLE_EDITED] = '~'};

    return put(writer, "%c %" PRIu64 ":%" PRIu64 ": ", marks[sample->kind], sample->document,
               sample->line) &&
           writer_put(writer, sample->text, sample->length) && writer_put_text(writer, "\n");
}

static bool put_rule(struct writer *writer, const struct changes *changes,
                     const struct change_row *row)
{
    const struct rule_changes *by_rule = row->changes;
    bool is_new = row->side == SIDE_NEW, good;
    char id[RULE_ID_SIZE];

    diff_rule(changes, row, id, sizeof id);
    good = put(writer, "\n@@ %s by the %s rule ", is_new ? "lost" : "gained, once dropped",
               is_new ? "new" : "old") &&
           writer_put_text(writer, id) && writer_put_text(writer, ": ") &&
           (!by_rule->lines || put(writer, "%s, ", diff_count(by_rule->lines, "line").text)) &&
           (!by_rule->edited ||
            put(writer, "%s edited, ", diff_count(by_rule->edited, "line").text)) &&
           put(writer, "%s @@\n", diff_count(by_rule->words, "word").text);
    for (uint32_t i = 0; good && i < by_rule->samples.count; i++)
        good = put_sample(writer, &by_rule->samples.items[i]);
    return good;
}

static bool put_host(struct writer *writer, const char *name, uint64_t documents,
                     const struct change_counts *counts)
{
    return put(writer, "%12" PRIu64 " -%-10" PRIu64 " +%-10" PRIu64 " ", documents,
               counts->words_lost, counts->words_gained) &&
           writer_put_text(writer, name) && writer_put_text(writer, "\n");
}

static bool put_hosts(struct writer *writer, const struct changes *changes)
{
    uint64_t documents;
    struct change_counts rest = diff_rest(changes, DIFF_TEXT_HOSTS, &documents);
    bool good = changes->hosts.count == 0 ||
                writer_put_text(writer, "\n@@ hosts: documents, words lost and gained @@\n");

    for (size_t i = 0; good && i < changes->hosts.count && i < DIFF_TEXT_HOSTS; i++) {
        const struct host *host = &changes->hosts.items[i];

        good = put_host(writer, *host->name ? host->name : "-", host->documents, &host->counts);
    }
    return good && (documents == 0 || put_host(writer, "(others)", documents, &rest));
}

bool diff_text_put(struct writer *writer, const struct changes *changes,
                   const struct change_row *rows, size_t count)
{
    bool good = put_totals(writer, changes);

    for (size_t i = 0; good && i < count; i++)
        good = put_rule(writer, changes, &rows[i]);
    return good && put_hosts(writer, changes);
}
