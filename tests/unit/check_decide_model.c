/*
 * check_decide_model -- decide.c against a second, slow reading of dechaff-rules(5).
 *
 * Model:     the whole document lies in memory and every rule looks as far ahead as it likes.
 *            Lines are words of the letters a to f, x (which no rule asks for) and full stops;
 *            expressions are sets of letters, so that no PCRE2 is needed to know what they match.
 * Errors:    a failed check prints the rules and the document.
 */
#include <stdio.h>

#include "given.h"

#define MAX_RULES 8
#define MAX_LINES 24
#define LETTERS 6
#define TEXT 200
#define KEPT (-1)

struct model_rule {
    enum verb verb;
    unsigned letters;  /* a bit each: the line holds one of them */
    bool first_letter; /* ... as its first character */
    unsigned until;    /* 0: none */
    int lines;         /* block: 0, or its bound; run: N */
    int paras;
    int back;
    bool soft;
    int first;     /* 0, or only among so many lines */
    int max_words; /* 0, or at most so many */
    char with;     /* strip: 0, or what goes in */
};

struct model_line {
    char text[TEXT];
    char edited[TEXT]; /* as strip left it */
    bool is_blank;
    bool after_blank;
    bool is_protected;
    bool is_emptied;
    bool hits[MAX_RULES]; /* of cut, drop, block and run */
    int ordinal;          /* among the lines that are not blank, from 1 */
    int rule;             /* the verdict: the rule that drops it, or KEPT */
};

struct model {
    struct model_rule rules[MAX_RULES];
    int rule_count;
    int short_words;
    int resume_lines;
    struct model_line lines[MAX_LINES];
    int line_count;
};

/* What one line is to one rule. */

static bool holds_letter(const char *text, unsigned letters, bool first_letter)
{
    for (; *text != '\0'; text++) {
        if (*text >= 'a' && *text < 'a' + LETTERS && (letters & 1u << (*text - 'a')) != 0)
            return true;
        if (first_letter)
            return false;
    }
    return false;
}

static int word_count(const char *text)
{
    int count = 0;
    for (; *text != '\0'; text++)
        count += *text != ' ' && (text[1] == ' ' || text[1] == '\0');
    return count;
}

static bool rule_hits(const struct model_rule *rule, const struct model_line *line)
{
    return (rule->first == 0 || line->ordinal <= rule->first) &&
           (rule->max_words == 0 || word_count(line->edited) <= rule->max_words) &&
           holds_letter(line->edited, rule->letters, rule->first_letter);
}

static void strip_line(const struct model_rule *rule, struct model_line *line)
{
    char result[sizeof line->edited];
    size_t length = 0;
    for (const char *at = line->edited; *at != '\0'; at++) {
        const char letter[] = {*at, '\0'};
        if (holds_letter(letter, rule->letters, false) &&
            (!rule->first_letter || at == line->edited)) {
            if (rule->with != '\0')
                result[length++] = rule->with;
        } else {
            result[length++] = *at;
        }
    }
    result[length] = '\0';
    strcpy(line->edited, result);
}

static bool has_letter(const char *text)
{
    return strspn(text, " .") != strlen(text);
}

/* Step 1 and 2 of the order of decision, and which rules hit for step 4. */
static void meet_line(const struct model *model, struct model_line *line)
{
    int emptied_by = KEPT;
    strcpy(line->edited, line->text);
    line->is_protected = line->is_emptied = false;
    line->rule = KEPT;
    for (int r = 0; r < model->rule_count; r++)
        if (model->rules[r].verb == VERB_STRIP && rule_hits(&model->rules[r], line)) {
            strip_line(&model->rules[r], line);
            emptied_by = emptied_by == KEPT ? r : emptied_by;
        }
    for (int r = 0; r < model->rule_count; r++) {
        const bool hit = rule_hits(&model->rules[r], line);
        line->is_protected |= hit && model->rules[r].verb == VERB_KEEP;
        line->hits[r] = hit && model->rules[r].verb > VERB_KEEP;
    }
    if (emptied_by != KEPT && !has_letter(line->edited) && !line->is_protected) {
        line->is_emptied = true;
        line->rule = emptied_by;
        memset(line->hits, 0, sizeof line->hits);
        strcpy(line->edited, line->text);
    }
}

/* What lines are to one another. */

