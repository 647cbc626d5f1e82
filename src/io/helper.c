#if defined __APPLE__ && !defined _DARWIN_C_SOURCE
#define _DARWIN_C_SOURCE /* CMSG_SPACE */
#elif defined __OpenBSD__ && !defined _BSD_SOURCE
#define _BSD_SOURCE /* the same */
#endif

#include "io/helper.h"

#include "io/patient.h"
#include "io/respell.h"
#include "io/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

/* Of a processor, and bytes of memory, for a page: what takes more is no page but a trap. */
#define HELPER_SECONDS 60
#define HELPER_MEMORY ((rlim_t)1 << 30)

#ifndef _GNU_SOURCE
extern char **environ; /* POSIX has no header declare it */
#endif

/* Exit status of a copier that could not read. */
#define COPIER_FAILED 2

enum verb { BEGIN, END, KILL };

/* What is asked for: a job to begin, with a descriptor beside it, or one to end. */
struct request {
    enum verb verb;
    enum helper_job job;
    size_t row;     /* of a packing or dumper */
    bool or_others; /* than this dumper */
    size_t begun;
    char charset[HELPER_CHARSET];
    char bytes[HELPER_BEGUN];
};

/* What comes of it: a descriptor, if a job was begun and there was no error. */
struct answer {
    int error;
    int status;
    size_t row; /* of the dumper that runs */
};

/* The processes of a job; 0: none. */
struct job {
    pid_t program;
    pid_t copier;
};

/* Sends SIZE bytes, and FD unless that is -1. */
static bool send_with(int socket, void *data, size_t size, int fd)
{
    struct iovec part = {data, size};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof fd)];
    } control = {0};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    struct cmsghdr *header = &control.header;
    ssize_t count;

    if (fd >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        header->cmsg_len = CMSG_LEN(sizeof fd);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        memcpy(CMSG_DATA(header), &fd, sizeof fd);
    }
    do
        count = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (count < 0 && errno == EINTR);
    return count == (ssize_t)size;
}

/* Receives the same; *fd is -1 if there was none. */
static bool receive_with(int socket, void *data, size_t size, int *fd)
{
    struct iovec part = {data, size};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof *fd)];
    } control = {0};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    struct cmsghdr *header;
    ssize_t count;

    *fd = -1;
    do
        count = recvmsg(socket, &message, MSG_WAITALL);
    while (count < 0 && errno == EINTR);
    header = count > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    if (header && header->cmsg_type == SCM_RIGHTS)
        memcpy(fd, CMSG_DATA(header), sizeof *fd);
    if (count >= 0 && count != (ssize_t)size)
        errno = EPIPE;
    return count == (ssize_t)size;
}

/* A pipe that no program inherits. */
static bool open_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

/* Copies what was read already, and then the rest; false if that can't be read. */
static bool copy(const struct request *request, int from, int to)
{
    struct span begun = {request->bytes, request->begun};
    char buffer[16 * 1024];
    size_t length = 0, kept = 0;
    ssize_t count;

    do {
        memmove(buffer, buffer + length - kept, kept);
        count = patient_read_on(&begun, from, buffer + kept, sizeof buffer - kept);
        length = kept + (count > 0 ? (size_t)count : 0);
        kept = 0;
        if (request->job == HELPER_DUMP && count > 0)
            length = respell(buffer, length, &kept);
    } while (patient_write_all(to, buffer, length - kept) && count > 0);
    return count >= 0;
}

/* Has a process of its own copy; returns where to read that from, or -1. */
static int start_copier(struct job *job, const struct request *request, int from)
{
    int ends[2], error;

    if (!open_pipe(ends))
        return -1;
    job->copier = fork();
    error = errno;
    if (job->copier == 0) {
        close(ends[0]);
        _exit(copy(request, from, ends[1]) ? 0 : COPIER_FAILED);
    }
    close(ends[1]);
    if (job->copier > 0)
        return ends[0];
    job->copier = 0;
    close(ends[0]);
    errno = error;
    return -1;
}

/* What a program does not need to know, and could make other text of. */
static void forget_environment(void)
{
    static const char *const kept[] = {"PATH", "TMPDIR", NULL};
    static char *variables[sizeof kept / sizeof *kept + 2];
    static char home[] = "HOME=/dev/null", locale[] = "LC_ALL=C.UTF-8";
    size_t count = 0;

    variables[count++] = home;
    variables[count++] = locale;
    for (const char *const *name = kept; *name; name++)
        for (char **at = environ; *at; at++)
            if (strncmp(*at, *name, strlen(*name)) == 0 && (*at)[strlen(*name)] == '=')
                variables[count++] = *at;
    environ = variables;
}

