#!/bin/sh
# peers.sh -- `dechaff -r page` beside extractors that read HTML, on the same pages.
#
#   make peers [NAME=VALUE]...
#
#   PAGES=DIRECTORY   labelled pages; peers.py has the layouts. Else those of ../shared
#   GOLD=DIRECTORIES  where their articles are, if not there; with blanks between them
#   ROUNDS=3          of measurements, the least of which counts
#
# The extractors come from PyPI, in the versions that peers.txt has, into build/peers/venv, which
# `make clean` removes. Without python3-venv, PyPI, a dumper or pages there is nothing to compare: that is said,
# and is no failure.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
: "${DECHAFF:=$root/dechaff}" "${BUILD:=$root/build}" "${ROUNDS:=3}" "${PAGES:=}" "${GOLD:=}"
work=$BUILD/peers

skip() { # WHAT is missing
    echo "peers: skipped: $*"
    exit 0
}

if [ -z "$PAGES" ]; then
    PAGES=$root/../shared/html
    GOLD="$root/../shared/eval $root/../shared/corpus"
    [ -d "$PAGES" ] || skip 'pages; PAGES= names a checkout of a public benchmark (tests/quality/README.md)'
fi
[ -d "$PAGES" ] || { echo "peers: $PAGES: no such directory" >&2; exit 2; }
command -v lynx >/dev/null || command -v w3m >/dev/null || skip 'lynx and w3m'
python3 -c 'import ensurepip, venv' 2>/dev/null || skip 'python3-venv'

# A virtual environment is good for the versions that it was made of.
venv=$work/venv
if ! cmp -s "$here/peers.txt" "$venv/installed"; then
    rm -rf "$venv"
    mkdir -p "$work"
    if ! python3 -m venv "$venv" >"$work/log" 2>&1 ||
        ! "$venv/bin/pip" install --quiet --upgrade pip >>"$work/log" 2>&1 ||
        ! "$venv/bin/pip" install --quiet -r "$here/peers.txt" >>"$work/log" 2>&1; then
        skip "what PyPI has: $(grep -v '^$' "$work/log" | tail -n 1 | cut -c 1-200)"
    fi
    cp "$here/peers.txt" "$venv/installed"
fi
# shellcheck disable=SC2086  # directories are words
exec "$venv/bin/python" "$here/peers.py" --dechaff "$DECHAFF" --peak "$BUILD/peak" --rounds "$ROUNDS" "$PAGES" $GOLD
