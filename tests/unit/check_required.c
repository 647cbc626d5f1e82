#include "regex/opening.h"
#include "regex/required.h"
#include "regex/sequence.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALL REGEX_UNBOUNDED
#define TEXT_SIZE 4096

/* In what is expected of the literals, `~` is an end of the line and `|` stands between them. */
struct row {
    const char *regex;
    const char *literals;
};

struct analysed {
    struct arena arena;
    struct required_analyser *analyser;
    struct required required;
    char text[TEXT_SIZE];
};

/* Writes the literals into TEXT, as a struct row expects them. */
static void list(const struct literal *literals, size_t count, char text[TEXT_SIZE])
{
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        const struct literal *literal = &literals[i];

        ck_assert_uint_ge(literal->length, 1);
        ck_assert_uint_le(literal->length, LITERAL_MAX_LENGTH);
        ck_assert_uint_lt(used + literal->length + 2, TEXT_SIZE);
        if (i > 0)
            text[used++] = '|';
        for (size_t j = 0; j < literal->length; j++)
            text[used++] = literal->bytes[j] == LITERAL_LINE_END ? '~' : (char)literal->bytes[j];
    }
    text[used] = '\0';
}

static void analyse(struct analysed *analysed, const char *text, size_t length, unsigned flags)
{
    /* of its very size, for the address sanitizer to watch */
    char *copy = malloc(length + (length == 0));
    struct regex regex = {.text = copy, .length = length, .flags = flags};

    memcpy(copy, text, length);
    analysed->arena = (struct arena){0};
    analysed->analyser = required_create(&analysed->arena);
    ck_assert_ptr_nonnull(analysed->analyser);
    ck_assert(required_analyse(analysed->analyser, &regex, &analysed->required));
    free(copy);
    list(analysed->required.literals, analysed->required.count, analysed->text);
}

static void release(struct analysed *analysed)
{
    required_destroy(analysed->analyser);
    arena_free(&analysed->arena);
}

static void check_rows(const struct row *rows, size_t count, unsigned flags)
{
    for (size_t i = 0; i < count; i++) {
        struct analysed analysed;

        analyse(&analysed, rows[i].regex, strlen(rows[i].regex), flags);
        ck_assert_msg(strcmp(analysed.text, rows[i].literals) == 0, "/%s/: %s instead of %s",
                      rows[i].regex, analysed.text, rows[i].literals);
        release(&analysed);
    }
}

#define CHECK_ROWS(flags, ...)                                                                     \
    do {                                                                                           \
        const struct row rows[] = {__VA_ARGS__};                                                   \
        check_rows(rows, sizeof rows / sizeof *rows, flags);                                       \
    } while (0)

static struct required required_of(const char *regex, unsigned flags)
{
    struct analysed analysed;

    analyse(&analysed, regex, strlen(regex), flags);
    release(&analysed);
    return analysed.required;
}

static void check_understood(const char *const *regexes, size_t count, unsigned flags,
                             bool expected)
{
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(required_of(regexes[i], flags).understood == expected, "/%s/ is %sunderstood",
                      regexes[i], expected ? "not " : "");
}

#define CHECK_UNDERSTOOD(flags, expected, ...)                                                     \
    do {                                                                                           \
        const char *const regexes[] = {__VA_ARGS__};                                               \
        check_understood(regexes, sizeof regexes / sizeof *regexes, flags, expected);              \
    } while (0)

START_TEST(strings_are_joined)
{
    CHECK_ROWS(0, {"share this", "share this"}, {"Share THIS", "share this"},
               {"foo\\.bar\\/baz\\x41\\x{e9}", "foo.bar/baza\xC3\xA9"},
               {"colou?r schemes?", "colour scheme|color scheme"},
               {"(?:share|tweet) (?:this|it)", "share this|share it|tweet this|tweet it"},
               {"[Ss]hare", "share"}, {"sha[st]e", "shase|shate"}, {"x{3}yz", "xxxyz"},
               {"xyz{0}", "xy"}, {"(?:share){2}", "shareshare"},
               {"s(?:h(?:ar|ov))e", "share|shove"}, {"e-?mail", "e-mail|email"},
               {"shar(?:)e", "share"}, {"\\bshare\\b", "share"});
}
END_TEST

