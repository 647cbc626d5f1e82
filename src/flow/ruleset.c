#include "flow/ruleset.h"

#include "rules/load.h"

static bool load_all(const struct options *options, struct load *load)
{
    bool checks_files = options->action == ACTION_CHECK && options->has_files;
    bool good = true;

    if (!options->has_profile && !checks_files)
        good = load_name(load, "article");
    for (size_t i = 0; good && i < options->rules_count; i++) {
        const struct rules_option *option = &options->rules[i];

        good = option->is_name ? load_name(load, option->text) : load_text(load, option->text);
    }
    for (size_t i = 0; good && checks_files && i < options->flow.file_count; i++)
        good = load_name(load, options->flow.files[i]);
    return good;
}

bool ruleset_load(const struct options *options, const char *program, struct rules *rules,
                  struct diagnostics *diagnostics)
{
    struct paths *paths = paths_create(program, options->shipped_only);
    struct load *load = load_create(rules, paths, diagnostics, options->action == ACTION_CHECK);
    bool good = paths && load;

    if (good) {
        rules->limits = options->limits;
        limits_lower(&rules->limits, &rules->parameters);
    }
    good = good && load_all(options, load) && rules_finish(rules, diagnostics);

    load_destroy(load);
    paths_destroy(paths);
    return good;
}