/* The programs that will do. */
static size_t candidates(const struct request *request)
{
    size_t count = 1;

    while (request->or_others && dumpers[request->row + count].name)
        count++;
    return count;
}

/* Becomes a program that packs or unpacks; returns if there is none. */
static void run_packing(const struct request *request)
{
    const struct packing *packing = &packings[request->row];
    const char *option = request->job == HELPER_PACK ? packing->packing : packing->unpacking;

    execlp(packing->name, packing->name, option, (char *)NULL);
}

/* Becomes a dumper; returns if there is none. */
static void run_dumper(const struct dumper *dumper, const char *charset)
{
    const char *arguments[DUMPERS_ARGUMENTS];
    char buffer[DUMPERS_ARGUMENT];

    dumpers_arguments(dumper, charset, arguments, buffer);
    execvp(dumper->name, (char *const *)arguments);
}

/* Becomes the first program that is there; says of each other what is wrong with it. */
static void run(const struct request *request, int from, int to, int trouble)
{
    const struct rlimit seconds = {HELPER_SECONDS, HELPER_SECONDS};
    const struct rlimit memory = {HELPER_MEMORY, HELPER_MEMORY}, none = {0, 0};
    bool dumps = request->job == HELPER_DUMP;

    dup2(from, STDIN_FILENO);
    dup2(to, STDOUT_FILENO);
    if (dumps) {
        forget_environment();
        setrlimit(RLIMIT_CPU, &seconds);
        setrlimit(RLIMIT_DATA, &memory);
        setrlimit(RLIMIT_CORE, &none); /* no page is left in a file where one of these ended it */
    }
    for (size_t i = 0; i < candidates(request); i++) {
        if (dumps)
            run_dumper(&dumpers[request->row + i], request->charset);
        else
            run_packing(request);
        patient_write_all(trouble, (const char *)&errno, sizeof errno);
    }
    _exit(127);
}

/* How many programs did not start, by what is written of each; *ERROR is that of the last one. */
static size_t count_troubles(int trouble, int *error)
{
    size_t count = 0;

    while (patient_read(trouble, error, sizeof *error) == (ssize_t)sizeof *error)
        count++;
    return count;
}

/* Starts a program; an errno, or 0 once it runs and is *ROW. */
static int start_program(struct job *job, const struct request *request, int from, int to,
                         size_t *row)
{
    int trouble[2], error = 0;
    size_t failed;

    if (!open_pipe(trouble))
        return errno;
    job->program = fork();
    if (job->program == 0)
        run(request, from, to, trouble[1]);
    if (job->program < 0) {
        error = errno;
        job->program = 0;
    }
    close(trouble[1]);
    failed = count_troubles(trouble[0], &error);
    close(trouble[0]);
    *row = request->row + failed;
    return job->program && failed < candidates(request) ? 0 : error;
}

