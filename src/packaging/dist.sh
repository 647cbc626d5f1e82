#!/bin/sh
# dist.sh VERSION TARBALL -- the source of a release, packed: all that git has in its care or, in a tree
# that was unpacked from such a tarball, all that nobody has built.
#
# It is the same bytes in any directory, whoever makes it: names are sorted, nobody owns the files, and
# all have the time of the last commit, or $SOURCE_DATE_EPOCH. An unpacked file tells it further, so that
# a tarball can be made of what was in it.
set -eu
version=$1 tarball=$2
export LC_ALL=C

if ! tar --version 2>/dev/null | grep -q 'GNU tar'; then
    echo 'dist.sh: GNU tar sorts and owns as is wanted here; there is none' >&2
    exit 1
fi
if [ -e .git ]; then
    [ -z "$(git status --porcelain --untracked-files=no)" ] ||
        echo 'dist.sh: with changes that are not committed' >&2
    time=$(git log -1 --format=%ct)
    git ls-files -z
else
    time=$(date -r Makefile +%s)
    find . -type f ! -path './build/*' ! -path ./dechaff -print0 | sed -z 's|^\./||'
fi >"$tarball.names"
sort -z -o "$tarball.names" "$tarball.names"
tar --format=ustar --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --mtime="@${SOURCE_DATE_EPOCH:-$time}" \
    --transform="s|^|dechaff-$version/|" --no-recursion --null --files-from="$tarball.names" -cf "$tarball.new"
gzip -9nc "$tarball.new" >"$tarball"
rm "$tarball.names" "$tarball.new"
