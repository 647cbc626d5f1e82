#include "io/progress.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define MS (UINT64_C(1000) * 1000)
#define SECOND (1000 * MS)
#define KB (UINT64_C(1) << 10)
#define MB (UINT64_C(1) << 20)
#define GB (UINT64_C(1) << 30)
#define TB (UINT64_C(1) << 40)
#define STARTED (12345 * SECOND)

struct progress_row {
    uint64_t total, bytes, documents, elapsed;
    const char *text;
};

static const struct progress_row rows[] = {
    /* the one in the header: 1.2 GB at 85.3 MB/s */
    {4 * GB, 1288490189, 310000, 14405 * MS,
     "1.2 GB of 4.0 GB, 310,000 documents, 85.3 MB/s, 0:33 left"},
    /* the total */
    {0, 1288490189, 310000, 14405 * MS, "1.2 GB, 310,000 documents, 85.3 MB/s"},
    {GB, GB, 9, SECOND, "1.0 GB of 1.0 GB, 9 documents, 1.0 GB/s"},
    {GB, GB + 1, 9, SECOND, "1.0 GB, 9 documents, 1.0 GB/s"},
    {GB, 0, 0, SECOND, "0 B of 1.0 GB, 0 documents, 0 B/s"},
    /* sizes */
    {0, 0, 0, SECOND, "0 B, 0 documents, 0 B/s"},
    {0, 1023, 1, SECOND, "1023 B, 1 document, 1023 B/s"},
    {0, KB, 1, SECOND, "1.0 kB, 1 document, 1.0 kB/s"},
    {0, MB - 1, 1, SECOND, "1023.9 kB, 1 document, 1023.9 kB/s"},
    {0, MB, 1, SECOND, "1.0 MB, 1 document, 1.0 MB/s"},
    {0, GB - 1, 1, SECOND, "1023.9 MB, 1 document, 1023.9 MB/s"},
    {0, 3 * GB / 2, 1, SECOND, "1.5 GB, 1 document, 1.5 GB/s"},
    {0, TB - 1, 1, 1024 * SECOND, "1023.9 GB, 1 document, 1023.9 MB/s"},
    {0, 2 * TB, 1, 1024 * SECOND, "2.0 TB, 1 document, 2.0 GB/s"},
    /* documents */
    {0, 0, 999, 0, "0 B, 999 documents"},
    {0, 0, 1000, 0, "0 B, 1,000 documents"},
    {0, 0, 99999, 0, "0 B, 99,999 documents"},
    {0, 0, 1234567, 0, "0 B, 1,234,567 documents"},
    {0, 0, UINT64_MAX, 0, "0 B, 18,446,744,073,709,551,615 documents"},
    /* the rate */
    {2 * KB, KB, 2, 0, "1.0 kB of 2.0 kB, 2 documents"},
    {2 * KB, KB, 2, MS - 1, "1.0 kB of 2.0 kB, 2 documents"},
    {2 * KB, KB, 2, MS, "1.0 kB of 2.0 kB, 2 documents, 1000.0 kB/s, 0:00 left"},
    {0, KB, 2, 500 * MS, "1.0 kB, 2 documents, 2.0 kB/s"},
    {0, 100 * GB, 2, 100 * SECOND, "100.0 GB, 2 documents, 1.0 GB/s"},
    /* the time left */
    {61 * MB, MB, 2, SECOND, "1.0 MB of 61.0 MB, 2 documents, 1.0 MB/s, 1:00 left"},
    {66 * MB, MB, 2, SECOND, "1.0 MB of 66.0 MB, 2 documents, 1.0 MB/s, 1:05 left"},
    {3600 * MB, MB, 2, SECOND, "1.0 MB of 3.5 GB, 2 documents, 1.0 MB/s, 59:59 left"},
    {3601 * MB, MB, 2, SECOND, "1.0 MB of 3.5 GB, 2 documents, 1.0 MB/s, 1:00:00 left"},
    {90062 * MB, MB, 2, SECOND, "1.0 MB of 87.9 GB, 2 documents, 1.0 MB/s, 25:01:01 left"},
    /* what no count holds */
    {UINT64_MAX, UINT64_MAX - 1, 2, MS,
     "16777215.9 TB of 16777215.9 TB, 2 documents, 16777215.9 TB/s, 0:00 left"},
    {UINT64_MAX, 1, 2, SECOND, "1 B of 16777215.9 TB, 2 documents, 1 B/s, 5124095:34:33 left"},
};