/* The verdicts of lines under the rules before some limit alone. */
struct outcome {
    int rule[MAX_LINES];
    bool is_cut_start[MAX_LINES];
};

/* Each function returns the line behind those it has decided; START itself if it decided none. */
static void look_ahead(const struct model *model, int start, int limit, struct outcome *outcome);

static int next_line(const struct model *model, int i)
{
    while (i < model->line_count && model->lines[i].is_blank)
        i++;
    return i;
}

/* Dropped, unless a keep rule protects it. */
static int take(const struct model *model, int from, int to, int rule, struct outcome *outcome)
{
    for (int i = from; i < to; i++)
        outcome->rule[i] = model->lines[i].is_protected ? KEPT : rule;
    return to;
}

static bool decides_at_once(const struct model_rule *rule)
{
    return rule->verb == VERB_DROP || rule->verb == VERB_TAIL || rule->verb == VERB_CUT ||
           (rule->verb == VERB_BLOCK && rule->until == 0);
}

static bool passes(const struct model *model, int rule)
{
    return rule != KEPT && model->rules[rule].verb == VERB_PASS;
}

/* The first head rule that hits the line, as cut_within. */
static int head_of(const struct model *model, const struct model_line *line)
{
    for (int r = 0; r < model->rule_count && !line->is_protected; r++) {
        if (line->hits[r] && model->rules[r].verb == VERB_HEAD)
            return r;
        if (line->hits[r] && decides_at_once(&model->rules[r]))
            return KEPT;
    }
    return KEPT;
}

/* The first cut that hits the line, unless a rule that decides at once hits it before. */
static int cut_within(const struct model *model, const struct model_line *line)
{
    for (int r = 0; r < model->rule_count && !line->is_protected; r++) {
        const struct model_rule *rule = &model->rules[r];
        if (!line->hits[r])
            continue;
        if (rule->verb == VERB_CUT)
            return r;
        if (decides_at_once(rule) || rule->verb == VERB_PASS)
            return KEPT;
    }
    return KEPT;
}

static bool is_prose(const struct model *model, const struct model_line *line)
{
    return word_count(line->edited) > model->short_words &&
           line->edited[strlen(line->edited) - 1] == '.';
}

/* Prose that no rule has to do with: as long as it goes on, a soft cut may be over. */
static bool resumes(const struct model *model, const struct model_line *line)
{
    for (int r = 0; r < model->rule_count; r++)
        if (line->hits[r] && model->rules[r].verb != VERB_HEAD && model->rules[r].verb != VERB_PASS)
            return false;
    return !line->is_protected && !line->is_emptied && is_prose(model, line);
}

/* A cut at START; the line behind its last. */
static int cut(const struct model *model, int start, int r, struct outcome *outcome)
{
    int first = start, count = 0;
    outcome->is_cut_start[start] = true;
    if (!model->rules[r].soft)
        return take(model, start, model->line_count, r, outcome);
    for (int i = next_line(model, start + 1); i < model->line_count; i = next_line(model, i + 1)) {
        const int inner = cut_within(model, &model->lines[i]);
        if (inner != KEPT && !model->rules[inner].soft) {
            take(model, start, i, r, outcome);
            return cut(model, i, inner, outcome);
        }
        if (!resumes(model, &model->lines[i])) {
            count = 0;
            continue;
        }
        first = count == 0 ? i : first;
        if (++count == model->resume_lines)
            return take(model, start, first, r, outcome);
    }
    return take(model, start, model->line_count, r, outcome);
}

/* The line behind the last that the bounds lines= and paras= allow in the block. */
static int block_bound(const struct model *model, int start, const struct model_rule *rule)
{
    int lines = 0, paras = 0, i = next_line(model, start + 1);
    for (; i < model->line_count; i = next_line(model, i + 1)) {
        lines++;
        paras += model->lines[i].after_blank || lines == 1;
        if ((rule->lines != 0 && lines > rule->lines) || (rule->paras != 0 && paras > rule->paras))
            break;
    }
    return i;
}

static int block_without_until(const struct model *model, int start, int r, struct outcome *outcome)
{
    const int bound = block_bound(model, start, &model->rules[r]);
    for (int i = next_line(model, start + 1); i < bound; i = next_line(model, i + 1)) {
        const int cutting = cut_within(model, &model->lines[i]);
        if (cutting != KEPT) {
            take(model, start, i, r, outcome);
            return cut(model, i, cutting, outcome);
        }
    }
    return take(model, start, bound, r, outcome);
}

