#!/bin/sh
# corpus.sh TARGET DIRECTORY -- fill DIRECTORY with seeds for fuzz_TARGET, from tests/cases and from
# tests/fuzz/seeds/TARGET, and print a dictionary of words that its inputs are made of.
set -eu
export LC_ALL=C
target=$1
rm -rf "$2"
mkdir -p "$2"
seeds=$(cd "$2" && pwd)
cd "$(dirname "$0")/../.."

# Of files with one name in different folders none is lost.
name_of() { # FILE
    printf %s "${1#tests/}" | tr / -
}
seed() { # FILE CONTENTS...
    name=$(name_of "$1")
    shift
    cat "$@" >"$seeds/$name"
}
# Whether the file begins like that.
begins() { # FILE BEGINNING
    [ "$(head -c ${#2} "$1" | tr -d '\000')" = "$2" ]
}
texts() { # FILE...
    for file; do
        begins "$file" '{' || begins "$file" WARC || seed "$file" "$file"
    done
}
like() { # BEGINNING FILE...
    beginning=$1
    shift
    for file; do
        if begins "$file" "$beginning"; then seed "$file" "$file"; fi
    done
}

# A word of a dictionary on each line, as libFuzzer reads it.
words() {
    awk 'BEGIN { for (i = 0; i < 256; i++) code[sprintf("%c", i)] = i }
        {
            word = ""
            for (i = 1; i <= length($0); i++) {
                c = substr($0, i, 1)
                word = word (c ~ /[ !#-\[\]-~]/ ? c : sprintf("\\x%02X", code[c]))
            }
            print "\"" word "\""
        }'
}
# Words of the shipped rules, the frequent ones first.
rules_words() {
    grep -Eoh '[A-Za-z]{4,}|[^ -~]{3,12}' rules/*.rules | sort | uniq -c | sort -rn |
        awk 'NR <= 600 { print $2 }'
}
# The names in the first column of a table.
names() { # FILE
    sed -n "s/^ *{\\('[a-z]', \\|'[^']*', \\|\\)\"\\([a-z-]*\\)\".*/\\2/p" "$1"
}

case $target in
text)
    texts tests/cases/*/*.in tests/sample/*.txt
    rules_words | words
    ;;
jsonl)
    like '{' tests/cases/*/*.in tests/cases/*/*.jsonl
    printf '%s\n' '{"text":"' '"}' '\n' '\r\n' '\u000a' '\u00e9' '\ud800' '\udc00' '"url":"https://example.com/"' \
        '"lang":"' true false null '[]' '{}' 1e9 'Share' 'more' 'end' 'Related' 'Comments' '12' | words
    ;;
wet)
    like WARC tests/cases/*/*.in
    printf '%s\n' 'WARC/1.0' 'WARC/1.1' 'WARC-Type: conversion' 'WARC-Type: warcinfo' 'Content-Length: 13' \
        'WARC-Block-Digest: sha1:' 'WARC-Target-URI: https://example.com/' 'Share' 'more' 'end' 'Related' \
        'Comments' '12' | words
    printf '"\\x0D\\x0A\\x0D\\x0A"\n'
    ;;
rules)
    printf '%%%%\n' >"$seeds/mark"
    for file in tests/cases/*/*.rules; do
        input=${file%.rules}.in
        [ -e "$input" ] || input=/dev/null
        seed "$file" "$file" "$seeds/mark" "$input"
    done
    names src/rules/syntax.c | words
    ;;
restore)
    printf '%%%%\n' >"$seeds/mark"
    for file in tests/cases/formats/*.in; do
        seed "$file" "$file" "$seeds/mark" "$file"
    done
    printf '%s\n' '{"document":1,"line":1,"offset":' ',"rule":"' ',"reason":"' ',"put":' ',"text":"' ',"bytes":"' \
        '{"end":true,"input":' ',"output":' ',"input-sha512":"' ',"output-sha512":"' | words
    ;;
learn)
    printf '%%%%\n' >"$seeds/mark"
    for file in tests/sample/*.txt tests/cases/pages/*.in; do
        seed "$file" "$file" "$seeds/mark" "$file" "$seeds/mark" tests/sample/*.txt
    done
    for file in tests/cases/learn/*.out; do
        if begins "$file" 'dechaff counts'; then seed "$file" "$file" && printf 1 >>"$seeds/$(name_of "$file")"; fi
    done
    printf '%s\n' 'dechaff counts 1' 'site a.example 2' 0123456789abcdef 'end' '12 comments' 'May 2012' ', 2012' | words
    ;;
options)
    for file in tests/cases/*/*.args; do
        begins "$file" '$ ' || xargs -n 1 printf '%s\n' <"$file" >"$seeds/words"
        [ ! -e "$seeds/words" ] || mv "$seeds/words" "$seeds/$(name_of "$file")"
    done
    names src/flow/option_rows.c | sed 's/^/--/' | words
    names src/rules/limits.c | words
    ;;
prefilter)
    for file in tests/cases/*/*.rules; do
        grep -o '/.*/' "$file" | sed 's,.\(.*\)/,\1,' >"$seeds/$(name_of "$file")" || :
    done
    printf '%s\n' '(?i)' '(?:' '(?=' '(?!' '(?<=' '(?<!' '(?>' '(?|' '(?<n>' '\k<n>' '\1' '[^' '[[:alpha:]]' '\b' '\B' \
        '\d' '\w' '\s' '\W' '\h' '\R' '\X' '\K' '\Q' '\E' '\p{L}' '\P{Lu}' '\x{e9}' '\N' '{2,}' '{0,3}' '*?' '++' '(*ACCEPT)' '(*SKIP)' | words
    ;;
cost)
    rules_words | words
    ;;
esac
for file in tests/fuzz/seeds/"$target"/*; do
    [ ! -e "$file" ] || seed "$file" "$file"
done
