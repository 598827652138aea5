# SPDX-License-Identifier: BSD-2-Clause
# BTF: the BTFs of kernels come into the program, which gets zlib, and are dependencies, as their directories
# are.
. "$(dirname "$0")/lib.sh"
needs llvm-objcopy
cp "$SOURCE_DIR/tests/objects/core.bpf.c" first.bpf.c
cp first.bpf.c second.bpf.c

# kernel FILE TYPE: BTF of a kernel whose task_struct has a `pid` of that type behind another member.
kernel() {
	mkdir -p "$(dirname "$1")"
	printf 'struct task_struct { %s a; int pid, tgid; } *task;' "$2" |
		clang -target bpfel -g -c -x c - -o kernel.o
	llvm-objcopy --dump-section .BTF="$1" kernel.o
}
kernel 'the kernels/debian/10/x86_64/4.19.0-1-amd64.btf' int
kernel 'the kernels/debian/11/x86_64/5.10.0-1-amd64.btf' long
kernel 5.4.0.btf char
project CMakeLists.txt <<'END'
add_bpf_skeleton(first SOURCES first.bpf.c BTF "the kernels" 5.4.0.btf)
add_bpf_skeleton(second SOURCES second.bpf.c BTF "the kernels" SPLIT)
add_bpf_skeleton(third SOURCES first.bpf.c NAME third BTF ${EMPTY})
add_executable(main main.c)
target_link_libraries(main PRIVATE first second third)
END
cat >main.c <<'END'
#include "first.skel.h"
#include "second.skel.h"
#include "third.skel.h"
int main(void)
{
	static const struct bpfbake_kernel old = {"4.19.0-1-amd64", "x86_64", NULL, NULL}, other = {"5.4.0", "x86_64", NULL, NULL},
		added = {"6.0.0", "x86_64", NULL, NULL};
	size_t size;

	free(second__btf_for(&added, &size));
	return !first__btf_for(&old, &size) || !second__btf_for(&old, &size) || !first__btf_for(&other, &size) ||
		second__btf_for(&other, &size);
}
END
for generator in $generators; do
	build=build_$generator
	rm -f 'the kernels/6.0.0.btf'
	configure . "$build" "$generator"
	build "$build"
	case $(printf 1 | od -An -tx2) in
	*0031*) "$build/main" || fail "not the kernels' BTFs with $generator" ;;
	esac
	idle "$build"
	lacks "$build/third.skel.h" 'btf_for'
	# Another BTF, and one more.
	sleep 1
	kernel 5.4.0.btf short
	build "$build"
	makes 'Making first.skel.h'
	makes_no 'Making second.skel.h'
	idle "$build"
	sleep 1
	kernel 'the kernels/6.0.0.btf' 'long long'
	build "$build"
	makes 'Making first.skel.h'
	makes 'Making second.skel.h'
	idle "$build"
done
