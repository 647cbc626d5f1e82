/*
 * fold -- one spelling for all characters that are equal but for their case.
 *
 * Model:     a regex that ignores case and a line meet in a folded spelling: two characters that
 *            PCRE2 takes for each other without regard to case fold to the same one, K and the
 *            Kelvin sign to k, s and the long s to s. Folding never makes a text longer, so it
 *            can be done in a buffer of the text's size. Invalid UTF-8 stays as it is.
 * Contract:  fold_certain says for which characters the table is complete: scripts without case,
 *            and Latin, Greek, Cyrillic, Armenian and Georgian letters, as in Unicode 14. Of the
 *            others nothing may be concluded.
 * Ownership: constant data; a struct fold is filled in once and then only read.
 */
#ifndef DECHAFF_BASE_FOLD_H
#define DECHAFF_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* They fold to s and k: the only characters beyond ASCII that fold into it. */
#define FOLD_LONG_S 0x017F
#define FOLD_KELVIN 0x212A

/* What the two-byte characters of UTF-8 fold to: a quick way past the table's rows. */
struct fold {
    uint16_t two_bytes[0x800];
};

uint32_t fold_character(uint32_t character);

/* Whether every character that PCRE2 takes for this one, case ignored, folds as this one does. */
bool fold_certain(uint32_t character);

/* Whether folding can change a character beyond ASCII that begins with these two bytes. */
bool fold_may_change(const struct fold *fold, unsigned char first, unsigned char second);

void fold_init(struct fold *fold);

/*
 * Folds the text, and returns the length of what was written: at most that of the text. A
 * character that is cut off at the text's end counts as invalid.
 */
size_t fold_text(const struct fold *fold, const unsigned char *text, size_t length,
                 unsigned char *folded);

#endif
