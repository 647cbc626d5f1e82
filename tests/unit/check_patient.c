#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/patient.h"

/* More than any pipe takes at once. */
#define SIZE ((size_t)1 << 20)

static int ends[2];
static pid_t child; /* has the other end */

static void make_pipe(void)
{
    ck_assert_int_eq(pipe(ends), 0);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(fcntl(ends[i], F_SETFL, fcntl(ends[i], F_GETFL) | O_NONBLOCK), 0);
}

static void end_child(void)
{
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}

/* A byte at a time, so that the pipe is found empty again and again. */
START_TEST(an_empty_pipe_is_waited_for)
{
    enum { BYTES = 2000 };
    char text[20];
    ssize_t count;
    size_t done = 0;
    child = fork();
    if (child == 0) {
        for (int i = 0; i < BYTES; i++)
            if (write(ends[1], "x", 1) != 1)
                _exit(1);
        _exit(0);
    }
    close(ends[1]);
    while ((count = patient_read(ends[0], text, sizeof text)) > 0)
        done += (size_t)count;
    ck_assert_int_eq((int)count, 0);
    ck_assert_uint_eq(done, BYTES);
    close(ends[0]);
    end_child();
}
END_TEST

/* The other process begins to read when the pipe is full. */
START_TEST(a_full_pipe_is_waited_for)
{
    char *text = calloc(1, SIZE);
    ck_assert_ptr_nonnull(text);
    ssize_t first = write(ends[1], text, SIZE);
    ck_assert_int_gt(first, 0);
    ck_assert_int_lt(first, (ssize_t)SIZE);
    child = fork();
    if (child == 0) {
        size_t left = SIZE + (size_t)first;
        ssize_t count;
        close(ends[1]);
        while ((count = patient_read(ends[0], text, 100000)) > 0)
            left -= (size_t)count;
        _exit(left != 0);
    }
    close(ends[0]);
    ck_assert(patient_write_all(ends[1], text, SIZE));
    close(ends[1]);
    free(text);
    end_child();
}
END_TEST

START_TEST(other_errors_are_told)
{
    char text[20];
    ck_assert(!patient_write_all(ends[0], "text", 4));
    ck_assert_int_eq(errno, EBADF);
    ck_assert_int_eq((int)patient_read(ends[1], text, sizeof text), -1);
    ck_assert_int_eq(errno, EBADF);
    close(ends[0]);
    close(ends[1]);
}
END_TEST

Suite *patient_suite(void);

Suite *patient_suite(void)
{
    Suite *suite = suite_create("patient");
    TCase *pipes = tcase_create("pipes");
    tcase_add_checked_fixture(pipes, make_pipe, NULL);
    tcase_add_test(pipes, an_empty_pipe_is_waited_for);
    tcase_add_test(pipes, a_full_pipe_is_waited_for);
    tcase_add_test(pipes, other_errors_are_told);
    suite_add_tcase(suite, pipes);
    return suite;
}
