#!/bin/sh
# kills.sh -- right before the n-th call on files and their names, for every n until a run gets by
# without an n-th one: a signal ends the program, or another file gets the name of the one it works on.
#
# What must hold after a kill: each file is the old or the finished one; where the text is the new one,
# the old one is its backup and can be restored by the rejects; and no other file is left behind. Only
# SIGKILL may leave one, right before a rename. After a signal that can be held, all files are old or
# all are finished. For what must hold after another file took the name, see there.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2
# shellcheck disable=SC3045  # where it has it; else SIGQUIT writes a core
ulimit -c 0 2>/dev/null

printf 'drop /^Share/\n' >all.rules
printf 'Share this\nThe oven was lit at four.\n' >old.txt
printf '{"text":"Share this\\nThe oven."}\n{"text":"Share it"}\n' >old.jsonl
echo older >older

if ! FAULT_KIND=read FAULT_AT=1 FAULT_HIT=$scratch/hit LD_PRELOAD=$BUILD/faults.so \
    "$DECHAFF" -r none <old.txt >out 2>err; then
    :
fi
if [ ! -s hit ]; then
    skip 'no library can be preloaded here'
    finish
fi

try() { # KIND N ARGUMENT...: one run; what the shell says of its end is not wanted
    kind=$1 n=$2
    shift 2
    rm -f hit
    { FAULT_KIND=$kind FAULT_AT=$n FAULT_HIT=$scratch/hit LD_PRELOAD=$BUILD/faults.so \
        "$DECHAFF" --no-config -r ./all.rules "$@" >out 2>err; } 2>/dev/null
    status=$?
}

# What it is with the files in place/: sets `wrong`, `text`, `rejects` and `left`.
look() { # FILE SUFFIX
    wrong='' text=none rejects=none
    if [ -e "place/$1" ]; then
        text=wrong
        if cmp -s "place/$1" "old$2"; then text=old; elif cmp -s "place/$1" "new$2"; then text=new; fi
    fi
    if [ -e place/rejects ]; then
        rejects=wrong
        if cmp -s place/rejects older; then rejects=old; elif cmp -s place/rejects rejects.new; then
            rejects=new
        fi
    fi
    if [ "$text" = wrong ]; then wrong='the text is neither old nor new; '; fi
    if [ "$rejects" = wrong ]; then wrong="${wrong}the rejects are neither old nor new; "; fi
    if [ -e "place/$1.bak" ] && ! cmp -s "place/$1.bak" "old$2" &&
        { [ "$text" = new ] || ! cmp -s "place/$1.bak" older; }; then
        wrong="${wrong}the backup is wrong; "
    fi
    left=$(find place ! -name place ! -name "$1" ! -name "$1.bak" ! -name rejects | wc -l)
}

# SIGNAL RENAMES FILE ARGUMENT...: RENAMES is how many files are there already that are replaced.
every() {
    signal=$1 renames=$2 file=$3 suffix=.${3##*.}
    shift 3
    name="$* SIG$signal ${FAULT_LACKS:+without $FAULT_LACKS}"
    case $signal in
    HUP) FAULT_SIGNAL=1 ;; INT) FAULT_SIGNAL=2 ;; QUIT) FAULT_SIGNAL=3 ;; KILL) FAULT_SIGNAL=9 ;;
    TERM) FAULT_SIGNAL=15 ;;
    esac
    export FAULT_SIGNAL
    n=1 lying=0
    while :; do
        rm -rf place
        mkdir place
        for there in $there_before; do
            case $there in "$file") cp "old$suffix" "place/$file" ;; *) cp older "place/$there" ;; esac
        done
        try kill "$n" "$@"
        [ -s hit ] || break
        look "$file" "$suffix"
        if [ -n "${FAULT_IGNORED:-}" ]; then
            [ "$status$text" = 0new ] || wrong="${wrong}an ignored signal: status $status, text $text; "
        elif [ $status -ne $((128 + FAULT_SIGNAL)) ]; then
            wrong="${wrong}status $status; "
        fi
        if [ "$signal" != KILL ]; then
            [ "$left" -eq 0 ] || wrong="${wrong}$left left; "
            case $text,$rejects in new,old | none,new | old,new) wrong="${wrong}text $text, rejects $rejects; " ;; esac
        fi
        [ "$left" -le 1 ] || wrong="${wrong}$left left; "
        lying=$((lying + left))
        case $* in
        *--rejects*) [ "$text" != new ] || [ "$rejects" = new ] || wrong="${wrong}no rejects of the new text; " ;;
        esac
        if [ "$text$rejects" = newnew ] &&
            ! "$DECHAFF" --restore=place/rejects "place/$file" | cmp -s - "old$suffix"; then
            wrong="${wrong}nothing can be restored; "
        fi
        if [ -z "$wrong" ]; then pass; else
            fail "$name, before call $n: $wrong$(echo place/.[!.]* place/*) $(head -n 1 err)"
        fi
        n=$((n + 1))
    done
    look "$file" "$suffix"
    [ "$text$status$left" = new00 ] || fail "$name: no call $n, yet text $text and status $status"
    [ $n -gt 10 ] || fail "$name: only $n calls"
    [ -n "${FAULT_LACKS:-}" ] || [ $lying -le "$renames" ] ||
        fail "$name: $lying times a file was left"
    total=$((total + n - 1))
}

