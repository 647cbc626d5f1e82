#!/bin/sh
# prose.sh -- nothing is lost from texts that are all article, of each language that there is a pack
# for: tests/prose/LANGUAGE*.txt, which quote and mention what sites say around theirs. Of some it is
# known what goes, for it can't be told from what sites say: the lines of the .lost file beside them.
. "$(dirname "$0")/../lib.sh"

for text in "$root"/tests/prose/*.txt; do
    name=$(basename "$text" .txt)
    lost=${text%.txt}.lost
    dechaff --no-config "$text" >"$scratch/out"
    if [ -f "$lost" ]; then
        grep . "$text" | grep -vxF -f "$lost" >"$scratch/kept"
        grep . "$scratch/out" >"$scratch/lines"
        same "$name: what is lost of its text, or no longer" "$scratch/kept" "$scratch/lines"
    else
        same "$name: what is lost of its text" "$text" "$scratch/out"
    fi
done

finish
