#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/helper.h"
#include "io/patient.h"

static struct helper helper;
static int input[2];

static void start(const char *path)
{
    if (path)
        ck_assert_int_eq(setenv("PATH", path, 1), 0);
    signal(SIGPIPE, SIG_IGN);
    ck_assert(helper_start(&helper, false));
    ck_assert_int_eq(pipe(input), 0);
}

static bool has_gzip(void)
{
    return system("command -v gzip >/dev/null 2>&1") == 0;
}

START_TEST(a_program_that_is_not_there_is_told)
{
    start("/nonexistent");
    ck_assert_int_eq(helper_unpack(&helper, &packings[0], input[0], (struct span){0}), -1);
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_int_eq(helper_pack(&helper, &packings[0], input[1]), -1);
    ck_assert_int_eq(errno, ENOENT);
    helper_stop(&helper);
}
END_TEST

START_TEST(one_that_was_killed_is_told)
{
    start(NULL);
    signal(SIGPIPE, SIG_DFL);
    ck_assert_int_eq(kill(helper.process, SIGKILL), 0);
    ck_assert_int_eq(waitpid(helper.process, NULL, 0), helper.process);
    ck_assert_int_eq(helper_unpack(&helper, &packings[0], input[0], (struct span){0}), -1);
    ck_assert_int_gt(helper_end(&helper, HELPER_UNPACK, true), 0);
    helper_stop(&helper);
}
END_TEST

/* Each row that is left is tried, and told of is the last one. */
START_TEST(a_dumper_that_is_not_there_is_told)
{
    const struct dumper *dumper = dumpers;

    start("/nonexistent");
    ck_assert_int_eq(helper_dump(&helper, &dumper, true, "utf-8", input[0], (struct span){0}), -1);
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_ptr_eq(dumper, dumpers);
    helper_stop(&helper);
}
END_TEST

/* A dumper in a directory of its own that reads all and writes how many KiB it may take. */
static void make_dumper(char path[])
{
    static const char program[] = "#!/bin/sh\nwhile read -r line; do :; done; echo $(ulimit -d)\n";
    char name[64];
    int fd;

    ck_assert_ptr_nonnull(mkdtemp(path));
    snprintf(name, sizeof name, "%s/lynx", path);
    fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0700);
    ck_assert(patient_write_all(fd, program, sizeof program - 1));
    close(fd);
}

static void remove_dumper(const char *path)
{
    char name[64];

    snprintf(name, sizeof name, "%s/lynx", path);
    unlink(name);
    rmdir(path);
}

/* The page, of which the beginning was read, goes on in FD; the exit status. */
static int dump(int fd, char text[32])
{
    char path[] = "/tmp/dumper.XXXXXX";
    const struct dumper *dumper = dumpers;
    int from, status;
    ssize_t count;

    make_dumper(path);
    start(path);
    from = helper_dump(&helper, &dumper, false, "utf-8", fd, (struct span){"<html>\n", 7});
    ck_assert_int_ge(from, 0);
    count = patient_read(from, text, 31);
    ck_assert_int_gt(count, 0);
    text[count] = '\0';
    ck_assert_int_eq((int)patient_read(from, text + count, 1), 0);
    close(from);
    status = helper_end(&helper, HELPER_DUMP, true);
    helper_stop(&helper);
    remove_dumper(path);
    return status;
}

START_TEST(a_dumper_has_so_much_memory)
{
    int fd = open("/dev/null", O_RDONLY);
    char text[32];

    ck_assert_int_eq(dump(fd, text), 0);
    ck_assert_uint_gt(strtoul(text, NULL, 10), 0); /* not `unlimited` */
    ck_assert_uint_le(strtoul(text, NULL, 10), 1024 * 1024);
    close(fd);
}
END_TEST

