#!/bin/sh
# bench.sh -- what rules cost, beside cat, sed, grep, rg and perl.
#
#   make bench [SIZE=MB] [NAME=VALUE]...
#
#   SIZE=64           megabytes (of 1,000,000 bytes) of each corpus
#   CORPORA='chrome prose multi'     which of the generated ones
#   CORPUS=PATH       a file, or a directory's files, repeated in shuffled order
#                     to SIZE and measured instead of the generated ones
#   SMALL=FILE        for the small-file case (a generated article of 3 kB)
#   RULES='250 1000 4000 16000'      sizes of the rule sets
#   SLOW='250 1000'   sizes for the tools that are slow with them; sizes after
#                     the first are tried on the first corpus only
#   SLICE=1000        kilobytes of the corpus that the slow ones get, a tenth
#                     of it with more than 250 rules
#   ROUNDS=7          of measurements; the slow ones have three
#
# hyperfine measures, with the output going to a pipe. A time never makes this
# fail; a command of dechaff's, cat's or sed's that fails does. What it made is
# in build/bench: the pages, the rule sets, and results.tsv for plot.awk.
here=$(cd "$(dirname "$0")" && pwd)
: "${SIZE:=64}" "${CORPORA:=chrome prose multi}" "${SMALL:=}"
: "${RULES:=250 1000 4000 16000}" "${SLOW=250 1000}" "${SLICE:=1000}" "${ROUNDS:=7}"
. "$here/corpora.sh"
tab=$(printf '\t')

case $SLICE$ROUNDS in *[!0-9]*) stop 'SLICE and ROUNDS are whole numbers' ;; esac
have hyperfine || stop 'hyperfine is needed: apt-get install hyperfine, cargo install hyperfine'
[ -z "$SMALL" ] || SMALL=$(absolute "$SMALL")
enter_work bench
mkdir -p rounds
rm -f results.tsv
failures=0

# A case: its key, the tool, the number of rules, the kilobytes it gets (0: all),
# what the table calls it, and the command, to which the files are added.
add() { # TOOL RULES KILOBYTES LABEL COMMAND
    printf '%s-%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$1" "$2" "$3" "$4" "$5" >>cases
}

