# SPDX-License-Identifier: BSD-2-Clause
# Programs that lack what most have, maps, programs, variables or sizes: what is generated of them compiles, and has no
# variable or helper that nothing uses, and nothing that it does not include.
. "$(dirname "$0")/../lib/test.sh"
needs gcc g++ clang

head='#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";'
ops='struct tcp_congestion_ops { unsigned key, flags; char name[16]; };'
program() {
	printf '%s\n' "$head" "$2" >"$1.bpf.c"
}
program map 'struct { __uint(type, BPF_MAP_TYPE_QUEUE); __type(value, int); __uint(max_entries, 2); } m SEC(".maps");'
program prog 'SEC("socket") int p(void *c) { return 0; }'
program bss 'int counter;'
# No function attaches it: libbpf wants the map that it belongs to.
program unattached 'SEC("struct_ops/p") void p(void) {}'
program ops "$ops SEC(\".struct_ops\") struct tcp_congestion_ops o = {.name = \"none\"};"
program link "$ops SEC(\".struct_ops.link\") struct tcp_congestion_ops o = {.name = \"none\"};"
# User space sets the sizes.
program sizes 'struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(max_entries, 2); __uint(key_size, 4); } s SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(map_flags, BPF_F_STACK_BUILD_ID); __uint(key_size, 4); } b SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER); } f SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(key_size, 4); } h SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); } p SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_QUEUE); } q SEC(".maps");'
program marked 'struct { int key; char end_of_key[0]; int rest; } *marked; struct marked { int key; char end_of_key[0]; long rest; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct marked); } m SEC(".maps");'
program nothing 'static const int unused = 1;'

# compile DEFINITION...: user.c, as C and C++.
compile() {
	for compiler in 'gcc -std=c11' 'clang -std=c11' 'g++ -x c++ -std=c++17' 'clang++ -x c++ -std=c++17'; do
		# shellcheck disable=SC2086 # words
		$compiler -Wall -Wextra -Wconversion -pedantic -Werror "$@" -fsyntax-only user.c 2>"$WORK/err" || {
			head -n 20 "$WORK/err" >&2
			fail "$what: $compiler"
		}
	done
}
for name in map prog bss unattached ops link sizes marked; do
	cat >user.c <<END
#include "$name.skel.h"
int main(void)
{
	struct $name *skel = ${name}__open_and_load();
	int err = skel ? ${name}__attach(skel) : 1;

	${name}__destroy(skel);
	return err;
}
END
	for options in '' -no-accessors -compress -split; do
		what="$name $options"
		# shellcheck disable=SC2086 # words
		quiet "$BPFBAKE" $options $name $name.bpf.c
		compile
	done
	what="gen skeleton, $name"
	run 0 "$BPFBAKE" gen skeleton ${name}_bpfel.o name $name
	cp "$WORK/out" $name.skel.h
	compile
done

quiet "$BPFBAKE" sizes sizes.bpf.c
has sizes.skel.h 'sizes__s__lookup('
has sizes.skel.h 'sizes__h__delete('
for function in f__add f__test h__lookup h__update h__for_each p__lookup_percpu q__push; do
	lacks sizes.skel.h "sizes__${function}("
done

# bpftool makes a skeleton of an object without anything; a source without anything is a mistake.
run 1 "$BPFBAKE" nothing nothing.bpf.c
says 'nothing.bpf.c: has no program and no map; mark functions'
clang -g -O2 -target bpf -idirafter "/usr/include/$(cc -print-multiarch)" -c nothing.bpf.c -o nothing.o
for kind in skeleton subskeleton; do
	what="gen $kind, nothing"
	run 0 "$BPFBAKE" gen $kind nothing.o
	cp "$WORK/out" nothing.h
	printf '#include "nothing.h"\nstruct nothing *made;\n' >user.c
	compile
done
run 0 "$BPFBAKE" inspect nothing.o
prints 'license GPL'
