#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* O_TMPFILE, RTLD_NEXT */
#endif

#include <check.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/replacement.h"

/* The user nobody on most systems; any other than root will do. */
#define SOMEBODY 65534

/*
 * These take the place of the C library's functions in the test program: calls fail with this
 * error, if it is not 0.
 */
static int link_error;
static int fchown_error;
static bool has_no_unnamed;

static int injected(int error)
{
    errno = error;
    return -1;
}

/* The next definition of a function: an object's address that POSIX says may be a function's. */
static void find(void *function, const char *name)
{
    void *address = dlsym(RTLD_NEXT, name);
    memcpy(function, &address, sizeof address);
}

int linkat(int from_directory, const char *from, int to_directory, const char *to, int flags)
{
    int (*function)(int, const char *, int, const char *, int);
    find(&function, "linkat");
    return link_error ? injected(link_error)
                      : function(from_directory, from, to_directory, to, flags);
}

int openat(int at, const char *path, int flags, ...)
{
    int (*function)(int, const char *, int, ...);
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = flags & O_CREAT || strcmp(path, ".") == 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    find(&function, "openat");
    return has_no_unnamed && strcmp(path, ".") == 0 ? injected(EOPNOTSUPP)
                                                    : function(at, path, flags, mode);
}

int fchown(int fd, uid_t owner, gid_t group)
{
    if (fchown_error != 0)
        return injected(fchown_error);
    char name[30];
    snprintf(name, sizeof name, "/dev/fd/%d", fd);
    return chown(name, owner, group);
}

static char directory[] = "/tmp/check_replacement.XXXXXX";
static struct replacement *replacement;

static void make_directory(void)
{
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert_int_eq(chdir(directory), 0);
    umask(022);
    replacement = replacement_create();
    ck_assert_ptr_nonnull(replacement);
}

/* Removes what is in the directory, one level deep, and with it the directory. */
static void remove_directory(const char *path)
{
    DIR *entries = opendir(path);
    ck_assert_ptr_nonnull(entries);
    const struct dirent *entry;
    while ((entry = readdir(entries)) != NULL) {
        char name[600];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && unlink(name) != 0)
            remove_directory(name);
    }
    closedir(entries);
    ck_assert_int_eq(rmdir(path), 0);
}

/* A temporary file left behind starts with a dot, stays, and fails the rmdir. */
static void check_directory(void)
{
    replacement_destroy(replacement);
    ck_assert_int_eq(chdir("/"), 0);
    remove_directory(directory);
}

static void write_file(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(chmod(path, mode), 0);
}

static void expect_file(const char *path, const char *text, mode_t mode)
{
    char found[200] = "";
    struct stat status;
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 07777, mode);
    const int fd = open(path, O_RDONLY);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq((int)read(fd, found, sizeof found - 1), (int)strlen(text));
    ck_assert_str_eq(found, text);
    close(fd);
}

static void open_and_write(const char *path, const char *text)
{
    ck_assert(replacement_open(replacement, path, false));
    ck_assert_int_ge(replacement_fd(replacement), 0);
    ck_assert_int_eq((int)write(replacement_fd(replacement), text, strlen(text)),
                     (int)strlen(text));
}

static void replace(const char *path, const char *text, const char *suffix)
{
    open_and_write(path, text);
    ck_assert(replacement_commit(replacement, suffix));
    ck_assert_int_eq(replacement_fd(replacement), -1);
}

static void expect_refusal(const char *path, int error, const char *fault)
{
    errno = 0;
    ck_assert(!replacement_open(replacement, path, false));
    ck_assert_int_eq(errno, error);
    ck_assert_str_eq(replacement_fault(replacement), fault);
    ck_assert_int_eq(replacement_fd(replacement), -1);
}

START_TEST(new_file_gets_the_umask)
{
    umask(027);
    open_and_write("new", "text\n");
    ck_assert(replacement_replaces(replacement));
    ck_assert_int_eq(access("new", F_OK), -1);
    ck_assert(replacement_commit(replacement, ".bak"));
    expect_file("new", "text\n", 0640);
    ck_assert_int_eq(access("new.bak", F_OK), -1);
}
END_TEST

