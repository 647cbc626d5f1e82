#!/bin/sh
# run.sh STEP... -- run test steps and count.
#
# A step is tests/steps/STEP.sh; it prints what failed and ends with the line
# "STEP: N passed, N failed". A step that ends without that line has failed.
# The last line printed is the total; the exit status is 1 if anything failed.
set -u
cd "$(dirname "$0")/.." || exit 2
: "${DECHAFF:=$PWD/dechaff}" "${BUILD:=$PWD/build}"
export DECHAFF BUILD

log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
trap 'exit 2' HUP INT TERM
passed=0 failed=0
for step; do
    script=tests/steps/$step.sh
    sh "$script" >"$log" 2>&1
    status=$?
    cat "$log"
    count=$(sed -n "s/^$step: \([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p" "$log" | tail -n 1)
    if [ -z "$count" ]; then
        echo "$step: ended with status $status and without a count"
        count='0 1'
    fi
    passed=$((passed + ${count% *}))
    failed=$((failed + ${count#* }))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
