#include <stdio.h>

#include "given.h"

static const struct position begin = {.line = 1};

/* What match_line found, as text: the line in slashes, an edit, a protector, hits. */
static void describe(const struct matched *matched, struct given_text *text)
{
    char number[24];
    text->length = 0;
    given_append(text, "/", 1);
    given_append(text, matched->text, matched->length);
    given_append(text, "/", 1);
    if (matched->edited_by != NO_RULE)
        given_append(text, number,
                     (size_t)snprintf(number, sizeof number, " edit %u", matched->edited_by));
    if (matched->is_protected)
        given_append(text, number,
                     (size_t)snprintf(number, sizeof number, " keep %u", matched->protector));
    else
        ck_assert_uint_eq(matched->protector, NO_RULE);
    for (uint32_t i = 0; i < matched->hit_count; i++)
        given_append(text, number,
                     (size_t)snprintf(number, sizeof number, " %u", matched->hits[i]));
}

static void match_text(struct match *match, const char *line, const struct position *position,
                       struct given_text *text)
{
    struct matched matched;
    const size_t length = strlen(line);
    char *copy = malloc(length + 1); /* with nothing behind it that may be read */
    ck_assert_ptr_nonnull(copy);
    copy = realloc(copy, length > 0 ? length : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, line, length);
    ck_assert(match_line(match, copy, length, position, &matched));
    describe(&matched, text);
    free(copy);
}

struct row {
    const char *rules;
    const char *line;
    const char *found;
};

/* Both engines find the same, cold and hot. */
static void check_row(const struct row *row)
{
    static const enum match_way ways[] = {MATCH_PREFILTER, MATCH_PLAIN};
    struct engine *engine = given_engine(row->rules);
    for (size_t i = 0; i < 2; i++) {
        struct match *match = match_create(engine, ways[i]);
        ck_assert_ptr_nonnull(match);
        for (int n = 0; n < 30; n++) {
            struct given_text found;
            match_text(match, row->line, &begin, &found);
            ck_assert_msg(strcmp(found.bytes, row->found) == 0,
                          "%s\non /%s/: %s instead of %s, engine %zu, match %d", row->rules,
                          row->line, found.bytes, row->found, i, n);
        }
        match_destroy(match);
    }
    given_release(engine);
}

static const struct row hits[] = {
    {"drop /x/", "a", "/a/"},
    {"drop /x/", "x", "/x/ 0"},
    {"drop /y/\ndrop /x/", "x", "/x/ 1"},
    {"drop /x/\ndrop /x$/", "x", "/x/ 0"},
    {"cut /x/\ndrop /./", "x", "/x/ 0"},
    {"block lines=1 /x/\ndrop /./", "x", "/x/ 0"},
    {"block /x/ until /y/\nrun 2 /./\ndrop /x/\ndrop /./", "x", "/x/ 0 1 2"},
    {"run 2 /a/\nrun 2 /b/\ncut /c/", "cb", "/cb/ 1 2"},
    /* Strip and keep come first, wherever they stand. */
    {"drop /x/\nkeep /xy/", "xy", "/xy/ keep 0"},
    {"drop /x/\nkeep /xy/", "x", "/x/ 1"},
    {"keep /a/\nkeep /b/\ndrop /./", "ba", "/ba/ keep 0"},
};

START_TEST(hits_in_order_up_to_the_first_that_is_final)
{
    check_row(&hits[_i]);
}
END_TEST

