#!/bin/sh
# manual.sh -- the manual says what the program does: its examples run, and its
# lists of options, verbs, conditions and parameters are the program's own.
. "$(dirname "$0")/../lib.sh"
man=$root/man
mkdir "$scratch/bin" "$scratch/work"
printf '#!/bin/sh\nexec %s "%s" "$@"\n' "${WRAPPER:-}" "$DECHAFF" >"$scratch/bin/dechaff"
chmod +x "$scratch/bin/dechaff"
PATH=$scratch/bin:$PATH

examples() { # MANUAL: the section without its markup
    awk '/^\.Sh/ { inside = /^\.Sh EXAMPLES/ } inside' "$1" | sed 's/\\e/\\/g; s/\\&//g; s/\\-/-/g'
}

# Every line "$ COMMAND" under EXAMPLES, in order, in one directory for each page. What they print, and the files
# they leave, but for pages to look at and reports, is in tests/examples/. What a page's text looks like is its
# converter's: there the article must stay and its share bar go.
cd "$scratch/work" || exit 2
for page in "$man"/*.[1-8]; do
    examples "$page" | sed -n 's/^\$ //p' >"$scratch/commands"
    [ -s "$scratch/commands" ] || continue
    rm -rf "$scratch/work" "$scratch/transcript" && mkdir "$scratch/work" && cd "$scratch/work" || exit 2
    while read -r command <&3; do
        missing=
        for program in $(printf '%s\n' "$command" | sed "s/'[^']*'//g" | tr '|' '\n' | awk '{ print $1 }'); do
            command -v "$program" >/dev/null 2>&1 || missing="$missing $program"
        done
        if [ -n "$missing" ]; then
            skip "${missing# }"
            continue
        elif sh -c "$command" >"$scratch/out" 2>"$scratch/err" </dev/null; then
            pass
        else
            fail "example of $(basename "$page"): $command"
            head -n 5 "$scratch/err"
        fi
        case $command in
        *' | dechaff'*)
            if grep -q 'The oven' "$scratch/out" && ! grep -q 'Share this' "$scratch/out"; then pass; else
                fail "what comes out of an example of $(basename "$page"): $command"
            fi
            ;;
        *)
            printf '$ %s\n' "$command" >>"$scratch/transcript"
            cat "$scratch/out" >>"$scratch/transcript"
            ;;
        esac
    done 3<"$scratch/commands"
    for file in *; do
        case $file in *.html | *.report) continue ;; esac
        printf '== %s\n' "$file" >>"$scratch/transcript"
        cat "$file" >>"$scratch/transcript"
    done
    same "what comes out of the examples of $(basename "$page")" \
        "$root/tests/examples/$(basename "$page").out" "$scratch/transcript"
done

# The rule files shown in dechaff-rules(5) are right and their examples hold.
examples "$man/dechaff-rules.5" | awk '/^\.Bd/ { inside = 1; next } /^\.Ed/ { inside = 0 } inside' >shown.rules
if dechaff --check -r none ./shown.rules >"$scratch/out" 2>&1; then pass; else
    fail 'the example rules of dechaff-rules(5)'
    head -n 10 "$scratch/out"
fi

# Verbs, conditions, arguments and parameters: the rows of the tables in src/rules/syntax.c, as "name:
# help", against the lists of the manual and the line that heads each
# of their paragraphs.
awk '/^const struct syntax_(verb|attribute|parameter) / { inside = 1; next } /^};/ { inside = 0 }
    inside { row = row " " $0 }
    inside && /},$/ { print row; row = "" }' "$root/src/rules/syntax.c" |
    sed -n 's/^ *{"\([a-z-]*\)",.* "\(.*\)"},$/\1: \2/p' | sort >"$scratch/table"
awk '/^\.S[hs]/ { inside = /^\.Ss (Rules|Conditions|Arguments|Parameters)/ }
    /^\.Bl/ { depth++ } /^\.El/ { depth-- }
    inside && depth == 1 && /^\.It Cm/ { name = $3; next }
    name && !/^\./ {
        sub(/[.,]$/, "")
        if ($0 !~ /^N /) $0 = tolower(substr($0, 1, 1)) substr($0, 2)
        print name ": " $0
        name = ""
    }' "$man/dechaff-rules.5" | sort >"$scratch/manual"
same 'the tables of dechaff-rules(5) and of src/rules/syntax.c' "$scratch/manual" "$scratch/table"
if [ "$(grep -c . "$scratch/table")" -ge 25 ]; then pass; else fail 'the tables were not found'; fi

# Ceilings: their names and defaults in the table of src/rules/limits.c.
sed -n 's/^ *\[LIMIT_[A-Z_]*\] = {"\([a-z-]*\)", \([^,]*\),.*/\1 \2/p' "$root/src/rules/limits.c" |
    while read -r name value; do
        echo "$name $(($(echo "$value" | sed 's/UINT64_C(1)/1/; s/u//')))"
    done >"$scratch/table"
awk '/^\.S[hs]/ { inside = /^\.Sh LIMITS/ } !inside { next }
    /^\.It Cm/ { name = $3; next }
    name && match($0, /; [0-9]+[.,]/) { print name, substr($0, RSTART + 2, RLENGTH - 3); name = "" }' \
    "$man/dechaff.1" >"$scratch/manual"
same 'the ceilings of dechaff(1) and of src/rules/limits.c' "$scratch/manual" "$scratch/table"
if [ "$(grep -c . "$scratch/table")" -ge 5 ]; then pass; else fail 'the ceilings were not found'; fi

# Options: those with a paragraph of their own against those of --help.
awk '/^\.Sh/ { inside = /^\.Sh DESCRIPTION/ } /^\.Ss/ { inside = 0 } inside && /^\.It Fl/' "$man/dechaff.1" |
    tr ' ' '\n' | awk 'previous == "Fl" { print "-" $1 } { previous = $1 }' | sort >"$scratch/manual"
dechaff --help | grep -Eo '^ +-.*' | sed 's/   *[^- ].*//' |
    grep -Eo '(^|[ ,])-[A-Za-z]|--[a-z][a-z0-9-]+' | tr -d ' ,' | sort -u >"$scratch/help"
same 'the options of dechaff(1) and of --help' "$scratch/manual" "$scratch/help"

# Each of them is understood: an unknown one would be named in the message.
while read -r option; do
    if dechaff "$option" </dev/null 2>&1 >/dev/null |
        grep -Eq '(unknown|unrecognized|invalid) option'; then
        fail "$option is not understood"
    else
        pass
    fi
done <"$scratch/manual"
finish
