#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/base64.h"
#include "flow/intake.h"
#include "flow/pool.h"
#include "format/fields.h"
#include "format/formats.h"

static struct span span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

static struct fields *fields;
static struct document *document;

static void create(void)
{
    const char *wrong;
    struct field_wishes wishes = {0};

    fields = fields_create(&wishes, &wrong);
    document = document_create(fields, 10);
    ck_assert_ptr_nonnull(document);
}

static void destroy(void)
{
    document_destroy(document);
    fields_destroy(fields);
    document_destroy(NULL);
    fields_destroy(NULL);
}

START_TEST(hosts_of_urls)
{
    static const char *const rows[][2] = {
        {"https://www.example.com/path?query", "www.example.com"},
        {"http://user:pass@Example.org:8080/", "Example.org"},
        {"//example.com", "example.com"},
        {"example.com/page", "example.com"},
        {"example.com.", "example.com"},
        {"http://[::1]:80/", "[::1]"},
        {"https://example.com?q=//other.net", "example.com"},
        {"https://example.com#@other.net", "example.com"},
        {"", ""},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        document->host[0] = '\0';
        document_set_url(document, span_of(rows[i][0]));
        ck_assert_msg(strcmp(document->host, rows[i][1]) == 0, "%s: %s", rows[i][0],
                      document->host);
    }
}
END_TEST

/* As long as a host may be, with its terminator, and one byte longer. */
static void names_up_to_the_longest(void)
{
    char name[DOCUMENT_HOST];

    memset(name, 'a', sizeof name);
    document_set_host(document, (struct span){name, sizeof name - 1});
    ck_assert_uint_eq(strlen(document->host), sizeof name - 1);
    document_set_host(document, (struct span){name, sizeof name});
    ck_assert_str_eq(document->host, "");
}

START_TEST(hosts_of_names)
{
    static const char *const rows[][2] = {
        {"The Baking Times", "The-Baking-Times"},
        {"  *Rye & Co.*  ", "Rye-Co."},
        {"Das \xC3\x96l", "Das-\xC3\x96l"},
        {"a\xFF\xE2\x82 b]\n[c", "a-b-c"},
        {"-12", "-12"},
        {"...", ""},
        {"???", ""},
        {"", ""},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        document_set_host(document, span_of(rows[i][0]));
        ck_assert_msg(strcmp(document->host, rows[i][1]) == 0, "%s: %s", rows[i][0],
                      document->host);
    }
    names_up_to_the_longest();
}
END_TEST

START_TEST(formats_of_names)
{
    ck_assert_ptr_eq(formats_find("jsonl"), &jsonl_format);
    ck_assert_ptr_eq(formats_find("nul"), &nul_format);
    ck_assert_ptr_null(formats_find("json"));
    ck_assert_ptr_eq(formats_of_file("a/b.ndjson"), &jsonl_format);
    ck_assert_ptr_eq(formats_of_file("x.warc.wet"), &wet_format);
    ck_assert_ptr_eq(formats_of_file(".jsonl"), &text_format);
    ck_assert_ptr_eq(formats_of_file("x.jsonl.txt"), &text_format);
}
END_TEST

/* The lines of a JSON string, as they read and as they are written. */
START_TEST(lines_of_json)
{
    static const char bytes[] =
        "{\"text\":\"a\\\\n\\r\\n\\u000D\\u000a\\rb\\n\\nlonger than ten\\nc\"}";
    static const struct {
        const char *text, *raw;
        size_t ending;
        enum line_status status;
    } rows[] = {
        {"a\\n", "a\\\\n\\r\\n", 2, LINE_READ},
        {"", "\\u000D\\u000a", 2, LINE_READ},
        {"\rb", "\\rb\\n", 1, LINE_READ},
        {"", "\\n", 1, LINE_READ},
        {"longer than ten\\n", "longer than ten\\n", 0, LINE_PART},
        {"c", "c", 0, LINE_READ},
    };
    struct line line;

    document_open(document, &jsonl_format, span_of(bytes), 1, 0);
    ck_assert(document->has_text);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_int_eq(jsonl_format.next_line(document, &line), rows[i].status);
        ck_assert_uint_eq(line.length, strlen(rows[i].text));
        ck_assert_mem_eq(line.text, rows[i].text, line.length);
        ck_assert_uint_eq(line.ending, rows[i].ending);
        ck_assert_uint_eq(line.size, strlen(rows[i].raw));
        ck_assert_mem_eq(bytes + line.offset, rows[i].raw, line.size);
        ck_assert_uint_eq(line.number, i + 1);
    }
    ck_assert_int_eq(jsonl_format.next_line(document, &line), LINE_END);
    ck_assert_uint_eq(document->long_lines, 1);
    ck_assert_uint_eq(document->first_long, 5);
}
END_TEST

