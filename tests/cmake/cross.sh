# SPDX-License-Identifier: BSD-2-Clause
# Programs for other machines: for which architecture the BPF side is compiled, whose headers it sees, whose libbpf
# is linked, and that the tool is this machine's.
. "$(dirname "$0")/lib.sh"
needs readelf
cat >t.bpf.c <<'END'
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#ifndef WANTED
#error the architecture
#endif
SEC("kprobe/x") int BPF_KPROBE(watch, long first) { return first != 0; }
char LICENSE[] SEC("license") = "GPL";
END
cat >main.c <<'END'
#include "t.skel.h"
int main(void) { return !t__open(); }
END
project CMakeLists.txt <<'END'
add_bpf_skeleton(t_bpf SOURCES t.bpf.c DEFINITIONS ${WANTED} STATIC)
add_executable(user main.c)
target_link_libraries(user PRIVATE t_bpf)
END

# toolchain PROCESSOR TRIPLE: clang for it, with the sysroot.
toolchain() {
	cat <<END
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR $1)
set(CMAKE_SYSROOT $sysroot)
set(CMAKE_C_COMPILER clang)
set(CMAKE_C_COMPILER_TARGET $2)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
END
}

# cross ARCH PROCESSOR TRIPLE MACHINE OBJECT GENERATOR: MACHINE is readelf's name, OBJECT the object's.
cross() {
	arch=$1 triple=$3
	sysroot=$("$SOURCE_DIR/tests/lib/sysroot" "$arch" - "$SYSROOTS" 2>"$WORK/err") || {
		echo "no sysroot of $arch: $(cat "$WORK/err")"
		return 0
	}
	command -v "$triple-ld" >/dev/null || {
		echo "no $triple-ld"
		return 0
	}
	rm -rf b
	toolchain "$2" "$triple" >toolchain.cmake
	configure . b "$6" -DCMAKE_TOOLCHAIN_FILE="$PWD/toolchain.cmake" \
		"-DWANTED=WANTED=__TARGET_ARCH_${5%%_*}" --no-warn-unused-cli
	build b
	makes_no 'warning'
	readelf -h b/user | grep -q "Machine: *$4" || fail "$arch: $(readelf -h b/user)"
	! readelf -d b/user | grep -q NEEDED || fail "$arch: not static"
	exists "b/t_$5.o"
	# The generic one has no registers.
	[ "$(find b -maxdepth 1 -name '*.o' | wc -l)" -eq 1 ] || fail 'a generic object'
	# Ninja takes the depfile away where CMake tells it to remember what is in it, as 4 does.
	cat b/CMakeFiles/t_bpf.bpf/depfile >depfile 2>/dev/null || ninja -C b -t deps t.skel.h >depfile
	has depfile "$sysroot/usr/include/linux/ptrace.h"
	! grep -q "^ */usr/include" depfile || fail "$arch: headers of this machine"
	idle b
	count=$((count + 1))
}

count=0
cross arm64 aarch64 aarch64-linux-gnu AArch64 arm64_bpfel Ninja
cross s390x s390x s390x-linux-gnu 'IBM S/390' s390_bpfeb Unix_Makefiles

# gcc says by itself what it compiles for.
if [ -d "$SYSROOTS/s390x" ] && command -v s390x-linux-gnu-gcc >/dev/null; then
	rm -rf b
	toolchain s390x s390x-linux-gnu | sed 's/COMPILER clang/COMPILER s390x-linux-gnu-gcc/; /_TARGET/d; /_PROCESSOR/d' \
		>toolchain.cmake
	configure . b Ninja -DCMAKE_TOOLCHAIN_FILE="$PWD/toolchain.cmake" -DWANTED=WANTED
	build b
	exists b/t_s390_bpfeb.o
	readelf -h b/user | grep -q 'Machine: *IBM S/390' || fail 'gcc'
	count=$((count + 1))
fi

# Without a sysroot pkg-config finds this machine's libbpf.
if command -v s390x-linux-gnu-gcc >/dev/null; then
	cat >toolchain.cmake <<'END'
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR s390x)
set(CMAKE_C_COMPILER s390x-linux-gnu-gcc)
END
	for arguments in STATIC 'LIBBPF static' 'LIBBPF shared'; do
		rm -rf b
		echo "add_bpf_skeleton(t_bpf SOURCES t.bpf.c $arguments)" | project CMakeLists.txt
		run 1 cmake -S . -B b -DCMAKE_PREFIX_PATH="$PREFIX" -DCMAKE_TOOLCHAIN_FILE="$PWD/toolchain.cmake"
		tr -s ' \n' ' ' <"$WORK/err" >"$WORK/line"
		has "$WORK/line" 'is for another machine than the toolchain; install libbpf for that one'
		grep -qE "t_bpf\): LIBBPF (static|shared): [^ ]*/libbpf\.(a|so) is" "$WORK/line" || fail "$(cat "$WORK/line")"
	done
	rm -rf b
	echo "add_bpf_skeleton(t_bpf SOURCES t.bpf.c LIBBPF none)" | project CMakeLists.txt
	configure . b Ninja -DCMAKE_TOOLCHAIN_FILE="$PWD/toolchain.cmake"
	count=$((count + 1))
fi

# A package that was found among those of the other machine.
cp -r "$PREFIX" foreign
printf 'no program' >foreign/bin/bpfbake
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.21)
project(user LANGUAGES NONE)
find_package(bpfbake CONFIG)
if(bpfbake_FOUND)
	get_target_property(tool bpfbake::bpfbake IMPORTED_LOCATION)
	message(STATUS "tool: ${tool}")
endif()
END
printf 'set(CMAKE_SYSTEM_NAME Linux)\nset(CMAKE_SYSTEM_PROCESSOR riscv64)\n' >toolchain.cmake
found() {
	rm -rf b
	cmake -S . -B b -DCMAKE_TOOLCHAIN_FILE="$PWD/toolchain.cmake" -Dbpfbake_DIR="$PWD/$1/share/cmake/bpfbake"
}
PATH=$PREFIX/bin:$PATH
run 0 found foreign
prints "tool: $PREFIX/bin/bpfbake"
ln -s "$PREFIX" near
run 0 found near
prints "tool: $PWD/near/bin/bpfbake"
PATH=${PATH#"$PREFIX/bin:"}
run 0 found foreign
tr -s ' \n' ' ' <"$WORK/err" >"$WORK/line"
has "$WORK/line" "foreign/bin/bpfbake' does not run on this machine, and no other bpfbake is found; install one here"

[ "$count" -gt 0 ] || skip 'no sysroot and linker of another architecture'