static int block_with_until(const struct model *model, int start, int r, struct outcome *outcome)
{
    const int bound = block_bound(model, start, &model->rules[r]);
    for (int i = next_line(model, start + 1); i < bound; i = next_line(model, i + 1))
        if (holds_letter(model->lines[i].edited, model->rules[r].until, false))
            return take(model, start, i + 1, r, outcome);
    return start;
}

/* Whether the line stands in a run of rule R, or ends it; EARLIER is what earlier rules say. */
static bool run_goes_on(const struct model *model, int i, int r, const struct outcome *earlier)
{
    const int rule = earlier->rule[i];
    if (model->lines[i].is_protected)
        return false;
    if (rule == KEPT)
        return model->lines[i].hits[r];
    return model->rules[rule].verb != VERB_CUT && model->rules[rule].verb != VERB_BLOCK &&
           model->rules[rule].verb != VERB_TAIL && model->rules[rule].verb != VERB_PASS;
}

static int run(const struct model *model, int start, int r, struct outcome *outcome)
{
    struct outcome earlier;
    int count = 1, end = next_line(model, start + 1);
    look_ahead(model, start + 1, r, &earlier);
    for (; end < model->line_count && run_goes_on(model, end, r, &earlier);
         end = next_line(model, end + 1))
        count += earlier.rule[end] == KEPT;
    if (count < model->rules[r].lines)
        return start;
    outcome->rule[start] = r;
    for (int i = start + 1; i < end; i++)
        outcome->rule[i] = earlier.rule[i] == KEPT ? r : earlier.rule[i];
    return end;
}

static int decide_line_here(const struct model *model, int i, int limit, struct outcome *outcome)
{
    const struct model_line *line = &model->lines[i];
    outcome->rule[i] = line->is_emptied ? line->rule : KEPT;
    if (line->is_blank || line->is_protected || line->is_emptied)
        return i + 1;
    for (int r = 0; r < limit; r++) {
        const struct model_rule *rule = &model->rules[r];
        int end = i;
        if (!line->hits[r] || rule->verb == VERB_HEAD)
            continue;
        if (rule->verb == VERB_PASS) {
            outcome->rule[i] = r;
            return i + 1;
        }
        if (rule->verb == VERB_CUT)
            end = cut(model, i, r, outcome);
        else if (rule->verb == VERB_RUN)
            end = run(model, i, r, outcome);
        else if (rule->verb == VERB_BLOCK && rule->until != 0)
            end = block_with_until(model, i, r, outcome);
        else if (rule->verb == VERB_BLOCK)
            end = block_without_until(model, i, r, outcome);
        else
            end = take(model, i, i + 1, r, outcome);
        if (end > i)
            return end;
    }
    return i + 1;
}

static void look_ahead(const struct model *model, int start, int limit, struct outcome *outcome)
{
    for (int i = start; i < model->line_count;)
        i = decide_line_here(model, i, limit, outcome);
}

static bool is_short(const struct model *model, const struct model_line *line)
{
    const size_t length = strlen(line->edited);
    return !line->is_protected && word_count(line->edited) <= model->short_words &&
           line->edited[length - 1] != '.';
}

/* Short lines before the cut at I. */
static void take_back(struct model *model, int i)
{
    const int cut = model->lines[i].rule;
    for (int back = model->rules[cut].back; i > 0 && back > 0;) {
        struct model_line *line = &model->lines[--i];
        if (!line->is_blank && line->rule != KEPT && model->rules[line->rule].verb == VERB_CUT)
            return;
        if (line->is_blank || line->rule != KEPT)
            continue;
        if (!is_short(model, line))
            return;
        line->rule = cut;
        back--;
    }
}

static bool is_tail(const struct model *model, const struct model_line *line)
{
    return !line->is_blank && line->rule != KEPT && model->rules[line->rule].verb == VERB_TAIL;
}

