#include "flow/unpack.h"

#include "io/patient.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What was looked at goes to the helper. */
_Static_assert(HTML_LOOK <= HELPER_BEGUN && HTML_CHARSET <= HELPER_CHARSET, "it has no room");

void unpack_init(struct unpack *unpack)
{
    unpack->process.socket = -1;
    unpack->helper = NULL;
    unpack->packing = NULL;
    unpack->dumper = NULL;
    unpack->head = 0;
}

/* Looks at what a file begins with where it is to be read from; -1 if that can only be read. */
static ssize_t look(int fd, char bytes[HTML_LOOK])
{
    off_t at = lseek(fd, 0, SEEK_CUR);

    return at < 0 ? -1 : pread(fd, bytes, HTML_LOOK, at);
}

/* Whether what was looked at, all that there is or as much as matters, begins a page that is not to
 * be read as it is. */
static bool is_page(const char *bytes, size_t count, const struct html_wishes *html)
{
    return html->wish != HTML_IS_TEXT && html_begins((struct span){bytes, count}, true) == HTML_YES;
}

static bool file_needs_it(const char *path, const struct html_wishes *html)
{
    bool is_standard = operands_is_standard(path);
    char bytes[HTML_LOOK];
    int fd = is_standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    ssize_t count = fd < 0 ? -1 : look(fd, bytes);

    if (fd >= 0 && !is_standard)
        close(fd);
    return count > 0 && (packing_of(bytes, (size_t)count) || is_page(bytes, (size_t)count, html));
}

/* Whether more bytes are needed to know what the input is. */
static bool is_unclear(const struct unpack *unpack, size_t count, const struct html_wishes *html)
{
    return (!unpack->packing && packing_may_follow(unpack->bytes, count)) ||
           (html->wish != HTML_IS_TEXT &&
            html_begins((struct span){unpack->bytes, count}, false) == HTML_UNCLEAR);
}

/* Reads as much as it takes to know; how many bytes. A read that fails will fail again for who
 * reads on. */
static ssize_t begin(struct unpack *unpack, const struct html_wishes *html)
{
    size_t count = 0;
    ssize_t got = 1;

    while (got > 0 && count < sizeof unpack->bytes && is_unclear(unpack, count, html)) {
        got = patient_read(unpack->fd, unpack->bytes + count, sizeof unpack->bytes - count);
        count += got > 0 ? (size_t)got : 0;
    }
    unpack->begun = (struct span){unpack->bytes, count};
    return (ssize_t)count;
}

static bool is_pipe(const struct stat *status)
{
    return S_ISFIFO(status->st_mode) || S_ISSOCK(status->st_mode);
}

static bool may_need_it(const char *path, const struct html_wishes *html)
{
    struct stat status;

    if (!operands_look(path, &status))
        return false;
    return S_ISREG(status.st_mode) ? file_needs_it(path, html) : is_pipe(&status);
}

/* Whether a pipe is all there is, and a helper in vain. */
static bool is_plain_pipe(struct unpack *unpack, const struct operands *inputs,
                          const struct html_wishes *html)
{
    struct stat status;

    if (inputs->count != 1 || !operands_is_standard(inputs->files[0]) ||
        fstat(STDIN_FILENO, &status) != 0 || !is_pipe(&status))
        return false;
    unpack->fd = STDIN_FILENO;
    unpack->head = (size_t)begin(unpack, html);
    return !packing_of(unpack->bytes, unpack->head) && !is_page(unpack->bytes, unpack->head, html);
}

bool unpack_may_be_needed(struct unpack *unpack, const struct operands *inputs,
                          const struct html_wishes *html)
{
    if (inputs->count > UNPACK_LOOKS)
        return true;
    if (is_plain_pipe(unpack, inputs, html))
        return false;
    for (size_t i = 0; i < inputs->count; i++)
        if (may_need_it(inputs->files[i], html))
            return true;
    return false;
}

static bool fail(struct unpack *unpack, const char *format, const char *name)
{
    snprintf(unpack->fault, sizeof unpack->fault, format, name);
    return false;
}

/* The program that unpacks can't start. */
static bool fail_packing(struct unpack *unpack)
{
    const char *name = unpack->packing->name;

    unpack->packing = NULL;
    if (errno == ENOENT)
        return fail(unpack, "it is packed with %s, which is not installed, so it is not read",
                    name);
    snprintf(unpack->fault, sizeof unpack->fault, "it is packed with %s, which can't start: %s",
             name, strerror(errno));
    return false;
}

