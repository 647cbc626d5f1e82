/*
 * look -- what of an HTML report is always the same: its head, its style sheet, its switches.
 *
 * Model:     constant text; behind look_head come a title and a style element, which look_style
 *            stands in and look_switches closes.
 */
#ifndef DECHAFF_FLOW_LOOK_H
#define DECHAFF_FLOW_LOOK_H

extern const char look_head[];
extern const char look_style[];
extern const char look_switches[];

#endif
