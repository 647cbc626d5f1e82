/*
 * hostile -- looks for texts that cost more than their length: hostile PROFILE texts|rules [BYTES].
 *
 * A text is a head, a unit that is repeated up to the wished size, and a tail, in one line or many.
 * `texts` makes them of the literals of all rules, of bytes of all classes, alone and in pairs, and
 * filters them; `rules` tries each rule alone on texts made of its own literals and examples among
 * such bytes. Each text is tried short and eight times as long. Those that cost most, or more a
 * byte when they are long, are listed: cost a byte of the long one in ns, growth, text, and the
 * rules that take longest on it. Time is a hint here, and enough to find what is then to be
 * counted:
 *
 *     hostile PROFILE make LAYOUT HEAD UNIT TAIL BYTES
 *
 * writes such a text; of how many bytes the instructions of two sizes, under callgrind, tell.
 */
#include "flow/flow.h"
#include "format/formats.h"
#include "rules/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FIELD 400
#define LITERAL_ROOM (LITERAL_MAX_LENGTH + 1)
#define RULES_SHOWN 3
#define LITERALS 2 /* of a rule that are tried on it alone */

struct text {
    char layout; /* l: a line; b, m: one that ends with a bad byte, or has many; s, w: short, wide
                    lines */
    char head[FIELD], unit[FIELD], tail[FIELD];
};

struct search {
    const struct rules *rules;
    struct engine *engine;
    struct stream *stream;
    struct match *match;
    char *bytes;  /* room for the text at hand */
    size_t size;  /* of the long texts */
    double least; /* ns a byte that are worth telling */
    unsigned long tried;
};

stream_filter filter_document; /* of filter.c */

/* Bytes of each class, and of scripts: what a regex may repeat. The first ones are tried in pairs,
 * too. */
static const char *const fillers[] = {
    " ",
    "a",
    "A",
    "1",
    ".",
    "-",
    "_",
    "*",
    "(",
    "[",
    "|",
    "/",
    ":",
    "&",
    "@",
    "\xc3\xa9",
    "\xe2\x86\x93",
    "\xe6\xac\xa1",
    "\t",
    ",",
    ")",
    "]",
    "#",
    "'",
    "\"",
    "<",
    ">",
    "=",
    "+",
    "!",
    "?",
    "%",
    "$",
    "\xc2\xa0",
    "\xc3\x89",
    "\xc2\xa9",
    "\xe2\x80\x93",
    "\xe2\x80\xa6",
    "\xd0\xb6",
    "\xce\xb1",
    "\xd7\xa9",
    "\xd8\xa7",
    "\xe0\xa4\x95",
    "\xe0\xb8\x81",
    "\xe3\x81\xae",
    "\xed\x95\x9c",
    "\xf0\x9f\x91\x8d",
    "\xcc\x81",
};
#define PAIRED ((size_t)18)
#define FILLERS (sizeof fillers / sizeof *fillers)

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "hostile: %s\n", what);
    exit(2);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static size_t put(char *to, const char *text)
{
    size_t length = strlen(text);

    memcpy(to, text, length);
    return length;
}

/* A line of about SIZE bytes, without its end. Lines with other numbers differ, three in four. */
static size_t make_line(const struct text *text, char *to, size_t size, unsigned number)
{
    char digits[16];
    size_t at = 0, half = size / 2, since = 0;
    size_t room = strlen(text->head) + strlen(text->tail);

    snprintf(digits, sizeof digits, "%u ", number);
    if (number % 4 == 1)
        at += put(to + at, digits);
    at += put(to + at, text->head);
    for (;;) {
        if (at > room && at + strlen(text->tail) + strlen(text->unit) > size)
            break;
        if (number % 4 == 2 && at >= half) {
            at += put(to + at, digits);
            half = SIZE_MAX;
        }
        at += put(to + at, text->unit);
        since++;
        if (text->layout == 'm' && since % 50 == 0)
            to[at++] = '\xff';
    }
    at += put(to + at, text->tail);
    if (number % 4 == 3)
        at += put(to + at, digits);
    if (text->layout == 'b')
        at += put(to + at, "x\xff");
    return at;
}

