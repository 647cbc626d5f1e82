/*
 * faults -- a library to preload: the n-th call of a kind fails, or something happens before it.
 *
 * Model:     FAULT_KIND is malloc (also calloc and realloc), read, pread, write, thread,
 *            fork or file (what makes, names or finishes a file); FAULT_AT is n, counted
 *            from 1. The n-th write takes half of the bytes and all after it
 *            fail with ENOSPC, as on a disk that is full.
 *            With kill, the process gets the signal FAULT_SIGNAL right before
 *            the n-th call on files and their names; that does by default what
 *            it does, or is ignored with FAULT_IGNORED. With swap, the file
 *            FAULT_FROM gets the name FAULT_TO there.
 *            FAULT_LACKS has tmpfile and link if the system shall not make files
 *            without a name, or links; null for no /dev/null. No disk is waited for.
 * Report:    a byte is appended to the file FAULT_HIT when the n-th call came,
 *            so that the test knows whether there was one at all; else it is
 *            empty. It is opened at the start, before the program confines itself.
 * Limits:    writes to standard error are neither counted nor failed: it must
 *            be seen what the program says.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* dlsym itself may allocate before the real functions are known. */
static _Alignas(16) char early[65536];
static size_t early_used;

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static void (*real_free)(void *);
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_pread)(int, void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static int (*real_fstat)(int, struct stat *);
static int (*real_fstatat)(int, const char *, struct stat *, int);
static int (*real_faccessat)(int, const char *, int, int);
static int (*real_fchmod)(int, mode_t);
static int (*real_linkat)(int, const char *, int, const char *, int);
static int (*real_renameat)(int, const char *, int, const char *);
static int (*real_unlinkat)(int, const char *, int);
static int (*real_thread)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

static const char *kind;
static long remaining;
static pid_t (*real_fork)(void);
static int ready;
static int hit = -1;
static int disk_full;

/* dlsym returns an object pointer; POSIX says it may be a function all the same. */
static void find(void *function, const char *name)
{
    void *address = dlsym(RTLD_NEXT, name);
    memcpy(function, &address, sizeof address);
}

static int signal_number(void)
{
    const char *number = getenv("FAULT_SIGNAL");
    return number != NULL ? (int)strtol(number, NULL, 10) : 0;
}

__attribute__((constructor)) static void start(void)
{
    find(&real_malloc, "malloc");
    find(&real_calloc, "calloc");
    find(&real_realloc, "realloc");
    find(&real_free, "free");
    find(&real_read, "read");
    find(&real_pread, "pread");
    find(&real_write, "write");
    find(&real_open, "open");
    find(&real_openat, "openat");
    find(&real_close, "close");
    find(&real_fstat, "fstat");
    find(&real_fstatat, "fstatat");
    find(&real_faccessat, "faccessat");
    find(&real_fchmod, "fchmod");
    find(&real_linkat, "linkat");
    find(&real_renameat, "renameat");
    find(&real_unlinkat, "unlinkat");
    find(&real_thread, "pthread_create");
    find(&real_fork, "fork");
    kind = getenv("FAULT_KIND");
    const char *at = getenv("FAULT_AT");
    remaining = at != NULL ? strtol(at, NULL, 10) : 0;
    ready = kind != NULL && remaining > 0;
    /* A shell's background commands ignore some. */
    if (ready && strcmp(kind, "kill") == 0) {
        signal(signal_number(), getenv("FAULT_IGNORED") != NULL ? SIG_IGN : SIG_DFL);
    }
    const char *path = getenv("FAULT_HIT");
    int file = path != NULL ? real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    /* Out of the way of those that the program opens. */
    hit = fcntl(file, F_DUPFD_CLOEXEC, 100);
    real_close(file);
}

static int must_fail(const char *what)
{
    if (!ready || strcmp(kind, what) != 0 || --remaining != 0) {
        return 0;
    }
    (void)!real_write(hit, "x", 1);
    return 1;
}

/* Before each call on a file or its name. */
static void come_between(void)
{
    if (must_fail("kill")) {
        kill(getpid(), signal_number());
    } else if (must_fail("swap")) {
        rename(getenv("FAULT_FROM"), getenv("FAULT_TO"));
    }
}

static int file_fails(void)
{
    come_between();
    if (!must_fail("file")) {
        return 0;
    }
    errno = EIO;
    return 1;
}

static int is_lacking(const char *what)
{
    const char *lacking = getenv("FAULT_LACKS");
    return lacking != NULL && strstr(lacking, what) != NULL;
}

static void *early_malloc(size_t size)
{
    size_t rounded = (size + 15) & ~(size_t)15;
    if (rounded > sizeof early - early_used) {
        return NULL;
    }
    void *block = early + early_used;
    early_used += rounded;
    return block;
}

static int is_early(const void *block)
{
    return (const char *)block >= early && (const char *)block < early + sizeof early;
}

void *malloc(size_t size)
{
    if (real_malloc == NULL) {
        return early_malloc(size);
    }
    if (must_fail("malloc")) {
        errno = ENOMEM;
        return NULL;
    }
    return real_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (real_calloc == NULL) {
        return early_malloc(count * size); /* static, hence zero */
    }
    if (must_fail("malloc")) {
        errno = ENOMEM;
        return NULL;
    }
    return real_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    if (must_fail("malloc")) {
        errno = ENOMEM;
        return NULL;
    }
    if (is_early(block)) {
        void *moved = real_malloc(size);
        size_t left = (size_t)(early + sizeof early - (char *)block);
        return moved != NULL ? memcpy(moved, block, size < left ? size : left) : NULL;
    }
    return real_realloc(block, size);
}

void free(void *block)
{
    if (!is_early(block)) {
        real_free(block);
    }
}

ssize_t read(int file, void *buffer, size_t size)
{
    if (must_fail("read")) {
        errno = EIO;
        return -1;
    }
    return real_read(file, buffer, size);
}

ssize_t pread(int file, void *buffer, size_t size, off_t offset)
{
    if (must_fail("pread")) {
        errno = EIO;
        return -1;
    }
    return real_pread(file, buffer, size, offset);
}

ssize_t write(int file, const void *buffer, size_t size)
{
    if (file == STDERR_FILENO) {
        return real_write(file, buffer, size);
    }
    come_between();
    if (disk_full) {
        errno = ENOSPC;
        return -1;
    }
    if (must_fail("write")) {
        disk_full = 1;
        return real_write(file, buffer, size / 2);
    }
    return real_write(file, buffer, size);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    come_between();
    if (is_lacking("null") && strcmp(path, "/dev/null") == 0) {
        errno = ENOENT;
        return -1;
    }
    return real_open(path, flags, mode);
}

/* What open(2) is called where its flags are only known at run time, and checked. */
int __open_2(const char *path, int flags) // NOLINT(bugprone-reserved-identifier)
{
    return open(path, flags);
}

int openat(int directory, const char *path, int flags, ...)
{
    va_list arguments;
    int is_unnamed = (flags & O_TMPFILE) == O_TMPFILE;
    va_start(arguments, flags);
    mode_t mode = flags & O_CREAT || is_unnamed ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if (file_fails()) {
        return -1;
    }
    if (is_unnamed && is_lacking("tmpfile")) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return real_openat(directory, path, flags, mode);
}

int close(int file)
{
    come_between();
    return real_close(file);
}

int fsync(int file)
{
    (void)file;
    return file_fails() ? -1 : 0;
}

int fstat(int file, struct stat *status)
{
    come_between();
    return real_fstat(file, status);
}

int fstatat(int directory, const char *path, struct stat *status, int flags)
{
    come_between();
    return real_fstatat(directory, path, status, flags);
}

int faccessat(int directory, const char *path, int mode, int flags)
{
    come_between();
    return real_faccessat(directory, path, mode, flags);
}

int fchmod(int file, mode_t mode)
{
    return file_fails() ? -1 : real_fchmod(file, mode);
}

int linkat(int from_directory, const char *from, int to_directory, const char *to, int flags)
{
    if (file_fails()) {
        return -1;
    }
    if (is_lacking("link")) {
        errno = EPERM;
        return -1;
    }
    return real_linkat(from_directory, from, to_directory, to, flags);
}

int renameat(int from_directory, const char *from, int to_directory, const char *to)
{
    return file_fails() ? -1 : real_renameat(from_directory, from, to_directory, to);
}

int unlinkat(int directory, const char *path, int flags)
{
    come_between();
    return real_unlinkat(directory, path, flags);
}

pid_t fork(void)
{
    if (!must_fail("fork"))
        return real_fork();
    errno = EAGAIN;
    return -1;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                   void *argument)
{
    return must_fail("thread") ? EAGAIN : real_thread(thread, attributes, run, argument);
}
