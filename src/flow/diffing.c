#include "flow/diffing.h"

#include "base/table.h"
#include "flow/origin.h"
#include "line/measure.h"

#include <stdio.h>
#include <stdlib.h>

static void lose_memory(struct stream *stream)
{
    if (stream->failure == FAILURE_NONE)
        stream->failure = FAILURE_MEMORY;
}

/* What became of a line; CHOSEN are the rules that weigh in its document. Of a line that only
 * weights drop it is the rule that counts most against it. */
static struct decided outcome_of(const struct rules *rules, const struct chosen *chosen,
                                 const struct held *line)
{
    struct explained explained = explain_verdict(line);
    struct decided outcome = {.is_kept = line->verdict == VERDICT_KEEP, .rule = explained.rule};

    outcome.is_edited = outcome.is_kept && line->edited_by != NO_RULE;
    if (outcome.is_edited) {
        outcome.words = measure_words(line->text, line->length);
        outcome.hash = table_hash_bytes(TABLE_HASH, line->text, line->length);
    }
    if (!outcome.is_kept && line->rule == NO_RULE && line->weighed)
        outcome.rule = explain_blamed(rules, chosen, line);
    return outcome;
}

/* Takes in what a side has decided by now. Blank lines and pieces of long ones, which stay, are
 * not compared. */
static void settle(struct stream *stream, enum side side)
{
    struct differ *differ = stream->differ;
    struct decide *decide = side == SIDE_NEW ? stream->decide : differ->decide;
    struct match *match = side == SIDE_NEW ? stream->match : differ->match;
    const struct held *line;

    while ((line = decide_next(decide))) {
        struct decided outcome;

        if (line->is_blank || line->continues || line->is_continued ||
            stream->failure != FAILURE_NONE)
            continue;
        outcome = outcome_of(differ->changes->sets[side], match_chosen(match), line);
        join_settle(&differ->join, side, &outcome);
    }
}

static void take_settled(struct stream *stream)
{
    struct differ *differ = stream->differ;
    const struct joined *line;

    settle(stream, SIDE_OLD);
    settle(stream, SIDE_NEW);
    while (stream->failure == FAILURE_NONE && (line = join_next(&differ->join)))
        if (!changes_line(differ->changes, line))
            lose_memory(stream);
}

/* Has a side decide on a line that is not blank. */
static void meet(struct stream *stream, struct match *match, struct decide *decide,
                 const struct line *line)
{
    struct position position = decide_position(decide);
    struct matched matched;

    if (match_line(match, line->text, line->length, &position, &matched))
        decide_line(decide, line, &matched);
    else
        lose_memory(stream);
}

static void take_line(struct stream *stream, const struct line *line)
{
    struct differ *differ = stream->differ;

    if (measure_is_blank(line->text, line->length)) {
        decide_blank(differ->decide, line);
        decide_blank(stream->decide, line);
        return;
    }
    stream->had_line = stream->has_line = true;
    if (!join_push(&differ->join, (struct span){line->text, line->length}, line->number)) {
        lose_memory(stream);
        return;
    }
    meet(stream, differ->match, differ->decide, line);
    meet(stream, stream->match, stream->decide, line);
}

static void end(struct stream *stream)
{
    struct differ *differ = stream->differ;
    char name[DOCUMENT_HOST];

    decide_end(differ->decide);
    decide_end(stream->decide);
    take_settled(stream);
    join_clear(&differ->join);
    if (stream->failure == FAILURE_NONE &&
        !changes_end(differ->changes, origin_site(stream, false, name)))
        lose_memory(stream);
}

enum line_status diffing_document(struct stream *stream)
{
    struct differ *differ = stream->differ;
    enum line_status status = LINE_END;
    struct line line;

    changes_begin(differ->changes, stream->number);
    while (stream->failure == FAILURE_NONE) {
        status = stream_next(stream, &line);
        if (status == LINE_READ)
            take_line(stream, &line);
        else if (status == LINE_PART) {
            decide_piece(differ->decide, &line);
            decide_piece(stream->decide, &line);
        } else
            break;
        take_settled(stream);
    }
    end(stream);
    return status;
}

static bool fill(struct differ *differ, const struct engine *old, const struct engine *new,
                 const struct stream_wishes *wishes)
{
    differ->match = match_create(old, wishes->way);
    if (differ->match)
        differ->decide = decide_create(old->rules, match_chosen(differ->match), false, stream_until,
                                       differ->match);
    differ->changes = changes_create(old->rules, new->rules, wishes->diff->samples);
    return differ->match && differ->decide && differ->changes;
}

struct diffing *diffing_begin(struct stream *const *streams, unsigned count,
                              const struct rules *old)
{
    struct diffing *diffing = calloc(1, sizeof *diffing);
    bool good = diffing != NULL;

    if (!good)
        return NULL;
    diffing->wishes = streams[0]->wishes->diff;
    diffing->engine = engine_create(old);
    diffing->differs = calloc(count, sizeof *diffing->differs);
    good = diffing->engine && diffing->differs;
    while (good && diffing->count < count) {
        struct stream *stream = streams[diffing->count];

        stream->filter = diffing_document;
        stream->differ = &diffing->differs[diffing->count++];
        good = fill(stream->differ, diffing->engine, stream->engine, stream->wishes);
    }
    if (good)
        return diffing;
    diffing_end(diffing);
    return NULL;
}

void diffing_end(struct diffing *diffing)
{
    if (!diffing)
        return;
    for (unsigned i = 0; diffing->differs && i < diffing->count; i++) {
        struct differ *differ = &diffing->differs[i];

        changes_destroy(differ->changes);
        join_release(&differ->join);
        decide_destroy(differ->decide);
        match_destroy(differ->match);
    }
    free(diffing->differs);
    engine_destroy(diffing->engine);
    free(diffing);
}

bool diffing_write(struct diffing *diffing, struct writer *writer)
{
    struct differ *differs = diffing->differs;
    struct change_row *rows;
    size_t count;
    bool good = true;

    for (unsigned i = 1; i < diffing->count && good; i++)
        good = changes_merge(differs[0].changes, differs[i].changes);
    rows = good ? changes_rank(differs[0].changes, &count) : NULL;
    if (!rows)
        return false;
    changes_finish(differs[0].changes);
    good = diff_form_put(diffing->wishes->form, writer, differs[0].changes, rows, count);
    free(rows);
    diffing->is_told = good;
    return good;
}

double diffing_percent(const struct diffing *diffing)
{
    return changes_percent(diffing->differs[0].changes);
}

bool diffing_exceeds(const struct diffing *diffing)
{
    return diffing->is_told && diffing_percent(diffing) > diffing->wishes->max_change;
}
