#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "format/json.h"
#include "format/json_string.h"

#define SPAN(literal) ((struct span){literal, sizeof(literal) - 1})

static struct json *json;

static void create(void)
{
    json = json_create();
    ck_assert_ptr_nonnull(json);
}

static void destroy(void)
{
    json_destroy(json);
    json_destroy(NULL);
}

/* Where the text is wrong, or -1. In memory of its own, so that a sanitizer sees reads beyond. */
static int fault_of(const char *text, size_t length)
{
    struct json_fault fault = {0};
    char *copy = malloc(length + !length);
    enum json_status status;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    status = json_read(json, (struct span){copy, length}, NULL, NULL, 0, &fault);
    free(copy);
    ck_assert_int_ne(status, JSON_NO_MEMORY);
    ck_assert_int_eq(status == JSON_BAD, fault.reason != NULL);
    return status == JSON_BAD ? (int)fault.at : -1;
}

static const char *const good[] = {
    "{}",
    " [ ] ",
    "\t0\r\n",
    "-0",
    "-1.5e+10",
    "1E5",
    "0.0e-0",
    "true",
    "[false,null]",
    "\"\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD834\\uDD1E\"",
    "{\"a\":{\"b\":[1,{\"c\":[]}]},\"\":\"\"}",
    "\"\\ud800\"",
    "\"\xff\xed\xa0\x80\x7f\"",
    "{\"a\":1,\"a\":2}",
};

/* The text, and the place of its fault. */
static const struct {
    const char *text;
    int at;
} bad[] = {
    {"", 0},           {" ", 1},
    {"{", 1},          {"[1", 2},
    {"[1,]", 3},       {"[,1]", 1},
    {"{\"a\":1,}", 7}, {"{\"a\" 1}", 5},
    {"{a:1}", 1},      {"{\"a\":1 \"b\":2}", 7},
    {"[1 2]", 3},      {"1 2", 2},
    {"{}}", 2},        {"[1}", 2},
    {"01", 1},         {"-", 1},
    {"+1", 0},         {".5", 0},
    {"1.", 2},         {"1e", 2},
    {"1e+", 3},        {"tru", 0},
    {"True", 0},       {"nul", 0},
    {"\"a", 2},        {"\"\t\"", 1},
    {"\"\\x\"", 1},    {"\"\\u12g4\"", 1},
    {"\"\\u12", 1},    {"\"\\", 1},
    {"'a'", 0},        {"\xef\xbb\xbf{}", 0},
    {"[NaN]", 1},      {"[1]//", 3},
};

START_TEST(judges)
{
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(fault_of(good[i], strlen(good[i])) == -1, "%s: refused", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int at = fault_of(bad[i].text, strlen(bad[i].text));

        ck_assert_msg(at == bad[i].at, "%s: fault at %d, not %d", bad[i].text, at, bad[i].at);
    }
    ck_assert_int_eq(fault_of("\"a\0b\"", 5), 2);
    ck_assert_int_eq(fault_of("1\0", 2), 1);
}
END_TEST

/* A beginning of a text is bad, unless it is a number. */
START_TEST(beginnings_are_bad)
{
    static const char text[] = "{\"a\":{\"b\":[1.5,{\"c\":[\"\\u00e9x\",true]}]},\"\":\"\"}";

    for (size_t length = 0; length < sizeof text - 1; length++)
        ck_assert_int_ge(fault_of(text, length), 0);
    ck_assert_int_eq(fault_of(text, sizeof text - 1), -1);
}
END_TEST

START_TEST(nesting_has_no_limit)
{
    const size_t depth = 100000;
    char *text = malloc(10 * depth + 1), *at = text;

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < depth; i++, at += 5)
        memcpy(at, i % 2 ? "{\"a\":" : "[    ", 5);
    *at++ = '1';
    ck_assert_int_eq(fault_of(text, (size_t)(at - text)), (int)(at - text));
    for (size_t i = depth; i-- > 0;)
        *at++ = i % 2 ? '}' : ']';
    ck_assert_int_eq(fault_of(text, (size_t)(at - text)), -1);
    at[-1] = '}';
    ck_assert_int_eq(fault_of(text, (size_t)(at - text)), (int)(at - text - 1));
    free(text);
}
END_TEST

/* What stands at the path a.b, or NULL for a value that is no string; "" for none. */
static const char *at_path(const char *text, const struct json_path *path)
{
    static char found[100];
    struct json_value value;
    struct json_fault fault;

    ck_assert_int_eq(json_read(json, (struct span){text, strlen(text)}, path, &value, 1, &fault),
                     JSON_GOOD);
    if (value.type == JSON_NONE)
        return "";
    if (value.type != JSON_STRING)
        return NULL;
    memcpy(found, text + value.begin, value.end - value.begin);
    found[value.end - value.begin] = '\0';
    return found;
}

