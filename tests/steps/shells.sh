#!/bin/sh
# shells.sh -- bash, zsh and fish complete command lines, each by the script that the program prints
# for it; and what is offered is taken.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2
mkdir bin
ln -s "$DECHAFF" bin/dechaff
PATH=$scratch/bin:$PATH
export PATH DECHAFF_RULES="$root/rules"

for shell in bash zsh fish; do
    dechaff --completion=$shell >script.$shell || fail "no completion for $shell"
done

# What stands on a line, and what its last word becomes.
printf '%s\n' '{"id":1,"doc":{"body":"a \"b\": {\"","list":[{"in":"x"}]},"lang" : "de"}' '{"late":"x"}' >page.jsonl
cat >table <<'END'
dechaff --sandb                             --sandbox=
dechaff --no-im                             --no-image
dechaff --bad=dr                            --bad=drop
dechaff --bad dr                            drop
dechaff --explain=h                         --explain=html
dechaff -v --limit=gro                      --limit=growth=
dechaff -r social -r wordpr                 wordpress
dechaff -r non                              none
dechaff --check soci                        social
dechaff -e bloc                             block
dechaff -e bind\ want-more-sub              bind\ want-more-subscribe
dechaff page.jsonl --field=d                --field=doc.body
dechaff page.jsonl --lang-field la          lang
dechaff --learn --by=f                      --by=field:
dechaff -o page.j                           page.jsonl
dechaff page.j                              page.jsonl
END
sed 's/   *[^ ].*//' table >lines
sed 's/.*   *\([^ ]\)/\1/; s/.* \(bind\\ \)/\1/' table >expected

# bash splits words at =, and a file is for readline to find.
cat >complete.bash <<'END'
. ./script.bash
while IFS= read -r line; do
    line=${line//\\ /_}
    line=${line//=/ = }
    read -ra COMP_WORDS <<<"$line"
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    last=${COMP_WORDS[COMP_CWORD]}
    COMP_WORDS[COMP_CWORD]=${last/_/\\ }
    _dechaff dechaff 2>/dev/null
    before=
    [[ $line != *' = '* ]] || before=${COMP_WORDS[COMP_CWORD - 2]}=
    if [[ ${#COMPREPLY[@]} -eq 0 ]]; then COMPREPLY=($(compgen -f -- "$last")); fi
    echo "$before${COMPREPLY[*]}"
done
END
# fish knows that an option wants an argument, and puts the = there itself.
cat >complete.fish <<'END'
source ./script.fish
while read -l line
    complete -C $line | string replace -r '\t.*' '' | string escape | string join ' '
end
END
completed() { # SHELL COMMAND...: as the table says
    shell=$1
    shift
    if ! command -v "$shell" >/dev/null 2>&1; then
        skip "completion in $shell"
        return
    fi
    "$@" <lines >"$shell.out" 2>"$shell.err"
    case $shell in
    zsh) sed -i.old 's/ $//; s/.*[^\\] \([^ ]\)/\1/; s/.* \(bind\\ \)/\1/' zsh.out ;;
    fish) sed -i.old "s/^'bind \(.*\)'\$/bind\\\\ \1/; s/^--sandbox\$/&=/" fish.out ;;
    esac
    same "completion in $shell: $(head -n 1 "$shell.err")" expected "$shell.out"
}
completed bash bash --norc complete.bash
completed zsh zsh -f "$root/tests/tools/complete.zsh" ./script.zsh
completed fish fish --no-config complete.fish

# Each word that is offered is one that the program takes.
sed -n "s/^    .*\(--[a-z0-9-]*\)) .*offers=\\$'\([^']*\)'.*/\1 \2/p" script.bash >offered
while read -r option words; do
    for word in $(printf '%b' "$words"); do
        case $word in *=) word=${word}1 ;; esac
        if dechaff "$option=$word" --version >/dev/null 2>err; then pass; else fail "$option=$word: $(head -n 1 err)"; fi
    done
done <offered
if [ "$(wc -l <offered)" -ge 8 ]; then pass; else fail 'what is offered was not found'; fi
finish
