#!/bin/sh
# hardened.sh -- the program has in it what the hardening flags of the Makefile, as far as it was built
# with them, are for.
. "$(dirname "$0")/../lib.sh"

for tool in readelf objdump; do
    command -v $tool >/dev/null 2>&1 || {
        skip "$tool"
        finish
    }
done
readelf -Wlsd "$DECHAFF" >"$scratch/elf" 2>"$scratch/err" || {
    skip 'hardening: the program is no ELF file'
    finish
}
objdump -d "$DECHAFF" | awk '/<main>:/ { getline; print; exit }' >"$scratch/main"

# FLAG FILE PATTERN: the pattern is in the file if the flag was the compiler's or the linker's.
has() {
    if ! grep -q -e " $1 " "$BUILD/flags"; then
        skip "$1, which this program was built without"
    elif grep -Eq -e "$3" "$scratch/$2"; then
        pass
    else
        fail "$1: nothing of it is in the program"
    fi
}
has -pie elf '^Elf file type is DYN'
has -Wl,-z,relro elf '^ *GNU_RELRO '
has -Wl,-z,now elf '\((FLAGS|BIND_NOW)\).*NOW'
has -Wl,-z,noexecstack elf '^ *GNU_STACK .* RW +0x'
has -fstack-protector-strong elf '__stack_chk_fail'
has -D_FORTIFY_SOURCE=2 elf '__(memcpy|snprintf|sprintf|fprintf|vfprintf)_chk'
case $(uname -m) in
x86_64) has -fcf-protection main 'endbr64' ;;
esac
finish
