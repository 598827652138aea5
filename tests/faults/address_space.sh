# SPDX-License-Identifier: BSD-2-Clause
# Address space that runs out (ulimit -v), somewhere: in clang, while libclang is loaded, in its threads. The outputs
# are what they are without a limit, or there is a message, status 1, and nothing else: no header that lacks what
# libclang would have said.
. "$(dirname "$0")/lib.sh"
[ -n "$FAIL_ALLOC" ] || skip 'a sanitizer takes terabytes'
cat >a.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
/* A number of things. */
int things;
#define LIMIT 7
SEC("xdp") int p(struct xdp_md *context) { return things; }
char _license[] SEC("license") = "GPL";
END
quiet "$BPFBAKE" -output-dir . t a.bpf.c # fills the cache
has t.skel.h 'A number of things'
mkdir out reference
mv t_bpfel.o t_bpfeb.o t.skel.h reference

# within KILOBYTES
within() {
	rm -f out/*
	status=0
	(ulimit -v "$1" && exec "$BPFBAKE" -output-dir out t a.bpf.c) >"$WORK/out" 2>"$WORK/err" || status=$?
}

# Enough, and not enough, some kilobytes apart.
enough=8000000 less=50000
within $enough
[ "$status" -eq 0 ] || fail "status $status with 8 GB: $(cat "$WORK/err")"
while [ $((enough - less)) -gt 500 ]; do
	middle=$(((enough + less) / 2))
	within $middle
	if [ "$status" -eq 0 ] && diff -r out reference >/dev/null; then enough=$middle; else less=$middle; fi
done

succeeded=0 ended=0
# judge KILOBYTES
judge() {
	within "$1"
	what="with $1 KB"
	nothing_left "$what"
	if [ "$status" -eq 0 ]; then
		diff -r out reference >&2 || fail "other outputs $what"
		succeeded=$((succeeded + 1))
		return
	fi
	[ "$status" -eq 1 ] || fail "status $status $what: $(cat "$WORK/err")"
	[ -z "$(ls -A out)" ] || fail "written $what: $(ls -A out)"
	if ! grep -q '^bpfbake: .*does not compile' "$WORK/err"; then
		[ "$(grep -cE '^bpfbake: (out of memory|a library has ended the run)' "$WORK/err")" -eq 1 ] ||
			fail "$what: $(cat "$WORK/err")"
		ended=$((ended + 1))
	fi
}

# From what is enough for clang alone (without, it leaves files of its own) to what is enough for all, and closely around where it starts to be.
for i in $(seq "$rounds"); do
	judge $((enough - 200000 + i * 220000 / rounds))
	judge $((enough - 12000 + i * 16000 / rounds))
done
echo "$enough KB are enough; $succeeded runs were done, $ended ended for want of memory"
[ "$succeeded" -gt 0 ] && [ "$ended" -gt 0 ] || fail 'the limits are not spread over what is needed'
no_child 'all of them'

# None for a child, be it the first or a later one.
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	for number in 1 2 3; do
		rm -f out/*
		run 1 env BPFBAKE_CACHE= strace -f -o /dev/null -e trace=clone,clone3,vfork \
			-e "inject=clone,clone3,vfork:error=ENOMEM:when=$number" "$BPFBAKE" -output-dir out t a.bpf.c
		says 'out of memory'
		nothing_left "without memory for child $number"
		[ -z "$(ls -A out)" ] || fail "written without child $number: $(ls -A out)"
	done
fi
