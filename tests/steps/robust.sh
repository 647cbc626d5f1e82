#!/bin/sh
# robust.sh -- rules, inputs and outputs that are wrong: a clear message, the
# right status, and nothing lost.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2

try() { # ARGUMENT...: standard input as it is
    dechaff "$@" >out 2>err
    status=$?
}
# NAME STATUS MESSAGE EXPECTED: MESSAGE is an extended regular expression or
# empty for none, EXPECTED a file.
judge() {
    wrong=
    [ $status -eq "$2" ] || wrong="status $status instead of $2; "
    if [ -z "$3" ]; then
        [ ! -s err ] || wrong="${wrong}something on standard error; "
    else
        grep -Eq -e "$3" err || wrong="${wrong}no message like /$3/; "
    fi
    cmp -s "$4" out || wrong="${wrong}the output differs; "
    if [ -z "$wrong" ]; then pass; else
        fail "$1: $wrong"
        head -n 5 err | cut -c 1-300
        cmp "$4" out 2>&1 | head -n 3
    fi
}
refused() { # NAME MESSAGE: rules that are wrong, so not a byte is read or written
    judge "$1" 2 "$2" /dev/null
}

printf 'one\ntwo\nthree\n' >three
: >empty

# Rule files.
try -r ./gone.rules <three
refused 'rule file missing' 'gone\.rules: .*[Nn]o such file'
try -r no-such-pack <three
refused 'pack missing' "no-such-pack"
mkdir directory.rules
try -r ./directory.rules <three
refused 'rule file is a directory' 'directory\.rules: .*directory'
: >empty.rules
try -r ./empty.rules <three
judge 'rule file empty' 0 'empty\.rules: warning: .*no rules' three
printf 'drop /caf\351/\n' >latin1.rules
try -r ./latin1.rules <three
refused 'rule file not UTF-8' '^\./latin1\.rules:1:10: error: .*UTF-8'
printf 'drop /two/\r\n\r\n# a comment\r\nkeep /^one$/\r\n' >crlf.rules
printf 'one\nthree\n' >expected
try -r ./crlf.rules <three
judge 'rule file with CRLF' 0 '' expected
printf '\357\273\277drop /two/\n' >bom.rules
try -r ./bom.rules <three
judge 'rule file with a byte order mark' 0 '' expected
printf 'drop /two/' >unended.rules
try -r ./unended.rules <three
judge 'rule file without a last newline' 0 '' expected
printf 'drop /two/\000\n' >nul.rules
try -r ./nul.rules <three
refused 'rule file with NUL' '^\./nul\.rules:1:[0-9]+: error: '
head -c 3000000 /dev/zero | tr '\0' a >long.rules
try -r ./long.rules <three
refused 'rule file of one long line' '^\./long\.rules:1:[0-9]+: error: '
if [ "$(id -u)" -ne 0 ]; then
    printf 'drop /two/\n' >unreadable.rules
    chmod 000 unreadable.rules
    try -r ./unreadable.rules <three
    refused 'rule file unreadable' 'unreadable\.rules: .*[Pp]ermission denied'
elif command -v setpriv >/dev/null && chmod 711 "$scratch" &&
    setpriv --reuid=65534 --regid=65534 --clear-groups "$DECHAFF" --version >/dev/null 2>&1; then
    printf 'drop /two/\n' >unreadable.rules
    chmod 600 unreadable.rules
    ${WRAPPER:-} setpriv --reuid=65534 --regid=65534 --clear-groups \
        "$DECHAFF" -r ./unreadable.rules <three >out 2>err
    status=$?
    refused 'rule file unreadable' 'unreadable\.rules: .*[Pp]ermission denied'
else
    skip 'an unreadable rule file, for root reads everything'
fi