static const struct row strips[] = {
    {"strip /x/", "axbxc", "/abc/ edit 0"},
    {"strip /x/", "xxa", "/a/ edit 0"},
    {"strip /x/", "abc", "/abc/"},
    {"strip /x/ with \"yy\"", "axbxc", "/ayybyyc/ edit 0"},
    {"strip /x/ with \"x\"", "axx", "/axx/ edit 0"},
    {"strip /x/ with \"\\t\\\"\\\\\\x\"", "axb", "/a\t\"\\xb/ edit 0"},
    {"strip /x/ with \"$1\"", "ax", "/a$1/ edit 0"},
    {"strip /^x/", "xxa", "/xa/ edit 0"},
    {"strip /x$/", "axx", "/ax/ edit 0"},
    {"strip /xx/", "axxxb", "/axb/ edit 0"},
    /* Looking back sees what was there, not what is left. */
    {"strip /(?<=a)b/", "abb", "/ab/ edit 0"},
    {"strip /a\\Kb/", "abab", "/aa/ edit 0"},
    /* A match of nothing changes nothing, and the search goes on. */
    {"strip /x*/", "axxb", "/ab/ edit 0"},
    {"strip /x*/ with \"-\"", "axxbx", "/a-b-/ edit 0"},
    {"strip /x*/", "abc", "/abc/"},
    {"strip /$/ with \"-\"", "abc", "/abc/"},
    {"strip /^/ with \"-\"", "abc", "/abc/"},
    {"strip /(?=b)/ with \"-\"", "abc", "/abc/"},
    {"strip /x*/", "\xc3\xa4xx\xe2\x82\xac", "/\xc3\xa4\xe2\x82\xac/ edit 0"},
    {"strip /x*/", "1\xff\x80xx\xe2\x82", "/1\xff\x80\xe2\x82/ edit 0"},
    {"strip /\xc3\xa4/", "\xc3\xc3\xa4\xa4z", "/\xc3\xa4z/ edit 0"},
    {"strip /./",
     "\xff"
     "a\xff",
     "/\xff"
     "a\xff/ 0"},
    /* Each rule sees what the one before it left; the first that changed it is named. */
    {"strip /x/\nstrip /ab/", "axbc", "/c/ edit 0"},
    {"strip /ab/\nstrip /x/", "axbc", "/abc/ edit 1"},
    {"strip /a/ with \"b\"\nstrip /b/ with \"c\"\nstrip /c/ with \"d\"", "a", "/d/ edit 0"},
    {"strip /x/\ndrop /^a$/", "ax", "/a/ edit 0 1"},
    {"strip /x/ with \"Related\"\ndrop /^Related$/", "x", "/Related/ edit 0 1"},
    {"strip max-words=1 /x/\nstrip max-words=1 /y/", "x y z", "/x y z/"},
    {"strip / x/\nstrip max-words=1 /y/", "y x", "/y x/ 0"},
    /* Left without a letter or digit: hit by the first of them, and as it was. */
    {"strip /x/", "x", "/x/ 0"},
    {"strip /x/", "- x -", "/- x -/ 0"},
    {"strip /a/\nstrip /x/", "x", "/x/ 1"},
    {"strip /a/\nstrip /x/", "xa", "/xa/ 0"},
    {"strip /x/", "1x", "/1/ edit 0"},
    {"strip /x/", "\xe6\xb1\x89x", "/\xe6\xb1\x89/ edit 0"},
    {"strip /x/", "\xc2\xb2x", "/\xc2\xb2/ edit 0"},
    {"strip /x/ with \"!\"", "x", "/x/ 0"},
    {"strip /x/\ndrop /./", "x!", "/x!/ 0"},
    {"strip /x/\nkeep /^!/", "x!", "/!/ edit 0 keep 1"},
    {"strip /x/\nkeep /x/", "ax", "/a/ edit 0"},
};

START_TEST(strips_edit_all_there_is)
{
    check_row(&strips[_i]);
}
END_TEST

