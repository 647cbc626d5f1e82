#!/bin/bash -eu
# build.sh -- the fuzz targets for OSS-Fuzz: programs, seeds and dictionaries in $OUT. This directory
# is a project's there, projects/dechaff.
#
# The service sets CC, CXX, CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE, SRC and OUT, and gives the compiler
# the sanitizer and the coverage it wants in CFLAGS. Where the targets run there are no libraries of
# the system but libc's, so ours are linked in. The shipped rules go beside the programs, which take
# this for a build tree by the filter.c there.
cd "$SRC/dechaff"

targets=
for file in tests/fuzz/fuzz_*.c; do
    name=$(basename "$file" .c)
    # It needs counters of its own, and no other engine would climb by them.
    [ "$name" = fuzz_cost ] || targets="$targets ${name#fuzz_}"
done

# shellcheck disable=SC2046  # targets are words
make -j"$(nproc)" BUILD=build/service CC="$CC" CFLAGS="$CFLAGS" LINK="$CXX $CXXFLAGS" HARDEN='' LTO='' \
    FUZZ_LINK="$LIB_FUZZING_ENGINE" LIBS='-l:libpcre2-8.a -l:libmd.a -lm -pthread' \
    $(for target in $targets; do echo "build/service/fuzz_$target"; done)

mkdir -p "$OUT"
cp -R rules filter.c "$OUT"
for target in $targets; do
    seeds=build/service/seeds/$target
    cp "build/service/fuzz_$target" "$OUT"
    sh tests/fuzz/corpus.sh "$target" "$seeds" >"$OUT/fuzz_$target.dict"
    rm -f "$OUT/fuzz_${target}_seed_corpus.zip"
    zip -qrj "$OUT/fuzz_${target}_seed_corpus.zip" "$seeds"
    printf '[libfuzzer]\nmax_len = 4096\n' >"$OUT/fuzz_$target.options"
done
