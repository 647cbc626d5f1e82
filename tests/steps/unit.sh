#!/bin/sh
# unit.sh -- the Check suites, each in a process of its own: Check keeps all results of a process, and
# the next test's fork copies them. JOBS=N of them run at once.
set -u
: "${BUILD:=build}" "${JOBS:=1}"
logs=$(mktemp -d) || exit 2
trap 'rm -rf "$logs"' EXIT
passed=0 failed=0

# Each worker goes through the suites and takes what no other has taken.
work() {
    for file in "$(dirname "$0")"/../unit/check_*.c; do
        suite=${file##*/check_}
        suite=${suite%.c}
        if [ "$suite" = main ] || ! mkdir "$logs/$suite.taken" 2>/dev/null; then continue; fi
        # A guard against a test that hangs, wide enough for sanitizers and slow machines.
        CK_DEFAULT_TIMEOUT=120 ${WRAPPER:-} "$BUILD/check_dechaff" "$suite" >"$logs/$suite" 2>&1
    done
}
worker=0
while [ "$worker" -lt "$JOBS" ]; do
    work &
    worker=$((worker + 1))
done
wait

for taken in "$logs"/*.taken; do
    log=${taken%.taken}
    count=$(sed -n 's/^unit: \([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$log")
    [ -n "$count" ] || count='0 1'
    passed=$((passed + ${count% *}))
    failed=$((failed + ${count#* }))
    [ "${count#* }" -eq 0 ] || cat "$log"
done
echo "unit: $passed passed, $failed failed"
[ $failed -eq 0 ]