wrong() { # NAME MESSAGE RULES: the message follows FILE:LINE:COLUMN, caret and all
    printf '%s\n' "$3" >wrong.rules
    try -r ./wrong.rules <three
    refused "$1" "^\\./wrong\\.rules:$2"
    if grep -Eq '^ *\^' err; then pass; else fail "$1: no caret under the source line"; fi
}
wrong 'bad regex' '1:[0-9]+: error: ' 'drop /a(b/'
wrong 'bad regex, quantifier' '1:[0-9]+: error: ' 'drop /*a/'
wrong 'regex without an end' '1:[0-9]+: error: ' 'drop /abc'
wrong 'unknown verb' '2:1: error: .*remove' '# a comment
remove /x/'
wrong 'unknown flag' '1:9: error: ' 'drop /x/q'
wrong 'unknown condition' '1:6: error: .*max-wrods' 'drop max-wrods=3 /x/'
wrong 'condition without a number' '1:[0-9]+: error: ' 'drop max-words= /x/'
wrong 'condition with a wrong number' '1:[0-9]+: error: ' 'drop max-words=many /x/'
wrong 'condition with a huge number' '1:[0-9]+: error: ' 'drop max-words=99999999999999999999999 /x/'
wrong 'condition with a wrong word' '1:[0-9]+: error: ' 'drop end=riddle /x/'
wrong 'define missing' '1:[0-9]+: error: .*NOWHERE' 'drop /{{NOWHERE}}/'
wrong 'define in itself' '[12]:[0-9]+: error: ' 'define A /{{A}}/
drop /{{A}}/'
wrong 'verb without a regex' '1:[0-9]+: error: ' 'drop max-words=3'
wrong 'run without a number' '1:[0-9]+: error: ' 'run /x/'
wrong 'block without a bound is fine, with text after it is not' '1:[0-9]+: error: ' 'block /x/ until'
wrong 'strip with something else' '1:[0-9]+: error: ' 'strip /x/ by "y"'
wrong 'unknown parameter' '1:[0-9]+: error: ' 'set no-such-parameter 3'
wrong 'unknown section' '1:[0-9]+: error: ' '[site example.com]'
wrong 'section without an end' '1:[0-9]+: error: ' '[host example.com'
wrong 'example without a rule' '1:[0-9]+: error: ' '    + Share this'
wrong 'include missing' '1:[0-9]+: error: .*no-such-pack' 'include no-such-pack'
wrong 'head without a bound' '1:[0-9]+: error: .*first=N' 'head /x/'
printf 'drop /a(/\nfrob /x/\ndrop /fine/\ndrop nope=1 /x/\n' >many.rules
try -r ./many.rules <three
refused 'all errors in one run' '^\./many\.rules:4:'
if [ "$(grep -c ': error: ' err)" -eq 3 ]; then pass; else fail 'not all errors in one run'; fi

printf 'include ./loop-b.rules\n' >loop-a.rules
printf 'drop /x/\ninclude ./loop-a.rules\n' >loop-b.rules
try -r ./loop-a.rules <three
refused 'include loop' 'loop-[ab]\.rules:[12]:[0-9]+: error: .*(loop|itself)'
printf 'include ./loop-self.rules\n' >loop-self.rules
try -r ./loop-self.rules <three
refused 'include of itself' 'loop-self\.rules:1:[0-9]+: error: '
i=0
while [ $i -lt 200 ]; do
    printf 'include ./deep-%d.rules\n' $((i + 1)) >deep-$i.rules
    i=$((i + 1))
done
printf 'drop /two/\n' >deep-200.rules
try -r ./deep-0.rules <three
case $status in
0) judge 'include 200 deep' 0 '' expected ;;
*) refused 'include 200 deep' ': error: ' ;;
esac

# Usage.
for option in --no-such-option -Z --engine=fast --max-line=0x --max-line=-1 --buffer-size=0 \
    --max-line=99999999999999999999999 --buffer-size=99999999999999999999 --buffer-size= \
    --format=json --bad=ok --jobs=two --jobs=1025 -jx --max-drop=101 --max-drop=nan --max-drop=-1 \
    --field=a..b --field=.. --field= --url-field=a. --host-field=a. --by=field --stats=xml \
    --explain=xml --max-document=0; do
    try "$option" <three
    refused "$option" '^dechaff: '
done
contradiction() { # MESSAGE ARGUMENT...
    message=$1
    shift
    try "$@" <three
    refused "$*" "^dechaff: .*$message"
}
contradiction '-v can.t go with --rejects' -v --rejects=r
contradiction '--explain can.t go with --rejects' --explain --format=jsonl --annotate=gone
contradiction '-v can.t go with' -v --max-drop=3
contradiction 'annotate is for JSON lines' --annotate=gone three
contradiction 'takes one file' -i --rejects=r three three
contradiction 'name another file' -i --rejects=./three three
contradiction 'name another file' -o new --rejects=new
contradiction 'takes one file' --restore=r three three
if [ "$(cat three)" = "$(printf 'one\ntwo\nthree')" ] && [ ! -e r ]; then pass; else
    fail 'a refused run has written something'
fi
try -r <three
refused 'option without its argument' '^(dechaff|.*/dechaff): '

