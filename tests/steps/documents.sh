#!/bin/sh
# documents.sh -- streams of documents: each format gives the same kept lines,
# what is rejected puts the input together again, threads and the cut of the
# input change nothing, and what is wrong goes through and is reported.
# PAGES=few takes a dozen pages only, for builds that are slow.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2

# Pages: the tests' own, and with ../shared all of its.
mkdir pages kept told
i=0
gather() { # FILE...
    for file; do
        [ -f "$file" ] || continue
        i=$((i + 1))
        # A NUL would end the document in the form that ends them with one.
        tr -d '\000' <"$file" >"pages/$(printf %05d $i)"
    done
}
awkward_text >awkward
gather "$root"/tests/sample/*.txt awkward
if [ "${PAGES:-}" = few ]; then
    gather "$root"/tests/pages/own/*/list-*.txt
else
    gather "$root"/tests/pages/own/*/*.txt
fi
own=$i
if [ "${PAGES:-}" = few ]; then
    :
elif [ -n "$shared" ]; then
    gather "$shared"/eval/*/*/* "$shared"/eval/clean/*
else
    skip '../shared'
fi
echo "documents: $i pages, $own of them our own"

# The kept lines of each page as a text of its own are what each format has to give. Pages go in
# one run each through the text form, so the fewer profiles the better.
# In a JSON string no character but a line feed ends a line: pages with other endings are left out there.
rare=$(printf '\r.\\|\302\205\\|\342\200[\250\251]')
LC_ALL=C grep -L -e "$rare" pages/* | sed 's/^pages.//' >json-pages
of_form() { # FORM DIRECTORY
    case $1 in
        jsonl) sed "s,^,$2/," json-pages | xargs "$BUILD/forms" jsonl ;;
        *) "$BUILD/forms" "$1" "$2"/* ;;
    esac
}
for form in nul jsonl wet; do
    of_form $form pages >all.$form
done
for profile in article page; do
    rm -f kept/* told/*
    for page in pages/*; do
        "$DECHAFF" -r $profile "$page" >"kept/${page#pages/}" 2>"told/${page#pages/}"
    done
    for form in nul jsonl wet; do
        of_form $form kept >expected
        dechaff -r $profile --format=$form all.$form >out 2>err
        same "the same lines of $form, -r $profile" expected out
        # Of the pages of which nothing was left as texts the stream has a line.
        case $form in jsonl) cat json-pages ;; *) ls pages ;; esac | sed 's,^,told/,' |
            xargs cat | grep -c 'nothing is left of its text' >emptied
        case $(cat emptied) in
        0) [ ! -s err ] ;;
        *) [ "$(wc -l <err)" -eq 1 ] && grep -q "nothing is left of $(cat emptied) of its " err ;;
        esac || fail "$form, -r $profile: $(cat emptied) pages are empty; $(head -n 1 err)"
        dechaff -r $profile --format=$form -j 3 --stats=json all.$form >out 2>stats3
        same "the same lines of $form, -r $profile -j 3" expected out
        dechaff -r $profile --format=$form --stats=json all.$form 2>stats1 >out
        same "the same counts of $form, -r $profile -j 3" stats1 stats3
    done
done

# What was rejected goes back to where it was: every profile, format and page.
cat >edit.rules <<'RULES'
strip /\d+/ with "# \"é\""
strip /\bthe /
drop max-words=4 /share|tweet/i
cut back=2 /^Related/
RULES
"$BUILD/forms" text pages/* >all.text
restored() { # FORM ARGUMENT...
    form=$1
    shift
    dechaff --format="$form" --rejects=rejects "$@" "all.$form" >out 2>/dev/null
    dechaff --restore=rejects out >again 2>err
    if [ -s err ]; then fail "restoring $form $*: $(head -n 1 err)"; fi
    same "--restore of $form, $*" "all.$form" again
}
for profile in "$root"/rules/*.rules ./edit.rules; do
    grep -q '^set\|^include' "$profile" || [ "$profile" = ./edit.rules ] || continue
    for form in text nul jsonl wet; do
        restored $form -r "$profile"
    done
done
restored jsonl --drop-empty -r ./edit.rules --annotate=gone
restored wet --drop-empty -e 'drop /./' -j 2
restored nul --drop-empty -e 'drop /./' --max-drop=30
restored jsonl --max-line=40 -r ./edit.rules
for page in pages/*; do
    dechaff -r page --rejects=rejects --format=text "$page" 2>/dev/null >out
    dechaff --restore=rejects out >again 2>err || fail "--restore of $page: $(cat err)"
    cmp -s "$page" again || fail "--restore of $page"
done
pass

# How the input is cut, and how many threads there are, changes nothing.
"$BUILD/forms" jsonl pages/0000* >few.jsonl
printf '%s\n' '{"text":"Share this\\nx"}' '{"text": nonsense}' '' '{"t":1}' '{"text":"\u0053hare this\\r\\ny"}' >>few.jsonl
"$BUILD/forms" wet pages/0000* | sed '40q' >few.wet
printf 'WARC/1.0\r\nContent-Length: 9999\r\n\r\nnot so long\r\n\r\n' >>few.wet
"$BUILD/forms" wet pages/00001 >>few.wet
"$BUILD/forms" nul pages/0000* >few.nul
for form in jsonl wet nul; do
    for options in '-r ./edit.rules' '--max-document=3000 -r ./edit.rules' '-r page --drop-empty --bad=drop'; do
        # Options hold no white space of their own.
        # shellcheck disable=SC2086
        dechaff $options --rejects=rejects1 --format=$form few.$form >expected 2>expected.err
        want=$?
        for cut in --buffer-size=1 --buffer-size=2 --buffer-size=3 --buffer-size=61 \
            --buffer-size=4096 '-j 2' '-j 5 --buffer-size=100'; do
            # shellcheck disable=SC2086
            dechaff $options $cut --rejects=rejects2 --format=$form few.$form >out 2>err
            status=$?
            if [ $status -eq $want ] && cmp -s expected out && cmp -s expected.err err &&
                cmp -s rejects1 rejects2; then
                pass
            else
                fail "$form $options $cut: status $status, not $want; $(cmp expected out 2>&1)" \
                    "$(cmp rejects1 rejects2 2>&1) $(diff expected.err err | head -n 3)"
            fi
        done
    done
done

# JSON as RFC 8259 has it. A line end in a right one becomes a space, or it were no JSON line.
judge_json() { # FILE
    name=${1##*/}
    case $name in n_*) cp "$1" line ;; *) tr '\n' ' ' <"$1" >line ;; esac
    # Few of them have a text.
    dechaff -q --format=jsonl line >out 2>err
    status=$?
    cmp -s line out || fail "$name is changed"
    case $name in
    y_*) [ $status -eq 0 ] && [ ! -s err ] ;;
    n_*) [ ! -s line ] || { [ $status -eq 1 ] && grep -q '^dechaff: line: line [0-9]*, column [0-9]*: ' err; } ;;
    *) [ $status -le 1 ] ;;
    esac
}
if [ -n "$shared" ]; then
    for file in "$shared"/json/*.json; do
        if judge_json "$file"; then pass; else fail "${file##*/}: status $status, $(head -n 1 err)"; fi
    done