START_TEST(mode_is_kept)
{
    static const mode_t modes[] = {0600, 0644, 0755, 0666, 0640, 02755, 04711};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        write_file("file", "old", modes[i]);
        open_and_write("file", "new");
        struct stat status;
        ck_assert_int_eq(fstat(replacement_fd(replacement), &status), 0);
        ck_assert_uint_eq(status.st_mode & 0777, 0600);
        expect_file("file", "old", modes[i]);
        ck_assert(replacement_commit(replacement, NULL));
        expect_file("file", "new", modes[i]);
    }
}
END_TEST

START_TEST(abort_leaves_the_original)
{
    write_file("file", "old", 0644);
    open_and_write("file", "new");
    errno = ENOSPC;
    replacement_abort(replacement);
    ck_assert_int_eq(errno, ENOSPC);
    ck_assert_int_eq(replacement_fd(replacement), -1);
    replacement_abort(replacement);
    expect_file("file", "old", 0644);

    open_and_write("new", "new");
    open_and_write("file", "new"); /* aborts the other */
    replacement_destroy(replacement);
    replacement = NULL;
    expect_file("file", "old", 0644);
    ck_assert_int_eq(access("new", F_OK), -1);
}
END_TEST

START_TEST(commit_of_a_closed_replacement)
{
    ck_assert(!replacement_commit(replacement, NULL));
    ck_assert_int_eq(errno, EBADF);
    replace("file", "new", NULL);
    ck_assert(!replacement_commit(replacement, NULL));
    expect_file("file", "new", 0644);
}
END_TEST

