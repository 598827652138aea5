# SPDX-License-Identifier: BSD-2-Clause
# examples/execs with CMake, by the installed package and by the source.
. "$(dirname "$0")/lib.sh"
needs ldd
configure "$SOURCE_DIR/examples/execs" b Ninja
build b
run 0 b/execs -h
prints 'Shows each program that is started.'
! ldd b/execs >/dev/null 2>&1 || fail 'not static'
idle b
configure "$SOURCE_DIR/examples/execs" b Ninja -DBPFBAKE_SOURCE_DIR="$SOURCE_DIR" \
	-DBPFBAKE_EXECUTABLE="$PREFIX/bin/bpfbake"
idle b
