/* fuzz_wet -- whatever the records are, what came out and what was rejected make what went in, and
 * the size of reads changes nothing. */
#include "harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    harness_check(&wet_format, data, size);
    return 0;
}
