/*
 * The regex is read once more, for its brackets and bars alone. What that needs to know of the
 * syntax is little, as long as it gives up on all that might reach from one alternative into
 * another: references, conditions, verbs, flags set in the middle.
 */
#include "regex/ways.h"

#include "base/span.h"

#include <string.h>

#define DEPTH_MAX 8
/* In half bits. With 20, web pages take 3 % more instructions than with 52; with 60, as many. */
#define RARE 52

enum item { ITEM_PLAIN, ITEM_OPEN, ITEM_CLOSE, ITEM_BAR, ITEM_FLAGS, ITEM_UNKNOWN };

/* The groups that alternatives stand in: what comes before and behind these. */
struct wrapping {
    struct span before;
    struct span after;
};

/* Alternatives that require rare strings are looked for together. */
enum group { GROUP_ANCHORED, GROUP_FLOATING, GROUP_WEAK };

struct alternative {
    struct span text;
    const struct wrapping *wrapping;
    enum group group;
    unsigned rarity;
};

struct parting {
    struct required_analyser *analyser;
    struct arena *arena;
    const struct regex *regex;
    struct arena own; /* of what is needed while it is parted */
    struct alternative list[WAYS_ALTERNATIVES];
    size_t count;
    bool no_memory;
};

/* A branch of an alternation, and the group that it is, if it is one. */
struct branch {
    struct span text;
    struct span group; /* without its brackets; NULL: none */
};

static enum item escape(struct span *rest)
{
    /* letters that refer to nothing, quote nothing and don't ask for ends of the subject */
    static const char known[] = "bBdDefhHnNpPrRsStvVwWxX";
    char next = rest->length > 1 ? rest->text[1] : 'Q';
    bool is_word = (next >= '0' && next <= '9') || (next >= 'A' && next <= 'Z') ||
                   (next >= 'a' && next <= 'z');

    if (is_word && !strchr(known, next))
        return ITEM_UNKNOWN;
    *rest = span_after(*rest, 2);
    return ITEM_PLAIN;
}

/* REST begins with "[:" in a class; false if that is no name of a class. */
static bool class_name(struct span *rest)
{
    size_t length = 2;

    while (length < rest->length &&
           (rest->text[length] == '^' || (rest->text[length] >= 'a' && rest->text[length] <= 'z')))
        length++;
    if (rest->length - length < 2 || memcmp(rest->text + length, ":]", 2) != 0)
        return false;
    *rest = span_after(*rest, length + 2);
    return true;
}

static enum item brackets(struct span *rest)
{
    *rest = span_after(*rest, 1);
    if (rest->length > 0 && *rest->text == '^')
        *rest = span_after(*rest, 1);
    if (rest->length > 0 && *rest->text == ']')
        *rest = span_after(*rest, 1);
    while (rest->length > 0 && *rest->text != ']') {
        if (*rest->text == '\\') {
            if (escape(rest) == ITEM_UNKNOWN)
                return ITEM_UNKNOWN;
        } else if (rest->length > 1 && memcmp(rest->text, "[:", 2) == 0) {
            if (!class_name(rest))
                return ITEM_UNKNOWN;
        } else {
            *rest = span_after(*rest, 1);
        }
    }
    if (rest->length == 0)
        return ITEM_UNKNOWN;
    *rest = span_after(*rest, 1);
    return ITEM_PLAIN;
}

static enum item parenthesis(struct span *rest)
{
    static const char *const openings[] = {"(?:",  "(?=",   "(?!",  "(?>",
                                           "(?i:", "(?-i:", "(?<=", "(?<!"};
    static const char *const flags[] = {"(?i)", "(?-i)"};

    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        if (span_starts(*rest, openings[i])) {
            *rest = span_after(*rest, strlen(openings[i]));
            return ITEM_OPEN;
        }
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (span_starts(*rest, flags[i])) {
            *rest = span_after(*rest, strlen(flags[i]));
            return ITEM_FLAGS;
        }
    }
    if (rest->length > 1 && (rest->text[1] == '?' || rest->text[1] == '*'))
        return ITEM_UNKNOWN;
    *rest = span_after(*rest, 1);
    return ITEM_OPEN;
}

static enum item next_item(struct span *rest)
{
    char byte = *rest->text;

    switch (byte) {
    case '\\':
        return escape(rest);
    case '[':
        return brackets(rest);
    case '(':
        return parenthesis(rest);
    default:
        *rest = span_after(*rest, 1);
        return byte == ')' ? ITEM_CLOSE : byte == '|' ? ITEM_BAR : ITEM_PLAIN;
    }
}

