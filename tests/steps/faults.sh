#!/bin/sh
# faults.sh -- the n-th allocation, read, write, or call that makes, names or finishes a file fails,
# for every n until a run gets by without an n-th one.
#
# What must hold each time: no crash; either the fault did no harm (the status
# and all of the output are as without it), or the status is 2, something is
# said on standard error, which is no error that there was not, and the output is a beginning of the
# right one, or, if a read failed, the right one of what was read. A file that is edited in place
# is the old or the new one, never anything else.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2

cat >all.rules <<'END'
set short-words 6
define NET /facebook|twitter/
strip name=dots /\s*\[\.\.\.\]/ with "…"
keep  /^By the way/
drop  max-words=12 name=share-bar /^(?:share|tweet)(?: on {{NET}})*\W*$/i
      + Share on Facebook
      - He decided to share this secret.
block /^Related/ until /^End of related/ lines=5
block /^More from/ paras=1
run 3 /^\W*\w+\W*$/
[host example.com *.example.org]
drop  /^Example site$/
[lang de nl]
drop  /^Teilen$/i
[]
head  first=2 /^The oven was/
tail  /^Sport$/
cut soft /^More at/
cut   back=2 /^Leave a comment/
END
cat >weigh.rules <<'END'
include ./all.rules
function the it of
mark prose min-words=4 end=sentence /./
weigh 1 name=prose is=prose next=blank
weigh -1 name=share /share/i
set doubt 0.1
END
cat >page.txt <<'END'
Share on Facebook
The oven was lit [...] at four.

Related posts
How to bake
Another story
End of related

By the way, share this.
Home
News
Sport

More from the hills
A teaser that nobody asked for.

Example site
It was still dark when the first loaf came out of it.
Twitter
Leave a comment
Your name
END

# A preloaded library and a sanitizer's own allocator do not go together.
if ! FAULT_KIND=read FAULT_AT=1 FAULT_HIT=$scratch/hit LD_PRELOAD=$BUILD/faults.so \
    "$DECHAFF" -r none <page.txt >out 2>err; then
    :
fi
if [ ! -s hit ]; then
    skip 'no library can be preloaded here'
    finish
fi

input=page.txt
try() { # KIND N ARGUMENT...: one run with the fault
    kind=$1 n=$2
    shift 2
    rm -f hit
    FAULT_KIND=$kind FAULT_AT=$n FAULT_HIT=$scratch/hit LD_PRELOAD=$BUILD/faults.so \
        "$DECHAFF" "$@" <$input >out 2>err
    status=$?
}

is_beginning() { # FILE OF-FILE
    head -c "$(wc -c <"$1")" "$2" | cmp -s - "$1"
}

# What comes out of the first N bytes of the page, for every N: a read that fails ends the document
# there, and what was held back is given back.
mkdir ends
n=0
while [ $n -le "$(wc -c <page.txt)" ]; do
    head -c $n page.txt | "$DECHAFF" -r ./all.rules >ends/$n
    n=$((n + 1))
