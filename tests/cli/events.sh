# SPDX-License-Identifier: BSD-2-Clause
# -event and BPFBAKE_EVENT: which type the callback gets.
. "$(dirname "$0")/../lib/test.sh"

cat >a.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpfbake.bpf.h>
struct conn { int port; };
struct other { long x; };
typedef struct { char c; } packet_t;
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } closed SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, int); __type(value, int); } hash SEC(".maps");
SAID
BPFBAKE_EXPORT(struct conn);
BPFBAKE_EXPORT(struct other);
BPFBAKE_EXPORT(packet_t);
SEC("socket") int p(void *c) { return 0; }
char LICENSE[] SEC("license") = "GPL";
END
# gives TYPE OPTION...: the callback of `closed` is given a pointer to TYPE.
gives() {
	type=$1
	shift
	quiet "$BPFBAKE" "$@"
	printf '#include "t.skel.h"\nstatic int f(void *c, const %s *e, size_t n) { return !(c && e && n); }\nint g(struct t *s);\nint g(struct t *s) { return !t__closed__ring_buffer(s, f, 0) || t__closed__start(s, f, 0); }\n' "$type" >m.c
	cc -Wall -Wextra -Werror -c m.c || fail "not $type: $*"
}

gives void t a.bpf.c -- -DSAID=
gives 'struct t__conn' -event closed=conn t a.bpf.c -- -DSAID=
gives 'struct t__conn' -event 'closed=struct conn' t a.bpf.c -- -DSAID=
gives 'struct t__packet_t' -event closed=packet_t t a.bpf.c -- -DSAID=
gives 'struct t__conn' t a.bpf.c -- '-DSAID=BPFBAKE_EVENT(closed, struct conn);'
gives 'struct t__packet_t' t a.bpf.c -- '-DSAID=BPFBAKE_EVENT(closed, packet_t);'
gives 'struct t__other' -event closed=other t a.bpf.c -- '-DSAID=BPFBAKE_EVENT(closed, struct conn);'
gives 'struct t__conn' t a.bpf.c -- '-DSAID=BPFBAKE_EVENT(closed, struct conn); BPFBAKE_EVENT(closed, struct conn);'
gives void t a.bpf.c -- '-DSAID=BPFBAKE_EVENT(closed, struct conn); BPFBAKE_EVENT(closed, struct other);'
has t.skel.h 'which may be any of: struct conn, struct other'

run 1 "$BPFBAKE" -event clsed=conn t a.bpf.c -- -DSAID=
says "a.bpf.c: -event names a map 'clsed', which is not there; did you mean 'closed'?"
run 1 "$BPFBAKE" -event hash=conn t a.bpf.c -- -DSAID=
says "the map 'hash' has no events"
run 1 "$BPFBAKE" -event closed=con t a.bpf.c -- -DSAID=
says "no type 'con' in BTF; did you mean 'conn'?"
gives __s32 -event closed=int t a.bpf.c -- -DSAID=
gives __s64 -event closed=__s64 t a.bpf.c -- -DSAID=
run 1 "$BPFBAKE" -event 'closed=con*' t a.bpf.c -- -DSAID=
says "no type 'con*' in BTF"
! grep -q 'BPFBAKE_EXPORT' "$WORK/err" || fail 'advice that is none'
for bad in closed closed= =conn; do
	run 2 "$BPFBAKE" -event $bad t a.bpf.c -- -DSAID=
	says 'write -event MAP=TYPE'
done
run 1 "$BPFBAKE" t a.bpf.c -- '-DSAID=BPFBAKE_EVENT(hash, struct conn);'
says "the map 'hash' has no events"
