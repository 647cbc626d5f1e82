#include "flow/value.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool value_bytes(const char *text, size_t *bytes)
{
    static const char units[] = "kMG";
    char *end;
    unsigned long value;
    const char *unit;

    if (*text < '0' || *text > '9')
        return false;
    value = strtoul(text, &end, 10);
    unit = *end ? strchr(units, *end) : NULL;
    if (value == 0 || value >= (1ul << 30) || (*end && (!unit || end[1])))
        return false;
    *bytes = (size_t)value << (unit ? 10 * (unit - units + 1) : 0);
    return true;
}

bool value_jobs(const char *text, unsigned most, unsigned *jobs)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    char *end;
    unsigned long value = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end || value > most)
        return false;
    if (value == 0)
        value = cores > 0 && (unsigned long)cores <= most ? (unsigned long)cores : 1;
    *jobs = (unsigned)value;
    return true;
}

bool value_percent(const char *text, double *percent)
{
    char *end;
    double value = strtod(text, &end);

    if (*text < '0' || *text > '9' || *end || text[strspn(text, "0123456789.")] || value > 100)
        return false;
    *percent = value;
    return true;
}

bool value_is_same_file(const char *one, const char *other)
{
    struct stat a, b;

    if (stat(one, &a) != 0 || stat(other, &b) != 0)
        return strcmp(one, other) == 0;
    return S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}
