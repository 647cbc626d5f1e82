#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "format/html.h"

/* A text that is read behind its end is seen by a sanitizer. */
static struct span copy_of(const char *text, size_t length)
{
    char *copy = malloc(length ? length : 1);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    return (struct span){copy, length};
}

static const struct {
    const char *text;
    enum html_sign sign;
} begins[] = {
    {"<!DOCTYPE html>\n<html><head>", HTML_YES},
    {"<!doctype\thtml>\n<p>One.", HTML_YES},
    {"<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"\n \"http://www.w3.org/>\">\r\n<html>",
     HTML_YES},
    {"\xEF\xBB\xBF\n <!DOCTYPE html><!-- x", HTML_YES},
    {"<!-- saved <b>from</b> -->\n<!--[if IE]><p><![endif]-->\n<HTML lang='a>b'>\n<head>",
     HTML_YES},
    {"<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">",
     HTML_YES},
    {"<html>\n<body>One.</body>", HTML_YES},
    {"<head><title>One</title>", HTML_YES},
    {"<body class=\"x\">\n\n<h1>One</h1>", HTML_YES},
    {"<!DOCTYPE html>", HTML_YES},
    {"<!DOCTYPE html>\n", HTML_YES},
    {"<html>", HTML_YES},
    /* who writes about it */
    {"<!DOCTYPE html> is the first line of each page.", HTML_NOT},
    {"<html> and <body> may be left out.", HTML_NOT},
    {"<head> is no <header>.", HTML_NOT},
    {"<body>One.", HTML_NOT},
    {"HTML begins so:\n<!DOCTYPE html>\n<html>", HTML_NOT},
    {"# Pages\n\n<html>\n<body>", HTML_NOT},
    {"<!-- Notes -->\n# Pages\n<html>", HTML_NOT},
    {"<!-- Notes", HTML_NOT},
    {"<p align=\"center\"><img src=\"logo.png\"></p>\n\n# A project", HTML_NOT},
    {"<header><h1>One</h1>", HTML_NOT},
    {"<htmlx><p>", HTML_NOT},
    {"<html", HTML_NOT},
    {"<html lang=\"en>\n<head>", HTML_NOT},
    {"<!DOCTYPE book>\n<book>", HTML_NOT},
    {"<!DOCTYPE htmlx>\n<htmlx>", HTML_NOT},
    {"<!DOCTYPE", HTML_NOT},
    {"<?xml version=\"1.0\"?>\n<rss><channel>", HTML_NOT},
    {"<?xml version", HTML_NOT},
    {"<?php echo 1 ?><html><body>", HTML_NOT},
    {"\xEF\xBB", HTML_NOT},
    {"\xEF\xBB\xBF", HTML_NOT},
    {"<", HTML_NOT},
    {"\n\n", HTML_NOT},
    {"", HTML_NOT},
};

/* With every beginning of the text, what is clear once stays so. */
START_TEST(a_beginning_tells_a_page)
{
    struct span text = {begins[_i].text, strlen(begins[_i].text)};
    enum html_sign sign = html_begins(text, true);

    ck_assert_int_eq(sign, begins[_i].sign);
    for (size_t length = 0; length <= text.length; length++) {
        struct span begin = copy_of(text.text, length);
        enum html_sign early = html_begins(begin, false);

        ck_assert(early == HTML_UNCLEAR || early == sign);
        ck_assert(html_begins(begin, true) != HTML_UNCLEAR);
        free((void *)begin.text);
    }
}
END_TEST

static const char *const charsets[][2] = {
    {"<html><head><meta charset=\"ISO-8859-1\">", "windows-1252"},
    {"<META CHARSET=koi8-r>", "koi8-r"},
    {"<meta charset = 'x'>", "x"},
    {"<meta charset=utf-16>", "utf-8"},
    {"<meta charset=GB2312>", "gbk"},
    {"<meta charset=gb>", "gb"},
    {"<meta charset=ks_c_5601-1987>", "euc-kr"},
    {"<meta http-equiv=Content-Type content=\"text/html; charset=Shift_JIS\" />", "Shift_JIS"},
    {"<meta name=\"charset\" content=\"a\"><meta charset=b>", "b"},
    {"<!-- <meta charset=a> --><metal charset=c><meta charset=b>", "b"},
    {"<!-- <meta charset=a>", "utf-8"},
    {"<meta charset=\"\"><meta charset=b>", "b"},
    {"<meta charset=\"iso-8859", "utf-8"},
    {"<meta charset=iso-8859", "utf-8"},
    {"<meta charset=\"-cfg\">", "utf-8"},
    {"<meta charset=\"a'; set b\">", "a"},
    {"<meta charset=\"of-thirty-two-letters-or-even-more\">", "utf-8"},
    {"<meta charset", "utf-8"},
    {"<p>charset=a</p><", "utf-8"},
    {"", "utf-8"},
};

START_TEST(a_page_declares_its_charset)
{
    struct span begin = copy_of(charsets[_i][0], strlen(charsets[_i][0]));
    char charset[HTML_CHARSET];

    html_charset(begin, charset);
    ck_assert_str_eq(charset, charsets[_i][1]);
    free((void *)begin.text);
}
END_TEST

Suite *html_suite(void);

Suite *html_suite(void)
{
    Suite *suite = suite_create("html");
    TCase *all = tcase_create("html");

    tcase_add_loop_test(all, a_beginning_tells_a_page, 0, sizeof begins / sizeof *begins);
    tcase_add_loop_test(all, a_page_declares_its_charset, 0, sizeof charsets / sizeof *charsets);
    suite_add_tcase(suite, all);
    return suite;
}
