# shuffle.awk -- from lines of SIZE PATH, the paths in shuffled order, all of
# them before any comes again, until their sizes make up bytes:
#
#   awk -v bytes=N [-v seed=N] -f words.awk -f shuffle.awk

{
    size[files] = $1
    sub(/^ *[0-9]+ /, "")
    path[files++] = $0
}
END {
    while (files && total < bytes) {
        for (i = 0; i < files; i++) order[i] = i
        for (i = files - 1; i >= 0 && total < bytes; i--) {
            j = random(i + 1)
            chosen = order[j]
            order[j] = order[i]
            print path[chosen]
            total += size[chosen]
        }
    }
}
