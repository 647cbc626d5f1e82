# sites.awk -- JSON lines of made-up pages of 40 sites, each with a menu, a footer and counts of its own,
# and on each page an article that no other has: 4 kB each.
#
#   awk -v pages=4000 -f sites.awk
BEGIN {
    srand(7)
    for (page = 0; page < pages; page++) {
        site = int(rand() * 40)
        text = ""
        for (i = 0; i < 20; i++) text = text "Section " letters(site * 20 + i) "\\n"
        text = text int(rand() * 100) " comments\\n"
        for (i = 0; i < 12; i++) {
            for (j = 0; j < 30; j++) text = text letters(int(rand() * 20000)) " "
            text = text "end.\\n"
        }
        printf "{\"url\":\"http://site%d.example/%d\",\"text\":\"%sAll rights of %s reserved\"}\n",
               site, page, text, letters(site)
    }
}
function letters(n,  word) {
    do word = word substr("abcdefghijklmnopqrst", n % 20 + 1, 1); while (n = int(n / 20))
    return word "o" word
}