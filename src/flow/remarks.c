#include "flow/remarks.h"

#include "line/measure.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void remarks_add(struct remarks *all, const struct remarks *next)
{
    all->texts += next->texts;
    all->emptied += next->emptied;
    all->html += next->html;
    all->homeless += next->homeless;
    if (!all->looks)
        all->looks = next->looks;
    all->objects += next->objects;
    all->found |= next->found;
    if (!*all->likely)
        memcpy(all->likely, next->likely, sizeof all->likely);
}

void remarks_note_line(struct remarks *remarks, const char *line, size_t length)
{
    bool is_short = measure_words_up_to(line, length, REMARKS_SHORT + 1) <= REMARKS_SHORT;

    remarks->lines++;
    remarks->short_lines += is_short;
    remarks->run = is_short ? remarks->run + 1 : 0;
    if (remarks->longest_run < remarks->run)
        remarks->longest_run = remarks->run;
}

void remarks_note_fields(struct remarks *remarks, const struct document *document)
{
    if (!document->has_fields)
        return;
    remarks->objects++;
    remarks->found |= document->found;
    if (!*remarks->likely)
        memcpy(remarks->likely, document->likely, sizeof remarks->likely);
}

/* An input in such a format is one text. */
static bool is_one(const struct format *format)
{
    return format == &text_format;
}

static bool say_looks(const struct remarks *remarks, const struct format *format, char *text,
                      size_t size)
{
    const struct looks *looks = remarks->looks;

    if (!looks)
        return false;
    snprintf(text, size, "read as %s, but it looks like %s; %s", format->name, looks->what,
             looks->instead);
    return true;
}

static bool say_html(const struct remarks *remarks, char *text, size_t size)
{
    if (remarks->html == 0)
        return false;
    snprintf(text, size,
             "%" PRIu64 " of its %" PRIu64 " texts look%s like HTML; make text of pages before, as "
             "with 'lynx -dump -nolist -width=1000'",
             remarks->html, remarks->texts, remarks->html == 1 ? "s" : "");
    return true;
}

static bool say_missing(const struct remarks *remarks, enum field field,
                        const struct fields *fields, char *text, size_t size)
{
    static const char *const options[] = {[FIELD_TEXT] = "field",
                                          [FIELD_URL] = "url-field",
                                          [FIELD_LANGUAGE] = "lang-field",
                                          [FIELD_HOST] = "host-field"};
    const char *asked = fields->asked[field];

    if (remarks->objects == 0 || !asked || remarks->found >> field & 1)
        return false;
    if (field == FIELD_TEXT && *remarks->likely)
        snprintf(text, size, "no document has a string in the field '%s'; is '--field=%s' meant?",
                 asked, remarks->likely);
    else
        snprintf(text, size, "no document has a string%s in the field '%s'; --%s names it",
                 field == FIELD_HOST ? " or a number" : "", asked, options[field]);
    return true;
}

static bool say_emptied(const struct remarks *remarks, const struct remark_wishes *wishes,
                        char *text, size_t size)
{
    bool is_all = remarks->emptied == remarks->texts;

    if (remarks->emptied == 0 || (wishes->drop_empty && !is_all))
        return false;
    if (is_one(wishes->format))
        snprintf(text, size, "nothing is left of its text; --explain shows which rules dropped it");
    else
        snprintf(text, size, "nothing is left of %" PRIu64 " of its %" PRIu64 " texts%s",
                 remarks->emptied, remarks->texts,
                 wishes->drop_empty ? "" : "; --drop-empty leaves such documents out");
    return true;
}

static bool say_homeless(const struct remarks *remarks, const struct remark_wishes *wishes,
                         char *text, size_t size)
{
    const char *field = wishes->fields->asked[FIELD_HOST];
    const char *instead =
        field ? "--host names it" : "--host names it, or a directory in the file's name";

    if (remarks->homeless == 0)
        return false;
    if (is_one(wishes->format))
        snprintf(text, size, "nothing is learnt from it, as its host is not known; %s", instead);
    else if (field)
        snprintf(text, size,
                 "nothing is learnt from %" PRIu64 " of its texts, as the field '%s' names no host "
                 "for them; %s",
                 remarks->homeless, field, instead);
    else
        snprintf(text, size,
                 "nothing is learnt from %" PRIu64 " of its texts, as their hosts are not known; "
                 "--url-field or %s",
                 remarks->homeless, instead);
    return true;
}

static bool say_page(const struct remarks *remarks, char *text, size_t size)
{
    uint64_t lines = remarks->lines, short_lines = remarks->short_lines;

    if (lines < REMARKS_PAGE_LINES || remarks->longest_run < REMARKS_PAGE_RUN ||
        short_lines * 100 < lines * REMARKS_PAGE_SHORT)
        return false;
    snprintf(text, size,
             "it looks like a whole page, as %" PRIu64 " of %" PRIu64 " lines are short; "
             "'-r page' finds the article in one",
             short_lines, lines);
    return true;
}

bool remarks_say(const struct remarks *remarks, enum remark which,
                 const struct remark_wishes *wishes, char *text, size_t size, bool *is_grave)
{
    *is_grave = which == REMARK_EMPTIED ? is_one(wishes->format)
                : which == REMARK_HTML  ? remarks->html == remarks->texts
                                        : which != REMARK_PAGE;
    switch (which) {
    case REMARK_LOOKS:
        return say_looks(remarks, wishes->format, text, size);
    case REMARK_HTML:
        return say_html(remarks, text, size);
    case REMARK_NO_TEXT:
    case REMARK_NO_URL:
    case REMARK_NO_LANGUAGE:
    case REMARK_NO_HOST:
        return say_missing(remarks, (enum field)(which - REMARK_NO_TEXT + FIELD_TEXT),
                           wishes->fields, text, size);
    case REMARK_EMPTIED:
        return say_emptied(remarks, wishes, text, size);
    case REMARK_HOMELESS:
        return say_homeless(remarks, wishes, text, size);
    case REMARK_PAGE:
        return say_page(remarks, text, size);
    case REMARKS:
        break;
    }
    return false;
}