START_TEST(the_rarest_part_is_required)
{
    CHECK_ROWS(0, {"share\\s+this page", "this page"}, {"the.*quartz", "quartz"},
               {"quartz.*the", "quartz"}, {"(?:the|quartz)", "the|quartz"},
               {"(?:of the|quartz).*jazz", "of the|quartz"}, {"[^a]share", "share"},
               {"\\p{Lu}{2}share", "share"}, {"(?:share)*tweet", "tweet"},
               {"(?:share)+ \\d", "share"}, {"shares+ \\d", "shares"}, {"(?>share)++tw", "share"},
               {"share this|share", "share"}, {"share|reshare|tweet", "share|tweet"});
}
END_TEST

START_TEST(nothing_is_required)
{
    CHECK_ROWS(0, {"", ""}, {"e", ""}, {"a|share", ""}, {"(?:share)?", ""}, {"(?:share)*", ""},
               {"\\w+", ""}, {"[a-z]+", ""}, {"^.*$", ""}, {"(?!share)", ""}, {"(?<!share)", ""},
               {"(?:share|)", ""}, {"^", ""}, {"$", ""}, {"(?:share){0}", ""});
}
END_TEST

START_TEST(anchors_are_literal)
{
    CHECK_ROWS(0, {"^rss$", "~rss~"}, {"^$", "~~"}, {"^(?:ab|c)?$", "~ab~|~c~|~~"},
               {"^(?:rss|top)\\b", "~rss|~top"}, {"(?:rss|top)$", "rss~|top~"}, {"^^rss", "~rss"},
               {"(?:^|x)^rss", "~rss"}, {"rss$$", "rss~"}, {"(?:^share|x)^tweet", "~tweet"},
               {"(?:share$|tweet)er", "share~|tweet"}, {"^\\s*share", "share"},
               {"(?m)^rss$", "~rss~"},
               /* beside an invalid byte these two hold within the line */
               {"\\Ashare\\z", "share"}, {"share\\Z", "share"});
}
END_TEST

/* `<` and `>`: no word byte up to the line's end on this side; `[` and `]`: none right beside. */
static void check_margins(const struct row *rows, size_t count, unsigned flags)
{
    static const char before[] = {[MARGIN_ANY] = '.', [MARGIN_SIGN] = '[', [MARGIN_LINE] = '<'};
    static const char after[] = {[MARGIN_ANY] = '.', [MARGIN_SIGN] = ']', [MARGIN_LINE] = '>'};

    for (size_t i = 0; i < count; i++) {
        struct analysed analysed;
        char text[256] = "";
        size_t used = 0;

        analyse(&analysed, rows[i].regex, strlen(rows[i].regex), flags);
        for (size_t j = 0; j < analysed.required.count; j++) {
            const struct literal *literal = &analysed.required.literals[j];

            ck_assert_uint_ne(literal->before, MARGIN_EDGE);
            ck_assert_uint_ne(literal->after, MARGIN_EDGE);
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%c%.*s%c", j ? "|" : "",
                                     before[literal->before], (int)literal->length,
                                     (const char *)literal->bytes, after[literal->after]);
            ck_assert_uint_lt(used, sizeof text);
        }
        ck_assert_msg(strcmp(text, rows[i].literals) == 0, "/%s/: %s instead of %s", rows[i].regex,
                      text, rows[i].literals);
        release(&analysed);
    }
}

#define CHECK_MARGINS(flags, ...)                                                                  \
    do {                                                                                           \
        const struct row rows[] = {__VA_ARGS__};                                                   \
        check_margins(rows, sizeof rows / sizeof *rows, flags);                                    \
    } while (0)

