# SPDX-License-Identifier: BSD-2-Clause
# The example: one static binary that shows what was started, and how often.
. "$(dirname "$0")/../lib/test.sh"
needs make ldd
[ "$(id -u)" -eq 0 ] || skip "not root"

make -s -C "$SOURCE_DIR/examples/execs" OUT="$PWD" BPFBAKE="$BPFBAKE" >/dev/null
ldd execs 2>&1 | grep -qE 'not a dynamic executable|statically linked' || fail "$(ldd execs)"

status=0
./execs -n 0 -t 1 >first 2>err || status=$?
[ $status -ne 77 ] || skip "$(tail -1 err)"
[ $status -eq 0 ] || fail "$(cat err)"

# What this test starts must be shown, arguments and parent too, and be counted.
cp /bin/true bake_probe
(
	sleep 0.5
	for i in 1 2 3; do ./bake_probe one "two three"; done
) &
./execs -t 2 -c >out 2>err || fail "$(cat err)"
wait
[ "$(grep -cE "^ *[0-9]+ +[0-9]+ +0 bake_probe +./bake_probe one two three$" out)" -ge 3 ] || {
	cat out
	fail 'the probes are not shown'
}
grep -qE '^ +3 bake_probe$' out || fail 'the probes are not counted'

# The filter in .rodata: nothing of root is shown.
(
	sleep 0.5
	./bake_probe
) &
./execs -t 1 -u 12345 >out
wait
! grep -q bake_probe out || fail 'the filter does not filter'

# Without the rights: 77, and which are missing.
if command -v setpriv >/dev/null; then
	run 77 setpriv --bounding-set=-sys_admin,-bpf,-perfmon ./execs -n 1
	says 'the process lacks CAP_BPF and CAP_PERFMON'
fi
