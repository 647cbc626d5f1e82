#include "flow/diff_form.h"

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

static bool put_begin(struct writer *writer, const struct changes *changes)
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

static bool put_rule(struct writer *writer, const struct diff_rule *rule)
{
    const struct rule_changes *by_rule = rule->changes;
    bool is_new = rule->is_new;
    bool good = put(writer, "\n@@ %s by the %s rule ", is_new ? "lost" : "gained, once dropped",
                    is_new ? "new" : "old") &&
                writer_put_text(writer, rule->id) && writer_put_text(writer, ": ") &&
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

const struct diff_form diff_text_form = {
    .name = "text",
    .hosts_most = DIFF_HOSTS_SHOWN,
    .nameless = "-",
    .others = "(others)",
    .between = "",
    .behind_rules = "",
    .before_hosts = "\n@@ hosts: documents, words lost and gained @@\n",
    .behind_hosts = "",
    .end = "",
    .put_begin = put_begin,
    .put_rule = put_rule,
    .put_host = put_host,
};
