#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/reader.h"

static int input_fd;

static void open_input(void)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    input_fd = dup(fileno(file));
    ck_assert_int_ge(input_fd, 0);
    fclose(file);
}

static void close_input(void)
{
    close(input_fd);
}

static void set_input(const char *text, size_t length)
{
    ck_assert_int_eq(ftruncate(input_fd, 0), 0);
    ck_assert_int_eq((int)pwrite(input_fd, text, length, 0), (int)length);
    ck_assert_int_eq((int)lseek(input_fd, 0, SEEK_SET), 0);
}

/* The ending at AT of the text, by the definition in line.h; ENDING_NONE if none begins there. */
static enum line_ending ending_at(const char *text, size_t size, size_t at, bool is_plain)
{
    static const enum line_ending longest_first[] = {ENDING_LINE_SEPARATOR,
                                                     ENDING_PARAGRAPH_SEPARATOR,
                                                     ENDING_NEXT_LINE,
                                                     ENDING_CRLF,
                                                     ENDING_LF,
                                                     ENDING_CR};
    for (size_t i = 0; i < sizeof longest_first / sizeof *longest_first; i++) {
        const enum line_ending ending = longest_first[i];
        const size_t length = line_ending_size(ending);
        if ((!is_plain || ending == ENDING_LF || ending == ENDING_CRLF) && length <= size - at &&
            memcmp(text + at, line_ending_text(ending), length) == 0)
            return ending;
    }
    return ENDING_NONE;
}

/* Checks what the reader gives against the definition in reader.h, applied to the whole text. */
static void expect_text(struct reader *reader, const char *text, size_t size, size_t max_line,
                        bool is_plain)
{
    struct line line;
    uint64_t number = 0;
    size_t at = 0;
    while (at < size) {
        enum line_ending ending = ENDING_NONE;
        size_t length = 0;
        while (at + length < size &&
               (ending = ending_at(text, size, at + length, is_plain)) == ENDING_NONE)
            length++;
        number++;
        const enum line_status status = length > max_line ? LINE_PART : LINE_READ;
        for (bool first = true, last = false; !last; first = false) {
            const size_t piece = length < max_line ? length : max_line;
            last = piece == length;
            const size_t line_size = piece + (last ? line_ending_size(ending) : 0);
            ck_assert_int_eq(reader_next(reader, &line), status);
            ck_assert_uint_eq(line.length, piece);
            ck_assert_int_eq(line.ending, last ? ending : ENDING_NONE);
            ck_assert_uint_eq(line.offset, at);
            ck_assert_uint_eq(line.size, line_size);
            ck_assert_uint_eq(line.number, number);
            ck_assert(line.first == first);
            ck_assert(line.last == last);
            ck_assert_mem_eq(line.text, text + at, line_size);
            at += line_size;
            length -= piece;
        }
    }
    ck_assert_int_eq(reader_next(reader, &line), LINE_END);
    ck_assert_int_eq(reader_next(reader, &line), LINE_END);
    ck_assert(!reader_drained(reader));
}

static void check_text(const char *text, size_t size, size_t chunk, size_t max_line)
{
    struct reader *reader = reader_create(chunk, max_line);
    ck_assert_ptr_nonnull(reader);
    for (int is_plain = 0; is_plain < 2; is_plain++) {
        if (is_plain)
            reader_read_plainly(reader);
        set_input(text, size);
        reader_open(reader, input_fd);
        expect_text(reader, text, size, max_line, is_plain);
    }
    reader_destroy(reader);
}

START_TEST(any_chunk_gives_the_same_lines)
{
    static const char text[] = "one\n\ntwo\r\n\r\n\r\r\n\rlone\rCR\nNUL\0in it\n\xC3\xA4\xFF\n"
                               "\xE2\x80\xA8 a \xE2\x80\xA9\xE2\x80\xA8\xC2\x85\r\xC2\x85\n"
                               "\xE2\x80\xAA \xC2\x86 \xE2\x80\r\nlast";
    for (size_t size = 0; size < sizeof text; size++)
        for (size_t chunk = 1; chunk <= size + 2; chunk++)
            check_text(text, size, chunk, 100);
}
END_TEST

/* Where endings stand among more bytes than are looked at together. */
START_TEST(rare_endings_anywhere)
{
    static const enum line_ending endings[] = {ENDING_CR, ENDING_NEXT_LINE, ENDING_LINE_SEPARATOR,
                                               ENDING_PARAGRAPH_SEPARATOR};
    for (size_t size = 1; size < 70; size++)
        for (size_t at = 0; at < size; at++)
            for (size_t i = 0; i < 4; i++) {
                const size_t length = line_ending_size(endings[i]);
                char text[80];
                memset(text, 'x', sizeof text);
                memcpy(text + at, line_ending_text(endings[i]), length);
                for (size_t chunk = 1; chunk <= size + length; chunk += 13)
                    check_text(text, size < at + length ? at + length : size, chunk, 30);
            }
}
END_TEST

