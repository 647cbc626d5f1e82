# figures.awk -- the page of figures of bench.sh, from the machine's description, the counts and the rows.

BEGIN {
    FS = "\t"
    title["pages"] = "Pages"
    title["books"] = "Books"
    title["documents"] = "JSON lines"
    title["line"] = "One line"
    title["start"] = "One article"
    title["rules"] = "Rules that match"
    order = "pages books documents line start rules"
}
function rounded(number) {
    return number == 0 ? "0" : number < 0.01 ? sprintf("%.4f", number) : number < 1 ? sprintf("%.3f", number) : \
        number < 100 ? sprintf("%.2f", number) : sprintf("%.0f", number)
}
FILENAME == ARGV[1] { machine = machine (machine == "" ? "" : "; ") $0; next }
FILENAME == ARGV[2] { counted[++counts] = $0; next }
{
    n = ++count[$1]
    row[$1, n] = $0
    bytes[$1] = $5
    lines[$1] = $6
    if ($2 == "sed") sed[$1] = $7
    if ($2 == "jq") jq[$1] = $7
}
END {
    if (!count["pages"]) exit 1
    print "# Figures"
    print ""
    print "Written by `make bench`; [README.md](README.md) says what is measured, and how. Quote ratios of one run."
    print ""
    print machine "."
    print ""
    printf "The pages: %s. %s of them, %s bytes, %s lines that are not blank, of which %s %% came before as they are.\n", \
        origin, thousands(documents), thousands(bytes["pages"]), thousands(nonblank), again
    print "Seconds are user plus system, the median of " rounds " rounds."
    groups = split(order, group, " ")
    for (g = 1; g <= groups; g++) if (count[group[g]]) table(group[g])
    print_counts()
}
function table(name,    i, field, unit, seconds, last) {
    unit = name == "start" || name == "line" ? 1000 : 1
    printf "\n## %s\n\n%s bytes in %s line%s.", title[name], thousands(bytes[name]), thousands(lines[name]), lines[name] == 1 ? "" : "s"
    if (name == "rules") {
        print " The rules are short lines of the pages, six in ten as whole lines, the others as"
        print "phrases; with `grep -F` all are strings that may stand anywhere. `~`: worked out from fewer pages and from no"
        print "input at all; `-`: refused, or not done with 16 pages in " limit " seconds."
    } else print ""
    printf "\n| | %s | x sed |%s MB resident | lines out |\n|---|---|---|%s---|---|\n", \
        unit == 1 ? "seconds" : "ms", jq[name] ? " jq / it |" : "", jq[name] ? "---|" : ""
    for (i = 1; i <= count[name]; i++) {
        split(row[name, i], field, FS)
        if (field[10] > 1) {
            printf "| %s | - | - |%s - | - |\n", code(field[4]), jq[name] ? " - |" : ""
            continue
        }
        seconds = field[7]
        printf "| %s | %s%s | %s |%s %.1f | %s |\n", code(field[4]), field[12] ? "~" : "", rounded(seconds * unit), \
            sed[name] ? rounded(seconds / sed[name]) : "-", \
            jq[name] ? " " rounded(jq[name] / seconds) " |" : "", field[9] * 1024 / 1000000, field[11] ? thousands(field[11]) : "-"
    }
    if (name == "rules") print "\n![Cost against the number of rules that match](cost.svg)"
}
# The command in a label, up to what is said of it.
function code(label,    at) {
    at = match(label, /,| \(| and [0-9]/)
    return at ? "`" substr(label, 1, at - 1) "`" substr(label, at) : "`" label "`"
}
function print_counts(    i, field) {
    print "\n## Instructions\n"
    if (counter == "") {
        print "This machine has no counters that perf may read, and no valgrind."
        return
    }
    print counter == "perf" ? "Counted by the processor in user mode, on every 20th page." : \
        "Counted by valgrind on every 20th page. It has no AVX-512, and knows no cycles: this machine does not let perf(1) count them."
    print "What an empty input takes is taken off, and stands in the last column.\n"
    print "| | cycles a line | instructions a byte | million before the first line |\n|---|---|---|---|"
    for (i = 1; i <= counts; i++) {
        split(counted[i], field, FS)
        printf "| `%s` | %s | %s | %s |\n", field[1], field[2], field[3], field[4]
    }
}
