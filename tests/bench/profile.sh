#!/bin/sh
# profile.sh -- where the time goes: the top functions of a run over a corpus.
#
#   make profile [SIZE=MB] [CORPORA=NAME | CORPUS=PATH] [RULES=N] [ARGS=OPTIONS]
#
#   SIZE=16           megabytes of the corpus (1 for callgrind)
#   CORPORA=chrome    a generated one, as for make bench; CORPUS as there
#   RULES=4000        generated rules beside the shipped packs; 0: none
#   ARGS=             instead of those rules: dechaff's options
#   PROFILER=perf     or callgrind, taken where perf cannot record
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${CORPORA:=chrome}" "${RULES:=4000}" "${ARGS:=}"
perf_records() {
    command -v perf >/dev/null 2>&1 && perf record -q -o /dev/null -- true >/dev/null 2>&1
}
if [ -z "${PROFILER:-}" ]; then
    if perf_records; then PROFILER=perf; else PROFILER=callgrind; fi
fi
if [ "$PROFILER" = perf ]; then : "${SIZE:=16}"; else : "${SIZE:=1}"; fi
. "$here/corpora.sh"
enter_work profile

if [ -n "$CORPUS" ]; then CORPORA=real; fi
corpus=${CORPORA%% *} rules=${RULES%% *}
make_corpus "$corpus"
if [ -z "$ARGS" ]; then
    if [ "$rules" -gt 0 ]; then
        find "$corpus" -type f -exec cat {} + | make_rules "$rules"
        ARGS="-r article -r rules/$rules.rules"
    else
        ARGS='-r article'
    fi
fi
echo "dechaff $ARGS, $corpus, $SIZE MB"

# ARGS is options, and the pages' names are a directory's and numbers.
# shellcheck disable=SC2086
case $PROFILER in
perf)
    have perf || stop 'perf is not installed'
    perf record -q -F 4999 -o perf.data -- "$DECHAFF" $ARGS "$corpus"/* 2>perf.log | cat >/dev/null
    [ -s perf.data ] || stop "perf recorded nothing: $(head -n 3 perf.log)"
    # Compiled patterns have no names: the first list has them as one.
    echo 'per cent of the samples, by object:'
    perf report -i perf.data --stdio --no-children --percent-limit 0.5 --sort dso 2>/dev/null |
        grep -v -e '^#' -e '^ *$' | head -n 10
    echo 'by function:'
    perf report -i perf.data --stdio --no-children --percent-limit 0.2 --sort symbol,dso 2>/dev/null |
        grep -v -e '^#' -e '^ *$' -e ' 0x0000' | sed 's/ *- *- *$//' | head -n 30
    echo "more: perf report -i $work/perf.data"
    ;;
callgrind)
    have valgrind || stop 'neither perf (able to record) nor valgrind is here: apt-get install valgrind'
    valgrind --quiet --tool=callgrind --callgrind-out-file=callgrind.out \
        "$DECHAFF" $ARGS "$corpus"/* 2>callgrind.log | cat >/dev/null
    [ -s callgrind.out ] || stop "callgrind recorded nothing: $(head -n 3 callgrind.log)"
    callgrind_annotate callgrind.out 2>/dev/null | grep '(.*%)' | head -n 31 | cut -c 1-150
    echo "more: callgrind_annotate $work/callgrind.out"
    ;;
*) stop "PROFILER is perf or callgrind, not $PROFILER" ;;
esac
