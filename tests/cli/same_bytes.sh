# SPDX-License-Identifier: BSD-2-Clause
# The same tree in two places, built in different ways, gives the same bytes.
. "$(dirname "$0")/../lib/test.sh"

make_tree() {
	mkdir -p "$1/src/sub" "$1/include" "$1/build/deep"
	cat >"$1/src/a.bpf.c" <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "near.h"
#include "sub/deep.h"
#include <shared.h>
const volatile char file[] = __FILE__;
int counter;
SEC("socket") int watch(void *context)
{
	bpf_printk("%s %s %s", near_file(), shared_file(), deep_file());
	counter += twice(3) + thrice(4);
	return 0;
}
char LICENSE[] SEC("license") = "GPL";
END
	cat >"$1/src/near.h" <<'END'
static inline const char *near_file(void) { return __FILE__; }
static __always_inline int twice(int x)
{
	return x * bpf_get_prandom_u32();
}
END
	sed 's/near/deep/; s/twice/unused_in_deep/' "$1/src/near.h" >"$1/src/sub/deep.h"
	sed 's/near/shared/; s/twice/thrice/' "$1/src/near.h" >"$1/include/shared.h"
}

one="$WORK/one" two="$WORK/zwei é und mehr"
make_tree "$one"
make_tree "$two"
compare() {
	for file in t_bpfel.o t_bpfeb.o t.skel.h; do
		cmp "$one/first/$file" "$1/$file" || fail "$file differs: $2"
	done
}

for compiler in clang clang-16 clang-19; do
	command -v "$compiler" >/dev/null || continue
	export BPFBAKE_CC=$compiler
	rm -rf "$one/first"
	mkdir "$one/first"
	(cd "$one/src" && "$BPFBAKE" -output-dir ../first t a.bpf.c -- -I../include)

	(cd "$two" && "$BPFBAKE" -output-dir build t "$two/src/a.bpf.c" -- "-I$two/include")
	compare "$two/build" 'absolute SOURCE and -I, from the root of the tree'
	(cd "$two/build/deep" && "$BPFBAKE" t ../../src/a.bpf.c -- -I../../include)
	compare "$two/build/deep" 'relative, from a build directory'
	mkdir -p "$WORK/out of tree"
	# Files of the same names where clang runs must not get into the line table.
	echo 'wrong line' >"$WORK/out of tree/a.bpf.c"
	echo 'wrong line' >"$WORK/out of tree/near.h"
	(cd "$WORK/out of tree" && "$BPFBAKE" -cflags "'-I$two/include/'" t "$two/src/a.bpf.c")
	compare "$WORK/out of tree" 'from outside of the tree'
	ln -s "$two" "$WORK/link"
	(cd "$WORK/link/src" && "$BPFBAKE" -output-dir ../build t ./a.bpf.c -- -I "$WORK/link/include")
	compare "$two/build" 'through a symbolic link'
	rm -rf "$WORK/out of tree" "$WORK/link"
done
for file in "$one"/first/*; do
	! grep -qaF "$WORK" "$file" || fail "a path of this machine is in $file"
done
grep -qa '\.\./include/shared\.h' "$one/first/t_bpfel.o" || fail 'the header is not named'
grep -qa 'return x \* bpf_get_prandom_u32();' "$one/first/t_bpfel.o" || fail 'no source lines'
