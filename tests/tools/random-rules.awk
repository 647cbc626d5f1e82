# random-rules.awk -- rules made at random from the words of a text, one awk
# process a set: awk -v seed=N -v count=N -f random-rules.awk WORDS
#
# The words come one a line; words with other than letters, digits and UTF-8
# bytes are passed over, so that they need no quoting.

function pick(n) { return int(rand() * n) }
function word() { return words[pick(total)] }

# A part of a word, as literals are seldom whole words.
function piece(    w) {
    w = word()
    if (w ~ /^[a-zA-Z]+$/ && length(w) > 4 && pick(3) == 0)
        return substr(w, 1 + pick(2), 3 + pick(length(w) - 4))
    return w
}
function atom(depth,    kind) {
    kind = pick(depth > 2 ? 8 : 20)
    if (kind < 5) return piece()
    if (kind == 5) return "."
    if (kind == 6) return "\\w+"
    if (kind == 7) return "\\s"
    if (kind == 8) return "(?:" sequence(depth + 1) "|" sequence(depth + 1) ")"
    if (kind == 9) return "(?:" sequence(depth + 1) ")?"
    if (kind == 10) return "[a-" substr("efghij", 1 + pick(6), 1) "]"
    if (kind == 11) return "\\b" piece() "\\b"
    if (kind == 12) return "(?i)" piece()
    if (kind == 13) return "(" piece() ")"
    if (kind == 14) return "\\Q" piece() "\\E"
    if (kind == 15) return "(?=" piece() ")"
    if (kind == 16) return "(?!" piece() ")"
    if (kind == 17) return "(?:" atom(depth + 1) "){1,2}"
    if (kind == 18) return "[[:alpha:]]{2,}"
    return "(?:" piece() ")+"
}
function sequence(depth,    text, n) {
    n = 1 + pick(3)
    text = ""
    while (n-- > 0) text = text atom(depth) (pick(3) == 0 ? ".{0,9}" : "")
    return text
}
# Alternatives of all kinds.
function ways(text,    n) {
    for (n = 1 + pick(4); n > 0; n--) {
        if (pick(2)) text = text "|" piece() ".*" piece()
        else if (pick(2)) text = text "|" "[" substr("@+:?-", 1 + pick(5), 1) "]\\w"
        else text = text "|^" sequence(1)
    }
    return pick(2) ? "(?:" text ")" : text
}
function regex(    text) {
    text = sequence(0)
    if (pick(5) == 0) text = ways(text)
    else if (pick(4) == 0) text = piece() "|" text
    else if (pick(3) == 0) text = "^\\W*" text
    else if (pick(4) == 0) text = text "\\W*$"
    return "/" text "/" (pick(2) ? "i" : "")
}
function conditions(    text) {
    text = ""
    if (pick(3) == 0) text = text " max-words=" (3 + pick(13))
    if (pick(6) == 0) text = text " min-words=" (1 + pick(3))
    if (pick(8) == 0) text = text " max-chars=" (10 + pick(200))
    if (pick(8) == 0) text = text " min-chars=" pick(9)
    if (pick(12) == 0) text = text " first=" (1 + pick(50))
    if (pick(12) == 0) text = text " after=" (1 + pick(200)) "w"
    if (pick(10) == 0) text = text " end=" ends[pick(4)]
    if (pick(15) == 0) text = text " case=" (pick(2) ? "upper" : "title")
    if (pick(20) == 0) text = text " digits=" (1 + pick(30))
    if (pick(25) == 0) text = text " bullet"
    return text
}
BEGIN {
    srand(seed)
    split("sentence ellipsis colon none", list, " ")
    for (i = 1; i <= 4; i++) ends[i - 1] = list[i]
}
/^[a-zA-Z0-9\200-\377]+$/ && length($0) < 30 { words[total++] = $0 }
END {
    if (!total) exit 1
    for (i = 0; i < count; i++) {
        kind = pick(20)
        if (kind < 9) print "drop" conditions() " " regex()
        else if (kind < 11) print "keep" conditions() " " regex()
        else if (kind < 15) print "strip" conditions() " " regex() (pick(2) ? " with \"<>\"" : "")
        else if (kind < 16) print "block" conditions() " " regex() " until " regex() (pick(3) ? "" : " between") " lines=" (1 + pick(9))
        else if (kind < 17) print "block" conditions() " " regex() " lines=" (1 + pick(4))
        else if (kind < 18) print "block" conditions() " " regex() " paras=" (1 + pick(2))
        else if (kind < 19) print "run " (2 + pick(2)) conditions() " " regex()
        else print "cut after=" (200 + pick(2000)) "w back=" (1 + pick(3)) " " regex()
    }
}
