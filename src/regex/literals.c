#include "regex/literals.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "regex/parser.h"
#include "regex/sequence.h"

#include <stdlib.h>
#include <string.h>

struct literals {
    struct arena arena;
    struct alternatives_pool pool;
    struct pieces pieces;
};

struct literals *literals_create(void)
{
    struct literals *literals = calloc(1, sizeof *literals);

    if (literals && !alternatives_pool_init(&literals->pool)) {
        free(literals);
        return NULL;
    }
    return literals;
}

void literals_destroy(struct literals *literals)
{
    if (!literals)
        return;
    arena_free(&literals->arena);
    alternatives_pool_release(&literals->pool);
    free(literals);
}

bool literals_share(struct literals *literals, struct span text)
{
    literals->pieces.arena = &literals->arena;
    return pieces_add(&literals->pieces, text);
}

struct literals_facts literals_unknown(void)
{
    return (struct literals_facts){.matches_empty = true, .max_length = LITERALS_UNBOUNDED};
}

enum literals_status literals_analyse(struct literals *literals, const struct regex *regex,
                                      struct literals_facts *facts)
{
    struct parser parser = {.pieces = &literals->pieces};
    struct cursor *cursor = &parser.cursor;
    const struct alternatives *set;
    struct alternatives least;
    struct part part;

    *facts = literals_unknown();
    alternatives_pool_empty(&literals->pool);
    cursor->next = (const unsigned char *)regex->text;
    cursor->end = cursor->next + regex->length;
    cursor->caseless = regex->flags & REGEX_CASELESS;
    cursor->extended = regex->flags & REGEX_EXTENDED;
    cursor->certain = true;
    cursor->pool = &literals->pool;
    if (!utf8_is_valid(regex->text, regex->length) || !parser_read(&parser, &part))
        return LITERALS_OK;
    set = sequence_required(&part);
    if (set) {
        least = *set;
        if (!alternatives_finish(&literals->pool, &least))
            return LITERALS_OK;
        if (!alternatives_keep(&literals->arena, &least, 0, &least))
            return LITERALS_NO_MEMORY;
        facts->literals = least.strings;
        facts->count = least.count;
    }
    facts->understood =
        cursor->certain && part.weight <= PARSER_WEIGHT_MAX && cursor->references <= parser.groups;
    facts->anchored = part.line_start;
    facts->min_length = part.min_length;
    facts->matches_empty = part.min_length == 0;
    if (part.line_start && part.line_end)
        facts->max_length = part.max_length;
    return LITERALS_OK;
}
