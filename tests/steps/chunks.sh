#!/bin/sh
# chunks.sh -- how the input is cut into reads changes nothing: every buffer
# size, a FIFO that delivers a byte at a time, and --line-buffered.
. "$(dirname "$0")/../lib.sh"

awkward_text >"$scratch/awkward"
set -- "$scratch/awkward" "$root"/tests/sample/*.txt
if [ -n "$shared" ]; then
    set -- "$@" "$shared"/samples/blinken.txt
else
    skip '../shared'
fi

cat >"$scratch/mixed.rules" <<'END'
strip /\d+/ with "#"
keep /paragraph/i
drop max-words=4 /share|tweet/i
block /^Line 20 / until /^Line 2[59] / lines=40
run 2 /^Line 1\d\d .*\.$/
cut soft /^Line 4\d0 /
head first=30 /^Line 1\d /
tail /^Line \d*7 /
block /^Line 5\d / until /never/ lines=9
cut back=2 /^Line 290 /
END

cat >"$scratch/document.rules" <<'END'
set page-bytes 65536
drop /^Line 4\d /
document repeated-lines above=90
document common-grams=2 above=20
document /^Line 2999/
END

# All of these at the important sizes, the first also at all the others.
options='-r article
-r ./mixed.rules
-r ./mixed.rules -v
-r ./mixed.rules --explain
-r ./mixed.rules --explain=html
-r ./mixed.rules --explain=dropped
-r ./mixed.rules --stats
-r none
-r ./mixed.rules --max-line=100
-r article --max-line=7
-r page
-r page --explain
-r page --explain=html --max-line=100
-r page --max-line=100
-r ./mixed.rules --line-buffered
-r ./document.rules
-r ./document.rules --max-line=100'

few='1 2 3 5 64 1000 4095 4096 65535 65536'
all="$few $(awk 'BEGIN { for (i = 4; i <= 48; i++) if (i != 5) print i
    for (i = 64; i <= 32768; i *= 2) print i - 1, i, i + 1 }')"

cd "$scratch" || exit 2
for input; do
    sizes=$all
    printf '%s\n' "$options" >options
    while read -r option; do
        # Options hold no white space of their own.
        # shellcheck disable=SC2086
        dechaff $option <"$input" >expected 2>expected.err
        want=$?
        for size in $sizes; do
            # shellcheck disable=SC2086
            dechaff $option --buffer-size="$size" <"$input" >out 2>err
            status=$?
            if [ $status -eq $want ] && cmp -s expected out && cmp -s expected.err err; then
                pass
            else
                fail "dechaff $option --buffer-size=$size <$input: status $status instead of $want," \
                    "$(cmp expected out 2>&1) $(diff expected.err err | head -n 3)"
            fi
        done
        sizes=$few
    done <options

    for option in '' --line-buffered; do
        dechaff -r ./mixed.rules <"$input" >expected 2>/dev/null
        rm -f fifo
        mkfifo fifo
        dd if="$input" of=fifo bs=1 2>/dev/null &
        # shellcheck disable=SC2086
        dechaff -r ./mixed.rules $option <fifo >out 2>/dev/null
        wait $!
        same "a byte at a time, $option, $input" expected out
    done
done

# --line-buffered: a line is out before the next one is read. The writer waits
# for the answer, so a line that stayed in the buffer would stop both.
mkfifo question answer
dechaff -r none --line-buffered <question >answer &
filter=$!
exec 3>question 4<answer
for word in one two three; do
    echo "$word" >&3
    read -r reply <&4
    if [ "$reply" = "$word" ]; then pass; else fail "line-buffered: $reply for $word"; fi
done
exec 3>&- 4<&-
wait $filter
finish
