# SPDX-License-Identifier: BSD-2-Clause
# compile_light.sh NAME: its light header compiles without a warning as C11 and C++17, with gcc and clang,
# needs no header of libbpf's, and the program none of its libraries; so does the one of bpftool's face,
# of the same object, but for skel_internal.h, which wants GNU C.
. "$(dirname "$0")/../lib/test.sh"
name=$1

cat >user.c <<END
#include "$name.skel.h"
#include "$name.skel.h"
int main(void)
{
	struct $name *skel = ${name}__open_and_load();

	if (!skel || ${name}__attach(skel))
		${name}__report(skel, stderr);
	${name}__detach(skel);
	${name}__destroy(skel);
	return 0;
}
END
"$BPFBAKE" gen skeleton -L "$OBJECT_DIR/${name}_bpfel.o" name face >face.lskel.h || fail 'gen skeleton -L'
# Structs by value are the program's own there, or the header's when asked for.
case $name in
light_names | light_types) echo '#define face__DEFINE_TYPES' ;;
esac >face.c
cat >>face.c <<'END'
#include "face.lskel.h"
int main(void)
{
	struct face *skel = face__open_and_load();

	if (!skel || face__attach(skel))
		return 1;
	face__detach(skel);
	face__destroy(skel);
	return 0;
}
END
cp user.c user.cpp
cp face.c face.cpp
warnings="-Wall -Wextra -Wconversion -Wsign-conversion -Wformat=2 -pedantic -Werror"

compile() {
	"$@" || fail "$*"
	compiled=$((compiled + 1))
}
compiled=0
for compiler in gcc clang; do
	command -v $compiler >/dev/null || continue
	# shellcheck disable=SC2086 # words
	compile $compiler -std=c11 -O1 $warnings -I"$OBJECT_DIR" user.c -o user
	# shellcheck disable=SC2086 # words
	compile $compiler -std=gnu11 -O1 $warnings face.c -o face
done
for compiler in g++ clang++; do
	command -v $compiler >/dev/null || continue
	for file in user face; do
		# shellcheck disable=SC2086 # words
		compile $compiler -std=c++17 -O1 $warnings -I"$OBJECT_DIR" $file.cpp -o $file.cpp.o
	done
done
[ $compiled -gt 0 ] || skip 'no compiler'
compiler=$(command -v gcc || command -v clang)
"$compiler" -std=c11 -M -I"$OBJECT_DIR" user.c >dependencies
! grep '/bpf/' dependencies || fail 'a header of libbpf is needed'
if command -v readelf >/dev/null; then
	for file in user face; do
		readelf -d $file | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' >needed
		[ "$(cat needed)" = libc.so.6 ] || fail "$file needs $(cat needed)"
	done
fi
compile "$compiler" -static -I"$OBJECT_DIR" user.c -o user
