#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/writer.h"

static int output_file(void)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    const int fd = dup(fileno(file));
    ck_assert_int_ge(fd, 0);
    fclose(file);
    return fd;
}

static size_t written(int fd)
{
    struct stat status;

    ck_assert_int_eq(fstat(fd, &status), 0);
    return (size_t)status.st_size;
}

static void expect_file(int fd, const char *text, size_t size)
{
    char found[4096];
    ck_assert_uint_lt(size, sizeof found);
    ck_assert_int_eq((int)pread(fd, found, sizeof found, 0), (int)size);
    ck_assert_mem_eq(found, text, size);
}

/* Puts of every length through buffers of every size come out as one text. */
START_TEST(any_size_gives_the_same_bytes)
{
    char text[1000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)i;
    for (size_t size = 0; size <= 40; size++) {
        const int fd = output_file();
        struct writer *writer = writer_create(fd, size);
        size_t at = 0;
        for (size_t length = 0; at + length <= sizeof text; length++) {
            ck_assert(writer_put(writer, text + at, length));
            at += length;
            ck_assert_uint_le(written(fd), at);
            /* Nothing waits that the buffer could not hold. */
            ck_assert_uint_le(at - written(fd), size);
        }
        ck_assert(writer_flush(writer));
        ck_assert_uint_eq(written(fd), at);
        ck_assert_int_eq(writer->error, 0);
        expect_file(fd, text, at);
        writer_destroy(writer);
        close(fd);
    }
    writer_destroy(NULL);
}
END_TEST

START_TEST(waits_until_flushed)
{
    const int fd = output_file();
    struct writer *writer = writer_create(fd, 10);
    ck_assert(writer_put(writer, "123456789", 9));
    ck_assert_uint_eq(written(fd), 0);
    ck_assert(writer_put(writer, "a", 1));
    ck_assert_uint_eq(written(fd), 10);
    ck_assert(writer_put(writer, "b", 1));
    ck_assert(writer_put(writer, "larger than the buffer", 22));
    ck_assert_uint_eq(written(fd), 33);
    ck_assert(writer_put(writer, "lost", 4));
    writer_destroy(writer);
    expect_file(fd, "123456789ablarger than the buffer", 33);
    close(fd);
}
END_TEST

START_TEST(reopening_forgets)
{
    const int fd = output_file();
    struct writer *writer = writer_create(-1, 10);
    ck_assert(writer_put(writer, "x", 1));
    ck_assert(!writer_flush(writer));
    ck_assert_int_eq(writer->error, EBADF);
    writer_open(writer, fd);
    ck_assert_int_eq(writer->error, 0);
    ck_assert(writer_put(writer, "text", 4));
    ck_assert(writer_flush(writer));
    ck_assert_uint_eq(written(fd), 4);
    expect_file(fd, "text", 4);
    writer_destroy(writer);
    close(fd);
}
END_TEST

START_TEST(full_device)
{
    const int full = open("/dev/full", O_WRONLY);
    if (full < 0)
        return;
    struct writer *writer = writer_create(full, 10);
    ck_assert(writer_put(writer, "waits", 5));
    ck_assert(writer_flush(writer) == false);
    ck_assert_int_eq(writer->error, ENOSPC);
    writer_open(writer, full);
    ck_assert(!writer_put(writer, "larger than the buffer", 22));
    ck_assert_int_eq(writer->error, ENOSPC);
    writer_destroy(writer);
    close(full);
}
END_TEST

START_TEST(nothing_after_a_failure)
{
    int ends[2];
    char bytes[10];
    ck_assert_int_eq(pipe(ends), 0);
    signal(SIGPIPE, SIG_IGN);
    struct writer *writer = writer_create(ends[1], 4);
    ck_assert(writer_put(writer, "1234", 4));
    ck_assert_int_eq((int)read(ends[0], bytes, sizeof bytes), 4);
    close(ends[0]);
    ck_assert(!writer_put(writer, "5678", 4));
    ck_assert_int_eq(writer->error, EPIPE);

    /* The descriptor works again; a sticky failure must not care. */
    const int fd = output_file();
    ck_assert_int_eq(dup2(fd, ends[1]), ends[1]);
    ck_assert(!writer_put(writer, "", 0));
    ck_assert(!writer_put(writer, "9", 1));
    ck_assert(!writer_put(writer, "larger", 6));
    ck_assert(!writer_flush(writer));
    ck_assert_int_eq(writer->error, EPIPE);
    expect_file(fd, "", 0);
    writer_destroy(writer);
    close(fd);
    close(ends[1]);
}
END_TEST

