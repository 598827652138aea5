# SPDX-License-Identifier: BSD-2-Clause
# ccache before clang, from CMake's own variable and from ours.
. "$(dirname "$0")/lib.sh"
needs ccache
CCACHE_DIR=$WORK/ccache
export CCACHE_DIR
unset CCACHE_BASEDIR 2>/dev/null || :
mkdir -p one/include
tiny one/t.bpf.c
sed -i '1i #include "own.h"' one/t.bpf.c
echo 'struct own;' >one/include/own.h
project one/CMakeLists.txt <<'END'
add_bpf_skeleton(t_bpf SOURCES t.bpf.c INCLUDE_DIRECTORIES include)
END
cp -r one two

# counts HITS MISSES: what ccache did since it was last asked.
counts() {
	ccache --print-stats >"$WORK/stats"
	hits=$(awk '/^(direct|preprocessed)_cache_hit/ { n += $2 } END { print n + 0 }' "$WORK/stats")
	misses=$(awk '/^cache_miss/ { n = $2 } END { print n + 0 }' "$WORK/stats")
	[ "$hits,$misses" = "$1,$2" ] || fail "$hits hits and $misses misses, not $1 and $2"
	ccache -z >/dev/null
}

configure one one/b Ninja -DCMAKE_C_COMPILER_LAUNCHER=ccache
build one/b --target t_bpf
counts 0 2
# In another directory, with another generator.
configure two two/b Unix_Makefiles '-DBPFBAKE_LAUNCHER=env;ccache' -DCMAKE_C_COMPILER_LAUNCHER=false \
	-DCMAKE_C_COMPILER_WORKS=1
build two/b --target t_bpf
counts 2 0
cmp one/b/t.skel.h two/b/t.skel.h

rm -r one/b
configure one one/b Ninja -DCMAKE_C_COMPILER_LAUNCHER=false -DBPFBAKE_LAUNCHER= -DCMAKE_C_COMPILER_WORKS=1
build one/b --target t_bpf
counts 0 0

# Another clang, by its full path.
ln -s "$(command -v clang)" my-clang
configure one one/b Ninja "-DBPFBAKE_CLANG=$PWD/my-clang"
build one/b --target t_bpf -v
prints "-cc $PWD/my-clang"
