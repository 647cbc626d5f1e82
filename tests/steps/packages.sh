#!/bin/sh
# packages.sh -- what packagers are given agrees with what is packaged: versions, names of files, and that the
# tools which are here can read it. Whether packages come of it, and work, is for `make bare`.
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 2
packaging=$root/src/packaging

# One version everywhere.
version=$(sed -n 's/^VERSION *= *//p' Makefile)
is() { # WHAT EXPECTED FOUND
    if [ "$2" = "$3" ]; then pass; else fail "$1: $3, not $2"; fi
}
is 'the version of the program' "dechaff $version" "$(dechaff --version | cut -d ' ' -f 1,2)"
is 'the version of NEWS' "$version" "$(awk -v form=version -f "$packaging/news.awk" "$packaging/NEWS")"
is 'the version for VS Code' "$version" "$(sed -n 's/^ *"version": "\(.*\)",$/\1/p' "$packaging/vscode/package.json")"

# NEWS in the words of others. The day of the week is reckoned.
news() { # FORM
    awk -v form="$1" -v maintainer='A. Body <a@example.org>' -f "$packaging/news.awk" "$scratch/NEWS"
}
cat >"$scratch/NEWS" <<'END_OF_NEWS'
dechaff 1.10 (2028-02-29)

- A leap day.
  It was a Tuesday.
- More.

dechaff 1.9 (2000-01-01)

- Less.
END_OF_NEWS
cat >"$scratch/debian" <<'END_OF_NEWS'
dechaff (1.10-1) unstable; urgency=medium

  * A leap day.
    It was a Tuesday.
  * More.

 -- A. Body <a@example.org>  Tue, 29 Feb 2028 12:00:00 +0000

dechaff (1.9-1) unstable; urgency=medium

  * Less.

 -- A. Body <a@example.org>  Sat, 01 Jan 2000 12:00:00 +0000
END_OF_NEWS
cat >"$scratch/rpm" <<'END_OF_NEWS'
* Tue Feb 29 2028 A. Body <a@example.org> - 1.10-1
- A leap day.
  It was a Tuesday.
- More.

* Sat Jan 01 2000 A. Body <a@example.org> - 1.9-1
- Less.
END_OF_NEWS
for form in debian rpm; do
    news $form >"$scratch/out"
    same "NEWS for $form" "$scratch/$form" "$scratch/out"
done
echo 'dechaff 1.11, soon' >"$scratch/NEWS"
if news debian 2>"$scratch/err" || ! grep -q '^NEWS:1: ' "$scratch/err"; then fail 'a faulty entry of NEWS'; else pass; fi

# The tarball: of a checkout, and of itself in another directory.
if ! tar --version 2>/dev/null | grep -q 'GNU tar' || ! command -v git >/dev/null 2>&1 || [ ! -e .git ]; then
    skip 'a tarball of a checkout'
    finish
fi
mkdir "$scratch/else where" "$scratch/first" "$scratch/second"
make -s dist DIST="$scratch/first" >"$scratch/log" 2>&1 || fail "make dist: $(cat "$scratch/log")"
tar -C "$scratch/else where" -xzf "$scratch/first/dechaff-$version.tar.gz"
tree="$scratch/else where/dechaff-$version"
sh "$tree/src/packaging/dist.sh" "$version" "$scratch/outside" 2>/dev/null
(cd "$tree" && sh src/packaging/dist.sh "$version" "$scratch/second/dechaff-$version.tar.gz")
same 'a tarball made of itself' "$scratch/first/dechaff-$version.tar.gz" "$scratch/second/dechaff-$version.tar.gz"

# All is filled in, and every file that is named is in the tarball.
if grep -rn '@[A-Z0-9]*@' "$scratch/first" --include='[!.]*' --exclude='*.gz' | grep -v '/debian/watch:'; then
    fail 'something is not filled in'
else
    pass
fi
for name in $(sed 's/#.*//' "$scratch/first/debian/dechaff.examples") \
    $(sed -n 's/^%\(license\|doc\) //p' "$scratch/first/rpm/dechaff.spec"); do
    if [ -e "$tree/$name" ]; then pass; else fail "there is no $name"; fi
done
for page in man/*.[1-8]; do
    if grep -q "/man${page##*.}/${page##*/}\*" "$scratch/first/rpm/dechaff.spec" &&
        grep -q " ${page##*/}[ ;]" "$scratch/first/debian/tests/installed"; then pass; else fail "${page##*/} is not packaged"; fi
done

reads() { # TOOL COMMAND...
    tool=$1
    shift
    if ! command -v "$tool" >/dev/null 2>&1; then
        skip "$tool"
    elif "$@" >"$scratch/out" 2>&1; then
        pass
    else
        fail "$*"
        head -n 20 "$scratch/out"
    fi
}
cd "$scratch/first" || exit 2
for file in alpine/APKBUILD arch/PKGBUILD debian/*.postinst debian/*.prerm debian/tests/installed; do reads shellcheck shellcheck "$file"; done
reads ruby ruby -c homebrew/dechaff.rb
reads rpmspec rpmspec -P rpm/dechaff.spec
reads dpkg-parsechangelog dpkg-parsechangelog -l debian/changelog
finish
