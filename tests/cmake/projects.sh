# SPDX-License-Identifier: BSD-2-Clause
# Skeletons made in one directory and used in others, before it is read and after, by C and C++; SPLIT, EMBED and
# COMPRESS; a source that another command makes; a header for two programs.
. "$(dirname "$0")/lib.sh"
mkdir -p bpf first last cxx
tiny bpf/t.bpf.c
tiny bpf/plain.bpf.c
sed -i '1i #include "limits_of_ours.h"' bpf/plain.bpf.c
user_of t >first/main.c
for name in split incbin packed made; do
	user_of $name
done | sed -n '/^#include/p' | sort -u >last/main.c
cat >>last/main.c <<'END'
#define LOADS(name) do { \
	struct name *skel = name##__open_and_load(); \
	if (!skel) return errno == EPERM ? 77 : 1; \
	name##__destroy(skel); } while (0)
int main(void)
{
	LOADS(split);
	LOADS(incbin);
	LOADS(packed);
	LOADS(made);
	return 0;
}
END
user_of t >cxx/main.cpp
project CMakeLists.txt <<'END'
add_subdirectory(find)
add_subdirectory(first)
add_subdirectory(bpf)
add_subdirectory(last)
add_subdirectory(cxx)
END
cat >first/CMakeLists.txt <<'END'
add_executable(first main.c)
target_link_libraries(first PRIVATE t_bpf)
END
cat >bpf/CMakeLists.txt <<'END'
# A project's warnings are for what we make, too.
set(CMAKE_C_FLAGS "${CMAKE_C_FLAGS} -Wall -Wextra -Wconversion -Werror")
add_bpf_skeleton(t_bpf SOURCES t.bpf.c)
add_bpf_skeleton(split_bpf SOURCES t.bpf.c NAME split SPLIT)
add_bpf_skeleton(incbin_bpf SOURCES t.bpf.c NAME incbin SPLIT EMBED incbin)
add_bpf_skeleton(packed_bpf SOURCES t.bpf.c NAME packed COMPRESS)
add_custom_command(OUTPUT made.bpf.c
	COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/t.bpf.c made.bpf.c DEPENDS t.bpf.c VERBATIM)
add_bpf_skeleton(made_bpf SOURCES ${CMAKE_CURRENT_BINARY_DIR}/made.bpf.c SPLIT COMPRESS)
# A header that another target makes.
add_custom_command(OUTPUT limits_of_ours.h COMMAND ${CMAKE_COMMAND} -E touch limits_of_ours.h VERBATIM)
add_custom_target(limits DEPENDS limits_of_ours.h)
add_bpf_skeleton(plain_bpf SOURCES plain.bpf.c INCLUDE_DIRECTORIES ${CMAKE_CURRENT_BINARY_DIR})
add_dependencies(plain_bpf limits)
END
cat >last/CMakeLists.txt <<'END'
set(CMAKE_C_FLAGS "${CMAKE_C_FLAGS} -Wall -Wextra -Wconversion -Werror")
add_executable(last main.c)
target_link_libraries(last PRIVATE split_bpf incbin_bpf packed_bpf made_bpf)
END
cat >cxx/CMakeLists.txt <<'END'
enable_language(CXX)
add_executable(cxx main.cpp)
target_link_libraries(cxx PRIVATE t_bpf)
add_library(module SHARED main.cpp)
target_link_libraries(module PRIVATE t_bpf split_bpf)
END

# The package is found in a directory of its own.
mkdir find
grep find_package CMakeLists.txt >find/CMakeLists.txt
sed -i /find_package/d CMakeLists.txt

for generator in $generators; do
	rm -rf b
	configure . b "$generator"
	# Alone, so that nothing but its own dependencies can make the headers.
	build b --target first last cxx -j2
	loads b/first/first
	loads b/last/last
	loads b/cxx/cxx
	build b --target plain_bpf
	exists b/bpf/plain.skel.h
	build b --target all
	touch bpf/t.bpf.c
	build b --target last -j2
	for name in split incbin packed made; do
		makes "Making $name.skel.h"
	done
	makes_no 'Making t.skel.h'
	build b
	idle b

	# "clean" leaves nothing of ours.
	build b --target clean
	left=$(find b -name "*.skel.[ch]" -o -name "*.o")
	[ -z "$left" ] || fail "left: $left"
done
