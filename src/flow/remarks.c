#include "flow/remarks.h"

#include <inttypes.h>
#include <stdio.h>

void remarks_add(struct remarks *all, const struct remarks *next)
{
    all->texts += next->texts;
    all->emptied += next->emptied;
    if (!all->looks)
        all->looks = next->looks;
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

static bool say_emptied(const struct remarks *remarks, const struct format *format, char *text,
                        size_t size)
{
    bool is_all = remarks->emptied == remarks->texts;

    if (remarks->emptied == 0 || (remarks->empty_go && !is_all))
        return false;
    if (is_one(format))
        snprintf(text, size, "nothing is left of its text; --explain shows which rules dropped it");
    else
        snprintf(text, size, "nothing is left of %" PRIu64 " of its %" PRIu64 " texts%s",
                 remarks->emptied, remarks->texts,
                 remarks->empty_go ? "" : "; --drop-empty leaves such documents out");
    return true;
}

bool remarks_say(const struct remarks *remarks, enum remark which, const struct format *format,
                 char *text, size_t size, bool *is_grave)
{
    *is_grave = which == REMARK_LOOKS || is_one(format);
    switch (which) {
    case REMARK_LOOKS:
        return say_looks(remarks, format, text, size);
    case REMARK_EMPTIED:
        return say_emptied(remarks, format, text, size);
    case REMARKS:
        break;
    }
    return false;
}