else
    skip '../shared'
fi

# Nesting of 100,000, right and wrong.
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; printf "1"; for (i = 0; i < 100000; i++) printf "]"
    print ""; for (i = 0; i < 100000; i++) printf "{\"a\":" }' >deep
dechaff -q --format=jsonl deep >out 2>err
status=$?
same 'deep nesting goes through' deep out
if [ $status -eq 1 ] && [ "$(wc -l <err)" -eq 1 ] && grep -q 'line 2, column 500001: ' err; then pass; else
    fail "deep nesting: status $status, $(cat err)"
fi

# The rejects are JSON lines themselves, and each byte that is gone is in them.
dechaff -r ./edit.rules --rejects=rejects few.jsonl >out 2>/dev/null
cp rejects rejects.jsonl
if dechaff -r none rejects.jsonl >again 2>err && cmp -s rejects.jsonl again && [ ! -s err ]; then pass; else
    fail "the rejects are no JSON: $(cat err)"
fi

# Killed in the middle, -o and -i leave the old text, and nothing half written under its name.
mkdir place
cp few.jsonl place/text.jsonl
mkfifo fifo
"$DECHAFF" -r none --format=jsonl -o place/text.jsonl <fifo 2>/dev/null &
killed=$!
exec 5>fifo
cat few.jsonl few.jsonl >&5
# Until there is the file that is written beside it; the loop ends in any case.
tries=0
while [ "$(find place -type f | wc -l)" -lt 2 ] && [ $tries -lt 10000 ]; do tries=$((tries + 1)); done
kill -9 $killed
wait $killed 2>/dev/null
exec 5>&-
same 'killed with -o' few.jsonl place/text.jsonl
i=0
while [ $i -lt 50 ]; do
    cat few.jsonl
    i=$((i + 1))