START_TEST(margins_before)
{
    CHECK_MARGINS(
        REGEX_CASELESS, {"share", ".share."}, {"^\\W*share", "<share."},
        {"^\\s*(?:- )?share", "<- share.|<share."}, {"^\\W{0,3}(?:share|tweet)", "<share.|<tweet."},
        {"\\Wshare", "[share."}, {"\\W*share", ".share."}, {"\\bshare", "[share."},
        {"\\b-share", ".-share."}, {"\\b\\W*share", "[share."}, {"(?:^|\\W)share", "[share."},
        {"(?:^|x)\\W*share", ".share."}, {"^\\W*(?:x )?share", "<x share.|<share."},
        {"^\\W*(?:x )*share", "[share."}, {"^\\W*x?share", "<xshare.|<share."},
        {"^\\W*\\wshare", ".share."}, {"^[^\\w.]*share", "<share."}, {"^[^\\d.]*share", ".share."},
        {"^[-\xE2\x80\xA2 ]*share", "<share."}, {"^[-k ]*share", ".share."},
        {"^[\xC3\xA9-\xC6\xBF]*share", ".share."}, {"^[[:punct:]]*share", ".share."},
        {"(?<=[.!?])share", "[share."}, {"(?<=[.!?]?)share", ".share."}, {"(?<!x)share", ".share."},
        {"^\\W*\\Bshare", "<share."}, {"^\\W*\\p{L}*share", ".share."},
        {"\\W(?:share){2}", "[shareshare."}, {"^\\W*(?:share |[a-z]+ )tweet", "[tweet."});
}
END_TEST

START_TEST(margins_after)
{
    CHECK_MARGINS(
        REGEX_CASELESS, {"share\\W*$", ".share>"}, {"share\\W", ".share]"},
        {"share\\W*x", ".share."}, {"share\\b", ".share]"}, {"share-\\b", ".share-."},
        {"share\\W*(?:\\W\\w+)*$", ".share]"}, {"share\\W*(?:\\w+)*$", ".share."},
        {"share[^\\w.]*$", ".share>"}, {"share\\b.*x", ".share]"},
        {"(?:share|tweet)s?\\W*$", ".shares>|.share>|.tweets>|.tweet>"},
        {"(?:share|tweet)s?", ".share.|.tweet."}, {"(?:shar+e|tweet)\\W*$", ".shar.|.tweet>"},
        {"(?:shar+e|tweet)\\W", ".shar.|.tweet]"}, {"(?:shar+e|tweet)\\b", ".shar.|.tweet]"},
        {"(?:shar+e|tweet)\\b-\\W*$", ".shar.|.tweet]"}, {"(?:shar+e|tweet)\\w", ".shar.|.tweet."},
        {"(?:shar+e|tweet)?\\W*$", ""}, {"(?:shar+e|tweet){2}\\W*$", ".shar.|.tweet."},
        {"(?:shar+e|tweet|tweet\\d)\\W*$", ".shar.|.tweet."},
        {"(?:shar+e|(?:like\\d|tweet))\\W*$", ".shar.|.like.|.tweet>"},
        {"(?:shar+e|(?:like\\d|tweet)\\d)\\W*$", ".shar.|.like.|.tweet."},
        {"\\W(?:share\\b){2}", "[shareshare]"}, {"(?=share)\\W*$", ".share."},
        {"^\\W*share\\W*$", "<share>"});
}
END_TEST

/* All of a long list, and what stands beside it. */
START_TEST(many_words_have_margins)
{
    struct analysed analysed;
    char text[2048] = "^\\W*(?:";
    size_t length = strlen(text);

    for (unsigned i = 0; i < 200; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%sword%c%c", i ? "|" : "",
                                   (char)('a' + i / 20), (char)('a' + i % 20));
    length += (size_t)snprintf(text + length, sizeof text - length, ")\\W*$");
    analyse(&analysed, text, length, REGEX_CASELESS);
    ck_assert_uint_eq(analysed.required.count, 200);
    for (size_t i = 0; i < analysed.required.count; i++) {
        ck_assert_int_eq(analysed.required.literals[i].before, MARGIN_LINE);
        ck_assert_int_eq(analysed.required.literals[i].after, MARGIN_LINE);
    }
    release(&analysed);
}
END_TEST

