# SPDX-License-Identifier: BSD-2-Clause
# bpfbake-check: the committed outputs of all skeletons against their sources.
. "$(dirname "$0")/lib.sh"
tiny one.bpf.c
tiny two.bpf.c
project CMakeLists.txt <<'END'
add_bpf_skeleton(one SOURCES one.bpf.c OUTPUT_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/generated)
add_bpf_skeleton(two SOURCES two.bpf.c DEFINITIONS X=1 OUTPUT_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/generated)
END
for generator in $generators; do
	configure . "build_$generator" "$generator"
	build "build_$generator"
	build "build_$generator" --target bpfbake-check
	cp two.bpf.c kept
	sed -i 's/seen++/seen += 2/' two.bpf.c
	cp generated/two.skel.h before
	status=0
	cmake --build "build_$generator" --target bpfbake-check >"$WORK/out" 2>&1 || status=$?
	[ $status -ne 0 ] || fail 'it does not see that a source has changed'
	prints "program 'watch': 1 of its"
	prints 'out of date; write the files anew with:'
	cmp before generated/two.skel.h || fail 'something was written'
	run 0 cmake --build "build_$generator" --target one-check
	cp kept two.bpf.c
done
