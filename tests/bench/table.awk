# table.awk -- a table for people of what bench.sh measured, and the same as
# lines of tab-separated values after those in `results` for plot.awk. The ratios
# are to the case of the tool sed, or to `base` seconds where it is given.
#
#   awk -v corpus=NAME -v group=NAME -v bytes=N [-v base=SECONDS] \
#       -v results=FILE -f table.awk ROWS CSV...
#
# ROWS has a line for each case: key, tool, number of rules, bytes of input,
# status, KiB, per cent of the lines dropped, what the table calls it. Each CSV
# is one round of hyperfine's; a case's seconds are the median of the rounds.
# Where a case had a slice of the corpus, KEY-empty is the same without input,
# and what the whole would take is worked out from the two.

function median(key, column,    n, i, j, value, list) {
    n = split(samples[key, column], list, " ")
    for (i = 2; i <= n; i++) {
        value = list[i] + 0
        for (j = i - 1; j >= 1 && list[j] + 0 > value; j--) list[j + 1] = list[j]
        list[j + 1] = value
    }
    return n % 2 ? list[(n + 1) / 2] + 0 : (list[n / 2] + list[n / 2 + 1]) / 2
}
function rounded(value) { # three digits or so
    return sprintf(value < 1 ? "%.3f" : value < 100 ? "%.2f" : "%.0f", value)
}

FILENAME == ARGV[1] {
    FS = "\t"
    $0 = $0
    key[++cases] = $1
    tool[cases] = $2
    rules[cases] = $3
    input[cases] = $4
    status[cases] = $5
    kib[cases] = $6
    dropped[cases] = $7
    label[cases] = $8
    next
}
FNR == 1 {
    FS = ","
    next
}
{
    # command,mean,stddev,median,user,system,min,max
    samples[$1, "cpu"] = samples[$1, "cpu"] " " ($5 + $6)
    samples[$1, "wall"] = samples[$1, "wall"] " " $4
}

END {
    unit = group == "small" ? 1000 : 1
    for (i = 1; i <= cases; i++) {
        if (status[i] > 1) continue
        seconds[i] = median(key[i], "cpu")
        if (input[i] < bytes) {
            idle = median(key[i] "-empty", "cpu")
            seconds[i] = idle + (seconds[i] - idle) * bytes / input[i]
            any_scaled = 1
        }
        if (tool[i] == "sed") base = seconds[i]
    }
    printf "%-44s %9s %8s %9s %9s %8s\n", "", unit == 1 ? "seconds" : "ms", unit == 1 ? "MB/s" : "ms wall", \
        "x sed", "peak MB", "dropped"
    for (i = 1; i <= cases; i++) {
        scaled = input[i] < bytes
        if (status[i] > 1) {
            printf "%-44s %9s\n", label[i], tool[i] ~ /^(rg|grep|perl)/ ? "refused" : "FAILED"
            continue
        }
        printf "%-44s %9s %8s %9s %9.1f %7s%%\n", label[i], (scaled ? "~" : "") rounded(seconds[i] * unit), \
            unit == 1 ? rounded(bytes / 1000000 / seconds[i]) : rounded(median(key[i], "wall") * unit), \
            base ? rounded(seconds[i] / base) : "-", kib[i] * 1024 / 1000000, dropped[i]
        printf "%s\t%s\t%s\t%s\t%.6f\t%s\t%.4f\t%d\t%s\n", corpus, group, tool[i], rules[i], seconds[i], \
            scaled ? "scaled" : "whole", base ? seconds[i] / base : 0, kib[i], dropped[i] >>results
    }
    if (any_scaled) print "~ worked out from a slice of the corpus and from no input at all"
    print ""
}
