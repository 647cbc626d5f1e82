#include "flow/stats.h"

#include "base/report.h"
#include "format/json_string.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct rank {
    uint64_t lines;
    uint32_t rule;
};

struct stats *stats_create(const struct rules *rules)
{
    struct stats *stats = calloc(1, sizeof *stats);
    size_t count = rules->count + (size_t)1;

    if (!stats)
        return NULL;
    stats->rule_count = rules->count;
    stats->all.by_rule = calloc(count, sizeof *stats->all.by_rule);
    stats->document.by_rule = calloc(count, sizeof *stats->document.by_rule);
    stats->touched = calloc(count, sizeof *stats->touched);
    if (!stats->all.by_rule || !stats->document.by_rule || !stats->touched) {
        stats_destroy(stats);
        return NULL;
    }
    return stats;
}

void stats_destroy(struct stats *stats)
{
    if (!stats)
        return;
    free(stats->all.by_rule);
    free(stats->document.by_rule);
    free(stats->touched);
    free(stats);
}

static void count_rule(struct stats *stats, uint32_t rule)
{
    if (stats->document.by_rule[rule]++ == 0)
        stats->touched[stats->touched_count++] = rule;
}

void stats_line(struct stats *stats, const struct held *line)
{
    struct stats_lines *lines = &stats->document;

    lines->bytes[line->verdict] += line->length + line_ending_size(line->ending);
    if (line->is_blank || line->continues)
        return;
    lines->lines[line->verdict]++;
    if (line->verdict == VERDICT_DROP && line->rule != NO_RULE)
        count_rule(stats, line->rule);
    else if (line->verdict == VERDICT_KEEP && line->edited_by != NO_RULE) {
        lines->edited++;
        count_rule(stats, line->edited_by);
    }
}

static void add(struct stats_lines *to, const struct stats_lines *from)
{
    for (int verdict = VERDICT_KEEP; verdict <= VERDICT_DROP; verdict++) {
        to->lines[verdict] += from->lines[verdict];
        to->bytes[verdict] += from->bytes[verdict];
    }
    to->edited += from->edited;
}

void stats_end(struct stats *stats, bool counts)
{
    uint64_t *by_rule = stats->document.by_rule;

    if (counts)
        add(&stats->all, &stats->document);
    for (uint32_t i = 0; i < stats->touched_count; i++) {
        if (counts)
            stats->all.by_rule[stats->touched[i]] += by_rule[stats->touched[i]];
        by_rule[stats->touched[i]] = 0;
    }
    stats->touched_count = 0;
    stats->document = (struct stats_lines){.by_rule = by_rule};
}

void stats_add(struct stats *stats, const struct stats *other)
{
    add(&stats->all, &other->all);
    for (int i = 0; i < STATS_COUNTS; i++)
        stats->documents[i] += other->documents[i];
    for (uint32_t i = 0; i < stats->rule_count; i++)
        stats->all.by_rule[i] += other->all.by_rule[i];
}

static int compare_ranks(const void *a, const void *b)
{
    const struct rank *left = a, *right = b;

    if (left->lines != right->lines)
        return left->lines > right->lines ? -1 : 1;
    return left->rule < right->rule ? -1 : 1;
}

/* The rules that did something, the busiest first; NULL when memory is short. */
static struct rank *rank(const struct stats *stats, size_t *count)
{
    struct rank *ranks = malloc((stats->rule_count + (size_t)1) * sizeof *ranks);

    *count = 0;
    for (uint32_t i = 0; ranks && i < stats->rule_count; i++)
        if (stats->all.by_rule[i])
            ranks[(*count)++] = (struct rank){stats->all.by_rule[i], i};
    if (ranks)
        qsort(ranks, *count, sizeof *ranks, compare_ranks);
    return ranks;
}

static void print_count(FILE *stream, uint64_t count, const char *what)
{
    if (count)
        fprintf(stream, "%12" PRIu64 " %s\n", count, what);
}

static void print_totals(FILE *stream, const struct stats *stats)
{
    const struct stats_lines *all = &stats->all;

    fprintf(stream, "%12" PRIu64 " lines kept, %" PRIu64 " bytes\n", all->lines[VERDICT_KEEP],
            all->bytes[VERDICT_KEEP]);
    fprintf(stream, "%12" PRIu64 " lines dropped, %" PRIu64 " bytes\n", all->lines[VERDICT_DROP],
            all->bytes[VERDICT_DROP]);
    fprintf(stream, "%12" PRIu64 " lines edited\n", all->edited);
    if (stats->documents[STATS_DOCUMENTS] > 1)
        print_count(stream, stats->documents[STATS_DOCUMENTS], "documents");
    print_count(stream, stats->documents[STATS_BAD], "documents bad");
    print_count(stream, stats->documents[STATS_SPARED], "documents spared by --max-drop");
    print_count(stream, stats->documents[STATS_EMPTY], "documents left out as empty");
}

char *stats_text(const struct stats *stats, const struct rules *rules)
{
    size_t count;
    struct rank *ranks = rank(stats, &count);
    struct report report;

    if (!ranks || !report_open(&report)) {
        free(ranks);
        return NULL;
    }
    print_totals(report.stream, stats);
    for (size_t i = 0; i < count; i++) {
        char id[RULE_ID_SIZE];

        rule_id(&rules->items[ranks[i].rule], id, sizeof id);
        fprintf(report.stream, "%12" PRIu64 " by %s\n", ranks[i].lines, id);
    }
    free(ranks);
    return report_close(&report);
}

/* An id in quotes, as file names may have anything in them. */
static bool print_id(FILE *stream, struct writer *writer, const struct rank *rank,
                     const struct rules *rules)
{
    char id[RULE_ID_SIZE];

    writer->used = 0;
    rule_id(&rules->items[rank->rule], id, sizeof id);
    if (!json_string_put(writer, id, strlen(id), false))
        return false;
    fprintf(stream, "\"%.*s\":%" PRIu64, (int)writer->used, writer->buffer, rank->lines);
    return true;
}

char *stats_json(const struct stats *stats, const struct rules *rules)
{
    static const char *const documents[STATS_COUNTS] = {"documents", "bad", "spared", "empty"};
    const struct stats_lines *all = &stats->all;
    size_t count;
    struct rank *ranks = rank(stats, &count);
    struct writer *writer = writer_create(WRITER_MEMORY, RULE_ID_SIZE);
    struct report report = {0};
    bool good = ranks && writer && report_open(&report);

    if (good) {
        fputc('{', report.stream);
        for (int i = 0; i < STATS_COUNTS; i++)
            fprintf(report.stream, "\"%s\":%" PRIu64 ",", documents[i], stats->documents[i]);
        fprintf(report.stream,
                "\"lines_kept\":%" PRIu64 ",\"bytes_kept\":%" PRIu64 ",\"lines_dropped\":%" PRIu64
                ",\"bytes_dropped\":%" PRIu64 ",\"lines_edited\":%" PRIu64 ",\"rules\":{",
                all->lines[VERDICT_KEEP], all->bytes[VERDICT_KEEP], all->lines[VERDICT_DROP],
                all->bytes[VERDICT_DROP], all->edited);
    }
    for (size_t i = 0; good && i < count; i++) {
        if (i)
            fputc(',', report.stream);
        good = print_id(report.stream, writer, &ranks[i], rules);
    }
    if (report.stream)
        fputs("}}\n", report.stream);
    free(ranks);
    writer_destroy(writer);
    if (!report.stream)
        return NULL;
    if (good)
        return report_close(&report);
    free(report_close(&report));
    return NULL;
}
