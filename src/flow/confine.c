#include "flow/confine.h"

#include "io/sandbox.h"
#include "io/sink.h"

#include <string.h>

static void allow_inputs(struct sandbox *sandbox, const struct flow_wishes *wishes)
{
    for (size_t i = 0; i < wishes->inputs.count; i++)
        if (wishes->in_place)
            sandbox_allow_replacing(sandbox, wishes->inputs.files[i]);
        else if (strcmp(wishes->inputs.files[i], "-") != 0)
            sandbox_allow_reading(sandbox, wishes->inputs.files[i]);
}

static void allow_files(struct sandbox *sandbox, const struct options *options)
{
    allow_inputs(sandbox, &options->flow);
    if (options->restore)
        sandbox_allow_reading(sandbox, options->restore);
    if (options->output)
        sandbox_allow_replacing(sandbox, options->output);
    if (options->flow.rejects)
        sandbox_allow_replacing(sandbox, options->flow.rejects);
}

const char *confine_run(const struct options *options)
{
    struct sandbox sandbox;

    if (options->sandbox == WISH_OFF)
        return NULL;
    sink_fill_descriptors();
    sandbox_open(&sandbox);
    allow_files(&sandbox, options);
    switch (sandbox_close(&sandbox)) {
    case SANDBOX_CLOSED:
        break;
    case SANDBOX_PARTLY:
        return options->sandbox == WISH_ON ? sandbox.missing : NULL;
    case SANDBOX_NO_MEMORY:
        return "out of memory";
    }
    return NULL;
}
