#!/bin/sh
# unit.sh -- the Check suites, each as its own line of the count.
set -u
: "${BUILD:=build}"
# A guard against a test that hangs, wide enough for sanitizers and slow machines.
CK_DEFAULT_TIMEOUT=120 ${WRAPPER:-} "$BUILD/check_dechaff"
