#!/bin/sh
# documents.sh -- what documents cost: JSON lines beside the same text, and
# beside jq.
#
#   make bench-documents [SIZE=MB] [MEAN=BYTES] [ROUNDS=N] [CORPUS=PATH]
#
#   SIZE=64     megabytes (of 1,000,000 bytes) of each corpus
#   MEAN=5000   bytes a document
#   ROUNDS=7    of measurements; the median is shown
#   CORPUS=PATH a directory of pages to take instead of the generated corpora,
#               over and over, in pieces of MEAN bytes
#
# The text is the documents with a NUL behind each. Times are user plus system
# seconds, but elapsed ones for -j 2, which needs two idle processors.
here=$(cd "$(dirname "$0")" && pwd)
: "${SIZE:=64}" "${MEAN:=5000}" "${ROUNDS:=7}"
. "$here/corpora.sh"
have hyperfine || stop 'hyperfine is needed: apt-get install hyperfine, cargo install hyperfine'
enter_work documents

# The corpus as files of about MEAN bytes, then in both forms.
documents() { # NAME
    rm -rf "$1" && mkdir "$1"
    if [ "$1" = real ]; then
        find -L "$CORPUS" -type f -exec cat {} + >all
        : >whole
        while [ "$(wc -c <whole)" -lt $bytes_wanted ]; do cat all >>whole; done
        head -c $bytes_wanted whole | awk -v mean="$MEAN" -v prefix=real/ '
            { if (!size) { close(path); n++; path = prefix n }
              print >path; size += length($0) + 1; if (size >= mean) size = 0 }'
    else
        awk -v kind="$1" -v bytes="$bytes_wanted" -v mean="$MEAN" -v prefix="$1/" \
            -f "$here/words.awk" -f "$here/corpus.awk" </dev/null || stop "cannot make $1"
    fi
    for form in nul jsonl; do
        find "$1" -type f | sort | xargs "$BUILD/forms" $form >"$1.$form"
    done
    rm -r "$1"
}

measure() { # user plus system, or elapsed with -j; the median of COMMAND
    hyperfine --warmup 1 --runs "$ROUNDS" --output=pipe -N --export-csv result "$1" >/dev/null 2>&1
    awk -F , 'NR == 2 { printf "%.3f %.3f", $5 + $6, $4 }' result
}
row() { # NAME COMMAND
    # shellcheck disable=SC2046  # two numbers
    set -- "$1" $(measure "$2")
    printf '%-8s %-24s %8s %8s\n' "$corpus" "$1" "$2" "$3"
}

printf '%-8s %-24s %8s %8s\n' corpus command cpu elapsed
corpora='chrome prose multi'
[ -z "$CORPUS" ] || corpora=real
for corpus in $corpora; do
    note "making $corpus, $SIZE MB"
    documents "$corpus"
    for rules in article none; do
        row "-r $rules -z" "$DECHAFF -r $rules -z $corpus.nul"
        row "-r $rules" "$DECHAFF -r $rules $corpus.jsonl"
        row "-r $rules -j 2" "$DECHAFF -r $rules -j 2 $corpus.jsonl"
    done
    ! have jq || row 'jq -c .' "jq -c . $corpus.jsonl"
done
