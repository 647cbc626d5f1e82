#!/bin/sh
# bench.sh -- what dechaff costs beside sed, grep, rg, jq, perl and a filter in Python, on pages, books,
# JSON lines, one long line and a single article; and what rules cost that match.
#
#   make bench [NAME=VALUE]...
#
#   ROUNDS=5          of measurements; in each every command has its turn
#   RULES='250 1000 4000 16000'      sizes of the rule sets
#   LIMIT=10          seconds that another tool gets for a rule set; one that is slow gets fewer pages
#   PAGES=FILE BOOKS=FILE JSONL=FILE     other inputs: lists of files, a path a line, and JSON lines
#   WRITE=            not to write tests/bench/figures.md and cost.svg
#
# The inputs are those of ../shared/bench/inputs, where that is there: distinct pages, each once, in
# shuffled order. Else they are made up (SIZE=8 megabytes of each kind), and the figures stay in
# build/bench. A time never makes this fail; a command of dechaff's or sed's that fails does.
here=$(cd "$(dirname "$0")" && pwd)
: "${ROUNDS:=5}" "${RULES:=250 1000 4000 16000}" "${LIMIT:=10}" "${SIZE:=8}"
: "${PAGES:=}" "${BOOKS:=}" "${JSONL:=}" "${WRITE=yes}"
. "$here/corpora.sh"
tab=$(printf '\t')
shared=$(cd "$root/../shared" 2>/dev/null && pwd) || shared=

case $ROUNDS$LIMIT in *[!0-9]*) stop 'ROUNDS and LIMIT are whole numbers' ;; esac
for given in PAGES BOOKS JSONL; do
    eval "[ -z \"\$$given\" ] || $given=\$(absolute \"\$$given\")"
done
enter_work bench
[ -x "$BUILD/turns" ] || stop "$BUILD/turns is not there: run make bench"
rm -f rows
failed=0

# Inputs: pages and books are lists of files, jsonl is the pages once more.
python=$(python3 -c 'import sys; print(sys.executable)' 2>/dev/null)
from_shared() { # WHAT...
    "$python" "$shared/bench/inputs" "$@" || stop "$shared/bench/inputs $* failed"
}
make_jsonl() {
    xargs "$BUILD/forms" jsonl <pages.list >pages.jsonl
}
if [ -n "$PAGES" ]; then
    origin="files of $PAGES"
    cp "$PAGES" pages.list
    if [ -n "$BOOKS" ]; then cp "$BOOKS" books.list; else : >books.list; fi
    if [ -n "$JSONL" ]; then cp "$JSONL" pages.jsonl; else make_jsonl; fi
elif [ -n "$python" ] && [ -f "$shared/bench/inputs" ]; then
    origin='distinct web pages as lynx writes them, each once, in shuffled order'
    note 'taking the pages of ../shared'
    from_shared pages >pages.list
    from_shared books >books.list
    from_shared jsonl >pages.jsonl
else
    origin='made-up pages, as there is no ../shared: real ones are unlike them'
    WRITE=
    for kind in chrome multi prose; do make_corpus $kind; done
    find "$work/chrome" "$work/multi" -type f -exec wc -c {} + | awk '$2 != "total"' | sort -k 2 >sizes
    awk -v bytes="$(awk '{ n += $1 } END { print n }' sizes)" -f "$here/words.awk" \
        -f "$here/shuffle.awk" sizes >pages.list
    find "$work/prose" -type f | sort >books.list
    make_jsonl
fi
[ -s pages.list ] || stop 'no pages'
contents() { # LIST
    xargs cat <"$1"
}
contents pages.list | awk '/[^ \t\r]/ { lines++; again += seen[$0]++ > 0 }
    END { printf "%d %.0f\n", lines, lines ? again * 100 / lines : 0 }' >counts
read -r lines again <counts


