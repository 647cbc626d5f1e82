#include "flow/clash.h"

#include "io/identity.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REJECTS "--rejects=%s is read or written too; name another file"
#define INPUT_IS_OUTPUT "%s: the input is the output too; write to another file, or with -o or -i"
#define BACKUP_IS_INPUT "%s: its backup would take the place of another file; take another suffix"
#define OUTPUT_IS_ERROR                                                                            \
    "%s: standard error goes to it, and would be lost with it; name another file"
#define TWICE "%s: named twice, so that its backup would be of the cleaned text"

static void find(struct clash *clash, const char *format, const char *name)
{
    if (!clash->format)
        *clash = (struct clash){format, name};
}

static bool identify(struct identity *identity, const char *path)
{
    if (!operands_is_standard(path))
        return identity_of_path(identity, path, "");
    identity_of_descriptor(identity, STDIN_FILENO);
    return true;
}

/* What is written while the inputs are read, or takes a place that nothing else may have. */
struct written {
    struct identity rejects;
    struct identity output; /* nothing if it is replaced in the end */
};

static bool meet_input(struct clash *clash, const struct written *written, const char *path,
                       const char *rejects)
{
    struct identity input;

    if (!identify(&input, path))
        return false;
    if (identity_is_same(&input, &written->rejects))
        find(clash, REJECTS, rejects);
    if (identity_is_same(&input, &written->output))
        find(clash, INPUT_IS_OUTPUT, operands_is_standard(path) ? "standard input" : path);
    identity_free(&input);
    return true;
}

static bool meet_backup(struct clash *clash, const struct written *written,
                        const struct flow_wishes *wishes)
{
    struct identity backup;

    if (!identity_of_path(&backup, wishes->inputs.files[0], wishes->suffix))
        return false;
    if (identity_is_same(&backup, &written->rejects))
        find(clash, REJECTS, wishes->rejects);
    identity_free(&backup);
    return true;
}

/* What is written to standard error must not go to a file that is replaced. */
static void meet_messages(struct clash *clash, const struct written *written,
                          const struct flow_wishes *wishes, const char *output)
{
    struct identity messages;

    identity_of_descriptor(&messages, STDERR_FILENO);
    if (!messages.is_regular)
        return;
    if (written->rejects.name && identity_is_same(&written->rejects, &messages))
        find(clash, OUTPUT_IS_ERROR, wishes->rejects);
    if (written->output.name && identity_is_same(&written->output, &messages))
        find(clash, OUTPUT_IS_ERROR, output);
}

/* OTHERS are files that are read beside the inputs, or NULL. */
static bool meet_all(struct clash *clash, struct written *written, const struct flow_wishes *wishes,
                     const char *output, const char *const others[2])
{
    bool good = !wishes->rejects || identity_of_path(&written->rejects, wishes->rejects, "");

    if (output)
        good = good && identity_of_path(&written->output, output, "");
    else if (!wishes->in_place)
        identity_of_descriptor(&written->output, STDOUT_FILENO);
    if (good && identity_is_same(&written->rejects, &written->output))
        find(clash, REJECTS, wishes->rejects);
    if (good)
        meet_messages(clash, written, wishes, output);
    /* A name gets its file when the inputs were read; with a pipe for both somebody else writes. */
    if (written->output.name || !written->output.is_regular)
        identity_free(&written->output);
    if (!written->output.exists && !wishes->rejects)
        return good;
    for (size_t i = 0; i < wishes->inputs.count && good && !clash->format; i++)
        good = meet_input(clash, written, wishes->inputs.files[i], wishes->rejects);
    for (size_t i = 0; i < 2 && good; i++)
        good = !others[i] || meet_input(clash, written, others[i], wishes->rejects);
    if (good && wishes->rejects && wishes->suffix)
        good = meet_backup(clash, written, wishes);
    return good;
}

struct operand {
    struct identity identity;
    const char *path;
};

static int compare_operands(const void *one, const void *other)
{
    const struct operand *left = one, *right = other;

    return identity_compare_places(&left->identity, &right->identity);
}

/* The same, and in an order that is always the same. */
static int compare_all(const void *one, const void *other)
{
    int order = compare_operands(one, other);

    return order
               ? order
               : strcmp(((const struct operand *)one)->path, ((const struct operand *)other)->path);
}

/* The operands that have a place, in their order; false when memory is short. */
static bool place_operands(struct operand *operands, size_t *count,
                           const struct flow_wishes *wishes, const char *restore)
{
    *count = 0;
    for (size_t i = 0; i < wishes->inputs.count + (restore != NULL); i++) {
        struct operand *operand = &operands[*count];

        operand->path = i < wishes->inputs.count ? wishes->inputs.files[i] : restore;
        if (!identity_of_path(&operand->identity, operand->path, ""))
            return false;
        if (operand->identity.name)
            ++*count;
        else
            identity_free(&operand->identity);
    }
    qsort(operands, *count, sizeof *operands, compare_all);
    return true;
}

/* The one whose place the backup of OPERAND would take, or NULL; false when memory is short. */
static bool find_taken(const struct operand **taken, const struct operand *operand,
                       const struct operand *operands, size_t count, const char *suffix)
{
    struct operand backup = *operand;
    size_t length = strlen(operand->identity.name), suffix_size = strlen(suffix) + 1;
    char *name = malloc(length + suffix_size);

    if (!name)
        return false;
    memcpy(name, operand->identity.name, length);
    memcpy(name + length, suffix, suffix_size);
    backup.identity.name = name;
    *taken = bsearch(&backup, operands, count, sizeof *operands, compare_operands);
    free(name);
    return true;
}

static bool meet_operands(struct clash *clash, const struct operand *operands, size_t count,
                          const char *suffix)
{
    for (size_t i = 0; i < count && !clash->format; i++) {
        const struct operand *taken;

        if (i > 0 && compare_operands(&operands[i - 1], &operands[i]) == 0)
            find(clash, TWICE, operands[i].path);
        if (!find_taken(&taken, &operands[i], operands, count, suffix))
            return false;
        if (taken)
            find(clash, BACKUP_IS_INPUT, operands[i].path);
    }
    return true;
}

/* A backup takes the place of a name, whatever lies there; so names are what counts. */
static bool meet_backups(struct clash *clash, const struct flow_wishes *wishes, const char *restore)
{
    struct operand *operands = calloc(wishes->inputs.count + 1, sizeof *operands);
    size_t count;
    bool good = operands && place_operands(operands, &count, wishes, restore) &&
                meet_operands(clash, operands, count, wishes->suffix);

    for (size_t i = 0; operands && i <= wishes->inputs.count; i++)
        identity_free(&operands[i].identity);
    free(operands);
    return good;
}

bool clash_find(struct clash *clash, const struct flow_wishes *wishes, const char *output,
                const char *restore, const char *list)
{
    struct written written = {0};
    bool good;

    *clash = (struct clash){0};
    good = meet_all(clash, &written, wishes, output, (const char *const[]){restore, list});
    if (good && wishes->in_place && wishes->suffix && *wishes->suffix && !clash->format)
        good = meet_backups(clash, wishes, restore);
    identity_free(&written.rejects);
    identity_free(&written.output);
    return good;
}
