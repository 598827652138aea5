# SPDX-License-Identifier: BSD-2-Clause
# The example with XDP: one static binary that counts packets; $CHECKER sends them.
. "$(dirname "$0")/../lib/test.sh"
needs make ldd
[ "$(id -u)" -eq 0 ] || skip "not root"

make -s -C "$SOURCE_DIR/examples/packets" OUT="$PWD" BPFBAKE="$BPFBAKE" >/dev/null
ldd packets 2>&1 | grep -qE 'not a dynamic executable|statically linked' || fail "$(ldd packets)"

run 2 ./packets
run 2 ./packets no_such_interface
says "no interface 'no_such_interface'"
run 2 ./packets -n 1x lo
says "'1x' is no number"
"$CHECKER" ./packets

# Without the rights: 77, and which are missing.
if command -v setpriv >/dev/null; then
	run 77 setpriv --bounding-set=-net_admin,-sys_admin ./packets -n 1 lo
	says 'the process lacks CAP_NET_ADMIN'
fi
