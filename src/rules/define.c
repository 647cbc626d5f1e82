#include "rules/define.h"

#include "base/table.h"

#include <stdlib.h>
#include <string.h>

#define CHAINS_LEAST 512

#define GROUP_OPEN "(?:"
#define GROUP_CLOSE ")"
#define GROUP_BYTES (strlen(GROUP_OPEN) + strlen(GROUP_CLOSE))

/* One {{NAME}}. */
struct use {
    size_t start;
    size_t end;
    struct span name;
};

static struct define **chain_of(const struct defines *defines, struct span name)
{
    return &defines->chains[table_hash_bytes(TABLE_HASH, name.text, name.length) &
                            (defines->size - 1)];
}

struct define *define_find(const struct defines *defines, struct span name)
{
    struct define *define = defines->size ? *chain_of(defines, name) : NULL;

    while (define && !span_equal(define->name, name))
        define = define->next;
    return define;
}

static void link_to_chain(struct defines *defines, struct define *define)
{
    struct define **chain = chain_of(defines, define->name);

    define->next = *chain;
    *chain = define;
}

/* Never fewer chains than defines, so that most have one or none. */
static bool grow(struct defines *defines)
{
    struct defines larger = {.size = defines->size ? 4 * defines->size : CHAINS_LEAST};

    larger.chains = calloc(larger.size, sizeof(struct define *));
    if (!larger.chains)
        return false;
    for (size_t i = 0; i < defines->size; i++)
        for (struct define *define = defines->chains[i], *next; define; define = next) {
            next = define->next;
            link_to_chain(&larger, define);
        }
    larger.count = defines->count;
    defines_release(defines);
    *defines = larger;
    return true;
}

bool define_add(struct defines *defines, struct define *define)
{
    if (defines->count == defines->size && !grow(defines))
        return false;
    link_to_chain(defines, define);
    defines->count++;
    return true;
}

void defines_release(struct defines *defines)
{
    free((void *)defines->chains);
    *defines = (struct defines){0};
}

/* The first use at or after AT; one that is not closed has an empty name. */
static bool next_use(struct span text, size_t at, struct use *use)
{
    for (; at < text.length; at++) {
        const char *close;

        at += span_find_bare(text.text + at, text.length - at, '{');
        if (at + 1 >= text.length)
            return false;
        if (text.text[at + 1] != '{')
            continue;
        *use = (struct use){at, at + 2, {text.text + at + 2, 0}};
        close = memchr(use->name.text, '}', text.length - use->end);
        if (close && close + 1 < text.text + text.length && close[1] == '}') {
            use->name.length = (size_t)(close - use->name.text);
            use->end += use->name.length + 2;
        }
        return true;
    }
    return false;
}

static char *put(char *out, const char *bytes, size_t length)
{
    memcpy(out, bytes, length);
    return out + length;
}

enum define_status define_expand(const struct defines *defines, struct arena *arena,
                                 struct span text, struct span *expanded)
{
    char out[DEFINE_MAX];
    char *end = out;
    struct use use;
    size_t at = 0;

    *expanded = text;
    for (; next_use(text, at, &use); at = use.end) {
        const struct define *define = use.name.length ? define_find(defines, use.name) : NULL;
        size_t length = (size_t)(end - out) + (use.start - at) + GROUP_BYTES;

        *expanded = (struct span){text.text + use.start, use.end - use.start};
        if (!define)
            return DEFINE_MISSING;
        if (length + define->regex.length + (text.length - use.end) > DEFINE_MAX)
            return DEFINE_TOO_LONG;
        end = put(end, text.text + at, use.start - at);
        end = put(end, GROUP_OPEN, strlen(GROUP_OPEN));
        end = put(end, define->regex.text, define->regex.length);
        end = put(end, GROUP_CLOSE, strlen(GROUP_CLOSE));
    }
    if (end == out)
        return DEFINE_OK;
    end = put(end, text.text + at, text.length - at);
    *expanded = (struct span){arena_copy(arena, out, (size_t)(end - out)), (size_t)(end - out)};
    return expanded->text ? DEFINE_OK : DEFINE_NO_MEMORY;
}

size_t define_source_offset(const struct defines *defines, struct span text, size_t offset)
{
    struct use use;
    size_t at = 0, expanded = 0;

    for (; next_use(text, at, &use); at = use.end) {
        const struct define *define = define_find(defines, use.name);

        if (!define || offset < expanded + (use.start - at))
            break;
        expanded += use.start - at;
        if (offset < expanded + GROUP_BYTES + define->regex.length)
            return use.start;
        expanded += GROUP_BYTES + define->regex.length;
    }
    return at + (offset - expanded);
}
