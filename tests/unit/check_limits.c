#include "given.h"

#include "rules/limits.h"

START_TEST(a_ceiling_is_taken_by_its_name)
{
    static const struct {
        const char *text;
        enum limit limit;
        uint64_t most;
    } rows[] = {{"rules=1", LIMIT_RULES, 1},
                {"rules=2k", LIMIT_RULES, 2048},
                {"rule-bytes=3M", LIMIT_RULE_BYTES, UINT64_C(3) << 20},
                {"rule-bytes=1024G", LIMIT_RULE_BYTES, UINT64_C(1) << 40},
                {"hold-lines=65536", LIMIT_HOLD_LINES, 65536},
                {"hold-bytes=67108864", LIMIT_HOLD_BYTES, 1u << 26},
                {"match-limit=1G", LIMIT_MATCH, 1u << 30},
                {"growth=1", LIMIT_GROWTH, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct limits limits = limits_defaults();
        ck_assert_msg(limits_take(&limits, rows[i].text), "%s", rows[i].text);
        ck_assert_uint_eq(limits.most[rows[i].limit], rows[i].most);
        limits.most[rows[i].limit] = limits_defaults().most[rows[i].limit];
        for (size_t j = 0; j < LIMITS; j++)
            ck_assert_uint_eq(limits.most[j], limits_defaults().most[j]);
    }
}
END_TEST

START_TEST(what_is_no_ceiling_is_refused)
{
    static const char *const rows[] = {"",
                                       "=",
                                       "=1",
                                       "rules",
                                       "rules=",
                                       "rules=0",
                                       "rules=-1",
                                       "rules=+1",
                                       "rules= 1",
                                       "rules=1x",
                                       "rules=1kk",
                                       "rules=k",
                                       "rule=1",
                                       "rulesx=1",
                                       "Rules=1",
                                       "rules=4G",
                                       "hold-lines=65537",
                                       "hold-bytes=65M",
                                       "match-limit=1073741825",
                                       "rules=18446744073709551617",
                                       "rule-bytes=999999999999999G"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct limits limits = limits_defaults();
        ck_assert_msg(!limits_take(&limits, rows[i]), "%s", rows[i]);
        for (size_t j = 0; j < LIMITS; j++)
            ck_assert_uint_eq(limits.most[j], limits_defaults().most[j]);
    }
}
END_TEST

/* A ceiling of a parameter has its name, and no default is above one. */
START_TEST(ceilings_fit_the_parameters)
{
    const struct limits limits = limits_defaults();
    const struct parameters defaults = syntax_defaults();
    struct parameters parameters = defaults;
    uint64_t most;
    limits_lower(&limits, &parameters);
    ck_assert_uint_eq(parameters.hold_lines, defaults.hold_lines);
    ck_assert_uint_eq(parameters.hold_bytes, defaults.hold_bytes);
    ck_assert_uint_eq(parameters.match_limit, defaults.match_limit);
    for (enum limit limit = LIMIT_HOLD_LINES; limit < LIMITS; limit++) {
        const char *name = limits_name(limit);
        const struct syntax_parameter *row = syntax_parameter(name, strlen(name));
        ck_assert_ptr_nonnull(row);
        ck_assert_uint_gt(limits.most[limit], row->initial);
        ck_assert(limits_allow(&limits, row, limits.most[limit], &most));
        ck_assert(!limits_allow(&limits, row, limits.most[limit] + 1, &most));
        ck_assert_uint_eq(most, limits.most[limit]);
    }
}
END_TEST

START_TEST(a_lower_ceiling_lowers_what_is_not_set)
{
    struct limits limits = limits_defaults();
    struct parameters parameters = syntax_defaults();
    ck_assert(limits_take(&limits, "hold-lines=7"));
    limits_lower(&limits, &parameters);
    ck_assert_uint_eq(parameters.hold_lines, 7);
    ck_assert_uint_eq(parameters.short_words, syntax_defaults().short_words);
}
END_TEST

Suite *limits_suite(void);

Suite *limits_suite(void)
{
    Suite *suite = suite_create("limits");
    TCase *all = tcase_create("limits");
    tcase_add_test(all, a_ceiling_is_taken_by_its_name);
    tcase_add_test(all, what_is_no_ceiling_is_refused);
    tcase_add_test(all, ceilings_fit_the_parameters);
    tcase_add_test(all, a_lower_ceiling_lowers_what_is_not_set);
    suite_add_tcase(suite, all);
    return suite;
}
