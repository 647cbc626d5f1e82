#include "format/fields.h"

#include <stdlib.h>

static const char *const default_texts[] = {"text", NULL};

/* What the common corpora of web pages call them: C4 and most of what the Hugging Face hub has,
 * Dolma, and RedPajama and CCNet's successors, which copy the WARC header. */
static const char *const default_urls[] = {"url", "source", "metadata.url",
                                           "metadata.WARC-Target-URI", NULL};
static const char *const default_languages[] = {"language", "lang", NULL};

/* Takes the next name off *path; false if it is none. */
static bool next_name(const char **path, struct span *name)
{
    const char *end;

    if (**path == '.')
        ++*path;
    if (**path == '"') {
        name->text = ++*path;
        end = strchr(*path, '"');
        if (!end || (end[1] && end[1] != '.'))
            return false;
        *path = end + 1;
    } else {
        name->text = *path;
        end = *path + strcspn(*path, ".\"");
        if (*end == '"' || end == *path)
            return false;
        *path = end;
    }
    name->length = (size_t)(end - name->text);
    return true;
}

/* Adds a field; when it fails *wrong is PATH if that is no path, NULL if memory was short. */
static bool add(struct fields *fields, enum field kind, const char *path, const char **wrong)
{
    struct span names[FIELD_NAMES];
    struct span *list;
    const char *rest = path;
    uint32_t count = 0;

    *wrong = path;
    do
        if (count == FIELD_NAMES || !next_name(&rest, &names[count++]))
            return false;
    while (*rest);
    *wrong = NULL;
    list = malloc(count * sizeof *list);
    if (!list)
        return false;
    memcpy(list, names, count * sizeof *list);
    fields->paths[fields->count] = (struct json_path){list, count};
    fields->kinds[fields->count++] = kind;
    return true;
}

static bool add_all(struct fields *fields, enum field kind, const char *path,
                    const char *const *defaults, const char **wrong)
{
    if (path)
        return add(fields, kind, path, wrong);
    for (; *defaults; defaults++)
        if (!add(fields, kind, *defaults, wrong))
            return false;
    return true;
}

/* An annotation's name is no path: dots are part of the name. */
static bool add_annotation(struct fields *fields, const char *name)
{
    struct span *list = malloc(sizeof *list);

    if (!list)
        return false;
    *list = (struct span){name, strlen(name)};
    fields->paths[fields->count] = (struct json_path){list, 1};
    fields->kinds[fields->count++] = FIELD_ANNOTATION;
    return true;
}

struct fields *fields_create(const struct field_wishes *wishes, const char **wrong)
{
    struct fields *fields = calloc(1, sizeof *fields);

    *wrong = NULL;
    if (!fields)
        return NULL;
    fields->asked[FIELD_TEXT] = wishes->text ? wishes->text : default_texts[0];
    fields->asked[FIELD_URL] = wishes->url;
    fields->asked[FIELD_LANGUAGE] = wishes->language;
    fields->asked[FIELD_HOST] = wishes->host;
    if (add_all(fields, FIELD_TEXT, wishes->text, default_texts, wrong) &&
        (wishes->host ? add(fields, FIELD_HOST, wishes->host, wrong)
                      : add_all(fields, FIELD_URL, wishes->url, default_urls, wrong)) &&
        add_all(fields, FIELD_LANGUAGE, wishes->language, default_languages, wrong) &&
        (!wishes->annotation || add_annotation(fields, wishes->annotation)))
        return fields;
    fields_destroy(fields);
    return NULL;
}

void fields_destroy(struct fields *fields)
{
    if (!fields)
        return;
    for (uint32_t i = 0; i < fields->count; i++)
        free((void *)fields->paths[i].names);
    free(fields);
}