static const struct row conditions[] = {
    {"drop min-words=3 /a/", "a a", "/a a/"},
    {"drop min-words=3 /a/", "a a a", "/a a a/ 0"},
    {"drop max-words=2 /a/", "a a", "/a a/ 0"},
    {"drop max-words=2 /a/", "a a a", "/a a a/"},
    {"drop max-words=2 /a/", "  a \xc2\xa0 a  ", "/  a \xc2\xa0 a  / 0"},
    {"drop min-chars=3 /\xc3\xa4/", "\xc3\xa4\xc3\xa4", "/\xc3\xa4\xc3\xa4/"},
    {"drop min-chars=3 /a/", "a\xff\xff", "/a\xff\xff/ 0"},
    {"drop max-chars=3 /\xc3\xa4/", "\xc3\xa4\xc3\xa4\xc3\xa4", "/\xc3\xa4\xc3\xa4\xc3\xa4/ 0"},
    {"drop max-chars=3 /a/", "aaaa", "/aaaa/"},
    {"drop max-chars=1 /\xf0\x9f\x98\x80/", "\xf0\x9f\x98\x80", "/\xf0\x9f\x98\x80/ 0"},
    {"drop end=sentence /a/", "a.", "/a./ 0"},
    {"drop end=sentence /a/", "a...", "/a.../"},
    {"drop end=ellipsis /a/", "a [...]", "/a [...]/ 0"},
    {"drop end=ellipsis /a/", "a.", "/a./"},
    {"drop end=colon /a/", "a:", "/a:/ 0"},
    {"drop end=colon /a/", "a", "/a/"},
    {"drop end=none /a/", "a", "/a/ 0"},
    {"drop end=none /a/", "a:", "/a:/"},
    {"drop case=upper /A/", "A1 \xc3\x84!", "/A1 \xc3\x84!/ 0"},
    {"drop case=upper /A/", "A\xc3\xa4", "/A\xc3\xa4/"},
    {"drop case=upper /1/", "1!", "/1!/"},
    {"drop case=title /./", "The Best of It", "/The Best of It/ 0"},
    {"drop case=title /./", "The best of It", "/The best of It/"},
    {"drop case=title /./", "Of It", "/Of It/"},
    {"drop case=title /./", "\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0",
     "/\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0/ 0"},
    {"drop case=title /./", "River 'tisn it", "/River 'tisn it/ 0"},
    {"drop case=title /./", "River 3rdly", "/River 3rdly/ 0"},
    {"drop case=title /./", "abc4defg Long", "/abc4defg Long/ 0"},
    {"drop case=title /./", "River_bridge", "/River_bridge/"},
    {"drop case=title /./", "River-bridge", "/River-bridge/"},
    {"drop case=title /./", "River-Bridge a", "/River-Bridge a/ 0"},
    {"drop case=title /./", "lonG Long", "/lonG Long/"},
    {"drop case=title /./", "a the of", "/a the of/"},
    {"drop case=upper /./", "12 + 3", "/12 + 3/"},
    {"drop case=upper /./", "ABCD, 12", "/ABCD, 12/ 0"},
    {"drop digits=50 /1/", "1 a", "/1 a/ 0"},
    {"drop digits=51 /1/", "1 a", "/1 a/"},
    {"drop digits=100 /1/", "1 1", "/1 1/ 0"},
    {"drop bullet /a/", "* a", "/* a/ 0"},
    {"drop bullet /a/", "12. a", "/12. a/ 0"},
    {"drop bullet /a/", "*a", "/*a/"},
    {"drop max-words=0 /a/", "a", "/a/"},
    {"drop max-chars=0 /a/", "a", "/a/"},
    {"drop min-words=1000000000 /a/", "a", "/a/"},
    {"drop min-words=2 max-words=2 end=none case=upper /A/", "A B", "/A B/ 0"},
    {"drop min-words=2 max-words=2 end=none case=upper /A/", "A B.", "/A B./"},
    /* Conditions look at the line as strip left it. */
    {"strip / x/\ndrop max-words=1 /a/", "a x", "/a/ edit 0 1"},
    {"strip /\\.$/\ndrop end=none /a/", "a.", "/a/ edit 0 1"},
    {"keep max-words=1 /a/\ndrop /a/", "a a", "/a a/ 1"},
};

START_TEST(every_condition_must_hold)
{
    check_row(&conditions[_i]);
}
END_TEST

