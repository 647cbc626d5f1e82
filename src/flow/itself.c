#include "flow/itself.h"

#include "flow/completion.h"
#include "flow/option_rows.h"
#include "flow/ruleset.h"
#include "flow/version.h"

bool itself_is_asked(const struct options *options)
{
    return options->action == ACTION_HELP || options->action == ACTION_VERSION ||
           options->action == ACTION_PACKS || options->action == ACTION_COMPLETION;
}

char *itself_text(const struct options *options, const char *program)
{
    switch (options->action) {
    case ACTION_HELP:
        return option_rows_help();
    case ACTION_VERSION:
        return version_text();
    case ACTION_COMPLETION:
        return completion_text(options->shell);
    default:
        return ruleset_packs(options, program);
    }
}
