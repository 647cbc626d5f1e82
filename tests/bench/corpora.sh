# corpora.sh -- what bench.sh and profile.sh share: settings, corpora, rules. Sourced with
# $here, the directory of the scripts, set.
# shellcheck shell=sh
set -u
export LC_ALL=C HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent
unset DECHAFF_RULES RIPGREP_CONFIG_PATH

: "${here:?}"
root=$(cd "$here/../.." && pwd)
: "${DECHAFF:=$root/dechaff}" "${BUILD:=$root/build}" "${CORPUS:=}"
most_documents=10000 # their names have to fit the command lines

stop() {
    echo "bench: $*" >&2
    exit 2
}
note() {
    echo "bench: $*" >&2
}
have() {
    command -v "$1" >/dev/null 2>&1
}
absolute() {
    case $1 in /*) printf '%s\n' "$1" ;; *) printf '%s\n' "$PWD/$1" ;; esac
}

# Go to a working directory, with what the settings name made absolute.
enter_work() { # NAME, below the build directory
    case $SIZE in '' | *[!0-9]* | 0*) stop 'SIZE is a number of megabytes' ;; esac
    [ -x "$DECHAFF" ] || stop "$DECHAFF is not there: run make"
    [ -z "$CORPUS" ] || CORPUS=$(absolute "$CORPUS")
    bytes_wanted=$((SIZE * 1000000))
    work=$BUILD/$1
    mkdir -p "$work/rules" && cd "$work" || exit 2
}

# A corpus is a directory of pages with numbers for names. It is made anew only
# when its size or what makes it has changed.
generator=$(cat "$here/words.awk" "$here/corpus.awk" "$here/shuffle.awk" | cksum)
make_corpus() { # NAME
    stamp="$1 $SIZE $CORPUS $generator"
    if [ "$(cat "$1.stamp" 2>/dev/null)" = "$stamp" ]; then return; fi
    note "making $1, $SIZE MB"
    rm -rf "$1" "$1.stamp"
    mkdir "$1"
    if [ "$1" = real ]; then
        gather
    else
        mean=30000
        if [ $((bytes_wanted / 4000)) -gt $mean ]; then mean=$((bytes_wanted / 4000)); fi
        awk -v kind="$1" -v bytes="$bytes_wanted" -v mean="$mean" -v prefix="$1/" \
            -f "$here/words.awk" -f "$here/corpus.awk" </dev/null || stop "cannot make $1"
    fi
    printf '%s\n' "$stamp" >"$1.stamp"
}
gather() { # the files of CORPUS into real/
    [ -r "$CORPUS" ] || stop "$CORPUS: cannot be read"
    find -L "$CORPUS" -type f -size +0 | sort | while IFS= read -r path; do
        printf '%d %s\n' "$(wc -c <"$path")" "$path"
    done >gather.sizes
    [ -s gather.sizes ] || stop "$CORPUS: no files with anything in them"
    awk -v bytes="$bytes_wanted" -f "$here/words.awk" -f "$here/shuffle.awk" gather.sizes >gather.order
    count=$(wc -l <gather.order)
    [ "$count" -le $most_documents ] ||
        stop "$CORPUS makes $count documents, more than $most_documents: choose a smaller SIZE"
    number=0
    while IFS= read -r path; do
        number=$((number + 1))
        cp "$path" "real/$(printf '%04d' $number)" || exit 2
    done <gather.order
    chmod -R u+w real
}

# Rules made of short lines of the pages, so that they match there.
make_rules() { # COUNT <PAGES
    awk -v count="$1" -f "$here/words.awk" -f "$here/phrases.awk" >"rules/$1.rules"
}

thousands() { # 16000: 16,000
    printf '%s\n' "$1" | sed 's/\([0-9]\)\([0-9]\{3\}\)$/\1,\2/'
}
