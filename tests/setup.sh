#!/bin/sh
# setup.sh -- install what is missing to build (build), test (check), make a Debian package (deb), lint
# (lint), run the continuous integration (ci) or what dechaff-pipelines(7) shows
# (pipelines, with apt-get, and pip for Spark, in build/spark); silent when nothing is.
#
#   sh tests/setup.sh build|check|deb|lint|ci|pipelines
#   sh tests/setup.sh demo      on a bare system: build needs, then `make demo`
#
# Uses apt-get, dnf, pacman, apk or brew, through sudo unless root.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)

compiles() { # COMPILER FLAGS... <PROGRAM: does it make a program of it?
    "$@" -x c -o /dev/null - >/dev/null 2>&1
}

present() {
    # shellcheck disable=SC2086  # CC may be two words, "ccache gcc"
    case $1 in
    cc) printf '#include <stdio.h>\nint main(void) { return 0; }\n' | compiles ${CC:-cc} ;;
    pcre2) pkg-config --exists libpcre2-8 2>/dev/null ;;
    libmd) pkg-config --exists libmd 2>/dev/null ;;
    check) pkg-config --exists check 2>/dev/null ;;
    venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
    sanitizers)
        printf 'int LLVMFuzzerTestOneInput(void) { return 0; }\n' |
            compiles clang -fsanitize=fuzzer,address,undefined
        ;;
    *) (PATH=$PATH:/usr/sbin:/sbin && command -v "$1" >/dev/null 2>&1) ;;
    esac
}

package() { # NEED: what this system calls it
    case $manager:$1 in
    apt-get:cc) echo gcc libc6-dev ;;
    apt-get:dh) echo debhelper ;;
    apt-get:dpkg-buildpackage) echo build-essential ;;
    apt-get:ip) echo iproute2 ;;
    apt-get:java) echo default-jre-headless ;;
    apt-get:munged) echo munge ;;
    apt-get:pcre2) echo libpcre2-dev ;;
    apt-get:libmd) echo libmd-dev ;;
    apt-get:sanitizers) echo libclang-rt-dev ;;
    apt-get:slurmctld) echo slurm-wlm ;;
    apt-get:ssh) echo openssh-client ;;
    apt-get:sshd) echo openssh-server ;;
    apt-get:xz) echo xz-utils ;;
    apt-get:valgrind) echo valgrind libc6-dbg ;;
    apt-get:venv) echo python3-venv ;;
    dnf:cc) echo gcc ;;
    dnf:pkg-config) echo pkgconf-pkg-config ;;
    dnf:pcre2) echo pcre2-devel ;;
    dnf:libmd) echo libmd-devel ;;
    dnf:check) echo check-devel ;;
    dnf:clang-format | dnf:clang-tidy) echo clang-tools-extra ;;
    dnf:sanitizers) echo compiler-rt ;;
    dnf:shellcheck) echo ShellCheck ;;
    pacman:cc) echo gcc ;;
    pacman:pkg-config) echo pkgconf ;;
    pacman:clang-format | pacman:clang-tidy) echo clang ;;
    pacman:sanitizers) echo compiler-rt ;;
    apk:cc) echo gcc musl-dev linux-headers ;;
    apk:pkg-config) echo pkgconf ;;
    apk:pcre2) echo pcre2-dev ;;
    apk:libmd) echo libmd-dev ;;
    apk:check) echo check-dev ;;
    apk:clang-format | apk:clang-tidy) echo clang-extra-tools ;;
    apk:sanitizers) echo compiler-rt ;;
    brew:cc | brew:clang | brew:sanitizers) echo llvm ;;
    brew:pkg-config) echo pkgconf ;;
    brew:clang-tidy) echo llvm ;;
    *) echo "$1" ;;
    esac
}

build='make cc pkg-config pcre2 libmd'
pipelines='parallel ssh sshd rsync ip slurmctld munged zstd jq gzip java venv'
lint='clang clang-format clang-tidy mandoc shellcheck'
case ${1:-} in
build | demo) needs=$build ;;
check) needs="$build check" ;;
deb) needs="$build dpkg-buildpackage dh" ;;
pipelines) needs="$build $pipelines" ;;
lint) needs="$build check $lint" ;;
ci) needs="$build check $lint sanitizers valgrind zip bzip2 zstd xz zsh fish vim lynx" ;;
*)
    echo 'usage: sh tests/setup.sh build|check|deb|lint|ci|pipelines|demo' >&2
    exit 2
    ;;
esac

missing=
for need in $needs; do
    present "$need" || missing="$missing $need"
done

if [ -n "$missing" ]; then
    manager=
    for candidate in apt-get dnf pacman apk brew; do
        if command -v $candidate >/dev/null 2>&1; then
            manager=$candidate
            break
        fi
    done
    if [ -z "$manager" ]; then
        echo "setup: missing:$missing; no apt-get, dnf, pacman, apk or brew here to install them" >&2
        exit 1
    fi
    packages=
    for need in $missing; do
        packages="$packages $(package "$need")"
    done
    as_root=
    if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            echo "setup: missing:$missing; as root, install:$packages" >&2
            exit 1
        }
        as_root=sudo
    fi
    echo "setup: installing with $manager:$packages"
    # Package names hold no white space, so the words split as they should.
    # shellcheck disable=SC2086
    case $manager in
    apt-get)
        $as_root apt-get -qq update
        $as_root env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get -qq -y --no-install-recommends \
            -o Dpkg::Use-Pty=0 install $packages >/dev/null
        ;;
    dnf) $as_root dnf -q -y install $packages ;;
    pacman) $as_root pacman -Sy --noconfirm --needed $packages ;;
    apk) $as_root apk add --quiet $packages ;;
    brew) brew install --quiet $packages ;;
    esac
    for need in $missing; do
        present "$need" || {
            echo "setup: $need is still missing after the installation" >&2
            exit 1
        }
    done
fi

# 500 MB, and nobody else's: gone with `make clean`.
spark=$root/build/spark
if [ "$1" = pipelines ] && ! "$spark/bin/python" -c 'import pyspark' 2>/dev/null; then
    echo "setup: installing with pip, in $spark: pyspark"
    python3 -m venv "$spark"
    "$spark/bin/pip" -q --disable-pip-version-check install pyspark==4.3.0
fi

if [ "$1" = demo ]; then
    cd "$root"
    exec make --no-print-directory demo
fi