static struct span between(const char *from, const char *to)
{
    return (struct span){from, (size_t)(to - from)};
}

/* Whether a group that begins so is no part of what is matched, or is atomic: its first alternative
 * that matches is then the only one. */
static bool is_closed(const char *bracket)
{
    return bracket[1] == '?' && strchr("=!<>", bracket[2]);
}

/* What may stand beside a group that is opened, where it is then asked for each alternative. */
static bool is_cheap(struct span beside)
{
    return beside.length == 0 || span_is(beside, "\\b");
}

/* Reads the branch at REST up to its bar; false: it has something that can't be parted. */
static bool read_branch(struct span *rest, struct branch *branch)
{
    const char *first = rest->text, *open = NULL, *inner = NULL, *close = NULL;
    unsigned depth = 0, groups = 0;

    *branch = (struct branch){.text = {first, 0}};
    while (rest->length > 0 && (depth > 0 || *rest->text != '|')) {
        const char *at = rest->text;
        enum item item = next_item(rest);

        if (item == ITEM_UNKNOWN || (depth == 0 && (item == ITEM_FLAGS || item == ITEM_CLOSE)))
            return false;
        if (item == ITEM_OPEN && depth++ == 0 && groups++ == 0) {
            open = at;
            inner = rest->text;
        } else if (item == ITEM_CLOSE && --depth == 0) {
            close = at;
        }
    }
    branch->text.length = (size_t)(rest->text - first);
    if (depth > 0)
        return false;
    if (groups == 1 && !is_closed(open) && is_cheap(between(first, open)) &&
        is_cheap(between(close + 1, rest->text)))
        branch->group = between(inner, close);
    return true;
}

static struct span joined(struct parting *parting, struct span one, struct span other)
{
    char *text = arena_take(&parting->own, one.length + other.length + 1);

    if (!text) {
        parting->no_memory = true;
        return one;
    }
    memcpy(text, one.text, one.length);
    memcpy(text + one.length, other.text, other.length);
    return (struct span){text, one.length + other.length};
}

/* The wrapping of what the group of BRANCH holds. */
static struct wrapping *wrap(struct parting *parting, const struct wrapping *around,
                             const struct branch *branch)
{
    const char *end = branch->text.text + branch->text.length;
    struct span before = between(branch->text.text, branch->group.text);
    struct span after = between(branch->group.text + branch->group.length, end);
    struct wrapping *wrapping = arena_alloc(&parting->own, sizeof *wrapping);

    if (!wrapping) {
        parting->no_memory = true;
        return NULL;
    }
    if (span_is(before, "(?:") && after.length == 1)
        before.length = after.length = 0;
    wrapping->before = joined(parting, around->before, before);
    wrapping->after = joined(parting, after, around->after);
    return wrapping;
}

static bool add(struct parting *parting, const struct wrapping *wrapping, struct span text)
{
    if (parting->count == WAYS_ALTERNATIVES || text.length == 0)
        return false;
    parting->list[parting->count++] = (struct alternative){.text = text, .wrapping = wrapping};
    return true;
}

/* Whether all branches of TEXT can be read. */
static bool is_plain(struct span text)
{
    struct branch branch;

    while (read_branch(&text, &branch)) {
        if (text.length == 0)
            return true;
        text = span_after(text, 1);
    }
    return false;
}

/* Adds the alternatives of TEXT, which is plain, in DEPTH groups; false if there is an empty one,
 * for lack of room or of memory. */
static bool collect(struct parting *parting, const struct wrapping *wrapping, struct span text,
                    unsigned depth)
{
    struct branch branch;
    bool good;

    for (;;) {
        read_branch(&text, &branch);
        if (branch.group.text && depth < DEPTH_MAX && is_plain(branch.group)) {
            const struct wrapping *inner = wrap(parting, wrapping, &branch);

            good = !parting->no_memory && collect(parting, inner, branch.group, depth + 1);
        } else {
            good = add(parting, wrapping, branch.text);
        }
        if (!good || text.length == 0)
            return good;
        text = span_after(text, 1);
        if (text.length == 0) /* the last alternative is empty */
            return false;
    }
}

static char *put(char *to, struct span text)
{
    memcpy(to, text.text, text.length);
    return to + text.length;
}

/* Whether ALTERNATIVE is of the way that FIRST is the first of. */
static bool is_with(const struct alternative *alternative, const struct alternative *first)
{
    return first->group == GROUP_WEAK ? alternative == first : alternative->group == first->group;
}

/* The regex of the alternatives that are together with FIRST: those in the same groups side by
 * side. */
