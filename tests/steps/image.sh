#!/bin/sh
# image.sh -- whether the rules come from an image or from their files, which --no-image reads, may
# never change what comes out; and the images that were built are used, as long as they are right.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2

cat "$root"/tests/sample/*.txt "$root"/tests/cases/*/*.in >text
sed -n 's/^ *[+-] //p' "$root"/rules/*.rules >>text

# A tree as the program is built in.
mkdir -p tree/build home/.config/dechaff
cp "$DECHAFF" tree/dechaff
cp -R "$root/rules" tree/rules
: >tree/filter.c

both() { # ARGUMENT...
    dechaff --no-image "$@" >want 2>want.err
    wanted=$?
    dechaff "$@" >out 2>err
    status=$?
    if [ $status -eq $wanted ] && cmp -s want out && cmp -s want.err err; then pass; else
        fail "dechaff $*: status $status, with --no-image $wanted"
        diff -a want out | head -n 6 | cut -c 1-300
        diff -a want.err err | head -n 6 | cut -c 1-300
    fi
}
for profile in article page; do
    both -r $profile --list-rules
    both -r $profile --check
    both -r $profile -e 'drop /^The/' --list-rules
    for wish in --explain --stats -v --lang=de --host=www.example.com --engine=plain; do
        both -r $profile $wish text
    done
    both -r $profile -e 'drop /^The/' -e 'keep /^Share this$/' --explain text
    # Rules on top of those of an image, and what can't be added there.
    on_top() { # RULES ARGUMENT...
        printf '%s\n' "$1" >mine.rules
        shift
        both -r $profile -r ./mine.rules --list-rules
        both -r $profile -r ./mine.rules --explain --host=www.example.com "$@" text
        both -r $profile -e "$(cat mine.rules)" --explain --lang=de "$@" text
    }
    on_top 'strip /The/ with "An"
drop /^An/
keep /^Share/ name=kept'
    on_top '[host *.example.com]
drop /^The/
strip /a/
[lang de]
drop /^[A-M]/
run lines=2 max-words=4
[]
cut soft /^Comments/ back=2'
    on_top 'drop /^Share/
strip /^\W*The/
pass /^The/ lines=3' --stats
    on_top 'mark prose /^The/
weigh article=2 is=prose
weigh article=-9 gap=1 /a/'
    on_top 'set hold-lines 70
set hold-bytes 70000
block /^The/ until /^$/ lines=9'
    on_top 'set hold-lines 1'
    on_top 'function der die das'
    on_top 'speak 2 hello'
    on_top 'define MINE
    | The
    | An
drop /^{{MINE}}/'
    on_top 'drop /^{{NAV}}/'
    on_top 'bind social'
    on_top 'bind nonesuch'
    on_top 'include cookies
drop /^The/'
    on_top 'include nonesuch'
    on_top 'drop /^The/ name=kept
drop /^An/ name=kept'
    on_top "$(sed -n 's/.*\( name=[a-z-]*\).*/drop \/^The\/\1/p' "$root/rules/social.rules" | head -n 1)"
    on_top '# nothing'
    on_top 'drop /^The(/'
    on_top 'drop (a+)+b'
    both -r $profile -r cookies -r marks --explain text
    both -r $profile -r "$root/rules/cookies.rules" --list-rules
    both -r $profile -r nonesuch text
    both -r cookies -r $profile --list-rules
    both -e 'drop /^The/' -r $profile --list-rules
    both -r $profile -r /dev/null -e 'drop /^The/' text
    mkfifo pipe.rules
    for wish in --no-image ''; do
        echo 'drop /^The/' >pipe.rules &
        dechaff $wish -r $profile -r ./pipe.rules text >out.$wish 2>err
        wait
    done
    same 'rules from a pipe' out.--no-image out.
    for wish in --no-image ''; do
        echo 'drop /^The/' >pipe.rules &
        dechaff $wish -r $profile -e 'include ./pipe.rules' -e 'bind social' text >in.$wish 2>err
        wait
    done
    same 'rules that an -e includes from a pipe' in.--no-image in.
    if [ -s out. ] && ! grep '^The' out.; then pass; else fail 'rules from a pipe: not applied'; fi
    rm pipe.rules
    both -r $profile --limit=rules=1 text
    both -r $profile --limit=rules=1M text
    for page in "$root"/tests/pages/own/*/*.txt; do
        both -r $profile "$page"
    done
done
both --stats text

if OPTIONS=--no-image sh "$root/tests/steps/cases.sh" >log 2>&1; then pass; else
    fail 'cases with --no-image'
    cat log
fi

# Whether PROGRAM has the image in its memory once it has written the first lines, of more than it may
# hold of a page.
mkfifo in out.fifo
has_image() { # IMAGE PROGRAM ARGUMENT...
    wish=$1
    shift
    "$@" --line-buffered <in >out.fifo 2>/dev/null 3>&- 4<&- &
    program=$!
    exec 3>in 4<out.fifo
    awk 'BEGIN { for (i = 0; i < 60000; i++) print "Line " i " says a thing." }' >&3 2>/dev/null 4<&- &
    read -r first <&4
    grep -q "/$wish\$" "/proc/$program/maps"
    found=$?
    [ -n "$first" ] || fail "$*: nothing came out"
    exec 3>&- 4<&-
    wait
    return $found
}
if [ ! -e /proc/self/maps ]; then
    skip '/proc'
elif [ ! -s "$BUILD/page.image" ]; then
    skip 'images in this build'
else
    cp "$BUILD"/*.image tree/build
    expect() { # STATUS IMAGE ARGUMENT...
        wanted=$1 image=$2
        shift 2
        has_image "$image" "$@"
        status=$?
        if [ $status -eq "$wanted" ]; then pass; else fail "$*: $image: $status"; fi
    }
    expect 0 article.image tree/dechaff
    expect 0 page.image tree/dechaff -r page
    expect 1 article.image tree/dechaff --no-image
    expect 1 article.image tree/dechaff --limit=rules=1M
    # With a rule on top the profile's regexes are known; without a profile no memory is taken.
    expect 0 article.image tree/dechaff -e 'drop /^The/'
    expect 0 page.image tree/dechaff -r marks -r page
    expect 1 page.image tree/dechaff -r page -e 'drop /^The/' --no-image
    expect 1 page.image tree/dechaff -r page -e 'drop /^The/' --limit=rules=1M
    expect 1 article.image tree/dechaff -r marks -e 'drop /^The/'
    tree/dechaff text >usual
    loaded() { # other rules than usual, although their regexes are known
        tree/dechaff text >out 2>/dev/null
        tree/dechaff --no-image text >want 2>/dev/null
        same 'a rule file that is not as the image has it' want out
        if cmp -s usual out; then fail 'a rule file that changes nothing'; else pass; fi
    }
    # With a seal the rule files, a megabyte, are not read; without one, or with one that is not of this
    # image and these files, they are.
    reads() { # WANTED ARGUMENT...: `files`, or `none` of them
        wanted=$1
        shift
        # shellcheck disable=SC2016
        bytes=$(sh -c '"$@" >out && sed -n "s/^rchar: //p" "/proc/$$/io"' sh "$@" </dev/null)
        if [ "$bytes" -lt 400000 ]; then found=none; else found=files; fi
        if [ "$found" = "$wanted" ]; then pass; else fail "$*: $bytes bytes read"; fi
    }
    seal() { tree/dechaff -r page --write-image=tree/build/page.image; }
    if [ -r /proc/self/io ]; then
        reads files tree/dechaff -r page
        tree/dechaff -r page text >usual.page
        seal
        reads none tree/dechaff -r page
        cp tree/build/page.image.seal seal
        : >tree/build/page.image.seal
        reads files tree/dechaff -r page
        head -c 1000 seal >tree/build/page.image.seal
        reads files tree/dechaff -r page
        cat seal >tree/build/page.image.seal
        reads none tree/dechaff -r page
        chmod g+w tree/build/page.image.seal
        reads files tree/dechaff -r page
        seal
        reads none tree/dechaff -r page
        # The same bytes in another file
        cp -p tree/build/page.image copy
        mv copy tree/build/page.image
        reads files tree/dechaff -r page
        # Other bytes of the same length and time
        seal
        reads none tree/dechaff -r page
        cp -p tree/rules/social.rules was
        LC_ALL=C awk 'NR == 1 { $0 = sprintf("%-*s", length($0), "drop /^The/") } { print }' was >tree/rules/social.rules
        touch -r was tree/rules/social.rules
        tree/dechaff -r page text >out
        tree/dechaff -r page --no-image text >want
        same 'a rule file of the same size and time' want out
        if cmp -s usual.page out; then fail 'the rule file says the same'; else pass; fi
        mv was tree/rules/social.rules
        cp "$BUILD/page.image" tree/build
    else
        skip 'the bytes that a process read'
    fi

    # A rule file of the user, first one that article does not include.
    export XDG_CONFIG_HOME="$scratch/home/.config"
    echo '# mine' >home/.config/dechaff/marks.rules
    expect 0 article.image tree/dechaff
    echo '# mine' >home/.config/dechaff/social.rules
    loaded
    cp "$root/rules/social.rules" home/.config/dechaff
    expect 0 article.image tree/dechaff
    XDG_CONFIG_HOME=/nonexistent
    echo 'drop /^The/' >>tree/rules/social.rules
    loaded
    cp "$root/rules/social.rules" tree/rules
    expect 0 article.image tree/dechaff
    cp tree/build/page.image tree/build/article.image
    tree/dechaff text >out
    tree/dechaff --no-image text >want
    same 'the image of another profile' want out

    # Who has mapped an older image keeps its bytes.
    echo older >new.image
    ln new.image kept
    if dechaff --write-image=new.image && [ "$(cat kept)" = older ]; then pass; else fail 'an older image was written over'; fi
    rm new.image

    # It is the same bytes, whatever directory it is made in.
    if (cd tree && DECHAFF_RULES=rules ./dechaff -r page --write-image=../again.image) &&
        cmp again.image "$BUILD/page.image"; then pass; else fail 'another directory, another image'; fi

    # What no image can be made of.
    refuse() { # MESSAGE ARGUMENT...
        message=$1
        shift
        dechaff "$@" >out 2>err
        status=$?
        if [ $status -eq 2 ] && [ ! -s out ] && [ ! -e new.image ] && grep -q "$message" err; then
            pass
        else
            fail "dechaff $*: status $status"
            cat err
        fi
    }
    refuse 'of one name' --write-image=new.image -e 'drop /x/'
    refuse 'of one name' --write-image=new.image -r article -r marks
    refuse 'by their names' --write-image=new.image -r "$root/rules/marks.rules"
    refuse 'by their names' --write-image=new.image -r none
    refuse 'No such file' --write-image=nowhere/new.image
    refuse 'no rules named' --write-image=new.image -r nonesuch
fi
finish
