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

struct tally *tally_create(const struct rules *rules)
{
    struct tally *tally = calloc(1, sizeof *tally);
    size_t count = rules->count + (size_t)1;

    if (!tally)
        return NULL;
    tally->rule_count = rules->count;
    tally->all.by_rule = calloc(count, sizeof *tally->all.by_rule);
    tally->document.by_rule = calloc(count, sizeof *tally->document.by_rule);
    tally->touched = calloc(count, sizeof *tally->touched);
    if (!tally->all.by_rule || !tally->document.by_rule || !tally->touched) {
        tally_destroy(tally);
        return NULL;
    }
    return tally;
}

void tally_destroy(struct tally *tally)
{
    if (!tally)
        return;
    free(tally->all.by_rule);
    free(tally->document.by_rule);
    free(tally->touched);
    free(tally);
}

static void count_rule(struct tally *tally, uint32_t rule)
{
    if (tally->document.by_rule[rule]++ == 0)
        tally->touched[tally->touched_count++] = rule;
}

void tally_line(struct tally *tally, const struct held *line)
{
    struct tally_lines *lines = &tally->document;

    lines->bytes[line->verdict] += line->length + line->ending;
    if (line->is_blank || line->continues)
        return;
    lines->lines[line->verdict]++;
    if (line->verdict == VERDICT_DROP && line->rule != NO_RULE)
        count_rule(tally, line->rule);
    else if (line->verdict == VERDICT_KEEP && line->edited_by != NO_RULE) {
        lines->edited++;
        count_rule(tally, line->edited_by);
    }
}

static void add(struct tally_lines *to, const struct tally_lines *from)
{
    for (int verdict = VERDICT_KEEP; verdict <= VERDICT_DROP; verdict++) {
        to->lines[verdict] += from->lines[verdict];
        to->bytes[verdict] += from->bytes[verdict];
    }
    to->edited += from->edited;
}

void tally_end(struct tally *tally, bool counts)
{
    uint64_t *by_rule = tally->document.by_rule;

    if (counts)
        add(&tally->all, &tally->document);
    for (uint32_t i = 0; i < tally->touched_count; i++) {
        if (counts)
            tally->all.by_rule[tally->touched[i]] += by_rule[tally->touched[i]];
        by_rule[tally->touched[i]] = 0;
    }
    tally->touched_count = 0;
    tally->document = (struct tally_lines){.by_rule = by_rule};
}

void tally_add(struct tally *tally, const struct tally *other)
{
    add(&tally->all, &other->all);
    for (int i = 0; i < TALLY_COUNTS; i++)
        tally->documents[i] += other->documents[i];
    for (uint32_t i = 0; i < tally->rule_count; i++)
        tally->all.by_rule[i] += other->all.by_rule[i];
}

static int compare_ranks(const void *a, const void *b)
{
    const struct rank *left = a, *right = b;

    if (left->lines != right->lines)
        return left->lines > right->lines ? -1 : 1;
    return left->rule < right->rule ? -1 : 1;
}

/* The rules that did something, the busiest first; NULL when memory is short. */
static struct rank *rank(const struct tally *tally, size_t *count)
{
    struct rank *ranks = malloc((tally->rule_count + (size_t)1) * sizeof *ranks);

    *count = 0;
    for (uint32_t i = 0; ranks && i < tally->rule_count; i++)
        if (tally->all.by_rule[i])
            ranks[(*count)++] = (struct rank){tally->all.by_rule[i], i};
    if (ranks)
        qsort(ranks, *count, sizeof *ranks, compare_ranks);
    return ranks;
}

static void print_count(FILE *stream, uint64_t count, const char *what)
{
    if (count)
        fprintf(stream, "%12" PRIu64 " %s\n", count, what);
}

static void print_totals(FILE *stream, const struct tally *tally)
{
    const struct tally_lines *all = &tally->all;

    fprintf(stream, "%12" PRIu64 " lines kept, %" PRIu64 " bytes\n", all->lines[VERDICT_KEEP],
            all->bytes[VERDICT_KEEP]);
    fprintf(stream, "%12" PRIu64 " lines dropped, %" PRIu64 " bytes\n", all->lines[VERDICT_DROP],
            all->bytes[VERDICT_DROP]);
    fprintf(stream, "%12" PRIu64 " lines edited\n", all->edited);
    if (tally->documents[TALLY_DOCUMENTS] > 1)
        print_count(stream, tally->documents[TALLY_DOCUMENTS], "documents");
    print_count(stream, tally->documents[TALLY_BAD], "documents bad");
    print_count(stream, tally->documents[TALLY_SPARED], "documents spared by --max-drop");
    print_count(stream, tally->documents[TALLY_EMPTY], "documents left out as empty");
}

char *tally_text(const struct tally *tally, const struct rules *rules)
{
    size_t count;
    struct rank *ranks = rank(tally, &count);
    struct report report;

    if (!ranks || !report_open(&report)) {
        free(ranks);
        return NULL;
    }
    print_totals(report.stream, tally);
    for (size_t i = 0; i < count; i++) {
        char id[RULES_ID_SIZE];

        rules_id(rules, ranks[i].rule, id, sizeof id);
        fprintf(report.stream, "%12" PRIu64 " by %s\n", ranks[i].lines, id);
    }
    free(ranks);
    return report_close(&report);
}

/* An id in quotes, as file names may have anything in them. */
static bool print_id(FILE *stream, struct writer *writer, const struct rank *rank,
                     const struct rules *rules)
{
    char id[RULES_ID_SIZE];

    writer->used = 0;
    rules_id(rules, rank->rule, id, sizeof id);
    if (!json_string_put(writer, id, strlen(id), false))
        return false;
    fprintf(stream, "\"%.*s\":%" PRIu64, (int)writer->used, writer->buffer, rank->lines);
    return true;
}

char *tally_json(const struct tally *tally, const struct rules *rules)
{
    static const char *const documents[TALLY_COUNTS] = {"documents", "bad", "spared", "empty"};
    const struct tally_lines *all = &tally->all;
    size_t count;
    struct rank *ranks = rank(tally, &count);
    struct writer *writer = writer_create(WRITER_MEMORY, RULES_ID_SIZE);
    struct report report = {0};
    bool good = ranks && writer && report_open(&report);

    if (good) {
        fputc('{', report.stream);
        for (int i = 0; i < TALLY_COUNTS; i++)
            fprintf(report.stream, "\"%s\":%" PRIu64 ",", documents[i], tally->documents[i]);
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
