#include "rules/diag.h"

#include "base/grow.h"
#include "base/report.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A longer line is quoted only around the place that matters. */
#define QUOTE_BYTES 160

/* A longer message is cut: it has a word that is no word. */
#define MESSAGE_BYTES 1000

static char *copy_bytes(const char *bytes, size_t length)
{
    char *copy = malloc(length + 1);

    if (!copy)
        return NULL;
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

static char *format_message(const char *format, va_list arguments)
{
    va_list again;
    char *message = NULL;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length >= 0 && (message = malloc((size_t)length + 1)))
        vsnprintf(message, (size_t)length + 1, format, arguments);
    return message;
}

/* In place of what is wrong in a file that may be none of rules. */
static char *secret_message(void)
{
    static const char message[] =
        "this is no right statement; lines are shown only of files named FILE.rules or by -r";

    return copy_bytes(message, sizeof message - 1);
}

static bool make_room(struct diagnostics *list)
{
    struct diagnostic *items =
        grow_by_one(list->items, list->count, &list->capacity, sizeof *items);

    if (items)
        list->items = items;
    return items != NULL;
}

static void free_item(struct diagnostic *item)
{
    free(item->file);
    free(item->message);
    free(item->source);
}

void diag_add(struct diagnostics *list, enum severity severity, const struct place *place,
              const char *format, ...)
{
    const char *source = place->is_secret ? NULL : place->source;
    size_t column = place->is_secret ? 0 : place->column;
    struct diagnostic item = {severity, NULL, place->line, column, NULL, NULL, 0};
    va_list arguments;

    if (severity == SEVERITY_ERROR)
        list->errors++;
    else
        list->warnings++;
    if (list->count >= DIAG_MAX)
        return;
    if (!make_room(list)) {
        list->no_memory = true;
        return;
    }
    va_start(arguments, format);
    item.message = place->is_secret ? secret_message() : format_message(format, arguments);
    va_end(arguments);
    item.file = copy_bytes(place->file, strlen(place->file));
    if (source && (item.source = copy_bytes(source, place->source_length)))
        item.source_length = place->source_length;
    if (!item.message || !item.file || (source && !item.source)) {
        list->no_memory = true;
        free_item(&item);
        return;
    }
    list->items[list->count++] = item;
}

void diag_add_word(struct diagnostics *list, const struct place *place, const char *what,
                   struct span word, const char *mend)
{
    struct place here = *place;

    here.column = (size_t)(word.text - place->source);
    diag_add(list, SEVERITY_ERROR, &here, "%s '%.*s'; %s", what, (int)word.length, word.text, mend);
}

static bool starts_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

static size_t count_characters(const char *text, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i < length; i++)
        count += starts_character(text[i]);
    return count;
}

/* Chooses the window [*from, *to) of the source line to quote, cut at character boundaries. */
static void choose_window(const struct diagnostic *item, size_t *from, size_t *to)
{
    *from = 0;
    *to = item->source_length;
    if (*to <= QUOTE_BYTES)
        return;
    if (item->column > QUOTE_BYTES / 2)
        *from = item->column - QUOTE_BYTES / 2;
    if (*to - *from > QUOTE_BYTES)
        *to = *from + QUOTE_BYTES;
    while (*from > 0 && !starts_character(item->source[*from]))
        --*from;
    while (*to < item->source_length && !starts_character(item->source[*to]))
        ++*to;
}

/* What the character that TEXT begins with is shown as: '\0' for itself. */
static char shown_as(const char *text, size_t length, size_t *bytes)
{
    uint32_t character;

    *bytes = utf8_decode((const unsigned char *)text, length, &character);
    if (*bytes == 0) {
        *bytes = 1;
        return '?';
    }
    if (character == '\t')
        return ' ';
    return character < 0x20 || (character >= 0x7f && character < 0xa0) ? '?' : '\0';
}

void diag_print(FILE *stream, const char *text, size_t length)
{
    for (size_t at = 0, bytes; at < length; at += bytes) {
        char shown = shown_as(text + at, length - at, &bytes);

        if (shown)
            fputc(shown, stream);
        else
            fwrite(text + at, 1, bytes, stream);
    }
}

void diag_make_safe(char *text)
{
    size_t length = strlen(text);
    char *end = text;

    for (size_t at = 0, bytes; at < length; at += bytes) {
        char shown = shown_as(text + at, length - at, &bytes);

        memmove(end, shown ? &shown : text + at, shown ? 1 : bytes);
        end += shown ? 1 : bytes;
    }
    *end = '\0';
}

char *diag_line(const char *format, va_list arguments)
{
    static const char program[] = "dechaff: ";
    char *message = format_message(format, arguments);
    size_t size = message ? sizeof program + strlen(message) + 1 : 0;
    char *line = message ? malloc(size) : NULL;

    if (line) {
        diag_make_safe(message);
        snprintf(line, size, "%s%s\n", program, message);
    }
    free(message);
    return line;
}

static void print_quotation(FILE *stream, const struct diagnostic *item)
{
    size_t from, to;

    choose_window(item, &from, &to);
    fputs("    ", stream);
    diag_print(stream, item->source + from, to - from);
    fputs("\n    ", stream);
    for (size_t i = from; i < item->column && i < to; i++)
        if (starts_character(item->source[i]))
            fputc(' ', stream);
    fputs("^\n", stream);
}

static void print_message(FILE *stream, const char *message)
{
    size_t length = strlen(message), shown = length < MESSAGE_BYTES ? length : MESSAGE_BYTES;

    while (shown < length && shown > 0 && !starts_character(message[shown]))
        shown--;
    diag_print(stream, message, shown);
    fputs(shown < length ? "...\n" : "\n", stream);
}

static void print_item(FILE *stream, const struct diagnostic *item)
{
    diag_print(stream, item->file, strlen(item->file));
    if (item->line) {
        size_t prefix = item->column < item->source_length ? item->column : item->source_length;
        size_t column = item->source ? count_characters(item->source, prefix) : item->column;

        fprintf(stream, ":%zu:%zu", item->line, column + 1);
    }
    fprintf(stream, ": %s: ", item->severity == SEVERITY_ERROR ? "error" : "warning");
    print_message(stream, item->message);
    if (item->line && item->source)
        print_quotation(stream, item);
}

char *diag_text(const struct diagnostics *list)
{
    struct report report;
    size_t all = list->errors + list->warnings;

    if (!report_open(&report))
        return NULL;
    for (size_t i = 0; i < list->count; i++)
        print_item(report.stream, &list->items[i]);
    if (all > list->count)
        fprintf(report.stream, "%zu more errors and warnings are not shown\n", all - list->count);
    return report_close(&report);
}

void diag_free(struct diagnostics *list)
{
    for (size_t i = 0; i < list->count; i++)
        free_item(&list->items[i]);
    free(list->items);
    *list = (struct diagnostics){0};
}
