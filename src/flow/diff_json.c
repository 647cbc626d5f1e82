#include "flow/diff_form.h"

#include "format/json_string.h"

#include <inttypes.h>
#include <stdio.h>

static bool put_number(struct writer *writer, const char *name, uint64_t number)
{
    char text[96];

    snprintf(text, sizeof text, "\"%s\":%" PRIu64 ",", name, number);
    return writer_put_text(writer, text);
}

static bool put_string(struct writer *writer, const char *name, const char *text, size_t length)
{
    return writer_put_text(writer, "\"") && writer_put_text(writer, name) &&
           writer_put_text(writer, "\":\"") && json_string_put(writer, text, length, false) &&
           writer_put_text(writer, "\"");
}

static bool put_counts(struct writer *writer, const struct change_counts *counts)
{
    return put_number(writer, "lines_lost", counts->lines_lost) &&
           put_number(writer, "words_lost", counts->words_lost) &&
           put_number(writer, "lines_gained", counts->lines_gained) &&
           put_number(writer, "words_gained", counts->words_gained) &&
           put_number(writer, "lines_edited", counts->lines_edited);
}

static bool put_begin(struct writer *writer, const struct changes *changes)
{
    char text[64];

    snprintf(text, sizeof text, "\"percent\":%.2f,", changes_percent(changes));
    return writer_put_text(writer, "{") && put_number(writer, "documents", changes->documents) &&
           put_number(writer, "documents_changed", changes->changed) &&
           put_number(writer, "lines", changes->lines) &&
           put_number(writer, "words", changes->words) &&
           put_number(writer, "words_kept_old", changes->words_kept[SIDE_OLD]) &&
           put_number(writer, "words_kept_new", changes->words_kept[SIDE_NEW]) &&
           put_number(writer, "words_kept", changes->words_either) &&
           put_counts(writer, &changes->all) && writer_put_text(writer, text) &&
           writer_put_text(writer, "\"rules\":[");
}

static bool put_sample(struct writer *writer, const struct sample *sample)
{
    static const char *const kinds[] = {
        [SAMPLE_LOST] = "lost", [SAMPLE_GAINED] = "gained", [SAMPLE_EDITED] = "edited"};
    const char *kind = kinds[sample->kind];

    return writer_put_text(writer, "{") && put_number(writer, "document", sample->document) &&
           put_number(writer, "line", sample->line) &&
           put_string(writer, "change", kind, strlen(kind)) && writer_put_text(writer, ",") &&
           put_string(writer, "text", sample->text, sample->length) && writer_put_text(writer, "}");
}

static bool put_rule(struct writer *writer, const struct diff_rule *rule)
{
    const struct rule_changes *by_rule = rule->changes;
    bool is_new = rule->is_new;
    bool good = writer_put_text(writer, is_new ? "{\"of\":\"new\"," : "{\"of\":\"old\",") &&
                put_string(writer, "rule", rule->id, strlen(rule->id)) &&
                writer_put_text(writer, ",") &&
                put_number(writer, is_new ? "lines_lost" : "lines_gained", by_rule->lines) &&
                put_number(writer, is_new ? "words_lost" : "words_gained", by_rule->words) &&
                put_number(writer, "lines_edited", by_rule->edited) &&
                writer_put_text(writer, "\"samples\":[");

    for (uint32_t i = 0; good && i < by_rule->samples.count; i++)
        good = (i == 0 || writer_put_text(writer, ",")) &&
               put_sample(writer, &by_rule->samples.items[i]);
    return good && writer_put_text(writer, "]}");
}

static bool put_host(struct writer *writer, const char *name, uint64_t documents,
                     const struct change_counts *counts)
{
    return writer_put_text(writer, "{") && put_number(writer, "documents", documents) &&
           put_counts(writer, counts) &&
           (name ? put_string(writer, "host", name, strlen(name))
                 : writer_put_text(writer, "\"host\":null")) &&
           writer_put_text(writer, "}");
}

const struct diff_form diff_json_form = {
    .name = "json",
    .hosts_most = SIZE_MAX,
    .nameless = "",
    .others = NULL,
    .between = ",",
    .behind_rules = "],\"hosts\":[",
    .before_hosts = "",
    .behind_hosts = "",
    .end = "]}\n",
    .put_begin = put_begin,
    .put_rule = put_rule,
    .put_host = put_host,
};