START_TEST(paths_of_fields)
{
    static const char *const wrong_paths[] = {"",     ".",   "..",     "a.",
                                              "a..b", "\"a", "\"a\"b", "a\"b\""};
    struct field_wishes wishes = {.text = ".a.\"b.c\".d", .annotation = "x.y"};
    const char *wrong;
    struct fields *found = fields_create(&wishes, &wrong);

    ck_assert_ptr_nonnull(found);
    ck_assert_uint_eq(found->paths[0].count, 3);
    ck_assert_uint_eq(found->paths[0].names[1].length, 3);
    ck_assert_mem_eq(found->paths[0].names[1].text, "b.c", 3);
    ck_assert_int_eq(found->kinds[found->count - 1], FIELD_ANNOTATION);
    ck_assert_uint_eq(found->paths[found->count - 1].names[0].length, 3);
    fields_destroy(found);
    for (size_t i = 0; i < sizeof wrong_paths / sizeof *wrong_paths; i++) {
        wishes = (struct field_wishes){.url = wrong_paths[i]};
        ck_assert_msg(fields_create(&wishes, &wrong) == NULL, "%s", wrong_paths[i]);
        ck_assert_ptr_eq(wrong, wrong_paths[i]);
    }
}
END_TEST

/* The test vectors of RFC 4648, section 10. */
START_TEST(base64)
{
    static const char *const rows[][2] = {{"", ""},
                                          {"f", "Zg=="},
                                          {"fo", "Zm8="},
                                          {"foo", "Zm9v"},
                                          {"foob", "Zm9vYg=="},
                                          {"fooba", "Zm9vYmE="},
                                          {"foobar", "Zm9vYmFy"}};
    static const char *const wrong[] = {"Zg=", "Zg", "Z===", "=g==", "Zg==Zg==", "Z g=", "Zm8*"};
    char out[12];
    size_t size;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct writer *writer = writer_create(WRITER_MEMORY, 0);

        ck_assert(base64_put(writer, rows[i][0], strlen(rows[i][0])));
        ck_assert_uint_eq(writer->used, strlen(rows[i][1]));
        ck_assert_mem_eq(writer->buffer, rows[i][1], writer->used);
        ck_assert(base64_read(span_of(rows[i][1]), out, &size));
        ck_assert_uint_eq(size, strlen(rows[i][0]));
        ck_assert_mem_eq(out, rows[i][0], size);
        writer_destroy(writer);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!base64_read(span_of(wrong[i]), out, &size), "%s", wrong[i]);
}
END_TEST

/* The documents of TEXT, as "a|b|", where a part of one that is too long has a + behind it. */
static void expect_documents(const struct format *format, const char *text, size_t size,
                             size_t limit, const char *expected)
{
    for (size_t chunk = 1; chunk <= size + 1; chunk++) {
        struct intake *intake = intake_create(chunk, limit);
        struct batch *batch = batch_create();
        char found[1000] = "";
        uint64_t number = 0, offset = 0;
        FILE *file = tmpfile();

        ck_assert_ptr_nonnull(file);
        ck_assert_uint_eq(fwrite(text, 1, size, file), size);
        rewind(file);
        intake_open(intake, fileno(file), (struct span){0}, format);
        while (intake_next(intake, batch) == INTAKE_BATCH) {
            ck_assert_uint_eq(batch->offset, offset);
            for (size_t i = 0; i < batch->count; i++) {
                struct span bytes = batch_document(batch, i);

                offset += bytes.length;
                if (!batch->is_part)
                    strncat(found, bytes.text, bytes.length);
                else if (batch->is_first_part)
                    strcat(found, "+");
                if (!batch->is_part || batch->is_first_part) {
                    ck_assert_uint_eq(batch->number + i, ++number);
                    strcat(found, "|");
                }
            }
            batch_clear(batch);
        }
        ck_assert_uint_eq(intake_bytes(intake), size);
        ck_assert_uint_eq(intake_documents(intake), number);
        ck_assert_msg(strcmp(found, expected) == 0, "%zu: %s", chunk, found);
        batch_destroy(batch);
        intake_destroy(intake);
        fclose(file);
    }
}