START_TEST(links_are_followed)
{
    ck_assert_int_eq(mkdir("sub", 0755), 0);
    write_file("sub/file", "old", 0604);
    ck_assert_int_eq(symlink("file", "sub/second"), 0);
    char path[100];
    snprintf(path, sizeof path, "%s/sub/second", directory);
    ck_assert_int_eq(symlink(path, "first"), 0);
    replace("first", "new", ".old");
    expect_file("sub/file", "new", 0604);
    expect_file("sub/file.old", "old", 0604);
    struct stat status;
    ck_assert_int_eq(lstat("first", &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    ck_assert_int_eq(lstat("sub/second", &status), 0);
    ck_assert(S_ISLNK(status.st_mode));

    ck_assert_int_eq(symlink("sub/not yet", "dangling"), 0);
    replace("dangling", "there", NULL);
    expect_file("sub/not yet", "there", 0644);

    ck_assert_int_eq(symlink("loop", "loop"), 0);
    expect_refusal("loop", ELOOP, "loop");
    ck_assert_int_eq(symlink("sub", "to-directory"), 0);
    expect_refusal("to-directory", EISDIR, "to-directory");
    replace("to-directory/file", "newer", NULL);
    expect_file("sub/file", "newer", 0604);
}
END_TEST

START_TEST(backups)
{
    write_file("file", "one", 0640);
    replace("file", "two", "");
    ck_assert_int_eq(access("file", F_OK), 0);
    replace("file", "three", ".bak");
    expect_file("file", "three", 0640);
    expect_file("file.bak", "two", 0640);
    replace("file", "four", ".bak");
    expect_file("file", "four", 0640);
    expect_file("file.bak", "three", 0640);

    /* The backup is the same file already. */
    ck_assert_int_eq(unlink("file.bak"), 0);
    ck_assert_int_eq(linkat(AT_FDCWD, "file", AT_FDCWD, "file.bak", 0), 0);
    replace("file", "five", ".bak");
    expect_file("file", "five", 0640);
    expect_file("file.bak", "four", 0640);

    ck_assert_int_eq(mkdir("file.d", 0755), 0);
    open_and_write("file", "six");
    ck_assert(!replacement_commit(replacement, ".d"));
    ck_assert_int_eq(errno, EISDIR);
    ck_assert_str_eq(replacement_fault(replacement), "file.d");
    expect_file("file", "five", 0640);
}
END_TEST

START_TEST(backup_without_hard_links)
{
    write_file("file", "old", 0604);
    link_error = EPERM;
    replace("file", "new", "~");
    link_error = 0;
    expect_file("file", "new", 0604);
    expect_file("file~", "old", 0604);
}
END_TEST

/* Somebody makes a directory of the name meanwhile. */
START_TEST(failed_rename)
{
    open_and_write("file", "new");
    ck_assert_int_eq(mkdir("file", 0755), 0);
    ck_assert(!replacement_commit(replacement, NULL));
    ck_assert_int_eq(errno, EISDIR);
    ck_assert_str_eq(replacement_fault(replacement), "file");
    ck_assert_int_eq(replacement_fd(replacement), -1);
}
END_TEST

START_TEST(leftover_of_a_crash)
{
    char name[64];
    has_no_unnamed = true;
    snprintf(name, sizeof name, ".dechaff-%ld-0", (long)getpid());
    write_file("victim", "untouched", 0644);
    ck_assert_int_eq(symlink("victim", name), 0);
    replace("file", "new", NULL);
    expect_file("file", "new", 0644);
    expect_file("victim", "untouched", 0644);
    has_no_unnamed = false;
    replace("file", "newer", NULL);
    expect_file("file", "newer", 0644);
    expect_file("victim", "untouched", 0644);
    ck_assert_int_eq(unlink(name), 0);
}
END_TEST

/* Nothing but the files that are meant: remove_directory fails for what has a dot before it. */
static int count_files(void)
{
    DIR *entries = opendir(".");
    int count = 0;
    ck_assert_ptr_nonnull(entries);
    while (readdir(entries) != NULL)
        count++;
    closedir(entries);
    return count - 2;
}

/* With links and without, with unnamed files and without: nothing lies about meanwhile. */
START_TEST(nothing_lies_about)
{
    for (int i = 0; i < 4; i++) {
        link_error = i & 1 ? ENOENT : 0;
        has_no_unnamed = i & 2;
        open_and_write("file", "old");
        ck_assert_int_eq(count_files(), 0);
        ck_assert(replacement_commit(replacement, NULL));
        expect_file("file", "old", 0644);
        open_and_write("file", "new");
        ck_assert_int_eq(count_files(), 1);
        ck_assert(replacement_prepare(replacement, ".bak"));
        ck_assert_int_eq(count_files(), 2);
        ck_assert(replacement_commit_for_now(replacement));
        ck_assert_int_eq(count_files(), 2);
        replacement_settle(replacement);
        expect_file("file", "new", 0644);
        expect_file("file.bak", "old", 0644);
        ck_assert_int_eq(unlink("file"), 0);
        ck_assert_int_eq(unlink("file.bak"), 0);
    }
    link_error = 0;
    has_no_unnamed = false;
}
END_TEST

static void watch(const char *path, bool is_good)
{
    replacement_watch(replacement);
    ck_assert(replacement_commit(replacement, NULL) == is_good);
    ck_assert_int_eq(access(path, F_OK), 0);
    ck_assert((replacement_reason(replacement) == NULL) == is_good);
}

/* What is watched is replaced only as it was. */
START_TEST(what_has_changed_is_left_alone)
{
    write_file("file", "old", 0644);
    open_and_write("file", "new");
    watch("file", true);

    open_and_write("file", "newer");
    ck_assert_int_eq(chmod("file", 0600), 0);
    watch("file", true); /* before it was read */
    expect_file("file", "newer", 0600);

    open_and_write("file", "newest");
    replacement_watch(replacement);
    ck_assert_int_eq(chmod("file", 0640), 0);
    watch("file", false);
    expect_file("file", "newer", 0640);

    open_and_write("file", "newest");
    replacement_watch(replacement);
    write_file("file", "longer than it was", 0640);
    watch("file", false);

    write_file("other", "other", 0644);
    for (int is_link = 0; is_link < 2; is_link++) {
        write_file("file", "old", 0640);
        open_and_write("file", "newest");
        replacement_watch(replacement);
        ck_assert_int_eq(unlink("file"), 0);
        ck_assert_int_eq(
            is_link ? symlink("other", "file") : linkat(AT_FDCWD, "other", AT_FDCWD, "file", 0), 0);
        watch("file", false);
        expect_file("file", "other", 0644);
        ck_assert_int_eq(unlink("file"), 0);
    }
}
END_TEST

/* Who may read the new text is whom the old one was for in the end. */
START_TEST(mode_is_that_of_the_commit)
{
    write_file("file", "old", 0644);
    open_and_write("file", "new");
    ck_assert_int_eq(chmod("file", 0600), 0);
    ck_assert(replacement_commit(replacement, NULL));
    expect_file("file", "new", 0600);
}
END_TEST

START_TEST(only_what_can_be_replaced)
{
    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    static const char *const names[] = {"fifo", "/dev/null", "/dev/stdout"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert(!replacement_open(replacement, names[i], true));
        ck_assert_int_eq(errno, EINVAL);
        ck_assert_str_eq(replacement_reason(replacement), "not a regular file");
    }
    write_file("file", "old", 0640);
    ck_assert(replacement_open(replacement, "file", true));
    ck_assert_ptr_null(replacement_reason(replacement));
}
END_TEST

START_TEST(refusals)
{
    ck_assert_int_eq(mkdir("sub", 0755), 0);
    write_file("file", "old", 0644);
    expect_refusal("sub", EISDIR, "sub");
    expect_refusal("sub/", EISDIR, "sub/");
    expect_refusal(".", EISDIR, ".");
    expect_refusal("/", EISDIR, "/");
    expect_refusal("new/", EISDIR, "new/");
    expect_refusal("", ENOENT, "");
    expect_refusal("file/x", ENOTDIR, "file/x");
    expect_refusal("missing/file", ENOENT, "missing");
    expect_refusal("missing/sub/file", ENOENT, "missing/sub");
}
END_TEST

START_TEST(written_directly)
{
    char text[100] = "";
    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    const int fifo = open("fifo", O_RDONLY | O_NONBLOCK);
    open_and_write("fifo", "through");
    ck_assert(!replacement_replaces(replacement));
    ck_assert(replacement_commit(replacement, ".bak"));
    ck_assert_int_eq((int)read(fifo, text, sizeof text), 7);
    ck_assert_str_eq(text, "through");
    close(fifo);

    ck_assert(replacement_open(replacement, "/dev/null", false));
    ck_assert(!replacement_replaces(replacement));
    replacement_abort(replacement);
    ck_assert_int_eq(access("/dev/null", F_OK), 0);
    if (access("/dev/full", W_OK) == 0) {
        ck_assert(replacement_open(replacement, "/dev/full", false));
        ck_assert_int_eq((int)write(replacement_fd(replacement), "x", 1), -1);
        ck_assert_int_eq(errno, ENOSPC);
        replacement_abort(replacement);
    }
}
END_TEST

/* /dev/stdout when that is a file: what comes before and after must not be lost. */
START_TEST(named_descriptors)
{
    char name[30];
    const int fd = open("file", O_WRONLY | O_CREAT, 0644);
    ck_assert_int_eq((int)write(fd, "before ", 7), 7);
    snprintf(name, sizeof name, "/dev/fd/%d", fd);
    ck_assert_int_eq(symlink(name, "link"), 0);
    replace("link", "middle ", NULL);
    ck_assert(!replacement_replaces(replacement));
    ck_assert_int_eq((int)write(fd, "after", 5), 5);
    close(fd);
    expect_file("file", "before middle after", 0644);
    expect_refusal(name, EBADF, name);
    ck_assert(replacement_open(replacement, "/dev/stdout", false));
    ck_assert(!replacement_replaces(replacement));
    replacement_abort(replacement);
}
END_TEST

/* Runs the function as a user without rights; reports what failed there as a failure here. */
static void as_somebody(void (*function)(void))
{
    if (geteuid() != 0) {
        function();
        return;
    }
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        if (setgid(SOMEBODY) != 0 || setuid(SOMEBODY) != 0)
            _exit(1);
        function();
        _exit(0);
    }
    int status = -1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}

static void expect_missing_rights(void)
{
    expect_refusal("closed/file", EACCES, "closed");
    expect_refusal("closed/new", EACCES, "closed");
    expect_refusal("read-only", EACCES, "read-only");
    expect_refusal("hidden/file", EACCES, "hidden/file");
}

START_TEST(missing_rights)
{
    ck_assert_int_eq(mkdir("closed", 0755), 0);
    ck_assert_int_eq(mkdir("hidden", 0755), 0);
    write_file("closed/file", "old", 0666);
    write_file("hidden/file", "old", 0666);
    write_file("read-only", "old", 0444);
    ck_assert_int_eq(chmod("closed", 0555), 0);
    ck_assert_int_eq(chmod("hidden", 0), 0);
    ck_assert_int_eq(chmod(".", 0777), 0);
    as_somebody(expect_missing_rights);
    ck_assert_int_eq(chmod("closed", 0755), 0);
    ck_assert_int_eq(chmod("hidden", 0755), 0);
}
END_TEST

/* Only root can give a file to somebody to see whether it stays theirs. */
START_TEST(owner_is_kept)
{
    if (geteuid() != 0)
        return;
    write_file("file", "old", 0644);
    ck_assert_int_eq(chown("file", 12345, 54321), 0);
    ck_assert_int_eq(chmod("file", 06750), 0);
    replace("file", "new", NULL);
    struct stat status;
    ck_assert_int_eq(stat("file", &status), 0);
    ck_assert_uint_eq(status.st_uid, 12345);
    ck_assert_uint_eq(status.st_gid, 54321);
    expect_file("file", "new", 06750);
}
END_TEST

START_TEST(rights_never_grow)
{
    static const struct {
        mode_t before;
        mode_t after;
    } rows[] = {{0660, 0600}, {06775, 0755}, {0664, 0644}, {0646, 0646}, {0607, 0607}};
    if (geteuid() != 0)
        return;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        write_file("file", "old", 0644);
        ck_assert_int_eq(chown("file", 12345, 54321), 0);
        ck_assert_int_eq(chmod("file", rows[i].before), 0);
        fchown_error = EPERM;
        replace("file", "new", NULL);
        fchown_error = 0;
        expect_file("file", "new", rows[i].after);
        ck_assert_int_eq(unlink("file"), 0);
    }
}
END_TEST

