# lib.sh -- what the test steps share. Sourced as the first thing they do.
#
#   $DECHAFF   the program under test, absolute     $BUILD    its build directory
#   $WRAPPER   a command before it, such as valgrind     $OPTIONS  options it gets before all others
#   $scratch   a directory of the script's own, removed at its end
#   $shared    a directory of larger corpora beside the source tree, or empty
# shellcheck shell=sh
set -u
export LC_ALL=C HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent
unset DECHAFF_RULES NO_COLOR POSIXLY_CORRECT

# A guard against a loop without end, in seconds of processor time for each process.
# shellcheck disable=SC3045  # every sh here has it; without it there is no guard
ulimit -t 300 2>/dev/null

step=$(basename "$0" .sh)
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${DECHAFF:=$root/dechaff}" "${BUILD:=$root/build}"
case $DECHAFF in /*) ;; *) DECHAFF=$PWD/$DECHAFF ;; esac
[ -x "$DECHAFF" ] || {
    echo "$step: no program to test: $DECHAFF"
    exit 2
}
# shellcheck disable=SC2034  # for the scripts
shared=$(cd "$root/../shared" 2>/dev/null && pwd) || shared=

scratch=$(mktemp -d) || exit 2
trap 'chmod -R u+rwx "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 2' HUP INT TERM

dechaff() {
    # shellcheck disable=SC2086  # options are words
    ${WRAPPER:-} "$DECHAFF" ${OPTIONS:-} "$@"
}

passed=0 failed=0
pass() {
    passed=$((passed + 1))
}
fail() { # MESSAGE...
    failed=$((failed + 1))
    printf '%s: FAILED: %s\n' "$step" "$*"
}
skip() { # WHAT is not there; run.sh tells it at the end
    printf '%s: skipped: %s\n' "$step" "$*"
}
same() { # NAME EXPECTED-FILE ACTUAL-FILE
    if cmp -s "$2" "$3"; then
        pass
    else
        fail "$1"
        diff "$2" "$3" 2>&1 | head -n 20 | cut -c 1-300
    fi
}
finish() {
    printf '%s: %d passed, %d failed\n' "$step" "$passed" "$failed"
    [ "$failed" -eq 0 ]
    exit
}

# A text that is awkward to chunk: CRLF, NUL, invalid UTF-8, runs of blank
# lines, a line longer than any small buffer, and no newline at the end.
awkward_text() {
    printf 'Share this\r\n\r\n\r\nThe first paragraph, of a bakery in the hills.\r\n'
    printf '\n\n\nTweet\n\n\n\nCaf\303\251 na\303\257ve \342\200\224 \360\237\215\236 \302\240end\n'
    printf 'cut short \303\nnul\000in the middle\nstray \200\277 \377\376 bytes\n \t \n\013\n\302\205\n'
    awk 'BEGIN { for (i = 0; i < 700; i++) printf "word%d ", i; print "." }'
    printf 'Leave a comment\nShare on Facebook\n\nRelated posts\n\rodd\r\r\n\n\342\200\250\n'
    awk 'BEGIN { for (i = 0; i < 300; i++) { print "Line " i " says a thing worth keeping.";
        if (i % 7 == 0) print ""; if (i % 11 == 0) print "Share this" } }'
    printf 'no newline at the end \342\202'
}