/* What lines are to those before them: heads, cuts that go back, prose behind tails. */
static void look_back(struct model *model, const struct outcome *outcome)
{
    int tails = 0; /* those from here on wait */
    bool has_head = false, is_cut = false;
    for (int i = 0; i < model->line_count; i++) {
        struct model_line *line = &model->lines[i];
        const int head = line->is_blank || has_head || is_cut ? KEPT : head_of(model, line);
        for (int before = 0; head != KEPT && before < i; before++) {
            struct model_line *other = &model->lines[before];
            if (!other->is_blank && !other->is_protected &&
                (other->rule == KEPT || (before >= tails && is_tail(model, other))))
                other->rule = head;
        }
        has_head |= head != KEPT;
        if (outcome->is_cut_start[i]) {
            tails = i;
            is_cut |= !model->rules[line->rule].soft;
            take_back(model, i);
        }
        if (!line->is_blank && line->rule == KEPT && is_prose(model, line)) {
            for (; tails < i; tails++)
                if (is_tail(model, &model->lines[tails]))
                    model->lines[tails].rule = KEPT;
        }
    }
}

/* Runs of blank lines in (FROM, TO), between lines that stay. */
static void settle_gaps(struct model *model, int from, int to)
{
    int longest = 0, longest_at = 0;
    bool any_dropped = false, any_cut = false;
    for (int i = from + 1, length = 0; i < to; i++) {
        struct model_line *line = &model->lines[i];
        length = line->is_blank ? length + 1 : 0;
        if (length > longest) {
            longest = length;
            longest_at = i + 1 - length;
        }
        any_dropped |= !line->is_blank;
        any_cut |= !line->is_blank && model->rules[line->rule].verb == VERB_CUT &&
                   !model->rules[line->rule].soft;
    }
    for (int i = from + 1; i < to && any_dropped; i++)
        if (model->lines[i].is_blank && (any_cut || i < longest_at || i >= longest_at + longest))
            model->lines[i].rule = 0;
}

static bool is_blank(const char *text)
{
    return strspn(text, " ") == strlen(text);
}

/* A blank line's rule is 0 if it goes. */
static void decide_model(struct model *model)
{
    struct outcome outcome = {.is_cut_start = {false}};
    int last = -1, ordinal = 0;
    for (int i = 0; i < model->line_count; i++) {
        struct model_line *line = &model->lines[i];
        line->is_blank = is_blank(line->text);
        line->after_blank = i == 0 || model->lines[i - 1].is_blank;
        line->ordinal = ordinal += !line->is_blank;
        meet_line(model, line);
        if (line->is_blank)
            line->is_protected = line->is_emptied = false;
    }
    look_ahead(model, 0, model->rule_count, &outcome);
    for (int i = 0; i < model->line_count; i++)
        model->lines[i].rule =
            model->lines[i].is_blank || passes(model, outcome.rule[i]) ? KEPT : outcome.rule[i];
    look_back(model, &outcome);
    for (int i = 0; i <= model->line_count; i++)
        if (i == model->line_count || (!model->lines[i].is_blank && model->lines[i].rule == KEPT)) {
            settle_gaps(model, last, i);
            last = i;
        }
}

/* Random rules and documents. */

static uint64_t random_state;

static unsigned random_below(unsigned limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)((random_state >> 16) % limit);
}

static bool one_in(unsigned n)
{
    return random_below(n) == 0;
}

static unsigned random_letters(void)
{
    unsigned letters = 1u << random_below(LETTERS);
    if (one_in(3))
        letters |= 1u << random_below(LETTERS);
    return letters;
}

static void random_rule(struct model_rule *rule)
{
    static const enum verb verbs[] = {VERB_DROP, VERB_DROP, VERB_KEEP,  VERB_STRIP, VERB_CUT,
                                      VERB_RUN,  VERB_RUN,  VERB_BLOCK, VERB_BLOCK, VERB_BLOCK,
                                      VERB_HEAD, VERB_TAIL, VERB_TAIL,  VERB_PASS};
    *rule = (struct model_rule){.verb = verbs[random_below(sizeof verbs / sizeof *verbs)],
                                .letters = random_letters(),
                                .first_letter = one_in(4)};
    if (one_in(8) || rule->verb == VERB_HEAD)
        rule->first = 1 + (int)random_below(5);
    if (one_in(8))
        rule->max_words = 1 + (int)random_below(2);
    if (rule->verb == VERB_STRIP && one_in(2))
        rule->with = (char)('a' + random_below(LETTERS));
    if (rule->verb == VERB_CUT) {
        rule->back = (int)random_below(4);
        rule->soft = one_in(2);
    }
    if (rule->verb == VERB_RUN)
        rule->lines = 1 + (int)random_below(4);
    if (rule->verb == VERB_BLOCK) {
        rule->until = one_in(2) ? random_letters() : 0;
        rule->lines = one_in(2) ? 1 + (int)random_below(4) : 0;
        rule->paras =
            one_in(3) || (rule->until == 0 && rule->lines == 0) ? 1 + (int)random_below(3) : 0;
    }
}

