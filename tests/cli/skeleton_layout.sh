# SPDX-License-Identifier: BSD-2-Clause
# gen skeleton and gen subskeleton: the structs are bpftool's, as a C compiler sees them: each member, its
# place and its type, of all objects.
. "$(dirname "$0")/../lib/test.sh"
needs bpftool clang
here=$(cd "$(dirname "$0")" && pwd)
case $(printf 1 | od -An -tx2) in
*0031*) ;;
*) skip 'bpftool 7.1 reads the objects of its host alone' ;;
esac
# 7.5 has struct_ops, and no hidden variables.
theirs=$(sh "$here/../lib/bpftool" "$SYSROOTS" 2>"$WORK/err") || theirs=bpftool

# types OBJECT: what bpftool's header needs of its includer: typedefs, enums, and the structs, whose layout
# ours.h asserts itself.
types() {
	printf '#include <stdbool.h>\n#include <stddef.h>\n#include <linux/types.h>\n'
	bpftool btf dump file "$1" format c >dump.h
	grep -E '^typedef [a-z_0-9 ]+;$' dump.h | grep -vE '^typedef (struct|union|enum) ' || :
	sed -nE '/^enum [a-z_0-9]+ \{$/,/^\}/p' dump.h | sed -E '/^enum (bpf_|xdp_|libbpf_|sk_)/,/^\}/d'
	echo '#define n__DEFINE_TYPES'
	awk '/^#include/ { on = 1; next } /^struct n \{/ { exit } on' ours.h
}
# layout WHAT: of user.c, for each of the skeleton's structs: its name, and offset, type and name of each
# member. Types are those behind all typedefs, and an enum is the integer that it is.
layout() {
	clang -std=gnu11 -fsyntax-only -Xclang -fdump-record-layouts-canonical user.c >records 2>"$WORK/err" || {
		cat "$WORK/err" >&2
		fail "$1 does not compile"
	}
	awk '/^\*\*\* Dump/ { getline; keep = $0 ~ / struct n(__[a-zA-Z0-9_]+)?$/; of = $NF }
		keep && NF && !/sizeof=/ { print of, $0 }' records |
		sed -E -e 's/\((unnamed|anonymous)[^)]*\)/…/g' -e '/ __(pad|padding_|unsupported_|end)_?[0-9]*$/d' \
			-e 's/enum (level|sign) /int /' -e 's/enum [a-z_0-9]+ /unsigned int /' -e 's/ const / /' |
		sort -s -k 1,1
}
# Variables in an arena need clang 18, and bpftool 7.5.
cat >arena.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#define __arena __attribute__((address_space(1)))
struct {
	__uint(type, 33); /* BPF_MAP_TYPE_ARENA */
	__uint(map_flags, 1024); /* BPF_F_MMAPABLE */
	__uint(max_entries, 100);
} pages SEC(".maps");
int __arena counter;
__u64 __arena list[4];
char __arena *__arena text;
SEC("syscall") int touch(void *context) { counter++, list[1]++, text = 0; return 0; }
char LICENSE[] SEC("license") = "GPL";
END
arena=
if [ "$theirs" != bpftool ] && command -v clang-19 >/dev/null; then
	arena=$PWD/arena.o
	clang-19 -target bpf -mcpu=v3 -g -O2 -idirafter "/usr/include/$(cc -print-multiarch)" -c arena.bpf.c -o arena.o
fi
count=0
for object in "$OBJECT_DIR"/*_bpfel.o $arena; do
	case $object in
	*/lean_*) continue ;;  # All of a kernel's types are too many for user space.
	*/names_* | */light_names_*) continue ;; # Two members of one name, in bpftool's.
	*/vmlinux_text_*) continue ;; # Enums whose size C does not see.
	*/struct_ops_*) continue ;; # Megabytes for a bitfield, in bpftool's.
	*/congestion*) [ "$theirs" != bpftool ] || continue ;; # No struct_ops in 7.1's.
	esac
	for kind in skeleton subskeleton; do
		"$theirs" gen $kind "$object" name n >theirs.h 2>"$WORK/err" || fail "$(cat "$WORK/err")"
		# 7.1 stops, with success, where the subskeleton has a section without BTF.
		[ -s theirs.h ] || continue
		run 0 "$BPFBAKE" gen $kind "$object" name n
		cp "$WORK/out" ours.h
		types "$object" >types.h
		# Only the structs: what follows wants a newer libbpf where there are struct_ops.
		# Nor a struct without members, which 7.1 has for sections without variables.
		sed -n '/^struct n {/,/^};/p' theirs.h | sed '/^\tstruct n__.* {$/{N;/\n\t} /d;}' >members
		{ echo '#include <bpf/libbpf.h>' && cat members; } >theirs.h
		for header in theirs ours; do
			{
				printf '#include "types.h"\n#include "%s.h"\nint size = sizeof(struct n);\n' $header
				sed -nE 's/^\t+struct (n__[a-zA-Z0-9_]+) \{$/int of_\1 = sizeof(struct \1);/p' members
			} >user.c
			layout "$header.h, $kind of $object" >$header
		done
		# 7.1 has hidden variables, which take places.
		[ "$theirs" != bpftool ] || sed -i -E -e '/hidden/d' -e 's/ +[0-9]+ \|/ |/' theirs ours
		diff theirs ours >difference || {
			cat difference
			fail "$kind: another layout of $object"
		}
		grep -q 'struct n$' ours || fail "nothing was compared of $object"
		count=$((count + 1))
	done
done
echo "$count headers compared with $theirs"
