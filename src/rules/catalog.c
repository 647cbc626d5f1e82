#include "rules/catalog.h"

#include "base/grow.h"
#include "base/nearest.h"
#include "base/report.h"
#include "base/utf8.h"
#include "rules/diag.h"
#include "rules/source.h"
#include "rules/syntax.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of a sentence that are listed. */
#define SENTENCE 300

/* Name first, for nearest_name. */
struct entry {
    char *name;
};

struct catalog {
    struct entry *entries; /* one more, without a name, behind them */
    size_t count;
    size_t capacity;
};

static void release(struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->count; i++)
        free(catalog->entries[i].name);
    free(catalog->entries);
}

static bool make_room(struct catalog *catalog)
{
    struct entry *entries =
        grow_by_one(catalog->entries, catalog->count + 1, &catalog->capacity, sizeof *entries);

    if (entries)
        catalog->entries = entries;
    return entries != NULL;
}

static bool add(struct catalog *catalog, struct span name)
{
    char *copy = make_room(catalog) ? strndup(name.text, name.length) : NULL;

    if (!copy)
        return false;
    catalog->entries[catalog->count++] = (struct entry){copy};
    catalog->entries[catalog->count] = (struct entry){0};
    return true;
}

static bool add_directory(struct catalog *catalog, const char *path)
{
    DIR *directory = opendir(path);
    const struct dirent *file;
    bool good = directory || errno != ENOMEM;

    while (good && directory && (file = readdir(directory))) {
        struct span name = {file->d_name, strlen(file->d_name)}, label = source_label(name);

        if (label.length > 0 && label.length < name.length)
            good = add(catalog, label);
    }
    if (directory)
        closedir(directory);
    return good;
}

static int compare(const void *one, const void *other)
{
    return strcmp(((const struct entry *)one)->name, ((const struct entry *)other)->name);
}

/* All names, as often as there are files of that name. */
static bool fill(struct catalog *catalog, const struct paths *paths)
{
    bool good = true;

    for (size_t i = 0; i < paths->count && good; i++)
        good = add_directory(catalog, paths->directories[i].name);
    if (good && catalog->count)
        qsort(catalog->entries, catalog->count, sizeof *catalog->entries, compare);
    return good;
}

char *catalog_nearest(const struct paths *paths, struct span name)
{
    struct catalog catalog = {0};
    struct span label = source_label(name);
    const char *nearest = NULL;
    char *copy = NULL;

    if (fill(&catalog, paths) && catalog.count)
        nearest = nearest_name(catalog.entries, sizeof *catalog.entries, label.text, label.length);
    if (nearest)
        copy = strdup(nearest);
    release(&catalog);
    return copy;
}

/* Listing. */

struct summary {
    char sentence[SENTENCE + 1];
    size_t length;
    bool has_sentence; /* it is over */
    bool drops;
};

/* Adds the words of a comment, until a sentence is over. */
static void add_comment(struct summary *summary, struct span comment)
{
    comment = span_trim(comment, span_is_white);
    if (summary->length && summary->length < SENTENCE)
        summary->sentence[summary->length++] = ' ';
    for (size_t i = 0; i < comment.length && !summary->has_sentence; i++) {
        bool is_end = i + 1 == comment.length || comment.text[i + 1] == ' ';

        if (summary->length < SENTENCE)
            summary->sentence[summary->length++] = comment.text[i];
        summary->has_sentence = comment.text[i] == '.' && is_end;
    }
    summary->has_sentence |= comment.length == 0;
    summary->sentence[summary->length] = '\0';
}

/* A rule that has a line dropped, kept or changed stands by itself; marks and weights do not. */
static bool is_of_use(struct span line)
{
    struct span word;
    const struct syntax_verb *verb;

    if (!span_next_word(&line, &word))
        return false;
    verb = syntax_verb(word.text, word.length);
    return verb && verb->verb != VERB_MARK && !verb_weighs(verb->verb);
}

static void read_line(struct summary *summary, struct span line)
{
    bool is_comment = line.length && *line.text == '#';

    if (is_comment && !summary->has_sentence)
        add_comment(summary, span_after(line, 1));
    else if (!is_comment)
        summary->has_sentence = true;
    summary->drops |= !is_comment && is_of_use(line);
}

/* NULL, with errno, if it is no file that can be read at once. */
static FILE *open_file(const char *path)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK), error;
    FILE *file = NULL;

    if (fd < 0)
        return NULL;
    if (fstat(fd, &status) == 0 && !S_ISREG(status.st_mode))
        errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    else
        file = fdopen(fd, "r");
    error = errno;
    if (!file)
        close(fd);
    errno = error;
    return file;
}

/* Reads it to its end; false with errno. */
static bool summarize(struct summary *summary, FILE *file)
{
    bool is_read;
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    bool is_first = true;

    errno = 0;
    while ((length = getline(&line, &size, file)) >= 0) {
        struct span text = {line, (size_t)length};

        if (is_first && span_starts(text, UTF8_MARK))
            text = span_after(text, strlen(UTF8_MARK));
        read_line(summary, span_trim(text, span_is_white));
        is_first = false;
    }
    is_read = feof(file) && !ferror(file);
    free(line);
    return is_read;
}

static void list(const char *name, const struct summary *summary, FILE *stream)
{
    static const char profile[] = "The profile ";
    bool is_profile = strncmp(summary->sentence, profile, sizeof profile - 1) == 0;

    if (!is_profile && !summary->drops)
        return;
    diag_print(stream, name, strlen(name));
    fprintf(stream, "\t%s\t", is_profile ? "profile" : "pack");
    diag_print(stream, summary->sentence, summary->length);
    fputc('\n', stream);
}

/* Nobody knows what it is. */
static void list_unread(const char *name, int error, FILE *stream)
{
    diag_print(stream, name, strlen(name));
    fprintf(stream, "\tunread\t%s\n", error == EINVAL ? "No regular file" : strerror(error));
}

/* The file that the name is found by. */
static bool list_found(const char *name, const struct paths *paths, FILE *stream)
{
    struct summary summary = {0};
    bool is_read;
    char *path;
    FILE *file;
    int error;

    errno = 0;
    path = paths_find(paths, name, strlen(name));
    file = path ? open_file(path) : NULL;
    is_read = file && summarize(&summary, file);
    error = errno;
    free(path);
    if (file)
        fclose(file);
    if (is_read)
        list(name, &summary, stream);
    else if (error != ENOMEM)
        list_unread(name, error, stream);
    return is_read || error != ENOMEM;
}

char *catalog_text(const struct paths *paths)
{
    struct catalog catalog = {0};
    struct report report = {0};
    bool good = fill(&catalog, paths) && report_open(&report);
    char *text;

    for (size_t i = 0; good && i < catalog.count; i++)
        if (i == 0 || strcmp(catalog.entries[i].name, catalog.entries[i - 1].name) != 0)
            good = list_found(catalog.entries[i].name, paths, report.stream);
    release(&catalog);
    text = report.stream ? report_close(&report) : NULL;
    if (good)
        return text;
    free(text);
    return NULL;
}
