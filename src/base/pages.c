#if defined __linux__ && !defined _GNU_SOURCE
#define _GNU_SOURCE /* madvise(2) */
#endif
#include "base/pages.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void pages_give_back(struct pages pages)
{
#ifdef __linux__
    long page = sysconf(_SC_PAGESIZE);
    uintptr_t size = page > 0 ? (uintptr_t)page : 1;
    uintptr_t from = ((uintptr_t)pages.bytes + size - 1) / size * size;
    uintptr_t to = ((uintptr_t)pages.bytes + pages.size) / size * size;

    if (page > 0 && from < to)
        madvise((void *)from, to - from, MADV_DONTNEED); // NOLINT(performance-no-int-to-ptr)
#else
    (void)pages;
#endif
}
