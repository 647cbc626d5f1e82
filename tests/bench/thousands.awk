# thousands.awk -- whole numbers as people read them, for figures.awk and plot.awk.

function thousands(number,    text) {
    text = sprintf("%.0f", number)
    while (match(text, /[0-9][0-9][0-9][0-9]($|,)/))
        text = substr(text, 1, RSTART) "," substr(text, RSTART + 1)
    return text
}