static void sort_rules(struct model *model)
{
    struct model_rule sorted[MAX_RULES];
    int count = 0;
    for (int phase = 0; phase < 3; phase++)
        for (int r = 0; r < model->rule_count; r++)
            if ((model->rules[r].verb == VERB_STRIP  ? 0
                 : model->rules[r].verb == VERB_KEEP ? 1
                                                     : 2) == phase)
                sorted[count++] = model->rules[r];
    memcpy(model->rules, sorted, (size_t)count * sizeof *sorted);
}

static void random_rules(struct model *model, unsigned rules)
{
    model->rule_count = 1 + (int)random_below(rules);
    for (int r = 0; r < model->rule_count; r++)
        random_rule(&model->rules[r]);
    sort_rules(model);
    model->short_words = 2;
    model->resume_lines = 1 + (int)random_below(3);
}

/* Some lines have up to WORDS words, some blank ones twice as many blanks. */
static void random_document(struct model *model, unsigned words)
{
    model->line_count = (int)random_below(MAX_LINES + 1);
    for (int i = 0; i < model->line_count; i++) {
        char *at = model->lines[i].text;
        if (one_in(4)) {
            snprintf(at, TEXT, "%*s", one_in(2) ? 0 : (int)(2 * words), "");
            continue;
        }
        *at++ = (char)('a' + random_below(LETTERS));
        if (one_in(4))
            *at++ = (char)('a' + random_below(LETTERS));
        for (unsigned left = one_in(5) ? random_below(words) : 0; left > 0; left--) {
            *at++ = ' ';
            *at++ = 'x';
        }
        if (one_in(8))
            *at++ = '.';
        *at = '\0';
    }
}

/* The same as text. */

static void append(struct given_text *text, const char *bytes)
{
    given_append(text, bytes, strlen(bytes));
}

static void append_number(struct given_text *text, const char *name, int number)
{
    char bytes[40];
    if (number != 0)
        given_append(text, bytes, (size_t)snprintf(bytes, sizeof bytes, " %s%d", name, number));
}

static void append_letters(struct given_text *text, bool first_letter, unsigned letters)
{
    append(text, first_letter ? " /^[" : " /[");
    for (int i = 0; i < LETTERS; i++)
        if ((letters & 1u << i) != 0)
            given_append(text, &"abcdef"[i], 1);
    append(text, "]/");
}

static void append_rule(struct given_text *text, const struct model_rule *rule)
{
    static const char *const names[] = {"strip", "keep", "drop", "cut", "block",
                                        "run",   "head", "tail", "pass"};
    append(text, names[rule->verb]);
    append_number(text, rule->verb == VERB_RUN ? "" : "lines=", rule->lines);
    append_number(text, "paras=", rule->paras);
    append_number(text, "back=", rule->back);
    append_number(text, "first=", rule->first);
    append(text, rule->soft ? " soft" : "");
    append_number(text, "max-words=", rule->max_words);
    append_letters(text, rule->first_letter, rule->letters);
    if (rule->until != 0) {
        append(text, " until");
        append_letters(text, false, rule->until);
    }
    if (rule->with != '\0') {
        append(text, " with \"");
        given_append(text, &rule->with, 1);
        append(text, "\"");
    }
    append(text, "\n");
}

static struct rules *rules_of(const struct model *model, const char *set, struct given_text *text)
{
    text->length = 0;
    append(text, "# Random.\n");
    for (int r = 0; r < model->rule_count; r++)
        append_rule(text, &model->rules[r]);
    append(text, set);
    return given_rules(text->bytes);
}

static const char *ending_of(const struct model *model, int i)
{
    if (i + 1 == model->line_count && i % 2 == 1 && model->lines[i].text[0] != '\0')
        return "";
    return i % 3 == 2 ? "\r\n" : "\n";
}

