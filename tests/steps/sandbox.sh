#!/bin/sh
# sandbox.sh -- what a program that was taken over could do, with a sandbox and without; and that what a
# run has to do can be done, whatever its operands are.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2

case $(dechaff --version) in
*"sandbox no)") skip 'a sandbox: none is here or in the program' && finish ;;
esac

# --sandbox=on is refused where anything is missing, and says what.
printf 'one\nShare this\n' >page
if ! dechaff --sandbox=on <page >out 2>err; then
    if grep -q '^dechaff: no sandbox: ' err && [ ! -s out ]; then pass; else fail "$(cat err)"; fi
    skip "$(sed 's/^dechaff: no sandbox: //' err)"
    finish
fi

intruded() { # NAME WHAT ARGUMENT...: every attempt is WHAT, and the output as ever
    name=$1 what=$2
    shift 2
    rm -f report intruded
    INTRUDE_REPORT=$scratch/report LD_PRELOAD=$BUILD/intrude.so "$DECHAFF" "$@" <page >out 2>err
    if [ "$(grep -c ": $what\$" report)" -eq 5 ] && [ "$(wc -l <report)" -eq 5 ]; then pass; else
        fail "$name: not all is $what: $(grep -v ": $what\$" report | tr '\n' ';')"
    fi
    [ "$(cat out)" = one ] || fail "$name: $(cat out err)"
}
intruded 'the attempts themselves' possible --sandbox=off
intruded 'standard input' refused --sandbox=on
intruded 'standard input, by default' refused
intruded 'an operand more' refused --sandbox=on - /dev/null

# Operands past those that have rules of their own: what lies beside them is still out of reach.
mkdir many
awk 'BEGIN { for (i = 0; i < 100; i++) print "a" > ("many/" i) }'
awk 'BEGIN { printf "-%c", 0; for (i = 0; i < 100000; i++) printf "many/gone%d%c", i % 100, 0 }' >many.list
intruded 'a long list' refused --sandbox=on --files0-from=many.list

# A helper that unpacks is there; it can do nothing for an intruder, and its programs can't write.
echo 'Share this' | gzip -nc >page.gz
intruded 'with a helper' refused --sandbox=on - page.gz
mkdir bin
printf '#!/bin/sh\necho >"%s/written" && exit 1\nexec %s "$@"\n' "$scratch" "$(command -v gzip)" >bin/gzip
chmod +x bin/gzip
PATH=$scratch/bin:$PATH "$DECHAFF" --sandbox=on -r article page.gz page >out 2>err
if [ "$(cat out)" = one ] && [ ! -e written ]; then pass; else fail "a program that unpacks: $(cat out err)"; fi

gzip -nc page >whole.gz
if command -v perl >/dev/null 2>&1; then
    printf '#!/bin/sh\nperl -MSocket -e "exit !socket(S, PF_INET, SOCK_DGRAM, 0)" && exit 1\nexec %s "$@"\n' "$(command -v gzip)" >bin/gzip
    if PATH=$scratch/bin:$PATH "$DECHAFF" --sandbox=on -r article whole.gz >out 2>err && [ "$(cat out)" = one ]; then pass; else
        fail "a program that unpacks has a socket: $(cat out err)"
    fi
else
    skip "a socket for a program that unpacks: no perl"
fi

# Each of the programs unpacks, and packs again, in the sandbox.
for program in gzip zstd xz bzip2; do
    if ! command -v $program >/dev/null 2>&1; then
        skip "files of $program"
        continue
    fi
    $program -qc <page >packed
    dechaff --sandbox=on packed >out 2>err
    dechaff --sandbox=on -i packed 2>>err
    if [ "$(cat out)" = one ] && [ "$($program -qdc <packed)" = one ]; then pass; else fail "$program: $(cat out err)"; fi
done

# So does each that makes text of HTML, whichever way a page declares its charset.
for program in lynx w3m elinks; do
    if ! command -v $program >/dev/null 2>&1; then
        skip "pages by $program"
        continue
    fi
    for declared in 'charset="iso-8859-1"' 'http-equiv=content-type content="text/html; charset=iso-8859-1"'; do
        printf '<!DOCTYPE html>\n<html><head><meta %s></head>\n<body><p>Caf\351 one.</p><p>Share this</p></body></html>\n' \
            "$declared" >page.html
        dechaff --sandbox=on --html=$program page.html >out 2>err
        if [ "$(tr -d ' \n' <out)" = "Caféone." ]; then pass; else fail "$program, $declared: $(cat out err)"; fi
    done
    # GBK, under names that not each of them knows, and what can't be UTF-16.
    for charset in gbk gb18030 gb2312; do
        printf '<!DOCTYPE html>\n<html><head><meta charset="%s"></head><body><p>\326\320\316\304</p></body></html>\n' $charset >page.html
        dechaff --html=$program page.html >out 2>err
        if [ "$(tr -d ' \n' <out)" = 中文 ]; then pass; else fail "$program, $charset: $(cat out err)"; fi
    done
    printf '<!DOCTYPE html>\n<html><head><meta charset="utf-16"></head><body><p>Café</p></body></html>\n' >page.html
    dechaff --html=$program page.html >out 2>err
    if [ "$(tr -d ' \n' <out)" = Café ]; then pass; else fail "$program, utf-16: $(cat out err)"; fi
done

