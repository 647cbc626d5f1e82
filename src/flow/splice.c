#include "flow/splice.h"

#include "flow/rejects.h"
#include "format/json_string.h"
#include "line/measure.h"

#include <inttypes.h>
#include <stdio.h>

/* Bytes of notes that are kept for the next document. */
#define SPLICE_NOTES ((size_t)64 * 1024)

static bool put(struct writer *writer, struct span bytes)
{
    return writer_put(writer, bytes.text, bytes.length);
}

static struct span bytes_of(const struct document *document, uint64_t at, uint64_t end)
{
    return (struct span){document->bytes + at, (size_t)(end - at)};
}

static bool copy_waiting(struct splice *splice)
{
    uint64_t from = splice->copy_from;

    splice->copy_from = splice->copy_end;
    return put(splice->out, bytes_of(splice->document, from, splice->copy_end));
}

/* Bytes of the document, [at, end), come out as they are. They are copied together with those that
 * follow them, if these do too. */
static bool copy(struct splice *splice, uint64_t at, uint64_t end)
{
    if (at != splice->copy_end) {
        if (!copy_waiting(splice))
            return false;
        splice->copy_from = at;
    }
    splice->copy_end = end;
    return true;
}

/* Tells of bytes, at AT of the document, that don't come out. */
static bool reject(struct splice *splice, struct writer *writer, const struct document *document,
                   uint64_t at, struct reject *reject)
{
    if (!splice->wishes->reject)
        return true;
    reject->document = splice->first_document + document->number;
    reject->offset = splice->first_offset + document->offset + at;
    return rejects_add(writer, reject);
}

bool splice_begin(struct splice *splice, const struct document *document)
{
    splice->document = document;
    splice->words = splice->words_left = 0;
    splice->is_changed = splice->has_line = splice->is_open = false;
    splice->loose_count = 0;
    if (!document)
        return true;
    splice->out_begin = splice->out->used;
    splice->rejects_begin = splice->rejects->used;
    splice->copy_from = 0;
    splice->copy_end = document->begin;
    writer_clear(splice->notes, SPLICE_NOTES);
    return true;
}

void splice_count(struct splice *splice, const char *text, size_t length)
{
    splice->words += measure_words(text, length);
}

static bool put_text(struct splice *splice, const struct held *line)
{
    return writer_put(splice->out, line->text, line->length) &&
           writer_put(splice->out, line_ending_text(line->ending), line_ending_size(line->ending));
}

static struct span raw_of(const struct splice *splice, const struct held *line)
{
    return bytes_of(splice->document, line->offset, line->offset + line->size);
}

/* An element of the annotation, an array. */
static bool annotate(struct splice *splice, const struct held *line, const char *rule,
                     struct span raw)
{
    struct writer *notes = splice->notes;
    char number[64];

    snprintf(number, sizeof number, ",\"line\":%" PRIu64 ",\"text\":\"", line->number);
    return writer_put_text(notes, notes->used ? ",{\"rule\":\"" : "{\"rule\":\"") &&
           json_string_put(notes, rule, strlen(rule), false) && writer_put_text(notes, "\"") &&
           writer_put_text(notes, number) && put(notes, raw) && writer_put_text(notes, "\"}");
}

/* How many bytes of the line end it, where they part it from the next. */
static size_t parting(const struct splice *splice, const struct held *line)
{
    const struct format *format = splice->document->format;

    return format->ending_size ? format->ending_size(raw_of(splice, line), line->ending) : 0;
}

