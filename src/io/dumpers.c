#include "io/dumpers.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* In the order of what tests/quality/dumpers.py says of them. w3m does not look for the charset at
 * all, and elinks only where it is declared in the long way. */
const struct dumper dumpers[] = {
    {"lynx",
     {"-cfg=/dev/null", "-dump", "-nolist", "-nonumbers", "-width=1000", "-force_html",
      "-assume_charset=%", "-display_charset=utf-8", "-localhost", "/dev/stdin"},
     {{"gbk", "gb2312"}, {"gb18030", "gb2312"}}},
    {"w3m", {"-dump", "-cols", "1000", "-T", "text/html", "-I", "%", "-O", "UTF-8"}, {{0}}},
    {"elinks",
     {"-no-home", "-no-connect", "-localhost", "-dump", "-dump-width", "1000", "-dump-charset",
      "utf-8", "-no-references", "-no-numbering", "-force-html", "-eval",
      "set document.codepage.assume = \"%\""},
     {{0}}},
    {0},
};

const struct dumper *dumpers_find(const char *name)
{
    for (const struct dumper *dumper = dumpers; dumper->name; dumper++)
        if (strcmp(dumper->name, name) == 0)
            return dumper;
    return NULL;
}

/* Adds to a text of LENGTH bytes as much as there is room for; its length then. */
static size_t put(char *text, size_t size, size_t length, const char *format, const char *more)
{
    int count = snprintf(text + length, size - length, format, more);

    return length + (size_t)count < size ? length + (size_t)count : size - 1;
}

void dumpers_names(char *text, size_t size)
{
    size_t length = 0;

    for (const struct dumper *dumper = dumpers; dumper->name; dumper++)
        length = put(text, size, length, dumper == dumpers ? "%s" : ", %s", dumper->name);
}

/* The name by which the program knows the charset. */
static const char *name_for(const struct dumper *dumper, const char *charset)
{
    for (size_t i = 0; dumper->names[i][0]; i++)
        if (strcasecmp(dumper->names[i][0], charset) == 0)
            return dumper->names[i][1];
    return charset;
}

void dumpers_arguments(const struct dumper *dumper, const char *charset,
                       const char *arguments[DUMPERS_ARGUMENTS], char buffer[DUMPERS_ARGUMENT])
{
    size_t count = 0;

    arguments[count++] = dumper->name;
    for (const char *const *at = dumper->arguments; *at; at++) {
        const char *sign = strchr(*at, '%');

        arguments[count++] = sign ? buffer : *at;
        if (sign)
            snprintf(buffer, DUMPERS_ARGUMENT, "%.*s%s%s", (int)(sign - *at), *at,
                     name_for(dumper, charset), sign + 1);
    }
    arguments[count] = NULL;
}

void dumpers_command(const struct dumper *dumper, const char *charset, char *text, size_t size)
{
    const char *arguments[DUMPERS_ARGUMENTS];
    char buffer[DUMPERS_ARGUMENT];
    size_t length = 0;

    dumpers_arguments(dumper, charset, arguments, buffer);
    for (size_t i = 0; arguments[i]; i++) {
        length = put(text, size, length, "%s", i ? " " : "");
        length = put(text, size, length, strchr(arguments[i], ' ') ? "'%s'" : "%s", arguments[i]);
    }
}