/* Writes the text into TO, where there is room for SIZE and some lines more. */
static size_t make(const struct text *text, char *to, size_t size)
{
    size_t line = text->layout == 's' ? 100 : text->layout == 'w' ? 5000 : size, at = 0;

    for (unsigned number = 0; at < size; number++) {
        at += make_line(text, to + at, line < size - at ? line : size - at, number);
        to[at++] = '\n';
    }
    return at;
}

static void filter(struct search *search, const char *bytes, size_t size)
{
    struct batch *batch = batch_create();

    must(batch && batch_reserve(batch, size), "no memory");
    batch->format = &text_format;
    memcpy(batch->bytes, bytes, size);
    batch->size = size;
    must(batch_add_end(batch, size), "no memory");
    if (stream_begin_document(search->stream, batch, 0)) {
        filter_document(search->stream);
        stream_end(search->stream, batch);
    }
    batch_destroy(batch);
}

/* As a rule of the whole set that the prefilter has named. */
static void alone(struct search *search, uint32_t rule, const char *bytes, size_t size)
{
    for (const char *end = bytes + size; bytes < end;) {
        const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));

        match_alone(search->match, rule, bytes, (size_t)(newline - bytes));
        bytes = newline + 1;
    }
}

/* ns a byte of the whole program, or of RULE alone. */
static double cost(struct search *search, const struct text *text, uint32_t rule, size_t size)
{
    size_t made = make(text, search->bytes, size);
    double start = now();

    if (rule == NO_RULE)
        filter(search, search->bytes, made);
    else
        alone(search, rule, search->bytes, made);
    return (now() - start) / (double)made;
}

static void show(const char *text)
{
    for (putchar('\t'); *text; text++) {
        if ((unsigned char)*text < ' ' || *text == '\\' || *text == '\xff')
            printf("\\x%02x", (unsigned char)*text);
        else
            putchar(*text);
    }
}

static void show_rule(struct search *search, uint32_t rule, double ns)
{
    char id[RULE_ID_SIZE];

    rule_id(&search->rules->items[rule], id, sizeof id);
    printf("\t%s %.0f", id, ns);
}

/* The rules that take longest on the text. */
static void show_rules(struct search *search, const struct text *text)
{
    uint32_t slowest[RULES_SHOWN] = {NO_RULE, NO_RULE, NO_RULE};
    double costs[RULES_SHOWN] = {0};

    for (uint32_t rule = 0; rule < search->rules->count; rule++) {
        double ns = cost(search, text, rule, search->size);

        for (int i = 0; i < RULES_SHOWN; i++) {
            if (ns <= costs[i])
                continue;
            memmove(costs + i + 1, costs + i, (size_t)(RULES_SHOWN - 1 - i) * sizeof *costs);
            memmove(slowest + i + 1, slowest + i, (size_t)(RULES_SHOWN - 1 - i) * sizeof *slowest);
            costs[i] = ns;
            slowest[i] = rule;
            break;
        }
    }
    for (int i = 0; i < RULES_SHOWN; i++)
        if (slowest[i] != NO_RULE)
            show_rule(search, slowest[i], costs[i]);
}

/* Tries a text, and tells if it costs much or grows. */
static void try(struct search *search, const struct text *text, uint32_t rule)
{
    double few, many = cost(search, text, rule, search->size);

    search->tried++;
    if (many < search->least / 4)
        return;
    few = cost(search, text, rule, search->size / 8);
    if (many < search->least && many < few * 2)
        return;
    many = cost(search, text, rule, search->size); /* again: the JIT's work is not the text's */
    if (many < search->least && many < few * 2)
        return;
    printf("%.0f\t%.1f\t%c", many, many / few, text->layout);
    show(text->head);
    show(text->unit);
    show(text->tail);
    if (rule == NO_RULE)
        show_rules(search, text);
    else
        show_rule(search, rule, many);
    putchar('\n');
    fflush(stdout);
}