/* The handler answers here, so that the child goes on only when its signal was taken. */
static int answers[2];
static volatile sig_atomic_t signals;

static void answer_signal(int signal)
{
    const int error = errno;
    (void)signal;
    signals = 1;
    (void)!write(answers[1], "", 1);
    errno = error;
}

static void interrupt(pid_t process)
{
    char answer;
    if (kill(process, SIGUSR1) != 0 || read(answers[0], &answer, 1) != 1)
        _exit(3);
}

/* More than a pipe holds, to a reader that interrupts: short and interrupted writes. */
START_TEST(short_and_interrupted_writes_go_on)
{
    static const size_t half = 1 << 20;
    const size_t size = 2 * half;
    int ends[2];
    struct sigaction action = {.sa_handler = answer_signal}; /* without SA_RESTART */
    sigaction(SIGUSR1, &action, NULL);
    ck_assert_int_eq(pipe(answers), 0);
    ck_assert_int_eq(pipe(ends), 0);
    const pid_t parent = getpid();
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        close(ends[1]);
        char bytes[3000];
        uint64_t total = 0;
        ssize_t count;
        while ((count = read(ends[0], bytes, sizeof bytes)) > 0) {
            for (ssize_t i = 0; i < count; i++, total++)
                if (bytes[i] != (char)(total % 251))
                    _exit(1);
            interrupt(parent);
        }
        _exit(total == size ? 0 : 2);
    }
    close(ends[0]);
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < size; i++)
        text[i] = (char)(i % 251);
    struct writer *writer = writer_create(ends[1], 1000);
    ck_assert(writer_put(writer, text, half));
    for (size_t at = half; at < size; at += 512)
        ck_assert(writer_put(writer, text + at, 512));
    ck_assert(writer_flush(writer));
    writer_destroy(writer);
    free(text);
    close(ends[1]);
    int status = -1;
    while (waitpid(child, &status, 0) < 0)
        ck_assert_int_eq(errno, EINTR);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    ck_assert_int_eq(signals, 1);
}
END_TEST

/* What is put where no descriptor is, of any length, can be read and changed in place. */
START_TEST(collects_in_memory)
{
    char text[1000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)i;
    for (size_t size = 0; size <= 40; size++) {
        struct writer *writer = writer_create(WRITER_MEMORY, size);
        size_t at = 0;
        for (size_t length = 0; at + length <= sizeof text; length++) {
            ck_assert(writer_put(writer, text + at, length));
            at += length;
            ck_assert_uint_eq(writer->used, at);
        }
        ck_assert(writer_flush(writer));
        ck_assert_mem_eq(writer->buffer, text, at);
        ck_assert(writer_splice(writer, 10, 5, "shorter", 0));
        ck_assert_uint_eq(writer->used, at - 5);
        ck_assert(writer_splice(writer, 10, 0, text + 10, 5));
        ck_assert_mem_eq(writer->buffer, text, at);
        ck_assert(writer_splice(writer, at, 0, text, 700));
        ck_assert_uint_eq(writer->used, at + 700);
        ck_assert_mem_eq(writer->buffer + at, text, 700);
        writer_clear(writer, 64);
        ck_assert_uint_eq(writer->used, 0);
        ck_assert(writer_put(writer, text, 100));
        ck_assert_mem_eq(writer->buffer, text, 100);
        writer_destroy(writer);
    }
}
END_TEST

Suite *writer_suite(void);

Suite *writer_suite(void)
{
    Suite *suite = suite_create("writer");
    TCase *bytes = tcase_create("bytes");
    tcase_set_timeout(bytes, 60);
    tcase_add_test(bytes, any_size_gives_the_same_bytes);
    tcase_add_test(bytes, collects_in_memory);
    tcase_add_test(bytes, waits_until_flushed);
    tcase_add_test(bytes, reopening_forgets);
    tcase_add_test(bytes, full_device);
    tcase_add_test(bytes, nothing_after_a_failure);
    tcase_add_test(bytes, short_and_interrupted_writes_go_on);
    suite_add_tcase(suite, bytes);
    return suite;
}