START_TEST(case_is_folded)
{
    CHECK_ROWS(REGEX_CASELESS, {"Share KISS", "share kiss"}, {"\xE2\x84\xAA\xC5\xBF", "ks"},
               {"Stra\xC3\x9F"
                "e",
                "stra\xC3\x9F"
                "e"},
               {"\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9"},
               {"\xCE\xA3\xCE\xAF\xCF\x82", "\xCF\x83\xCE\xAF\xCF\x83"},
               {"\xD0\x9F\xD0\xBE\xD0\xB4", "\xD0\xBF\xD0\xBE\xD0\xB4"},
               /* what it folds to is not certain, so it is left out */
               {"\xC5\x89omething", "omething"}, {"[\xC7\x85x]something", "something"},
               {"(?-i)\xC5\x89omething", "\xC5\x89omething"});
    CHECK_ROWS(0, {"\xC5\x89omething", "\xC5\x89omething"}, {"(?i)\xC5\x89omething", "omething"});
}
END_TEST

START_TEST(syntax_is_read)
{
    CHECK_ROWS(0, {"\\Qa.b\\Ecdef", "a.bcdef"}, {"\\Qa.b\\E*cdef", "cdef"}, {"\\Qshare", "share"},
               {"share(?# this)d", "shared"}, {"share(?#c)+d", "share"}, {"share{x", "share{x"},
               {"share]}", "share]}"}, {"(?x)share # this", "share"}, {"((?x) s h) are", "sh are"},
               {"(?=.*tweet)share", "tweet"}, {"(?<=tweet )shar", "tweet "},
               {"(?!tweet)share", "share"}, {"(?<n>share)(?:x|\\k<n>)", "share"},
               {"(?P<n>share)(?P=n)", "share"}, {"(?'n'share)\\g{n}", "share"},
               {"(share) \\1", "share "}, {"(?(?=x)share|tweet) this", " this"},
               {"(?(DEFINE)(?<n>share))tweet(?&n)", "tweet"}, {"share(?R)?x", "share"},
               {"(?|(share)|(tweet))", "share|tweet"}, {"(?^:share)", ""}, {"[]]share", "]share"},
               {"[^]]share", "share"}, {"[[:alpha:]]share", "share"},
               {"share\\K this", "share this"});
    CHECK_ROWS(REGEX_EXTENDED, {"share this # page", "sharethis"}, {"share\\ this", "share this"},
               {"share[ ]this", "share this"}, {"share +d", "share"}, {"\\Qsh are\\E", "sh are"});
}
END_TEST

