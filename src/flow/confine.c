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

/* Without one, packed inputs are read as they are, which a remark tells. */
static void start_helper(const struct options *options, struct helper *helper)
{
    if (unpack_may_be_needed(&options->flow.inputs) ||
        (options->output && packing_of_name(options->output)))
        helper_start(helper, options->sandbox != WISH_OFF);
}

const char *confine_run(const struct options *options, bool has_rules, struct helper *helper)
{
    struct sandbox sandbox;

    sink_fill_descriptors();
    helper->socket = -1;
    if (has_rules || options->action != ACTION_FILTER)
        start_helper(options, helper);
    if (options->sandbox == WISH_OFF)
        return NULL;
    sandbox_open(&sandbox);
    if (helper->socket >= 0)
        sandbox_allow_asking(&sandbox);
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
