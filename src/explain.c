#include "explain.h"

#include "track.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RED "\033[31m"
#define YELLOW "\033[33m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"
#define ID_WIDTH 24

struct look {
    const char *verdict;
    const char *colour;
    uint32_t rule;
};

static struct look look_of(const struct held *line)
{
    if (line->verdict == VERDICT_DROP)
        return (struct look){"drop", RED, line->rule};
    if (line->edited_by != NO_RULE)
        return (struct look){"edit", YELLOW, line->edited_by};
    return (struct look){"keep", "", line->rule};
}

static bool put_text(struct writer *writer, const char *text)
{
    return writer_put(writer, text, strlen(text));
}

static bool put_columns(struct writer *writer, const struct look *look, const char *id,
                        bool is_coloured)
{
    char columns[RULES_ID_SIZE + 64];

    if (is_coloured)
        snprintf(columns, sizeof columns, "%s " DIM "%-*s" PLAIN " %s", look->verdict, ID_WIDTH, id,
                 look->colour);
    else
        snprintf(columns, sizeof columns, "%s\t%s\t", look->verdict, id);
    return put_text(writer, columns);
}

static bool put_row(struct writer *writer, const struct look *look, const char *id,
                    const char *text, size_t length, bool is_coloured)
{
    return put_columns(writer, look, id, is_coloured) && writer_put(writer, text, length) &&
           put_text(writer, is_coloured ? PLAIN "\n" : "\n");
}

struct share {
    double worth;
    uint32_t rule;
};

/* The largest first, whichever way it counts; of equal ones, in the order of the rules. */
static int compare_shares(const void *a, const void *b)
{
    const struct share *one = a, *other = b;
    double left = one->worth < 0 ? -one->worth : one->worth;
    double right = other->worth < 0 ? -other->worth : other->worth;

    if (left != right)
        return left > right ? -1 : 1;
    return one->rule < other->rule ? -1 : 1;
}

/* VERDICT TAB P TAB ID:SHARE,... TAB */
static bool put_weighed(struct writer *writer, const struct rules *rules, const struct look *look,
                        const struct track_line *weighed)
{
    struct share *shares = malloc((weighed->weigh_count + (size_t)1) * sizeof *shares);
    char id[RULES_ID_SIZE], text[RULES_ID_SIZE + 64];
    bool good = shares != NULL;

    for (uint32_t i = 0; good && i < weighed->weigh_count; i++)
        shares[i] = (struct share){track_share(rules, weighed->weighs[i]), weighed->weighs[i]};
    if (good)
        qsort(shares, weighed->weigh_count, sizeof *shares, compare_shares);
    snprintf(text, sizeof text, "%s\t%.2f\t", look->verdict, weighed->probability);
    good = good && put_text(writer, text);
    for (uint32_t i = 0; good && i < weighed->weigh_count; i++) {
        rules_id(rules, shares[i].rule, id, sizeof id);
        snprintf(text, sizeof text, "%s%s:%+.2f", i ? "," : "", id, shares[i].worth);
        good = put_text(writer, text);
    }
    free(shares);
    return good && put_text(writer, "\t");
}

/* A long line comes in pieces, and still gets one row. */
static bool put_piece(struct writer *writer, const struct look *look, const struct held *piece,
                      bool is_coloured)
{
    return (piece->is_continued || put_columns(writer, look, "-", is_coloured)) &&
           writer_put(writer, piece->text, piece->length) &&
           (piece->continues || put_text(writer, is_coloured ? PLAIN "\n" : "\n"));
}

bool explain_line(struct writer *writer, const struct rules *rules, const struct held *line,
                  bool is_coloured)
{
    struct look look = look_of(line);
    char id[RULES_ID_SIZE] = "-";
    const char *at = line->text, *end = at + line->length + line->ending;

    if (look.rule != NO_RULE)
        rules_id(rules, look.rule, id, sizeof id);
    if (rules->weigh_count && !line->weighed)
        memcpy(id, "-\t-", sizeof "-\t-"); /* blank, or too long: it has no probability */
    if (line->is_continued || line->continues)
        return put_piece(writer, &look, line, is_coloured);
    if (line->weighed)
        return put_weighed(writer, rules, &look, line->weighed) &&
               writer_put(writer, at, line->length) && put_text(writer, "\n");
    if (!line->is_blank)
        return put_row(writer, &look, id, at, line->length, is_coloured);
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        size_t length = (size_t)(stop - at);

        if (newline && length && stop[-1] == '\r')
            length--;
        if (!put_row(writer, &look, id, at, length, is_coloured))
            return false;
        at = newline ? newline + 1 : end;
    }
    return true;
}
