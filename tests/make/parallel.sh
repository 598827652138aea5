# SPDX-License-Identifier: BSD-2-Clause
# make -j, and several makes at once in one directory.
. "$(dirname "$0")/project.sh"
names=$(seq -f 's%g' 16)
# shellcheck disable=SC2086 # words
project . $names
makes 16 -j8
./app
idle -j8
touch s1.h s7.h s16.bpf.c
makes 3 -j8
idle

# The same rule in four makes at once: each must succeed, and all be whole.
rm -r .bpfbake s*.skel.h main.o app
for i in 1 2 3 4; do
	make -j2 CC=cc main.o >"$WORK/out$i" 2>&1 || echo "$i: $(tail -3 "$WORK/out$i")" >>"$WORK/failed" &
done
wait
[ ! -e "$WORK/failed" ] || fail "$(cat "$WORK/failed")"
run 0 make
./app
idle
[ "$(find .bpfbake -type f | wc -l)" -eq 32 ] || fail "files left in .bpfbake: $(ls .bpfbake)"