# Rules made of short lines that stand in the pages, so that they match: six in ten are whole lines, the
# others phrases. Then the same for other tools: no slashes, no escape that has a meaning of its own there,
# and as strings.
note 'making rules'
for count in $RULES; do
    case $origin in
    distinct*) from_shared rules "$count" >"rules/$count.rules" ;;
    *) contents pages.list | make_rules "$count" ;;
    esac
    awk -v ere="rules/$count.ere" -v strings="rules/$count.strings" -f "$here/convert.awk" \
        "rules/$count.rules" || stop 'cannot convert the rules'
done
awk 'BEGIN { for (i = 1; i <= 10000; i++)
    printf "[host site%d.example.net]\nweigh -0.5 /\\bsite %d says\\b/i\n", i, i }' >rules/sites.rules

# Measuring. A case is a line for turns: its key, how often it is run in a round, and its words.
describe_case() { # KEY TOOL RULES LABEL
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>labels
}
words() { # WORD...
    printf '%s' "$1"
    shift
    [ $# -eq 0 ] || printf '\t%s' "$@"
    printf '\n'
}
add() { # TOOL RULES LABEL WORD...
    key=$1-$2
    describe_case "$key" "$1" "$2" "$3"
    shift 3
    words "$key" "$runs" "$@" >>cases
}
begin() { # GROUP RUNS
    group=$1 runs=$2
    : >cases
    : >labels
}
# Rows: group, tool, rules, label, bytes, lines, user and system seconds, elapsed, KiB, status, lines out,
# and 1 if the seconds were worked out from a part.
measure() { # BYTES LINES
    note "$group"
    "$BUILD/turns" -r "$ROUNDS" cases >measured || stop 'turns failed'
    awk -F "$tab" -v OFS="$tab" -v group="$group" -v bytes="$1" -v lines="$2" '
        NR == FNR { label[$1] = $2 OFS $3 OFS $4; next }
        { print group, label[$1], bytes, lines, $2, $3, $4, $5, $6, 0 }' labels measured >>rows
    awk -F "$tab" '$1 ~ /^(sed|none|article|page|alone)-/ && $5 > 1 { print "bench: status " $5 " of " $1; bad = 1 }
        END { exit bad }' measured >&2 || failed=$((failed + 1))
}
size_of() { # LIST
    contents "$1" | wc -c | tr -d ' '
}
lines_of() { # LIST
    contents "$1" | wc -l | tr -d ' '
}
base_cases() { # OPERAND: what all groups have
    add sed - 'sed -n p' sed -n p "$1"
    add none 0 'dechaff -r none' "$DECHAFF" -j1 -r none "$1"
    add article 0 'dechaff' "$DECHAFF" -j1 "$1"
    add page 0 'dechaff -r page' "$DECHAFF" -j1 -r page "$1"
}
python_case() { # OPERAND
    if [ -n "$python" ] && [ -f "$shared/bench/c4filter.py" ]; then
        add python 0 'c4filter.py (Python)' "$python" "$shared/bench/c4filter.py" "$1"
    fi
}

begin pages 1
base_cases @pages.list
if grep -q avx512bw /proc/cpuinfo 2>/dev/null; then
    add article-avx2 0 'dechaff, without AVX-512' \
        GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX512BW "$DECHAFF" -j1 @pages.list
    add page-avx2 0 'dechaff -r page, without AVX-512' \
        GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX512BW "$DECHAFF" -j1 -r page @pages.list
fi
if have perl; then add perl 0 "perl -ne 'print unless /x{9}/'" perl -ne 'print unless /x{9}/' @pages.list; fi
python_case @pages.list
page_bytes=$(size_of pages.list) page_lines=$(lines_of pages.list)
measure "$page_bytes" "$page_lines"

if [ -s books.list ]; then
    begin books 5
    base_cases @books.list
    python_case @books.list
    measure "$(size_of books.list)" "$(lines_of books.list)"
fi

begin documents 1
if have jq; then add jq - 'jq -c .' jq -c . pages.jsonl; fi
add sed - 'sed -n p' sed -n p pages.jsonl
add none 0 'dechaff -r none' "$DECHAFF" -j1 --format=jsonl -r none pages.jsonl
add article 0 'dechaff' "$DECHAFF" -j1 --format=jsonl pages.jsonl
add page 0 'dechaff -r page' "$DECHAFF" -j1 --format=jsonl -r page pages.jsonl
add sites 10000 "dechaff -r page, 10,000 other sites' weights" \
    "$DECHAFF" -j1 --format=jsonl -r page -r rules/sites.rules pages.jsonl
measure "$(wc -c <pages.jsonl)" "$(wc -l <pages.jsonl)"

# Below the limit on a line, --max-line.
begin line 5
if [ -s books.list ]; then contents books.list; else contents pages.list; fi 2>/dev/null |
    tr -s '\r\n' ' ' | head -c 1000000 >line
echo >>line
base_cases line
measure "$(wc -c <line)" 1

begin start 20
if [ -f "$shared/samples/blinken.txt" ]; then article=$shared/samples/blinken.txt; else
    article=$root/tests/sample/bakery.txt
fi
base_cases "$article"
measure "$(wc -c <"$article")" "$(wc -l <"$article")"

begin rules 1
add sed - 'sed -n p' sed -n p @pages.list
add article 0 'dechaff' "$DECHAFF" -j1 @pages.list
for count in $RULES; do
    add article "$count" "dechaff and $(thousands "$count") more" \
        "$DECHAFF" -j1 -r article -r "rules/$count.rules" @pages.list
    add alone "$count" "dechaff, only $(thousands "$count")" "$DECHAFF" -j1 -r "rules/$count.rules" @pages.list
done
measure "$page_bytes" "$page_lines"

# Other tools with the rules: four times as many pages at a time, until they take a second or have had
# all. What a part took beyond an empty input is for the part's bytes.
utf8=$(locale -a 2>/dev/null | awk 'tolower($0) ~ /^(c|en_us)\.utf-?8$/ { print; exit }')
all=$(wc -l <pages.list)
of_part() { # FIELD KEY
    awk -F "$tab" -v key="$2" -v field="$1" '$1 == key { print $field }' measured
}
other() { # TOOL RULES LABEL WORD...
    tool=$1 count=$2 label=$3 pages=16
    shift 3
    case " $gave_up " in *" $tool "*) return ;; esac
    note "rules: $label"
    while :; do
        [ "$pages" -lt "$all" ] || pages=$all
        head -n "$pages" pages.list >part
        words part 1 "$@" @part >cases
        words nothing 1 "$@" /dev/null >>cases
        "$BUILD/turns" -r 1 -t "$LIMIT" cases >measured || stop 'turns failed'
        status=$(of_part 5 part)
        if [ "$status" -gt 1 ] || [ "$pages" -eq "$all" ] ||
            awk -v t="$(of_part 2 part)" 'BEGIN { exit !(t >= 1) }'; then break; fi
        pages=$((pages * 4))
    done
    [ "$status" -le 1 ] || gave_up="$gave_up $tool"
    awk -F "$tab" -v OFS="$tab" -v tool="$tool" -v rules="$count" -v label="$label" \
        -v bytes="$page_bytes" -v lines="$page_lines" -v part="$(size_of part)" '
        { cpu[$1] = $2; elapsed[$1] = $3; kib[$1] = $4; status[$1] = $5 }
        END { is_part = part < bytes
              seconds = cpu["part"]
              if (is_part) seconds = cpu["nothing"] + (seconds - cpu["nothing"]) * bytes / part
              print "rules", tool, rules, label, bytes, lines, seconds, elapsed["part"], kib["part"],
                  status["part"], 0, is_part + 0 }' measured >>rows
}
gave_up=
reject=$here/reject.pl
for count in $RULES; do
    of=$(thousands "$count")
    other grep-f "$count" "grep -v -i -F -f, $of" grep -a -h -v -i -F -f "rules/$count.strings"
    other grep-c "$count" "grep -v -i -E -f, $of" grep -a -h -v -i -E -f "rules/$count.ere"
    if [ -n "$utf8" ]; then
        other grep-utf8 "$count" "grep -v -i -E -f, UTF-8, $of" \
            "LC_ALL=$utf8" grep -a -h -v -i -E -f "rules/$count.ere"
    fi
    if have rg; then
        other rg "$count" "rg -v -i -f, $of" rg -a -j 1 -I -N -v -i -f "rules/$count.ere"
        other rg-ascii "$count" "rg -v -i -f --no-unicode, $of" \
            rg -a -j 1 -I -N -v -i --no-unicode -f "rules/$count.ere"
    fi
    if have perl; then other perl "$count" "perl, $of in one regex" perl "$reject" "rules/$count.ere"; fi
