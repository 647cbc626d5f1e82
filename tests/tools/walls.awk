# walls.awk -- what stands on what under src/: holds the arrows that src/README.md draws.
#
#   awk -f walls.awk src/README.md filter.c $(find src -name '*.[ch]')
#
# The map is every line "    ROOM -> ROOM, ROOM (MODULE, MODULE), ..." of the first file: the rooms
# that files of a room may include, and which modules where not all. Prints a line for each fault;
# the exit status is 1 if there was one.

BEGIN {
    most_lines = 500
    most_lines_of_filter = 299
    most_floors = 8
}

function fault(text) {
    print text
    faults++
}

function room_of(file) { # src/rules/load.c: rules; filter.c is a room of its own
    sub(/^src\//, "", file)
    sub(/\/.*/, "", file)
    return file
}

function module_of(file) { # src/rules/load.c and src/rules/load.h: rules/load
    sub(/^src\//, "", file)
    sub(/\.[ch]$/, "", file)
    return file
}

# The map: may[FROM, TO], and may[FROM, TO, MODULE] where it is narrower. Its text names modules, as
# `rules/load`.
FILENAME == ARGV[1] {
    rest = $0
    while (match(rest, /`[a-z]+\/[a-z_]+`/)) {
        named[substr(rest, RSTART + 1, RLENGTH - 2)] = FNR
        rest = substr(rest, RSTART + RLENGTH)
    }
    if ($0 !~ /^    [a-z.]+ +->( |$)/)
        next
    from = $1
    order[++rooms] = from
    drawn[from] = 1
    rest = $0
    sub(/.*->/, "", rest)
    while (match(rest, /[a-z]+( *\([^)]*\))?/)) {
        arrow = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        to = arrow
        sub(/ *\(.*/, "", to)
        may[from, to] = 1
        stairs[from] = stairs[from] " " to
        if (sub(/.*\(/, "", arrow)) {
            narrow[from, to] = 1
            gsub(/[,)]/, " ", arrow)
            count = split(arrow, names, " ")
            for (i = 1; i <= count; i++)
                may[from, to, names[i]] = 1
        }
    }
    next
}

FNR == 1 {
    files[++file_count] = FILENAME
    there[FILENAME] = 1
    is_module[module_of(FILENAME)] = 1
}

{
    length_of[FILENAME] = FNR
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    where[++includes] = FILENAME
    line[includes] = FNR
    what[includes] = quoted[2]
}

/^[ \t]*#[ \t]*include[ \t]*<pcre2.*\.h>/ && module_of(FILENAME) != "regex/pattern" {
    fault(FILENAME ":" FNR ": only regex/pattern includes pcre2.h")
}

# As clang-format leaves it behind a line that is too long.
/^ \* .*[^ ] +(Model|Contract|Ownership|Limits|Errors): / {
    fault(FILENAME ":" FNR ": a part of the header begins within a line")
}

function check_place(file) {
    if (file == "filter.c") {
        if (length_of[file] > most_lines_of_filter)
            fault(file ": " length_of[file] " lines, more than " most_lines_of_filter)
        return
    }
    if (file !~ /^src\/[^\/]+\/[^\/]+$/)
        fault(file ": not in a room, src/ROOM/")
    else if (!(room_of(file) in drawn))
        fault(file ": the map has no room " room_of(file))
    if (length_of[file] > most_lines)
        fault(file ": " length_of[file] " lines, more than " most_lines)
}

function check_include(file, place, header,   from, to, name) {
    if (header !~ /^[^\/]+\/[^\/]+\.h$/ || !(("src/" header) in there)) {
        fault(place ": \"" header "\" is no \"ROOM/NAME.h\" of src/")
        return
    }
    from = room_of(file)
    to = room_of("src/" header)
    name = module_of(header)
    # The private header lays open what the room's own, as decide/decide.h, names: no circle.
    if (module_of(file) != name && !(file == "src/" to "/state.h" && name == to "/" to))
        modules[module_of(file)] = modules[module_of(file)] " " name
    sub(/.*\//, "", name)
    if (from == to)
        return
    used[from, to] = 1
    used[from, to, name] = 1
    if (name == "state")
        fault(place ": \"" header "\" is for its own room only")
    else if (!((from, to) in may))
        fault(place ": the map has no arrow " from " -> " to)
    else if ((from, to) in narrow && !((from, to, name) in may))
        fault(place ": the map's arrow " from " -> " to " does not name " name)
}

# An arrow that nothing needs is no longer true.
function check_arrows(   arrow, part) {
    for (arrow in may) {
        if (arrow in used)
            continue
        count = split(arrow, part, SUBSEP)
        fault(ARGV[1] ": no file needs the arrow " part[1] " -> " part[2] (count > 2 ? " (" part[3] ")" : ""))
    }
}

function check_names(   name) {
    for (name in named)
        if (room_of(name) in drawn && !(name in is_module))
            fault(ARGV[1] ":" named[name] ": there is no " name)
}

# How many floors NODE stands on, itself included; below[X] lists what X stands on. A circle is a fault.
function floors(node, path, below, done,   next_ones, number, i, most, height) {
    if (node in done) {
        if (done[node] == 0)
            fault("a circle: " substr(path, index(path, " " node " ") + 1) node)
        return done[node]
    }
    done[node] = 0
    most = 0
    number = split(below[node], next_ones, " ")
    for (i = 1; i <= number; i++) {
        height = floors(next_ones[i], path node " ", below, done)
        if (height > most)
            most = height
    }
    return done[node] = most + 1
}

END {
    if (!rooms)
        fault(ARGV[1] ": no map, no line \"    ROOM -> ROOM, ...\"")
    for (i = 1; i <= file_count; i++)
        check_place(files[i])
    for (i = 1; i <= includes; i++)
        check_include(where[i], where[i] ":" line[i], what[i])
    check_arrows()
    check_names()
    top = 0
    for (i = 1; i <= rooms; i++) {
        height = floors(order[i], " ", stairs, climbed)
        if (height > top)
            top = height
    }
    if (top > most_floors)
        fault(ARGV[1] ": " top " floors, more than " most_floors)
    for (i = 1; i <= file_count; i++)
        floors(module_of(files[i]), " ", modules, built)
    exit faults > 0
}
