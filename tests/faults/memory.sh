# SPDX-License-Identifier: BSD-2-Clause
# Memory that runs out, at each allocation in turn: one message, status 1, nothing written, nothing left.
# Where the run succeeds all the same, its outputs are what they are with memory.
. "$(dirname "$0")/lib.sh"
[ -n "$FAIL_ALLOC" ] || skip 'a sanitizer has its own malloc'
tiny a.bpf.c
cp "$OBJECT_DIR/types_bpfel.o" "$OBJECT_DIR/types_bpfeb.o" .
quiet "$BPFBAKE" t a.bpf.c # fills the cache
rm t*.o t.skel.h 2>/dev/null || :
cp "$OBJECT_DIR/types_bpfel.o" "$OBJECT_DIR/types_bpfeb.o" .
mkdir out

# short_of_memory COMMAND...
short_of_memory() {
	status=0
	LD_PRELOAD=$FAIL_ALLOC "$@" >"$WORK/out" 2>"$WORK/err" || status=$?
}

# Compares what there is in out and on standard output with what there ought to be.
as_with_memory() {
	cmp -s "$WORK/out" "$WORK/reference.out" && diff -r out "$WORK/reference" >&2 ||
		fail "$1 succeeds with other outputs"
}

# check NUMBER COMMAND...: how the run ended whose allocation of this number failed.
check() {
	what="allocation $1 of $callers"
	read -r message <"$WORK/err" || message=
	if [ "$status" -eq 0 ]; then
		as_with_memory "$what"
		rm -f out/*
	else
		[ "$status" -eq 1 ] || fail "status $status: $what: $(cat "$WORK/err")"
		[ "$message" = "bpfbake: out of memory; free some, or run fewer jobs (-j)" ] &&
			[ "$(wc -l <"$WORK/err")" -eq 1 ] || fail "$what: $(cat "$WORK/err")"
		set -- out/* out/.[!.]*
		[ "$*" = 'out/* out/.[!.]*' ] || fail "written: $*: $what"
		failures=$((failures + 1))
	fi
	nothing_left "$what"
}

# sweep NAME ROUNDS COMMAND...: at most so many numbers, evenly spread; each as the first of all that fail, and
# as the only one.
sweep() {
	name=$1 most=$2
	shift 2
	rm -rf out "$WORK/reference"
	mkdir out
	run 0 "$@"
	cp "$WORK/out" "$WORK/reference.out"
	cp -r out "$WORK/reference"
	for callers in tool libraries; do
		export FAIL_ALLOC_CALLERS=$callers
		rm -f out/*
		FAIL_ALLOC_COUNT=$WORK/count short_of_memory "$@"
		[ "$status" -eq 0 ] || fail "$name: $(cat "$WORK/err")"
		rm -f out/*
		read -r count <"$WORK/count"
		step=$(((count + most - 1) / most)) number=1 failures=0
		[ "$step" -gt 0 ] || step=1
		while [ "$number" -le "$count" ]; do
			FAIL_ALLOC_AT=$number short_of_memory "$@"
			check "$number" "$@"
			FAIL_ALLOC_AT=$number FAIL_ALLOC_UNTIL=$number short_of_memory "$@"
			check "$number" "$@"
			number=$((number + step))
		done
		echo "$name: $count allocations of $callers, each ${step}th failed; $failures runs ended for it"
		[ "$callers" = libraries ] || [ "$failures" -gt 0 ] || fail "none of them failed"
	done
}

objects="types_bpfel.o types_bpfeb.o"
# shellcheck disable=SC2086 # words
sweep 'a header of objects' $((rounds * 2)) "$BPFBAKE" -output-dir out t $objects
# shellcheck disable=SC2086 # words
sweep 'one that is compressed' $((rounds / 2)) "$BPFBAKE" -compress -output-dir out t $objects
sweep 'bpftool gen skeleton' $((rounds / 2)) "$BPFBAKE" gen skeleton types_bpfel.o
sweep 'inspect' $((rounds / 2)) "$BPFBAKE" inspect -json types_bpfel.o
sweep 'a header of a source' $((rounds / 4)) "$BPFBAKE" -depfile out/t.d -output-dir out t a.bpf.c
no_child 'all of them'
