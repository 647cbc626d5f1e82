#!/bin/sh
# editors.sh -- Vim and VS Code know the words of the rule language, all of them and no others, and
# take a rule file apart as it is meant: tests/editors/ has a sample and what they make of it. New words
# are put in by `make words`.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2
vim=$root/src/packaging/vim vscode=$root/src/packaging/vscode

# The words of a table in src/rules/syntax.c, and those of an expression, between the bars in its first
# group with more than five of them.
words() { # TABLE
    awk -v "table=^const struct syntax_$1 " '/^};/ { inside = 0 } inside; $0 ~ table { inside = 1 }' "$root/src/rules/syntax.c" |
        sed -n 's/^ *{"\([a-z0-9-]*\)".*/\1/p' | sort
}
alternatives() {
    tr -d '\\%' | grep -Eo '[(]([a-z0-9-]+[|]){5,}[a-z0-9-]+[)]' | head -n 1 | tr -d '()' | tr '|' '\n' | sort
}
words verb >verbs
words attribute >attributes
words parameter >parameters
for table in verbs attributes parameters; do
    if [ "$(grep -c . $table)" -ge 5 ]; then pass; else fail "the table of $table was not found"; fi
done
grep 'match *dechaffVerb' "$vim/syntax/dechaff.vim" | alternatives >found
same 'verbs of the Vim syntax' verbs found
sed "s/'/(/; s/'\$/)/" "$vim/ftdetect/dechaff.vim" | grep 'let l:verbs' | alternatives >found
same "verbs of Vim's detection" verbs found
grep 'match *dechaffCondition' "$vim/syntax/dechaff.vim" | alternatives >found
same 'conditions of the Vim syntax' attributes found
sed -n 's/^syn keyword dechaffParameter contained //p' "$vim/syntax/dechaff.vim" | tr ' ' '\n' | sort >found
same 'parameters of the Vim syntax' parameters found
grammar=$vscode/dechaff.tmLanguage.json
grep '"begin": "^\\\\s\*(drop' "$grammar" | alternatives >found
same 'verbs of the grammar for VS Code' verbs found
grep '"match": "(?<=\\\\s)(min-words' "$grammar" | alternatives >found
same 'conditions of the grammar for VS Code' attributes found
grep '"begin": "^\\\\s\*(set)' "$grammar" | alternatives >found
same 'parameters of the grammar for VS Code' parameters found
sed -n 's/^VERSION *= *//p' "$root/Makefile" >version
sed -n 's/.*"version": "\(.*\)".*/\1/p' "$vscode/package.json" >found
same 'the version of the extension for VS Code' version found

# What they make of the sample.
if vim --version 2>/dev/null | grep -q '+syntax'; then
    TOKENS=$scratch/tokens vim -es -u NONE -i NONE -N -c "set runtimepath^=$vim" -c 'syntax on' -c 'filetype on' \
        -c "edit $root/tests/editors/sample.rules" -c "source $root/tests/tools/groups.vim" </dev/null >err 2>&1
    same 'the sample in Vim' "$root/tests/editors/vim.out" tokens
    for rule in 'drop /^Share this$/' 'drop max-words=4 /^Share this$/i' 'drop end=no /x/ # y'; do
        echo "$rule" >one.rules
        if vim -es -u NONE -i NONE -N -c "set runtimepath^=$vim" -c 'filetype on' -c 'edit one.rules' \
            -c 'if &filetype !=# "dechaff" | cquit | endif' -c 'qall!' </dev/null >err 2>&1; then pass; else
            fail "a rule file in Vim: $rule"
        fi
    done
    printf 'drop tcp any any -> any 80 (msg:"a/b"; sid:1;)\n' >snort.rules
    printf '# udev\n\nKERNEL=="sd*", RUN+="/bin/true"\n' >udev.rules
    for other in snort udev; do
        if vim -es -u NONE -i NONE -N -c "set runtimepath^=$vim" -c 'filetype on' -c "edit $other.rules" \
            -c 'if &filetype ==# "dechaff" | cquit | endif' -c 'qall!' </dev/null >err 2>&1; then pass; else
            fail "$other's rules in Vim"
        fi
    done
else
    skip 'the Vim syntax'
fi
if command -v node >/dev/null 2>&1 &&
    node "$root/tests/tools/tokens.js" "$grammar" "$root/tests/editors/sample.rules" >tokens 2>err; then
    same 'the sample in VS Code' "$root/tests/editors/vscode.out" tokens
elif [ -s err ]; then
    fail "the sample in VS Code: $(head -n 1 err)"
else
    skip "VS Code's grammar (vscode-textmate, vscode-oniguruma)"
fi
finish
