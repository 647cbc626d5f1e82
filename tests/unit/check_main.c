/*
 * check_main -- runs the Check suites of all modules.
 *
 * Model:     one suite a module, check_NAME.c with `Suite *NAME_suite(void)`. The
 *            Makefile writes check_suites.h from the files that are there.
 * Arguments: names of suites; none means all.
 * Errors:    failures are printed, then one line "unit: N passed, N failed"; the
 *            exit status is 1 if a test failed or a suite is unknown.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_suites.h"

struct suite_row {
    const char *name;
    Suite *(*create)(void);
};

static const struct suite_row suite_rows[] = {CHECK_SUITES{NULL, NULL}};

static int is_wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return 1;
    return argc < 2;
}

int main(int argc, char **argv)
{
    SRunner *runner = srunner_create(NULL);
    int suites = 0;
    for (const struct suite_row *row = suite_rows; row->name != NULL; row++) {
        if (is_wanted(row->name, argc, argv)) {
            srunner_add_suite(runner, row->create());
            suites++;
        }
    }
    if (argc > 1 && suites != argc - 1) {
        fputs("check_dechaff: unknown suite; the suites are:", stderr);
        for (const struct suite_row *row = suite_rows; row->name != NULL; row++)
            fprintf(stderr, " %s", row->name);
        fputs("\n", stderr);
        return EXIT_FAILURE;
    }
    srunner_run_all(runner, CK_ENV);
    int run = srunner_ntests_run(runner);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    printf("unit: %d passed, %d failed\n", run - failed, failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