START_TEST(positions_in_the_document)
{
    static const struct {
        const char *rule;
        struct position position;
        bool hits;
    } rows[] = {
        {"drop first=2 /a/", {.line = 1, .words = 0}, true},
        {"drop first=2 /a/", {.line = 2, .words = 99}, true},
        {"drop first=2 /a/", {.line = 3, .words = 0}, false},
        {"drop after=5w /a/", {.line = 1, .words = 4}, false},
        {"drop after=5w /a/", {.line = 1, .words = 5}, true},
        {"drop after=5w /a/", {.line = 1, .words = 1000}, true},
        {"drop first=2 after=1w /a/", {.line = 2, .words = 1}, true},
        {"drop first=2 after=1w /a/", {.line = 3, .words = 1}, false},
        {"drop first=2 after=1w /a/", {.line = 2, .words = 0}, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct engine *engine = given_engine(rows[i].rule);
        struct match *match = match_create(engine, MATCH_PREFILTER);
        struct given_text found;
        ck_assert_ptr_nonnull(match);
        match_text(match, "a", &rows[i].position, &found);
        ck_assert_msg(strcmp(found.bytes, rows[i].hits ? "/a/ 0" : "/a/") == 0, "%s on line %d",
                      rows[i].rule, (int)rows[i].position.line);
        match_destroy(match);
        given_release(engine);
    }
}
END_TEST

START_TEST(after_a_cut_only_keep_rules_matter)
{
    static const struct {
        const char *rules, *found;
    } rows[] = {{"drop /a/", "/a/"}, {"drop /a/\nkeep /a/", "/a/ keep 0"}};
    const struct position position = {.line = 2, .is_cut = true};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct engine *engine = given_engine(rows[i].rules);
        struct match *match = match_create(engine, MATCH_PREFILTER);
        struct given_text found;
        ck_assert_ptr_nonnull(match);
        match_text(match, "a", &position, &found);
        ck_assert_str_eq(found.bytes, rows[i].found);
        match_destroy(match);
        given_release(engine);
    }
}
END_TEST

START_TEST(sections_are_chosen_for_each_document)
{
    struct engine *engine =
        given_engine("drop /a/\n[lang de]\ndrop /b/\n[host x.org]\nkeep /a/\n[]\ndrop /c/\n");
    static const struct {
        const char *host, *language, *on_a, *on_b, *on_c;
    } rows[] = {{NULL, NULL, "/a/ 1", "/b/", "/c/ 3"},
                {NULL, "de", "/a/ 1", "/b/ 2", "/c/ 3"},
                {"x.org", NULL, "/a/ keep 0", "/b/", "/c/ 3"},
                {"x.org", "de-CH", "/a/ keep 0", "/b/ 2", "/c/ 3"},
                {"y.org", "en", "/a/ 1", "/b/", "/c/ 3"}};
    struct match *match = match_create(engine, MATCH_PREFILTER);
    ck_assert_ptr_nonnull(match);
    for (size_t i = 0; i < 2 * (sizeof rows / sizeof *rows); i++) {
        const size_t n = i % (sizeof rows / sizeof *rows);
        struct given_text found;
        match_document(match, rows[n].host, rows[n].language);
        match_text(match, "a", &begin, &found);
        ck_assert_str_eq(found.bytes, rows[n].on_a);
        match_text(match, "b", &begin, &found);
        ck_assert_str_eq(found.bytes, rows[n].on_b);
        match_text(match, "c", &begin, &found);
        ck_assert_str_eq(found.bytes, rows[n].on_c);
    }
    match_destroy(match);
    given_release(engine);
}
END_TEST

/* The rules `run 2 /x/`, COUNT times, then the last one. */
static struct engine *many_runs(int count, const char *last)
{
    struct given_text statements = {.length = 0};
    for (int i = 0; i < count; i++)
        given_append(&statements, "run 2 /x/\n", 10);
    given_append(&statements, last, strlen(last));
    return given_engine(statements.bytes);
}

