# SPDX-License-Identifier: BSD-2-Clause
# 32 runs at once that write the same outputs, from two sources: whoever comes last, all of it is there and whole,
# and at no moment is one of the files missing or half.
. "$(dirname "$0")/lib.sh"
tiny a.bpf.c
make_old old
cp a.bpf.c b.bpf.c
echo 'int more[1000];' >>b.bpf.c
mkdir new there
quiet "$BPFBAKE" -output-dir new t b.bpf.c
cp old/t* there
for file in t_bpfel.o t_bpfeb.o t.skel.h; do
	sha256sum <"old/$file" >"$WORK/$file.sums"
	sha256sum <"new/$file" >>"$WORK/$file.sums"
done

# whole FILE: it is one of the two.
whole() {
	sha256sum <"there/$1" | grep -qxFf "$WORK/$1.sums" - 2>/dev/null || fail "there/$1 is not whole"
}
run_together() {
	pids=
	for number in $(seq 32); do
		source=a.bpf.c
		[ $((number % 2)) -eq 0 ] || source=b.bpf.c
		"$BPFBAKE" -j 1 -output-dir there "$@" t $source 2>"$WORK/err.$number" &
		pids="$pids $!"
	done
	while kill -0 $! 2>/dev/null; do
		for file in t_bpfel.o t_bpfeb.o t.skel.h; do whole $file; done
	done
	for pid in $pids; do
		wait "$pid" || fail "status $? of a run: $(cat "$WORK"/err.*)"
	done
	[ -z "$(cat "$WORK"/err.*)" ] || fail "said: $(cat "$WORK"/err.*)"
	for file in t_bpfel.o t_bpfeb.o t.skel.h; do whole $file; done
	[ "$(ls -A there | tr '\n' ' ')" = "${left-}t.skel.h t_bpfeb.o t_bpfel.o " ] || fail "left: $(ls -A there)"
	nothing_left 'all of them'
	no_child 'all of them'
}

# One compile_commands.json for all: who reads it finds JSON.
left='compile_commands.json '
run_together -compile-commands there/compile_commands.json
command -v jq >/dev/null && { jq -e length there/compile_commands.json >/dev/null || fail 'no JSON'; }
has there/compile_commands.json a.bpf.c
[ "$rounds" -gt 40 ] || exit 0
# From an empty cache, which all of them fill.
rm -rf "$XDG_CACHE_HOME"
run_together
