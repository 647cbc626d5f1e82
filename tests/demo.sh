#!/bin/sh
# demo.sh PAGE... -- clean sample pages before the reader's eyes: the page, the
# command, what it leaves.
set -eu
: "${DECHAFF:=./dechaff}"

for page; do
    printf '\n===== %s: %s lines =====\n\n' "$page" "$(grep -c . "$page")"
    cat "$page"
    printf '\n===== $ ./dechaff %s =====\n\n' "$page"
    "$DECHAFF" "$page"
done
cat <<END

===== which rule dropped what: ./dechaff --explain $1 =====

END
"$DECHAFF" --explain "$1"
