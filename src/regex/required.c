#include "regex/required.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "regex/parser.h"
#include "regex/sequence.h"

#include <stdlib.h>
#include <string.h>

struct required_analyser {
    struct arena arena;
    struct alternatives_pool pool;
    struct pieces pieces;
};

struct required_analyser *required_create(void)
{
    struct required_analyser *analyser = calloc(1, sizeof *analyser);

    if (analyser && !alternatives_pool_init(&analyser->pool)) {
        free(analyser);
        return NULL;
    }
    return analyser;
}

void required_destroy(struct required_analyser *analyser)
{
    if (!analyser)
        return;
    arena_free(&analyser->arena);
    alternatives_pool_release(&analyser->pool);
    free(analyser);
}

bool required_share(struct required_analyser *analyser, struct span text)
{
    analyser->pieces.arena = &analyser->arena;
    return pieces_add(&analyser->pieces, text);
}

struct required required_unknown(void)
{
    return (struct required){.matches_empty = true, .max_length = LENGTH_UNBOUNDED};
}

enum required_status required_analyse(struct required_analyser *analyser, const struct regex *regex,
                                      struct required *required)
{
    struct parser parser = {.pieces = &analyser->pieces};
    struct cursor *cursor = &parser.cursor;
    const struct alternatives *set;
    struct alternatives least;
    struct part part;

    *required = required_unknown();
    alternatives_pool_empty(&analyser->pool);
    cursor->next = (const unsigned char *)regex->text;
    cursor->end = cursor->next + regex->length;
    cursor->caseless = regex->flags & REGEX_CASELESS;
    cursor->extended = regex->flags & REGEX_EXTENDED;
    cursor->certain = true;
    cursor->pool = &analyser->pool;
    if (!utf8_is_valid(regex->text, regex->length) || !parser_read(&parser, &part))
        return REQUIRED_OK;
    set = sequence_required(&part);
    if (set) {
        least = *set;
        if (!alternatives_finish(&analyser->pool, &least))
            return REQUIRED_OK;
        if (!alternatives_keep(&analyser->arena, &least, 0, &least))
            return REQUIRED_NO_MEMORY;
        required->literals = least.strings;
        required->count = least.count;
    }
    required->understood =
        cursor->certain && part.weight <= PARSER_WEIGHT_MAX && cursor->references <= parser.groups;
    required->anchored = part.line_start;
    required->min_length = part.min_length;
    required->matches_empty = part.min_length == 0;
    if (part.line_start && part.line_end)
        required->max_length = part.max_length;
    return REQUIRED_OK;
}
