#include "flow/outcome.h"

#include "base/report.h"

#include <stdio.h>
#include <stdlib.h>

char *outcome_stats(const struct flow *flow)
{
    const struct rules *rules = flow->engine->rules;
    struct stats *stats = stats_create(rules);
    char *text;

    if (!stats)
        return NULL;
    for (unsigned i = 0; i < flow->count; i++)
        stats_add(stats, flow->streams[i]->stats);
    text = flow->wishes->stats_as_json ? stats_json(stats, rules) : stats_text(stats, rules);
    stats_destroy(stats);
    return text;
}

/* Where the searches were counted: the first of each set of rules has those of all streams. */
static size_t gather(const struct flow *flow, struct match *matches[SIDES])
{
    struct differ *differs = flow->diffing ? flow->diffing->differs : NULL;
    size_t count = 0;

    for (unsigned i = 1; i < flow->count; i++) {
        match_add_limits(flow->streams[0]->match, flow->streams[i]->match);
        if (differs)
            match_add_limits(differs[0].match, differs[i].match);
    }
    if (match_any_limited(flow->streams[0]->match))
        matches[count++] = flow->streams[0]->match;
    if (differs && match_any_limited(differs[0].match))
        matches[count++] = differs[0].match;
    return count;
}

static bool put_limits(FILE *stream, const struct match *match)
{
    char *text = match_limits_text(match);

    if (!text)
        return false;
    fputs(text, stream);
    free(text);
    return true;
}

char *outcome_findings(const struct flow *flow, bool *no_memory)
{
    struct match *matches[SIDES];
    size_t count = gather(flow, matches);
    bool exceeds = flow->diffing && diffing_exceeds(flow->diffing), good = true;
    struct report report;
    char *text;

    *no_memory = false;
    if (count == 0 && !exceeds)
        return NULL;
    *no_memory = !report_open(&report);
    if (*no_memory)
        return NULL;
    for (size_t i = 0; i < count && good; i++)
        good = put_limits(report.stream, matches[i]);
    if (exceeds)
        fprintf(report.stream,
                "dechaff: %.2f per cent of the words change, more than --max-change=%g lets\n",
                diffing_percent(flow->diffing), flow->diffing->wishes->max_change);
    text = report_close(&report);
    *no_memory = !good || !text;
    return text;
}
