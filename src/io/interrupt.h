/*
 * interrupt -- signals from outside, held while what they must not part is done.
 *
 * Model:     none is caught or ignored: what ends the program by default still does, once it is
 *            released. So nothing may lie about that only the program itself could remove.
 * Limits:    a signal goes to any thread that does not hold it: all but one hold them always.
 */
#ifndef DECHAFF_IO_INTERRUPT_H
#define DECHAFF_IO_INTERRUPT_H

#include <signal.h>

/* Holds all signals but those of faults. They may be held already: *before says what was. */
void interrupt_hold(sigset_t *before);

/* Keeps errno, unless a signal that waited ends the program. */
void interrupt_release(const sigset_t *before);

#endif
