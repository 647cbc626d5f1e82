#include "line/likeness.h"

#include "base/bits.h"
#include "base/number.h"
#include "base/span.h"
#include "base/table.h"

#include <string.h>

#define BEGINNING_MOST ((size_t)30)
#define BEGINNING_LEAST 12

#define DOUBLED_REACH 3000 /* bytes */
#define DOUBLED_LEAST 7
#define DOUBLED_LONG 40
#define DOUBLED_BEGINNING 20
#define DOUBLED_AFTER 10

/* Eight bytes, small letters for the capitals of ASCII. */
static void add_eight(unsigned char *to, const unsigned char *from)
{
    uint64_t eight;

    memcpy(&eight, from, sizeof eight);
    eight |= (~eight & BITS_EACH_HIGH) >> 2; /* digits have that bit */
    memcpy(to, &eight, sizeof eight);
}

/* Run by run; behind the last eight bytes of each others may be taken, and are overwritten. */
void likeness_add(struct likeness_letters *letters, const struct sets *sets, uint64_t set)
{
    unsigned at = 0;

    while (set && letters->count < LIKENESS_LETTERS) {
        unsigned skipped = bits_lowest(set), run;

        set >>= skipped;
        at += skipped;
        run = ~set ? bits_lowest(~set) : (unsigned)SETS_SIZE;
        for (unsigned i = 0; i < run; i += 8)
            add_eight(letters->bytes + letters->count + i, sets->bytes + at + i);
        letters->count += run;
        set = run < SETS_SIZE ? set >> run : 0;
        at += run;
    }
}

/* The hash of what was hashed so far and the letters from FROM on behind it. */
static uint64_t hash_on(uint64_t hash, const struct likeness_letters *letters, size_t from,
                        size_t to)
{
    for (size_t i = from; i < to; i++)
        hash = table_hash_number(hash, letters->bytes[i]);
    return hash;
}

struct likeness likeness_of(const struct likeness_letters *letters)
{
    size_t count = number_smaller(letters->count, LIKENESS_LETTERS);
    size_t first = number_smaller(count, BEGINNING_MOST);
    uint64_t beginning = hash_on(TABLE_GOLDEN, letters, 0, first);
    uint64_t all = hash_on(beginning, letters, first, count);

    return (struct likeness){.letters = count ? all | 1 : 0,
                             .beginning = count >= BEGINNING_LEAST ? beginning | 1 : 0};
}

bool likeness_is_doubled(const char *text, size_t length)
{
    struct span line = span_trim((struct span){text, length}, span_is_blank), first, second;

    text = line.text;
    length = line.length < DOUBLED_REACH ? line.length : DOUBLED_REACH;
    if (length < DOUBLED_LEAST)
        return false;
    first = span_trim((struct span){text, length / 2}, span_is_blank);
    second = span_trim((struct span){text + length / 2, length - length / 2}, span_is_blank);
    if (span_equal(first, second))
        return true;
    if (length < DOUBLED_LONG)
        return false;
    return span_find(span_after((struct span){text, length}, DOUBLED_AFTER), text,
                     DOUBLED_BEGINNING) != NULL;
}
