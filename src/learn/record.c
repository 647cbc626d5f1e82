#include "learn/record.h"

#include "base/grow.h"
#include "base/number.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define HEAD "dechaff counts 1\n"
#define SITE "site "
#define END "end\n"
#define DIGITS 20 /* of a number */
#define HEX 16

struct record_reader {
    int fd; /* or -1 */
    off_t offset;
    uint64_t left;    /* bytes of the file that were not read yet */
    char *buffer;     /* NULL: the bytes lie in memory */
    size_t size;      /* of the buffer */
    struct span text; /* read, and not taken */
    bool is_begun;
    bool is_ended;
    struct seen_site site;
    char *name; /* the site's */
    char *last; /* the key of the template before, of the site */
    size_t last_length;
    size_t last_room;
    struct seen_line line;
    uint32_t page_room;
    uint32_t line_room;
};

static int by_number(const void *one, const void *other)
{
    const uint32_t *first = one, *second = other;

    return number_compare(*first, *second);
}

static int by_place(const void *one, const void *other)
{
    const struct seen_at *first = one, *second = other;
    int order = number_compare(first->page, second->page);

    if (order == 0)
        order = number_compare(first->before, second->before);
    if (order == 0)
        order = number_compare((uint64_t)first->words << 32 | first->kept,
                               (uint64_t)second->words << 32 | second->kept);
    return order ? order : number_compare(first->stays, second->stays);
}

uint32_t record_sort_pages(uint32_t *pages, uint32_t count)
{
    uint32_t left = 0;

    if (count > 1)
        qsort(pages, count, sizeof *pages, by_number);
    for (uint32_t i = 0; i < count; i++)
        if (pages[i] != RECORD_NONE && (left == 0 || pages[left - 1] != pages[i]))
            pages[left++] = pages[i];
    return left;
}

uint32_t record_sort_places(struct seen_at *at, uint32_t count)
{
    uint32_t left = 0;

    if (count > 1)
        qsort(at, count, sizeof *at, by_place);
    for (uint32_t i = 0; i < count; i++)
        if (at[i].page != RECORD_NONE && (left == 0 || at[left - 1].page != at[i].page))
            at[left++] = at[i];
    return left;
}

static bool put_number(struct writer *out, uint64_t number)
{
    char text[DIGITS], *at = text + DIGITS;

    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    return writer_put(out, at, (size_t)(text + DIGITS - at));
}

static bool put_page(struct writer *out, const struct seen_page *page)
{
    char text[HEX + 1];

    for (int i = 0; i < HEX; i++)
        text[i] = "0123456789abcdef"[page->id >> 4 * (HEX - 1 - i) & 15];
    text[HEX] = ' ';
    return writer_put(out, text, sizeof text) && put_number(out, page->prose) &&
           writer_put(out, "\n", 1);
}

bool record_put_head(struct writer *out)
{
    return writer_put_text(out, HEAD);
}

bool record_put_end(struct writer *out)
{
    return writer_put_text(out, END);
}

bool record_put_site(struct writer *out, const struct seen_site *site)
{
    bool good = writer_put_text(out, SITE) && writer_put(out, site->name.text, site->name.length) &&
                writer_put(out, " ", 1) && put_number(out, site->count) && writer_put(out, "\n", 1);

    for (uint32_t i = 0; good && i < site->count; i++)
        good = put_page(out, &site->pages[i]);
    return good;
}

static bool put_place(struct writer *out, const struct seen_at *at)
{
    return at->before == RECORD_NONE ||
           (writer_put(out, ":", 1) && put_number(out, at->before) && writer_put(out, ":", 1) &&
            put_number(out, at->words) && writer_put(out, ":", 1) && put_number(out, at->kept) &&
            (!at->stays || writer_put(out, "+", 1)));
}

bool record_put_line(struct writer *out, const struct seen_line *line)
{
    bool good = true;
    uint32_t before = 0;

    for (uint32_t i = 0; good && i < line->count; i++) {
        good = (i == 0 || writer_put(out, " ", 1)) && put_number(out, line->at[i].page - before) &&
               put_place(out, &line->at[i]);
        before = line->at[i].page;
    }
    return good && writer_put(out, "\t", 1) && writer_put(out, line->key.text, line->key.length) &&
           writer_put(out, "\t", 1) &&
           (line->sample.length == 0 || writer_put(out, line->sample.text, line->sample.length)) &&
           writer_put(out, "\n", 1);
}

static struct record_reader *create(int fd)
{
    struct record_reader *reader = calloc(1, sizeof *reader);

    if (reader)
        reader->fd = fd;
    return reader;
}