done >long.jsonl
"$DECHAFF" -r page --format=jsonl long.jsonl >new.jsonl 2>/dev/null
rm -rf place
mkdir place
cp long.jsonl place
"$DECHAFF" -r page -i place/long.jsonl 2>/dev/null &
killed=$!
tries=0
while [ "$(find place -type f | wc -l)" -lt 2 ] && [ $tries -lt 1000 ]; do tries=$((tries + 1)); done
kill -9 $killed 2>/dev/null
wait $killed 2>/dev/null
if cmp -s place/long.jsonl long.jsonl || cmp -s place/long.jsonl new.jsonl; then pass; else
    fail 'killed with -i, the file is neither the old nor the new one'
fi

# A disk that is really full, where a small one can be had.
cat >full.sh <<'SCRIPT'
mount -t tmpfs -o size=256k tmpfs disk && cp few.jsonl disk/text.jsonl || exit 77
head -c 1000000 /dev/zero >disk/filler 2>/dev/null
for options in '-i disk/text.jsonl' '--rejects=disk/rejects -i disk/text.jsonl' '-o disk/text.jsonl few.jsonl'; do
    "$DECHAFF" -r ./edit.rules $options 2>>full.err
    [ $? -eq 2 ] && cmp few.jsonl disk/text.jsonl && [ "$(ls -A disk)" = "$(printf 'filler\ntext.jsonl')" ] ||
        { ls -A disk; exit 1; }
done
SCRIPT
mkdir disk
export DECHAFF
unshare --user --map-root-user --mount sh full.sh >full.out 2>&1 || unshare --mount sh full.sh >full.out 2>&1
case $? in
0) if [ "$(grep -c 'No space left' full.err)" -eq 3 ]; then pass; else fail "a full disk: $(cat full.err)"; fi ;;
1) if [ -s full.err ]; then fail "a full disk: $(cat full.out full.err)"; else skip 'a full disk: no namespace to mount one in'; fi ;;
*) skip 'a full disk: none can be mounted' ;;
esac

# What doesn't fit is refused.
unfit() { # NAME MESSAGE
    dechaff --restore=r o >again 2>err
    if [ $? -eq 2 ] && grep -q "$2" err; then pass; else fail "$1: $(cat err)"; fi
}
cp out o
sed '$d' rejects >r
unfit 'rejects without an end' 'not complete'
cp rejects r
head -c 100 out >o
unfit 'a shorter text' 'shorter'
{ cat out && echo more; } >o
unfit 'a longer text' 'text is not the one'
cp out o
echo nonsense >r
unfit 'no rejects' 'line 1'
printf '%s\n' '{"offset":-5,"text":""}' >r
unfit 'a wrong offset' 'line 1: this is no line'
printf '%s\n' '{"offset":5,"bytes":"A==="}' >r
unfit 'wrong base64' 'base64'
sed 's/,"input-sha512.*/}/' rejects >r
dechaff --restore=r o >again 2>err
if [ $? -eq 1 ] && cmp -s few.jsonl again && grep -q 'no digests' err; then pass; else fail "rejects without digests: $(cat err)"; fi
rm r
unfit 'rejects that are not there' 'No such file'

# Random documents in all formats: restored, and refused once a byte or a line of them or of their
# rejects is another.
if "$BUILD/documents" 300 1 >out 2>&1 && grep -q '[0-9][0-9][0-9] refused' out; then pass; else
    fail "random documents: $(cat out)"
fi
finish
