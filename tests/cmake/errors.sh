# SPDX-License-Identifier: BSD-2-Clause
# What add_bpf_skeleton() does not take ends CMake with a reason and a way out.
. "$(dirname "$0")/lib.sh"
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.21)
project(user LANGUAGES NONE)
find_package(bpfbake CONFIG REQUIRED)
include(call.cmake)
END
tiny t.bpf.c
configure_once() {
	cmake -S . -B build -G Ninja -DCMAKE_PREFIX_PATH="$PREFIX" "$@"
}

# refuses TEXT [ARGUMENT...]: for the calls on standard input.
refuses() {
	cat >call.cmake
	text=$1
	shift
	run 1 configure_once "$@"
	# CMake breaks the lines.
	tr -s ' \n' ' ' <"$WORK/err" >"$WORK/line"
	has "$WORK/line" "$text"
}

refuses "add_bpf_skeleton(t): SOURCES is missing; give the BPF source: SOURCES t.bpf.c" <<'END'
add_bpf_skeleton(t)
END
refuses "add_bpf_skeleton(t): SOURCES has no value; give one or leave it out" <<'END'
add_bpf_skeleton(t SOURCES)
END
refuses "t.bpf.c' twice; leave one out" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c u.bpf.c ./t.bpf.c)
END
refuses "LEAN is 'some'; give one of: auto, off, only" <<'END'
add_bpf_skeleton(t VMLINUX auto LEAN some SOURCES t.bpf.c)
END
refuses "unknown argument 'b'" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c NAME a b)
END
refuses "unknown argument 'SYMBOLS'" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c SYMBOLS a)
END
refuses "NAME has no value; give one or leave it out" <<'END'
add_bpf_skeleton(t NAME SOURCES t.bpf.c)
END
refuses "TARGETS has no value; give one or leave it out" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c TARGETS ${NOTHING})
END
refuses "DEFINITIONS is given twice; put all its values behind one" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c DEFINITIONS A OPTIONS -g DEFINITIONS B)
END
refuses "SPLIT is given twice" <<'END'
add_bpf_skeleton(t SPLIT SOURCES t.bpf.c SPLIT)
END
refuses "the first argument is the name of the target, not a keyword" <<'END'
add_bpf_skeleton(SOURCES t.bpf.c)
END
refuses "the name 'a-1' is no C identifier; give one: NAME a_1" <<'END'
add_bpf_skeleton(t SOURCES a-1.bpf.c)
END
refuses "TARGETS has 'sparc'; known: bpf bpfel bpfeb native 386 amd64 arm" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c TARGETS bpfel sparc)
END
refuses "EVENTS has 'events'; write <map>=<type>" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c EVENTS events)
END
refuses "LIBBPF is 'yes'; give one of: shared, static, none" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c LIBBPF yes)
END
refuses "STATIC and LIBBPF shared contradict each other; leave one out" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c LIBBPF shared STATIC)
END
refuses "EMBED is 'text'; give one of: literal, incbin, c23" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c EMBED text)
END
refuses "EMBED incbin goes with SPLIT; give both" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c EMBED incbin)
END
refuses "COMPRESS goes with EMBED literal; leave one out" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c EMBED c23 COMPRESS)
END
refuses "LIGHT has no object for EMBED or COMPRESS to work on; leave them out" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c LIGHT COMPRESS)
END
refuses "'-DA=1;2' has a ';', which CMake takes for the end of a word; leave it out" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c OPTIONS "-DA=1;2")
END
refuses "is made by add_bpf_skeleton(one) already; give another NAME or OUTPUT_DIRECTORY, or link one" <<'END'
add_bpf_skeleton(one SOURCES t.bpf.c LIBBPF none)
add_bpf_skeleton(two SOURCES u.bpf.c NAME T LIBBPF none)
END
refuses "is made by add_bpf_skeleton(one) already" <<'END'
add_bpf_skeleton(one SOURCES t.bpf.c OUTPUT_DIRECTORY sub LIBBPF none)
file(WRITE "${CMAKE_BINARY_DIR}/in/sub/CMakeLists.txt" "add_bpf_skeleton(two SOURCES t.bpf.c LIBBPF none)")
add_subdirectory("${CMAKE_BINARY_DIR}/in/sub" sub)
END
refuses "BPFBAKE_EXECUTABLE is '/none', which is no file; give the full path of bpfbake" -DBPFBAKE_EXECUTABLE=/none <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c)
END
refuses "'my clang' has white space, at which bpfbake splits the compiler's command" \
	-DBPFBAKE_EXECUTABLE= '-DBPFBAKE_CLANG=my clang' <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c)
END
libdir=$(pkg-config --variable=libdir libbpf)
mkdir pc
export PKG_CONFIG_LIBDIR="$PWD/pc"
rm -r build
refuses "LIBBPF shared: pkg-config does not find libbpf>=1.1; install it (Debian: libbpf-dev" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c)
END
printf '%s\n' 'Name: libbpf' 'Description: -' 'Version: 1.2' "Libs: -L$libdir -lbpf" 'Libs.private: -lnowhere' >pc/libbpf.pc
rm -r build
refuses "LIBBPF static: libnowhere.a is not found, which pkg-config names; install it, or give LIBBPF shared" <<'END'
add_bpf_skeleton(t SOURCES t.bpf.c STATIC)
END
unset PKG_CONFIG_LIBDIR

# The tool's own messages come through as they are.
cat >call.cmake <<'END'
add_bpf_skeleton(t SOURCES gone.bpf.c LIBBPF none)
END
run 0 configure_once -DBPFBAKE_CLANG=
run 1 cmake --build build --target t
cat "$WORK/out" >>"$WORK/err"
says "gone.bpf.c', needed by 'gone.skel.h', missing"

mkdir 'a b'
echo 'add_bpf_skeleton(t SOURCES ../t.bpf.c LIBBPF none)' >'a b/CMakeLists.txt'
echo 'add_subdirectory("a b")' >call.cmake
rm -r build
run 1 cmake -S . -B build -G 'Unix Makefiles' -DCMAKE_PREFIX_PATH="$PREFIX"
tr -s ' \n' ' ' <"$WORK/err" >"$WORK/line"
has "$WORK/line" "the name of the directory 'a b' has a blank, '\$' or '#'"

# A build tree elsewhere, by a symbolic link.
mkdir -p other/place/build
ln -s other/place/build link
echo 'add_bpf_skeleton(t SOURCES t.bpf.c LIBBPF none)' >call.cmake
run 0 cmake -S . -B link -G 'Unix Makefiles' -DCMAKE_PREFIX_PATH="$PREFIX"
tr -s ' \n' ' ' <"$WORK/err" >"$WORK/line"
has "$WORK/line" "Makefiles would make the header again in each build; name it $PWD/other/place/build, or use Ninja"