struct record_reader *record_open(int fd, off_t offset, uint64_t size, size_t buffer)
{
    struct record_reader *reader = create(fd);

    if (!reader)
        return NULL;
    reader->offset = offset;
    reader->left = size;
    reader->size = buffer;
    reader->buffer = malloc(buffer);
    reader->text.text = reader->buffer;
    if (reader->buffer)
        return reader;
    record_close(reader);
    return NULL;
}

struct record_reader *record_open_memory(struct span bytes)
{
    struct record_reader *reader = create(-1);

    if (reader)
        reader->text = bytes;
    return reader;
}

void record_close(struct record_reader *reader)
{
    if (!reader)
        return;
    free(reader->buffer);
    free(reader->name);
    free(reader->last);
    free(reader->site.pages);
    free(reader->line.at);
    free(reader);
}

const struct seen_site *record_site(const struct record_reader *reader)
{
    return &reader->site;
}

const struct seen_line *record_line(const struct record_reader *reader)
{
    return &reader->line;
}

/* Makes room for a record that is longer than the buffer, or for more bytes of one. */
static bool make_room(struct record_reader *reader)
{
    size_t used = reader->text.length;

    if (used == reader->size) {
        char *larger = realloc(reader->buffer, 2 * reader->size);

        if (!larger)
            return false;
        reader->text.text = larger + (reader->text.text - reader->buffer);
        reader->buffer = larger;
        reader->size *= 2;
    }
    memmove(reader->buffer, reader->text.text, used);
    reader->text.text = reader->buffer;
    return true;
}

/* Reads more; RECORD_END where there is none. */
static enum record_status fill(struct record_reader *reader)
{
    size_t room;
    ssize_t count;

    if (reader->left == 0)
        return RECORD_END;
    if (!make_room(reader))
        return RECORD_NO_MEMORY;
    room = reader->size - reader->text.length;
    room = room < reader->left ? room : (size_t)reader->left;
    do
        count = pread(reader->fd, reader->buffer + reader->text.length, room, reader->offset);
    while (count < 0 && errno == EINTR);
    if (count <= 0)
        return count < 0 ? RECORD_ERROR : RECORD_BAD;
    reader->text.length += (size_t)count;
    reader->offset += count;
    reader->left -= (uint64_t)count;
    return RECORD_LINE;
}

/* Takes a line of the text, without its line feed. RECORD_LINE if there is one. */
static enum record_status take_text(struct record_reader *reader, struct span *line)
{
    size_t searched = 0;

    for (;;) {
        const char *end =
            memchr(reader->text.text + searched, '\n', reader->text.length - searched);
        enum record_status status;

        if (end) {
            *line = (struct span){reader->text.text, (size_t)(end - reader->text.text)};
            reader->text = span_after(reader->text, line->length + 1);
            return RECORD_LINE;
        }
        searched = reader->text.length;
        status = fill(reader);
        if (status != RECORD_LINE)
            return status == RECORD_END ? RECORD_BAD : status;
    }
}

/* Takes a number off the text; false if there is none, or above MOST. */
static bool take_number(struct span *text, uint64_t most, uint64_t *number)
{
    size_t count = 0;

    *number = 0;
    for (; count < text->length && text->text[count] >= '0' && text->text[count] <= '9'; count++) {
        if (*number > most / 10)
            return false;
        *number = *number * 10 + (uint64_t)(text->text[count] - '0');
    }
    *text = span_after(*text, count);
    return count > 0 && *number <= most;
}

static bool take_byte(struct span *text, char byte)
{
    if (text->length == 0 || *text->text != byte)
        return false;
    *text = span_after(*text, 1);
    return true;
}

