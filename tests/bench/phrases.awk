# phrases.awk -- rules made of short lines of the input, COUNT of them or as many as there are:
#
#   awk -v count=N [-v seed=N] -f words.awk -f phrases.awk
#
# Six in ten are whole lines, the others phrases.

{
    gsub(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/, "")
    $1 = $1
    if (NF >= 2 && NF <= 6 && $0 !~ /[^ -~]/ && !seen[$0]++) lines[total++] = $0
}
END {
    for (i = 0; i < count && total; i++) {
        at = random(total)
        text = lines[at]
        lines[at] = lines[--total]
        gsub(/[^A-Za-z0-9 ]/, "\\\\&", text)
        printf i % 10 < 6 ? "drop /^\\W*%s\\W*$/i\n" : "drop /\\b%s\\b/i\n", text
    }
}
