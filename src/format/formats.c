#include "format/formats.h"

static const struct format *const rows[] = {&text_format, &jsonl_format, &wet_format, &nul_format};

#define ROWS (sizeof rows / sizeof *rows)

const struct format *formats_find(const char *name)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i]->name, name) == 0)
            return rows[i];
    return NULL;
}

static bool ends_with(const char *path, const char *suffix)
{
    size_t length = strlen(path), suffix_length = strlen(suffix);

    return length > suffix_length && strcmp(path + length - suffix_length, suffix) == 0;
}

const struct format *formats_of_file(const char *path)
{
    for (size_t i = 0; i < ROWS; i++)
        for (const char *const *suffix = rows[i]->suffixes; *suffix; suffix++)
            if (ends_with(path, *suffix))
                return rows[i];
    return &text_format;
}