START_TEST(the_last_of_many_hits_is_the_final_one)
{
    static const char *const finals[] = {"drop /x/", "cut /x/", "block paras=1 /x/"};
    for (uint32_t count = 0; count < 3 * MATCH_HITS; count++) {
        struct engine *engine = many_runs((int)count, finals[count % 3]);
        struct match *match = match_create(engine, MATCH_PREFILTER);
        const uint32_t others = count < MATCH_HITS ? count : MATCH_HITS - 1;
        struct matched matched;
        ck_assert_ptr_nonnull(match);
        ck_assert(match_line(match, "x", 1, &begin, &matched));
        ck_assert_uint_eq(matched.hit_count, others + 1);
        for (uint32_t i = 0; i < others; i++)
            ck_assert_uint_eq(matched.hits[i], i);
        ck_assert_uint_eq(matched.hits[others], count);
        match_destroy(match);
        given_release(engine);
    }
}
END_TEST

START_TEST(many_hits_without_a_final_one)
{
    for (uint32_t count = 1; count < 2 * MATCH_HITS; count++) {
        struct engine *engine = many_runs((int)count - 1, "block /x/ until /y/");
        struct match *match = match_create(engine, MATCH_PREFILTER);
        struct matched matched;
        ck_assert_ptr_nonnull(match);
        ck_assert(match_line(match, "x", 1, &begin, &matched));
        ck_assert_uint_eq(matched.hit_count, count < MATCH_HITS ? count : MATCH_HITS - 1);
        match_destroy(match);
        given_release(engine);
    }
}
END_TEST

#define SLOW "/^(?:a+)+$/"
#define SLOW_LINE "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"

START_TEST(a_limit_protects_and_is_counted)
{
    static const struct {
        const char *rules;
        uint32_t limited;
    } rows[] = {{"drop " SLOW "\ndrop /./", 0},
                {"strip " SLOW "\ndrop /./", 0},
                {"keep " SLOW "\ndrop /./", 0},
                {"run 2 /b/\ndrop " SLOW "\ndrop /./", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct engine *engine = given_engine(rows[i].rules);
        struct match *match = match_create(engine, MATCH_PREFILTER);
        struct matched matched;
        ck_assert_ptr_nonnull(match);
        for (uint64_t lines = 1; lines <= 3; lines++) {
            ck_assert(match_line(match, SLOW_LINE, strlen(SLOW_LINE), &begin, &matched));
            ck_assert(matched.is_protected);
            ck_assert_uint_eq(matched.protector, rows[i].limited);
            ck_assert_uint_eq(matched.hit_count, 0);
            ck_assert_uint_eq(match_limited(match, rows[i].limited), lines);
        }
        for (uint32_t rule = 0; rule < engine->rules->count; rule++)
            ck_assert(rule == rows[i].limited || match_limited(match, rule) == 0);
        match_destroy(match);
        given_release(engine);
    }
}
END_TEST

#define SLOW_PART "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac b"

/* Whether ways are tried or the whole regex, the same comes of it, at the limit too. */
START_TEST(limits_are_those_of_the_whole_regex)
{
    static const struct {
        const char *rule, *line;
        bool is_hit, is_limited;
    } rows[] = {
        /* a way comes to its limit, the whole regex finds what another way would have */
        {"drop /newsletter (?:a+)+b|\\w@\\w/", "x@y newsletter " SLOW_PART, true, false},
        /* and here neither does */
        {"drop /newsletter (?:a+)+b|\\w@\\w/", "newsletter " SLOW_PART, false, true},
        {"drop /newsletter (?:a+)+b|\\w@\\w/", "newsletter " SLOW_PART " x@y", false, true},
        /* only what can't match would come to the limit */
        {"drop /(?:a+)+b newsletter|\\w@\\w/", SLOW_PART " x@y", true, false},
        {"drop /(?:a+)+b newsletter|\\w@\\w/", SLOW_PART, false, false},
        {"drop /(?:a+)+b newsletter|\\w@\\w/", SLOW_PART " newsletter x@y", false, true},
        /* a rule that the prefilter never names */
        {"mark slow is=some " SLOW "\nmark some /a/\nweigh 1 /zzz/", SLOW_LINE, false, true},
    };

    for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; i++) {
        struct engine *engine = given_engine(rows[i / 2].rule);
        struct match *match = match_create(engine, i % 2 ? MATCH_PLAIN : MATCH_PREFILTER);
        const char *line = rows[i / 2].line;
        struct matched matched;

        ck_assert_ptr_nonnull(match);
        ck_assert(match_line(match, line, strlen(line), &begin, &matched));
        ck_assert_msg(matched.hit_count == rows[i / 2].is_hit &&
                          matched.is_protected == rows[i / 2].is_limited &&
                          match_any_limited(match) == rows[i / 2].is_limited,
                      "%s on %s, engine %zu: %zu hits, protected %d", rows[i / 2].rule, line, i % 2,
                      (size_t)matched.hit_count, matched.is_protected);
        match_destroy(match);
        given_release(engine);
    }
}
END_TEST

