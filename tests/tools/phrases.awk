# phrases.awk RULES... -- lines that are too long, and phrases that stand in two places.
#
#   LC_ALL=C awk -f phrases.awk FILE...
#
# A phrase is an alternative of nothing but words, three or more, written as it is: one of a
# define's, or one of a group in a rule's own regex. What stands in a group within an alternative is
# part of a phrase, and may be alike in two. A letter with a ? behind it does not count, a dot is an
# apostrophe. A line has 160 characters at most. Examples are free in all of that.
# Prints FILE:LINE: and what is wrong. Bytes are characters, but for those that go on one (LC_ALL=C).

function trim(text) {
    sub(/^[ \t]+/, "", text)
    sub(/[ \t]+$/, "", text)
    return text
}

function note(text,    words) {
    gsub(/\\b/, "", text)
    gsub(/[a-zA-Z]\?/, "", text)
    gsub(/\.|’/, "'", text)
    text = trim(text)
    if (text ~ /[][(){}*+?\\^$|0-9:;,!&%]/ || split(text, words, / +/) < 3)
        return
    if (text in seen)
        printf "%s:%d: \"%s\" stands at %s too\n", FILENAME, FNR, text, seen[text]
    else
        seen[text] = FILENAME ":" FNR
}

# Notes the alternatives of REGEX that stand in DEPTH groups.
function alternatives(regex, depth,    at, byte, groups, from) {
    from = depth == 0
    for (at = 1; at <= length(regex) + 1; at++) {
        byte = at <= length(regex) ? substr(regex, at, 1) : "|"
        if (byte == "\\")
            at++
        else if (byte == "[")
            while (substr(regex, ++at, 1) != "]" && at <= length(regex))
                at += substr(regex, at, 1) == "\\"
        else if (byte == "(" && ++groups == depth)
            from = at + (substr(regex, at + 1, 2) == "?:" ? 3 : 1)
        else if ((byte == "|" || byte == ")") && groups == depth && from)
            note(substr(regex, from, at - from))
        if (byte == ")")
            groups--
        if (byte == "|" && groups == depth)
            from = at + 1
        else if (groups < depth)
            from = 0
    }
}

/^[ \t]+[+-]/ { next }
{
    characters = $0
    gsub(/[\200-\277]/, "", characters)
    if (length(characters) > 160)
        printf "%s:%d: a line of %d characters\n", FILENAME, FNR, length(characters)
}
/^[ \t]*#/ || $1 == "include" || $1 == "bind" || $1 == "set" || $1 == "function" { next }
/^[ \t]*\|/ {
    sub(/^[ \t]*\|/, "")
    sub(/[ \t]#.*/, "")
    alternatives($0, 0)
    next
}
match($0, /[ \t]\//) {
    is_define = $1 == "define"
    $0 = substr($0, RSTART + 2)
    sub(/\/[ix]*([ \t].*)?$/, "")
    alternatives($0, is_define ? 0 : 1)
}
