#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* syscall(2), ptrace(2) */
#endif

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/ptrace.h>
#include <sys/syscall.h>
#endif

#include "io/replacement.h"
#include "io/sandbox.h"

/* What somebody would try who has taken over the process; true if it was refused. */
typedef bool attempt(void);

static bool is_refused(long result)
{
    return result < 0 && (errno == EPERM || errno == EACCES || errno == ENOSYS);
}

static bool open_to_read(void)
{
    return is_refused(open("/etc/passwd", O_RDONLY));
}

static bool open_to_write(void)
{
    return is_refused(open("/tmp/check_sandbox.written", O_WRONLY | O_CREAT, 0600));
}

static bool open_directory(void)
{
    return is_refused(open("/", O_RDONLY | O_DIRECTORY));
}

static bool make_socket(void)
{
    return is_refused(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int unconnected;

static bool connect_socket(void)
{
    const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    return is_refused(connect(unconnected, (const struct sockaddr *)&address, sizeof address));
}

static bool make_process(void)
{
    const pid_t made = fork();
    if (made == 0)
        _exit(0);
    return is_refused(made);
}

static bool start_program(void)
{
    static char name[] = "sh";
    static char *const arguments[] = {name, NULL};
    static char *const environment[] = {NULL};
    return is_refused(execve("/bin/sh", arguments, environment));
}

static bool signal_another(void)
{
    return is_refused(kill(getppid(), 0));
}

static bool make_directory(void)
{
    return is_refused(mkdir("/tmp/check_sandbox.directory", 0700));
}

static bool change_mode(void)
{
    return is_refused(chmod("/tmp", 01777));
}

static bool push_input(void)
{
    return is_refused(ioctl(0, TIOCSTI, "x"));
}

#ifdef __linux__
static bool ask_terminal(void)
{
    struct winsize size;
    return is_refused(ioctl(0, TIOCGWINSZ, &size));
}

static bool trace(void)
{
    return is_refused(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static bool look_at_memory(void)
{
    return is_refused(syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0));
}

static bool clone_process(void)
{
    return is_refused(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL));
}
#endif

#ifdef __x86_64__
static bool call_as_x32(void)
{
    return is_refused(syscall(0x40000000 | SYS_getuid));
}
#endif

static const struct {
    const char *name;
    attempt *attempt;
} attempts[] = {
    {"open a file to read it", open_to_read},
    {"open a file to write to it", open_to_write},
    {"open a directory", open_directory},
    {"make a socket", make_socket},
    {"connect a socket", connect_socket},
    {"make a process", make_process},
    {"start a program", start_program},
    {"send a signal to another process", signal_another},
    {"make a directory", make_directory},
    {"change a file's mode", change_mode},
    {"write into a terminal's input", push_input},
#ifdef __linux__
    {"ask how wide a terminal is", ask_terminal},
    {"be traced", trace},
    {"look at another's memory", look_at_memory},
    {"make a process by clone", clone_process},
#endif
#ifdef __x86_64__
    {"make a call as x32 does", call_as_x32},
#endif
};

static char directory[] = "/tmp/check_sandbox.XXXXXX";
static char path[sizeof directory + 8];
static char late[sizeof directory + 8];

static void write_file(const char *name, const char *text)
{
    const int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq((int)write(fd, text, strlen(text)), (int)strlen(text));
    close(fd);
}

static void set_up(void)
{
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/file", directory);
    snprintf(late, sizeof late, "%s/late", directory);
    write_file(path, "text");
    unconnected = socket(AF_UNIX, SOCK_STREAM, 0);
}

static void tear_down(void)
{
    close(unconnected);
    unlink(path);
    unlink(late);
    rmdir(directory);
}

/* Runs WORK in a process of its own, in a sandbox that lets it do what ALLOW says. */
static int in_sandbox(void (*allow)(struct sandbox *sandbox), int (*work)(int argument),
                      int argument)
{
    const pid_t child = fork();
    int status;
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        struct sandbox sandbox;
        sandbox_open(&sandbox);
        if (allow)
            allow(&sandbox);
        _exit(sandbox_close(&sandbox) == SANDBOX_CLOSED ? work(argument) : 100);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 200 + WTERMSIG(status);
}

static void allow_one(struct sandbox *sandbox)
{
    sandbox_allow_reading(sandbox, path);
}

static void allow_replacing(struct sandbox *sandbox)
{
    sandbox_allow_replacing(sandbox, path);
}

static int try(int number)
{
    return attempts[number].attempt() ? 0 : 1;
}

START_TEST(what_is_not_its_work_is_refused)
{
    const int number = _i % (int)(sizeof attempts / sizeof *attempts);
    static void (*const allows[])(struct sandbox *) = {NULL, allow_one, allow_replacing};
    for (size_t i = 0; i < sizeof allows / sizeof *allows; i++)
        ck_assert_msg(in_sandbox(allows[i], try, number) == 0, "%s, %zu", attempts[number].name, i);
}
END_TEST

static int open_path(int flags)
{
    const int fd = open(path, flags);
    char text[5];
    return fd >= 0 && read(fd, text, sizeof text) == 4 ? 0 : 1;
}

START_TEST(an_operand_is_read_and_no_more)
{
    ck_assert_int_eq(in_sandbox(allow_one, open_path, O_RDONLY), 0);
    ck_assert_int_eq(in_sandbox(allow_one, open_path, O_RDWR), 1);
    ck_assert_int_eq(in_sandbox(NULL, open_path, O_RDONLY), 1);
}
END_TEST

static void replace_directory(struct sandbox *sandbox)
{
    sandbox_allow_replacing(sandbox, directory);
}

static int open_to_change(int flags)
{
    return open(path, flags) >= 0 ? 0 : 1;
}

START_TEST(in_a_directory_that_cannot_be_replaced_nothing_is_written)
{
    ck_assert_int_eq(in_sandbox(replace_directory, open_to_change, O_WRONLY), 1);
    ck_assert_int_eq(in_sandbox(replace_directory, open_to_change, O_RDONLY), 1);
    ck_assert_int_eq(in_sandbox(allow_replacing, open_to_change, O_WRONLY), 0);
}
END_TEST

static void allow_late(struct sandbox *sandbox)
{
    sandbox_allow_reading(sandbox, late);
    write_file(late, "text");
}

static int open_late(int flags)
{
    return open(late, flags) >= 0 ? 0 : 1;
}

START_TEST(an_operand_may_come_to_be_there)
{
    ck_assert_int_eq(in_sandbox(allow_late, open_late, O_RDONLY), 0);
}
END_TEST

static void allow_and_swap(struct sandbox *sandbox)
{
    sandbox_allow_reading(sandbox, path);
    write_file(late, "another");
    ck_assert_int_eq(rename(late, path), 0);
}

START_TEST(an_operand_that_was_swapped_is_refused)
{
    ck_assert_int_eq(in_sandbox(allow_and_swap, open_path, O_RDONLY), 1);
}
END_TEST

static int replace(int suffix)
{
    struct replacement *replacement = replacement_create();
    return replacement_open(replacement, path, false) &&
                   write(replacement_fd(replacement), "new", 3) == 3 &&
                   replacement_commit(replacement, suffix ? ".old" : NULL)
               ? 0
               : 1;
}

START_TEST(a_file_is_replaced)
{
    char old[sizeof path + 4];
    struct stat status;
    snprintf(old, sizeof old, "%s.old", path);
    ck_assert_int_eq(in_sandbox(allow_replacing, replace, 0), 0);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_int_eq((int)status.st_size, 3);
    ck_assert_int_eq(in_sandbox(allow_replacing, replace, 1), 0);
    ck_assert_int_eq(unlink(old), 0);
    ck_assert_int_eq(in_sandbox(allow_one, replace, 0), 1);
}
END_TEST

static void *set(void *flag)
{
    *(bool *)flag = true;
    return NULL;
}

static int run_thread(int unused)
{
    pthread_t thread;
    bool has_run = false;
    (void)unused;
    return pthread_create(&thread, NULL, set, &has_run) == 0 && pthread_join(thread, NULL) == 0 &&
                   has_run
               ? 0
               : 1;
}

static int die(int number)
{
    signal(number, SIG_DFL);
    raise(number);
    return 1;
}

START_TEST(what_is_its_work_goes_on)
{
    ck_assert_int_eq(in_sandbox(NULL, run_thread, 0), 0);
    ck_assert_int_eq(in_sandbox(NULL, die, SIGTERM), 200 + SIGTERM);
}
END_TEST

static void allow_a_million(struct sandbox *sandbox)
{
    for (int i = 0; i < 1000000; i++)
        sandbox_allow_reading(sandbox, path);
    sandbox_allow_reading(sandbox, late);
    write_file(late, "text");
}

START_TEST(a_million_operands_are_read)
{
    ck_assert_int_eq(in_sandbox(allow_a_million, open_path, O_RDONLY), 0);
    ck_assert_int_eq(in_sandbox(allow_a_million, open_late, O_RDONLY), 0);
    ck_assert_int_eq(in_sandbox(allow_a_million, open_late, O_WRONLY), 1);
}
END_TEST

Suite *sandbox_suite(void);

/* Nothing can be tested where the system has not all of it, or the program is built without. */
static bool is_here(void)
{
    char version[64];
    sandbox_version(version, sizeof version);
    return strstr(version, " and ") != NULL;
}

Suite *sandbox_suite(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *all = tcase_create("sandbox");
    tcase_add_checked_fixture(all, set_up, tear_down);
    if (is_here()) {
        tcase_add_loop_test(all, what_is_not_its_work_is_refused, 0,
                            (int)(sizeof attempts / sizeof *attempts));
        tcase_add_test(all, an_operand_is_read_and_no_more);
        tcase_add_test(all, in_a_directory_that_cannot_be_replaced_nothing_is_written);
        tcase_add_test(all, an_operand_may_come_to_be_there);
        tcase_add_test(all, an_operand_that_was_swapped_is_refused);
        tcase_add_test(all, a_file_is_replaced);
        tcase_add_test(all, what_is_its_work_goes_on);
        tcase_add_test(all, a_million_operands_are_read);
    }
    suite_add_tcase(suite, all);
    return suite;
}
