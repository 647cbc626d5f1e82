#include "flow/report.h"

#include "decide/track.h"
#include "flow/escape.h"
#include "flow/explain.h"
#include "flow/look.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Packs beyond these share the colours. */
#define COLOURS 8

struct pack {
    const char *label;
    uint64_t dropped; /* lines of the document */
};

struct report_page {
    const struct rules *rules;
    uint32_t *pack_of; /* by rule */
    struct pack *packs;
    uint32_t *touched; /* the packs that dropped something, in the order of their first lines */
    uint32_t touched_count;
    uint64_t lines; /* that are not blank */
    uint64_t dropped;
    bool after_blank; /* the last one was, with this verdict and rule */
    enum verdict verdict;
    uint32_t rule;
    struct escape escape;
};

static bool put_number(struct writer *writer, const char *format, uint64_t number)
{
    char text[128];

    snprintf(text, sizeof text, format, number);
    return writer_put_text(writer, text);
}

static bool put_apart(struct writer *writer, const char *text)
{
    return escape_put_apart(writer, text, strlen(text));
}

struct labelled {
    const char *label;
    uint32_t rule;
};

static int compare(const void *one, const void *other)
{
    const struct labelled *left = one, *right = other;
    int order = strcmp(left->label, right->label);

    return order ? order : (left->rule > right->rule) - (left->rule < right->rule);
}

/* Rules of the same file are of one pack, whatever sections include it. */
static bool fill_packs(struct report_page *page)
{
    uint32_t count = page->rules->count, pack = 0;
    struct labelled *all = calloc((size_t)count + 1, sizeof *all);

    if (!all)
        return false;
    for (uint32_t i = 0; i < count; i++)
        all[i] = (struct labelled){page->rules->items[i].source->label, i};
    qsort(all, count, sizeof *all, compare);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(all[i].label, all[i - 1].label) != 0)
            pack++;
        page->packs[pack].label = all[i].label;
        page->pack_of[all[i].rule] = pack;
    }
    free(all);
    return true;
}

struct report_page *report_create(const struct rules *rules)
{
    struct report_page *page = calloc(1, sizeof *page);
    size_t count = (size_t)rules->count + 1;

    if (!page)
        return NULL;
    page->rules = rules;
    page->pack_of = calloc(count, sizeof *page->pack_of);
    page->packs = calloc(count, sizeof *page->packs);
    page->touched = calloc(count, sizeof *page->touched);
    if (page->pack_of && page->packs && page->touched && fill_packs(page))
        return page;
    report_destroy(page);
    return NULL;
}

void report_destroy(struct report_page *page)
{
    if (!page)
        return;
    free(page->pack_of);
    free(page->packs);
    free(page->touched);
    free(page);
}

bool report_head(struct writer *writer)
{
    return writer_put_text(writer, look_head) &&
           writer_put_text(writer, "<title>What dechaff dropped</title>\n<style>\n") &&
           writer_put_text(writer, look_style) && writer_put_text(writer, look_switches);
}

bool report_foot(struct writer *writer)
{
    return writer_put_text(writer, "</main>\n</body>\n</html>\n");
}

bool report_begin(struct report_page *page, struct writer *writer, uint64_t number,
                  const char *name, const char *host)
{
    page->lines = 0;
    page->dropped = 0;
    page->after_blank = false;
    page->escape = (struct escape){0};
    return put_number(writer, "<article id=\"d%" PRIu64 "\">\n", number) &&
           put_number(writer, "<h2><a href=\"#d%" PRIu64 "\">", number) &&
           put_number(writer, "<i>%" PRIu64 "</i> ", number) && put_apart(writer, name) &&
           writer_put_text(writer, "</a>") &&
           (!*host || (writer_put_text(writer, " <small>") && put_apart(writer, host) &&
                       writer_put_text(writer, "</small>"))) &&
           writer_put_text(writer, "</h2>\n<div>\n");
}

static void count(struct report_page *page, const struct held *line)
{
    if (line->is_blank || line->is_continued)
        return;
    page->lines++;
    if (line->verdict != VERDICT_DROP)
        return;
    page->dropped++;
    if (line->rule == NO_RULE)
        return;
    if (page->packs[page->pack_of[line->rule]].dropped++ == 0)
        page->touched[page->touched_count++] = page->pack_of[line->rule];
}

