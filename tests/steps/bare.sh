#!/bin/sh
# bare.sh -- bare systems, as debootstrap makes them, with git and nothing more: what the README says
# first, the Debian package from making to purging, and what other distributions are given. For root.
#
#   SUITES   releases of Debian: bookworm trixie
#   PARTS    what is tried: readme package others
#   MIRROR   where Debian comes from
#
# What is tried is what was committed last. A system is fetched once, and kept as build/bare/SUITE.tar;
# one that was made otherwise, as Ubuntu's, can be put there. Each trial begins with a fresh one.
. "$(dirname "$0")/../lib.sh"
: "${SUITES:=bookworm trixie}" "${PARTS:=readme package others}" "${MIRROR:=http://deb.debian.org/debian}"
PATH=$PATH:/usr/sbin:/sbin
for tool in debootstrap unshare chroot; do
    command -v $tool >/dev/null 2>&1 || {
        skip "$tool"
        finish
    }
done
if [ "$(id -u)" -ne 0 ]; then
    skip 'bare systems, which only root makes'
    finish
fi
kept=$root/build/bare
room=$kept/room.$$ logs=$kept/logs
mkdir -p "$logs"
trap 'rm -rf "$room" "$scratch"' EXIT

enter() { # SUITE: a fresh system in $room, with the project's repository
    rm -rf "$room"
    if [ ! -e "$kept/$1.tar" ]; then
        debootstrap --variant=minbase --include=git,ca-certificates "$1" "$room" "$MIRROR" >"$logs/$1.debootstrap" 2>&1 &&
            tar -C "$room" --one-file-system -cf "$kept/$1.tar.new" . && mv "$kept/$1.tar.new" "$kept/$1.tar" || return
    else
        mkdir "$room" && tar -C "$room" -xpf "$kept/$1.tar" || return
    fi
    cp /etc/resolv.conf "$room/etc/resolv.conf"
    git clone -q --bare "file://$root" "$room/srv/dechaff.git"
}
# Nothing that runs there outlives the command, and what is mounted there is seen nowhere else. Of our
# environment it has how to reach the network.
inside() { # COMMAND...
    # shellcheck disable=SC2016  # for the shell within
    ROOM=$room unshare --mount --pid --fork --kill-child sh -ec '
        mount -t proc proc "$ROOM/proc"
        mount -t tmpfs tmpfs "$ROOM/dev/shm"
        mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$ROOM/dev/pts"
        mount --bind "$ROOM/dev/pts/ptmx" "$ROOM/dev/ptmx"
        exec chroot "$ROOM" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            HOME=/root TERM=dumb LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes \
            ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} "$@"' inside "$@"
}
# What it says is in build/bare/logs/SUITE.NAME, and the end of it is shown if it failed.
try() { # NAME COMMAND...: inside
    log=$logs/$suite.$1
    name=$1
    shift
    if inside "$@" >"$log" 2>&1 </dev/null; then pass; else
        fail "$suite: $name: $*"
        tail -n 30 "$log" | cut -c 1-300
        return 1
    fi
}
get() { # PACKAGE...
    # shellcheck disable=SC2016  # for the shell within
    try get sh -c 'apt-get -qq update && apt-get -qq -y --no-install-recommends install "$@"' get "$@"
}

# The commands that the README begins with, as they stand there.
readme() {
    enter "$suite" || return
    sed -n '/^## Try it/,/^## /s/^    //p' "$root/README.md" >"$scratch/commands"
    if [ "$(wc -l <"$scratch/commands")" -eq 2 ]; then pass; else fail 'the two commands of the README were not found'; fi
    try clone git clone -q /srv/dechaff.git /root/dechaff
    while read -r command; do
        try "readme: ${command##* }" sh -ec "cd /root/dechaff; $command"
    done <"$scratch/commands"
    if tail -n 1 "$logs/$suite.readme: check" | grep -q '^[0-9]* passed, 0 failed$'; then pass; else
        fail "$suite: $(tail -n 1 "$logs/$suite.readme: check")"
    fi
}

# All files of the room, with what is in them; but not what apt, dpkg and man-db keep for themselves.
traces() {
    (cd "$room" && find . \( -path './proc/*' -o -path './dev/*' -o -path './tmp/*' -o -path './run/*' -o \
        -path './var/log/*' -o -path './var/cache/*' -o -path './var/lib/apt/*' -o -path './var/lib/dpkg/[!i]*' \) -prune -o \
        -type f -exec cksum {} + -o -printf '%y %p %l\n') | sort
}

