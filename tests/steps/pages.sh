#!/bin/sh
# pages.sh -- the profile page on the pages of tests/pages: every dump against
# the article that is marked in its page.
. "$(dirname "$0")/../lib.sh"
own=$root/tests/pages/own

# compare GOLD TEXT >OUT: lines "lost", "lost!" and "left", then the three sums
compare() {
    awk -f "$root/tests/tools/pages.awk" "$1" "$2"
}
sum() { # WORD FILE
    sed -n "s/^$1 \([0-9][0-9]*\)\$/\1/p" "$2" | tail -n 1
}
at_most() { # NUMBER BOUND MESSAGE
    if [ "$1" -le "$2" ]; then pass; else fail "$3: $1, not $2 or fewer"; fi
}

# The measure itself: it must see a dump that is left as it is, and one that is lost.
dump=$own/lynx/news-en.txt gold=$own/gold/news-en.txt
compare "$gold" "$dump" >"$scratch/all"
compare "$gold" /dev/null >"$scratch/none"
if [ "$(sum lost "$scratch/all")" -eq 0 ] && [ "$(sum left "$scratch/all")" -ge 40 ] &&
    [ "$(sum lost "$scratch/none")" -eq "$(sum gold "$scratch/none")" ] &&
    grep -q '^lost! ' "$scratch/none" && [ "$(sum left "$scratch/none")" -eq 0 ]; then
    pass
else
    fail 'the measure does not see what is lost or left'
fi

# Where a paragraph of prose may be lost, and why.
#   forum-en          the posts after the first are taken for readers' comments
#   table-en          a lead whose article is a table
#   encyclopaedia-en, news-es    a table is the page's frame: lines of the menu and
#                     of the text are one
may_lose=' forum-en table-en encyclopaedia-en news-es '

# Chrome that never stays, whatever dumped it. A line ends these parts of lines.
never='Skip to content
Skip to main content
Skip_to_content
Accept all cookies
Share on Facebook
Zum Inhalt springen
Aller au contenu principal
Your email address will not be published
Privacy policy
(BUTTON)
[IMG]
All rights reserved'

# Each renderer, and the articles alone: how many lines of all articles may be
# lost, and how many others may stay.
while read -r renderer may_lose_lines may_leave; do
    lost=0 left=0 pages=0
    for dump in "$own/$renderer"/*.txt; do
        name=$(basename "$dump" .txt) pages=$((pages + 1))
        dechaff -r page -e 'set title drop' "$dump" >"$scratch/out" 2>"$scratch/err" </dev/null
        : >"$scratch/remarks"
        grep -q '[^[:space:]]' "$scratch/out" || [ ! -s "$dump" ] ||
            echo "dechaff: $dump: nothing is left of its text; --explain shows which rules dropped it" >"$scratch/remarks"
        same "$renderer/$name: standard error" "$scratch/remarks" "$scratch/err"
        compare "$own/gold/$name.txt" "$scratch/out" >"$scratch/counts"
        lost=$((lost + $(sum lost "$scratch/counts"))) left=$((left + $(sum left "$scratch/counts")))
        case $renderer$may_lose in
        # A paragraph broken into lines may lose the short last one.
        lynx80* | *" $name "*) ;;
        *)
            if grep '^lost! ' "$scratch/counts" >"$scratch/prose"; then
                fail "$renderer/$name: prose is lost: $(head -n 1 "$scratch/prose" | cut -c 1-200)"
            else
                pass
            fi
            ;;
        esac
        if grep -F "$never" "$scratch/out" >"$scratch/chrome"; then
            fail "$renderer/$name: chrome stays: $(head -n 1 "$scratch/chrome" | cut -c 1-200)"
        else
            pass
        fi
        [ "$name" = navigation-en ] && at_most "$(wc -w <"$scratch/out")" 6 "$renderer/$name: words"
    done
    if [ "$pages" -ge 7 ]; then pass; else fail "$renderer: only $pages pages"; fi
    at_most "$lost" "$may_lose_lines" "$renderer: lines lost"
    at_most "$left" "$may_leave" "$renderer: lines left"
done <<'FLOORS'
gold       12   0
lynx       25  22
lynx80      9   8
w3m        25  40
elinks     11  14
links      11  14
html2text   6  28
pandoc     10  24
soup       19   5
FLOORS
finish