/* The begin of the line's paragraph, whose class says its verdict and the colour of its pack. */
static bool put_begin(const struct report_page *page, struct writer *writer,
                      const struct held *line, bool has_note)
{
    bool is_dropped = line->verdict == VERDICT_DROP;
    char text[96], colour[16] = "";

    if (is_dropped && line->rule != NO_RULE)
        snprintf(colour, sizeof colour, " c%u", (unsigned)(page->pack_of[line->rule] % COLOURS));
    snprintf(text, sizeof text, "<p class=\"%s%s%s\" data-n=\"%" PRIu64 "\"%s>",
             is_dropped                   ? "drop"
             : line->edited_by != NO_RULE ? "edit"
                                          : "keep",
             line->is_blank ? " blank" : "", colour, line->number,
             has_note ? " tabindex=\"0\"" : "");
    return writer_put_text(writer, text) && (!is_dropped || writer_put_text(writer, "<s>"));
}

/* The rule that decided, or those that weighed the line with its probability. */
static bool put_note(const struct report_page *page, struct writer *writer,
                     const struct chosen *chosen, const struct held *line)
{
    struct explained explained = explain_verdict(line);
    const struct rules *rules = page->rules;
    char id[RULE_ID_SIZE];
    bool good = writer_put_text(writer, "<span><em>") &&
                writer_put_text(writer, explained.verdict) && writer_put_text(writer, "</em>");

    if (line->weighed) {
        char text[32];

        snprintf(text, sizeof text, " article %.2f", line->weighed->probability);
        good = good && writer_put_text(writer, text);
    }
    if (explained.rule != NO_RULE) {
        rule_id(&rules->items[explained.rule], id, sizeof id);
        good = good && writer_put_text(writer, " ") && put_apart(writer, id);
    }
    for (uint32_t rule = NO_RULE;
         good && line->weighed && (rule = explain_next(rules, chosen, line, rule)) != NO_RULE;) {
        char share[32];

        snprintf(share, sizeof share, " %+.2f", weights_share(&rules->items[rule]));
        rule_id(&rules->items[rule], id, sizeof id);
        good = writer_put_text(writer, " · ") && put_apart(writer, id) &&
               writer_put_text(writer, share);
    }
    return good && writer_put_text(writer, "</span>");
}

bool report_line(struct report_page *page, struct writer *writer, const struct chosen *chosen,
                 const struct held *line)
{
    bool has_note = !line->is_blank && (line->weighed || explain_verdict(line).rule != NO_RULE);
    bool is_same = page->after_blank && page->verdict == line->verdict && page->rule == line->rule;

    count(page, line);
    page->after_blank = line->is_blank;
    page->verdict = line->verdict;
    page->rule = line->rule;
    if (line->is_blank && is_same)
        return true; /* of blank lines one is seen */
    if (!line->is_continued && !put_begin(page, writer, line, has_note))
        return false;
    if (!line->is_blank &&
        !escape_put(&page->escape, writer, line->text, line->length, !line->continues))
        return false;
    if (line->continues)
        return true;
    return (line->verdict != VERDICT_DROP || writer_put_text(writer, "</s>")) &&
           (!has_note || put_note(page, writer, chosen, line)) && writer_put_text(writer, "</p>\n");
}

bool report_end(struct report_page *page, struct writer *writer)
{
    bool good = put_number(writer, "</div>\n<footer>%" PRIu64, page->dropped) &&
                put_number(writer, " of %" PRIu64 " lines dropped", page->lines);

    for (uint32_t i = 0; i < page->touched_count; i++) {
        uint32_t number = page->touched[i];
        struct pack *pack = &page->packs[number];

        good = good && put_number(writer, " <span class=\"c%" PRIu64 "\">", number % COLOURS) &&
               put_apart(writer, pack->label) &&
               put_number(writer, " %" PRIu64 "</span>", pack->dropped);
        pack->dropped = 0;
    }
    page->touched_count = 0;
    return good && writer_put_text(writer, "</footer>\n</article>\n");
}