# A page has no other file shown in its place or beside its text.
echo 'A secret.' >secret
cat >page.html <<END
<!DOCTYPE html>
<html><head><meta http-equiv="refresh" content="0; url=file://$PWD/secret"><base href="file://$PWD/"></head>
<body><p>One.</p><iframe src="secret"></iframe><object data="secret" type="text/plain"></object><embed src="secret">
<!--#include file="secret" --><script src="secret"></script><link rel="next" href="secret"></body></html>
END
cat >frames.html <<END
<!DOCTYPE html>
<html><frameset cols="*,*"><frame src="file://$PWD/secret"><frame src="secret"><noframes>One.</noframes></frameset></html>
END
for program in lynx w3m elinks; do
    command -v $program >/dev/null 2>&1 || continue
    for sandbox in on off; do
        dechaff --sandbox=$sandbox --html=$program page.html frames.html >out 2>err
        if [ "$(grep -c 'One\.' out)" = 2 ] && ! grep -q 'A secret' out; then pass; else fail "$program, sandbox $sandbox: $(cat out err)"; fi
    done
done

# The same comes of each with a sandbox and without: output, messages, status, files.
mkdir directory files
printf 'one\nShare this\n' >files/a
cp files/a files/b
ln -s ../files/a directory/link
ln -s gone directory/dangling
cp files/a unreadable
chmod 000 unreadable
mkdir both
alike() { # NAME SCRIPT: shell lines in a directory that is new, where $try is the program
    for sandbox in on off; do
        rm -rf work "both/$sandbox"
        mkdir work
        cp -R directory files work
        cp -p unreadable page work
        try="${WRAPPER:-} $DECHAFF --sandbox=$sandbox"
        export try
        (cd work && sh -c "$2" <page >../out 2>../err; echo "status $?" >../status)
        rm -f work/fifo work/directory/dangling # diff would follow it
        mkdir "both/$sandbox"
        mv work out err status "both/$sandbox"
    done
    if diff -r both/on both/off >difference 2>&1; then pass; else
        fail "$1: $(head -c 400 difference)"
    fi
}
# shellcheck disable=SC2016  # $try is for the inner shell
{
    alike 'packed files' 'gzip -nc files/a >a.gz; gzip -nc page >page.gz; $try a.gz && $try <page.gz && cat page.gz | $try && $try -i.old page.gz
        gzip -dc page.gz'
    alike 'packed output' '$try -o page.gz page && gzip -dc page.gz; rm page.gz; cat page | $try -o /dev/full -'
    alike 'files' '$try files/a files/b'
    alike 'a directory' '$try files/a directory files/b'
    alike 'a missing file' '$try files/a gone gone/gone files/b ""'
    alike 'an unreadable file' '$try files/a unreadable'
    alike 'links' '$try directory/link directory/dangling'
    alike 'a file that comes to be there' 'mkfifo fifo
        { { cat page; cp page late; } >fifo & } && $try fifo late; wait'
    alike 'standard input by its names' '$try /dev/stdin; $try /dev/fd/0 <files/a; $try /proc/self/fd/0 <files/b'
    alike 'a pipe by its name' 'cat page | $try - /dev/fd/0 /dev/stdin'
    alike 'a descriptor' '$try /dev/fd/5 5<files/a'
    alike '-i' '$try -i files/a files/b directory/link'
    alike '-i with backups' '$try -i.old files/a files/b'
    alike '-i of what is no file' '$try -i directory gone /dev/null'
    alike '-o' '$try -o new files/a && $try -o files/b page && $try -o directory/dangling page'
    alike '-o to a device' '$try -o /dev/null files/a; $try -o /dev/full files/a'
    alike '-o to a descriptor' '$try -o /dev/stdout files/a; $try -o /dev/fd/5 files/a 5>five'
    alike '-o to a FIFO' 'mkfifo fifo; cat fifo & $try -o fifo files/a; wait'
    alike '-o that cannot be' '$try -o directory files/a; $try -o gone/new files/a; $try -o files/a/b page'
    alike 'rejects' '$try --rejects=rejects -o new page && $try --restore=rejects new'
    alike 'threads' '$try --format=nul -j 3 --stats page page page'
    alike 'closed descriptors' '$try page <&-; $try -o new page >&- <&-; $try page 2>&-'
    alike 'a closed pipe' 'yes | $try --line-buffered | head -n 1'
    alike 'counts and progress' '$try --stats --progress -r page page'
    alike 'learning' '$try --learn --min-pages=1 --host=a.example --memory=1 files/a page <&-'
    alike 'two sets of rules' '$try --diff=none -j 2 --format=nul files/a page <&-'
    alike 'rules that are checked' '$try --check -r article; $try --list-rules -r none'
}

# Many operands: as many as a command line takes.
awk 'BEGIN { printf "exec \"$DECHAFF\" --sandbox=on -r none"; for (i = 0; i < 100000; i++) printf " %d", i % 100 }' >many.sh
export DECHAFF
if (cd many && sh ../many.sh) >out 2>err; then
    if [ "$(wc -l <out)" -eq 100000 ]; then pass; else fail "100,000 operands: $(wc -l <out) lines"; fi
elif grep -qi 'too long' err; then
    skip 'a command line of 100,000 operands'
else
    fail "100,000 operands: $(head -n 1 err)"
fi

# A million in a list: links among the last ones, and editing in more directories than have rules.
mkdir linked
for name in 0 1 2; do ln -s ../many/$name linked/$name; done
awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "%s/%d%c", (i > 999990 ? "linked" : "many"), i % 3, 0 }' >list
dechaff --sandbox=on -r none --files0-from=list >out 2>err
if [ "$(wc -l <out)" -eq 1000000 ]; then pass; else fail "a million operands: $(head -n 1 err)"; fi
finish
