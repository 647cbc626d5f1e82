#!/bin/sh
# render.sh -- make own/ from html/: the dumps, and the article as gold.
#
# Run by hand after a change of html/, never by the tests; needs lynx, w3m,
# elinks, links, html2text, pandoc and, for $PYTHON or python3, bs4: the packages of
# Debian have these names, python3-bs4 the last. Dumps differ a
# little from version to version: look at what `git diff` shows.
set -eu
export LC_ALL=C.UTF-8 HOME=/nonexistent
cd "$(dirname "$0")"

# All pages are dumped with lynx and w3m, these with the other programs too.
some='encyclopaedia-en forum-en navigation-en news-de news-en recipe-en review-en'

python='import sys, bs4
page = bs4.BeautifulSoup(open(sys.argv[1], encoding="utf-8"), "html.parser")'
# The article: what is marked in the page, a line each.
gold=$python'
for e in page.select(".gold"):
    cells = e.find_all(["td", "th"], recursive=False)
    if cells:
        print(" ".join(c.get_text() for c in cells))
    elif e.name == "pre" or e.find("br"):
        print(e.get_text().replace("\n\n", "\n"))
    else:
        print(" ".join(e.get_text().split()))
    print()'
text=$python'
print(page.get_text(separator="\n"))'

dump() { # RENDERER FILE
    case $1 in
    gold) "${PYTHON:-python3}" -c "$gold" "$2" ;;
    lynx) lynx -dump -nolist -width=1000 -assume_charset=utf-8 -display_charset=utf-8 "$2" ;;
    lynx80) lynx -dump -nolist -width=80 -assume_charset=utf-8 -display_charset=utf-8 "$2" ;;
    w3m) w3m -dump -cols 1000 -I utf-8 -O utf-8 -T text/html "$2" ;;
    elinks) elinks -dump -dump-width 1000 -dump-charset utf-8 -no-references -no-numbering \
        -no-home -config-dir "$scratch" -config-file none "$2" ;;
    links) links -dump -width 512 -codepage utf-8 -html-assume-codepage utf-8 "$2" ;;
    html2text) html2text -utf8 -nobs -width 1000 "$2" ;;
    pandoc) pandoc -f html -t plain --wrap=none "$2" ;;
    soup) "${PYTHON:-python3}" -c "$text" "$2" ;;
    esac
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
rm -rf own
for renderer in gold lynx lynx80 w3m elinks links html2text pandoc soup; do
    mkdir -p "own/$renderer"
    for page in html/*.html; do
        name=${page##*/} name=${name%.html}
        case $renderer in
        gold | lynx | w3m) ;;
        *) case " $some " in *" $name "*) ;; *) continue ;; esac ;;
        esac
        dump "$renderer" "$page" >"own/$renderer/$name.txt"
    done
done