/* RAW, of the line, was dropped, or edited with PUT bytes in its place. */
static bool tell(struct splice *splice, const struct held *line, struct span raw, size_t put_bytes)
{
    uint32_t rule = line->verdict == VERDICT_DROP ? line->rule : line->edited_by;
    char id[RULE_ID_SIZE] = "-";
    struct reject record = {.line = line->number,
                            .bytes = raw,
                            .put = put_bytes,
                            .reason = line->is_blank ? "blank" : "weights"};

    splice->is_changed = true;
    if (!splice->wishes->reject && !splice->wishes->annotation)
        return true;
    if (rule != NO_RULE) {
        rule_id(&splice->rules->items[rule], id, sizeof id);
        record.rule = id;
    }
    return reject(splice, splice->rejects, splice->document, line->offset, &record) &&
           (!splice->wishes->annotation || line->is_blank ||
            annotate(splice, line, id, raw_of(splice, line)));
}

/* In place of the line stands what strip rules left of it. */
static bool put_edited(struct splice *splice, const struct held *line)
{
    const struct format *format = splice->document->format;
    struct span text = {line->text, line->length}, raw = raw_of(splice, line);
    size_t parting_size = parting(splice, line), before;
    uint64_t end = line->offset + line->size;

    if (!copy_waiting(splice))
        return false;
    raw.length -= parting_size;
    before = splice->out->used;
    return format->put_edited(splice->out, text, raw, parting_size ? ENDING_NONE : line->ending) &&
           tell(splice, line, raw, splice->out->used - before) &&
           copy(splice, end - parting_size, end);
}

/* The line is left; ends it all so far. */
static void note_left(struct splice *splice, const struct held *line)
{
    uint64_t size = line->is_blank ? line->size : parting(splice, line);
    struct splice_loose loose = {.at = line->offset + line->size - size,
                                 .size = size,
                                 .line = line->number,
                                 .is_blank = line->is_blank,
                                 .rejects_at = splice->rejects->used};

    splice->is_open = false;
    if (!splice->document->format->ending_size)
        return;
    if (!line->is_blank)
        splice->loose_count = 0;
    else if (splice->loose_count == 0 || splice->loose_count == SPLICE_LOOSE) {
        splice->loose_count = 0; /* no text, or more of them than is usual */
        return;
    }
    splice->loose[splice->loose_count++] = loose;
}

bool splice_line(struct splice *splice, const struct held *line)
{
    bool is_edited = line->verdict == VERDICT_KEEP && line->edited_by != NO_RULE;
    bool is_left = (line->verdict == VERDICT_DROP) == splice->wishes->inverts;

    if (!splice->document)
        return !is_left || put_text(splice, line);
    if (!is_left) {
        splice->is_open = line->ending == ENDING_NONE;
        return tell(splice, line, raw_of(splice, line), 0);
    }
    if (!line->is_blank) {
        splice->has_line = true;
        if (splice->wishes->max_drop < SPLICE_ALL)
            splice->words_left += measure_words(line->text, line->length);
    }
    if (!(is_edited ? put_edited(splice, line)
                    : copy(splice, line->offset, line->offset + line->size)))
        return false;
    note_left(splice, line);
    return true;
}

bool splice_whole(struct splice *splice, const struct document *document, const char *reason)
{
    struct span all = {document->bytes, document->size};
    struct reject record = {.reason = reason, .bytes = all};

    return reason ? reject(splice, splice->rejects, document, 0, &record) : put(splice->out, all);
}

static void reverse(char *bytes, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        char byte = bytes[i];

        bytes[i] = bytes[count - 1 - i];
        bytes[count - 1 - i] = byte;
    }
}

/* Tells of what ends the text no more, in front of what was told since. */
static bool reject_loose(struct splice *splice, const struct splice_loose *loose)
{
    struct writer *rejects = splice->rejects;
    size_t before = rejects->used, at = loose->rejects_at;
    struct reject record = {.line = loose->line,
                            .bytes = bytes_of(splice->document, loose->at, loose->at + loose->size),
                            .reason = loose->is_blank ? "blank" : "ending"};

    if (!reject(splice, rejects, splice->document, loose->at, &record))
        return false;
    if (rejects->used == before)
        return true;
    reverse(rejects->buffer + at, before - at);
    reverse(rejects->buffer + before, rejects->used - before);
    reverse(rejects->buffer + at, rejects->used - at);
    return true;
}

