# transcript.awk -- the shell transcripts that a page shows, and a script that plays them.
#
#   awk -v script=FILE -f transcript.awk PAGE >EXPECTED
#
# A transcript is a display (of a manual between .Bd and .Ed; else lines that are indented by four
# blanks) whose first line begins with "$ ". So does each command in it; one with << 'END' goes on
# until END. The other lines are what the command before them prints. FILE, run by sh, prints each
# command and what comes of it, standard error with it: the same as EXPECTED, where all is right.
function command(text) {
    printf "cat << 'COMMAND THAT IS SHOWN'\n%s\nCOMMAND THAT IS SHOWN\n{ %s\n} 2>&1\n", text, substr(text, 3) >script
}
function take(line) {
    if (line ~ /^\$ /) whole = line
    else if (!until) {
        print line
        return
    } else whole = whole "\n" line
    print line
    if (line ~ /^\$ .*<< 'END'$/) until = "END"
    else if (!until || line == until) {
        until = ""
        command(whole)
    }
}
FNR == 1 { is_manual = FILENAME ~ /\.[1-8]$/ }
is_manual && /^\.Bd/ { inside = 1; begins = 1; next }
is_manual && /^\.Ed/ { inside = 0; next }
is_manual {
    if (!inside) next
    gsub(/\\e/, "\\")
    gsub(/\\&/, "")
    gsub(/\\-/, "-")
}
# A blank line may be of a transcript or behind it.
!is_manual {
    begins = 0
    if ($0 == "") { blanks++; next }
    if (!/^    /) { inside = shown = blanks = 0; next }
    begins = !inside
    inside = 1
    sub(/^    /, "")
    while (blanks > 0 && shown) { take(""); blanks-- }
    blanks = 0
}
begins { shown = /^\$ /; begins = 0 }
shown { take($0) }