/* A condition of the program's own must not run into the rule's limit unseen. */
START_TEST(conditions_hold_at_the_lowest_limit)
{
    struct given_text title = {.length = 0}, found, wanted = {.length = 0};
    struct engine *engine =
        given_engine("set match-limit 100\nkeep case=title /Zz/\ndrop /Zz/\nstrip /yy/");
    struct match *match = match_create(engine, MATCH_PREFILTER);
    ck_assert_ptr_nonnull(match);
    for (int i = 0; i < 400; i++)
        given_append(&title, "Title, of it ", 13);
    given_append(&title, "Zz", 2);
    given_append(&wanted, "/", 1);
    given_append(&wanted, title.bytes, title.length);
    given_append(&wanted, "/ keep 1", 8);
    for (int n = 0; n < 50; n++) {
        match_text(match, title.bytes, &begin, &found);
        ck_assert_msg(strcmp(found.bytes, wanted.bytes) == 0, "match %d: %s", n,
                      found.bytes + title.length);
    }
    match_destroy(match);
    given_release(engine);
}
END_TEST

START_TEST(until_matches_and_its_limit_does_not)
{
    struct engine *engine = given_engine("block /x/ until " SLOW "\n");
    struct match *match = match_create(engine, MATCH_PREFILTER);
    ck_assert_ptr_nonnull(match);
    ck_assert(match_until(match, 0, "aaa", 3));
    ck_assert(!match_until(match, 0, "b", 1));
    ck_assert_uint_eq(match_limited(match, 0), 0);
    ck_assert(!match_until(match, 0, SLOW_LINE, strlen(SLOW_LINE)));
    ck_assert_uint_eq(match_limited(match, 0), 1);
    match_destroy(match);
    given_release(engine);
}
END_TEST

START_TEST(alone_a_rule_has_its_line_conditions_only)
{
    struct engine *engine = given_engine("drop first=1 after=9w max-words=2 /a/\n[host x.org]\n"
                                         "drop /b/\n[]\nkeep /a/\nstrip /a/\n");
    struct match *match = match_create(engine, MATCH_PREFILTER);
    ck_assert_ptr_nonnull(match);
    for (uint32_t rule = 0; rule < engine->rules->count; rule++) {
        const bool on_b = engine->rules->items[rule].section != 0;
        const bool counts = rule_asks(&engine->rules->items[rule], FACT_WORDS).most == 2;
        ck_assert(match_alone(match, rule, "a", 1) == !on_b);
        ck_assert(match_alone(match, rule, "b", 1) == on_b);
        ck_assert(match_alone(match, rule, "a a a", 5) == (!on_b && !counts));
    }
    match_destroy(match);
    given_release(engine);
}
END_TEST

/* Random rules and lines. */

static uint64_t random_state;

static unsigned random_below(unsigned limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)((random_state >> 16) % limit);
}

#define PICK(list) ((list)[random_below(sizeof(list) / sizeof *(list))])

static void append(struct given_text *text, const char *bytes)
{
    given_append(text, bytes, strlen(bytes));
}