/* The document, or what the model keeps of it. */
static void document_of(const struct model *model, bool only_kept, struct given_text *text)
{
    text->length = 0;
    append(text, "");
    for (int i = 0; i < model->line_count; i++) {
        const struct model_line *line = &model->lines[i];
        if (only_kept && line->rule != KEPT)
            continue;
        append(text, only_kept && !line->is_blank ? line->edited : line->text);
        append(text, ending_of(model, i));
    }
}

/* What decide.c said. */

struct answer {
    int rule[MAX_LINES]; /* by line; a blank line's is 0 if it goes */
    struct given_text kept;
};

static void note_answer(void *context, const struct held *line)
{
    struct answer *answer = context;
    given_keep_text(&answer->kept, line);
    for (uint64_t i = 0; i < line->lines; i++)
        answer->rule[line->number - 1 + i] = line->verdict == VERDICT_KEEP ? KEPT
                                             : line->is_blank              ? 0
                                                                           : (int)line->rule;
}

static void ask(struct given_stream *stream, const char *document, struct answer *answer)
{
    answer->kept.length = 0;
    append(&answer->kept, "");
    given_document(stream, document, note_answer, answer);
}

static void append_verdicts(struct given_text *text, const struct model *model, const int *rules)
{
    for (int i = 0; i < model->line_count; i++) {
        char row[TEXT + 40];
        const int length =
            rules[i] == KEPT
                ? snprintf(row, sizeof row, "keep\t%s\n", model->lines[i].text)
                : snprintf(row, sizeof row, "drop %d\t%s\n", rules[i] + 2, model->lines[i].text);
        given_append(text, row, (size_t)length);
    }
}

static void compare(struct model *model, struct given_stream *stream,
                    const struct given_text *statements)
{
    struct given_text document, kept, must, is;
    struct answer answer = {.rule = {0}};
    int expected[MAX_LINES] = {0};
    decide_model(model);
    for (int i = 0; i < model->line_count; i++)
        expected[i] = model->lines[i].rule;
    document_of(model, false, &document);
    document_of(model, true, &kept);
    ask(stream, document.bytes, &answer);
    must.length = is.length = 0;
    append(&must, "");
    append(&is, "");
    append_verdicts(&must, model, expected);
    append_verdicts(&is, model, answer.rule);
    ck_assert_msg(strcmp(must.bytes, is.bytes) == 0, "%s--- must be\n%s--- is\n%s",
                  statements->bytes, must.bytes, is.bytes);
    ck_assert_msg(strcmp(kept.bytes, answer.kept.bytes) == 0, "%s--- must be\n%s--- is\n%s",
                  statements->bytes, kept.bytes, answer.kept.bytes);
}

#define RULE_SETS 250
#define DOCUMENTS 10 /* for each set of rules */

/* MORE statements go behind each set of random rules. */
static void compare_many(const char *more)
{
    struct model model = {.rule_count = 0};
    struct given_text statements;
    for (unsigned n = 0; n < RULE_SETS; n++) {
        random_rules(&model, 1 + n % MAX_RULES);
        char set[200];
        snprintf(set, sizeof set, "set short-words 2\nset hold-lines 100\nset resume-lines %d\n%s",
                 model.resume_lines, more);
        struct rules *rules = rules_of(&model, set, &statements);
        struct given_stream stream;
        given_stream_open(&stream, rules, n % 2 == 0);
        for (unsigned document = 0; document < DOCUMENTS; document++) {
            random_document(&model, 4);
            compare(&model, &stream, &statements);
        }
        given_stream_close(&stream);
        rules_destroy(rules);
    }
}

START_TEST(model_agrees)
{
    random_state = 88172645463325252u + (uint64_t)_i;
    compare_many("");
}
END_TEST

/* A user's own rules decide likewise where others weigh: here for every line to stay. */
START_TEST(model_agrees_beside_weights)
{
    static const char *const weights[] = {"weigh 9\n", "weigh 9\nset doubt 0.01\n",
                                          "weigh 9\njudge 9\n"};
    random_state = 2463534242u + (uint64_t)_i;
    compare_many(weights[_i]);
}
END_TEST

