#include "base/number.h"

#include <stdlib.h>
#include <string.h>

/* No number of so many digits passes 64 bits. */
#define MAX_DIGITS 15

bool number_read(const char *text, uint64_t maximum, uint64_t *number)
{
    static const char units[] = "kMG";
    size_t digits = strspn(text, "0123456789");
    const char *unit = text[digits] ? strchr(units, text[digits]) : NULL;
    uint64_t value;

    if (digits == 0 || digits > MAX_DIGITS || (text[digits] && (!unit || text[digits + 1])))
        return false;
    value = strtoull(text, NULL, 10);
    for (long powers = unit ? unit - units + 1 : 0; powers > 0; powers--) {
        if (value > maximum / 1024)
            return false;
        value *= 1024;
    }
    if (value == 0 || value > maximum)
        return false;
    *number = value;
    return true;
}

bool number_percent(const char *text, double *percent)
{
    char *end;
    double value = strtod(text, &end);

    if (*text < '0' || *text > '9' || *end || text[strspn(text, "0123456789.")] || value > 100)
        return false;
    *percent = value;
    return true;
}
