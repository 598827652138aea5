# SPDX-License-Identifier: BSD-2-Clause
# bpfbake's source in another project, by add_subdirectory() and FetchContent: the tool is built first, in a
# cross build for this machine, and nothing of ours is among the project's targets, tests and installed files.
. "$(dirname "$0")/lib.sh"
if command -v ccache >/dev/null; then
	export CMAKE_C_COMPILER_LAUNCHER=ccache CCACHE_DIR="$CACHE_DIR/ccache"
fi
tiny t.bpf.c
user_of t >main.c
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.21)
project(user LANGUAGES C)
enable_testing()
if(FETCH)
	include(FetchContent)
	FetchContent_Declare(bpfbake SOURCE_DIR "${BPFBAKE_SOURCE}")
	FetchContent_MakeAvailable(bpfbake)
else()
	add_subdirectory("${BPFBAKE_SOURCE}" tool)
endif()
# Names of ours.
add_custom_target(base)
add_custom_target(driver)
add_subdirectory(sub)
END
mkdir sub
cat >sub/CMakeLists.txt <<'END'
add_bpf_skeleton(t_bpf SOURCES ../t.bpf.c LIBBPF ${LIBBPF})
if(LIBBPF STREQUAL none)
	add_custom_target(user ALL DEPENDS t_bpf)
else()
	add_executable(user ../main.c)
	target_link_libraries(user PRIVATE t_bpf)
	install(TARGETS user)
endif()
END
set_up() {
	build_directory=$1
	shift
	run 0 cmake -S . -B "$build_directory" -G Ninja -DBPFBAKE_SOURCE="$SOURCE_DIR" -DLIBBPF=shared "$@"
}

# What ends other builds: the project's flags are not for the tool.
set_up b '-DCMAKE_C_FLAGS=-Wall -Wpadded -Werror=declaration-after-statement'
prints 'Building bpfbake'
build b
exists b/tool/tool/bpfbake
loads b/sub/user
idle b
touch b/tool/tool/bpfbake
build b
makes 'Making t.skel.h'
! grep -q 'codegen' b/build.ninja || fail 'sources of the tool in the project'
ctest --test-dir b -N | grep -q 'Total Tests: 0' || fail 'tests of the tool in the project'
run 0 cmake --install b --prefix "$PWD/installed"
(cd installed && find . -type f) >files
[ "$(cat files)" = ./bin/user ] || fail "installed: $(cat files)"
! grep -E '^BPFBAKE_(WERROR|STATIC_LIBRARIES)' b/CMakeCache.txt || fail 'options of the tool in the project'

set_up fetched -DFETCH=ON -DBPFBAKE_EXECUTABLE="$PWD/b/tool/tool/bpfbake"
build fetched
loads fetched/sub/user

# A cross build: the environment is that of the other machine.
cat >toolchain.cmake <<'END'
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR riscv64)
set(CMAKE_C_COMPILER_WORKS TRUE)
set(CMAKE_FIND_ROOT_PATH /none)
END
export CC=cc CFLAGS=--not-for-this-machine PKG_CONFIG_LIBDIR=/none
set_up cross -DLIBBPF=none -DCMAKE_TOOLCHAIN_FILE="$PWD/toolchain.cmake"
prints 'Building bpfbake'
exists cross/tool/tool/bpfbake
set_up near -DLIBBPF=none -DCMAKE_TOOLCHAIN_FILE="$PWD/toolchain.cmake" -DCMAKE_PROGRAM_PATH="$PREFIX/bin"
grep -q 'Building bpfbake' "$WORK/out" && fail 'built where there is one'
build near --target t_bpf -- -n -v
prints "$PREFIX/bin/bpfbake"
