#include "match/patterns.h"

#include <stdlib.h>

/* Few, as those that a text needs stand apart. */
#define BLOCK ((size_t)8)

bool patterns_init(struct patterns *patterns, size_t count)
{
    patterns->count = count / BLOCK + 1;
    patterns->blocks = calloc(patterns->count, sizeof *patterns->blocks);
    return patterns->blocks != NULL;
}

void patterns_release(struct patterns *patterns)
{
    for (size_t i = 0; patterns->blocks && i < patterns->count; i++) {
        for (size_t j = 0; patterns->blocks[i] && j < BLOCK; j++)
            pattern_release(&patterns->blocks[i][j]);
        free(patterns->blocks[i]);
    }
    free(patterns->blocks);
    *patterns = (struct patterns){0};
}

/* The pattern, which has no code, is to get one: the next that was not asked for since the last
 * time round loses its own. */
static void make_room(struct patterns *patterns, struct pattern *pattern)
{
    struct pattern **cold = &patterns->cold[patterns->next++ % PATTERNS_COLD];

    while (*cold && !(*cold)->has_jit && (*cold)->was_asked) {
        (*cold)->was_asked = false;
        cold = &patterns->cold[patterns->next++ % PATTERNS_COLD];
    }
    if (*cold && !(*cold)->has_jit)
        pattern_forget(*cold);
    *cold = pattern;
}

struct pattern *patterns_at(struct patterns *patterns, size_t number, const struct regex *regex)
{
    struct pattern **block = &patterns->blocks[number / BLOCK], *pattern;

    if (!*block)
        *block = calloc(BLOCK, sizeof **block);
    if (!*block)
        return NULL;
    pattern = &(*block)[number % BLOCK];
    if (!pattern->code && regex->compiled)
        make_room(patterns, pattern);
    else
        pattern->was_asked = true;
    return pattern;
}
