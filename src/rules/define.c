#include "rules/define.h"

#include "base/table.h"

#include <string.h>

#define GROUP_OPEN "(?:"
#define GROUP_CLOSE ")"
#define GROUP_BYTES (strlen(GROUP_OPEN) + strlen(GROUP_CLOSE))

/* One {{NAME}}. */
struct use {
    size_t start;
    size_t end;
    struct span name;
};

static size_t chain_of(struct span name)
{
    uint64_t hash = TABLE_HASH;

    for (size_t i = 0; i < name.length; i++)
        hash = table_hash_on(hash, (unsigned char)name.text[i]);
    return hash % DEFINE_CHAINS;
}

struct define *define_find(const struct defines *defines, struct span name)
{
    struct define *define = defines->chains[chain_of(name)];

    while (define && !span_equal(define->name, name))
        define = define->next;
    return define;
}

void define_add(struct defines *defines, struct define *define)
{
    struct define **chain = &defines->chains[chain_of(define->name)];

    define->next = *chain;
    *chain = define;
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
    if (length) /* a define that is wrong has no text */
        memcpy(out, bytes, length);
    return out + length;
}

bool define_join(struct define *define, struct arena *arena)
{
    size_t length = 0;
    char *out;

    for (const struct phrase *phrase = define->first; phrase; phrase = phrase->next)
        length += phrase->regex.length + 1;
    out = arena_take(arena, length);
    if (!out)
        return false;
    define->regex = (struct span){out, length - 1};
    for (const struct phrase *phrase = define->first; phrase; phrase = phrase->next) {
        out = put(out, phrase->regex.text, phrase->regex.length);
        *out++ = '|';
    }
    return true;
}

enum define_status define_expand(const struct defines *defines, struct arena *arena,
                                 struct span text, struct span *expanded)
{
    const struct define *define;
    struct use use;
    size_t at = 0, length = 0;
    char *out;

    *expanded = text;
    if (!next_use(text, 0, &use))
        return DEFINE_OK;
    for (; next_use(text, at, &use); at = use.end) {
        define = use.name.length ? define_find(defines, use.name) : NULL;
        if (!define) {
            *expanded = (struct span){text.text + use.start, use.end - use.start};
            return DEFINE_MISSING;
        }
        length += use.start - at + GROUP_BYTES + define->regex.length;
        if (length + (text.length - use.end) > DEFINE_MAX) {
            *expanded = (struct span){text.text + use.start, use.end - use.start};
            return DEFINE_TOO_LONG;
        }
    }
    length += text.length - at;
    out = arena_take(arena, length);
    if (!out)
        return DEFINE_NO_MEMORY;
    *expanded = (struct span){out, length};
    for (at = 0; next_use(text, at, &use); at = use.end) {
        define = define_find(defines, use.name);
        out = put(out, text.text + at, use.start - at);
        out = put(out, GROUP_OPEN, strlen(GROUP_OPEN));
        out = put(out, define->regex.text, define->regex.length);
        out = put(out, GROUP_CLOSE, strlen(GROUP_CLOSE));
    }
    put(out, text.text + at, text.length - at);
    return DEFINE_OK;
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
