#!/bin/sh
# run.sh STEP... -- run test steps and count. JOBS=N of them run at once (unset: as many as cores).
#
# A step is tests/steps/STEP.sh; it prints what failed and what it had to skip, and ends with the line
# "STEP: N passed, N failed". A step that ends without that line has failed. The last lines printed
# are what was skipped, if anything, and the total; the exit status is 1 if anything failed.
set -u
cd "$(dirname "$0")/.." || exit 2
: "${DECHAFF:=$PWD/dechaff}" "${BUILD:=$PWD/build}"
: "${JOBS:=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)}"
export DECHAFF BUILD JOBS

logs=$(mktemp -d) || exit 2
trap 'rm -rf "$logs"' EXIT
# What runs in the background doesn't hear the keyboard: the whole group is ended.
trap 'trap "" TERM; kill 0; exit 2' HUP INT TERM

run() { # STEP
    sh "tests/steps/$1.sh" >"$logs/$1" 2>&1
    status=$?
    grep -q "^$1: [0-9]* passed, [0-9]* failed" "$logs/$1" ||
        echo "$1: 0 passed, 1 failed: it ended with status $status and without a count" >>"$logs/$1"
    grep -v "^$1: skipped: " "$logs/$1"
}

# Each worker goes through the list and takes what no other has taken.
work() { # STEP...
    for step; do
        if mkdir "$logs/$step.taken" 2>/dev/null; then run "$step"; fi
    done
}
for step; do : >"$logs/$step"; done
worker=0
while [ "$worker" -lt "$JOBS" ]; do
    work "$@" &
    worker=$((worker + 1))
done
wait

cd "$logs" || exit 2
awk '{ step = FILENAME }
    index($0, step ": skipped: ") == 1 {
        what = substr($0, length(step) + 12)
        if (!(what in steps)) order[++kinds] = what
        steps[what] = steps[what] " " step
        skipped++
    }
    $0 ~ "^" step ": [0-9]+ passed, [0-9]+ failed" { passed[step] = $2; failed[step] = $4 }
    END {
        for (i = 1; i <= kinds; i++)
            list = list (i > 1 ? "; " : "") order[i] " (" substr(steps[order[i]], 2) ")"
        if (skipped) printf "%d check%s skipped: %s\n", skipped, skipped == 1 ? "" : "s", list
        for (i = 1; i < ARGC; i++)
            if (!(ARGV[i] in passed)) {
                print ARGV[i] ": 0 passed, 1 failed: it did not come to its end"
                passed[ARGV[i]] = 0
                failed[ARGV[i]] = 1
            }
        for (step in passed) { sum += passed[step]; wrong += failed[step] }
        printf "%d passed, %d failed\n", sum, wrong
        exit wrong > 0
    }' "$@" </dev/null
