#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/sink.h"

static char directory[] = "/tmp/check_sink.XXXXXX";
static struct sink *sink;

static void make_directory(void)
{
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert_int_eq(chdir(directory), 0);
    sink = sink_create();
    ck_assert_ptr_nonnull(sink);
}

static void remove_directory(void)
{
    DIR *stream = opendir(".");
    struct dirent *entry;
    sink_destroy(sink);
    ck_assert_ptr_nonnull(stream);
    while ((entry = readdir(stream)) != NULL)
        if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2)
            unlink(entry->d_name);
    closedir(stream);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(directory), 0);
    strcpy(directory + strlen(directory) - 6, "XXXXXX");
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void expect_file(const char *name, const char *wanted)
{
    char text[100] = "";
    FILE *file = fopen(name, "r");
    ck_assert_msg(file != NULL, "%s", name);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_str_eq(text, wanted);
}

static int count_files(void)
{
    DIR *stream = opendir(".");
    int count = 0;
    ck_assert_ptr_nonnull(stream);
    while (readdir(stream) != NULL)
        count++;
    closedir(stream);
    return count - 2;
}

static void put(const char *text)
{
    ck_assert(writer_put(sink->writer, text, strlen(text)));
}

START_TEST(a_file_is_replaced_at_the_commit)
{
    write_file("f", "old");
    ck_assert(sink_open(sink, "f", false));
    put("new");
    ck_assert(sink_flush(sink));
    expect_file("f", "old");
    ck_assert(sink_commit(sink, NULL));
    expect_file("f", "new");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(a_new_file_appears_at_the_commit)
{
    ck_assert(sink_open(sink, "f", false));
    put("new");
    ck_assert_int_ne(access("f", F_OK), 0);
    ck_assert(sink_commit(sink, NULL));
    expect_file("f", "new");
}
END_TEST

START_TEST(a_backup_is_kept_under_the_suffix)
{
    write_file("f", "old");
    ck_assert(sink_open(sink, "f", false));
    put("new");
    ck_assert(sink_commit(sink, ".bak"));
    expect_file("f", "new");
    expect_file("f.bak", "old");
    ck_assert_int_eq(count_files(), 2);
}
END_TEST

START_TEST(an_abort_leaves_the_file)
{
    write_file("f", "old");
    ck_assert(sink_open(sink, "f", false));
    put("new");
    ck_assert(sink_flush(sink));
    sink_abort(sink);
    expect_file("f", "old");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(destroying_aborts)
{
    write_file("f", "old");
    ck_assert(sink_open(sink, "f", false));
    put("new");
    sink_destroy(sink);
    expect_file("f", "old");
    ck_assert_int_eq(count_files(), 1);
    sink = NULL;
}
END_TEST

START_TEST(many_files_one_after_the_other)
{
    for (int i = 0; i < 6; i++) {
        char name[] = {(char)('a' + i), '\0'};
        write_file(name, "old");
        ck_assert(sink_open(sink, name, false));
        put(name);
        if (i % 2 == 0)
            ck_assert(sink_commit(sink, NULL));
        else
            sink_abort(sink);
        expect_file(name, i % 2 == 0 ? name : "old");
    }
    ck_assert_int_eq(count_files(), 6);
}
END_TEST

/* Runs BODY with standard output in the file `out`. */
static int redirect(void)
{
    const int saved = dup(STDOUT_FILENO);
    const int fd = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(saved, 0);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(fflush(stdout), 0);
    ck_assert_int_eq(dup2(fd, STDOUT_FILENO), STDOUT_FILENO);
    close(fd);
    return saved;
}

static void restore(int saved)
{
    ck_assert_int_eq(dup2(saved, STDOUT_FILENO), STDOUT_FILENO);
    close(saved);
}

START_TEST(standard_output_is_written_as_it_comes)
{
    const int saved = redirect();
    ck_assert(sink_open(sink, NULL, false));
    put("one ");
    ck_assert(sink_flush(sink));
    expect_file("out", "one ");
    put("two");
    ck_assert(sink_commit(sink, ".bak"));
    restore(saved);
    expect_file("out", "one two");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(opening_fails_with_a_reason)
{
    static const struct {
        const char *path;
        int error;
    } rows[] = {{".", EISDIR}, {"nowhere/f", ENOENT}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert(!sink_open(sink, rows[i].path, false));
        ck_assert_int_eq(sink->error, rows[i].error);
        ck_assert_ptr_nonnull(sink->fault);
        ck_assert_int_eq(count_files(), 0);
    }
    ck_assert(sink_open(sink, "f", false));
    ck_assert(sink_commit(sink, NULL));
    expect_file("f", "");
}
END_TEST

/* A put that fails is told by the abort, or by the commit, and harms nothing. */
START_TEST(failed_writes_leave_the_file)
{
    for (int commits = 0; commits < 2; commits++) {
        write_file("f", "old");
        ck_assert(sink_open(sink, "f", false));
        put("new");
        const int reader = open("f", O_RDONLY);
        ck_assert_int_ge(reader, 0);
        ck_assert_int_eq(dup2(reader, replacement_fd(sink->replacement)),
                         replacement_fd(sink->replacement));
        close(reader);
        if (commits) {
            ck_assert(!sink_commit(sink, ".bak"));
        } else {
            ck_assert(!sink_flush(sink));
            sink_abort(sink);
        }
        ck_assert_int_eq(sink->error, EBADF);
        ck_assert_str_eq(sink->fault, "f");
        expect_file("f", "old");
        ck_assert_int_eq(count_files(), 1);
    }
}
END_TEST

START_TEST(a_full_device_is_noticed)
{
    if (access("/dev/full", W_OK) != 0)
        return;
    ck_assert(sink_open(sink, "/dev/full", false));
    put("text");
    ck_assert(!sink_commit(sink, NULL));
    ck_assert_int_eq(sink->error, ENOSPC);
    ck_assert_str_eq(sink->fault, "/dev/full");
}
END_TEST

START_TEST(what_has_changed_is_left)
{
    for (int prepared = 0; prepared < 2; prepared++) {
        write_file("f", "old");
        ck_assert(sink_open(sink, "f", true));
        sink_watch(sink);
        put("new");
        if (prepared)
            ck_assert(sink_prepare(sink, NULL));
        write_file("f", "grown");
        ck_assert(!sink_commit(sink, ".bak"));
        ck_assert_str_eq(sink->fault, "f");
        ck_assert_str_eq(sink_reason(sink), "changed while it was read, so it is left as it is");
        expect_file("f", "grown");
        ck_assert_int_eq(count_files(), 1);
    }
}
END_TEST

Suite *sink_suite(void);

Suite *sink_suite(void)
{
    Suite *suite = suite_create("sink");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, make_directory, remove_directory);
    tcase_add_test(files, a_file_is_replaced_at_the_commit);
    tcase_add_test(files, a_new_file_appears_at_the_commit);
    tcase_add_test(files, a_backup_is_kept_under_the_suffix);
    tcase_add_test(files, an_abort_leaves_the_file);
    tcase_add_test(files, destroying_aborts);
    tcase_add_test(files, many_files_one_after_the_other);
    tcase_add_test(files, standard_output_is_written_as_it_comes);
    tcase_add_test(files, opening_fails_with_a_reason);
    tcase_add_test(files, failed_writes_leave_the_file);
    tcase_add_test(files, a_full_device_is_noticed);
    tcase_add_test(files, what_has_changed_is_left);
    suite_add_tcase(suite, files);
    return suite;
}
