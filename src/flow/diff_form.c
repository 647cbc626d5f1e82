#include "flow/diff_form.h"

#include "base/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const struct diff_form *diff_form_find(const char *name)
{
    static const struct diff_form *const forms[] = {&diff_text_form, &diff_json_form,
                                                    &diff_html_form};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(name, forms[i]->name) == 0)
            return forms[i];
    return NULL;
}

struct diff_count diff_count(uint64_t count, const char *what)
{
    struct diff_count words;

    snprintf(words.text, sizeof words.text, "%" PRIu64 " %s%s", count, what, count == 1 ? "" : "s");
    return words;
}

static bool put_rule(const struct diff_form *form, struct writer *writer,
                     const struct changes *changes, const struct change_row *row)
{
    struct diff_rule rule = {.id = "-", .is_new = row->side == SIDE_NEW, .changes = row->changes};

    if (row->rule != NO_RULE)
        rule_id(&changes->sets[row->side]->items[row->rule], rule.id, sizeof rule.id);
    return form->put_rule(writer, &rule);
}

/* The changes of the hosts beyond the first SHOWN; *documents that have them. */
static struct change_counts rest_of(const struct changes *changes, size_t shown,
                                    uint64_t *documents)
{
    struct change_counts rest = changes->all;

    *documents = changes->changed;
    for (size_t i = 0; i < shown; i++) {
        const struct host *host = &changes->hosts.items[i];

        *documents -= host->documents;
        counts_take(&rest, &host->counts);
    }
    return rest;
}

static bool put_hosts(const struct diff_form *form, struct writer *writer,
                      const struct changes *changes)
{
    size_t shown = (size_t)number_smaller(changes->hosts.count, form->hosts_most);
    uint64_t documents;
    struct change_counts rest = rest_of(changes, shown, &documents);
    bool good = true;

    for (size_t i = 0; good && i < shown; i++) {
        const struct host *host = &changes->hosts.items[i];

        good = writer_put_text(writer, i == 0 ? form->before_hosts : form->between) &&
               form->put_host(writer, *host->name ? host->name : form->nameless, host->documents,
                              &host->counts);
    }
    if (good && documents > 0)
        good = writer_put_text(writer, form->between) &&
               form->put_host(writer, form->others, documents, &rest);
    return good && (shown == 0 || writer_put_text(writer, form->behind_hosts));
}

bool diff_form_put(const struct diff_form *form, struct writer *writer,
                   const struct changes *changes, const struct change_row *rows, size_t count)
{
    bool good = form->put_begin(writer, changes);

    for (size_t i = 0; good && i < count; i++)
        good = (i == 0 || writer_put_text(writer, form->between)) &&
               put_rule(form, writer, changes, &rows[i]);
    return good && writer_put_text(writer, form->behind_rules) &&
           put_hosts(form, writer, changes) && writer_put_text(writer, form->end);
}