# Made in one system, used in another, and tried by the package's own tests in a third.
package() {
    enter "$suite" || return
    try clone git clone -q /srv/dechaff.git /root/dechaff
    try deb sh -ec 'cd /root/dechaff; sh tests/setup.sh deb; make deb' || return
    mkdir "$scratch/deb"
    cp "$room/root/dechaff/build/deb/"dechaff_* "$room/root/dechaff/build/deb/"dechaff-dbgsym_* "$scratch/deb"
    # The same bytes come of it elsewhere.
    # shellcheck disable=SC2016  # for the shell within
    try again sh -ec 'git clone -q /srv/dechaff.git /srv/again
        DEB_BUILD_OPTIONS=nocheck make -C /srv/again deb
        for file in /root/dechaff/build/deb/*.deb; do cmp "$file" "/srv/again/build/deb/${file##*/}"; done'
    get lintian blhc
    try lintian sh -c 'lintian --profile debian --allow-root --info --pedantic --fail-on error,warning,info,pedantic \
        /root/dechaff/build/deb/*.changes'
    cp "$logs/$suite.deb" "$room/root/log"
    try blhc blhc --all /root/log
    rm -rf "$room"

    enter "$suite" || return
    get bash-completion lynx man-db vim
    mkdir "$room/tmp/deb"
    cp "$scratch/deb/"*.deb "$room/tmp/deb"
    cp "$root/src/packaging/debian/tests/installed" "$room/tmp"
    traces >"$scratch/before"
    inside dpkg-query -W >>"$scratch/before"
    try install sh -c 'apt-get -y --no-install-recommends install /tmp/deb/dechaff_*.deb'
    traces >"$scratch/with"
    try use env AUTOPKGTEST_TMP=/tmp sh /tmp/installed
    try purge apt-get -y purge --autoremove dechaff
    traces >"$scratch/after"
    inside dpkg-query -W >>"$scratch/after"
    if [ "$(grep -c /usr/share/dechaff/rules/ "$scratch/with")" -gt 50 ]; then pass; else fail "$suite: no rules were installed"; fi
    same "$suite: purged without a trace" "$scratch/before" "$scratch/after"
    rm -rf "$room"

    enter "$suite" || return
    get autopkgtest
    mkdir "$room/tmp/deb"
    cp "$scratch/deb/"* "$room/tmp/deb"
    try autopkgtest sh -c 'cd /tmp/deb && autopkgtest dechaff_*.changes -- null'
    rm -rf "$room"
}

# The files of a package, one a line, under the names that all of them have: each distribution has its own
# place for licences, and its own suffix for manuals.
files() {
    sed 's|^[./]*||; s|^usr/lib64/|usr/lib/|; s|^\(usr/share/man/.*\)\.gz$|\1|' | grep '^usr/.*[^/]$' |
        grep -v -e '^usr/share/doc/' -e '^usr/share/licenses/' -e '/\.build-id' | sort
}

# With those of their tools that Debian has; a shell as Alpine's stands in for abuild.
others() {
    enter "$suite" || return
    try clone git clone -q /srv/dechaff.git /root/dechaff
    get make gcc libc6-dev pkgconf libmd-dev libpcre2-dev busybox dpkg-dev fakeroot libarchive-tools makepkg \
        pacman-package-manager rpm rpmlint ruby shellcheck
    try packages sh -ec 'cd /root/dechaff
        make
        sh tests/run.sh packages >/tmp/packages || { cat /tmp/packages; exit 1; }
        if grep skipped /tmp/packages; then exit 1; fi'

    try rpm make -C /root/dechaff rpm RPM='--nodeps --nocheck'
    # Who builds it for others signs and names himself. Fedora, other than Debian's rpmlint, wants no group and
    # no BuildRoot, knows ISC, and strips programs and packs manuals by macros of its own.
    try rpmlint sh -c 'cd /root/dechaff/build
        rpmlint dist/rpm/dechaff.spec rpm/SRPMS rpm/RPMS >/tmp/remarks
        ! grep ": [EW]: " /tmp/remarks | grep -v -e no-signature -e no-packager-tag -e no-group-tag -e no-buildroot-tag \
            -e "invalid-license ISC" -e manpage-not-compressed -e no-manual-page-for-binary -e unstripped-binary'
    inside sh -c "rpm -qp --queryformat '[%{FILEMODES:perms} %{FILENAMES}\n]' /root/dechaff/build/rpm/RPMS/*/*.rpm" |
        sed -n 's/^-[^ ]* //p' | files >"$scratch/rpm"

    try arch sh -ec 'useradd -m packager
        cp -R /root/dechaff/build/dist /home/packager
        chown -R packager /home/packager
        su packager -c "cd ~/dist/arch && SRCDEST=.. makepkg --nodeps --nocheck"'
    inside sh -c 'bsdtar tf /home/packager/dist/arch/dechaff-*.pkg.tar.*' | files >"$scratch/arch"

    try alpine sh -ec 'mkdir /root/apk
        cd /root/apk
        tar -xzf /root/dechaff/build/dist/dechaff-*.tar.gz
        cd dechaff-[0-9]*
        busybox ash -euc ". /root/dechaff/build/dist/alpine/APKBUILD; pkgdir=/root/apk/made; build; package"'
    (cd "$room/root/apk/made" && find . ! -type d) | files >"$scratch/alpine"

    if [ "$(grep -c '\.rules$' "$scratch/alpine")" -eq "$(find "$root/rules" -name '*.rules' | wc -l)" ]; then pass; else
        fail "$suite: not all rules are packaged"
    fi
    same "$suite: the files of the RPM" "$scratch/alpine" "$scratch/rpm"
    same "$suite: the files of Arch's package" "$scratch/alpine" "$scratch/arch"
}

for suite in $SUITES; do
    for part in $PARTS; do
        case $part in
        readme) readme ;;
        package) package ;;
        others) others ;;
        *) false ;;
        esac || fail "$suite: $part did not come to its end"
    done
done
finish
