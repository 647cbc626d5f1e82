#!/bin/sh
# linear.sh -- no text costs more than 20 times what the pages of ../shared do. Counted, not timed:
# instructions a byte, by valgrind, with the start of the program taken off. BYTES=N a text.
#
# The pages cost 167 instructions a byte with the profile article and 821 with page, before any of
# this was mended. Each text here is of a kind that once cost more, or comes near. What else there may
# be, tests/fuzz/hostile.c looks for.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2
: "${BYTES:=60000}"

instructions() { # PROFILE FILE
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$DECHAFF" --sandbox=off --no-config -r "$1" "$2" \
        2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}
repeat() { # BYTES-A-LINE BEFORE UNIT AFTER: lines of UNIT, all by printf
    awk -v line="$1" -v before="$(printf %b "$2.")" -v unit="$3" -v after="$(printf %b "$4.")" \
        -v left="$BYTES" 'BEGIN {
            sub(/.$/, "", before)
            sub(/.$/, "", after)
            for (; left > 0; left -= line) {
                printf "%s", before
                for (i = line / length(unit); i > 0; i--) printf "%s", unit
                print after
            }
        }' >text
}
linear() { # NAME BYTES-A-LINE BEFORE UNIT AFTER
    name=$1
    shift
    repeat "$@"
    size=$(wc -c <text)
    for profile in article page; do
        case $profile in
        article) most=$((20 * 167)) start=$article ;;
        page) most=$((20 * 821)) start=$page ;;
        esac
        cost=$((($(instructions $profile text) - start) / size))
        [ -z "${TELL:-}" ] || echo "$name: $profile $cost"
        if [ "$cost" -le "$most" ]; then pass; else
            fail "$name: -r $profile takes $cost instructions a byte, above $most"
        fi
    done
}

: >empty
if ! command -v valgrind >/dev/null || ! article=$(instructions article empty) ||
    [ -z "$article" ] || ! page=$(instructions page empty); then
    skip 'valgrind, or a program that it can run'
    finish
fi
linear star "$BYTES" '' '*' ''
linear margins "$BYTES" '' '次の' ''
linear caption "$BYTES" '' '[/caption]' 'x\377'
linear credits "$BYTES" '' '(Photo: ab) ' '\377'
linear 'submitted photo' "$BYTES" '' '(' ' submitted photo x'
linear rights "$BYTES" '' '©*' 'tutti i diritti riservati'
linear owners "$BYTES" '' '©' 'tüm haklar'
linear dashes "$BYTES" '' '-' '.com'
linear pingbacks 300 pingback pingback11111 ' x'
linear buttons 100 '' 'viber ' ''
linear replies 3000 '' '↓&' ' reply zzz'
linear theme "$BYTES" '' ' ' 'proudly '
linear cookies "$BYTES" cookie 'cookie@' ''
linear newsletter "$BYTES" '' a newsletter
linear photos "$BYTES" '' '[' 'see photos('
linear columns "$BYTES" 'a   b' '	' ''
linear stops "$BYTES" '' 'a. ' a
linear signs "$BYTES" '' '(©|*&' 'all rights reserved'
finish
