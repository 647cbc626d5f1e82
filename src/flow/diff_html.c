#include "flow/diff_form.h"

#include "flow/escape.h"
#include "flow/look.h"

#include <inttypes.h>
#include <stdio.h>

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

static bool put_begin(struct writer *writer, const struct changes *changes)
{
    const struct change_counts *all = &changes->all;
    char percent[64];

    snprintf(percent, sizeof percent, "<h2>%.2f %% of ", changes_percent(changes));
    return put_head(writer) && writer_put_text(writer, "<article>\n") &&
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
    return writer_put_text(writer, begin) &&
           escape_put_apart(writer, sample->text, sample->length) &&
           writer_put_text(writer, is_lost ? "</s></p>\n" : "</p>\n");
}

static bool put_rule(struct writer *writer, const struct diff_rule *rule)
{
    const struct rule_changes *by_rule = rule->changes;
    bool is_new = rule->is_new;
    bool good = writer_put_text(writer, "<article>\n<h2>") &&
                escape_put_apart(writer, rule->id, strlen(rule->id)) &&
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
    return writer_put_text(writer, "<p>") && escape_put_apart(writer, name, strlen(name)) &&
           put_count(writer, " ", documents, "document", "") &&
           put_count(writer, ", ", counts->words_lost, "word", " lost, ") &&
           put_count(writer, "", counts->words_gained, "word", " gained</p>\n");
}

const struct diff_form diff_html_form = {
    .name = "html",
    .hosts_most = DIFF_HOSTS_SHOWN,
    .nameless = "-",
    .others = "(others)",
    .between = "",
    .behind_rules = "",
    .before_hosts = "<article>\n<h2>By host</h2>\n<div>\n",
    .behind_hosts = "</div>\n</article>\n",
    .end = "</main>\n</body>\n</html>\n",
    .put_begin = put_begin,
    .put_rule = put_rule,
    .put_host = put_host,
};
