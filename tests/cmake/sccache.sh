# SPDX-License-Identifier: BSD-2-Clause
# sccache before clang, from CMake's own variable and from ours.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/../lib/sccache.sh"
sccache_start
mkdir one
tiny one/t.bpf.c
project one/CMakeLists.txt <<'END'
add_bpf_skeleton(t_bpf SOURCES t.bpf.c)
END
configure one plain Ninja
build plain --target t_bpf
for variable in CMAKE_C_COMPILER_LAUNCHER BPFBAKE_LAUNCHER; do
	configure one $variable Ninja -D$variable=sccache
	sccache --zero-stats >/dev/null
	build $variable --target t_bpf
	cmp plain/t.skel.h $variable/t.skel.h || fail 'other bytes with sccache'
	is 2 'Cache misses'
	rm $variable/t.skel.h
	build $variable --target t_bpf
	is 2 'Cache hits'
	cmp plain/t.skel.h $variable/t.skel.h || fail 'other bytes from the cache'
	idle $variable --target t_bpf
done
