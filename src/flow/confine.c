#include "flow/confine.h"

#include "io/sandbox.h"

static void allow_inputs(struct sandbox *sandbox, const struct flow_wishes *wishes)
{
    for (size_t i = 0; i < wishes->inputs.count; i++)
        if (wishes->in_place)
            sandbox_allow_replacing(sandbox, wishes->inputs.files[i]);
        else if (!operands_is_standard(wishes->inputs.files[i]))
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

/* Without one, packed inputs are read as they are, which a remark tells. False where a file that is
 * packed, or is to be, would then be written as it must not. */
static bool start_helper(const struct options *options, struct unpack *unpack)
{
    bool packs = options->output && packing_of_name(options->output);

    if (!packs && !unpack_may_be_needed(unpack, &options->flow.inputs, &options->flow.html))
        return true;
    if (helper_start(&unpack->process, options->sandbox != WISH_OFF))
        unpack->helper = &unpack->process;
    return unpack->helper || !(packs || options->flow.in_place);
}

const char *confine_run(const struct options *options, bool has_rules, struct unpack *unpack)
{
    struct sandbox sandbox;

    unpack_init(unpack);
    if ((has_rules || options->action != ACTION_FILTER) && !start_helper(options, unpack))
        return "no process can be started that packs what is written";
    if (options->sandbox == WISH_OFF)
        return NULL;
    sandbox_open(&sandbox);
    if (unpack->helper)
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