static bool join(struct parting *parting, struct arena *arena, const struct alternative *first,
                 struct regex *regex)
{
    const struct alternative *end = parting->list + parting->count;
    const struct wrapping *wrapping = first->wrapping;
    size_t size = 1;
    char *text, *to;

    for (const struct alternative *next = first; next < end; next++)
        if (is_with(next, first))
            size += next->wrapping->before.length + next->text.length +
                    next->wrapping->after.length + 1;
    text = to = arena_take(arena, size);
    if (!text)
        return false;
    to = put(put(to, wrapping->before), first->text);
    for (const struct alternative *next = first + 1; next < end; next++) {
        if (!is_with(next, first))
            continue;
        if (next->wrapping != wrapping)
            to = put(to, wrapping->after);
        *to++ = '|';
        if (next->wrapping != wrapping)
            to = put(to, next->wrapping->before);
        wrapping = next->wrapping;
        to = put(to, next->text);
    }
    to = put(to, wrapping->after);
    *to = '\0';
    *regex =
        (struct regex){.text = text, .length = (size_t)(to - text), .flags = parting->regex->flags};
    return true;
}

/* Finds out the worth of each alternative by itself; false: no memory. */
static bool weigh(struct parting *parting)
{
    for (size_t i = 0; i < parting->count; i++) {
        struct alternative *alternative = &parting->list[i];
        struct regex regex;
        struct worth worth;

        alternative->group = GROUP_WEAK;
        if (!join(parting, &parting->own, alternative, &regex))
            return false;
        worth = required_worth(parting->analyser, &regex);
        alternative->rarity = worth.rarity;
        alternative->group = worth.is_anchored ? GROUP_ANCHORED : GROUP_FLOATING;
    }
    return true;
}

/* Puts the weak ones apart, the weakest if they are too many; how many ways there are. */
static size_t put_apart(struct parting *parting)
{
    size_t count = 0, weak;
    unsigned bar = RARE;
    bool seen[2] = {false, false};

    do {
        weak = 0;
        for (size_t i = 0; i < parting->count; i++)
            weak += parting->list[i].rarity < bar;
    } while (weak > WAYS_MAX - 2 && bar-- > 0);
    for (size_t i = 0; i < parting->count; i++) {
        struct alternative *alternative = &parting->list[i];

        if (alternative->rarity < bar)
            alternative->group = GROUP_WEAK;
        else if (!seen[alternative->group])
            seen[alternative->group] = true;
        else
            continue;
        count++;
    }
    return count;
}

static bool is_first(const struct parting *parting, const struct alternative *alternative)
{
    for (const struct alternative *before = parting->list; before < alternative; before++)
        if (is_with(before, alternative))
            return false;
    return true;
}

/* What is rare is likely to match: first. */
static bool make_ways(struct parting *parting, struct way *ways)
{
    for (int group = GROUP_ANCHORED; group <= GROUP_WEAK; group++) {
        for (size_t i = 0; i < parting->count; i++) {
            const struct alternative *next = &parting->list[i];

            if ((int)next->group != group || !is_first(parting, next))
                continue;
            if (!join(parting, parting->arena, next, &ways->regex) ||
                !required_analyse(parting->analyser, &ways->regex, &ways->required))
                return false;
            ways++;
        }
    }
    return true;
}

static bool part(struct parting *parting, struct required *required)
{
    size_t count;
    struct way *ways;

    if (!weigh(parting))
        return false;
    count = put_apart(parting);
    if (count < 2)
        return true;
    ways = arena_array(parting->arena, count, sizeof *ways);
    if (!ways || !make_ways(parting, ways))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!ways[i].required.understood)
            return true;
    required->ways = ways;
    required->ways_count = count;
    return true;
}

static bool part_whole(struct required_analyser *analyser, struct arena *arena,
                       const struct regex *regex, struct required *required)
{
    const struct wrapping none = {{"", 0}, {"", 0}};
    const struct span text = {regex->text, regex->length};
    struct parting parting = {.analyser = analyser, .arena = arena, .regex = regex};
    bool good = true;

    if (is_plain(text) && collect(&parting, &none, text, 0))
        good = part(&parting, required);
    arena_free(&parting.own);
    return good && !parting.no_memory;
}

bool ways_part(struct required_analyser *analyser, struct arena *arena, const struct regex *regex,
               struct required *required)
{
    bool may_part = required->understood && !required->is_anchored &&
                    !(regex->flags & REGEX_EXTENDED) && memchr(regex->text, '|', regex->length);

    return !may_part || part_whole(analyser, arena, regex, required);
}