/* No dumper can start. */
static bool fail_dumper(struct unpack *unpack, const struct html_wishes *html)
{
    const char *why = strerror(errno);
    char names[UNPACK_FAULT / 2];

    if (errno != ENOENT)
        return fail(unpack, "it is HTML, and what makes text of it can't start: %s", why);
    if (html->is_only)
        return fail(unpack, "it is HTML, and %s is not installed, so it is not read",
                    html->dumper->name);
    dumpers_names(names, sizeof names);
    return fail(unpack,
                "it is HTML, and none of %s is installed to make text of it, "
                "so it is not read",
                names);
}

/* What was read already goes before the rest; the helper takes care of that. */
static bool start_unpacking(struct unpack *unpack)
{
    unpack->fd = helper_unpack(unpack->helper, unpack->packing, unpack->fd, unpack->begun);
    unpack->begun = (struct span){0};
    return unpack->fd >= 0 || fail_packing(unpack);
}

/* Ends what runs. What a dumper that failed left unread was not wanted. */
bool unpack_close(struct unpack *unpack, bool is_read)
{
    const struct packing *packing = unpack->packing;
    const struct dumper *dumper = unpack->dumper;
    bool good = true;

    if (packing || dumper)
        close(unpack->fd);
    if (dumper && helper_end(unpack->helper, HELPER_DUMP, is_read) != 0 && is_read)
        good = fail(unpack, "%s can't make text of all of it", dumper->name);
    if (packing && helper_end(unpack->helper, HELPER_UNPACK, is_read && good) != 0 && is_read &&
        good)
        good = fail(unpack,
                    "%s can't unpack all of it: it is cut short, damaged, or asks for too "
                    "much memory",
                    packing->name);
    unpack->packing = NULL;
    unpack->dumper = NULL;
    return good;
}

static bool has_text(const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!span_is_white(bytes[i]))
            return true;
    return false;
}

/* Reads until there is more than white space: a page of which no text is made is told at once. */
static bool await_text(struct unpack *unpack)
{
    const char *name = unpack->dumper->name;
    size_t count = 0;
    ssize_t got = 1;

    while (got > 0 && count < sizeof unpack->bytes && !has_text(unpack->bytes, count)) {
        got = patient_read(unpack->fd, unpack->bytes + count, sizeof unpack->bytes - count);
        count += got > 0 ? (size_t)got : 0;
    }
    unpack->begun = (struct span){unpack->bytes, count};
    if (got > 0)
        return true;
    return unpack_close(unpack, true) &&
           fail(unpack, "it is HTML, in which %s finds no text", name);
}

/* SEEN is what the page begins with. */
static bool start_dumper(struct unpack *unpack, struct span seen, const struct html_wishes *html)
{
    const struct dumper *dumper = html->dumper;
    int fd;

    html_charset(seen, unpack->charset);
    fd = helper_dump(unpack->helper, &dumper, !html->is_only, unpack->charset, unpack->fd,
                     unpack->begun);
    if (fd < 0) {
        fail_dumper(unpack, html);
        unpack_close(unpack, false);
        return false;
    }
    if (unpack->packing)
        close(unpack->fd); /* so that nothing waits for us where the dumper ends early */
    unpack->fd = fd;
    unpack->dumper = dumper;
    return await_text(unpack);
}

static bool refuse(struct unpack *unpack)
{
    unpack_close(unpack, false);
    return fail(unpack, "it is HTML, which -i does not edit: its text would take its place%s", "");
}

bool unpack_open(struct unpack *unpack, int fd, const struct html_wishes *html)
{
    ssize_t seen;

    unpack->fd = fd;
    unpack->packing = NULL;
    unpack->dumper = NULL;
    unpack->begun = (struct span){unpack->bytes, unpack->head};
    unpack->head = 0;
    if (!unpack->helper)
        return true;
    seen = unpack->begun.length ? (ssize_t)unpack->begun.length : look(fd, unpack->bytes);
    if (seen < 0)
        seen = begin(unpack, html);
    unpack->packing = packing_of(unpack->bytes, (size_t)seen);
    if (unpack->packing && !start_unpacking(unpack))
        return false;
    if (unpack->packing && html->wish != HTML_IS_TEXT)
        seen = begin(unpack, html);
    if (!is_page(unpack->bytes, (size_t)seen, html))
        return true;
    if (html->wish == HTML_IS_REFUSED)
        return refuse(unpack);
    return start_dumper(unpack, (struct span){unpack->bytes, (size_t)seen}, html);
}

const char *unpack_explain(struct unpack *unpack)
{
    char command[UNPACK_FAULT / 4 * 3];

    dumpers_command(unpack->dumper, unpack->charset, command, sizeof command);
    fail(unpack, "it is HTML, read through %s", command);
    return unpack->fault;
}
