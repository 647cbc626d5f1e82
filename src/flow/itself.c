#include "flow/itself.h"

#include "base/report.h"
#include "flow/completion.h"
#include "flow/option_rows.h"
#include "flow/ruleset.h"
#include "io/sandbox.h"
#include "regex/pattern.h"

/* With what PCRE2 says of itself, and what a sandbox is made of. */
static char *version_text(void)
{
    char pcre2[256], sandbox[64];
    struct report report;

    if (!report_open(&report))
        return NULL;
    pattern_version(pcre2, sizeof pcre2);
    sandbox_version(sandbox, sizeof sandbox);
    fprintf(report.stream, "dechaff %s (%s, sandbox %s)\n", DECHAFF_VERSION, pcre2, sandbox);
    return report_close(&report);
}

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
