#include "flow/origin.h"

#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

static struct span of_text(const char *text)
{
    return (struct span){text, text ? strlen(text) : 0};
}

/* Whether it is a name, or an address with points, that can stand in a rule file and in counts. */
static bool is_host(struct span name)
{
    size_t size;
    uint32_t c;

    if (name.length == 0 || name.length >= DOCUMENT_HOST)
        return false;
    while ((size = utf8_decode((const unsigned char *)name.text, name.length, &c)) &&
           document_is_of_host(c))
        name = span_after(name, size);
    return name.length == 0;
}

static size_t last_label(struct span host, size_t end)
{
    while (end && host.text[end - 1] != '.')
        end--;
    return end;
}

/* Four numbers. */
static bool is_address(struct span name)
{
    size_t numbers = 1, digits = 0;

    for (size_t i = 0; i < name.length; i++) {
        bool is_dot = name.text[i] == '.';

        if ((is_dot && digits == 0) || (!is_dot && !isdigit((unsigned char)name.text[i])))
            return false;
        numbers += is_dot;
        digits = is_dot ? 0 : digits + 1;
    }
    return numbers == 4 && digits > 0;
}

/* Whether a directory has the name of a host: labels with a dot between two, of which the last is
 * of letters, two at least, as no version, date or number is; or an address. */
static bool names_host(struct span name)
{
    struct span last = span_after(name, last_label(name, name.length));

    if (!is_host(name) || last.length == name.length || *name.text == '.')
        return false;
    for (size_t i = 1; i < name.length; i++)
        if (name.text[i] == '.' && name.text[i - 1] == '.')
            return false;
    if (span_starts(last, "xn--") || is_address(name))
        return true;
    for (size_t i = 0; i < last.length; i++)
        if (isdigit((unsigned char)last.text[i]) || last.text[i] == '-' || last.text[i] == '_')
            return false;
    return last.length >= 2;
}

/* The last directory of PATH that names a host. */
static struct span host_of_path(struct span path)
{
    while (path.length) {
        size_t begin;
        struct span name;

        while (path.length && path.text[path.length - 1] != '/')
            path.length--;
        while (path.length && path.text[path.length - 1] == '/')
            path.length--;
        for (begin = path.length; begin && path.text[begin - 1] != '/';)
            begin--;
        name = (struct span){path.text + begin, path.length - begin};
        if (names_host(name))
            return name;
    }
    return path;
}

static struct span host_of(const struct stream *stream)
{
    struct span host = of_text(stream->is_streamed ? NULL : stream->document->host);

    if (!host.length)
        host = of_text(stream->wishes->host);
    if (!host.length && !stream->wishes->fields->asked[FIELD_HOST])
        host = host_of_path(of_text(stream->name));
    return is_host(host) ? host : (struct span){"", 0};
}

/* The domain that a host is of: two labels, or three if the second last has three letters or fewer
 * and the last has two, as in co.uk. */
static struct span domain_of(struct span host)
{
    size_t last = last_label(host, host.length), second, third;

    if (last == 0 || isdigit((unsigned char)host.text[last]))
        return host; /* an address, too */
    second = last_label(host, last - 1);
    third = second ? last_label(host, second - 1) : 0;
    if (host.length - last == 2 && last - second <= 4)
        second = third;
    return span_after(host, second);
}

struct span origin_site(const struct stream *stream, bool is_domain, char site[DOCUMENT_HOST])
{
    struct span host = host_of(stream);

    if (span_starts(host, "www.") && is_host(span_after(host, 4)))
        host = span_after(host, 4);
    if (is_domain)
        host = domain_of(host);
    for (size_t i = 0; i < host.length; i++)
        site[i] = (char)tolower((unsigned char)host.text[i]);
    return (struct span){site, host.length};
}
