#include "flow/version.h"

#include "base/report.h"
#include "io/sandbox.h"
#include "regex/pattern.h"

char *version_text(void)
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
