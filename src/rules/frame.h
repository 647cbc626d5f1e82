/*
 * frame -- what is known while rule files are read.
 *
 * Model:     a load is of one set of rules; a frame is one of its files, at the line being read.
 *            It is load.c's and add.c's; nothing else may use it.
 * Ownership: what is read lies in the arena of the rules; a frame lies on the stack of its reader.
 */
#ifndef DECHAFF_RULES_FRAME_H
#define DECHAFF_RULES_FRAME_H

#include "rules/diag.h"
#include "rules/expression.h"
#include "rules/paths.h"
#include "rules/rules.h"
#include "rules/source.h"

struct load {
    struct rules *rules;
    const struct paths *paths;
    struct diagnostics *diagnostics;
    struct expressions expressions;
    struct sources sources;
    size_t inline_lines; /* lines of all -e so far */
    bool is_over;        /* a ceiling was passed: nothing more is loaded */
    bool is_beyond;      /* what was said can't be added to a set from an image: likewise */
    bool keep_examples;
};

/* One file being read, inside those that include it. */
struct frame {
    const struct frame *outer;
    struct load *load;
    const struct source *source;
    struct place place; /* of the line being read */
    uint32_t depth;
    uint32_t base_section; /* what [] goes back to */
    uint32_t section;
    size_t statements;
    struct rule *last_rule; /* whose examples may follow */
    struct example *last_example;
    bool last_was_bad; /* so that its examples and phrases are no errors of their own */
};

static inline struct arena *frame_arena(const struct frame *frame)
{
    return &frame->load->rules->arena;
}

#endif