/* What ended the text that is left, but nothing ended the text that was. */
static bool trim(struct splice *splice)
{
    if (!splice->is_open || splice->loose_count == 0)
        return true;
    if (!copy_waiting(splice))
        return false;
    while (splice->loose_count) {
        const struct splice_loose *loose = &splice->loose[--splice->loose_count];

        splice->out->used -= (size_t)loose->size;
        if (loose->size && !reject_loose(splice, loose))
            return false;
    }
    return true;
}

/* Mends what the new text has made wrong in the bytes before it. */
static bool revise(struct splice *splice)
{
    const struct document *document = splice->document;
    struct change changes[DOCUMENT_CHANGES];
    size_t begin = splice->out_begin + document->begin;
    struct span text = {splice->out->buffer + begin, splice->out->used - begin};
    size_t count = document->format->revise(document, text, changes);

    for (size_t i = 0; i < count; i++) {
        struct stretch where = changes[i].where;
        struct reject record = {.reason = "header",
                                .bytes = bytes_of(document, where.at, where.at + where.size),
                                .put = changes[i].length};

        if (!reject(splice, splice->notes, document, where.at, &record))
            return false;
    }
    /* They belong before those of the lines. */
    if (!writer_splice(splice->rejects, splice->rejects_begin, 0, splice->notes->buffer,
                       splice->notes->used))
        return false;
    splice->notes->used = 0;
    for (size_t i = count; i-- > 0;)
        if (!writer_splice(splice->out, splice->out_begin + changes[i].where.at,
                           changes[i].where.size, changes[i].text, changes[i].length))
            return false;
    return true;
}

/* Adds the annotation as the last field of the object. */
static bool put_annotation(struct splice *splice)
{
    const char *name = splice->wishes->annotation;
    const struct document *document = splice->document;
    size_t before = splice->out->used, at = document->annotation_at;
    struct reject record = {.reason = "annotation", .bytes = bytes_of(document, at, at)};

    if (!writer_put_text(splice->out, ",\"") ||
        !json_string_put(splice->out, name, strlen(name), false) ||
        !writer_put_text(splice->out, "\":[") ||
        !writer_put(splice->out, splice->notes->buffer, splice->notes->used) ||
        !writer_put_text(splice->out, "]"))
        return false;
    record.put = splice->out->used - before;
    return reject(splice, splice->rejects, document, at, &record);
}

static bool put_rest(struct splice *splice)
{
    const struct document *document = splice->document;
    size_t from = document->end;

    if (splice->is_changed && document->format->revise && !(copy_waiting(splice) && revise(splice)))
        return false;
    if (splice->notes->used) {
        from = document->annotation_at;
        if (!copy(splice, document->end, from) || !copy_waiting(splice) || !put_annotation(splice))
            return false;
    }
    return copy(splice, from, document->size) && copy_waiting(splice);
}

enum splice_end splice_end(struct splice *splice)
{
    const struct document *document = splice->document;
    double lost = (double)splice->words - (double)splice->words_left; /* strip may add some */
    enum splice_end end = SPLICE_DONE;

    if (!document)
        return SPLICE_DONE;
    if (lost * 100 > splice->wishes->max_drop * (double)splice->words)
        end = SPLICE_SPARED;
    else if (splice->wishes->drop_empty && !splice->has_line)
        end = SPLICE_EMPTY;
    if (end == SPLICE_DONE)
        return trim(splice) && put_rest(splice) ? SPLICE_DONE : SPLICE_NO_MEMORY;
    splice->out->used = splice->out_begin;
    splice->rejects->used = splice->rejects_begin;
    return splice_whole(splice, document, end == SPLICE_EMPTY ? "empty" : NULL) ? end
                                                                                : SPLICE_NO_MEMORY;
}
