# SPDX-License-Identifier: BSD-2-Clause
# What all faults have in common: outputs that were there before, and what must be so after a run.
. "$(dirname "$0")/../lib/test.sh"
needs pgrep
rounds=${BPFBAKE_TEST_FAULTS-40}

# A whole set in the directory $1, from a.bpf.c; its sums are kept for is_old.
make_old() {
	mkdir -p "$1"
	quiet "$BPFBAKE" -output-dir "$1" t a.bpf.c
	(cd "$1" && sha256sum t_bpfel.o t_bpfeb.o t.skel.h) >"$WORK/old"
}

# is_old DIR WHAT: what make_old made is there, whole, and nothing else anywhere.
is_old() {
	(cd "$1" && sha256sum -c --quiet "$WORK/old" >"$WORK/sums" 2>&1) || {
		cat "$WORK/sums" >&2
		fail "the old outputs are gone after $2"
	}
	set -- "$2" "$1"/* "$1"/.[!.]*
	[ $# -eq 5 ] || fail "left beside the outputs after $1: $*"
	nothing_left "$1"
}

# nothing_left WHAT: no temporary file.
nothing_left() {
	what=$1
	set -- "$TMPDIR"/* "$TMPDIR"/.[!.]*
	[ "$1 $2" = "$TMPDIR/* $TMPDIR/.[!.]*" ] || fail "left in TMPDIR after $what: $*"
}

# no_child: nobody has this test's directory in its arguments, as compilers have it.
no_child() {
	! pgrep -f -- "$WORK/[t]mp/" >"$WORK/children" || {
		sleep 0.2
		! pgrep -af -- "$WORK/[t]mp/" >&2 || fail "children are left after $1"
	}
}
