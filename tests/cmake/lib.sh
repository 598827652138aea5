# SPDX-License-Identifier: BSD-2-Clause
# What the tests of CMake's side source: projects in the working directory that use the bpfbake
# installed in $PREFIX.
. "$(dirname "$0")/../lib/test.sh"
needs cmake ninja make clang
unset CMAKE_GENERATOR CMAKE_PREFIX_PATH CMAKE_BUILD_TYPE CMAKE_C_COMPILER_LAUNCHER CC CXX CFLAGS CXXFLAGS \
	LDFLAGS DESTDIR PKG_CONFIG_PATH PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR 2>/dev/null || :
# shellcheck disable=SC2034 # for those who source it
generators='Ninja Unix_Makefiles'

# project FILE: standard input becomes this CMakeLists.txt, behind what every one begins with.
project() {
	mkdir -p "$(dirname "$1")"
	{
		cat <<'END'
cmake_minimum_required(VERSION 3.21)
project(user LANGUAGES C)
find_package(bpfbake CONFIG REQUIRED)
END
		cat
	} >"$1"
}

# configure SOURCE BUILD GENERATOR ARGUMENT...: '_' stands for a blank in the generator's name.
configure() {
	configure_source=$1 configure_build=$2 configure_generator=$(echo "$3" | tr _ ' ')
	shift 3
	run 0 cmake -S "$configure_source" -B "$configure_build" -G "$configure_generator" \
		-DCMAKE_PREFIX_PATH="$PREFIX" "$@"
	! grep -q 'CMake.* Warning' "$WORK/err" || {
		cat "$WORK/err" >&2
		fail 'CMake warns'
	}
}

# build DIR ARGUMENT...: it succeeds; what it says is in the file out of $WORK.
build() {
	run 0 cmake --build "$@"
}

# makes TEXT: the last build has done this; makes_no EXPRESSION: it has not.
makes() {
	prints "$1"
}

makes_no() {
	! grep -qE -- "$1" "$WORK/out" || {
		cat "$WORK/out" >&2
		fail "'$1' was made again"
	}
}

# idle DIR: a build does nothing, and says so.
idle() {
	build "$@"
	makes_no 'Making|Building|Linking|Putting|Generating'
	grep -qE 'no work to do|Built target' "$WORK/out" || fail 'it does not say that nothing is to be done'
}

# A program that opens the skeleton $1, whose BPF source is tiny(); $2: c or cpp.
user_of() {
	cat <<END
#include "$1.skel.h"
#include <errno.h>
int main(void)
{
	struct $1 *skel = $1__open_and_load();

	if (!skel && errno == EPERM)
		return 77;
	if (!skel || $1__seen__set(skel, 3) || skel->bss->seen != 3)
		return 1;
	$1__destroy(skel);
	return 0;
}
END
}

# loads PROGRAM: it does, where this machine lets us.
loads() {
	status=0
	"$@" || status=$?
	[ "$status" -eq 0 ] || [ "$status" -eq 77 ] || fail "$1 ends with $status"
}
