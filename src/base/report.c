#include "base/report.h"

#include <stdlib.h>

bool report_open(struct report *report)
{
    report->text = NULL;
    report->stream = open_memstream(&report->text, &report->size);
    return report->stream != NULL;
}

char *report_close(struct report *report)
{
    bool failed = fflush(report->stream) != 0 || ferror(report->stream);

    if (fclose(report->stream) != 0 || failed) {
        free(report->text);
        return NULL;
    }
    return report->text;
}
