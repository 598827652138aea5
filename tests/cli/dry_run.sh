# SPDX-License-Identifier: BSD-2-Clause
# -n prints the commands and runs nothing; -verbose prints those that are run.
. "$(dirname "$0")/../lib/test.sh"
tiny 'a b.bpf.c'
printf '#!/bin/sh\ntouch "%s"\nexec clang "$@"\n' "$WORK/ran" >"$WORK/cc"
chmod +x "$WORK/cc"

run 0 "$BPFBAKE" -n -cc "$WORK/cc" t 'a b.bpf.c' -- '-DX="y z"'
[ ! -e "$WORK/ran" ] || fail 'the compiler was run'
only 'a b.bpf.c'
[ "$(grep -c ' -target bpfe[lb] -c ' "$WORK/out")" -eq 2 ] || fail 'not one command for each target'
prints "'./a b.bpf.c'"
prints "'-DX=\"y z\"'"
prints ' -E -v -x c /dev/null'
# The printed commands do what they say.
mkdir TMPDIR
sed "s,$WORK/cc,clang," "$WORK/out" | grep -v ' -E ' | sed "s/\$/ -idirafter \/usr\/include\/$(cc -print-multiarch)/" >c.sh
run 0 sh -e c.sh
exists TMPDIR/bpfel.o TMPDIR/bpfeb.o
rm -r TMPDIR c.sh

run 0 "$BPFBAKE" -verbose t 'a b.bpf.c'
says '-target bpfel -c'
V=1 run 0 "$BPFBAKE" t 'a b.bpf.c'
says '-target bpfeb -c'
V=0 quiet "$BPFBAKE" t 'a b.bpf.c'
V=2 quiet "$BPFBAKE" t 'a b.bpf.c'
V=1 quiet "$BPFBAKE" -verbose=false t 'a b.bpf.c'
quiet "$BPFBAKE" -j 1 t 'a b.bpf.c'