static const char *const pieces[] = {
    "share",    "Share",    "SHARE",    "this", "on",       " ",        "  ",
    "\xc3\xa4", "\xc3\x84", "\xff",     "1",    ".",        "\xc5\xbf", "\xe2\x84\xaa",
    "k",        "K",        "facebook", "ss",   "\xc3\x9f", "!",        "\xe2\x82",
    "\t",       "|",
};

static const char *const expressions[] = {
    "share",     "share this",    "^share",     "share$",      "(?:share|on)", "sha?re",
    "[sS]hare",  "\\bon\\b",      "share.*on",  "k",           "ss",           "\xc3\xa4",
    "^\\W*this", "s{2}",          "(?i:share)", "this|1",      "^$",           ".",
    "x*",        "\\d",           "on+",        "(?=share)sh", "share\\b",     "(?<=share ).",
    "\\x{17f}",  "\\xc3\\xa4|on", "[^s]hare",   "^.{3}$",
};

static const char *const openings[] = {
    "drop",           "drop max-words=2",  "keep min-chars=9",        "strip",
    "run 2",          "cut max-chars=5",   "block lines=1",           "drop end=none",
    "strip digits=5", "run 3 min-words=2", "drop first=3 case=upper", "drop after=2w",
};

START_TEST(engines_find_the_same)
{
    random_state = 88172645463325252u + (uint64_t)_i;
    for (int set = 0; set < 60; set++) {
        struct given_text statements = {.length = 0}, line, plain_found, found;
        for (unsigned n = 1 + random_below(20); n > 0; n--) {
            append(&statements, PICK(openings));
            append(&statements, " /");
            append(&statements, PICK(expressions));
            append(&statements, random_below(2) == 0 ? "/i\n" : "/\n");
        }
        struct engine *engine = given_engine(statements.bytes);
        struct match *plain = match_create(engine, MATCH_PLAIN);
        struct match *prefilter = match_create(engine, MATCH_PREFILTER);
        ck_assert_ptr_nonnull(plain);
        ck_assert_ptr_nonnull(prefilter);
        for (int n = 0; n < 100; n++) {
            const struct position position = {.line = 1 + random_below(5),
                                              .words = random_below(4)};
            line.length = 0;
            line.bytes[0] = '\0';
            for (unsigned left = random_below(6); left > 0; left--)
                append(&line, PICK(pieces));
            match_text(plain, line.bytes, &position, &plain_found);
            match_text(prefilter, line.bytes, &position, &found);
            ck_assert_msg(strcmp(found.bytes, plain_found.bytes) == 0, "%s%s\n%s\n%s",
                          statements.bytes, line.bytes, found.bytes, plain_found.bytes);
        }
        match_destroy(plain);
        match_destroy(prefilter);
        given_release(engine);
    }
}
END_TEST

Suite *match_suite(void);

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

Suite *match_suite(void)
{
    Suite *suite = suite_create("match");
    TCase *lines = tcase_create("lines");
    tcase_add_loop_test(lines, hits_in_order_up_to_the_first_that_is_final, 0, COUNT(hits));
    tcase_add_loop_test(lines, strips_edit_all_there_is, 0, COUNT(strips));
    tcase_add_loop_test(lines, every_condition_must_hold, 0, COUNT(conditions));
    tcase_add_test(lines, positions_in_the_document);
    tcase_add_test(lines, after_a_cut_only_keep_rules_matter);
    tcase_add_test(lines, sections_are_chosen_for_each_document);
    tcase_add_test(lines, the_last_of_many_hits_is_the_final_one);
    tcase_add_test(lines, many_hits_without_a_final_one);
    tcase_add_test(lines, a_limit_protects_and_is_counted);
    tcase_add_test(lines, limits_are_those_of_the_whole_regex);
    tcase_add_test(lines, conditions_hold_at_the_lowest_limit);
    tcase_add_test(lines, until_matches_and_its_limit_does_not);
    tcase_add_test(lines, alone_a_rule_has_its_line_conditions_only);
    tcase_add_loop_test(lines, engines_find_the_same, 0, 4);
    suite_add_tcase(suite, lines);
    return suite;
}