done
is_an_end() {
    [ "$kind" = read ] || return 1
    for end in ends/*; do
        cmp -s out "$end" && return 0
    done
    return 1
}

every() { # KIND STRIDE ARGUMENT...: after the first 100, only every STRIDE-th n
    kind=$1 stride=$2
    shift 2
    "$DECHAFF" "$@" <$input >expected 2>expected.err
    normal=$?
    n=1 harmless=0
    while :; do
        try "$kind" "$n" "$@"
        if [ ! -s hit ]; then
            break
        elif [ $status -eq $normal ] && cmp -s out expected && cmp -s err expected.err; then
            harmless=$((harmless + 1))
            pass
        elif [ $status -eq 2 ] && [ -s err ] && ! grep -q ': Success$' err && { is_beginning out expected || is_an_end; }; then
            pass
        else
            fail "dechaff $*: $kind $n failed: status $status: $(head -c 200 err)"
            cmp out expected
        fi
        if [ "$n" -lt 100 ]; then n=$((n + 1)); else n=$((n + stride)); fi
    done
    if [ "$status" -ne "$normal" ] || ! cmp -s out expected; then
        fail "dechaff $*: no $kind $n, yet status $status"
    fi
    echo "faults: $*: up to $n of $kind, $harmless without harm"
}

every malloc 1 -r ./all.rules
every malloc 7 -r ./all.rules --engine=plain --host=www.example.com --lang=de
every malloc 7 -r ./all.rules --explain
every malloc 7 -r ./all.rules -v
every malloc 7 -r ./all.rules --stats page.txt
every malloc 1 -r ./weigh.rules --explain
every malloc 1 -r ./weigh.rules --explain=html
every malloc 7 --check ./all.rules
every malloc 7 -r ./all.rules --list-rules
# on top of an image
every malloc 1 -r article -e 'keep /^The/ name=mine' page.txt
cat >document.rules <<'END'
document symbols above=90 of "oven"
document repeated-lines above=90
document common-grams=2 above=90
document repeated-grams=3 above=90
END
every malloc 1 -r ./document.rules page.txt
every malloc 7 --list-packs
every malloc 1 -r artcle
every malloc 199
every read 1 -r ./all.rules --buffer-size=7
every read 1 -r ./all.rules --buffer-size=300
every read 1 --list-rules
every write 1 -r ./all.rules
every write 1 -r ./all.rules --line-buffered
every write 1 -r ./all.rules --explain
every write 1 -r ./all.rules --explain=html
every write 1 --check ./all.rules
every write 1 -r ./all.rules --list-rules
every write 1 --list-packs
every write 1 --help
every write 1 --version

# Documents. A read that fails ends the last one there.
input=documents.jsonl
"$BUILD/forms" jsonl page.txt page.txt >$input
rm -f ends/*
n=0
while [ $n -le "$(wc -c <$input)" ]; do
    head -c $n $input | "$DECHAFF" -r ./all.rules --format=jsonl >ends/$n 2>/dev/null
    n=$((n + 1))
done
every malloc 1 -r ./all.rules --format=jsonl --rejects=rejects --annotate=gone
every malloc 7 -r ./all.rules --format=jsonl -j 3
every read 1 -r ./all.rules --format=jsonl --buffer-size=50
every read 1 -r ./all.rules --format=jsonl --buffer-size=50 -j 2
every write 1 -r ./all.rules --format=jsonl --line-buffered --buffer-size=50
# a report
every malloc 3 -r ./all.rules --report=/dev/stdout page.txt
every write 1 -r ./all.rules --report=/dev/stdout page.txt
# learning, in memory and by way of a file
every malloc 1 --learn --min-pages=1 --host=a.example --format=jsonl
every malloc 7 --learn --min-pages=1 --host=a.example --format=jsonl --memory=1 -j 2
every write 1 --learn --min-pages=1 --host=a.example --format=jsonl --memory=1
every write 1 --learn=counts --host=a.example --format=jsonl
every pread 1 --learn --min-pages=1 --host=a.example --format=jsonl --memory=1
input=names.jsonl
printf '{"by":"a","text":"By %s\\nBy the way, it rains"}\n' 'Jane Doe' 'John Roe' 'Ann Lee' >$input
every malloc 7 --learn --by=field:by --min-pages=2 --format=jsonl
input=lists.jsonl
for story in oats rye bread; do
    printf '{"text":"Menu\\nThe %s of the mill\\nTwitter\\nAll about %s\\nImprint"}\n' $story $story
done >$input
every malloc 7 --learn -r none -e 'drop /about/' --min-pages=2 --host=a.example --format=jsonl
input=documents.jsonl
# two sets of rules
every malloc 1 -r ./all.rules --diff=none --host=a.example --format=jsonl
every malloc 7 -r none --diff=./all.rules --format=jsonl --diff-as=html -j 2
every write 1 -r ./all.rules --diff=none --format=jsonl
"$DECHAFF" -r ./all.rules --format=jsonl --rejects=rejects $input >cleaned
input=cleaned
every read 1 --restore=rejects
every write 1 --restore=rejects
every malloc 1 --restore=rejects
input=page.txt

# In place: whatever fails, the file is the old or the new one and no other file is left behind.
dechaff -r ./all.rules page.txt >new.txt
in_place() { # KIND ARGUMENT...
    kind=$1
    shift
    n=1
    while :; do
        rm -rf place
        mkdir place
        cp page.txt place/page.txt
        try "$kind" "$n" -r ./all.rules "$@" place/page.txt
        [ -s hit ] || break
        left=$(ls -A place)
        # A backup that was made already may stay.
        if cmp -s place/page.txt.bak page.txt; then
            left=${left%?page.txt.bak}
        fi
        if [ $status -eq 2 ] && [ -s err ] && cmp -s place/page.txt page.txt && [ "$left" = page.txt ]; then
            pass
        elif [ $status -eq 0 ] && cmp -s place/page.txt new.txt; then
            pass
        elif [ "$kind" = file ] && [ $status -eq 2 ] && [ -s err ] && cmp -s place/page.txt new.txt; then
            pass # the very last step, to bring the directory to disk
        else
            fail "-i $*: $kind $n failed: status $status: $(cat err); files: $left"
        fi
        n=$((n + 1))
    done
    cmp -s place/page.txt new.txt || fail "-i $*: no $kind $n, yet the file is not the new one"
}
for kind in malloc read write file; do
    in_place $kind -i
done
in_place file -i.bak
export FAULT_LACKS
for FAULT_LACKS in tmpfile link 'tmpfile link'; do
    in_place file -i.bak
    in_place write -i.bak
done
FAULT_LACKS=

# With rejects: both are new, or both are as they were.
with_rejects() { # KIND REJECTS ARGUMENT...: REJECTS is whether there are older ones
    kind=$1 older=$2
    shift 2
    n=1
    while :; do
        rm -rf place
        mkdir place
        cp page.txt place/page.txt
        [ "$older" = no ] || echo old >place/rejects
        try "$kind" "$n" -r ./all.rules --rejects=place/rejects "$@" place/page.txt
        [ -s hit ] || break
        left=$(cd place && find . ! -name page.txt.bak ! -name . | sort | tr '\n' ' ')
        if [ $status -eq 2 ] && [ -s err ] && cmp -s place/page.txt page.txt; then
            if [ "$older" = no ] && [ "$left" = './page.txt ' ]; then
                pass
            elif [ "$older" = yes ] && [ "$left" = './page.txt ./rejects ' ] &&
                [ "$(cat place/rejects)" = old ]; then
                pass
            else
                fail "--rejects $*: $kind $n failed: the rejects are not as they were: $left"
            fi
        elif [ "$left" = './page.txt ./rejects ' ] && cmp -s place/page.txt new.txt &&
            "$DECHAFF" --restore=place/rejects place/page.txt | cmp -s - page.txt; then
            pass
        else
            fail "--rejects $*: $kind $n failed: status $status: $(cat err); files: $left"
        fi
        n=$((n + 1))
    done
}
for older in no yes; do
    for FAULT_LACKS in tmpfile link ''; do
        with_rejects file "$older" -i
    done
    with_rejects file "$older" -i.bak
    with_rejects write "$older" -i
    with_rejects malloc "$older" -i.bak
done

# A thread that can't be started is done without, and so are all after it.
for n in 1 3; do
    try thread $n --format=nul -r ./all.rules -j 4 --buffer-size=100 - page.txt page.txt
    cat new.txt new.txt new.txt >expected
    if [ $status -eq 0 ] && [ -s hit ] && [ ! -s err ] && cmp -s expected out; then pass; else
        fail "thread $n failed: status $status: $(cat err)"
    fi
done

# Where no process can be started that packs, nothing is written that should have been packed.
printf 'Keep this.\n' | gzip -n >packed.gz
cp packed.gz same.gz
for option in '-o new.gz' '-i'; do
    # shellcheck disable=SC2086
    try fork 1 -r ./all.rules $option same.gz
    if [ $status -eq 2 ] && grep -q 'no process can be started' err && [ ! -e new.gz ] &&
        cmp -s packed.gz same.gz; then pass; else
        fail "fork failed with $option: status $status: $(cat err)"
    fi
done

# Messages go nowhere, not into the file that is written, where standard descriptors are closed and
# there is no /dev/null to take their place.
printf 'one\nlonger\n' >two
for sandbox in auto off; do
    rm -f new
    FAULT_LACKS=null LD_PRELOAD=$BUILD/faults.so "$DECHAFF" --sandbox=$sandbox -r none --max-line=5 -o new two >&- 2>&-
    status=$?
    if [ $status -eq 1 ] && cmp -s two new; then pass; else
        fail "no /dev/null, --sandbox=$sandbox: status $status: $(cat new)"
    fi
done
finish
