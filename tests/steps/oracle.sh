#!/bin/sh
# oracle.sh -- the prefilter may never change what comes out: every output is
# compared with --engine=plain, which runs every rule on every line.
#
# On the tests' own texts and, when it is there, ../shared/eval; with the
# shipped rules and with rules made at random. SEEDS=N makes N sets of them.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2

# Letters that fold to ASCII or to a different length, in and out of words.
fold_text() {
    printf 'S\305\277hare this, \342\204\252elvin and kelvin, \305\277hare thi\305\277\n'
    printf 'STRASSE Stra\303\237e STRA\341\272\236E stra\305\277\305\277e\n'
    printf '\304\260stanbul istanbul \304\261stanbul ISTANBUL\n'
    printf '\316\243\316\277\317\206\316\257\316\261 \317\203\316\277\317\206\316\257\316\261 \317\202\n'
    printf '\357\254\201nd out more find out more FIND OUT MORE\n'
    printf '\305\277end a \342\204\252ey\nSEND A KEY\nsend a key\n'
}

# Characters that rules see otherwise than they are read (line/view), and bytes of Windows-1252; in
# words that rules look for, and at the edges of what a strip takes out.
view_text() {
    printf 'Share\302\240this\nSub\302\255scribe to our news\342\200\213letter\n'
    printf '\357\273\277Share this\342\200\217 \342\201\240\nRead\343\200\200more\n'
    printf '\357\274\263\357\275\210are this\357\274\232 e\342\200\221mail\357\274\201\n'
    printf 'Don\222t miss \223this\224 caf\351\240\205\ncaf\303\251 \222this\222 caf\303\n'
    printf '\331\206\342\200\214\331\207 a\342\200\215b \302\255\342\200\213\n\342\200\213\n'
    printf 'Share this\rTweet\302\205Email\342\200\250Print\342\200\251Related posts\r\n'
    printf 'long enough to be looked at sixteen bytes at a time, and Share\302\240this\n'
}

corpus=0
add() { # FILE...: a corpus
    [ -e "$1" ] || return 0
    corpus=$((corpus + 1))
    cat "$@" >corpus$corpus
}
{
    awkward_text
    i=0
    while [ $i -lt 6 ]; do
        fold_text
        view_text
        i=$((i + 1))
    done
    for file in "$root"/tests/cases/*/*.in "$root"/tests/sample/*.txt; do
        [ ! -e "$file" ] || cat "$file"
        echo
    done
    sed -n 's/^ *[+-] //p' "$root"/rules/*.rules
} >own
add own
if [ -n "$shared" ]; then
    add "$shared"/eval/zyte/inscriptis/*
    add "$shared"/eval/segments/lynx/*
    add "$shared"/eval/clean/*
    add "$shared"/eval/newspaper/w3m/*
else
    skip '../shared'
fi

agree() { # CORPUS ARGUMENT...
    file=$1
    shift
    dechaff --engine=plain "$@" <"$file" >plain 2>plain.err
    want=$?
    dechaff "$@" <"$file" >out 2>err
    status=$?
    if [ $status -eq $want ] && cmp -s plain out && cmp -s plain.err err; then
        pass
        return
    fi
    fail "dechaff $* on $file: status $status, with --engine=plain $want"
    diff -a plain out | head -n 6 | cut -c 1-300
    diff -a plain.err err | head -n 6 | cut -c 1-300
    mkdir -p "$BUILD/oracle"
    cp "$file" ./*.rules "$BUILD/oracle" 2>/dev/null
}

: >none.rules
i=1
while [ $i -le $corpus ]; do
    agree corpus$i --explain
    i=$((i + 1))
done
agree corpus1
agree corpus1 -v
agree corpus1 --stats
agree corpus1 -r none
agree corpus1 --max-line=50
agree corpus1 --explain --host=www.example.com --lang=de
for profile in "$root"/rules/*.rules; do
    agree corpus1 -r "$profile" --explain
done

# Rules at random. The words come from the text, so that many do match.
i=1
while [ $i -le $corpus ]; do
    tr -s ' \t\r\n.,:;!?()"' '\n' <corpus$i | sort -u | awk 'NR % 3 == 1' >words$i
    head -c 300000 corpus$i >part$i
    i=$((i + 1))
done
cat words1 >>words2 2>/dev/null
seed=1 dropped=0
while [ $seed -le "${SEEDS:-40}" ]; do
    i=$((1 + seed % corpus))
    awk -v seed=$seed -v count=$((1 + seed % 5 * 20)) -f "$root/tests/tools/random-rules.awk" \
        words$i >random.rules
    agree part$i -r ./random.rules --explain
    dropped=$((dropped + $(grep -ac '^drop' out)))
    [ $((seed % 4)) -ne 0 ] || agree part$i -r ./random.rules --buffer-size=$seed
    [ $((seed % 4)) -ne 2 ] || agree part$i -r ./random.rules -e 'set view plain' --explain
    seed=$((seed + 1))
done
if [ $dropped -gt 1000 ]; then pass; else fail "the rules at random dropped only $dropped lines"; fi
finish
