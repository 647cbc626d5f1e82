# rules.awk -- rules made of words, and the same expressions for other tools:
#
#   awk -v count=N -v rules=FILE -v ere=FILE [-v seed=N] -f words.awk -f rules.awk [SAMPLE]
#
# writes a rule file of dechaff's and its expressions one a line, as grep -E,
# rg and perl take them with -i: there a group is ( ) and no slashes stand
# around it. Six in ten are whole lines between anchors, three are phrases
# between word boundaries, one is two words with a gap of up to 20 characters.
#
# The words are ordinary ones and invented ones, as real phrases are; each tenth
# rule is in another language. Each 25th rule (four in a hundred) is made from a
# line of the sample, lines of the corpus, so that it matches there.

# Lines of a few words and nothing but letters, each once; and from all lines
# what stands between two marks of punctuation, where it is five words or more.
{
    gsub(/[ \t\r]+/, " ")
    sub(/^ ?([*] |• )?/, "")
    sub(/ $/, "")
    if ($0 in seen_line) next
    seen_line[$0] = 1
    if ($0 !~ /[!-@[-`{-~]/ && length($0) > 7 && NF <= 7) lines[line_count++] = $0
    pieces = split($0, piece, /[!-@[-`{-~]+ */)
    for (i = 1; i <= pieces; i++)
        if (piece[i] ~ /[^ ]( [^ ]+)( [^ ]+)( [^ ]+)( [^ ]+)/) texts[text_count++] = piece[i]
}

function tongue() {
    return random(10) ? "" : languages[random(tongues)]
}
# Three or more words that are hardly ever all frequent: "sign up at the plouva desk".
function saying(name,    text, n, i, new) {
    n = 3 + random(3)
    if (name != "") return phrase(name, spaceless[name] ? 2 * n : n, 0)
    text = ""
    while (n-- > 0) {
        i = random(10)
        if (i < 4) new = coined[random(rare)]
        else new = i < 7 ? content() : common[skewed(ordinary)]
        text = text (text == "" ? "" : " ") new
    }
    return text
}
# One of the words becomes a group of two, in one rule of five.
function grouped(text, name,    list, n, i, at) {
    n = split(text, list, " ")
    if (n < 3 || random(5)) return text
    at = 2 + random(n - 2)
    text = list[1]
    for (i = 2; i <= n; i++)
        text = text " " (i == at ? "(?:" list[i] "|" (name == "" ? english(30) : foreign(name)) ")" : list[i])
    return text
}
# Some words of a line of the sample that stand together.
function excerpt(    list, n, at, i, text) {
    n = split(texts[random(text_count)], list, " ")
    at = 1 + random(n - 3)
    text = list[at]
    for (i = 1; i < 4; i++) text = text " " list[at + i]
    return text
}
function gap(text,    list) {
    split(text, list, " ")
    return list[1] " " list[2] ".{0,20} " list[4]
}
function expression(number,    kind, name, sampled) {
    kind = random(10)
    name = tongue()
    sampled = number % 25 == 7 && tried < 9 && line_count && text_count
    if (kind < 6)
        return "^\\W*" (sampled ? lines[random(line_count)] : grouped(saying(name), name)) "\\W*$"
    if (kind < 9)
        return "\\b" (sampled ? excerpt() : saying(name)) "\\b"
    return sampled ? gap(excerpt()) : saying(name) ".{0,20} " saying(name)
}

END {
    for (number = 0; number < count;) {
        regex = expression(number)
        tried++ # a small sample is soon used up
        if (regex in made) continue
        made[regex] = 1
        number++
        tried = 0
        print "drop /" regex "/i" >rules
        gsub(/\(\?:/, "(", regex)
        print regex >ere
    }
}
