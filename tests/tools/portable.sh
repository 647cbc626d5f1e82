#!/bin/sh
# portable.sh FLAG... FILE... -- no warning for 32 bits and with musl, as far as their headers are here.
#
# The headers of the two libraries are those of this system: they are the same everywhere.
set -u
borrowed=$(mktemp -d) || exit 2
trap 'rm -rf "$borrowed"' EXIT
pcre2=$(pkg-config --variable=includedir libpcre2-8) libmd=$(pkg-config --variable=includedir libmd)
ln -s "$pcre2/pcre2.h" "$libmd/md5.h" "$libmd/sha1.h" "$libmd/sha2.h" "$borrowed" || exit 2

for compiler in 'gcc -m32' musl-gcc; do
    if ! echo '#include <stdio.h>' | $compiler -x c -fsyntax-only - 2>/dev/null; then
        echo "portable: skipped: $compiler, whose headers are not here"
        continue
    fi
    $compiler -std=c17 -Werror -fsyntax-only -idirafter "$borrowed" "$@" || exit
done
