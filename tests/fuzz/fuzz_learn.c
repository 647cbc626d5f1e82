/*
 * fuzz_learn -- whatever pages a corpus has, the rules that are learnt from it load, their examples
 * hold, and they are the same in another order and in no memory; and no counts do any harm.
 *
 * Input:     pages, with lines "%%" between them. In odd inputs it is counts, which may be none.
 */
#include "harness.h"
#include "learn/learn.h"
#include "learn/spool.h"
#include "match/lint.h"
#include "rules/load.h"

#include <stdlib.h>
#include <string.h>

#define PAGES 64

static const struct learn_wishes wishes = {.study = {.pages = 1, .most_kept = 50},
                                           .memory = LEARN_MEMORY};

/* Of long lines rules keep some; that is told of most pages. */
static enum learn_fate fate_of(size_t length)
{
    return length % 16 == 15 ? LEARN_UNKNOWN : length > 40 && length % 2 ? LEARN_STAYS : LEARN_GOES;
}

static void teach(struct learner *learner, struct input page)
{
    static char site[] = "a.example";
    const char *text = page.bytes, *end = page.bytes + page.size;

    site[0] = (char)('a' + page.size % 2);
    harness_must(learner_begin(learner, (struct span){site, sizeof site - 1}) == LEARN_OK, "begin");
    while (text < end) {
        const char *feed = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((feed ? feed : end) - text);

        harness_must(learner_line(learner, (struct span){text, length}, fate_of(length)) ==
                         LEARN_OK,
                     "line");
        text += length + 1;
    }
    harness_must(learner_end(learner) == LEARN_OK, "end");
}

/* What is learnt from the pages, from the last to the first if IS_BACK. */
static struct writer *learn(const struct input *pages, size_t count, bool is_back, size_t memory)
{
    struct learn_wishes own = wishes;
    struct writer *out = writer_create(WRITER_MEMORY, 0);
    struct learn *learn;

    own.memory = memory;
    own.spool = spool_make();
    learn = learn_create(&own, 2);
    harness_must(out && learn, "no memory for learning");
    for (size_t i = 0; i < count; i++)
        teach(learn_learner(learn, i % 2), pages[is_back ? count - 1 - i : i]);
    harness_must(learn_write(learn, out) == LEARN_OK, "nothing is written");
    learn_destroy(learn);
    return out;
}

/* Rules without an error, all of whose examples hold. */
static void check(const struct writer *text)
{
    char *statements = strndup(text->buffer, text->used);
    struct diagnostics diagnostics = {0};
    struct lint_result result = {0};
    struct paths *paths = paths_create("fuzz", true);
    struct rules *rules = rules_create();
    struct load *load = load_create(rules, paths, &diagnostics, true);
    char *said;

    harness_must(statements && load_text(load, statements) && rules_finish(rules, &diagnostics) &&
                     (diagnostics.errors || lint_rules(rules, &diagnostics, &result)),
                 "no memory for rules");
    said = diag_text(&diagnostics);
    harness_must(diagnostics.errors == 0, said ? said : "errors in the rules");
    free(said);
    load_destroy(load);
    rules_destroy(rules);
    paths_destroy(paths);
    diag_free(&diagnostics);
    free(statements);
}

static void learn_pages(struct input input)
{
    struct input pages[PAGES];
    struct writer *one, *other;
    size_t count = 0;

    while (input.size && count < PAGES) {
        struct input rest = input;

        pages[count] = harness_split(&rest);
        input = rest;
        count++;
    }
    one = learn(pages, count, false, LEARN_MEMORY);
    other = learn(pages, count, true, 1);
    harness_must(one->used == other->used && memcmp(one->buffer, other->buffer, one->used) == 0,
                 "other rules in another order");
    check(one);
    writer_destroy(one);
    writer_destroy(other);
}

static void merge_counts(struct input input)
{
    struct learn_wishes own = wishes;
    struct writer *out = writer_create(WRITER_MEMORY, 0);
    struct learn *learn;
    enum learn_status status;

    own.spool = spool_make();
    learn = learn_create(&own, 1);
    harness_must(out && learn, "no memory for learning");
    status =
        learn_add(learn, harness_file(FILE_INPUT, input.bytes, input.size), (struct span){"", 0});
    harness_must(status == LEARN_OK || status == LEARN_BAD, "counts that cannot be added");
    harness_must(learn_write(learn, out) == LEARN_OK, "counts that cannot be merged");
    learn_destroy(learn);
    writer_destroy(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {(const char *)data, size};

    if (harness_choose(&input) & 1)
        merge_counts(input);
    else
        learn_pages(input);
    return 0;
}
