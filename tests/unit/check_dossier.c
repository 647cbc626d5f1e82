/* A report has what it can hold of a text, says where it was cut, and shows no file that is not a
 * rule file's. What a run writes is in tests/cases/options. */
#include <stdlib.h>
#include <string.h>

#include "flow/dossier.h"
#include "given.h"

#define LONG ((size_t)1024 * 1024)

static const char *const words[] = {"dechaff", "-e", "drop /it's/", "", "a\nb", NULL};
static char version[] = "dechaff 0 (of a test)\n";
static const struct dossier_wishes wishes = {
    .path = "page.report", .words = words, .version = version};

/* What is written; the caller frees it. */
static char *written(struct dossier *dossier)
{
    struct writer *writer = writer_create(WRITER_MEMORY, 0);
    ck_assert_ptr_nonnull(writer);
    ck_assert(dossier_end(dossier, writer));
    char *text = strndup(writer->buffer, writer->used);
    ck_assert_ptr_nonnull(text);
    writer_destroy(writer);
    return text;
}

static bool has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;

    while ((text = strstr(text, part))) {
        count++;
        text++;
    }
    return count;
}

START_TEST(too_long_is_cut)
{
    struct rules *rules = given_rules("");
    struct dossier *dossier = dossier_create(&wishes, rules);
    char *bytes = malloc(LONG);
    ck_assert_ptr_nonnull(dossier);
    ck_assert_ptr_nonnull(bytes);
    memset(bytes, 'x', LONG);
    for (int i = 0; i < 17; i++) {
        struct line line = {.text = bytes, .length = LONG - 1, .ending = ENDING_LF};
        ck_assert(dossier_read(dossier, &line));
        ck_assert(!dossier_is_cut(dossier));
    }
    ck_assert(dossier_read(dossier, &(struct line){.text = "y", .length = 1}));
    ck_assert(dossier_is_cut(dossier));
    ck_assert(dossier_read(dossier, &(struct line){.text = "y", .length = 1}));
    char *text = written(dossier);
    ck_assert(has(text, "17825794 bytes were read, 0 written\n"));
    ck_assert(has(text, "x\n\\ cut: there is more of it than 16777216 bytes\n\n== output\n\n"));
    ck_assert_uint_eq(count_of(text, "\n< "), 17);
    ck_assert(!has(text, "y\n\\"));
    free(text);
    free(bytes);
    dossier_destroy(dossier);
    rules_destroy(rules);
}
END_TEST

/* The command can be given to a shell, and a path makes no line that passes for another part. */
START_TEST(names_stay_in_their_place)
{
    struct rules *rules = given_rules("");
    struct source hidden = {.path = "./a\n== input", .text = "secret\n", .is_secret = true};
    struct source own = {.path = "./my.rules", .text = "# mine", .previous = &hidden};
    struct source again = {.path = "./my.rules", .text = "# mine", .previous = &own};
    struct source shipped = {
        .path = "/rules/social.rules", .text = "", .shipped = true, .previous = &again};
    hidden.length = strlen(hidden.text);
    own.length = again.length = strlen(own.text);
    rules->sources = &shipped;
    struct dossier *dossier = dossier_create(&wishes, rules);
    ck_assert_ptr_nonnull(dossier);
    ck_assert_uint_eq(dossier_own_rules(dossier), 1);
    char *text = written(dossier);
    ck_assert(has(text, "\ndechaff 0 (of a test)\n$ dechaff -e 'drop /it'\\''s/' '' 'a\n$ b'\n"));
    ck_assert(has(text, "\n== rules ./a?== input\n\\ not shown: "));
    ck_assert_uint_eq(count_of(text, "\n== input\n"), 1);
    ck_assert_uint_eq(count_of(text, "\n== rules ./my.rules\n| # mine\n\\ no newline"), 1);
    ck_assert(!has(text, "secret"));
    ck_assert(has(text, "= e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  "
                        "social.rules\n"));
    free(text);
    dossier_destroy(dossier);
    rules->sources = NULL;
    rules_destroy(rules);
}
END_TEST

Suite *dossier_suite(void)
{
    Suite *suite = suite_create("dossier");
    TCase *tests = tcase_create("dossier");
    tcase_add_test(tests, too_long_is_cut);
    tcase_add_test(tests, names_stay_in_their_place);
    suite_add_tcase(suite, tests);
    return suite;
}
