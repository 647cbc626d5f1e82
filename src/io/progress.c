#include "io/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SECOND (UINT64_C(1000) * 1000 * 1000)
#define MILLISECOND (UINT64_C(1000) * 1000)

struct size {
    char text[32];
};

/* Two sizes at the longest. */
struct part {
    char text[128];
};

struct unit {
    unsigned shift;
    const char *name;
};

/* The largest first. */
static const struct unit units[] = {{40, "TB"}, {30, "GB"}, {20, "MB"}, {10, "kB"}};

struct progress progress_start(uint64_t total, uint64_t now)
{
    return (struct progress){.total = total, .started = now, .last = now};
}

bool progress_is_due(struct progress *progress, uint64_t now)
{
    if (now < progress->last || now - progress->last < PROGRESS_INTERVAL)
        return false;
    progress->last = now;
    return true;
}

/* In integers: the locale has no say in the decimal point, and no size is rounded up to one that is
 * not read yet. */
static struct size size_of(uint64_t bytes)
{
    struct size size;

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const struct unit *unit = &units[i];
        uint64_t rest = bytes & ((UINT64_C(1) << unit->shift) - 1);

        if (bytes >> unit->shift == 0)
            continue;
        (void)snprintf(size.text, sizeof size.text, "%" PRIu64 ".%u %s", bytes >> unit->shift,
                       (unsigned)(rest * 10 >> unit->shift), unit->name);
        return size;
    }
    (void)snprintf(size.text, sizeof size.text, "%" PRIu64 " B", bytes);
    return size;
}

static struct part part_bytes(uint64_t bytes, uint64_t total)
{
    struct part part;

    (void)snprintf(part.text, sizeof part.text, "%s%s%s", size_of(bytes).text, total ? " of " : "",
                   total ? size_of(total).text : "");
    return part;
}

/* With a comma before every three digits. */
static struct part part_documents(uint64_t documents)
{
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%" PRIu64, documents);
    struct part part;
    size_t at = 0;

    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            part.text[at++] = ',';
        part.text[at++] = digits[i];
    }
    (void)snprintf(part.text + at, sizeof part.text - at, " document%s", documents == 1 ? "" : "s");
    return part;
}

/* A product of two counts may be more than a count holds. */
static uint64_t scaled(uint64_t count, uint64_t by, uint64_t over)
{
    double result = (double)count * (double)by / (double)over;

    return result < 1e19 ? (uint64_t)result : UINT64_MAX;
}

static struct part part_rate(uint64_t bytes, uint64_t elapsed)
{
    struct part part;

    (void)snprintf(part.text, sizeof part.text, "%s/s",
                   size_of(scaled(bytes, SECOND, elapsed)).text);
    return part;
}

static struct part part_left(uint64_t bytes, uint64_t total, uint64_t elapsed)
{
    uint64_t seconds = scaled(total - bytes, elapsed, bytes) / SECOND;
    unsigned minutes = (unsigned)(seconds / 60 % 60);
    struct part part;

    if (seconds < 60 * 60)
        (void)snprintf(part.text, sizeof part.text, "%u:%02u left", minutes,
                       (unsigned)(seconds % 60));
    else
        (void)snprintf(part.text, sizeof part.text, "%" PRIu64 ":%02u:%02u left",
                       seconds / (60 * 60), minutes, (unsigned)(seconds % 60));
    return part;
}

size_t progress_text(const struct progress *progress, uint64_t bytes, uint64_t documents,
                     uint64_t now, char *text, size_t size)
{
    /* A file that grew is longer than was known. */
    uint64_t total = bytes <= progress->total ? progress->total : 0;
    uint64_t elapsed = now > progress->started ? now - progress->started : 0;
    struct part parts[4];
    size_t count = 0, length = 0;

    parts[count++] = part_bytes(bytes, total);
    parts[count++] = part_documents(documents);
    if (elapsed >= MILLISECOND)
        parts[count++] = part_rate(bytes, elapsed);
    if (elapsed >= MILLISECOND && bytes > 0 && bytes < total)
        parts[count++] = part_left(bytes, total, elapsed);
    if (size > 0)
        text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char *between = i > 0 ? ", " : "";
        size_t added = strlen(between) + strlen(parts[i].text);

        if (added >= size - length)
            break;
        (void)snprintf(text + length, size - length, "%s%s", between, parts[i].text);
        length += added;
    }
    return length;
}
