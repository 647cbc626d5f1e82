#!/bin/sh
# memory.sh -- what is resident is bounded by the options, not by the input.
#
# Always: 256 MB of text and a line of 256 MB. MEMORY=full: 10 GB and 1 GB.
# Not under WRAPPER or a sanitizer, whose own memory would be measured.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2

if [ "${MEMORY:-}" = full ]; then
    text_mb=10000 line_mb=1000
else
    text_mb=256 line_mb=256
fi

peak() { # ARGUMENT...: status in $status by way of a file, as it ends a pipeline
    "$BUILD/peak" "$scratch/kib" "$DECHAFF" "$@" 2>"$scratch/err"
    echo $? >"$scratch/status"
}
judge() { # NAME STATUS KIB
    kib=$(cat kib) status=$(cat status)
    if [ "$status" -eq "$2" ]; then pass; else fail "$1: status $status instead of $2: $(cat err)"; fi
    if [ "$kib" -lt "$3" ]; then pass; else fail "$1: $kib KiB resident, not below $3"; fi
    echo "memory: $1: $kib KiB resident"
}

# The sample pages and the awkward text, over and over.
awkward_text >megabyte
while [ "$(wc -c <megabyte)" -lt 1000000 ]; do
    cat "$root"/tests/sample/*.txt megabyte >longer
    mv longer megabyte
done
printf '\n' >>megabyte
head -c 1000000 megabyte >block
repeat() { # FILE TIMES
    i=0
    while [ $i -lt "$2" ]; do
        cat "$1" "$1" "$1" "$1" "$1" "$1" "$1" "$1"
        i=$((i + 8))
    done
}
repeat block $text_mb | peak >/dev/null
judge "$text_mb MB of text through a pipe" 0 16384

# One line: through it goes, untouched, and is reported.
length=$((line_mb * 1000000))
{ head -c $length /dev/zero | tr '\0' a; } | peak | tr -d a | wc -c >left
judge "a line of $line_mb MB" 1 100000
if [ "$(cat left)" -eq 0 ]; then pass; else fail 'the long line was changed'; fi
if [ -s err ]; then pass; else fail 'the long line was not reported'; fi
{ head -c $length /dev/zero | tr '\0' a; } | peak | wc -c >size
if [ "$(cat size)" -eq $length ]; then pass; else
    fail "$(cat size) bytes of the long line came out, $length went in"
fi

# Documents: twice the largest one for each thread, and 24 MB.
megabytes=50
repeat block $((megabytes / 8 * 8)) | tr -d '\000' >document
for form in nul jsonl wet; do
    "$BUILD/forms" $form document document document >documents
    for jobs in 1 2; do
        peak -r none --format=$form -j $jobs documents >out
        judge "three documents of $megabytes MB, $form, -j $jobs" 0 \
            $((24576 + jobs * 2 * ($(wc -c <documents) / 3 / 1024)))
    done
done
awk 'BEGIN { for (i = 0; i < 1000000; i++) print "{\"text\":\"\"}" }' | peak --format=jsonl | cksum >sum
judge 'a million empty documents' 0 16384

# What is learnt from 45 MB of pages.
awk -v pages=12000 -f "$root/tests/tools/sites.awk" >sites.jsonl
peak --learn --memory=4M sites.jsonl >out
judge '12,000 pages to learn from' 0 12000
[ "$(grep -c '^drop /' out)" -eq 880 ] || fail "12,000 pages to learn from: $(grep -c '^drop /' out) rules"
rm sites.jsonl

# Rules, what they require and the tables to find them by.
awk 'BEGIN {
    for (i = 0; i < 5000; i++)
        print "drop /" (i % 2 ? "^" : "number ") i (i % 3 ? "x" : "$") "/"
}' >many.rules
peak -r ./many.rules </dev/null
judge 'five thousand rules' 0 6000

# A block that is never closed, and a run without end, hold no more than they may.
cat >hold.rules <<'END'
set hold-lines 1000
set hold-bytes 1000000
block /^word/ until /never/ lines=1000
run 1000 /^w.*[02468] and/
END
awk 'BEGIN { for (i = 0; i < 50000; i++) print "word " i " and some more words to make a line" }' |
    peak -r ./hold.rules | wc -l >lines
judge 'a block without an end' 0 16384
if [ "$(cat lines)" -eq 50000 ]; then pass; else fail "unclosed block: $(cat lines) of 50000 lines"; fi
finish
