/*
 * faults -- a library to preload: the n-th call of a kind fails.
 *
 * Model:     FAULT_KIND is malloc (also calloc and realloc), read, write or
 *            file (fsync and rename); FAULT_AT is n, counted from 1. The n-th
 *            write takes half of the bytes and all after it fail with ENOSPC, as
 *            on a disk that is full.
 * Report:    a byte is appended to the file FAULT_HIT when the call was failed,
 *            so that the test knows whether there was an n-th call at all.
 * Limits:    writes to standard error are neither counted nor failed: it must
 *            be seen what the program says.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* dlsym itself may allocate before the real functions are known. */
static _Alignas(16) char early[65536];
static size_t early_used;

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static void (*real_free)(void *);
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_write)(int, const void *, size_t);

static int (*real_fsync)(int);
static int (*real_rename)(const char *, const char *);

static const char *kind;
static long remaining;
static int ready;
static int disk_full;

/* dlsym returns an object pointer; POSIX says it may be a function all the same. */
static void find(void *function, const char *name)
{
    void *address = dlsym(RTLD_NEXT, name);
    memcpy(function, &address, sizeof address);
}

__attribute__((constructor)) static void start(void)
{
    find(&real_malloc, "malloc");
    find(&real_calloc, "calloc");
    find(&real_realloc, "realloc");
    find(&real_free, "free");
    find(&real_read, "read");
    find(&real_write, "write");
    find(&real_fsync, "fsync");
    find(&real_rename, "rename");
    kind = getenv("FAULT_KIND");
    const char *at = getenv("FAULT_AT");
    remaining = at != NULL ? strtol(at, NULL, 10) : 0;
    ready = kind != NULL && remaining > 0;
}

static int must_fail(const char *what)
{
    if (!ready || strcmp(kind, what) != 0 || --remaining != 0) {
        return 0;
    }
    const char *path = getenv("FAULT_HIT");
    int file = path != NULL ? open(path, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    if (file >= 0) {
        (void)!real_write(file, "x", 1);
        close(file);
    }
    return 1;
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

ssize_t write(int file, const void *buffer, size_t size)
{
    if (file == STDERR_FILENO) {
        return real_write(file, buffer, size);
    }
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

int fsync(int file)
{
    if (must_fail("file")) {
        errno = EIO;
        return -1;
    }
    return real_fsync(file);
}

int rename(const char *from, const char *to)
{
    if (must_fail("file")) {
        errno = EIO;
        return -1;
    }
    return real_rename(from, to);
}