# The first pages that make up so many kilobytes, in $pages; their size in $size.
choose_pages() { # KILOBYTES
    pages=$(awk -v kilobytes="$1" '
        { total += $1; list = list " " $2; if (kilobytes && total >= kilobytes * 1000) exit }
        END { print total list }' ../pages)
    size=${pages%% *} pages=${pages#* }
}

# Run each case once, for its status, its memory and its output; then measure
# them in rounds, one of each in every round, so that a change of the machine's
# speed meets all of them.
measure() { # CORPUS GROUP RUNS [FILE]: runs for each round; FILE instead of the pages
    corpus=$1 group=$2 runs=$3 instead=${4:-} base=
    # The slow ones are set against the sed of the whole corpus.
    if [ "$group" = slow ]; then
        base=$(awk -F "$tab" -v corpus="$corpus" \
            '$1 == corpus && $2 == "pages" && $3 == "sed" { print $5 }' results.tsv)
    fi
    [ -s cases ] || return
    rm -f rounds/* rows
    cd "$corpus" || exit 2
    find . -type f | sed 's|^\./||' | sort | xargs wc -c | awk '$2 != "total" { print $1, $2 }' >../pages
    choose_pages 0
    whole=$size
    set --
    while IFS=$tab read -r key tool rules kilobytes label command; do
        choose_pages "$kilobytes"
        if [ -n "$instead" ]; then pages=$instead; fi
        # The pages' names are numbers and the commands are written here.
        # shellcheck disable=SC2086
        lines=$(cat $pages | wc -l)
        note "$corpus: $label"
        {
            eval '"$BUILD/peak" ../kib '"$command $pages" 2>../errors
            echo $? >../status
        } | wc -l >../kept
        status=$(cat ../status)
        if [ "$status" -gt 1 ]; then
            note "status $status of: $command"
            head -n 3 ../errors >&2
            case $tool in rg | grep-* | perl) ;; *) failures=$((failures + 1)) ;; esac
        else
            set -- "$@" -n "$key" "$command $pages"
            if [ "$size" -lt "$whole" ]; then set -- "$@" -n "$key-empty" "$command /dev/null"; fi
        fi
        printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$key" "$tool" "$rules" "$size" "$status" \
            "$(cat ../kib)" "$(awk -v all="$lines" -v kept="$(cat ../kept)" \
                'BEGIN { printf "%.1f", all ? (all - kept) * 100 / all : 0 }')" "$label" >>../rows
    done <../cases
    round=0
    while [ $round -lt "$rounds" ]; do
        round=$((round + 1))
        note "$corpus: $group, round $round of $rounds"
        hyperfine -N --style none --output pipe --ignore-failure --runs "$runs" \
            --export-csv "../rounds/$round" "$@" 2>../errors >/dev/null || {
            cat ../errors >&2
            stop 'hyperfine failed; it must know -N and --output, as 1.14 and later do'
        }
    done
    cd ..
    awk -v corpus="$corpus" -v group="$group" -v bytes="$whole" -v base="$base" \
        -v results=results.tsv -f "$here/table.awk" rows rounds/* >table || exit 2
}
dechaff=$(quoted "$DECHAFF")
reject=$(quoted "$here/reject.pl")
utf8=$(locale -a 2>/dev/null | awk 'tolower($0) ~ /^(c|en_us)\.utf-?8$/ { print; exit }')

fast_cases() { # all of the corpus, one page a document
    : >cases
    add cat - 0 'cat' 'cat'
    add sed - 0 'sed -n p' 'sed -n p'
    add grep-fixed - 0 'LC_ALL=C grep -v -F x' 'grep -a -h -v -F x'
    add none 0 0 'dechaff -r none' "$dechaff -r none"
    add article 0 0 'dechaff (all shipped packs)' "$dechaff"
    add page 0 0 'dechaff -r page' "$dechaff -r page"
    for count in $RULES; do
        add article "$count" 0 "dechaff and $(thousands "$count") rules more" \
            "$dechaff -r article -r ../rules/$count.rules"
    done
    for count in $RULES; do
        add alone "$count" 0 "dechaff, only $(thousands "$count") rules" "$dechaff -r ../rules/$count.rules"
    done
    add sites "$most" 0 "dechaff and $(thousands "$most") rules, each for another host" \
        "$dechaff -r article -r ../rules/sites.rules --host=example.com"
}
slow_cases() { # COUNT...: a slice of it
    : >cases
    for count in "$@"; do
        of="$(thousands "$count") rules"
        slice=$SLICE
        if [ "$count" -gt 250 ]; then slice=$((SLICE / 10)); fi
        add plain "$count" $((slice * 4)) "dechaff --engine=plain, $of" \
            "$dechaff --engine=plain -r ../rules/$count.rules"
        add grep-c "$count" $((slice * 4)) "LC_ALL=C grep -v -i -E -f, $of" \
            "grep -a -h -v -i -E -f ../rules/$count.ere"
        if [ -n "$utf8" ]; then
            add grep-utf8 "$count" "$slice" "LC_ALL=$utf8 grep -v -i -E -f, $of" \
                "env LC_ALL=$utf8 grep -a -h -v -i -E -f ../rules/$count.ere"
        fi
        if have rg; then
            add rg "$count" "$slice" "rg -v -i -f, $of" "rg -a -j 1 -I -v -i -f ../rules/$count.ere"
        fi
        if have perl; then
            add perl "$count" "$slice" "perl, $of in one alternation" "perl $reject ../rules/$count.ere"
        fi
    done
}
stream_cases() { # all of it, one document
    : >cases
    add cat - 0 'cat' 'cat'
    add sed - 0 'sed -n p' 'sed -n p'
    add none 0 0 'dechaff -r none' "$dechaff -r none"
    add page 0 0 'dechaff -r page' "$dechaff -r page"
    for count in $RULES; do
        add alone "$count" 0 "dechaff, only $(thousands "$count") rules" "$dechaff -r ../rules/$count.rules"
    done
}
small_cases() {
    fast_cases
    grep -v '^grep-' cases >cases.new && mv cases.new cases
}
show() { # TITLE
    printf '%s\n' "$1"
    cat table
}

describe() {
    uname -srm
    awk -F': *' '/^model name/ { name = $2; n++ } END { if (n) print n " x " name }' /proc/cpuinfo 2>/dev/null
    "$DECHAFF" --version | head -n 1
    for tool in sed grep rg perl hyperfine; do
        if have $tool; then
            $tool --version 2>/dev/null | sed -n '/[0-9]\.[0-9]/ { p; q; }'
        fi
    done
    echo "Seconds are user plus system, the median of $ROUNDS rounds (3 for the slow ones), to a pipe."
    echo
}

if [ -n "$CORPUS" ]; then CORPORA=real; fi
for name in $CORPORA; do
    case $name in chrome | prose | multi | real) ;; *) stop "$name: no such corpus" ;; esac
    make_corpus "$name"
done
# shellcheck disable=SC2086  # the names of corpora are words
make_rules $CORPORA
describe

# shellcheck disable=SC2086  # numbers
set -- $SLOW
for name in $CORPORA; do
    rounds=$ROUNDS
    fast_cases
    measure "$name" pages 1
    show "$name: $((whole / 1000000)) MB in $(awk 'END { print NR }' pages) documents, given as operands"

    cat "$name"/* >all
    stream_cases
    measure "$name" stream 1 ../all
    show "$name: the same as one document"
    rm -f all

    rounds=3
    if [ $# -gt 0 ]; then
        slow_cases "$@"
        measure "$name" slow 1
        show "$name: the same expressions, other ways"
        set -- "$1"
    fi
done

rm -rf small
mkdir small
if [ -n "$SMALL" ]; then
    cp "$SMALL" small/0001 || exit 2
else
    awk -v kind=article -v bytes=3000 -v prefix=small/ -f "$here/words.awk" -f "$here/corpus.awk" </dev/null
fi
rounds=$ROUNDS
small_cases
measure small small 40
show "small: a whole process for one file of $whole bytes (means of 40 runs a round)"

echo "Figures for plot.awk: $work/results.tsv"
if [ $failures -ne 0 ]; then stop "$failures commands failed"; fi