/* Every text of up to five bytes out of three kinds, in every chunking, around every limit. */
START_TEST(all_short_texts)
{
    for (size_t size = 0; size <= 5; size++) {
        unsigned texts = 1;
        for (size_t i = 0; i < size; i++)
            texts *= 3;
        for (unsigned n = 0; n < texts; n++) {
            char text[5];
            unsigned rest = n;
            for (size_t i = 0; i < size; i++, rest /= 3)
                text[i] = "x\r\n"[rest % 3];
            for (size_t chunk = 1; chunk <= size + 1; chunk++)
                for (size_t max_line = 1; max_line <= 4; max_line++)
                    check_text(text, size, chunk, max_line);
        }
    }
}
END_TEST

/* Lines of just under, at and just over the limit, with each ending, where the buffer has to grow.
 */
START_TEST(limit_in_a_grown_buffer)
{
    static const size_t limit = 20000;
    static const char *const endings[] = {"", "\n", "\r\n", "\r", "\nnext", "\r\n\r\nnext\r\n"};
    static const size_t chunks[] = {1, 3, 4096, 4097, 20000, 20001, 20002, 65536};
    static char text[60100];
    for (size_t length = limit - 2; length <= limit + 3; length++) {
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
            memset(text, 'x', length);
            memcpy(text + length, endings[i], strlen(endings[i]) + 1);
            for (size_t c = 0; c < sizeof chunks / sizeof *chunks; c++)
                check_text(text, strlen(text), chunks[c], limit);
        }
    }
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t c = 0; c < sizeof chunks / sizeof *chunks; c++)
        check_text(text, 3 * limit, chunks[c], limit);
}
END_TEST

START_TEST(many_lines_of_growing_length)
{
    static char text[200000];
    size_t size = 0;
    for (size_t length = 0; size + length + 2 < sizeof text; length += 7) {
        memset(text + size, 'a' + (int)(length % 26), length);
        size += length;
        if (length % 2 == 0)
            text[size++] = '\r';
        text[size++] = '\n';
    }
    static const size_t chunks[] = {7, 100, 4096, 65536};
    static const size_t limits[] = {10, 1000, READER_MAX_LINE};
    for (size_t c = 0; c < sizeof chunks / sizeof *chunks; c++)
        for (size_t m = 0; m < sizeof limits / sizeof *limits; m++)
            check_text(text, size, chunks[c], limits[m]);
}
END_TEST

START_TEST(zero_and_huge_parameters)
{
    struct reader *reader = reader_create(0, 0);
    ck_assert_ptr_nonnull(reader);
    set_input("ab\r\nc", 5);
    reader_open(reader, input_fd);
    expect_text(reader, "ab\r\nc", 5, 1, false);
    reader_destroy(reader);
    check_text("ab\r\nc", 5, 10, SIZE_MAX);
    reader_destroy(NULL);
}
END_TEST

START_TEST(reopening_starts_anew)
{
    struct reader *reader = reader_create(3, 4);
    struct line line;
    ck_assert_int_eq(reader_next(reader, &line), LINE_END);
    set_input("a\nb\nlonger\nc", 12);
    reader_open(reader, input_fd);
    for (int pieces = 0; pieces < 3; pieces++)
        ck_assert_int_ne(reader_next(reader, &line), LINE_END);
    ck_assert(!line.last);
    set_input("x\ny", 3);
    reader_open(reader, input_fd);
    expect_text(reader, "x\ny", 3, 4, false);
    reader_destroy(reader);
}
END_TEST

START_TEST(drained_before_each_read)
{
    int ends[2];
    struct line line;
    ck_assert_int_eq(pipe(ends), 0);
    struct reader *reader = reader_create(100, 100);
    reader_open(reader, ends[0]);
    ck_assert(reader_drained(reader));
    ck_assert_int_eq((int)write(ends[1], "a\nb\nc", 5), 5);
    ck_assert_int_eq(reader_next(reader, &line), LINE_READ);
    ck_assert(!reader_drained(reader));
    ck_assert_int_eq(reader_next(reader, &line), LINE_READ);
    ck_assert_mem_eq(line.text, "b\n", 2);
    ck_assert(reader_drained(reader));
    close(ends[1]);
    ck_assert_int_eq(reader_next(reader, &line), LINE_READ);
    ck_assert_mem_eq(line.text, "c", 1);
    ck_assert(!reader_drained(reader));
    ck_assert_int_eq(reader_next(reader, &line), LINE_END);
    close(ends[0]);
    reader_destroy(reader);
}
END_TEST

