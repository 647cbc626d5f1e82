/*
 * language -- one spelling of a language code, whoever wrote it.
 *
 * Model:     documents say deu, ger, de, DE-at or deu_Latn, as they took it from ISO 639, BCP 47 or
 *            a detector; [lang] sections say de. language_canonical writes what a section's code is
 *            to be compared with: as BCP 47 (RFC 5646) has it, as far as the first subtag goes.
 *            What follows it is left as it is.
 * Ownership: nothing is kept; what is written is the caller's.
 * Errors:    false, with an empty OUT.
 */
#ifndef DECHAFF_BASE_LANGUAGE_H
#define DECHAFF_BASE_LANGUAGE_H

#include "base/span.h"

#include <stdbool.h>

/* Room for a code of 35 bytes, which RFC 5646 says must do. */
#define LANGUAGE_SIZE 36

/*
 * Writes CODE, terminated: the first subtag in small letters, and in two where ISO 639-1 has two
 * for it; '-' for '_'. Of a list, "eng,deu", the first counts; white space around it goes.
 * A member of a macrolanguage that detectors name (cmn, arz, pes) becomes the macrolanguage
 * (zh, ar, fa): that is what rules are written for. Retired codes (iw) become what took their
 * place (he). An unknown code is left in small letters.
 * False if there is no code, or it is too long.
 */
bool language_canonical(struct span code, char out[LANGUAGE_SIZE]);

/* Whether there may be such a language: of two letters all are known, of other codes none is
 * refused. CODE is canonical. */
bool language_is_known(const char *code);

#endif