START_TEST(prepared_before_it_is_committed)
{
    write_file("file", "old", 0640);
    open_and_write("file", "new");
    ck_assert(replacement_prepare(replacement, ".bak"));
    expect_file("file", "old", 0640);
    expect_file("file.bak", "old", 0640);
    ck_assert(!replacement_is_in_place(replacement));
    ck_assert(replacement_commit(replacement, NULL));
    ck_assert(replacement_is_in_place(replacement));
    expect_file("file", "new", 0640);

    open_and_write("file", "newer");
    ck_assert(replacement_prepare(replacement, NULL));
    replacement_abort(replacement);
    ck_assert(!replacement_commit(replacement, NULL));
    ck_assert_int_eq(errno, EBADF);
    expect_file("file", "new", 0640);
}
END_TEST

/* With links and with copies; check_directory sees to it that nothing else is left. */
START_TEST(committed_for_now)
{
    for (int copies = 0; copies < 2; copies++) {
        link_error = copies ? EPERM : 0;
        write_file("file", "old", 0640);
        open_and_write("file", "new");
        ck_assert(replacement_commit_for_now(replacement));
        expect_file("file", "new", 0640);
        replacement_revert(replacement);
        expect_file("file", "old", 0640);
        open_and_write("file", "new");
        ck_assert(replacement_commit_for_now(replacement));
        replacement_settle(replacement);
        expect_file("file", "new", 0640);
        replacement_revert(replacement);
        expect_file("file", "new", 0640);
        open_and_write("file", "newer");
        ck_assert(replacement_commit_for_now(replacement));
        open_and_write("other", "text");
        ck_assert(replacement_commit_for_now(replacement));
        replacement_revert(replacement);
        expect_file("file", "newer", 0640);
        ck_assert_int_eq(access("other", F_OK), -1);
    }
    link_error = 0;
}
END_TEST

