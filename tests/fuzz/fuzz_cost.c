/*
 * fuzz_cost -- no text costs much more for a byte than pages do.
 *
 * Input:     what is repeated until there is a text of 4 to 32 kB, and a byte that says how long it
 *            is, and whether the profile is article or page.
 * Cost:      counted, so the same in each run: how often each part of the program was reached, by
 *            the 64-bit counters of -fprofile-instr-generate, and the bytes that PCRE2 looked
 *            through, by its results. Its steps where it backtracks are not seen here; they are the
 *            match-limit's.
 * Limits:    `most` for each byte. Each cost is a feature of the input to libFuzzer, which so
 * climbs to what costs more. With FUZZ_COST in the environment the cost is shown.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "harness.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 20 times what a byte costs in the first 4 kB of pages of ../shared/eval in the mean: 21.6
 * and 93.3. */
static const uint64_t most[] = {432, 1866};

#define TEXT_LEAST ((size_t)4 * 1024)
#define TEXT_MOST (TEXT_LEAST << 3)
#define STEPS 2048

/* NOLINTBEGIN(bugprone-reserved-identifier): names that the linker chose */
/* Around all counters of the program. */
extern uint64_t __start___llvm_prf_cnts[], __stop___llvm_prf_cnts[];

/* What libFuzzer looks at as it does at coverage. */
__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t reached[2][STEPS];

static uint64_t looked_through;

int __real_pcre2_match_8(const pcre2_code *code, PCRE2_SPTR text, PCRE2_SIZE length,
                         PCRE2_SIZE from, uint32_t options, pcre2_match_data *data,
                         pcre2_match_context *context);
int __wrap_pcre2_match_8(const pcre2_code *code, PCRE2_SPTR text, PCRE2_SIZE length,
                         PCRE2_SIZE from, uint32_t options, pcre2_match_data *data,
                         pcre2_match_context *context);

/* The linker puts this in place of pcre2_match. */
int __wrap_pcre2_match_8(const pcre2_code *code, PCRE2_SPTR text, PCRE2_SIZE length,
                         PCRE2_SIZE from, uint32_t options, pcre2_match_data *data,
                         pcre2_match_context *context)
{
    int result = __real_pcre2_match_8(code, text, length, from, options, data, context);
    uint32_t all = 0;

    pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &all);
    looked_through += 16;
    if (!(options & PCRE2_NO_UTF_CHECK))
        looked_through += length - from;
    if (result >= 0 && pcre2_get_ovector_pointer(data)[1] > from)
        looked_through += pcre2_get_ovector_pointer(data)[1] - from;
    else if (result < 0 && !(all & PCRE2_ANCHORED))
        looked_through += length - from;
    return result;
}
/* NOLINTEND(bugprone-reserved-identifier) */

static uint64_t count(struct filter *filter, struct input input)
{
    uint64_t sum = 0;

    memset(__start___llvm_prf_cnts, 0,
           (size_t)((char *)__stop___llvm_prf_cnts - (char *)__start___llvm_prf_cnts));
    looked_through = 0;
    harness_text(filter, input, CHUNKS - 1);
    for (const uint64_t *counter = __start___llvm_prf_cnts; counter < __stop___llvm_prf_cnts;
         counter++)
        sum += *counter;
    return sum + looked_through;
}

/* Fills TEXT with the input, over and over, up to SIZE bytes. A byte of 1 stands for a letter that
 * changes, so that lines may differ: those that come again cost little. */
static void repeat(struct input input, char *text, size_t size)
{
    size_t times = 0;

    for (size_t at = 0; at < size; times++) {
        size_t number = times;

        for (size_t i = 0; i < input.size && at < size; i++, at++) {
            text[at] = input.bytes[i];
            if (text[at] == 1) {
                text[at] = (char)('a' + number % 26);
                number /= 26;
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct filter profiles[] = {{.profile = "article", .max_line = READER_MAX_LINE},
                                       {.profile = "page", .max_line = READER_MAX_LINE}};
    static char text[TEXT_MOST];
    struct input input = {(const char *)data, size};
    uint8_t choices = harness_choose(&input);
    struct filter *filter = &profiles[choices & 1];
    size_t length = TEXT_LEAST << (choices >> 1 & 3);
    uint64_t cost;

    if (input.size == 0)
        return 0;
    harness_open(filter, &(struct splice_wishes){.max_drop = SPLICE_ALL});
    repeat(input, text, length);
    cost = count(filter, (struct input){text, length}) / length;
    memset(reached, 0, sizeof reached);
    reached[choices & 1][cost < STEPS ? cost : STEPS - 1] = 1;
    if (getenv("FUZZ_COST"))
        fprintf(stderr, "%zu bytes, %llu a byte\n", length, (unsigned long long)cost);
    harness_must(cost <= most[choices & 1], "a text costs too much");
    return 0;
}
