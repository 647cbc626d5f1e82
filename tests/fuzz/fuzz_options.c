/*
 * fuzz_options -- a command line that is wrong is refused with a message, and one that is right
 * only says what is to be done: nothing is opened, written or printed.
 *
 * Input:     a word of the command line on each line; one with a slash is left out, so that all
 *            names are of files in a directory of its own, which is empty and must stay so.
 */
#include "flow/arguments.h"
#include "flow/ruleset.h"
#include "harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WORDS 32

static char directory[] = "/tmp/fuzz_options.XXXXXX";

static void leave(void)
{
    rmdir(directory);
}

/* Goes into a directory without files, or with false back to where the program was started. */
static void enter(bool in)
{
    static int inside = -1, outside = -1;

    if (inside < 0) {
        harness_must(mkdtemp(directory) && atexit(leave) == 0, "no directory");
        outside = open(".", O_RDONLY | O_DIRECTORY);
        inside = open(directory, O_RDONLY | O_DIRECTORY);
    }
    harness_must(fchdir(in ? inside : outside) == 0, "no directory");
}

/* How many files there are, with the two that every directory has. */
static int count_files(void)
{
    DIR *files = opendir(".");
    int count = 0;

    harness_must(files, "no directory");
    while (readdir(files))
        count++;
    closedir(files);
    return count;
}

/* Cuts the text into words; returns how many there are. */
static int cut(char *text, char **words)
{
    int count = 0;

    words[count++] = "dechaff";
    while (text && count < WORDS) {
        char *end = strchr(text, '\n');

        if (end)
            *end++ = '\0';
        if (!strchr(text, '/'))
            words[count++] = text;
        text = end;
    }
    words[count] = NULL;
    return count;
}

/* Rules are loaded where all of them stand on the command line. */
static void load(const struct options *options)
{
    struct rules *rules = rules_create();
    struct diagnostics diagnostics = {0};
    char *text;

    harness_must(rules && ruleset_load(options, "dechaff", rules, &diagnostics),
                 "no memory for rules");
    text = diag_text(&diagnostics);
    harness_must(text && (*text != '\0') == (diagnostics.count > 0), "no messages");
    free(text);
    diag_free(&diagnostics);
    rules_destroy(rules);
}

static bool has_names(const struct options *options)
{
    bool names = !options->has_profile || (options->action == ACTION_CHECK && options->has_files);

    for (size_t i = 0; i < options->rules_count; i++)
        names |= options->rules[i].is_name && strcmp(options->rules[i].text, "none") != 0;
    return names;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), *words[WORDS + 1];
    struct options options;
    enum options_status status;

    harness_must(text, "no memory for words");
    memcpy(text, data, size);
    text[size] = '\0';
    enter(true);
    optind = 1;
#ifdef __GLIBC__
    optind = 0; /* where it was in a cluster of letters is forgotten, too */
#endif
    status = arguments_parse(&options, cut(text, words), words);
    harness_must(status != OPTIONS_NO_MEMORY, "no memory for options");
    harness_must((status == OPTIONS_BAD) == (options.error[0] != '\0'), "a message is missing");
    if (status == OPTIONS_OK && options.flow.inputs.count == 0 && !options.list)
        harness_must(false, "there is no input");
    if (status == OPTIONS_OK && !has_names(&options) && !options.image)
        load(&options);
    options_free(&options);
    free(text);
    harness_must(count_files() == 2, "a file was made");
    enter(false);
    return 0;
}
