#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/identity.h"

static char directory[] = "/tmp/check_identity.XXXXXX";

static void touch(const char *name)
{
    const int fd = open(name, O_WRONLY | O_CREAT, 0600);
    ck_assert_int_ge(fd, 0);
    close(fd);
}

static void make_directory(void)
{
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert_int_eq(chdir(directory), 0);
    ck_assert_int_eq(mkdir("d", 0700), 0);
    ck_assert_int_eq(symlink("d", "to-d"), 0);
    touch("file");
    touch("other");
    ck_assert_int_eq(symlink("file", "to-file"), 0);
    ck_assert_int_eq(symlink("to-file", "to-to-file"), 0);
    ck_assert_int_eq(link("file", "also-file"), 0);
    ck_assert_int_eq(symlink("d/new", "to-new"), 0);
    ck_assert_int_eq(symlink("loop", "loop"), 0);
}

static void remove_directory(void)
{
    static const char *const names[] = {"to-d",       "file",      "other",  "to-file",
                                        "to-to-file", "also-file", "to-new", "loop"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_int_eq(unlink(names[i]), 0);
    ck_assert_int_eq(rmdir("d"), 0);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(directory), 0);
}

static bool is_same(const char *one, const char *other)
{
    struct identity a, b;
    ck_assert(identity_of_path(&a, one, ""));
    ck_assert(identity_of_path(&b, other, ""));
    const bool same = identity_is_same(&a, &b);
    ck_assert(identity_is_same(&b, &a) == same);
    identity_free(&a);
    identity_free(&b);
    return same;
}

START_TEST(spellings_and_links_are_one_file)
{
    static const struct {
        const char *one, *other;
        bool same;
    } rows[] = {
        {"file", "./file", true},
        {"file", "d/../file", true},
        {"file", "to-d/../file", true},
        {"file", "to-file", true},
        {"file", "to-to-file", true},
        {"file", "also-file", true},
        {"file", "other", false},
        {"file", "new", false},
        {"new", "./new", true},
        {"d/new", "to-d/new", true},
        {"to-new", "to-d/new", true},
        {"new", "d/new", false},
        {"new", "newer", false},
        {"loop", "loop", false},
        {"nowhere/new", "new", false},
        {"d", "to-d", false},
        {"/dev/null", "/dev/null", false},
        {"nowhere/new", "nowhere/new", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(is_same(rows[i].one, rows[i].other) == rows[i].same, "%s, %s", rows[i].one,
                      rows[i].other);
}
END_TEST

START_TEST(descriptors_are_the_files_behind_them)
{
    struct identity opened, named, closed, path;
    char name[30];
    const int fd = open("file", O_RDONLY);
    ck_assert_int_ge(fd, 0);
    snprintf(name, sizeof name, "/dev/fd/%d", fd);
    identity_of_descriptor(&opened, fd);
    ck_assert(identity_of_path(&path, "to-file", ""));
    ck_assert(identity_of_path(&named, name, ""));
    ck_assert(opened.is_regular && named.is_regular && path.is_regular);
    ck_assert(identity_is_same(&opened, &path));
    ck_assert(identity_is_same(&opened, &named));
    ck_assert_ptr_null(named.name);
    ck_assert_str_eq(path.name, "file");
    close(fd);
    identity_of_descriptor(&closed, fd);
    ck_assert(!identity_is_same(&closed, &closed));
    identity_free(&path);
}
END_TEST

START_TEST(a_suffix_stands_behind_the_links)
{
    struct identity backup, path;
    ck_assert(identity_of_path(&backup, "to-file", ".bak"));
    ck_assert(identity_of_path(&path, "./file.bak", ""));
    ck_assert_str_eq(backup.name, "file.bak");
    ck_assert(!backup.exists);
    ck_assert(identity_is_same(&backup, &path));
    ck_assert_int_eq(identity_compare_places(&backup, &path), 0);
    identity_free(&backup);
    identity_free(&path);
}
END_TEST

START_TEST(a_pipe_is_one_from_both_ends)
{
    struct identity ends[2];
    int fds[2];
    ck_assert_int_eq(pipe(fds), 0);
    for (int i = 0; i < 2; i++) {
        identity_of_descriptor(&ends[i], fds[i]);
        close(fds[i]);
        ck_assert(!ends[i].is_regular);
    }
    if (ends[0].has_contents)
        ck_assert(identity_is_same(&ends[0], &ends[1]));
}
END_TEST

Suite *identity_suite(void);

Suite *identity_suite(void)
{
    Suite *suite = suite_create("identity");
    TCase *names = tcase_create("names");
    tcase_add_checked_fixture(names, make_directory, remove_directory);
    tcase_add_test(names, spellings_and_links_are_one_file);
    tcase_add_test(names, descriptors_are_the_files_behind_them);
    tcase_add_test(names, a_suffix_stands_behind_the_links);
    tcase_add_test(names, a_pipe_is_one_from_both_ends);
    suite_add_tcase(suite, names);
    return suite;
}
