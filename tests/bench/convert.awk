# convert.awk -- rules as bench.sh has them, for other tools: awk -v ere=FILE -v strings=FILE RULES
#
# One expression or string a line, to be looked for in any case (-i). An escaped sign that is only a sign
# loses its backslash: \< and \' are operators to grep, \< to rg.

{
    regex = $0
    sub(/^drop \//, "", regex)
    sub(/\/i$/, "", regex)
    expression = string = ""
    for (i = 1; i <= length(regex); i++) {
        c = substr(regex, i, 1)
        if (c != "\\") {
            if (c !~ /[*^$]/) string = string c
            expression = expression c
            continue
        }
        c = substr(regex, ++i, 1)
        if (c !~ /[A-Za-z]/) string = string c
        expression = expression (index("\\.[]{}()*+?^$|", c) || c ~ /[A-Za-z]/ ? "\\" : "") c
    }
    print expression >ere
    print string >strings
}
