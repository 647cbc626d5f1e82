#include "io/reader.h"

#include "io/patient.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Room beyond one chunk, so that the start of a line that a chunk cut in two fits without growth.
 */
#define SLACK ((size_t)4096)

/* A place that is not known. */
#define NONE SIZE_MAX

/*
 * start <= searched <= end <= capacity. [start, end) was read and not handed out; [start, searched)
 * has no line feed but the one at `newline`, and [start, rare_searched) none of the rare endings
 * (line.h), the first of which begins at `rare`.
 */
struct reader {
    char *buffer;
    size_t capacity;
    size_t chunk;
    size_t max_line;
    size_t start;
    size_t searched;
    size_t end;
    size_t newline; /* or NONE, as of this: */
    size_t rare;
    size_t rare_searched;
    size_t line_end; /* of the next line, if has_end */
    enum line_ending ending;
    uint64_t number;
    uint64_t offset; /* of start in the input */
    uint64_t long_lines;
    uint64_t first_long;
    struct span begun; /* was read of the input already */
    int fd;
    int error;     /* of the read that ended the input, or 0 */
    bool is_plain; /* lines end at LF or CRLF alone */
    bool has_end;
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
    reader->begun = (struct span){0};
    reader->start = reader->searched = reader->rare_searched = reader->end = 0;
    reader->rare = NONE;
    reader->number = reader->offset = 0;
    reader->long_lines = 0;
    reader->error = 0;
    reader->newline = NONE;
    reader->has_end = false;
    reader->in_long_line = false;
    reader->ended = false;
}

void reader_go_on(struct reader *reader, struct span begun)
{
    reader->begun = begun;
}

void reader_read_plainly(struct reader *reader)
{
    reader->is_plain = true;
}

static void find_newline(struct reader *reader)
{
    const char *found =
        memchr(reader->buffer + reader->searched, '\n', reader->end - reader->searched);

    reader->newline = found ? (size_t)(found - reader->buffer) : NONE;
    reader->searched = found ? reader->newline + 1 : reader->end;
}

/* Finds the next rare ending in what was read, of which the last bytes may only begin one. */
static void find_rare(struct reader *reader)
{
    size_t from = reader->rare_searched < reader->start ? reader->start : reader->rare_searched;
    size_t found = line_find_rare_ending(reader->buffer, from, reader->end, reader->ended);
    size_t begun = found - from < LINE_LONGEST_ENDING ? found - from : LINE_LONGEST_ENDING - 1;

    reader->rare = found < reader->end ? found : NONE;
    reader->rare_searched = found < reader->end || reader->ended ? found : found - begun;
}

/* Finds the end of the next line as soon as a line was taken, so that reader_drained need not. */
static void find_end(struct reader *reader)
{
    if (reader->newline == NONE)
        find_newline(reader);
    reader->has_end = true;
    if (reader->rare < reader->newline) {
        reader->line_end = reader->rare;
        reader->ending = line_rare_ending(reader->buffer, reader->rare);
    } else if (reader->newline != NONE) {
        size_t end = reader->newline;
        bool has_return = end > reader->start && reader->buffer[end - 1] == '\r';

        reader->line_end = end - has_return;
        reader->ending = has_return ? ENDING_CRLF : ENDING_LF;
    } else {
        reader->has_end = false;
    }
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
    reader->rare_searched -=
        reader->rare_searched < reader->start ? reader->rare_searched : reader->start;
    if (reader->rare != NONE)
        reader->rare -= reader->start;
    reader->start = 0;
    reader->end = tail;
    if (reader->capacity - tail >= reader->chunk)
        return true;
    /* The tail is shorter than max_line and an ending, so `most` is always enough. */
    most = reader->max_line + LINE_LONGEST_ENDING + reader->chunk;
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
    count =
        patient_read_on(&reader->begun, reader->fd, reader->buffer + reader->end, reader->chunk);
    if (count > 0) {
        reader->end += (size_t)count;
    } else {
        reader->error = count < 0 ? errno : 0;
        reader->ended = true;
    }
    if (!reader->is_plain && reader->rare == NONE)
        find_rare(reader);
    find_end(reader);
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
    return !reader->has_end && !reader->ended &&
           reader->end - reader->start < reader->max_line + LINE_LONGEST_ENDING;
}

static void hand_out(struct reader *reader, struct line *line)
{
    line->size = line->length + line_ending_size(line->ending);
    line->offset = reader->offset;
    reader->start += line->size;
    reader->offset += line->size;
    if (reader->newline < reader->start)
        reader->newline = NONE;
    if (reader->rare < reader->start)
        find_rare(reader);
}

enum line_status reader_next(struct reader *reader, struct line *line)
{
    size_t length;

    while (reader_drained(reader))
        if (!fill(reader))
            return LINE_NO_MEMORY;
    if (reader->start == reader->end) {
        if (reader->error == 0)
            return LINE_END;
        errno = reader->error;
        return LINE_ERROR;
    }
    length = (reader->has_end ? reader->line_end : reader->end) - reader->start;
    line->text = reader->buffer + reader->start;
    line->first = !reader->in_long_line;
    if (line->first)
        reader->number++;
    line->number = reader->number;
    /* At least one byte of text stays behind: the last piece is never empty, and a CR before the
     * line feed never goes out as text. */
    if (length > reader->max_line) {
        line->length = reader->max_line;
        line->ending = ENDING_NONE;
        line->last = false;
        if (line->first && reader->long_lines++ == 0)
            reader->first_long = line->number;
        reader->in_long_line = true;
        hand_out(reader, line);
        return LINE_PART;
    }
    line->length = length;
    line->ending = reader->has_end ? reader->ending : ENDING_NONE;
    line->last = true;
    reader->in_long_line = false;
    hand_out(reader, line);
    find_end(reader);
    return line->first ? LINE_READ : LINE_PART;
}