/* A line without end, as long as one cares to read: /dev/zero. */
START_TEST(endless_line_in_pieces)
{
    const int zero = open("/dev/zero", O_RDONLY);
    if (zero < 0)
        return;
    struct reader *reader = reader_create(READER_CHUNK, READER_MAX_LINE);
    reader_open(reader, zero);
    for (int i = 0; i < 40; i++) {
        struct line line;
        ck_assert_int_eq(reader_next(reader, &line), LINE_PART);
        ck_assert_uint_eq(line.length, READER_MAX_LINE);
        ck_assert_uint_eq(line.number, 1);
        ck_assert(line.first == (i == 0));
        ck_assert(!line.last);
    }
    reader_destroy(reader);
    close(zero);
}
END_TEST

START_TEST(errors_stay)
{
    struct reader *reader = reader_create(10, 10);
    struct line line;
    reader_open(reader, -1);
    for (int i = 0; i < 2; i++) {
        errno = 0;
        ck_assert_int_eq(reader_next(reader, &line), LINE_ERROR);
        ck_assert_int_eq(errno, EBADF);
    }
    const int directory = open("/", O_RDONLY);
    reader_open(reader, directory);
    ck_assert_int_eq(reader_next(reader, &line), LINE_ERROR);
    ck_assert_int_eq(errno, EISDIR);
    close(directory);
    set_input("fine", 4);
    reader_open(reader, input_fd);
    expect_text(reader, "fine", 4, 10, false);
    reader_destroy(reader);
}
END_TEST

START_TEST(text_before_an_error_comes_first)
{
    int ends[2];
    struct line line;
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq((int)write(ends[1], "a\nhalf", 6), 6);
    struct reader *reader = reader_create(100, 100);
    reader_open(reader, ends[0]);
    ck_assert_int_eq(reader_next(reader, &line), LINE_READ);
    /* From here on it is a directory, which fails with EISDIR. */
    const int root = open("/", O_RDONLY);
    ck_assert_int_ge(root, 0);
    ck_assert_int_eq(dup2(root, ends[0]), ends[0]);
    close(root);
    ck_assert_int_eq(reader_next(reader, &line), LINE_READ);
    ck_assert_uint_eq(line.length, 4);
    ck_assert_uint_eq(line.ending, 0);
    ck_assert_mem_eq(line.text, "half", 4);
    for (int i = 0; i < 2; i++) {
        errno = 0;
        ck_assert_int_eq(reader_next(reader, &line), LINE_ERROR);
        ck_assert_int_eq(errno, EISDIR);
    }
    reader_destroy(reader);
    close(ends[0]);
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

START_TEST(interrupted_reads_go_on)
{
    enum { LINES = 200 };
    int ends[2];
    struct sigaction action = {.sa_handler = answer_signal}; /* without SA_RESTART */
    sigaction(SIGUSR1, &action, NULL);
    ck_assert_int_eq(pipe(answers), 0);
    ck_assert_int_eq(pipe(ends), 0);
    const pid_t parent = getpid();
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        for (int i = 0; i < LINES; i++) {
            if (write(ends[1], "half ", 5) != 5)
                _exit(1);
            interrupt(parent);
            if (write(ends[1], "a line\n", 7) != 7)
                _exit(1);
        }
        _exit(0);
    }
    close(ends[1]);
    struct reader *reader = reader_create(64, 100);
    struct line line;
    reader_open(reader, ends[0]);
    for (int i = 0; i < LINES; i++) {
        ck_assert_int_eq(reader_next(reader, &line), LINE_READ);
        ck_assert_uint_eq(line.length, 11);
    }
    ck_assert_int_eq(reader_next(reader, &line), LINE_END);
    ck_assert_int_eq(signals, 1);
    reader_destroy(reader);
    close(ends[0]);
    while (waitpid(child, NULL, 0) < 0)
        ck_assert_int_eq(errno, EINTR);
}
END_TEST

Suite *reader_suite(void);

Suite *reader_suite(void)
{
    Suite *suite = suite_create("reader");
    TCase *lines = tcase_create("lines");
    tcase_add_checked_fixture(lines, open_input, close_input);
    tcase_set_timeout(lines, 60);
    tcase_add_test(lines, any_chunk_gives_the_same_lines);
    tcase_add_test(lines, all_short_texts);
    tcase_add_test(lines, rare_endings_anywhere);
    tcase_add_test(lines, limit_in_a_grown_buffer);
    tcase_add_test(lines, many_lines_of_growing_length);
    tcase_add_test(lines, zero_and_huge_parameters);
    tcase_add_test(lines, reopening_starts_anew);
    tcase_add_test(lines, drained_before_each_read);
    tcase_add_test(lines, endless_line_in_pieces);
    tcase_add_test(lines, errors_stay);
    tcase_add_test(lines, text_before_an_error_comes_first);
    tcase_add_test(lines, interrupted_reads_go_on);
    suite_add_tcase(suite, lines);
    return suite;
}
