#!/bin/sh
# editor-words.sh -- write the words of the tables in src/rules/syntax.c into what Vim and VS Code know
# of the rule language: `make words`, after a new verb, condition or parameter.
set -eu
cd "$(dirname "$0")/../.."
words() { # TABLE
    awk -v "table=^const struct syntax_$1 " '/^};/ { inside = 0 } inside; $0 ~ table { inside = 1 }' src/rules/syntax.c |
        sed -n 's/^ *{"\([a-z0-9-]*\)".*/\1/p'
}
verbs=$(words verb | paste -s -d '|' -)
conditions=$(words attribute | paste -s -d '|' -)
parameters=$(words parameter | paste -s -d '|' -)

# A list of more than five words with bars between them, as each of the two writes it.
plain='[a-z0-9-]*\(|[a-z0-9-]*\)\{5,\}'
barred='[a-z0-9-]*\(\\|[a-z0-9-]*\)\{5,\}'
edit() { # FILE COMMAND...
    file=$1
    shift
    sed "$@" "$file" >"$file.new"
    if cmp -s "$file" "$file.new"; then rm "$file.new"; else mv "$file.new" "$file"; fi
}
vim() { # WORDS, for the right side of a command
    printf '%s' "$1" | sed 's/|/\\\\|/g'
}
edit src/packaging/vim/syntax/dechaff.vim \
    -e "/match *dechaffVerb /s/$barred/$(vim "$verbs")/" \
    -e "/match *dechaffCondition /s/$barred/$(vim "$conditions")/" \
    -e "s/^\(syn keyword dechaffParameter contained \).*/\1$(printf '%s' "$parameters" | tr '|' ' ')/"
edit src/packaging/vim/ftdetect/dechaff.vim -e "/let l:verbs/s/$barred/$(vim "$verbs")/"
edit src/packaging/vscode/dechaff.tmLanguage.json \
    -e "/\"begin\": .*(drop|/s/$plain/$verbs/" \
    -e "/\"match\": .*(min-words|/s/$plain/$conditions/" \
    -e "/\"begin\": .*(set)/s/$plain/$parameters/"
