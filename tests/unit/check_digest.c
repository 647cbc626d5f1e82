#include "format/digest.h"

#include <check.h>
#include <stdlib.h>

struct digest_row {
    const char *text;  /* repeated */
    size_t repeated;   /* so often */
    const char *value; /* is its digest */
};

/* "abc" and its digests are the examples of FIPS 180-4 and RFC 1321. */
static const struct digest_row rows[] = {
    {"abc", 1, "md5:900150983cd24fb0d6963f7d28e17f72"},
    {"abc", 1, "MD5:900150983CD24FB0D6963F7D28E17F72"},
    {"abc", 1, "md5:SAAVBGB42JH3BVUWH56SRYL7OI"},
    {"abc", 1, "md5:SAAVBGB42JH3BVUWH56SRYL7OI======"},
    {"abc", 1, "sha1:a9993e364706816aba3e25717850c26c9cd0d89d"},
    {"abc", 1, "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"},
    {"abc", 1, "SHA-1:vgmt4nsha2awvor6evyxqugcnsonbwe5"},
    {"", 1, "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"},
    {"a", 1000, "sha1:FEPJU3DGTFEUTNL3UXTFANQ6TD6DNMN2"},
    {"abc", 1, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abc", 1, "Sha-256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"},
    {"abc", 1, "sha256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ"},
    {"abc", 1, "sha-256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ===="},
    {"a", 1000, "sha256:IHW6ZZBNMPUNTP2RLKN2NEZODQQMXSPVUXITIZC23NO3DOLTP2RQ"},
    {"abc", 1,
     "sha384:cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"
     "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
    {"abc", 1,
     "SHA-384:ZMAHKP2FUNPIXNNAHVUZVRSQA4TSYMVLB3PNCYY2RNQFUQ77LPWYBBQHFOQ6PTBDLC5OZIJUZAS2O"},
    {"abc", 1,
     "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
    {"abc", 1,
     "sha-512:3WXTLIMTMF5LVTCBONE24ICBGEJON6SORGUX5IQKT3XOMS2V2ONCDEUZFITU7QNIG25DYI5D73V32RKNIQRW"
     "IPHIBYVJVSKPUVGKJHY="},
    {"a", 1000,
     "sha512:67ba5535a46e3f86dbfbed8cbbaf0125c76ed549ff8b0b9e03e0c88cf90fa634"
     "fa7b12b47d77b694de488ace8d9a65967dc96df599727d3292a8d9d447709c97"},
};

static const char *const unknown_rows[] = {
    "",
    ":",
    "sha1",
    "sha1:",
    "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
    ":VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
    "sha:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
    "sha11:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
    "sha1 :VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
    "sha224:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
    "crc32:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
    "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE",
    "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE55",
    "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5=",
    "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWe5",
    "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE1",
    "sha1: VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
    "sha1:a9993e364706816aba3e25717850c26c9cd0d89g",
    "md5:SAAVBGB42JH3BVUWH56SRYL7OI=",
    "md5:SAAVBGB42JH3BVUWH56SRYL7OI=====A",
    "md5:a9993e364706816aba3e25717850c26c9cd0d89d",
};

static struct span span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

/* The row's text in memory of its own size. */
static char *text_of(const struct digest_row *row, size_t *size)
{
    size_t length = strlen(row->text);
    char *text = malloc(length * row->repeated + 1);

    ck_assert_ptr_nonnull(text);
    *size = length * row->repeated;
    for (size_t i = 0; i < *size; i++)
        text[i] = row->text[i % length];
    return text;
}

/* Whether VALUE is the digest of the text. */
static bool is_right(struct span value, const char *text, size_t size)
{
    char again[DIGEST_SIZE];

    return digest_again(value, text, size, again) && strlen(again) == value.length &&
           memcmp(again, value.text, value.length) == 0;
}

START_TEST(digests_are_known)
{
    const struct digest_row *row = &rows[_i];
    size_t size;
    char *text = text_of(row, &size);
    char out[DIGEST_SIZE];

    ck_assert(digest_is_known(span_of(row->value)));
    ck_assert(digest_again(span_of(row->value), text, size, out));
    ck_assert_str_eq(out, row->value);
    ck_assert(is_right(span_of(row->value), text, size));
    free(text);
}
END_TEST

/* The old value is another text's, and what follows it in memory is not read as its own. */
START_TEST(other_digests_are_written_the_same_way)
{
    const struct digest_row *row = &rows[_i];
    size_t length = strlen(row->value);
    size_t size;
    char *text = text_of(row, &size);
    char old[DIGEST_SIZE], out[DIGEST_SIZE];
    char *first = old + strcspn(row->value, ":") + 1;

    memcpy(old, row->value, length);
    old[length] = '=';
    *first = *first == '2' ? '3' : '2';
    ck_assert(!is_right((struct span){old, length}, text, size));
    ck_assert(digest_again((struct span){old, length}, text, size, out));
    ck_assert_str_eq(out, row->value);
    free(text);
}
END_TEST

START_TEST(others_are_unknown)
{
    char out[DIGEST_SIZE] = "as it was";

    ck_assert(!digest_is_known(span_of(unknown_rows[_i])));
    ck_assert(!digest_again(span_of(unknown_rows[_i]), "abc", 3, out));
    ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(nothing_at_all_is_unknown)
{
    char out[DIGEST_SIZE];

    ck_assert(!digest_again((struct span){NULL, 0}, "abc", 3, out));
}
END_TEST

Suite *digest_suite(void);

Suite *digest_suite(void)
{
    Suite *suite = suite_create("digest");
    TCase *tests = tcase_create("digest");
    int count = (int)(sizeof rows / sizeof *rows);

    tcase_add_loop_test(tests, digests_are_known, 0, count);
    tcase_add_loop_test(tests, other_digests_are_written_the_same_way, 0, count);
    tcase_add_loop_test(tests, others_are_unknown, 0,
                        (int)(sizeof unknown_rows / sizeof *unknown_rows));
    tcase_add_test(tests, nothing_at_all_is_unknown);
    suite_add_tcase(suite, tests);
    return suite;
}
