#if defined __linux__ && !defined _GNU_SOURCE
#define _GNU_SOURCE /* O_PATH, syscall(2) */
#elif defined __OpenBSD__ && !defined _BSD_SOURCE
#define _BSD_SOURCE /* unveil(2) */
#endif

#include "io/fence.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif

#if defined SYS_landlock_create_ruleset && !defined DECHAFF_UNCONFINED

/* As in linux/landlock.h of Linux 6.12; that of an older system lacks what came later. */
enum {
    CREATE_VERSION = 1,
    RULE_BENEATH = 1,
    EXECUTE = 1,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIRECTORY = 1 << 3,
    REMOVE_DIRECTORY = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_REGULAR = 1 << 8,
    TRUNCATE = 1 << 14,
    BIND_AND_CONNECT_TCP = 3,
    ABSTRACT_SOCKETS_AND_SIGNALS = 3
};

struct handled {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

struct beneath {
    uint64_t allowed;
    int32_t directory; /* or a file */
};

/* All that this version of Landlock can refuse. */
static struct handled handled_by(int version)
{
    static const uint64_t files[] = {0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff};
    int last = (int)(sizeof files / sizeof *files) - 1;

    return (struct handled){.files = files[version < last ? version : last],
                            .network = version >= 4 ? BIND_AND_CONNECT_TCP : 0,
                            .scopes = version >= 6 ? ABSTRACT_SOCKETS_AND_SIGNALS : 0};
}

int fence_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, CREATE_VERSION);

    return version > 0 ? (int)version : 0;
}

const char *fence_name(void)
{
    return "Landlock";
}

void fence_open(struct fence *fence)
{
    int version = fence_version();
    struct handled handled = handled_by(version);

    *fence = (struct fence){.rules = -1};
    if (version)
        fence->rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
}

static uint64_t rights(int fd, enum fence_right right)
{
    static const uint64_t table[] = {
        [FENCE_READ] = READ_FILE,
        [FENCE_BELOW] = READ_FILE,
        [FENCE_RUN] = READ_FILE | EXECUTE,
        [FENCE_WRITE] = WRITE_FILE,
        /* A name that is to be replaced may turn out to be a directory's: rename(2) says so. */
        [FENCE_REPLACE] =
            READ_FILE | WRITE_FILE | READ_DIRECTORY | REMOVE_FILE | MAKE_REGULAR | REMOVE_DIRECTORY,
    };
    struct stat status;

    if (right == FENCE_READ && fstat(fd, &status) == 0 && S_ISDIR(status.st_mode))
        return READ_DIRECTORY;
    return table[right];
}

bool fence_allow(struct fence *fence, const char *path, enum fence_right right)
{
    int fd;

    if (fence->rules < 0)
        return true;
    fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return false;
    if (syscall(SYS_landlock_add_rule, fence->rules, RULE_BENEATH,
                &(struct beneath){rights(fd, right), fd}, 0) != 0 &&
        errno != EBADFD)
        fence->has_failed = true;
    close(fd);
    return true;
}

const char *fence_close(struct fence *fence)
{
    const char *missing = NULL;

    if (fence->rules < 0)
        return "no sandbox: this kernel has no Landlock, or does not let it be used";
    if (fence->has_failed || syscall(SYS_landlock_restrict_self, fence->rules, 0) != 0)
        missing = "no sandbox: this kernel does not take the Landlock rules";
    close(fence->rules);
    fence->rules = -1;
    return missing;
}

#elif defined __OpenBSD__ && !defined DECHAFF_UNCONFINED

int fence_version(void)
{
    return 1;
}

const char *fence_name(void)
{
    return "unveil";
}

void fence_open(struct fence *fence)
{
    *fence = (struct fence){.rules = -1, .has_failed = unveil("/", "") != 0};
}

bool fence_allow(struct fence *fence, const char *path, enum fence_right right)
{
    static const char *const rights[] = {[FENCE_READ] = "r",
                                         [FENCE_BELOW] = "r",
                                         [FENCE_RUN] = "rx",
                                         [FENCE_WRITE] = "w",
                                         [FENCE_REPLACE] = "rwc"};

    if (unveil(path, rights[right]) == 0)
        return true;
    /* What it has no room for must stay in sight. */
    if (errno == E2BIG)
        fence->has_failed |= unveil("/", "rwc") != 0;
    return errno == E2BIG;
}

const char *fence_close(struct fence *fence)
{
    return unveil(NULL, NULL) != 0 || fence->has_failed ? "no sandbox: unveil(2) failed" : NULL;
}

#else

int fence_version(void)
{
    return 0;
}

const char *fence_name(void)
{
    return "";
}

void fence_open(struct fence *fence)
{
    *fence = (struct fence){.rules = -1};
}

bool fence_allow(struct fence *fence, const char *path, enum fence_right right)
{
    (void)fence, (void)path, (void)right;
    return true;
}

const char *fence_close(struct fence *fence)
{
    (void)fence;
    return "no sandbox: none was built into this program";
}

#endif