dechaff --no-config -r ./all.rules --rejects=rejects.txt old.txt >new.txt
dechaff --no-config -r ./all.rules --rejects=rejects.jsonl old.jsonl >new.jsonl 2>/dev/null
total=0

all_ways() { # SIGNAL...
    for way; do
        cp rejects.txt rejects.new
        there_before=t.txt
        every "$way" 1 t.txt -i place/t.txt
        every "$way" 1 t.txt -i --rejects=place/rejects place/t.txt
        there_before=
        every "$way" 0 t.txt -o place/t.txt old.txt
        there_before='t.txt t.txt.bak rejects'
        every "$way" 3 t.txt -i.bak --rejects=place/rejects place/t.txt
        cp rejects.jsonl rejects.new
        there_before='t.jsonl rejects'
        every "$way" 2 t.jsonl -j 4 --rejects=place/rejects -o place/t.jsonl place/t.jsonl
    done
}
all_ways KILL TERM
export FAULT_LACKS
for FAULT_LACKS in link 'tmpfile link'; do
    all_ways KILL TERM
done
FAULT_LACKS=
cp rejects.jsonl rejects.new
there_before='t.jsonl rejects'
for signal in HUP INT QUIT; do
    every $signal 2 t.jsonl -j 4 --rejects=place/rejects -i place/t.jsonl
done
export FAULT_IGNORED=yes
every HUP 2 t.jsonl -j 4 --rejects=place/rejects -i place/t.jsonl
unset FAULT_IGNORED
echo "kills: $total kills"

# Another file takes the name: a link to what only its owner may read, or such a file itself. What is
# in a file belongs to who may read it; and what came before the last look at the name stays there.
printf 'Share that\nA secret.\n' >secret.old
printf 'A secret.\n' >secret.new
mode() {
    find "$1" -prune -type f -perm "$2" | grep -q .
}
swap() { # KIND ARGUMENT...
    other=$1
    shift
    n=1 overtaken=0
    while :; do
        rm -rf place
        mkdir place
        cp old.txt place/t.txt
        cp secret.old secret
        chmod 644 place/t.txt
        chmod 600 secret
        case $other in link) ln -s ../secret place/other ;; file) ln secret place/other ;; esac
        # The sandbox would refuse the shim what another process does.
        FAULT_FROM=place/other FAULT_TO=place/t.txt try swap "$n" --sandbox=off "$@"
        [ -s hit ] || break
        wrong=
        if cmp -s place/t.txt new.txt; then
            mode place/t.txt 644 || wrong='the new text has the wrong mode; '
            overtaken=$((overtaken + 1))
            [ $status -eq 0 ] || wrong="${wrong}status $status; "
        elif { cmp -s place/t.txt secret.old || cmp -s place/t.txt secret.new; }; then
            if [ ! -h place/t.txt ] && ! mode place/t.txt 600; then wrong='the secret is out; '; fi
            if [ $status -eq 2 ] && ! cmp -s secret secret.old; then wrong="${wrong}it has changed; "; fi
        else
            wrong='the text is neither; '
        fi
        if [ -z "$wrong" ]; then pass; else fail "$*, a $other before call $n: $wrong$(cat err)"; fi
        n=$((n + 1))
    done
    [ $overtaken -le 3 ] || fail "$*, a $other: $overtaken times it was overwritten"
}
for other in link file; do
    swap "$other" -i place/t.txt
    swap "$other" -o place/t.txt place/t.txt
done

# The output takes the name of an input.
# shellcheck disable=SC3045  # as in lib.sh
(
    ulimit -f 1000
    n=1
    while :; do
        rm -rf place
        mkdir place
        cp old.txt place/t.txt
        head -c 200000 /dev/zero | tr '\0' '\n' >place/out
        ln place/out place/other
        rm -f hit
        FAULT_KIND=swap FAULT_AT=$n FAULT_HIT=$scratch/hit LD_PRELOAD=$BUILD/faults.so \
            FAULT_FROM=place/other FAULT_TO=place/t.txt \
            "$DECHAFF" --sandbox=off --no-config -r none place/t.txt >>place/out 2>err
        status=$?
        [ -s hit ] || break
        [ "$(wc -c <place/out)" -lt 300000 ] || echo "before call $n: status $status"
        n=$((n + 1))
    done
) >followed 2>&1
if [ -s followed ]; then fail "the output was read: $(head -n 1 followed)"; else pass; fi

finish