START_TEST(finds_paths)
{
    const struct span names[] = {SPAN("a"), SPAN("b")};
    const struct json_path outer = {names, 1}, inner = {names, 2};

    ck_assert_str_eq(at_path("{\"x\":1,\"a\" : \"one\\n\"}", &outer), "one\\n");
    ck_assert_str_eq(at_path("{\"\\u0061\":\"one\"}", &outer), "one");
    ck_assert_str_eq(at_path("{\"a\":\"one\",\"a\":\"two\"}", &outer), "two");
    ck_assert_ptr_null(at_path("{\"a\":\"one\",\"a\":null}", &outer));
    ck_assert_str_eq(at_path("{\"b\":{\"a\":\"one\"}}", &outer), "");
    ck_assert_str_eq(at_path("[{\"a\":\"one\"}]", &outer), "");
    ck_assert_str_eq(at_path("\"a\"", &outer), "");
    ck_assert_str_eq(at_path("{\"aa\":\"one\",\"\":\"two\"}", &outer), "");
    ck_assert_str_eq(at_path("{\"a\":{\"c\":[\"b\"],\"b\":\"one\"},\"b\":\"two\"}", &inner), "one");
    ck_assert_str_eq(at_path("{\"a\":{\"b\":\"one\"},\"c\":{\"b\":\"two\"}}", &inner), "one");
    ck_assert_str_eq(at_path("{\"a\":{\"b\":\"one\"},\"a\":{}}", &inner), "");
    ck_assert_str_eq(at_path("{\"a\":[{\"b\":\"one\"}]}", &inner), "");
    ck_assert_str_eq(at_path("{\"a\":{\"x\":{\"b\":\"one\"}}}", &inner), "");
    ck_assert_str_eq(at_path("{\"a\":\"b\"}", &inner), "");
}
END_TEST

/* What RAW reads as is TEXT, and what is written of that is WRITTEN. */
static void read_and_write(struct span raw, struct span text, bool is_ascii, const char *written)
{
    char out[100];
    struct writer *writer = writer_create(WRITER_MEMORY, 1);
    size_t size = json_string_read(raw, out);

    ck_assert_uint_eq(size, text.length);
    ck_assert_mem_eq(out, text.text, size);
    ck_assert(json_string_is(raw, text));
    ck_assert(!json_string_is(raw, (struct span){text.text, text.length - 1}));
    ck_assert(json_string_put(writer, out, size, is_ascii));
    ck_assert_uint_eq(writer->used, strlen(written));
    ck_assert_mem_eq(writer->buffer, written, writer->used);
    writer_destroy(writer);
}

START_TEST(strings)
{
    read_and_write(SPAN("plain"), SPAN("plain"), false, "plain");
    read_and_write(SPAN("\\u0041\\/\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001F"),
                   SPAN("A/\"\\\b\f\n\r\t\0\x1f"), false,
                   "A/\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f");
    read_and_write(SPAN("\\u00e9\\u20AC\\uD834\\uDD1e"), SPAN("é€𝄞"), false, "é€𝄞");
    read_and_write(SPAN("é€𝄞"), SPAN("é€𝄞"), true, "\\u00e9\\u20ac\\ud834\\udd1e");
    read_and_write(SPAN("\\ud834x\\udd1e\\ud834\\u0041"),
                   SPAN("\xed\xa0\xb4x\xed\xb4\x9e\xed\xa0\xb4"
                        "A"),
                   false, "\\ud834x\\udd1e\\ud834A");
    read_and_write(SPAN("\xff\xc3 \xed\xa0"), SPAN("\xff\xc3 \xed\xa0"), true, "\xff\xc3 \xed\xa0");
}
END_TEST

/* Wherever it stands, the first byte that is special is found, and its neighbours are none. */
START_TEST(plain_length)
{
    static const char specials[] = {'"', '\\', '\0', '\n', '\x1f'};
    static const char plain[] = " !#[]\x7f\x80\x9f\xa0\xa2\xdc\xff";
    char text[40];

    for (size_t length = 0; length < sizeof text; length++)
        for (size_t i = 0; i < sizeof specials; i++) {
            for (size_t at = 0; at < sizeof text; at++)
                text[at] = plain[(at + i) % (sizeof plain - 1)];
            ck_assert_uint_eq(json_plain_length(text, length), length);
            text[length] = specials[i];
            ck_assert_uint_eq(json_plain_length(text, sizeof text), length);
        }
}
END_TEST

Suite *json_suite(void);

Suite *json_suite(void)
{
    Suite *suite = suite_create("json");
    TCase *all = tcase_create("json");

    tcase_add_checked_fixture(all, create, destroy);
    tcase_add_test(all, judges);
    tcase_add_test(all, beginnings_are_bad);
    tcase_add_test(all, nesting_has_no_limit);
    tcase_add_test(all, finds_paths);
    tcase_add_test(all, strings);
    tcase_add_test(all, plain_length);
    suite_add_tcase(suite, all);
    return suite;
}
