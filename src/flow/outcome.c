#include "flow/outcome.h"

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

char *outcome_limits(const struct flow *flow, bool *no_memory)
{
    const struct match *first = flow->streams[0]->match;
    char *text;

    for (unsigned i = 1; i < flow->count; i++)
        match_add_limits(flow->streams[0]->match, flow->streams[i]->match);
    *no_memory = false;
    if (!match_any_limited(first))
        return NULL;
    text = match_limits_text(first);
    *no_memory = text == NULL;
    return text;
}
