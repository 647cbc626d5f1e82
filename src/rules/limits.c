#include "rules/limits.h"

#include "base/number.h"

#include <string.h>

struct row {
    const char *name; /* that of a parameter is the parameter's */
    uint64_t initial;
    uint64_t maximum;
};

/* Far above what the shipped profiles take, and what a set of rules for ten thousand sites does. */
static const struct row rows[LIMITS] = {
    [LIMIT_RULES] = {"rules", 1000000, 1u << 31},
    [LIMIT_RULE_BYTES] = {"rule-bytes", UINT64_C(1) << 30, UINT64_C(1) << 40},
    [LIMIT_GROWTH] = {"growth", 65536, 1u << 30},
    [LIMIT_HOLD_LINES] = {"hold-lines", 1024, 65536},
    [LIMIT_HOLD_BYTES] = {"hold-bytes", 1u << 20, 1u << 26},
    [LIMIT_PAGE_BYTES] = {"page-bytes", 1u << 22, 1u << 26},
    [LIMIT_MATCH] = {"match-limit", 10000000, 1u << 30},
};

struct limits limits_defaults(void)
{
    struct limits limits;

    for (size_t i = 0; i < LIMITS; i++)
        limits.most[i] = rows[i].initial;
    return limits;
}

bool limits_take(struct limits *limits, const char *text)
{
    size_t length = strcspn(text, "=");

    for (size_t i = 0; i < LIMITS && text[length]; i++)
        if (strlen(rows[i].name) == length && memcmp(rows[i].name, text, length) == 0)
            return number_read(text + length + 1, rows[i].maximum, &limits->most[i]);
    return false;
}

const char *limits_name(enum limit limit)
{
    return rows[limit].name;
}

bool limits_allow(const struct limits *limits, const struct syntax_parameter *parameter,
                  uint64_t number, uint64_t *most)
{
    for (size_t i = 0; i < LIMITS; i++)
        if (strcmp(rows[i].name, parameter->name) == 0 && number > limits->most[i]) {
            *most = limits->most[i];
            return false;
        }
    return true;
}

void limits_lower(const struct limits *limits, struct parameters *parameters)
{
    for (const struct syntax_parameter *row = syntax_parameters; row->name; row++) {
        char *value = (char *)parameters + row->offset;
        uint64_t most;
        uint32_t number;

        if (row->kind != PARAMETER_NUMBER)
            continue;
        memcpy(&number, value, sizeof number);
        if (limits_allow(limits, row, number, &most))
            continue;
        number = (uint32_t)most;
        memcpy(value, &number, sizeof number);
    }
}
