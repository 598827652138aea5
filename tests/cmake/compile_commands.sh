# SPDX-License-Identifier: BSD-2-Clause
# compile_commands.json has the BPF sources, also after CMake has written it anew.
. "$(dirname "$0")/lib.sh"
mkdir -p 'aé' b
tiny 'aé/t.bpf.c'
tiny b/u.bpf.c
echo '#include "t.skel.h"
int main(void) { return !t__open(); }' >main.c
project CMakeLists.txt <<'END'
add_subdirectory("aé")
add_subdirectory(b)
add_executable(user main.c)
target_link_libraries(user PRIVATE t_bpf)
END
echo 'add_bpf_skeleton(t_bpf SOURCES t.bpf.c DEFINITIONS FIRST "TEXT=\"a b;\"")' | tr -d ';' >'aé/CMakeLists.txt'
echo 'add_bpf_skeleton(u_bpf SOURCES u.bpf.c)' >b/CMakeLists.txt
files() {
	grep -c '"file"' o/compile_commands.json
}

for generator in $generators; do
	rm -rf o
	sed -i s/SECOND/FIRST/ 'aé/CMakeLists.txt'
	configure . o "$generator" -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
	[ "$(files)" -eq 1 ] || fail 'before the build'
	build o
	[ "$(files)" -eq 3 ] || fail "$(cat o/compile_commands.json)"
	for file in main.c 'aé/t.bpf.c' b/u.bpf.c; do
		grep -q "\"file\": \"$PWD/$file\"" o/compile_commands.json || fail "no $file"
	done
	has o/compile_commands.json -DFIRST
	idle o

	# CMake alone; then CMake and other flags; then a source alone.
	configure . o "$generator"
	[ "$(files)" -eq 1 ] || fail 'CMake has not written it'
	build o
	makes 'Putting BPF sources into compile_commands.json'
	makes_no 'Making'
	[ "$(files)" -eq 3 ] || fail 'after CMake alone'
	idle o
	sed -i s/FIRST/SECOND/ 'aé/CMakeLists.txt'
	build o
	[ "$(files)" -eq 3 ] || fail 'after other flags'
	has o/compile_commands.json -DSECOND
	lacks o/compile_commands.json -DFIRST
	idle o
	touch b/u.bpf.c
	build o
	[ "$(files)" -eq 3 ] || fail 'after another source'
	idle o
	# clangd's reader takes it.
	if command -v clang-check >/dev/null; then
		run 0 clang-check -p o 'aé/t.bpf.c' b/u.bpf.c
	fi
done

# Where nothing else is compiled, CMake writes none.
sed -i '/user/d; s/find_package/project(user LANGUAGES NONE)\nfind_package/' CMakeLists.txt
rm -rf o
configure . o Ninja -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
build o
[ "$(files)" -eq 2 ] || fail 'without C'
idle o
