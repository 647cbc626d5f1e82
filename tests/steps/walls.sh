#!/bin/sh
# walls.sh -- the check of the walls between the rooms of src/ finds each kind of fault, in a
# made-up tree; that src/ itself has none is for `make lint`.
. "$(dirname "$0")/../lib.sh"

build() { # a house of four rooms, without a fault
    rm -rf "$scratch/house"
    mkdir -p "$scratch/house/src" && cd "$scratch/house/src" || exit 2
    mkdir base line match regex
    cat >README.md <<'END'
# A house

    filter.c -> match
    match    -> line (line), regex (pattern), base
    line     -> base
    regex    -> base
    base     ->

    match -- is no arrow

What matches is `match/match`, by `regex/pattern`; of `tests/tools` it says nothing.
END
    echo '#include "match/match.h"' >../filter.c
    printf '#include "match/match.h"\n#include "match/state.h"\n' >match/match.c
    printf '#include <stdio.h>\n#include "line/line.h"\n' >match/match.h
    printf '#include "match/match.h"\n#include "regex/pattern.h"\n' >match/state.h
    echo '#include "base/span.h"' | tee line/line.h line/facts.h regex/pattern.h match/lint.c >/dev/null
    printf '#include <pcre2.h>\n#include "regex/pattern.h"\n' >regex/pattern.c
    echo '#include "regex/pattern.h"' >regex/atoms.h
    echo 'struct span;' >base/span.h
}
check() {
    cd "$scratch/house" || exit 2
    # shellcheck disable=SC2046  # the names are words
    awk -f "$root/tests/tools/walls.awk" src/README.md filter.c $(find src -name '*.[ch]' | sort) >../found 2>&1
}
found() { # WHAT FAULT: the tree as it stands has this fault and no other
    if check; then
        fail "$1: not found"
    elif [ "$(cat "$scratch/found")" = "$2" ]; then
        pass
    else
        fail "$1: $(cat "$scratch/found")"
    fi
    build
}
lines() { # NUMBER
    awk -v n="$1" 'BEGIN { while (n-- > 0) print "int x;" }'
}

build
if check; then pass; else fail "a house without a fault: $(cat "$scratch/found")"; fi

build
echo '#include "match/match.h"' >>line/line.h
found 'an include against the arrows' \
    'src/line/line.h:2: the map has no arrow line -> match
a circle: match/match line/line match/match'
echo '#include "line/facts.h"' >>match/match.c
found 'an include beside a narrow arrow' \
    "src/match/match.c:3: the map's arrow match -> line does not name facts"
echo '  #  include "match/state.h"' >>../filter.c
found 'a private header in another room' \
    'filter.c:2: "match/state.h" is for its own room only'
echo '#include "span.h"' >>base/fold.c
found 'a header without its room' \
    'src/base/fold.c:1: "span.h" is no "ROOM/NAME.h" of src/'
echo '#include "base/../base/span.h"' >>base/fold.c
found 'a header by a way around' \
    'src/base/fold.c:1: "base/../base/span.h" is no "ROOM/NAME.h" of src/'
echo 'int x;' >util.c
found 'a file that is in no room' 'src/util.c: not in a room, src/ROOM/'
mkdir base/deep
echo 'int x;' >base/deep/deep.h
found 'a room in a room' 'src/base/deep/deep.h: not in a room, src/ROOM/'
mkdir cellar
echo 'int x;' >cellar/coal.c
found 'a room that is not on the map' 'src/cellar/coal.c: the map has no room cellar'
echo '#include "regex/atoms.h"' >>regex/pattern.c
found 'a circle among files, through a .c' 'a circle: regex/pattern regex/atoms regex/pattern'
sed -i.old 's/base     ->/base     -> line/' README.md
echo '#include "line/facts.h"' >base/fold.c
found 'a circle among rooms' 'a circle: line base line'
echo '#include <pcre2.h>' >>match/match.c
found 'pcre2.h elsewhere' 'src/match/match.c:3: only regex/pattern includes pcre2.h'
sed -i.old 's/^    line .*/&, regex/' README.md
found 'an arrow that nothing needs' 'src/README.md: no file needs the arrow line -> regex'
sed -i.old 's/(line)/(line, facts)/' README.md
found 'a module at an arrow that nothing needs' 'src/README.md: no file needs the arrow match -> line (facts)'
printf '/*\n * fold -- one spelling.\n *\n * Model:     a table. Limits:    none.\n */\n' >base/fold.h
found "a header's part within a line" 'src/base/fold.h:4: a part of the header begins within a line'
lines 501 >base/fold.c
found 'a long file' 'src/base/fold.c: 501 lines, more than 500'
lines 500 >base/fold.c
lines 299 >>../filter.c
found 'a long filter.c' 'filter.c: 300 lines, more than 299'
# shellcheck disable=SC2016  # Markdown
echo '`base/span` is a part of `base/strings`.' >>README.md
found 'a module that is gone' "src/README.md:$(awk 'END { print NR }' README.md): there is no base/strings"
sed -i.old '/->/d' README.md
if check || ! grep -q 'README.md: no map' "$scratch/found"; then fail 'no map: not found'; else pass; fi

build
below=base
for name in one two three four five six seven; do
    mkdir $name
    printf '    %s -> %s\n' $name $below >>README.md
    printf '#include "%s/span.h"\n' $below >$name/span.h
    below=$name
done
if check; then pass; else fail "eight floors: $(cat "$scratch/found")"; fi
cd src || exit 2
mkdir eight
echo '    eight -> seven' >>README.md
echo '#include "seven/span.h"' >eight/span.h
found 'nine floors' 'src/README.md: 9 floors, more than 8'
finish
