/*
 * frames -- the parts of a shell's completion that do not follow from the options.
 *
 * Model:     flow/completion puts the options between the head and the foot, each in its shell's
 *            own way. A %V in a head stands for the verbs of the rule language, %F for the program
 *            in awk that names the fields of a JSON line, %O for all options.
 * Ownership: constant texts.
 */
#ifndef DECHAFF_FLOW_FRAMES_H
#define DECHAFF_FLOW_FRAMES_H

extern const char frames_fields[]; /* has neither ' nor a backslash: quoted alike in all shells */

extern const char frames_bash_head[];
extern const char frames_bash_foot[];
extern const char frames_zsh_head[];
extern const char frames_zsh_foot[];
extern const char frames_fish_head[];

#endif
