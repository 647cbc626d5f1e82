# pages.awk -- what of an article is lost in a text, and what else is left.
#
#   awk -f pages.awk GOLD TEXT
#
# Prints for each line of GOLD that TEXT does not have "lost LINE", or "lost!
# LINE" if it is a paragraph of prose; for each line of TEXT that is no part of
# GOLD "left LINE"; at the end "gold N", "lost N", "left N". Punctuation, bullets,
# numbers of items and white space are looked through, and where lines end in TEXT.

# Words alone, one blank between and around them. Bytes above 127 are letters,
# but for bullets, rules and blanks of General Punctuation and the blocks after it.
function words(line) {
    gsub(/\342[\200-\231][\200-\277]|\302[\240-\277]/, " ", line)
    gsub(/[][\\!"#$%&'()*+,.\/:;<=>?@^_`{|}~\t\r\f -]+/, " ", line)
    sub(/^ ?/, " ", line)
    sub(/ ?$/, " ", line)
    return line
}
{ line = words($0) }
line == " " { next }
FILENAME == ARGV[1] {
    gold[++golds] = line
    shown[golds] = $0
    article = article line
    next
}
{
    text[++texts] = line
    left[texts] = $0
    output = output line
}
END {
    gsub(/ +/, " ", article)
    gsub(/ +/, " ", output)
    for (i = 1; i <= golds; i++)
        if (!index(output, gold[i])) {
            lost++
            print (split(gold[i], unused, " ") >= 20 || length(gold[i]) >= 200 ? "lost! " : "lost ") shown[i]
        }
    for (i = 1; i <= texts; i++) {
        unnumbered = text[i]
        sub(/^ [0-9]+ /, " ", unnumbered)
        if (!index(article, text[i]) && !index(article, unnumbered)) {
            extra++
            print "left " left[i]
        }
    }
    print "gold " golds + 0
    print "lost " lost + 0
    print "left " extra + 0
}
