#!/bin/sh
# threads.sh -- four threads write what one does, in every format, with rejects and counts, where
# documents are wrong and where the run ends early. .ci/run has it under ThreadSanitizer, too.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2

awkward_text | tr -d '\000' >page
cp "$root"/tests/sample/*.txt .
for form in nul jsonl wet; do
    "$BUILD/forms" $form page ./*.txt page ./*.txt page ./*.txt >all.$form
done
printf '%s\n' '{"text": nonsense}' '' '{"text":"\u0053hare this\\r\\ny"}' '{' >>all.jsonl
"$BUILD/forms" jsonl ./*.txt >>all.jsonl
printf 'WARC/1.0\r\nContent-Length: 9999\r\n\r\nnot so long\r\n\r\n' >>all.wet
cat >edit.rules <<'RULES'
set match-limit 200
strip /\d+/ with "# \"é\""
drop max-words=4 /share|tweet/i
drop /(\w+ ?)+sea(\w+ ?)+!$/
cut back=2 /^Related/
RULES

# Small reads make many batches, so that all threads have work.
both() { # INPUT ARGUMENT...
    input=$1
    shift
    dechaff "$@" -j 1 --rejects=rejects1 "$input" >expected 2>expected.err
    want=$?
    dechaff "$@" -j 4 --rejects=rejects4 "$input" >out 2>err
    status=$?
    if [ $status -eq $want ] && cmp -s expected out && cmp -s expected.err err && cmp -s rejects1 rejects4; then
        pass
    else
        fail "$input $* -j 4: status $status, not $want; $(cmp expected out 2>&1)" \
            "$(cmp rejects1 rejects4 2>&1) $(diff expected.err err | head -n 5)"
    fi
}
for form in nul jsonl wet; do
    both all.$form -r article --stats=json
    both all.$form -r page --buffer-size=300 --stats
    both all.$form -r ./edit.rules --buffer-size=100 --drop-empty --bad=drop --max-drop=30
    both all.$form -r ./edit.rules --max-document=3000 --max-line=40 --engine=plain
    dechaff -r ./edit.rules -j 4 --buffer-size=100 --rejects=rejects all.$form >out 2>err
    dechaff --restore=rejects out >again 2>err || fail "--restore after -j 4: $(cat err)"
    same "--restore of $form" all.$form again
done
both all.jsonl -r ./edit.rules --annotate=gone --buffer-size=100

# The run ends while threads are at work: at a bad document, and where nothing can be written.
dechaff -r page -j 1 --buffer-size=100 --bad=fail all.jsonl >expected 2>expected.err
dechaff -r page -j 4 --buffer-size=100 --bad=fail all.jsonl >out 2>err
status=$?
if [ $status -eq 2 ]; then pass; else fail "--bad=fail: status $status"; fi
same '--bad=fail' expected out
same 'what --bad=fail says' expected.err err
if [ -c /dev/full ]; then
    dechaff -r page -j 4 --buffer-size=100 all.jsonl >/dev/full 2>err
    status=$?
    if [ $status -eq 2 ] && grep -q 'standard output' err; then pass; else
        fail "a full device: status $status, $(cat err)"
    fi
fi
mkfifo fifo
exec 3<>fifo
exec 4>fifo 3>&-
(
    trap '' PIPE
    dechaff -r page -j 4 --buffer-size=100 all.jsonl >&4 2>err
)
status=$?
exec 4>&-
if [ $status -eq 2 ] && ! grep -q 'standard output' err; then pass; else
    fail "a closed pipe: status $status, $(cat err)"
fi

# In place, each file by all threads.
cp all.jsonl one.jsonl
cp all.jsonl two.jsonl
dechaff -r page all.jsonl >expected 2>err
dechaff -r page -j 4 --buffer-size=300 -i one.jsonl two.jsonl 2>err
same '-i -j 4, the first file' expected one.jsonl
same '-i -j 4, the second file' expected two.jsonl
finish