done

# What the processor did: counters, or else instructions in valgrind, of every 20th page.
awk 'NR % 20 == 1' pages.list >part
part_bytes=$(size_of part) part_lines=$(lines_of part)
if have perf && perf stat -x, -o counted -e cycles:u,instructions:u true 2>/dev/null &&
    ! grep -q 'not supported\|not counted' counted; then
    counter=perf
elif have valgrind; then
    counter=valgrind
else
    counter=
fi
count_one() { # OPERAND... behind WORD...: cycles (or -) and instructions
    case $counter in
    perf)
        perf stat -x, -o counted -e cycles:u,instructions:u -- "$@" >/dev/null 2>&1
        awk -F, '$3 ~ /cycles/ { c = $1 } $3 ~ /instructions/ { i = $1 } END { print c, i }' counted
        ;;
    valgrind)
        valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null </dev/null |
            awk '/Collected/ && $NF > most { most = $NF } END { if (most) print "-", most }' # a helper's, too
        ;;
    esac
}
: >counts
counts_of() { # LABEL WORD...
    label=$1
    shift
    note "counting: $label"
    # shellcheck disable=SC2046  # names of pages, and two numbers each
    set -- "$label" $(count_one "$@" $(cat part)) $(count_one "$@" /dev/null)
    [ $# -eq 5 ] || return
    awk -v label="$1" -v cycles="$2" -v instructions="$3" -v idle_cycles="$4" -v idle="$5" \
        -v bytes="$part_bytes" -v lines="$part_lines" 'BEGIN {
        printf "%s\t%s\t%.1f\t%.2f\n", label, cycles == "-" ? "-" : sprintf("%.0f", (cycles - idle_cycles) / lines), \
            (instructions - idle) / bytes, idle / 1000000 }' >>counts
}
if [ -n "$counter" ]; then
    counts_of 'sed -n p' sed -n p
    counts_of 'dechaff -r none' "$DECHAFF" -j1 -r none
    counts_of 'dechaff' "$DECHAFF" -j1
    counts_of 'dechaff -r page' "$DECHAFF" -j1 -r page
