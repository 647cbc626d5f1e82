#!/bin/sh
# transcripts.sh -- what the README and dechaff-tutorial(7) show is what a shell prints.
. "$(dirname "$0")/../lib.sh"
mkdir "$scratch/bin"
printf '#!/bin/sh\nexec %s "%s" "$@"\n' "${WRAPPER:-}" "$DECHAFF" >"$scratch/bin/dechaff"
chmod +x "$scratch/bin/dechaff"
PATH=$scratch/bin:$PATH

plays() { # PAGE: its commands come to what it says
    mkdir "$scratch/work" && cd "$scratch/work" && ln -s "$root/tests" . || exit 2
    awk -v script="$scratch/script" -f "$root/tests/tools/transcript.awk" "$root/$1" >"$scratch/expected"
    sh "$scratch/script" >"$scratch/actual" </dev/null
    same "what $1 shows" "$scratch/expected" "$scratch/actual"
    if [ "$(grep -c '^\$ ' "$scratch/expected")" -ge "$2" ]; then pass; else fail "$1: no transcripts were found"; fi
    rm -rf "$scratch/work"
}
plays man/dechaff-tutorial.7 10
if diff --version 2>/dev/null | grep -q GNU; then plays README.md 5; else skip "GNU's diff"; fi
finish
