# SPDX-License-Identifier: BSD-2-Clause
# The header is made again when it must be, and only then, with Ninja and with Unix Makefiles.
. "$(dirname "$0")/lib.sh"
mkdir -p src/own src/libbpf/bpf 'src/a $#b'
cp "$PREFIX/bin/bpfbake" tool
cp /usr/include/bpf/bpf_helpers.h /usr/include/bpf/bpf_helper_defs.h src/libbpf/bpf/
tiny src/t.bpf.c
sed -i '1i #include "own.h"\n#include "odd one.h"\n' src/t.bpf.c
echo '#include "inner.h"' >src/own/own.h
: >src/own/inner.h
: >'src/a $#b/odd one.h'
tiny src/other.bpf.c
user_of t >src/main.c
project src/CMakeLists.txt <<'END'
add_bpf_skeleton(t_bpf SOURCES t.bpf.c INCLUDE_DIRECTORIES own libbpf "a $#b" DEFINITIONS ${D} OPTIONS ${O})
add_bpf_skeleton(other_bpf SOURCES other.bpf.c)
add_executable(user main.c)
target_link_libraries(user PRIVATE t_bpf)
add_executable(bystander bystander.c)
target_link_libraries(bystander PRIVATE other_bpf)
END
echo '#include "other.skel.h"
int main(void) { return !other__open(); }' >src/bystander.c

# rebuilt REASON: for it the header of t is made again, and nothing of other's.
rebuilt() {
	echo "$1" >&2
	build b
	makes 'Making t.skel.h from t.bpf.c'
	makes 'Linking C executable user'
	makes_no 'other.skel.h|(Building|Linking).*bystander'
	idle b
}

touched() {
	touch "$1"
	rebuilt "touched: $1"
}

for generator in $generators; do
	failure=1
	[ "$generator" = Ninja ] || failure=2
	rm -rf b
	configure src b "$generator" -DBPFBAKE_EXECUTABLE="$PWD/tool"
	build b -j2
	makes 'Making t.skel.h from t.bpf.c'
	makes 'Making other.skel.h from other.bpf.c'
	idle b
	loads b/user

	touched src/t.bpf.c
	touched src/own/own.h
	touched src/own/inner.h
	touched 'src/a $#b/odd one.h'
	touched src/libbpf/bpf/bpf_helpers.h

	configure src b "$generator" -DD=LIMIT=5
	rebuilt 'a definition'
	configure src b "$generator" -DO=-O1
	rebuilt 'a flag'
	configure src b "$generator"
	idle b

	for output in t.skel.h t_*_bpf*.o; do
		# shellcheck disable=SC2086 # a pattern
		rm b/$output
		rebuilt "deleted: $output"
		# shellcheck disable=SC2086
		exists b/$output
	done

	: >src/own/own.h
	rm src/own/inner.h
	rebuilt 'a header went away'
	echo '#include "inner.h"' >src/own/own.h
	: >src/own/inner.h
	rebuilt 'and came back'

	# What does not compile leaves nothing that a later build takes as good.
	cp b/t.skel.h before.h
	echo '#error broken' >src/own/inner.h
	run "$failure" cmake --build b
	cmp b/t.skel.h before.h
	run "$failure" cmake --build b
	: >src/own/inner.h
	rebuilt 'mended'

	touch tool
	build b
	makes 'Making t.skel.h'
	makes 'Making other.skel.h'
	idle b
done
