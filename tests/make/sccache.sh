# SPDX-License-Identifier: BSD-2-Clause
# BPFBAKE_LAUNCHER=sccache: what was compiled in a directory is a hit there, and nothing else.
. "$(dirname "$0")/project.sh"
. "$(dirname "$0")/../lib/sccache.sh"

sccache_start
project one a b c
cp -r one plain
cp -r one 'another two'
makes 3 -C plain
makes 3 -C one BPFBAKE_LAUNCHER=sccache
prints "-cc 'sccache clang'"
is 6 'Cache misses'
is 0 'Cache hits'
idle -C one BPFBAKE_LAUNCHER=sccache
rm -rf one/.bpfbake one/*.o one/*.skel.h
makes 3 -C one BPFBAKE_LAUNCHER=sccache
is 6 'Cache misses'
is 6 'Cache hits'
is 0 'Compilation failures'
for file in plain/*.skel.h plain/*_bpfe?.o; do
	cmp "$file" "one/${file#plain/}" || fail 'other bytes with sccache'
done
# Dependencies come from the cache, too.
idle -C one BPFBAKE_LAUNCHER=sccache
echo '#define a_ANSWER 1' >one/a.h
makes 1 -C one BPFBAKE_LAUNCHER=sccache
is 8 'Cache misses'
# Lines are a part of what is compared: sccache itself leaves them out.
for directory in one plain; do
	sed -i '1i /* Two\n   lines. */' $directory/b.bpf.c $directory/c.h
	makes 2 -C $directory "BPFBAKE_LAUNCHER=$([ $directory = plain ] || echo sccache)" b.skel.h c.skel.h
done
is 12 'Cache misses'
for file in plain/b.skel.h plain/c.skel.h; do
	cmp "$file" "one/${file#plain/}" || fail 'lines of another text with sccache'
done
# Other flags are another thing; and so is another directory, whose name clang is given.
makes 3 -C one BPFBAKE_LAUNCHER=sccache BPF_CFLAGS=-O1
is 18 'Cache misses'
makes 3 -C one BPFBAKE_LAUNCHER=sccache BPF_CFLAGS=-DONE
makes 3 -C one BPFBAKE_LAUNCHER=sccache BPF_CFLAGS=-DTWO
is 30 'Cache misses'
makes 3 -C 'another two' BPFBAKE_LAUNCHER=sccache
is 36 'Cache misses'
is 6 'Cache hits'
