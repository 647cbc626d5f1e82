# plot.awk -- the rows of bench.sh as a drawing: what the pages cost, in times of
# `sed -n p`, against the number of rules that match; both axes are logarithmic.
#
#   awk -f thousands.awk -f plot.awk build/bench/rows >cost.svg

BEGIN {
    FS = "\t"
    width = 760; height = 460; left = 70; right = 210; top = 50; bottom = 60
    split("#1b6ca8 #2a9d4a #8a4fb0 #444444", colour_of, " ")
    split("#b8860b #c4501b #d62728 #a0527d #777777 #5f7f2a", colour_of_tool, " ")
    lowest = 1
    highest = 10
    title["article"] = "dechaff, with the shipped rules"
    title["alone"] = "dechaff, these rules alone"
    title["grep-f"] = "grep -F"
    title["grep-c"] = "grep -E, C locale"
    title["grep-utf8"] = "grep -E, UTF-8"
    title["rg"] = "ripgrep"
    title["rg-ascii"] = "ripgrep, no Unicode"
    title["perl"] = "perl"
}
# Lines of dechaff are drawn through, those of other tools dashed.
function point(name, rules, value, is_other) {
    if (!(name in points)) {
        names[++series] = name
        dashed[name] = is_other
    }
    points[name]++
    xs[name, points[name]] = rules
    ys[name, points[name]] = value
    if (value > highest) highest = value
    if (value < lowest) lowest = value
    used[rules] = 1
}
$1 != "rules" || $10 > 1 { next }
$2 == "sed" { base = $7 }
base && $2 in title { point(title[$2], $3 + 0, $7 / base, $2 != "article" && $2 != "alone") }

# No rules stand one place left of 250, as each place is four times the last.
function x(rules) {
    return left + (rules > 0 ? 1 + log(rules / 250) / log(4) : 0) * (width - left - right) / 4
}
function y(value) {
    return height - bottom - log(value / lowest) / log(highest / lowest) * (height - top - bottom)
}
function text(at_x, at_y, anchor, what) {
    printf "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>\n", at_x, at_y, anchor, what
}
function line(x1, y1, x2, y2, colour) {
    printf "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\"/>\n", x1, y1, x2, y2, colour
}

END {
    if (!series) {
        print "plot.awk: nothing measured" >"/dev/stderr"
        exit 1
    }
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">\n", width, height
    printf "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, height
    text(left, 26, "start", "user + system time, in times of sed -n p on the same pages")
    for (power = 0.01; power <= highest * 1.001; power *= 10)
        for (digit = 1; digit < 10; digit++) {
            value = power * digit
            if (value < lowest * 0.999 || value > highest * 1.001) continue
            line(left, y(value), width - right, y(value), digit == 1 ? "#bbb" : "#eee")
            if (digit == 1 || highest / lowest < 100 && (digit == 2 || digit == 5))
                text(left - 8, y(value) + 4, "end", value < 1 ? value "" : thousands(value))
        }
    for (rules in used) {
        line(x(rules + 0), y(lowest), x(rules + 0), y(lowest) + 5, "#222")
        text(x(rules + 0), height - bottom + 20, "middle", thousands(rules + 0))
    }
    line(left, y(lowest), width - right, y(lowest), "#222")
    text(left + (width - left - right) / 2, height - 16, "middle", "rules that match")

    # Names stand at the ends of their lines, from the top down, never nearer
    # than a line of text; the lines of other tools are dashed.
    for (i = 1; i <= series; i++) place[i] = i
    for (i = 2; i <= series; i++)
        for (j = i; j > 1 && end(place[j]) < end(place[j - 1]); j--) {
            other = place[j]
            place[j] = place[j - 1]
            place[j - 1] = other
        }
    above = -100
    for (i = 1; i <= series; i++) {
        label_y[place[i]] = end(place[i]) < above + 16 ? above + 16 : end(place[i])
        above = label_y[place[i]]
    }
    for (i = 1; i <= series; i++) {
        name = names[i]
        colour = dashed[name] ? colour_of_tool[1 + tools++ % 6] : colour_of[1 + own++ % 4]
        path = ""
        for (n = 1; n <= points[name]; n++)
            path = path sprintf("%s%.1f %.1f", n == 1 ? "M" : "L", x(xs[name, n]), y(ys[name, n]))
        printf "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>\n", path, colour, \
            dashed[name] ? " stroke-dasharray=\"5 4\"" : ""
        for (n = 1; n <= points[name]; n++)
            printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n", x(xs[name, n]), y(ys[name, n]), colour
        line(x(xs[name, points[name]]) + 5, end(i), width - right + 6, label_y[i], "#ccc")
        printf "<text x=\"%d\" y=\"%.0f\" fill=\"%s\">%s</text>\n", width - right + 10, label_y[i] + 4, colour, name
    }
    print "</svg>"
}
function end(i) {
    return y(ys[names[i], points[names[i]]])
}
