#!/bin/sh
# cases.sh [FOLDER/NAME...] -- run tests/cases and print the failures.
#
# A case is a few files beside one another in the folder of what it tests:
#   NAME.args    the arguments, quoted as for the shell, of one run of dechaff;
#                or, if it starts with "$ ", shell lines to run, where `dechaff`
#                is the program under test
#   NAME.in      standard input (none: empty)
#   NAME.out     standard output, byte for byte (none: nothing)
#   NAME.err     standard error (none: nothing)
#   NAME.status  exit status (none: 0)
#   NAME*.rules  rule files and anything else the arguments name, as ./NAME.rules
#
# Cases run in a copy of their folder, so they may write. JOBS=N spreads them
# over N processes; DECHAFF and WRAPPER say what is run (see lib.sh).
. "$(dirname "$0")/../lib.sh"

cases=$root/tests/cases
if [ $# -eq 0 ]; then
    # A case anywhere else would never run.
    find "$cases" -type f ! -path "$cases/*/*" -o -path "$cases/*/*/*.args" >"$scratch/stray"
    while read -r file; do
        fail "${file#"$cases"/}: a case lies in a folder of tests/cases, neither beside one nor deeper"
    done <"$scratch/stray"
    for file in "$cases"/*/*.args; do
        name=${file#"$cases"/}
        set -- "$@" "${name%.args}"
    done
    if [ "${JOBS:-1}" -gt 1 ]; then
        printf '%s\n' "$@" >"$scratch/names"
        job=0
        while [ "$job" -lt "$JOBS" ]; do
            # shellcheck disable=SC2046  # names of cases are words
            sh "$0" $(awk -v n="$JOBS" -v j="$job" 'NR % n == j' "$scratch/names") \
                >"$scratch/log$job" 2>&1 &
            job=$((job + 1))
        done
        wait
        grep -hv '^cases: [0-9]* passed' "$scratch"/log*
        stray=$failed
        passed=$(cat "$scratch"/log* | awk '/^cases: [0-9]+ passed/ { n += $2 } END { print n + 0 }')
        failed=$(cat "$scratch"/log* | awk '/^cases: [0-9]+ passed/ { n += $4 } END { print n + 0 }')
        [ $((passed + failed)) -eq $# ] || fail "$# cases, but $passed passed and $failed failed"
        failed=$((failed + stray))
        finish
    fi
fi

mkdir "$scratch/cases"
cp -R "$cases/." "$scratch/cases"

run_case() ( # ARGS-FILE: in a subshell, so that a case may change directory or exit
    case $(head -c 2 "$1") in
    '$ ') eval "$(sed 's/^\$ //' "$1")" ;;
    *) eval "dechaff $(cat "$1")" ;;
    esac
)

for case; do
    name=${case##*/}
    if ! cd "$scratch/cases/${case%"$name"}" 2>/dev/null || [ ! -e "$name.args" ]; then
        fail "$case: no such case"
        continue
    fi
    input=$name.in
    [ -e "$input" ] || input=/dev/null
    run_case "$name.args" <"$input" >"$scratch/out" 2>"$scratch/err"
    status=$?
    want=0
    [ ! -e "$name.status" ] || want=$(cat "$name.status")
    wrong=
    [ "$status" -eq "$want" ] || wrong="status $status instead of $want"
    for stream in out err; do
        expected=$name.$stream
        [ -e "$expected" ] || expected=/dev/null
        cmp -s "$expected" "$scratch/$stream" || wrong="$wrong std$stream differs"
    done
    if [ -z "$wrong" ]; then
        pass
        continue
    fi
    fail "$case: $wrong"
    for stream in out err; do
        expected=$name.$stream
        [ -e "$expected" ] || expected=/dev/null
        cmp -s "$expected" "$scratch/$stream" ||
            diff -u -L "$case.$stream" -L "actual std$stream" "$expected" "$scratch/$stream" |
            head -n 40
    done
done
finish
