# SPDX-License-Identifier: BSD-2-Clause
. "$(dirname "$0")/../lib/test.sh"
needs clang cc llvm-strip
source_sh=$(dirname "$0")/source.sh
[ "${source_sh#/}" != "$source_sh" ] || fail 'the test must be called by an absolute name'
include=/usr/include/$(cc -print-multiarch)

# object KIND N: KIND_N.o, as a pipeline without bpfbake makes it.
object() {
	sh "$source_sh" "$1" "$2" >"$1_$2.bpf.c"
	clang -O2 -mcpu=v1 -g -target bpf -idirafter "$include" -c "$1_$2.bpf.c" -o "$1_$2.o"
	llvm-strip -g "$1_$2.o"
}