START_TEST(lengths)
{
    static const struct {
        const char *regex;
        unsigned flags;
        uint32_t min_length, max_length;
    } rows[] = {
        {"", 0, 0, ALL},
        {"share", 0, 5, ALL},
        {"^share", 0, 5, ALL},
        {"share$", 0, 5, ALL},
        {"^share$", 0, 5, 5},
        {"^share$", REGEX_CASELESS, 5, 6},
        {"^kiss$", REGEX_CASELESS, 4, 8},
        {"^\xC3\x9F$", REGEX_CASELESS, 2, 3},
        {"^\xE2\x84\xAA$", REGEX_CASELESS, 1, 3},
        {"^\xF0\x90\x90\x80$", REGEX_CASELESS, 4, 4},
        {"^.{0,80}$", 0, 0, 320},
        {"^[a-f]{2,3}$", 0, 2, 3},
        {"^[a-k]$", REGEX_CASELESS, 1, 3},
        {"^[^a]\\d$", 0, 2, 8},
        {"^a*$", 0, 0, ALL},
        {"^a{3,}$", 0, 3, ALL},
        {"^(?:a|bcd)$", 0, 1, 3},
        {"^a|bcd$", 0, 1, ALL},
        {"^(?:a$|bcd$)", 0, 1, 3},
        {"(?:^a$|b)", 0, 1, ALL},
        {"^(a)\\1$", 0, 1, ALL},
        {"^\\R\\X$", 0, 2, ALL},
        {"^(?=abc)a$", 0, 1, 1},
        {"^(?:a$)?$", 0, 0, 1},
        {"^(?:^a){3}$", 0, 3, 3},
        {"^a{65535}$", 0, 65535, 65535},
        {"^(?:a{65535}){65535}$", 0, 0x40000000, 0xFFFE0001},
        {"(?:^a|^b)$", 0, 1, 1},
        {"\\b^a$", 0, 1, 1},
        {"(?:(?:^a){1,2}|^)b$", 0, 1, 3},
        {"a$", 0, 1, ALL},
        {"a?^b$", 0, 1, ALL},
        {"(?:^)?b$", 0, 1, ALL},
        {"(?:^a|b)$", 0, 1, ALL},
        {"\\Aa$", 0, 1, ALL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct required required = required_of(rows[i].regex, rows[i].flags);

        ck_assert_msg(required.min_length == rows[i].min_length &&
                          required.max_length == rows[i].max_length,
                      "/%s/: %lu to %lu", rows[i].regex, (unsigned long)required.min_length,
                      (unsigned long)required.max_length);
    }
}
END_TEST

/* Of what may open a line, each character by itself is told from what may not. */
static void check_openings(const char *regex, unsigned flags, const char *may, const char *may_not)
{
    struct required required = required_of(regex, flags);

    for (size_t i = 0; i < strlen(may); i++)
        ck_assert_msg(!(required.barred & opening_of_line(may + i, 1)), "/%s/ bars %c", regex,
                      may[i]);
    for (size_t i = 0; i < strlen(may_not); i++)
        ck_assert_msg(required.barred & opening_of_line(may_not + i, 1), "/%s/ does not bar %c",
                      regex, may_not[i]);
}

#define BEYOND "\xC3"

START_TEST(openings)
{
    check_openings("^share", 0, "s" BEYOND, "atT1_");
    check_openings("^\\W*(?:by|from)\\b", REGEX_CASELESS, "bBfF" BEYOND, "ax19_");
    check_openings("^ *(?:the )?story", 0, "tsS" BEYOND, "ab1_");
    check_openings("^\\W*\\d", 0, "19" BEYOND, "azA_");
    check_openings("^\\W*\\p{Ll}", 0, "az" BEYOND, "AZ1_");
    check_openings("^\\W*\\p{Lu}x", 0, "AZ" BEYOND, "az1_");
    check_openings("^\\W*\\p{Lu}x", REGEX_CASELESS, "azAZ" BEYOND, "1_");
    check_openings("^[\\dx-z]+|^[A-C]$", 0, "1xzAC" BEYOND, "dD_");
    check_openings("^[x-z]", 0, "xz", "XZ1_" BEYOND);
    check_openings("^[i-k]", REGEX_CASELESS, "iK" BEYOND, "aA1_");
    check_openings("^\\*\\s*(?:a{2,3}|b?c)", 0, "abcA" BEYOND, "def1_");
    check_openings("^(?=x).*y", 0, "xya1_" BEYOND, "");
    check_openings("^(?:share|)", 0, "sxa1_" BEYOND, "");
    check_openings("share", 0, "sxa1_" BEYOND, "");
    check_openings("^[^a]", 0, "a1_" BEYOND, "");
    check_openings("^\\W*+", 0, "a1_" BEYOND, "");
    check_openings("^(a)\\1|^\\D|^\\P{Ll}|^.", 0, "ab1_" BEYOND, "");
    check_openings("^\\x{17F}ave|^\\x{212A}", REGEX_CASELESS, "sSkK" BEYOND, "a1_");
    check_openings("^[\\x{100}-\\x{2200}]", 0, "sk" BEYOND, "a1_");
    ck_assert(required_of("^\\W*x", 0).barred & opening_of_line(" --- ", 5));
    ck_assert(!(required_of("^\\W*x", 0).barred & opening_of_line(" * x", 4)));
}
END_TEST

static size_t count_of(const char *regex)
{
    return required_of(regex, 0).count;
}

/* What may be inside of words is not looked for where few lines have the digits, or the opening. */
START_TEST(digits_and_openings_spare_the_search_within_words)
{
    ck_assert_uint_eq(count_of("\\d ?(?:of|de) ?\\d"), 0);
    ck_assert_uint_eq(count_of("^\\W*\\d+ ?(?:of|de)\\b"), 0);
    ck_assert_uint_eq(count_of("\\d{2}.{3}le "), 0);
    ck_assert_uint_eq(count_of("\\d ?(?:of|de)"), 2);
    ck_assert_uint_eq(count_of("^\\w+(?:of|de)"), 2);
    ck_assert_uint_eq(count_of("\\d \\b(?:of|de) \\d"), 2);
    ck_assert_uint_eq(count_of("\\d\\d ?(?:of|de)\\W*$"), 2);
    ck_assert_uint_eq(count_of("\\d\\d ?https?:"), 2);
    ck_assert_uint_eq(count_of("\\d\\d ?из"), 1);
}
END_TEST

/* What a matching line has one of besides; "": nothing is known. */
static void check_besides(const char *regex, const char *wanted)
{
    struct analysed analysed;
    char text[TEXT_SIZE];

    analyse(&analysed, regex, strlen(regex), REGEX_CASELESS);
    list(analysed.required.besides, analysed.required.besides_count, text);
    ck_assert_msg(strcmp(text, wanted) == 0, "/%s/: %s instead of %s", regex, text, wanted);
    release(&analysed);
}

START_TEST(both_sides_of_a_line)
{
    check_besides("^\\W*(?:the|this) .*\\b(?:ads?|advert)\\b", "ads|ad|advert");
    check_besides("^\\W*(?:view|see|more) .*(?:photos|pages of \\w+)", "photos|pages of ");
    check_besides("^\\W*(?:newspaper|magazine)\\W.*(?:x|y+)z", "z");
    check_besides("^\\W*(?:to|by) .*archaeology|^\\W*in .*palaeontology", "to |by |in ");
    check_besides("^\\W*(?:the|this) .*\\b(?:ads?|\\w+)\\b", "");
    check_besides("(?:the|this) .*(?:ads?|advert)", "");
    check_besides("^(?:a.*b|c)", "");
}
END_TEST

START_TEST(certain_to_compile)
{
    CHECK_UNDERSTOOD(0, true, "", "share", "(?i:share)", "(?<n>a)", "(a)\\1", "[[:alpha:]-]",
                     "a{2}", "a{2,}?", "a{x", "\\p{Lu}\\pL\\P{^Han}", "(?=a)(?!b)",
                     "(?<=[.!?])(?<!ab|cd)(?<=^.{2}(?:a|b)\\b)", "(?>a)++", "\\Q*\\E", "[]\\-a-z]",
                     "[.!?]", "[.]", "[:]", "[=.]", "[:-]", "\\x{10FFFF}", "^.{0,5000}$", "(?:a|)",
                     "(?#)", "\\bX\\B");
}
END_TEST

START_TEST(not_certain_to_compile)
{
    char deep[400] = "";

    CHECK_UNDERSTOOD(0, false, "(", ")", "(?", "(?:", "[", "[]", "[a", "[z-a]", "[\\d-z]",
                     "[a-\\d]", "[[:nope:]]", "[:alpha:]", "[..]", "[=a=]", "[[.a.]]", "*", "a**",
                     "^*", "\\b+", "(?i)+", "a{3,2}", "a{70000}", "a{,3}", "\\", "\\y", "\\C",
                     "\\x{110000}", "\\x{d800}", "\\x{zz}", "\\p", "\\p{Nope}", "\\1", "(a)\\2",
                     "\\10", "\\0", "\\cA", "\\k", "\\k<n>", "\\g{1}", "(?<1>a)", "(?<n>a)(?<n>b)",
                     "(?<n", "(?<=a*)", "(?<=a|bc)", "(?<=\\X)", "(?<!(a)\\1)", "(?<=a{1,2})",
                     "(?<!a?)", "(?P>n)", "(?1)", "(?R)", "(?(1)a)", "(?C)", "(*UTF)a",
                     "a(*ACCEPT)b", "(?xx)a", "(?J)a", "(?z)", "(?#", "\\E", "\\K", "[\\N]",
                     "[\\B]", "\\N{U+41}", "\xFF", "a\xC3", "a(?#\xC3)", "\xED\xA0\x80", "[\xC3]",
                     "\\Q\xC3\\E", "\\\xC3", "[a-\xFF]", "(?x)a #\xC3\nb", "(?<\xC3>a)",
                     "(?:(?:abcdefgh){100}){100}", "(?:[a-z]{1,2}){60000}");
    for (size_t i = 0; i < REQUIRED_MAX_DEPTH + 1; i++)
        strcat(deep, "(");
    CHECK_UNDERSTOOD(0, false, deep);
}
END_TEST

START_TEST(compiles_or_not_facts_hold)
{
    CHECK_ROWS(0, {"(?<=tweet )share", "share"}, {"\\p{Nope}share", "share"},
               {"(*ACCEPT)share", ""}, {"share(*ACCEPT)d", ""}, {"(share", ""}, {"share)", ""},
               {"share\\y", ""});
}
END_TEST

START_TEST(every_byte_may_stand_in_a_regex)
{
    struct analysed analysed;

    analyse(&analysed, "a\0\nb\x01xyz", 8, 0);
    ck_assert_uint_eq(analysed.required.count, 1);
    ck_assert_uint_eq(analysed.required.literals[0].length, 8);
    release(&analysed);
    /* cut off anywhere, or with a byte changed, it only must not do harm */
    for (size_t length = 0; length < 120; length++) {
        char text[] =
            "^(?:a|[b-d]{2,3}?)\\x{e9}(?<n>\\Qxy\\E)(?(1)x|y)\\p{Lu}(?i-x:k)(?=[[:alpha:]])"
            "(?P<m>\\1)(?#c)\\k<n>{2}$\xC3\xA9\xE2\x84\xAA";
        size_t size = length < sizeof text ? length : sizeof text - 1;

        for (unsigned byte = 0; byte < 256; byte++) {
            if (size > 0)
                text[size - 1] = (char)byte;
            analyse(&analysed, text, size, byte & 3);
            release(&analysed);
        }
    }
}
END_TEST

START_TEST(large_regexes_stay_within_bounds)
{
    static char text[200000];
    static const char *const pieces[] = {"a?b?c?",           "[ab]", "(?:x|y)",
                                         "(?:share|tweet|)", "k|",   "ab{9}"};
    struct analysed analysed;

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t length = strlen(pieces[i]), used = 0;

        for (; used + length < sizeof text; used += length)
            memcpy(text + used, pieces[i], length);
        analyse(&analysed, text, used, REGEX_CASELESS);
        ck_assert_uint_le(analysed.required.count, SEQUENCE_REQUIRED);
        release(&analysed);
    }
}
END_TEST