START_TEST(documents_are_cut_the_same)
{
    static const char record[] = "WARC/1.0\r\nContent-Length: 4\r\n\r\nab\nc\r\n\r\n"
                                 "WARC/1.0\r\nContent-Length: 90\r\n\r\n"
                                 "WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n";

    expect_documents(&jsonl_format, "a\n\nbcd\ne", 8, 100, "a\n|\n|bcd\n|e|");
    expect_documents(&jsonl_format, "a\nlonger\nb\nlonger still", 22, 4, "a\n|+|b\n|+|");
    expect_documents(&nul_format, "", 0, 9, "");
    expect_documents(&text_format, "a\nb", 3, 9, "a\nb|");
    expect_documents(&text_format, "a\nb", 3, 2, "+|");
    expect_documents(&wet_format, record, sizeof record - 1, 999,
                     "WARC/1.0\r\nContent-Length: 4\r\n\r\nab\nc\r\n\r\n|"
                     "WARC/1.0\r\nContent-Length: 90\r\n\r\n|"
                     "WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n|");
}
END_TEST

static void upper(void *context, struct batch *batch)
{
    unsigned *done = context;

    ++*done;
    for (size_t i = 0; i < batch->size; i++)
        batch->bytes[i] = (char)(batch->bytes[i] - 'a' + 'A');
}

/* In the order in which they were given, with any number of threads; what is not collected is
 * waited for. */
START_TEST(batches_come_back_in_order)
{
    for (unsigned workers = 1; workers < 6; workers++) {
        unsigned done[6] = {0};
        void *contexts[6];
        struct pool *pool;
        unsigned given = 0, taken = 0, sum = 0;

        for (int i = 0; i < 6; i++)
            contexts[i] = &done[i];
        pool = pool_create(workers, upper, contexts);
        ck_assert_ptr_nonnull(pool);
        ck_assert_ptr_null(pool_collect(pool));
        while (taken < 200) {
            struct batch *batch;

            while (given < 200 && (batch = pool_slot(pool))) {
                ck_assert(batch_reserve(batch, 1));
                batch->bytes[0] = (char)('a' + given++ % 26);
                batch->size = 1;
                pool_submit(pool);
            }
            batch = pool_collect(pool);
            ck_assert_ptr_nonnull(batch);
            ck_assert_int_eq(batch->bytes[0], 'A' + (int)(taken++ % 26));
            pool_release(pool);
            ck_assert(pool_is_idle(pool) == (taken == given));
        }
        for (unsigned i = 0; i < workers; i++)
            sum += done[i];
        ck_assert_uint_eq(sum, 200);
        ck_assert_ptr_nonnull(pool_slot(pool));
        pool_submit(pool);
        pool_destroy(pool);
    }
}
END_TEST

Suite *document_suite(void);

Suite *document_suite(void)
{
    Suite *suite = suite_create("document");
    TCase *all = tcase_create("document");

    tcase_add_checked_fixture(all, create, destroy);
    tcase_add_test(all, hosts_of_urls);
    tcase_add_test(all, hosts_of_names);
    tcase_add_test(all, formats_of_names);
    tcase_add_test(all, lines_of_json);
    tcase_add_test(all, paths_of_fields);
    tcase_add_test(all, base64);
    tcase_add_test(all, documents_are_cut_the_same);
    tcase_add_test(all, batches_come_back_in_order);
    suite_add_tcase(suite, all);
    return suite;
}