# What was held when one file's writing failed does not come out of the next one.
awk 'BEGIN { for (i = 0; i < 90000; i++) print "word " i % 7 }' >long.txt
printf 'small\n' >small.txt
cp long.txt long.old
(
    # shellcheck disable=SC2064,SC3047,SC3045  # where it has them; else nothing fails
    trap '' XFSZ
    ulimit -f 64
    dechaff -e 'cut back=9 /never/' -i long.txt small.txt >out 2>err
)
status=$?
if [ $status -eq 2 ]; then
    judge 'a file too large' 2 'long\.txt: File too large' empty
    cmp -s long.txt long.old || fail 'a file too large: it is changed'
    [ "$(cat small.txt)" = small ] || fail 'lines of one file came out of the next'
else
    skip 'a file too large, for none is here'
fi

# Outputs.
if [ -e /dev/full ]; then
    dechaff -r none <three >/dev/full 2>err
    status=$? && : >out
    judge 'full disk' 2 '^dechaff: .*[Nn]o space left' empty
    for option in --help --version --list-rules '-r none --explain' '-r none --line-buffered'; do
        # shellcheck disable=SC2086
        dechaff $option <three >/dev/full 2>err
        status=$?
        judge "full disk, $option" 2 '^dechaff: .*[Nn]o space left' empty
    done
    # Nothing can be said here but by the status.
    { cat three; head -c 2000 /dev/zero | tr '\0' x; } >unreported
    for option in --stats --stats=json '--stats -o out.full' --max-line=1000; do
        # shellcheck disable=SC2086
        dechaff -r none $option unreported >out 2>/dev/full
        status=$?
        : >err
        case $option in *-o*) cp out.full out ;; esac
        judge "full disk for standard error, $option" 2 '' unreported
    done
    dechaff -r ./empty.rules three >out 2>/dev/full
    status=$?
    judge 'full disk for a warning' 2 '' three
    dechaff -r none --stats three >out 2>&-
    status=$?
    judge 'counts with standard error closed' 2 '' three
    try -r none -o /dev/full three
    judge 'full disk, -o' 2 '^dechaff: .*[Nn]o space left' empty
else
    skip '/dev/full: not here'
fi
: >out
dechaff -r none <three >&- 2>err
status=$?
judge 'standard output closed' 2 '^dechaff: ' empty
dechaff -r none <&- >out 2>err
status=$?
judge 'standard input closed' 2 '^dechaff: ' empty
dechaff -r ./gone.rules <three >out 2>&-
status=$?
: >err
judge 'standard error closed' 2 '' empty

# A pipe that closes: quiet, and soon.
yes | { dechaff -r none 2>err; echo $? >status; } | head -c 100000 >/dev/null
if [ -s err ]; then fail "closed pipe: $(head -n 1 err)"; else pass; fi
case $(cat status) in
141 | 2) pass ;;
*) fail "closed pipe: status $(cat status)" ;;
esac
yes | { (trap '' PIPE && dechaff -r none 2>err); echo $? >status; } | head -c 100000 >/dev/null
if [ "$(cat status)" -eq 2 ] && [ ! -s err ]; then pass; else
    fail "closed pipe, SIGPIPE ignored: status $(cat status), $(head -n 1 err)"
fi

# Inputs.
mkdir directory
try -r none three directory three
cat three three >expected
judge 'input is a directory, the others are read' 2 '^dechaff: directory: .*directory' expected
try -r none three gone.txt three
judge 'input is missing, the others are read' 2 '^dechaff: gone\.txt: .*[Nn]o such file' expected
try -r none <directory
judge 'standard input is a directory' 2 '^dechaff: .*directory' empty

bytes() { # NAME TEXT-FILE: nothing drops here, so it comes out as it went in
    try -r ./fine.rules <"$2"
    judge "$1" 0 '' "$2"
}
printf 'drop /^gone$/\nstrip /zzz/\ncut /^the very end$/\nblock /^open$/ until /^close$/\nrun 3 /^item$/\n' >fine.rules
printf 'a\000b\n\000\n\000\000c' >input
bytes 'NUL bytes' input
printf 'one\ntwo' >input
bytes 'no newline at the end' input
printf 'one\r\ntwo\r\n\r\nthree\r' >input
bytes 'CRLF' input
printf '\n\n\n' >input
bytes 'blank lines only' input
: >input
bytes 'empty input' input
printf 'a\377\376\000\n\300\200 \355\240\200 \364\220\200\200\n' >input
bytes 'not UTF-8' input
printf 'one\nopen\ntwo\n\nthree\n' >input
bytes 'unclosed block' input
printf 'one\nitem\nitem' >input
bytes 'run too short at the end' input
printf 'gone\r\none\r\ngone' >input
printf 'one\r\n' >expected
try -r ./fine.rules <input
judge 'rules see no line ending' 0 '' expected
awkward_text >input
bytes 'awkward text' input