START_TEST(facts_outlive_the_next_regex)
{
    struct arena arena = {0};
    struct required_analyser *analyser = required_create(&arena);
    struct required required[100];

    for (size_t i = 0; i < 100; i++) {
        char text[32];
        struct regex regex = {.text = text};

        regex.length = (size_t)snprintf(text, sizeof text, "jazz number %zu", i);
        ck_assert(required_analyse(analyser, &regex, &required[i]));
    }
    for (size_t i = 0; i < 100; i++) {
        char text[32];
        size_t length = (size_t)snprintf(text, sizeof text, "jazz number %zu", i);

        ck_assert_uint_eq(required[i].count, 1);
        ck_assert_uint_eq(required[i].literals[0].length, length);
        ck_assert_mem_eq(required[i].literals[0].bytes, text, length);
    }
    required_destroy(analyser);
    arena_free(&arena);
}
END_TEST

Suite *required_suite(void);

Suite *required_suite(void)
{
    Suite *suite = suite_create("required");
    TCase *tests = tcase_create("required");

    tcase_add_test(tests, strings_are_joined);
    tcase_add_test(tests, the_rarest_part_is_required);
    tcase_add_test(tests, nothing_is_required);
    tcase_add_test(tests, anchors_are_literal);
    tcase_add_test(tests, margins_before);
    tcase_add_test(tests, margins_after);
    tcase_add_test(tests, many_words_have_margins);
    tcase_add_test(tests, case_is_folded);
    tcase_add_test(tests, syntax_is_read);
    tcase_add_test(tests, lengths);
    tcase_add_test(tests, openings);
    tcase_add_test(tests, both_sides_of_a_line);
    tcase_add_test(tests, digits_and_openings_spare_the_search_within_words);
    tcase_add_test(tests, certain_to_compile);
    tcase_add_test(tests, not_certain_to_compile);
    tcase_add_test(tests, compiles_or_not_facts_hold);
    tcase_add_test(tests, every_byte_may_stand_in_a_regex);
    tcase_add_test(tests, large_regexes_stay_within_bounds);
    tcase_add_test(tests, facts_outlive_the_next_regex);
    suite_add_tcase(suite, tests);
    return suite;
}
