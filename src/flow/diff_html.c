#include "flow/diff_html.h"

#include "flow/diff_text.h"
#include "flow/escape.h"
#include "flow/look.h"

#include <inttypes.h>
#include <stdio.h>

static bool put_escaped(struct writer *writer, const char *text, size_t length)
{
    return writer_put_text(writer, "<bdi>") &&
           escape_put(&(struct escape){0}, writer, text, length, true) &&
           writer_put_text(writer, "</bdi>");
}

static bool put_count(struct writer *writer, const char *before, uint64_t count, const char *what,
                      const char *behind)
{
    return writer_put_text(writer, before) &&
           writer_put_text(writer, diff_count(count, what).text) && writer_put_text(writer, behind);
}

static bool put_head(struct writer *writer)
{
    return writer_put_text(writer, look_head) &&
           writer_put_text(writer, "<title>What new rules change</title>\n<style>\n") &&
           writer_put_text(writer, look_style) &&
           writer_put_text(writer, "</style>\n</head>\n<body>\n<header>\n<h1>dechaff</h1>\n"
                                   "</header>\n<main>\n");
}

static bool put_totals(struct writer *writer, const struct changes *changes)
{
    const struct change_counts *all = &changes->all;
    char percent[64];

    snprintf(percent, sizeof percent, "<h2>%.2f %% of ", changes_percent(changes));
    return writer_put_text(writer, "<article>\n") &&
           put_count(writer, percent, changes->words_either, "word", " kept change</h2>\n") &&
           put_count(writer, "<footer>", all->words_lost, "word", " lost, ") &&
           put_count(writer, "", all->words_gained, "word", " gained; ") &&
           put_count(writer, "", all->lines_lost, "line", " lost, ") &&
           put_count(writer, "", all->lines_gained, "line", " gained, ") &&
           put_count(writer, "", all->lines_edited, "line", " edited; ") &&
           put_count(writer, "", changes->changed, "document", " changed of ") &&
           put_count(writer, "", changes->documents, "document", "</footer>\n</article>\n");
}

static bool put_sample(struct writer *writer, const struct sample *sample)
{
    static const char *const classes[] = {
        [SAMPLE_LOST] = "drop", [SAMPLE_GAINED] = "keep", [SAMPLE_EDITED] = "edit"};
    bool is_lost = sample->kind == SAMPLE_LOST;
    char begin[128];

    snprintf(begin, sizeof begin, "<p class=\"%s\" data-n=\"%" PRIu64 ":%" PRIu64 "\">%s",
             classes[sample->kind], sample->document, sample->line, is_lost ? "<s>" : "");
    return writer_put_text(writer, begin) && put_escaped(writer, sample->text, sample->length) &&
           writer_put_text(writer, is_lost ? "</s></p>\n" : "</p>\n");
}

static bool put_rule(struct writer *writer, const struct changes *changes,
                     const struct change_row *row)
{
    const struct rule_changes *by_rule = row->changes;
    bool is_new = row->side == SIDE_NEW, good;
    char id[RULE_ID_SIZE];

    diff_rule(changes, row, id, sizeof id);
    good = writer_put_text(writer, "<article>\n<h2>") && put_escaped(writer, id, strlen(id)) &&
           writer_put_text(writer, is_new ? " <small>new, takes</small></h2>\n<div>\n"
                                          : " <small>old, took</small></h2>\n<div>\n");
    for (uint32_t i = 0; good && i < by_rule->samples.count; i++)
        good = put_sample(writer, &by_rule->samples.items[i]);
    return good && writer_put_text(writer, "</div>\n<footer>") &&
           (!by_rule->lines || put_count(writer, "", by_rule->lines, "line", ", ")) &&
           (!by_rule->edited || put_count(writer, "", by_rule->edited, "line", " edited, ")) &&
           put_count(writer, "", by_rule->words, "word",
                     is_new ? " lost</footer>\n</article>\n" : " gained</footer>\n</article>\n");
}

static bool put_host(struct writer *writer, const char *name, uint64_t documents,
                     const struct change_counts *counts)
{
    return writer_put_text(writer, "<p>") && put_escaped(writer, name, strlen(name)) &&
           put_count(writer, " ", documents, "document", "") &&
           put_count(writer, ", ", counts->words_lost, "word", " lost, ") &&
           put_count(writer, "", counts->words_gained, "word", " gained</p>\n");
}

static bool put_hosts(struct writer *writer, const struct changes *changes)
{
    uint64_t documents;
    struct change_counts rest = diff_rest(changes, DIFF_TEXT_HOSTS, &documents);
    bool good = changes->hosts.count == 0 ||
                writer_put_text(writer, "<article>\n<h2>By host</h2>\n<div>\n");

    for (size_t i = 0; good && i < changes->hosts.count && i < DIFF_TEXT_HOSTS; i++) {
        const struct host *host = &changes->hosts.items[i];

        good = put_host(writer, *host->name ? host->name : "-", host->documents, &host->counts);
    }
    return good && (documents == 0 || put_host(writer, "(others)", documents, &rest)) &&
           (changes->hosts.count == 0 || writer_put_text(writer, "</div>\n</article>\n"));
}

bool diff_html_put(struct writer *writer, const struct changes *changes,
                   const struct change_row *rows, size_t count)
{
    bool good = put_head(writer) && put_totals(writer, changes);

    for (size_t i = 0; good && i < count; i++)
        good = put_rule(writer, changes, &rows[i]);
    return good && put_hosts(writer, changes) &&
           writer_put_text(writer, "</main>\n</body>\n</html>\n");
}