static size_t text_of(const struct progress_row *row, char *text, size_t size)
{
    struct progress progress = progress_start(row->total, STARTED);

    return progress_text(&progress, row->bytes, row->documents, STARTED + row->elapsed, text, size);
}

START_TEST(text_says_how_far_it_is)
{
    char text[256];
    size_t length = text_of(&rows[_i], text, sizeof text);

    ck_assert_str_eq(text, rows[_i].text);
    ck_assert_uint_eq(length, strlen(text));
}
END_TEST

/* The beginning, as far as whole parts go, whatever the width. */
START_TEST(text_keeps_to_the_width)
{
    size_t whole = strlen(rows[_i].text);

    for (size_t size = 1; size <= whole + 2; size++) {
        char *text = malloc(size);
        size_t length, fits = whole;

        ck_assert_ptr_nonnull(text);
        length = text_of(&rows[_i], text, size);
        while (fits >= size ||
               (fits < whole && fits > 0 && memcmp(rows[_i].text + fits, ", ", 2) != 0))
            fits--;
        ck_assert_uint_eq(length, fits);
        ck_assert_uint_eq(strlen(text), length);
        ck_assert(memcmp(text, rows[_i].text, length) == 0);
        free(text);
    }
}
END_TEST

START_TEST(text_needs_no_room)
{
    ck_assert_uint_eq(text_of(&rows[0], NULL, 0), 0);
}
END_TEST

START_TEST(clock_that_goes_back_gives_no_rate)
{
    struct progress progress = progress_start(GB, STARTED);
    char text[256];

    (void)progress_text(&progress, MB, 1, STARTED - SECOND, text, sizeof text);
    ck_assert_str_eq(text, "1.0 MB of 1.0 GB, 1 document");
    ck_assert(!progress_is_due(&progress, STARTED - SECOND));
}
END_TEST

START_TEST(text_is_due_each_interval)
{
    struct progress progress = progress_start(0, STARTED);
    uint64_t late = STARTED + 3 * PROGRESS_INTERVAL + 7;

    ck_assert_uint_eq(PROGRESS_INTERVAL, 500 * MS);
    ck_assert(!progress_is_due(&progress, STARTED));
    ck_assert(!progress_is_due(&progress, STARTED + PROGRESS_INTERVAL - 1));
    ck_assert(progress_is_due(&progress, STARTED + PROGRESS_INTERVAL));
    ck_assert(!progress_is_due(&progress, STARTED + PROGRESS_INTERVAL));
    ck_assert(progress_is_due(&progress, late)); /* what was missed is not made up for */
    ck_assert(!progress_is_due(&progress, late + PROGRESS_INTERVAL - 1));
    ck_assert(progress_is_due(&progress, late + PROGRESS_INTERVAL));
}
END_TEST

Suite *progress_suite(void);

Suite *progress_suite(void)
{
    Suite *suite = suite_create("progress");
    TCase *tests = tcase_create("progress");
    int count = (int)(sizeof rows / sizeof *rows);

    tcase_add_loop_test(tests, text_says_how_far_it_is, 0, count);
    tcase_add_loop_test(tests, text_keeps_to_the_width, 0, count);
    tcase_add_test(tests, text_needs_no_room);
    tcase_add_test(tests, clock_that_goes_back_gives_no_rate);
    tcase_add_test(tests, text_is_due_each_interval);
    suite_add_tcase(suite, tests);
    return suite;
}
