#!/bin/sh
# unit.sh -- the Check suites, each in a process of its own: Check keeps all
# results of a process, and the next test's fork copies them.
set -u
: "${BUILD:=build}"
passed=0 failed=0
for file in "$(dirname "$0")"/../unit/check_*.c; do
    suite=${file##*/check_}
    suite=${suite%.c}
    [ "$suite" != main ] || continue
    # A guard against a test that hangs, wide enough for sanitizers and slow machines.
    result=$(CK_DEFAULT_TIMEOUT=120 ${WRAPPER:-} "$BUILD/check_dechaff" "$suite" 2>&1)
    count=$(printf '%s\n' "$result" | sed -n 's/^unit: \([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p')
    [ -n "$count" ] || count='0 1'
    passed=$((passed + ${count% *}))
    failed=$((failed + ${count#* }))
    [ "${count#* }" -eq 0 ] || printf '%s\n' "$result"
done
echo "unit: $passed passed, $failed failed"
[ $failed -eq 0 ]
