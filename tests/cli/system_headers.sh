# SPDX-License-Identifier: BSD-2-Clause
# The system's headers: found by asking the compiler, once.
. "$(dirname "$0")/../lib/test.sh"
tiny a.bpf.c
# asm/ is in the multiarch directory, stdarg.h in clang's own.
sed -i '1i #include <asm/types.h>\n#include <stdarg.h>\n#include <stdint.h>' a.bpf.c
printf '#!/bin/sh\ncase " $* " in *" -v "*) echo asked >>"%s" ;; esac\nexec clang "$@"\n' \
	"$WORK/asked" >"$WORK/cc"
chmod +x "$WORK/cc"
asked() {
	count=$(cat "$WORK/asked" 2>/dev/null | wc -l)
	[ "$count" -eq "$1" ] || fail "asked $count times, not $1: $2"
}

quiet "$BPFBAKE" -cc "$WORK/cc" t a.bpf.c
asked 1 first
quiet "$BPFBAKE" -cc "$WORK/cc" t a.bpf.c
asked 1 'from the cache'
quiet "$BPFBAKE" -cc "$WORK/cc" t a.bpf.c -- --sysroot=/
asked 2 'another sysroot'
touch -d '+3 seconds' "$WORK/cc"
quiet "$BPFBAKE" -cc "$WORK/cc" t a.bpf.c
asked 3 'another compiler'
BPFBAKE_CACHE= quiet "$BPFBAKE" -cc "$WORK/cc" t a.bpf.c
asked 4 'no cache'
BPFBAKE_CACHE="$WORK/other" quiet "$BPFBAKE" -cc "$WORK/cc" t a.bpf.c
asked 5 'another cache'
# A damaged or unusable cache costs time only.
find "$WORK/other" -type f | while read -r file; do echo damaged >"$file"; done
BPFBAKE_CACHE="$WORK/other" quiet "$BPFBAKE" -cc "$WORK/cc" t a.bpf.c
asked 6 'damaged cache'
BPFBAKE_CACHE="$WORK/other" quiet "$BPFBAKE" -cc "$WORK/cc" t a.bpf.c
asked 6 'mended cache'
BPFBAKE_CACHE=/proc/none quiet "$BPFBAKE" -cc "$WORK/cc" t a.bpf.c
asked 7 'cache that cannot be written'
cp t_bpfel.o first.o
i=0
while [ $i -lt 16 ]; do
	mkdir "d$i"
	BPFBAKE_CACHE="$WORK/shared" "$BPFBAKE" -output-dir "d$i" t a.bpf.c &
	i=$((i + 1))
done
wait
i=0
while [ $i -lt 16 ]; do
	cmp "d$i/t_bpfel.o" first.o || fail 'another object with a shared cache'
	i=$((i + 1))
done

run 1 "$BPFBAKE" -no-sys-include t a.bpf.c
says "'asm/types.h' file not found"
# For another machine: its directories are found behind --sysroot, not this machine's.
mkdir -p root/usr/include/asm
echo 'typedef int from_the_sysroot;' >root/usr/include/asm/types.h
echo 'from_the_sysroot found;' >>a.bpf.c
run 1 "$BPFBAKE" t a.bpf.c
run 1 "$BPFBAKE" t a.bpf.c -- --sysroot="$PWD/root"
says "'linux/bpf.h' file not found"