/* The dumper can't tell it from one that ends there. */
START_TEST(a_page_that_cannot_be_read_on_is_told)
{
    int fd = open("/", O_RDONLY);
    char text[32];

    ck_assert_int_gt(dump(fd, text), 0);
    close(fd);
}
END_TEST

/* What a parent that was taken over could send. */
START_TEST(nonsense_ends_it)
{
    start(NULL);
    ck_assert_int_eq((int)write(helper.socket, "nonsense", 8), 8);
    ck_assert_int_eq(helper_unpack(&helper, &packings[0], input[0], (struct span){0}), -1);
    ck_assert_int_gt(helper_end(&helper, HELPER_UNPACK, true), 0);
    helper_stop(&helper);
}
END_TEST

START_TEST(a_row_that_is_none_ends_it)
{
    start(NULL);
    ck_assert_int_eq(helper_unpack(&helper, &packings[1000], input[0], (struct span){0}), -1);
    ck_assert_int_eq(helper_pack(&helper, &packings[0], input[1]), -1);
    helper_stop(&helper);
}
END_TEST

START_TEST(a_dumper_that_is_none_ends_it)
{
    const struct dumper *dumper = &dumpers[1000];

    start(NULL);
    ck_assert_int_eq(helper_dump(&helper, &dumper, true, "utf-8", input[0], (struct span){0}), -1);
    ck_assert_int_gt(helper_end(&helper, HELPER_DUMP, true), 0);
    helper_stop(&helper);
}
END_TEST

/* Packed into a pipe, and unpacked from it while its first bytes were read already. */
START_TEST(what_is_packed_is_unpacked)
{
    char begun[3], text[16] = "";
    int fd;

    if (!has_gzip())
        return;
    start(NULL);
    fd = helper_pack(&helper, &packings[0], input[1]);
    ck_assert_int_ge(fd, 0);
    ck_assert(patient_write_all(fd, "text\n", 5));
    close(fd);
    ck_assert_int_eq(helper_end(&helper, HELPER_PACK, true), 0);
    close(input[1]);
    ck_assert_int_eq((int)patient_read(input[0], begun, sizeof begun), 3);
    fd = helper_unpack(&helper, &packings[0], input[0], (struct span){begun, sizeof begun});
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq((int)patient_read(fd, text, sizeof text), 5);
    ck_assert_str_eq(text, "text\n");
    ck_assert_int_eq((int)patient_read(fd, text, sizeof text), 0);
    close(fd);
    ck_assert_int_eq(helper_end(&helper, HELPER_UNPACK, true), 0);
    helper_stop(&helper);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left */
}
END_TEST

/* A pipe that nothing more comes from holds nobody up. */
START_TEST(what_is_not_wanted_is_ended)
{
    int fd;

    if (!has_gzip())
        return;
    start(NULL);
    fd = helper_unpack(&helper, &packings[0], input[0], (struct span){packings[0].begin, 3});
    ck_assert_int_ge(fd, 0);
    close(fd);
    ck_assert_int_gt(helper_end(&helper, HELPER_UNPACK, false), 0);
    helper_stop(&helper);
}
END_TEST

Suite *helper_suite(void);

Suite *helper_suite(void)
{
    Suite *suite = suite_create("helper");
    TCase *all = tcase_create("helper");

    tcase_add_test(all, a_program_that_is_not_there_is_told);
    tcase_add_test(all, a_dumper_that_is_not_there_is_told);
    tcase_add_test(all, a_dumper_has_so_much_memory);
    tcase_add_test(all, a_page_that_cannot_be_read_on_is_told);
    tcase_add_test(all, one_that_was_killed_is_told);
    tcase_add_test(all, nonsense_ends_it);
    tcase_add_test(all, a_row_that_is_none_ends_it);
    tcase_add_test(all, a_dumper_that_is_none_ends_it);
    tcase_add_test(all, what_is_packed_is_unpacked);
    tcase_add_test(all, what_is_not_wanted_is_ended);
    suite_add_tcase(suite, all);
    return suite;
}
