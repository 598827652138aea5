# SPDX-License-Identifier: BSD-2-Clause
# What gen min_core_btf leaves of a kernel's BTF: libbpf makes of each object the same instructions with it
# as with all of it, and as with bpftool's. $COMPARE does that.
. "$(dirname "$0")/../lib/test.sh"
needs bpftool clang
[ "$(id -u)" -eq 0 ] || skip "not root"
[ -r /sys/kernel/btf/vmlinux ] || skip "this kernel has no BTF"

# Not those that ask for a type's number, which is another one in each BTF.
for object in core relocations maps; do
	cp "$OBJECT_DIR/${object}_bpfel.o" .
done
# bpf_core_type_matches needs a newer compiler.
for clang in clang-16 clang-19; do
	! command -v $clang >/dev/null ||
		$clang -O2 -g -target bpfel -idirafter "/usr/include/$(cc -dumpmachine)" \
			-c "$SOURCE_DIR/tests/objects/relocations.bpf.c" -o "$clang.o"
done
quiet "$BPFBAKE" gen min_core_btf /sys/kernel/btf/vmlinux none.btf maps_bpfel.o
for object in *.o; do
	quiet "$BPFBAKE" gen min_core_btf /sys/kernel/btf/vmlinux ours.btf "$object"
	bpftool gen min_core_btf /sys/kernel/btf/vmlinux theirs.btf "$object"
	[ "$(wc -c <ours.btf)" -le "$(wc -c <theirs.btf)" ] || fail "$object: more than bpftool's"
	run 0 "$COMPARE" "$object" /sys/kernel/btf/vmlinux ours.btf theirs.btf
	# That tells them apart.
	[ "$(wc -c <ours.btf)" -eq "$(wc -c <none.btf)" ] ||
		run 1 "$COMPARE" "$object" /sys/kernel/btf/vmlinux none.btf
done
