#if defined __linux__ && !defined _GNU_SOURCE
#define _GNU_SOURCE /* syscall(2), CLONE_THREAD */
#elif defined __OpenBSD__ && !defined _BSD_SOURCE
#define _BSD_SOURCE /* pledge(2) */
#endif

#include "io/calls.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#if defined __linux__ && defined __has_include
#if __has_include(<linux/seccomp.h>)
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#endif
#endif

/* Processors whose calls are told apart by these names, and arguments by their lower half. */
#ifdef SECCOMP_SET_MODE_FILTER
#if defined __x86_64__ && !defined __ILP32__
#define PROCESSOR AUDIT_ARCH_X86_64
#elif defined __aarch64__ && !defined __ILP32__ && defined __ORDER_LITTLE_ENDIAN__
#define PROCESSOR AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
#define PROCESSOR AUDIT_ARCH_RISCV64
#elif defined __powerpc64__ && defined __LITTLE_ENDIAN__
#define PROCESSOR AUDIT_ARCH_PPC64LE
#endif
#endif

#if defined PROCESSOR && !defined DECHAFF_UNCONFINED

#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <sys/syscall.h>

/*
 * The filter is a table, made into a program that compares the number of a call with one row after
 * the other. libseccomp would do it for any processor, but falls when its memory is short, for
 * which every allocation of ours is tested; and it takes 450,000 instructions.
 */

/* A call that may be made, if the bits of an argument that MASK has are VALUE. */
struct row {
    unsigned call;
    unsigned argument;
    uint32_t mask; /* 0: in any case */
    uint32_t value;
};

/* These arguments are ints: what else is in the register has no meaning. */
#define WHOLE UINT32_MAX

#define THREAD (CLONE_VM | CLONE_THREAD)
#define WRITES (O_ACCMODE | O_CREAT | O_TRUNC)

static const struct row always[] = {
    {SYS_read, 0, 0, 0},
    {SYS_write, 0, 0, 0},
    {SYS_readv, 0, 0, 0},
    {SYS_pread64, 0, 0, 0},
    {SYS_writev, 0, 0, 0},
    {SYS_lseek, 0, 0, 0},
    {SYS_close, 0, 0, 0},
    {SYS_ppoll, 0, 0, 0},
    {SYS_fstat, 0, 0, 0},
    {SYS_newfstatat, 0, 0, 0},
    {SYS_statx, 0, 0, 0},
#ifdef SYS_open /* not on newer processors */
    {SYS_poll, 0, 0, 0},
    {SYS_stat, 0, 0, 0},
    {SYS_lstat, 0, 0, 0},
#endif
    {SYS_fcntl, 1, WHOLE, F_GETFD},
    {SYS_fcntl, 1, WHOLE, F_GETFL},
    {SYS_fcntl, 1, WHOLE, F_DUPFD_CLOEXEC},
    /* Memory, also that of compiled regexes, for which some builds of PCRE2 map a file of none. */
    {SYS_brk, 0, 0, 0},
    {SYS_mmap, 0, 0, 0},
    {SYS_munmap, 0, 0, 0},
    {SYS_mremap, 0, 0, 0},
    {SYS_mprotect, 0, 0, 0},
    {SYS_madvise, 0, 0, 0},
    {SYS_memfd_create, 0, 0, 0},
    {SYS_ftruncate, 0, 0, 0},
    /* Threads, time, chance. */
    {SYS_clone, 0, THREAD, THREAD},
    {SYS_futex, 0, 0, 0},
    {SYS_set_robust_list, 0, 0, 0},
#ifdef SYS_rseq
    {SYS_rseq, 0, 0, 0},
#endif
    {SYS_sched_getaffinity, 0, 0, 0},
    {SYS_sched_yield, 0, 0, 0},
    {SYS_gettid, 0, 0, 0},
    {SYS_getpid, 0, 0, 0},
    {SYS_clock_gettime, 0, 0, 0},
    {SYS_getrandom, 0, 0, 0},
    /* Signals, the end. */
    {SYS_rt_sigaction, 0, 0, 0},
    {SYS_rt_sigprocmask, 0, 0, 0},
    {SYS_rt_sigreturn, 0, 0, 0},
    {SYS_restart_syscall, 0, 0, 0},
    {SYS_exit, 0, 0, 0},
    {SYS_exit_group, 0, 0, 0},
};

/* For whom to send a signal to, the process itself is put in place of the value. */
static const struct row to_itself[] = {
    {SYS_kill, 0, WHOLE, 0},
    {SYS_tgkill, 0, WHOLE, 0},
    {SYS_tkill, 0, WHOLE, 0},
};

static const struct row reading[] = {
    {SYS_openat, 2, WRITES, O_RDONLY},
#ifdef SYS_open
    {SYS_open, 1, WRITES, O_RDONLY},
#endif
};

/* What io/replacement does; no directory is made or removed. */
static const struct row replacing[] = {
    {SYS_openat, 0, 0, 0},       {SYS_readlinkat, 0, 0, 0}, {SYS_faccessat, 0, 0, 0},
#ifdef SYS_faccessat2
    {SYS_faccessat2, 0, 0, 0},
#endif
    {SYS_fchmod, 0, 0, 0},       {SYS_fchown, 0, 0, 0},     {SYS_fsync, 0, 0, 0},
    {SYS_linkat, 0, 0, 0},       {SYS_renameat2, 0, 0, 0},
#ifdef SYS_renameat
    {SYS_renameat, 0, 0, 0},
#endif
    {SYS_unlinkat, 2, WHOLE, 0}, {SYS_getuid, 0, 0, 0},     {SYS_geteuid, 0, 0, 0},
    {SYS_getgid, 0, 0, 0},       {SYS_getegid, 0, 0, 0},
#ifdef SYS_open
    {SYS_open, 0, 0, 0},         {SYS_readlink, 0, 0, 0},   {SYS_access, 0, 0, 0},
    {SYS_link, 0, 0, 0},         {SYS_rename, 0, 0, 0},     {SYS_unlink, 0, 0, 0},
#endif
};

