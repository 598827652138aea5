# SPDX-License-Identifier: BSD-2-Clause
# VMLINUX and LEAN: a project without a vmlinux.h, with the types of a BTF file that it has.
. "$(dirname "$0")/lib.sh"
[ -r /sys/kernel/btf/vmlinux ] || skip 'the kernel has no BTF'
cp /sys/kernel/btf/vmlinux kernel.btf
cp "$SOURCE_DIR/tests/lean/questions.bpf.c" lean.bpf.c
cp lean.bpf.c whole.bpf.c
project CMakeLists.txt <<'END'
add_bpf_skeleton(lean SOURCES lean.bpf.c VMLINUX kernel.btf LEAN only)
add_bpf_skeleton(whole SOURCES whole.bpf.c VMLINUX auto LEAN off)
add_executable(main main.c)
target_link_libraries(main PRIVATE lean whole)
END
cat >main.c <<'END'
#include <errno.h>
#include "lean.skel.h"
#include "whole.skel.h"
int main(void)
{
	struct lean *lean = lean__open_and_load();
	struct whole *whole = whole__open_and_load();

	if ((!lean || !whole) && errno == EPERM)
		return 77;
	return !lean || !whole;
}
END
for generator in $generators; do
	build=build_$generator
	configure . "$build" "$generator"
	build "$build"
	loads "$build/main"
	idle "$build"
	[ "$(wc -c <"$build/lean_x86_bpfel.o")" -lt "$(($(wc -c <"$build/whole_x86_bpfel.o") / 2))" ] ||
		fail 'the slice makes no difference'
	touch kernel.btf
	build "$build"
	makes 'Making lean.skel.h'
	makes_no 'Making whole.skel.h'
	idle "$build"
done
