# SPDX-License-Identifier: BSD-2-Clause
# LIGHT: programs that link neither libbpf nor libelf, of C and C++, also with SPLIT and STATIC, and a cross
# compiler's error is the header's.
. "$(dirname "$0")/lib.sh"
needs readelf
tiny t.bpf.c
user_of t >main.c
sed 's/\bt__/u__/g; s/struct t\b/struct u/; s/t\.skel\.h/u.skel.h/' main.c >split.c
cp split.c split.cpp
project CMakeLists.txt <<'END'
enable_language(CXX)
set(CMAKE_C_FLAGS "${CMAKE_C_FLAGS} -Wall -Wextra -Wconversion -Werror")
add_bpf_skeleton(t_bpf SOURCES t.bpf.c LIGHT)
add_bpf_skeleton(u_bpf SOURCES t.bpf.c NAME u LIGHT SPLIT)
add_bpf_skeleton(static_bpf SOURCES t.bpf.c NAME u OUTPUT_DIRECTORY generated LIGHT STATIC)
add_executable(whole main.c)
target_link_libraries(whole PRIVATE t_bpf)
add_executable(split split.c)
target_link_libraries(split PRIVATE u_bpf)
add_executable(cxx split.cpp)
target_link_libraries(cxx PRIVATE u_bpf)
add_executable(static split.c)
target_link_libraries(static PRIVATE static_bpf)
END
for generator in $generators; do
	rm -rf b
	configure . b "$generator"
	build b
	for program in whole split cxx static; do
		loads b/$program
		if readelf -d b/$program | grep -E 'NEEDED.*(bpf|elf|libz)'; then
			fail "$program needs more than the C library"
		fi
	done
	idle b
	build b --target bpfbake-check
done
