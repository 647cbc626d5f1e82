#include "decide/about.h"

#include "base/bits.h"

#include <string.h>

void about_begin(struct about *about)
{
    about->known = 0;
    memset(about->lines, 0, sizeof about->lines);
}

void about_note(struct about *about, uint64_t marks)
{
    for (uint64_t left = marks & about->asked & ~about->known; left; left &= left - 1) {
        unsigned mark = bits_lowest(left);

        if (++about->lines[mark] == about->least)
            about->known |= UINT64_C(1) << mark;
    }
}
