#!/bin/sh
# prose.sh -- nothing is lost from texts that are all article, of each language that there is a pack
# for: tests/prose/LANGUAGE.txt, which quote and mention what sites say around theirs.
. "$(dirname "$0")/../lib.sh"

for text in "$root"/tests/prose/*.txt; do
    name=$(basename "$text" .txt)
    dechaff --no-config "$text" >"$scratch/out"
    same "$name: what is lost of its text" "$text" "$scratch/out"
done

finish