/* What io/helper does. */
static const struct row asking[] = {
    {SYS_sendmsg, 0, 0, 0},
    {SYS_recvmsg, 0, 0, 0},
    {SYS_wait4, 0, 0, 0},
};

#define LENGTH(rows) (sizeof(rows) / sizeof *(rows))
#define ROW_SIZE 6
#define MOST_ROWS                                                                                  \
    (LENGTH(always) + LENGTH(to_itself) + LENGTH(reading) + LENGTH(replacing) + LENGTH(asking))

struct program {
    struct sock_filter code[16 + ROW_SIZE * MOST_ROWS];
    unsigned short length;
};

#define LOAD(field) (BPF_LD | BPF_W | BPF_ABS), 0, 0, offsetof(struct seccomp_data, field)
#define REFUSE(error) (BPF_RET | BPF_K), 0, 0, SECCOMP_RET_ERRNO | (error)
#define ALLOW (BPF_RET | BPF_K), 0, 0, SECCOMP_RET_ALLOW

static void put(struct program *program, unsigned code, unsigned if_true, unsigned if_false,
                size_t operand)
{
    program->code[program->length++] = (struct sock_filter){(uint16_t)code, (uint8_t)if_true,
                                                            (uint8_t)if_false, (uint32_t)operand};
}

/* The number of the call is loaded before each row, and so after it. */
static void put_row(struct program *program, const struct row *row, uint32_t value)
{
    if (row->mask == 0) {
        put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, row->call);
        put(program, ALLOW);
        return;
    }
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, ROW_SIZE - 1, row->call);
    put(program, LOAD(args) + row->argument * sizeof(uint64_t));
    put(program, BPF_ALU | BPF_AND | BPF_K, 0, 0, row->mask);
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
    put(program, ALLOW);
    put(program, LOAD(nr));
}

static void put_rows(struct program *program, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_row(program, &rows[i], rows[i].value);
}

/* Calls of another processor's numbering: those of 32 bits, and x32, where a bit says so. */
static void put_head(struct program *program)
{
    put(program, LOAD(arch));
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, PROCESSOR);
    put(program, REFUSE(EPERM));
    put(program, LOAD(nr));
    put(program, BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000);
    put(program, REFUSE(EPERM));
}

static void put_all(struct program *program, unsigned opens)
{
    uint32_t itself = (uint32_t)getpid();

    put_head(program);
    put_rows(program, always, LENGTH(always));
    for (size_t i = 0; i < LENGTH(to_itself); i++)
        put_row(program, &to_itself[i], itself);
    if (opens & CALLS_REPLACE)
        put_rows(program, replacing, LENGTH(replacing));
    else if (opens & CALLS_READ)
        put_rows(program, reading, LENGTH(reading));
    if (opens & CALLS_ASK)
        put_rows(program, asking, LENGTH(asking));
#ifdef SYS_clone3
    /* Its flags lie in memory, where no filter sees them; C libraries then take clone(2). */
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_clone3);
    put(program, REFUSE(ENOSYS));
#endif
    put(program, REFUSE(EPERM));
}

/* What no program that packs or unpacks has a need of. The last one makes any call, unseen. */
static const unsigned network[] = {
    SYS_socket,         SYS_connect, SYS_ptrace, SYS_process_vm_writev,
#ifdef SYS_io_uring_setup
    SYS_io_uring_setup,
#endif
};

void calls_refuse_network(void)
{
    struct program program = {.length = 0};
    struct sock_fprog filter = {.filter = program.code};

    put_head(&program);
    for (size_t i = 0; i < LENGTH(network); i++) {
        put(&program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, network[i]);
        put(&program, REFUSE(EPERM));
    }
    put(&program, ALLOW);
    filter.len = program.length;
    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter);
}

const char *calls_name(void)
{
    /* A kernel that has it wants to read a filter. */
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) != 0 && errno == EFAULT
               ? "seccomp"
               : NULL;
}

const char *calls_restrict(unsigned opens)
{
    struct program program = {.length = 0};
    struct sock_fprog filter = {.filter = program.code};

    put_all(&program, opens);
    filter.len = program.length;
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0
               ? NULL
               : "no sandbox: this kernel has no seccomp filters, or does not let them be used";
}

#elif defined __OpenBSD__ && !defined DECHAFF_UNCONFINED

const char *calls_name(void)
{
    return "pledge";
}

const char *calls_restrict(unsigned opens)
{
    char promises[96];

    snprintf(promises, sizeof promises, "stdio error prot_exec%s%s",
             opens & CALLS_REPLACE ? " rpath wpath cpath fattr chown"
             : opens & CALLS_READ  ? " rpath"
                                   : "",
             opens & CALLS_ASK ? " sendfd recvfd" : "");
    return pledge(promises, NULL) == 0 ? NULL : "no sandbox: pledge(2) failed";
}

void calls_refuse_network(void)
{
    pledge("stdio rpath proc exec sendfd recvfd", NULL); /* gzip(1) there pledges by itself */
}

#else

const char *calls_name(void)
{
    return NULL;
}

const char *calls_restrict(unsigned opens)
{
    (void)opens;
    return "no sandbox: none was built into this program";
}

void calls_refuse_network(void)
{
}

#endif
