#include "format/formats.h"

#include "io/packing.h"

static bool find_text_end(struct extent *extent, struct span bytes, bool is_all)
{
    extent->searched = bytes.length;
    extent->total = is_all ? bytes.length : 0;
    return is_all;
}

static void examine_text(struct document *document)
{
    document->has_text = true;
    document->end = document->size;
}

static bool find_nul(struct extent *extent, struct span bytes, bool is_all)
{
    return document_find_byte(extent, bytes, is_all, '\0');
}

static void examine_nul(struct document *document)
{
    document->has_text = true;
    document->end = document->size - (document->bytes[document->size - 1] == '\0');
}

const struct format text_format = {
    .name = "text",
    .unit = "document",
    .find_end = find_text_end,
    .examine = examine_text,
    .next_line = document_plain_line,
    .put_edited = document_put_plain,
};

const struct format nul_format = {
    .name = "nul",
    .unit = "document",
    .find_end = find_nul,
    .examine = examine_nul,
    .next_line = document_plain_line,
    .put_edited = document_put_plain,
};

static const struct format *const rows[] = {&text_format, &jsonl_format, &wet_format, &nul_format};

#define ROWS (sizeof rows / sizeof *rows)

const struct format *formats_find(const char *name)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i]->name, name) == 0)
            return rows[i];
    return NULL;
}

static bool ends_with(struct span path, const char *suffix)
{
    size_t length = strlen(suffix);

    return path.length > length && span_is(span_after(path, path.length - length), suffix);
}

const struct format *formats_of_file(const char *path)
{
    const struct packing *packing = packing_of_name(path);
    struct span name = {path, strlen(path) - (packing ? strlen(packing->suffix) : 0)};

    for (size_t i = 0; i < ROWS; i++)
        for (const char *const *suffix = rows[i]->suffixes; *suffix; suffix++)
            if (ends_with(name, *suffix))
                return rows[i];
    return &text_format;
}
