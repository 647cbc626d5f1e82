#include "flow/ruleset.h"

#include "match/image.h"
#include "rules/catalog.h"
#include "rules/load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The one name that the rules are loaded by, or NULL. */
static const char *sole_name(const struct options *options)
{
    if (options->rules_count == 0)
        return "article";
    return options->rules_count == 1 && options->rules[0].is_name ? options->rules[0].text : NULL;
}

static bool load_options(const struct options *options, size_t first, struct load *load)
{
    bool good = true;

    for (size_t i = first; good && i < options->rules_count; i++) {
        const struct rules_option *option = &options->rules[i];

        good = option->is_name ? load_name(load, option->text) : load_text(load, option->text);
    }
    return good;
}

/* Adds those behind the first to what the image had. False if anything is wrong with them. */
static bool add_on_top(const struct options *options, const struct paths *paths,
                       struct rules *rules)
{
    struct diagnostics diagnostics = {0};
    struct load *load = rules_open(rules) ? load_create(rules, paths, &diagnostics, false) : NULL;
    bool good = load && load_options(options, options->has_profile, load) &&
                !load_is_beyond(load) && rules_finish(rules, &diagnostics) &&
                diagnostics.count == 0;

    load_destroy(load);
    diag_free(&diagnostics);
    return good;
}

/* Takes the first rules from their image and adds the others to them: these cost only themselves.
 * False if that can't be done, or if there is anything to be said of them: then all are to be
 * loaded, if *GOOD, which is false when memory is short. */
static bool take_first(const struct options *options, const struct paths *paths,
                       struct rules *rules, bool *good)
{
    const char *name = options->has_profile ? options->rules[0].text : "article";

    if (options->has_profile && !options->rules[0].is_name)
        return false;
    if (!image_take(rules, name, paths))
        return false;
    if (add_on_top(options, paths, rules))
        return true;
    *good = rules_clear(rules);
    return false;
}

/* Takes the rules from their image, or the first of them, as above; else what is known of the first
 * profile's regexes. What counts for a ceiling of the caller's is all done here. */
static bool take_image(const struct options *options, const struct paths *paths,
                       struct rules *rules, bool *good)
{
    const struct limits usual = limits_defaults();
    const char *name = sole_name(options);

    if (options->action == ACTION_CHECK || options->action == ACTION_REPORT || options->image ||
        options->no_image || memcmp(&options->limits, &usual, sizeof usual) != 0)
        return false;
    if (name ? image_take(rules, name, paths) : take_first(options, paths, rules, good))
        return true;
    if (*good && !options->has_profile)
        image_know(rules, "article", paths);
    for (size_t i = 0; *good && i < options->rules_count && !rules->known; i++)
        if (options->rules[i].is_name)
            image_know(rules, options->rules[i].text, paths);
    return false;
}

static void write_image(const struct options *options, struct rules *rules,
                        struct diagnostics *diagnostics)
{
    const struct place place = {.file = options->image};

    if (diagnostics->count)
        return;
    if (!rules->image)
        diag_add(diagnostics, SEVERITY_ERROR, &place, "no image can be made on this system");
    else if (!sole_name(options))
        diag_add(diagnostics, SEVERITY_ERROR, &place, "an image is made of the rules of one name");
    else if (!image_write(rules, options->image))
        diag_add(diagnostics, SEVERITY_ERROR, &place, "can't write it: %s",
                 errno == EINVAL ? "rule files must be found by their names" : strerror(errno));
}

/* Tells the shipped files from the user's own, for a report; the others of a set in an image, too.
 */
static void tell_shipped(const struct paths *paths, struct rules *rules)
{
    for (struct source *source = rules->sources; source; source = source->previous)
        source->shipped = paths_is_shipped(paths, source->path);
}

static bool load_named(const struct options *options, struct load *load)
{
    bool checks_files = options->action == ACTION_CHECK && options->has_files;
    bool good = true;

    if (!options->has_profile && !checks_files)
        good = load_name(load, "article");
    good = good && load_options(options, 0, load);
    for (size_t i = 0; good && checks_files && i < options->flow.inputs.count; i++)
        good = load_name(load, options->flow.inputs.files[i]);
    return good;
}

static bool load_all(const struct options *options, const struct paths *paths, struct rules *rules,
                     struct diagnostics *diagnostics)
{
    struct load *load = load_create(rules, paths, diagnostics, options->action == ACTION_CHECK);
    bool good = load && load_named(options, load) && rules_finish(rules, diagnostics);

    load_destroy(load);
    return good;
}

bool ruleset_load(const struct options *options, const char *program, struct rules *rules,
                  struct diagnostics *diagnostics)
{
    struct paths *paths = paths_create(program, options->shipped_only);
    bool good = paths != NULL;

    rules->limits = options->limits;
    limits_lower(&rules->limits, &rules->parameters);
    if (options->image)
        image_begin(rules);
    if (good && options->action == ACTION_LEARN && options->rules_count == 0)
        good = rules_finish(rules, diagnostics); /* no rule is tried */
    else if (good && !take_image(options, paths, rules, &good))
        good = good && load_all(options, paths, rules, diagnostics);
    if (good && options->image)
        write_image(options, rules, diagnostics);
    if (good && options->action == ACTION_REPORT)
        tell_shipped(paths, rules);
    paths_destroy(paths);
    return good;
}

bool ruleset_load_old(const struct options *options, const char *program, const struct rules *rules,
                      struct rules **old, struct diagnostics *diagnostics)
{
    struct options wanted = *options;

    *old = NULL;
    if (options->action != ACTION_DIFF)
        return true;
    wanted.rules = options->old;
    wanted.rules_count = options->old_count;
    wanted.has_profile = true;
    *old = rules_create();
    if (*old)
        (*old)->known = rules->known; /* two images can't be where one has to */
    return *old && ruleset_load(&wanted, program, *old, diagnostics);
}

char *ruleset_packs(const struct options *options, const char *program)
{
    struct paths *paths = paths_create(program, options->shipped_only);
    char *text = paths ? catalog_text(paths) : NULL;

    paths_destroy(paths);
    return text;
}
