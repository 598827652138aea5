# SPDX-License-Identifier: BSD-2-Clause
# BPFBAKE_LAUNCHER=ccache: what one directory has compiled is a hit in the next, and nothing else.
. "$(dirname "$0")/project.sh"
needs ccache
export CCACHE_DIR="$WORK/ccache" CCACHE_TEMPDIR="$WORK/ccache/tmp"
unset CCACHE_NOHASHDIR CCACHE_BASEDIR CCACHE_DISABLE 2>/dev/null || :

# is N NAME: ccache's counters of that name add up to N.
is() {
	sum=$(ccache --print-stats | awk -v name="^($2)$" '$1 ~ name { sum += $2 } END { print sum + 0 }')
	[ "$sum" -eq "$1" ] || {
		ccache -s -v >&2
		fail "$2: $sum, not $1"
	}
}

project one a b c
cp -r one 'another two'
cp -r one three
makes 3 -C one BPFBAKE_LAUNCHER=ccache
prints "-cc 'ccache clang'"
is 6 cache_miss
makes 3 -C 'another two' BPFBAKE_LAUNCHER=ccache
makes 3 -C three BPFBAKE_LAUNCHER=ccache
is 6 cache_miss
is 12 'direct_cache_hit|preprocessed_cache_hit'
is 0 'unsupported_compiler_option|bad_compiler_arguments|internal_error'
for file in a.skel.h b_bpfeb.o c.skel.h; do
	cmp "one/$file" "another two/$file" || fail 'other bytes in another directory'
done
idle -C three BPFBAKE_LAUNCHER=ccache

# The same bytes as without; and other flags are another thing.
cp one/a.skel.h kept.h
makes 3 -C one
cmp one/a.skel.h kept.h || fail 'other bytes without ccache'
makes 3 -C one BPFBAKE_LAUNCHER=ccache BPF_CFLAGS=-O1
is 12 cache_miss
# Dependencies come from the cache, too.
makes 3 -C one BPFBAKE_LAUNCHER=ccache
echo '#define a_ANSWER 1' >one/a.h
makes 1 -C one BPFBAKE_LAUNCHER=ccache
is 14 cache_miss