/* Its exit status, 128 for any other end; 0: there is no such process. */
static int wait_for(pid_t process)
{
    int status = 0;
    pid_t ended;

    if (!process)
        return 0;
    do
        ended = waitpid(process, &status, 0);
    while (ended < 0 && errno == EINTR);
    return ended == process && WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static int end(struct job *job, bool is_wanted)
{
    int status, copied;

    if (job->program && !is_wanted)
        kill(job->program, SIGKILL);
    status = wait_for(job->program);
    if (job->copier) /* it may wait for what nobody needs any more */
        kill(job->copier, SIGKILL);
    copied = wait_for(job->copier);
    *job = (struct job){0};
    return !status && copied == COPIER_FAILED ? COPIER_FAILED : status;
}

/* Has the program read from one descriptor and write to another, of which one is that of a pipe;
 * *HANDED is its other end. */
static int connect_program(struct job *job, const struct request *request, int fd, int *handed,
                           size_t *row)
{
    bool packs = request->job == HELPER_PACK;
    int ends[2], error;

    if (!open_pipe(ends))
        return errno;
    error = start_program(job, request, packs ? ends[0] : fd, packs ? fd : ends[1], row);
    *handed = ends[packs];
    close(ends[!packs]);
    return error;
}

/* Begins a job with the descriptor that came with it. The copier comes first, so that it holds no
 * end of the program's own pipe. */
static int begin(struct job *job, const struct request *request, int fd, int *handed, size_t *row)
{
    bool copies = request->begun || request->job == HELPER_DUMP;
    int from = copies ? start_copier(job, request, fd) : fd;
    int error = from < 0 ? errno : connect_program(job, request, from, handed, row);

    if (from != fd && from >= 0)
        close(from);
    if (error)
        end(job, false);
    return error;
}

/* Whether there is such a row for the job. */
static bool has_row(const struct request *request)
{
    size_t rows = 0;

    if (request->job == HELPER_DUMP)
        while (dumpers[rows].name)
            rows++;
    else
        while (packings[rows].name)
            rows++;
    return request->row < rows;
}

/* The parent reads what strangers wrote; nothing is taken from it that it could not mean. */
static bool makes_sense(const struct request *request, int fd)
{
    return (unsigned)request->verb <= KILL && (unsigned)request->job < HELPER_JOBS &&
           has_row(request) && (!request->or_others || request->job == HELPER_DUMP) &&
           request->begun <= sizeof request->bytes &&
           memchr(request->charset, '\0', sizeof request->charset) &&
           (fd >= 0) == (request->verb == BEGIN);
}

static bool serve(int socket, struct job jobs[HELPER_JOBS])
{
    struct request request;
    struct answer answer = {0};
    int fd, handed = -1;
    bool good;

    if (!receive_with(socket, &request, sizeof request, &fd) || !makes_sense(&request, fd))
        return false;
    answer.status = end(&jobs[request.job], request.verb == END);
    if (request.verb == BEGIN)
        answer.error = begin(&jobs[request.job], &request, fd, &handed, &answer.row);
    good = send_with(socket, &answer, sizeof answer, answer.error ? -1 : handed);
    if (handed >= 0)
        close(handed);
    if (fd >= 0)
        close(fd);
    return good;
}

/* What the programs say is not heard, and no pipe of the parent's is held open. */
static void leave_descriptors(void)
{
    int null = open("/dev/null", O_RDWR);

    for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
        dup2(null, fd);
    if (null > STDERR_FILENO)
        close(null);
}

static void live(int socket, bool is_confined)
{
    struct job jobs[HELPER_JOBS] = {{0}};

    signal(SIGCHLD, SIG_DFL); /* where it is ignored, nobody's status can be had */
    fcntl(socket, F_SETFD, FD_CLOEXEC);
    leave_descriptors();
    /* A dictionary of 1.5 GB can be asked for by a file of some bytes. */
    setenv("XZ_DEFAULTS", "--memlimit-decompress=256MiB", 0);
    if (is_confined)
        sandbox_confine_helper();
    while (serve(socket, jobs))
        continue;
    for (size_t i = 0; i < HELPER_JOBS; i++)
        end(&jobs[i], false);
    _exit(0);
}

bool helper_start(struct helper *helper, bool is_confined)
{
    int ends[2];
    pid_t child;

    helper->socket = -1;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return false;
    child = fork();
    if (child == 0) {
        close(ends[0]);
        live(ends[1], is_confined);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return false;
    }
    *helper = (struct helper){.socket = ends[0], .process = child};
    return true;
}

void helper_stop(struct helper *helper)
{
    if (helper->socket < 0)
        return;
    close(helper->socket);
    wait_for(helper->process);
    helper->socket = -1;
}

/* The row that runs becomes the request's. */
static int ask(struct helper *helper, struct request *request, int fd)
{
    struct answer answer;
    int handed;

    if (!send_with(helper->socket, request, sizeof *request, fd) ||
        !receive_with(helper->socket, &answer, sizeof answer, &handed))
        return -1;
    errno = answer.error;
    request->row = answer.row;
    return answer.error ? -1 : handed;
}

static void put_begun(struct request *request, struct span begun)
{
    request->begun = begun.length;
    if (begun.length)
        memcpy(request->bytes, begun.text, begun.length);
}

int helper_unpack(struct helper *helper, const struct packing *packing, int fd, struct span begun)
{
    struct request request = {.job = HELPER_UNPACK, .row = (size_t)(packing - packings)};

    put_begun(&request, begun);
    return ask(helper, &request, fd);
}

int helper_dump(struct helper *helper, const struct dumper **dumper, bool or_others,
                const char *charset, int fd, struct span begun)
{
    struct request request = {.job = HELPER_DUMP, .or_others = or_others};
    int handed;

    request.row = (size_t)(*dumper - dumpers);
    snprintf(request.charset, sizeof request.charset, "%s", charset);
    put_begun(&request, begun);
    handed = ask(helper, &request, fd);
    if (handed >= 0)
        *dumper = &dumpers[request.row];
    return handed;
}

int helper_pack(struct helper *helper, const struct packing *packing, int fd)
{
    struct request request = {.job = HELPER_PACK, .row = (size_t)(packing - packings)};

    return ask(helper, &request, fd);
}

int helper_end(struct helper *helper, enum helper_job job, bool is_wanted)
{
    struct request request = {.verb = is_wanted ? END : KILL, .job = job};
    struct answer answer;
    int handed;

    if (!send_with(helper->socket, &request, sizeof request, -1) ||
        !receive_with(helper->socket, &answer, sizeof answer, &handed))
        return 128;
    return answer.status;
}