Suite *replacement_suite(void);

Suite *replacement_suite(void)
{
    Suite *suite = suite_create("replacement");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, make_directory, check_directory);
    tcase_add_test(files, new_file_gets_the_umask);
    tcase_add_test(files, mode_is_kept);
    tcase_add_test(files, abort_leaves_the_original);
    tcase_add_test(files, commit_of_a_closed_replacement);
    tcase_add_test(files, links_are_followed);
    tcase_add_test(files, backups);
    tcase_add_test(files, backup_without_hard_links);
    tcase_add_test(files, failed_rename);
    tcase_add_test(files, leftover_of_a_crash);
    tcase_add_test(files, nothing_lies_about);
    tcase_add_test(files, what_has_changed_is_left_alone);
    tcase_add_test(files, mode_is_that_of_the_commit);
    tcase_add_test(files, only_what_can_be_replaced);
    tcase_add_test(files, prepared_before_it_is_committed);
    tcase_add_test(files, committed_for_now);
    tcase_add_test(files, refusals);
    tcase_add_test(files, written_directly);
    tcase_add_test(files, named_descriptors);
    tcase_add_test(files, missing_rights);
    tcase_add_test(files, owner_is_kept);
    tcase_add_test(files, rights_never_grow);
    suite_add_tcase(suite, files);
    return suite;
}