static void try_layouts(struct search *search, struct text *text)
{
    for (const char *layout = "lbmsw"; *layout; layout++) {
        text->layout = *layout;
        try(search, text, NO_RULE);
    }
}

/* A literal without the ends of its line. */
static void literal_text(const struct literal *literal, char *to)
{
    size_t length = 0;

    for (size_t i = 0; i < literal->length; i++)
        if (literal->bytes[i] != LITERAL_LINE_END)
            to[length++] = (char)literal->bytes[i];
    to[length] = '\0';
}

static void search_literals(struct search *search)
{
    static const char *const gaps[] = {"", " ", "-", ". "};
    struct text text = {0};
    char literal[LITERAL_ROOM], before[LITERAL_ROOM] = "";
    unsigned long count = 0;

    for (uint32_t rule = 0; rule < search->rules->count; rule++) {
        const struct required *required = search->rules->items[rule].required;

        for (size_t i = 0; required && i < required->count; i++) {
            literal_text(&required->literals[i], literal);
            for (size_t gap = 0; gap < sizeof gaps / sizeof *gaps; gap++) {
                snprintf(text.unit, FIELD, "%s%s", literal, gaps[gap]);
                try_layouts(search, &text);
            }
            snprintf(text.unit, FIELD, "%s %s", before, literal);
            if (count++ % 4 == 0)
                try_layouts(search, &text);
            if (count % 7 == 0)
                strcpy(before, literal);
        }
    }
}

static void search_fillers(struct search *search)
{
    struct text text = {0};

    for (size_t one = 0; one < FILLERS; one++)
        for (size_t other = 0; other < FILLERS; other++) {
            snprintf(text.unit, FIELD, "%s%s", fillers[one], one == other ? "" : fillers[other]);
            try_layouts(search, &text);
        }
}

/* RULE alone, with the literal before and behind what fills the line. */
static void search_rule_literal(struct search *search, uint32_t rule, const char *literal)
{
    struct text text = {.layout = 'l'};

    for (size_t one = 0; one < FILLERS; one++)
        for (size_t other = 0; other < FILLERS; other++) {
            if (one != other && (one >= PAIRED || other >= PAIRED))
                continue;
            snprintf(text.unit, FIELD, "%s%s", fillers[one], one == other ? "" : fillers[other]);
            strcpy(text.head, literal);
            strcpy(text.tail, "");
            try(search, &text, rule);
            strcpy(text.head, "");
            strcpy(text.tail, literal);
            try(search, &text, rule);
            snprintf(text.tail, FIELD, "%s zzz", literal);
            try(search, &text, rule);
        }
    for (size_t one = 0; one < FILLERS; one++) {
        strcpy(text.head, literal);
        strcpy(text.tail, "");
        snprintf(text.unit, FIELD, "%s%s", literal, fillers[one]);
        try(search, &text, rule);
        strcpy(text.tail, " x");
        try(search, &text, rule);
        snprintf(text.unit, FIELD, "%s%s%s%s%s%s", literal, fillers[one], fillers[one],
                 fillers[one], fillers[one], fillers[one]);
        try(search, &text, rule);
    }
}

/* Repetitions of all beginnings and ends of an example. */
static void search_rule_example(struct search *search, uint32_t rule, const struct example *example)
{
    struct text text = {.layout = 'l'};

    for (size_t length = 1; length <= example->length && length < FIELD - 2; length++) {
        snprintf(text.unit, FIELD, "%.*s", (int)length, example->text);
        try(search, &text, rule);
        snprintf(text.unit, FIELD, "%.*s ", (int)length, example->text);
        try(search, &text, rule);
        snprintf(text.unit, FIELD, "%.*s", (int)length, example->text + example->length - length);
        try(search, &text, rule);
        strcpy(text.tail, "\x01");
        try(search, &text, rule);
        strcpy(text.tail, "");
    }
}

