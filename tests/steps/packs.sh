#!/bin/sh
# packs.sh -- the shipped rules: their examples, and whole pages with the
# expected result beside them.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 2

for pack in rules/*.rules; do
    if dechaff --check -r none "$pack" >"$scratch/out" 2>&1 </dev/null; then
        pass
    else
        fail "dechaff --check $pack"
        head -n 20 "$scratch/out"
    fi
done
if dechaff --check >"$scratch/out" 2>&1 </dev/null; then pass; else
    fail 'dechaff --check of the default profile'
    head -n 20 "$scratch/out"
fi

rules=$(dechaff --list-rules </dev/null | wc -l)
if [ "$rules" -ge 250 ]; then pass; else fail "only $rules rules in the default profile"; fi

# No line is too long to read, and no phrase is said twice. A test that finds
# nothing must be able to find something: a twin of a phrase, and a long line.
phrases() { # FILE...
    awk -f tests/tools/phrases.awk "$@" >"$scratch/out" 2>&1
}
phrases rules/*.rules
same 'phrases and lines of rules/' /dev/null "$scratch/out"
{
    grep '^ *| [a-zğıöü]* [a-zğıöü]* [a-zğıöü]*$' rules/turkish-words.rules | head -n 1
    printf 'drop /^%0161d$/\n' 0
} >"$scratch/twin.rules"
phrases rules/*.rules "$scratch/twin.rules"
if [ "$(grep -c 'twin.rules:1: ".*stands at\|twin.rules:2: a line of' "$scratch/out")" -eq 2 ]; then
    pass
else
    fail 'a phrase that stands twice and a long line'
    cat "$scratch/out"
fi

whole_page() { # PAGE EXPECTED
    dechaff <"$1" >"$scratch/out" 2>"$scratch/err"
    same "$1" "$2" "$scratch/out"
    same "$1: standard error" /dev/null "$scratch/err"
}
for page in tests/sample/*.txt; do
    whole_page "$page" "${page%.txt}.expected"
done
if [ -n "$shared" ]; then
    for page in "$shared"/samples/*.expected.txt; do
        whole_page "${page%.expected.txt}.txt" "$page"
    done
else
    skip '../shared'
fi
finish