# A regex that backtracks without end: bounded, kept, reported once per rule.
head -c 50000 /dev/zero | tr '\0' a >line
{ cat line; echo '!'; echo fine; cat line; echo '!'; } >input
try -e 'drop /(a+)+$/' -r none <input
judge 'hostile line' 1 'limit' input
if [ "$(grep -c 'limit' err)" -eq 1 ]; then pass; else fail 'match limit not reported exactly once'; fi
printf 'drop /^(([a-z])+.)+[A-Z]([a-z])+$/\nstrip /(x+x+)+y/\nkeep /(a|aa)+$/\nblock /(a*)*b/ until /c/\n' >hostile.rules
try -r ./hostile.rules <input
judge 'hostile line, other verbs' 1 'limit' input

# An over-long line.
{ echo one; head -c 100000 /dev/zero | tr '\0' x; echo; echo two; } >input
{ echo one; head -c 100000 /dev/zero | tr '\0' x; echo; } >expected
try -e 'drop /x|two/' -r none --max-line=1000 <input
judge 'line over the limit' 1 '(longer|over|limit)' expected

# -r none is cat.
head -c 10000000 /dev/urandom >random
dechaff -r none <random >out 2>err
status=$?
case $status in
0) judge '-r none, random bytes' 0 '' random ;;
*) judge '-r none, random bytes' 1 '(longer|over|limit)' random ;;
esac
cmp -s random out || cp random "$BUILD/random-failed"
if [ -n "$shared" ]; then
    for file in "$shared"/json/*; do
        [ -f "$file" ] || continue
        dechaff -r none <"$file" >out 2>err
        status=$?
        judge "-r none, $file" 0 '' "$file"
    done
else
    skip '../shared'
fi

# -i: all of the new text or all of the old; mode kept; the old text kept with a suffix.
printf 'drop /two/\n' >two.rules
printf 'one\nthree\n' >expected
: >out
place() { # starts anew
    chmod -R u+rwx place 2>/dev/null
    rm -rf place
    mkdir place
    cp three place/file
    chmod 640 place/file
}
mode() {
    # shellcheck disable=SC2012  # portable, and the name is known
    ls -l "$1" | cut -c 1-10
}
check_place() { # NAME EXPECTED-FILE FILES...
    wrong=
    cmp -s "$2" place/file || wrong='wrong content; '
    [ "$(mode place/file)" = -rw-r----- ] || wrong="${wrong}mode $(mode place/file); "
    name=$1
    shift 2
    # shellcheck disable=SC2012  # the names are known
    [ "$(ls -A place | tr '\n' ' ')" = "$* " ] || wrong="${wrong}files: $(ls -A place)"
    if [ -z "$wrong" ]; then pass; else fail "$name: $wrong"; fi
}
place
try -r ./two.rules -i place/file
judge '-i' 0 '' empty
check_place '-i' expected file
place
try -r ./two.rules -i.bak place/file
judge '-i.bak' 0 '' empty
check_place '-i.bak' expected file file.bak
same '-i.bak: the old text' three place/file.bak
place
try -r ./gone.rules -i place/file
refused '-i with wrong rules' 'gone\.rules'
check_place '-i with wrong rules' three file
place
try -r ./two.rules -i place/gone place/file
judge '-i, one file missing' 2 '^dechaff: place/gone: ' empty
check_place '-i, one file missing' expected file
place
try -r ./two.rules -i place
judge '-i of a directory' 2 '^dechaff: place: .*directory' empty
check_place '-i of a directory' three file
place
ln -s file place/link
try -r ./two.rules -i place/link
judge '-i through a link' 0 '' empty
check_place '-i through a link' expected file link
if [ -L place/link ]; then pass; else fail '-i replaced the link'; fi
for option in '-o other' -v --explain; do
    place
    # shellcheck disable=SC2086
    try -r ./two.rules -i $option place/file
    refused "-i with $option" '^dechaff: '
    check_place "-i with $option" three file
done
try -r ./two.rules -i <three
refused '-i without a file' '^dechaff: '
place
try -r ./two.rules -o place/file three
judge '-o' 0 '' empty
check_place '-o' expected file
place
try -r ./two.rules -o place/file place/file
judge '-o onto the input' 0 '' empty
check_place '-o onto the input' expected file
place
try -r ./two.rules -o place/file place/gone
judge '-o, input missing' 2 '^dechaff: place/gone: ' empty
check_place '-o, input missing' three file

# Only what was open before lies in the current directory: not all of /dev does.
if [ -d /dev/shm ] && place=$(mktemp -d /dev/shm/dechaff.XXXXXX 2>/dev/null); then
    echo 'drop /Share/' >"$place/beside"
    echo "include $place/beside" >"$place/main"
    try -r "$place/main" three
    judge 'rules in /dev/shm include' 0 '' three
    echo "include $PWD/three" >"$place/main"
    try -r "$place/main" three
    judge 'rules in /dev/shm reach no further' 2 'not a regular file on the search path' empty
    rm -r "$place"
else
    skip '/dev/shm'
fi

# Descriptors that somebody else set not to wait, as GNU's dd does here, are waited for: more than a
# pipe holds, for one who reads byte by byte.
awk 'BEGIN { for (i = 0; i < 3000; i++) print "dorp /a word of the line that is not right/" }' >wrong.rules
awk 'BEGIN { for (i = 0; i < 3000; i++) print "drop /a word of the line that is right/" }' >right.rules
unwaiting() { # ARGUMENT...: what goes to standard output and error
    dechaff "$@" >wanted 2>&1
    wanted=$?
    { dd if=/dev/null oflag=nonblock 2>/dev/null; dechaff "$@" 2>&1; echo $? >status; } |
        while read -r line; do printf '%s\n' "$line"; done >out
    if [ "$(cat status)" -eq $wanted ] && [ "$(wc -l <out)" -eq "$(wc -l <wanted)" ]; then
        pass
    else
        fail "a descriptor that must not wait: $*: status $(cat status)"
    fi
}
unwaiting -r ./right.rules --list-rules
unwaiting -r ./wrong.rules

# Time is linear in the text: what was quadratic in lines of a million bytes took minutes.
endless() { # NAME BEFORE UNIT AFTER: UNIT as often as a million bytes hold, all by printf
    { printf %b "$2" && awk -v unit="$3" 'BEGIN { for (i = 1000000 / length(unit); i > 0; i--)
        printf "%s", unit }' && printf '%b\n' "$4"; } >line
    for profile in article page; do
        # shellcheck disable=SC3045  # as in lib.sh
        (ulimit -t 20 && dechaff -r "$profile" line >out 2>err)
        if [ $? -lt 128 ]; then pass; else fail "$1: -r $profile is without an end"; fi
    done
}
endless star '' '*' ''
endless zh '' '次の' ''
endless caption '' '[/caption]' 'x\377'
endless strip-invalid '' '(Photo: ab) ' '\377'
endless submitted-photo '' '(' ' submitted photo x'
endless rights '' '©*' 'tutti i diritti riservati'
endless dashes '' '-' '.com'
endless date-in-words '' ' ' 'published yesterday x'
endless copyright '' ' ' '(c) 19'

# And in the rules: this took a minute and more.
awk 'BEGIN { for (i = 0; i < 500000; i++) printf "define NAME-%d /word/\n", i; print "drop /^Share/" }' >many.rules
# shellcheck disable=SC3045  # as in lib.sh
(ulimit -t 20 && dechaff -r ./many.rules three >out 2>err)
if [ $? -lt 128 ]; then pass; else fail 'many defines are without an end'; fi

# A whole page and no profile for one: told where somebody sits at a terminal, and there alone.
if script -qec true /dev/null </dev/null >out 2>&1; then
    awk 'BEGIN { for (i = 0; i < 40; i++) print "Menu " i; for (i = 0; i < 9; i++) print "One of the lines of an article." }' >page
    told() { # TIMES ARGUMENTS: so often in a run whose standard error is a terminal
        script -qec "${WRAPPER:-} $DECHAFF $2 >/dev/null; echo status \$?" /dev/null </dev/null >out 2>&1
        if [ "$(grep -c 'it looks like a whole page.*-r page' out)" -eq "$1" ] && grep -q 'status 0' out; then pass; else
            fail "the remark on a page, $2: $(cat out)"
        fi
    }
    told 1 page
    told 1 "-e 'drop /x/' three page"
    told 1 '--explain page'
    told 0 three
    told 0 '-r article page'
    told 0 '-r page -q page'
    told 0 '-q page'
    told 0 'page 2>err'
    if [ ! -s err ]; then pass; else fail "the remark on a page, not to a terminal: $(cat err)"; fi
else
    skip 'a terminal: script'
fi
finish
