/*
 * look -- what of an HTML report is always the same: its head, its style sheet, its switches.
 *
 * Model:     constant text; look_style stands in the style element that look_head opens, and
 *            look_switches closes it.
 */
#ifndef DECHAFF_FLOW_LOOK_H
#define DECHAFF_FLOW_LOOK_H

extern const char look_head[];
extern const char look_style[];
extern const char look_switches[];

#endif
