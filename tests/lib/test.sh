# SPDX-License-Identifier: BSD-2-Clause
# What every test script sources: an empty working directory of its own, and assertions. The tool is
# $BPFBAKE, the sources are in $SOURCE_DIR. A script ends at its first failure.
set -eu
export LC_ALL=C
unset V GOFILE GOPACKAGE BPFBAKE_CC BPFBAKE_CFLAGS BPFBAKE_STRIP BPFBAKE_MAKEBASE BPF2GO_CC \
	BPF2GO_CFLAGS BPF2GO_STRIP BPF2GO_MAKEBASE 2>/dev/null || :

WORK=$(mktemp -d "${TMPDIR:-/tmp}/bpfbake-test-XXXXXX")
trap 'status=$?; cd /; rm -rf "$WORK"; exit $status' EXIT
trap 'exit 1' INT TERM
export TMPDIR="$WORK/tmp" XDG_CACHE_HOME="${XDG_CACHE_HOME:-$WORK/cache}"
unset BPFBAKE_CACHE 2>/dev/null || :
mkdir "$TMPDIR" "$WORK/w"
cd "$WORK/w"

fail() {
	printf 'FAIL: %s\n' "$*" >&2
	exit 1
}

skip() {
	printf 'SKIP: %s\n' "$*"
	exit 77
}

# needs COMMAND...: or the test is skipped.
needs() {
	for command; do
		command -v "$command" >/dev/null || skip "no $command"
	done
}

# run STATUS COMMAND...: it must end with STATUS; what it says is in the files out and err of $WORK.
run() {
	wanted=$1
	shift
	status=0
	"$@" >"$WORK/out" 2>"$WORK/err" || status=$?
	[ "$status" -eq "$wanted" ] || {
		cat "$WORK/out" "$WORK/err" >&2
		fail "status $status, not $wanted: $*"
	}
}

# quiet COMMAND...: it must succeed and say nothing.
quiet() {
	run 0 "$@"
	[ ! -s "$WORK/out" ] && [ ! -s "$WORK/err" ] || {
		cat "$WORK/out" "$WORK/err" >&2
		fail "not silent: $*"
	}
}

# says TEXT: standard error of the last run has it, in a line of bpfbake's.
says() {
	grep -qF -- "$1" "$WORK/err" || {
		cat "$WORK/err" >&2
		fail "'$1' is not said"
	}
}

# prints TEXT: standard output of the last run has it.
prints() {
	grep -qF -- "$1" "$WORK/out" || {
		cat "$WORK/out" >&2
		fail "'$1' is not printed"
	}
}

has() {
	grep -qF -- "$2" "$1" || fail "$1 lacks '$2'"
}

lacks() {
	! grep -qF -- "$2" "$1" || fail "$1 has '$2'"
}

exists() {
	for file; do
		[ -s "$file" ] || fail "no file $file"
	done
}

# only FILE...: the working directory holds these and nothing else.
only() {
	printf '%s\n' "$@" | sort >"$WORK/wanted"
	ls -A >"$WORK/there"
	diff "$WORK/wanted" "$WORK/there" >&2 || fail "other files than expected"
	[ -z "$(ls -A "$TMPDIR")" ] || fail "left in TMPDIR: $(ls -A "$TMPDIR")"
}

# A small program.
tiny() {
	cat >"$1" <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct event { int pid; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, int);
	__type(value, struct event); } events SEC(".maps");
int seen;
SEC("socket") int watch(void *context) { seen++; return 0; }
char LICENSE[] SEC("license") = "GPL";
END
}
