#include "tally.h"

#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct rank {
    uint64_t lines;
    uint32_t rule;
};

struct tally *tally_create(const struct rules *rules)
{
    return calloc(1, sizeof(struct tally) + rules->count * sizeof(uint64_t));
}

void tally_destroy(struct tally *tally)
{
    free(tally);
}

void tally_line(struct tally *tally, const struct held *line)
{
    tally->bytes[line->verdict] += line->length + line->ending;
    if (line->is_blank || line->continues)
        return;
    tally->lines[line->verdict]++;
    if (line->verdict == VERDICT_DROP && line->rule != NO_RULE)
        tally->by_rule[line->rule]++;
    else if (line->verdict == VERDICT_KEEP && line->edited_by != NO_RULE) {
        tally->edited++;
        tally->by_rule[line->edited_by]++;
    }
}

static int compare_ranks(const void *a, const void *b)
{
    const struct rank *left = a, *right = b;

    if (left->lines != right->lines)
        return left->lines > right->lines ? -1 : 1;
    return left->rule < right->rule ? -1 : 1;
}

static void print_totals(FILE *stream, const struct tally *tally)
{
    fprintf(stream, "%12" PRIu64 " lines kept, %" PRIu64 " bytes\n", tally->lines[VERDICT_KEEP],
            tally->bytes[VERDICT_KEEP]);
    fprintf(stream, "%12" PRIu64 " lines dropped, %" PRIu64 " bytes\n", tally->lines[VERDICT_DROP],
            tally->bytes[VERDICT_DROP]);
    fprintf(stream, "%12" PRIu64 " lines edited\n", tally->edited);
}

char *tally_text(const struct tally *tally, const struct rules *rules)
{
    struct rank *ranks = malloc((rules->count + (size_t)1) * sizeof *ranks);
    struct report report;
    size_t count = 0;

    if (!ranks || !report_open(&report)) {
        free(ranks);
        return NULL;
    }
    print_totals(report.stream, tally);
    for (uint32_t i = 0; i < rules->count; i++)
        if (tally->by_rule[i])
            ranks[count++] = (struct rank){tally->by_rule[i], i};
    qsort(ranks, count, sizeof *ranks, compare_ranks);
    for (size_t i = 0; i < count; i++) {
        char id[RULES_ID_SIZE];

        rules_id(rules, ranks[i].rule, id, sizeof id);
        fprintf(report.stream, "%12" PRIu64 " by %s\n", ranks[i].lines, id);
    }
    free(ranks);
    return report_close(&report);
}
