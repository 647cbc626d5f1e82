# news.awk -- what changed, from src/packaging/NEWS, in the words of a packager.
#
#   awk -f news.awk -v form=debian|rpm|version -v maintainer='NAME <MAIL>' NEWS
#
# debian is debian/changelog, rpm the %changelog of a spec file, version the latest release's number. An
# entry of NEWS begins with "dechaff VERSION (YYYY-MM-DD)"; what it says stands below it, each item behind
# a dash. It is told as of noon, which is the same day nearly everywhere.

BEGIN {
    split("Sun Mon Tue Wed Thu Fri Sat", days)
    split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", months)
    split("0 3 2 5 0 3 5 1 4 6 2 4", shifts)
}

# The day of the week, 0 for Sunday: of a year that ends with February, as a leap year's extra day is
# then its last.
function weekday(year, month, day) {
    if (month < 3) year--
    return (year + int(year / 4) - int(year / 100) + int(year / 400) + shifts[month] + day) % 7
}

function end_entry() {
    if (form == "debian" && entries)
        printf "\n -- %s  %s, %s %s %s 12:00:00 +0000\n", maintainer, name, date[3], months[date[2] + 0], date[1]
}

/^[^ -]/ {
    if (!match($0, /^dechaff [0-9][0-9.]* \([0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]\)$/)) {
        print "NEWS:" NR ": not \"dechaff VERSION (YYYY-MM-DD)\"" >"/dev/stderr"
        failed = 1
        exit
    }
    if (form == "version") {
        print $2
        exit
    }
    end_entry()
    split(substr($3, 2, 10), date, "-")
    name = days[weekday(date[1], date[2] + 0, date[3]) + 1]
    if (entries++) print ""
    if (form == "debian")
        printf "dechaff (%s-1) unstable; urgency=medium\n\n", $2
    else
        printf "* %s %s %s %s %s - %s-1\n", name, months[date[2] + 0], date[3], date[1], maintainer, $2
    next
}
/^[ -]/ {
    if (form == "debian") sub(/^-/, "*")
    print (form == "debian" ? "  " : "") $0
}
END {
    if (!failed) end_entry()
    exit failed
}