fi

describe() {
    awk -F': *' '/^model name/ { name = $2; n++ } END { if (n) print n " x " name }' /proc/cpuinfo 2>/dev/null
    uname -srm
    "$DECHAFF" --version | head -n 1
    for tool in sed grep rg jq perl; do
        if have $tool; then
            $tool --version 2>/dev/null | sed -n '/[0-9]\.[0-9]/ { s/^This is //; p; q; }'
        else
            echo "no $tool"
        fi
    done
    if [ -n "$python" ]; then "$python" --version; else echo 'no python3'; fi
    [ -f "$shared/bench/c4filter.py" ] || echo 'no c4filter.py'
}
describe >machine
awk -v origin="$origin" -v counter="$counter" -v rounds="$ROUNDS" -v again="$again" -v nonblank="$lines" \
    -v documents="$(wc -l <pages.list)" -v limit="$LIMIT" -f "$here/thousands.awk" -f "$here/figures.awk" machine counts rows >figures.md ||
    stop 'no figures'
awk -f "$here/thousands.awk" -f "$here/plot.awk" rows >cost.svg || stop 'no drawing'
cat figures.md
if [ -n "$WRITE" ]; then cp figures.md cost.svg "$here/" || stop "cannot write to $here"; fi
note "figures.md and cost.svg are in $work${WRITE:+, and in $here}"
if [ $failed -ne 0 ]; then stop 'commands failed'; fi
