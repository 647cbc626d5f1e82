# shuffle.awk -- from lines of SIZE PATH, the paths in shuffled order, all of
# them before any comes again, until their sizes make up bytes:
#
#   awk -v bytes=N [-v seed=N] -f words.awk -f shuffle.awk

$1 > 0 {
    files++
    size[files] = $1
    sub(/^ *[0-9]+ /, "")
    path[files] = $0
}
END {
    while (files && total < bytes) {
        for (i = 1; i <= files; i++) order[i] = i
        for (i = files; i >= 1 && total < bytes; i--) {
            j = 1 + random(i)
            chosen = order[j]
            order[j] = order[i]
            print path[chosen]
            total += size[chosen]
        }
    }
}