/* Rules that ask for no more than may be held, so that they load. */
static void lower_bounds(struct model *model, int hold_lines)
{
    for (int r = 0; r < model->rule_count; r++) {
        struct model_rule *rule = &model->rules[r];
        if (rule->back >= hold_lines)
            rule->back = hold_lines - 1;
        if (rule->verb == VERB_RUN && rule->lines > hold_lines)
            rule->lines = hold_lines;
        if (rule->verb == VERB_BLOCK && rule->until != 0 && rule->lines >= hold_lines)
            rule->lines = hold_lines - 1;
        if (rule->verb == VERB_HEAD && rule->first > hold_lines)
            rule->first = hold_lines;
    }
}

/* With tiny holds verdicts may differ; watch_next checks order and bounds. */
START_TEST(any_hold_keeps_order_and_bounds)
{
    static const char *const sets[] = {
        "set hold-bytes 256\nset hold-lines 1\n", "set hold-bytes 256\nset hold-lines 2\n",
        "set hold-bytes 256\nset hold-lines 3\n", "set hold-bytes 256\nset hold-lines 4\n"};
    struct model model = {.rule_count = 0};
    struct given_text statements, document;
    struct answer once = {.rule = {0}}, again = {.rule = {0}};
    random_state = 1181783497276652981u + (uint64_t)_i;
    for (unsigned n = 0; n < RULE_SETS; n++) {
        random_rules(&model, MAX_RULES);
        lower_bounds(&model, 1 + (int)n % 4);
        struct rules *rules = rules_of(&model, sets[n % 4], &statements);
        struct given_stream without, with;
        given_stream_open(&without, rules, false);
        given_stream_open(&with, rules, true);
        for (int i = 0; i < DOCUMENTS; i++) {
            random_document(&model, one_in(3) ? 80 : 4);
            document_of(&model, false, &document);
            ask(&without, document.bytes, &once);
            ask(&with, document.bytes, &again);
            const size_t size = (size_t)model.line_count * sizeof *once.rule;
            ck_assert_msg(memcmp(once.rule, again.rule, size) == 0, "%s---\n%s", statements.bytes,
                          document.bytes);
            ck_assert_str_eq(once.kept.bytes, again.kept.bytes);
        }
        given_stream_close(&without);
        given_stream_close(&with);
        rules_destroy(rules);
    }
}
END_TEST

/* Of a page that is judged as a whole more is held, but these rules wait no longer than elsewhere.
 */
START_TEST(a_judged_page_changes_no_bound)
{
    struct model model = {.rule_count = 0};
    struct given_text statements, document;
    struct answer alone = {.rule = {0}}, judged = {.rule = {0}};
    random_state = 521288629u + (uint64_t)_i;
    for (unsigned n = 0; n < RULE_SETS; n++) {
        char sets[2][80];
        struct rules *rules[2];
        struct given_stream streams[2];
        int hold_lines = 1 + (int)(n % 4);
        random_rules(&model, MAX_RULES);
        lower_bounds(&model, hold_lines);
        for (int i = 0; i < 2; i++) {
            snprintf(sets[i], sizeof sets[i], "set hold-lines %d\n%s", hold_lines,
                     i ? "weigh 9\njudge 9\n" : "");
            rules[i] = rules_of(&model, sets[i], &statements);
            given_stream_open(&streams[i], rules[i], false);
        }
        for (int i = 0; i < DOCUMENTS; i++) {
            random_document(&model, 4);
            document_of(&model, false, &document);
            ask(&streams[0], document.bytes, &alone);
            ask(&streams[1], document.bytes, &judged);
            for (int line = 0; line < model.line_count; line++)
                ck_assert_msg(is_blank(model.lines[line].text) ||
                                  alone.rule[line] == judged.rule[line],
                              "%s---\n%s", statements.bytes, document.bytes);
        }
        for (int i = 0; i < 2; i++) {
            given_stream_close(&streams[i]);
            rules_destroy(rules[i]);
        }
    }
}
END_TEST

Suite *decide_model_suite(void);

Suite *decide_model_suite(void)
{
    Suite *suite = suite_create("decide_model");
    TCase *documents = tcase_create("documents");
    tcase_add_loop_test(documents, model_agrees, 0, 4);
    tcase_add_loop_test(documents, model_agrees_beside_weights, 0, 3);
    tcase_add_loop_test(documents, a_judged_page_changes_no_bound, 0, 2);
    tcase_add_loop_test(documents, any_hold_keeps_order_and_bounds, 0, 2);
    suite_add_tcase(suite, documents);
    return suite;
}
