#include "io/reader.h"

#include "io/patient.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Room beyond one chunk, so that the start of a line that a chunk cut in two fits without growth.
 */
#define SLACK ((size_t)4096)

/* How many bytes beyond max_line must be seen to know that a line is too long: a CRLF. */
#define LONGEST_ENDING ((size_t)2)

/*
 * start <= searched <= end <= capacity. [start, end) was read and not handed out; [start, searched)
 * has no line feed but the one at `newline`, if has_newline.
 */
struct reader {
    char *buffer;
    size_t capacity;
    size_t chunk;
    size_t max_line;
    size_t start;
    size_t searched;
    size_t end;
    size_t newline;
    uint64_t number;
    uint64_t offset; /* of start in the input */
    uint64_t long_lines;
    uint64_t first_long;
    int fd;
    int error; /* of the read that ended the input, or 0 */
    bool has_newline;
    bool in_long_line;
    bool ended;
};

static size_t clamp(size_t value, size_t high)
{
    if (value == 0)
        return 1;
    return value < high ? value : high;
}

struct reader *reader_create(size_t chunk, size_t max_line)
{
    struct reader *reader = calloc(1, sizeof *reader);

    if (!reader)
        return NULL;
    /* Half of SIZE_MAX each at most, less the ending: their sum cannot wrap, read(2) takes it. */
    reader->chunk = clamp(chunk, SIZE_MAX / 4);
    reader->max_line = clamp(max_line, SIZE_MAX / 4);
    reader->capacity = reader->chunk + SLACK;
    reader->buffer = malloc(reader->capacity);
    if (!reader->buffer) {
        free(reader);
        return NULL;
    }
    reader->fd = -1;
    reader->ended = true;
    return reader;
}

void reader_destroy(struct reader *reader)
{
    if (!reader)
        return;
    free(reader->buffer);
    free(reader);
}

void reader_open(struct reader *reader, int fd)
{
    reader->fd = fd;
    reader->start = reader->searched = reader->end = 0;
    reader->number = reader->offset = 0;
    reader->long_lines = 0;
    reader->error = 0;
    reader->has_newline = false;
    reader->in_long_line = false;
    reader->ended = false;
}

/* Finds the end of the next line as soon as a line was taken, so that reader_drained need not. */
static void find_newline(struct reader *reader)
{
    const char *found =
        memchr(reader->buffer + reader->searched, '\n', reader->end - reader->searched);

    reader->has_newline = found != NULL;
    if (found)
        reader->newline = (size_t)(found - reader->buffer);
    reader->searched = found ? reader->newline + 1 : reader->end;
}

/* Makes room for one chunk behind `end`. Only the start of one unfinished line is ever moved. */
static bool make_room(struct reader *reader)
{
    size_t tail = reader->end - reader->start, most, capacity;
    char *buffer;

    if (reader->capacity - reader->end >= reader->chunk && reader->start < reader->end)
        return true;
    if (tail > 0 && reader->start > 0)
        memmove(reader->buffer, reader->buffer + reader->start, tail);
    reader->searched -= reader->start;
    reader->start = 0;
    reader->end = tail;
    if (reader->capacity - tail >= reader->chunk)
        return true;
    /* The tail is shorter than max_line and an ending, so `most` is always enough. */
    most = reader->max_line + LONGEST_ENDING + reader->chunk;
    capacity = reader->capacity < most / 2 ? reader->capacity * 2 : most;
    if (capacity - tail < reader->chunk)
        capacity = tail + reader->chunk;
    buffer = realloc(reader->buffer, capacity);
    if (!buffer)
        return false;
    reader->buffer = buffer;
    reader->capacity = capacity;
    return true;
}

static bool fill(struct reader *reader)
{
    ssize_t count;

    if (!make_room(reader))
        return false;
    count = patient_read(reader->fd, reader->buffer + reader->end, reader->chunk);
    if (count > 0) {
        reader->end += (size_t)count;
        find_newline(reader);
    } else {
        reader->error = count < 0 ? errno : 0;
        reader->ended = true;
    }
    return true;
}

uint64_t reader_long_lines(const struct reader *reader, uint64_t *first)
{
    *first = reader->first_long;
    return reader->long_lines;
}

uint64_t reader_bytes(const struct reader *reader)
{
    return reader->offset;
}

bool reader_drained(const struct reader *reader)
{
    return !reader->has_newline && !reader->ended &&
           reader->end - reader->start < reader->max_line + LONGEST_ENDING;
}

static void hand_out(struct reader *reader, struct line *line)
{
    line->size = line->length + line->ending;
    line->offset = reader->offset;
    reader->start += line->size;
    reader->offset += line->size;
}

enum line_status reader_next(struct reader *reader, struct line *line)
{
    const char *text;
    size_t length, ending = 0;

    while (reader_drained(reader))
        if (!fill(reader))
            return LINE_NO_MEMORY;
    if (reader->start == reader->end) {
        if (reader->error == 0)
            return LINE_END;
        errno = reader->error;
        return LINE_ERROR;
    }
    text = reader->buffer + reader->start;
    length = reader->end - reader->start;
    if (reader->has_newline) {
        length = reader->newline - reader->start;
        ending = 1;
        if (length > 0 && text[length - 1] == '\r') {
            length--;
            ending = 2;
        }
    }
    line->text = text;
    line->first = !reader->in_long_line;
    if (line->first)
        reader->number++;
    line->number = reader->number;
    /* At least one byte of text stays behind: the last piece is never empty, and a CR before the
     * line feed never goes out as text. */
    if (length > reader->max_line) {
        line->length = reader->max_line;
        line->ending = 0;
        line->last = false;
        if (line->first && reader->long_lines++ == 0)
            reader->first_long = line->number;
        reader->in_long_line = true;
        hand_out(reader, line);
        return LINE_PART;
    }
    line->length = length;
    line->ending = ending;
    line->last = true;
    reader->in_long_line = false;
    hand_out(reader, line);
    find_newline(reader);
    return line->first ? LINE_READ : LINE_PART;
}