static void search_rules(struct search *search)
{
    for (uint32_t rule = 0; rule < search->rules->count; rule++) {
        const struct rule *item = &search->rules->items[rule];
        size_t count = item->required ? item->required->count : 0;
        size_t step = count > LITERALS ? count / LITERALS : 1;
        char literal[LITERAL_ROOM] = "";

        if (!item->regex.text)
            continue;
        if (count == 0)
            search_rule_literal(search, rule, literal);
        for (size_t i = 0; i < count; i += step) {
            literal_text(&item->required->literals[i], literal);
            search_rule_literal(search, rule, literal);
        }
        for (const struct example *example = item->examples; example; example = example->next)
            search_rule_example(search, rule, example);
    }
}

static void load_profile(struct search *search, const char *profile)
{
    struct diagnostics diagnostics = {0};
    struct paths *paths = paths_create("hostile", false);
    struct rules *rules = rules_create();
    struct load *load = load_create(rules, paths, &diagnostics, true);

    must(paths && rules && load && load_name(load, profile) && rules_finish(rules, &diagnostics),
         "no memory");
    fputs(diag_text(&diagnostics), stderr);
    must(diagnostics.errors == 0, "the rules are wrong");
    load_destroy(load);
    diag_free(&diagnostics);
    paths_destroy(paths);
    search->rules = rules;
    search->engine = engine_create(rules);
    must(search->engine, "no memory");
    search->match = match_create(search->engine, MATCH_PREFILTER);
    must(search->match, "no memory");
}

/* \xNN stands for a byte. */
static void read_field(char *field, const char *text)
{
    size_t length = 0;

    while (*text && length < FIELD - 1) {
        bool is_byte = strncmp(text, "\\x", 2) == 0 && strlen(text) >= 4;
        char digits[3] = "";

        if (is_byte)
            memcpy(digits, text + 2, 2);
        field[length++] = is_byte ? (char)strtoul(digits, NULL, 16) : *text;
        text += is_byte ? 4 : 1;
    }
    field[length] = '\0';
}

int main(int argc, char **argv)
{
    struct search search = {.size = 32768, .least = 100};
    const char *wrong;
    struct field_wishes field_wishes = {0};
    struct stream_wishes wishes = {.show = SHOW_KEPT,
                                   .max_line = (size_t)16 << 20,
                                   .buffer_size = (size_t)64 << 10,
                                   .splice.max_drop = SPLICE_ALL};
    struct text text = {0};

    must(argc >= 3, "usage: hostile PROFILE texts|rules [NS [BYTES]], "
                    "or hostile - make LAYOUT HEAD UNIT TAIL BYTES");
    if (strcmp(argv[2], "make") == 0 && argc == 8) {
        search.size = strtoul(argv[7], NULL, 10);
        search.bytes = malloc(2 * search.size + 16 * FIELD);
        must(search.bytes, "no memory");
        text.layout = *argv[3];
        read_field(text.head, argv[4]);
        read_field(text.unit, argv[5]);
        read_field(text.tail, argv[6]);
        fwrite(search.bytes, 1, make(&text, search.bytes, search.size), stdout);
        free(search.bytes);
        return 0;
    }
    if (argc > 3)
        search.least = strtod(argv[3], NULL);
    if (argc > 4)
        search.size = strtoul(argv[4], NULL, 10);
    search.bytes = malloc(2 * search.size + 16 * FIELD);
    load_profile(&search, argv[1]);
    wishes.fields = fields_create(&field_wishes, &wrong);
    search.stream = stream_create(search.engine, &wishes);
    must(search.bytes && wishes.fields && search.stream, "no memory");
    if (strcmp(argv[2], "rules") == 0) {
        search_rules(&search);
    } else {
        search_fillers(&search);
        search_literals(&search);
    }
    fprintf(stderr, "%lu texts\n", search.tried);
    free(search.bytes);
    return 0;
}