static bool parse_page(struct span text, struct seen_page *page)
{
    uint64_t prose;

    page->id = 0;
    if (text.length < HEX)
        return false;
    for (int i = 0; i < HEX; i++) {
        char c = text.text[i];

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
        page->id = page->id << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    text = span_after(text, HEX);
    if (!take_byte(&text, ' ') || !take_number(&text, UINT32_MAX, &prose) || text.length)
        return false;
    page->prose = (uint32_t)prose;
    return true;
}

static enum record_status read_pages(struct record_reader *reader)
{
    struct seen_site *site = &reader->site;

    for (uint32_t i = 0; i < site->count; i++) {
        struct span text;
        enum record_status status = take_text(reader, &text);

        if (status != RECORD_LINE)
            return status;
        if (!parse_page(text, &site->pages[i]) ||
            (i > 0 && site->pages[i].id <= site->pages[i - 1].id))
            return RECORD_BAD;
    }
    return RECORD_SITE;
}

/* What a section's name may have in it, and more; but neither blanks nor what ends the section. */
static bool is_of_name(char byte)
{
    return (unsigned char)byte > ' ' && byte != '[' && byte != ']' && byte != '#' && byte != 0x7F;
}

static enum record_status read_site(struct record_reader *reader, struct span text)
{
    struct seen_site *site = &reader->site;
    uint64_t count;
    size_t length = 0;
    char *name;

    while (length < text.length && is_of_name(text.text[length]))
        length++;
    if (span_order((struct span){text.text, length}, site->name) <= 0)
        return RECORD_BAD;
    name = malloc(length + 1);
    if (!name)
        return RECORD_NO_MEMORY;
    memcpy(name, text.text, length);
    free(reader->name);
    reader->name = name;
    site->name = (struct span){name, length};
    text = span_after(text, length);
    reader->last_length = 0;
    if (!take_byte(&text, ' ') || !take_number(&text, RECORD_PAGES, &count) || text.length)
        return RECORD_BAD;
    if (!grow_to((void **)&site->pages, count, &reader->page_room, sizeof *site->pages))
        return RECORD_NO_MEMORY;
    site->count = (uint32_t)count;
    return read_pages(reader);
}

/* Takes where on its page a template was, if that is told. */
static bool take_place(struct span *text, struct seen_at *at)
{
    uint64_t before = RECORD_NONE, words = 0, kept = 0;
    bool good = true;

    if (take_byte(text, ':'))
        good = take_number(text, RECORD_NONE - 1, &before) && take_byte(text, ':') &&
               take_number(text, RECORD_NONE - 1, &words) && take_byte(text, ':') &&
               take_number(text, before, &kept);
    at->before = (uint32_t)before;
    at->words = (uint32_t)words;
    at->kept = (uint32_t)kept;
    at->stays = good && before != RECORD_NONE && take_byte(text, '+');
    return good;
}

static enum record_status read_numbers(struct record_reader *reader, struct span *text)
{
    struct seen_line *line = &reader->line;
    uint64_t number, page = 0;

    for (line->count = 0; line->count == 0 || take_byte(text, ' '); line->count++) {
        if (!grow_to((void **)&line->at, line->count + 1, &reader->line_room, sizeof *line->at))
            return RECORD_NO_MEMORY;
        if (!take_number(text, RECORD_PAGES, &number) || (line->count > 0 && number == 0))
            return RECORD_BAD;
        page += number;
        line->at[line->count].page = (uint32_t)page;
        if (page >= reader->site.count || !take_place(text, &line->at[line->count]))
            return RECORD_BAD;
    }
    return RECORD_LINE;
}

/* Whether the key stands behind the one before; it is then the last. */
static enum record_status take_key(struct record_reader *reader, struct span key)
{
    if (span_order(key, (struct span){reader->last, reader->last_length}) <= 0)
        return RECORD_BAD;
    if (key.length > reader->last_room) {
        char *larger = realloc(reader->last, 2 * key.length);

        if (!larger)
            return RECORD_NO_MEMORY;
        reader->last = larger;
        reader->last_room = 2 * key.length;
    }
    memcpy(reader->last, key.text, key.length);
    reader->last_length = key.length;
    return RECORD_LINE;
}

static enum record_status read_line(struct record_reader *reader, struct span text)
{
    struct seen_line *line = &reader->line;
    enum record_status status;
    const char *tab;

    status = read_numbers(reader, &text);
    if (status != RECORD_LINE)
        return status;
    if (!take_byte(&text, '\t') || !(tab = memchr(text.text, '\t', text.length)))
        return RECORD_BAD;
    line->key = (struct span){text.text, (size_t)(tab - text.text)};
    line->sample = span_after(text, line->key.length + 1);
    return take_key(reader, line->key);
}

static enum record_status read_end(struct record_reader *reader)
{
    reader->is_ended = true;
    return reader->left || reader->text.length ? RECORD_BAD : RECORD_END;
}

enum record_status record_next(struct record_reader *reader)
{
    struct span text;
    enum record_status status;

    if (reader->is_ended)
        return RECORD_END;
    status = take_text(reader, &text);
    if (status == RECORD_LINE && !reader->is_begun) {
        if (!span_equal(text, (struct span){HEAD, sizeof HEAD - 2}))
            return RECORD_BAD;
        reader->is_begun = true;
        status = take_text(reader, &text);
    }
    if (status != RECORD_LINE)
        return status;
    if (span_starts(text, SITE))
        return read_site(reader, span_after(text, sizeof SITE - 1));
    if (span_equal(text, (struct span){END, sizeof END - 2}))
        return read_end(reader);
    return reader->name ? read_line(reader, text) : RECORD_BAD;
}
