#include "flow/outcome.h"

#include "base/report.h"

#include <stdio.h>
#include <stdlib.h>

static char *stats_of(const struct flow *flow)
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

/* What is in a file that is meant for others. */
static char *report_notice(const struct flow *flow)
{
    size_t own = dossier_own_rules(flow->streams[0]->dossier);
    struct report report;

    if (!report_open(&report))
        return NULL;
    fprintf(report.stream, "dechaff: %s has all of the input, what came out and why",
            flow->wishes->stream.dossier->path);
    if (own)
        fprintf(report.stream, ", and %zu rule file%s of yours", own, own == 1 ? "" : "s");
    fprintf(report.stream, "\ndechaff: read it before you send it\n");
    return report_close(&report);
}

bool outcome_has_more(const struct flow *flow, bool has_failed)
{
    const struct flow_wishes *wishes = flow->wishes;

    return wishes->stream.stats || (wishes->stream.dossier && !wishes->quiet && !has_failed);
}

char *outcome_more(const struct flow *flow)
{
    return flow->wishes->stream.dossier ? report_notice(flow) : stats_of(flow);
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
    const struct dossier *dossier = flow->streams[0]->dossier;
    bool is_cut = dossier && dossier_is_cut(dossier);
    struct report report;
    char *text;

    *no_memory = false;
    if (count == 0 && !exceeds && !is_cut)
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
    if (is_cut)
        fprintf(report.stream, "dechaff: %s has the first %zu MB of a part that is longer\n",
                flow->wishes->stream.dossier->path, DOSSIER_MOST >> 20);
    text = report_close(&report);
    *no_memory = !good || !text;
    return text;
}
