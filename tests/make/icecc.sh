# SPDX-License-Identifier: BSD-2-Clause
# BPFBAKE_LAUNCHER=icecc: a daemon that gets source and compiler sent compiles to the same bytes; so does
# icecc where it finds no daemon. The scheduler and two daemons are our own, in a network of their own,
# since a scheduler calls out to whatever network it sees.
. "$(dirname "$0")/project.sh"
PATH=$PATH:/usr/sbin:/sbin
needs icecc iceccd icecc-scheduler unshare ip
[ "$(id -u)" -eq 0 ] || skip 'iceccd needs the right to change its root directory'
id icecc >/dev/null 2>&1 || skip 'no user icecc'
namespaces='unshare --net --pid --fork --kill-child --mount-proc'
if [ $$ -ne 1 ]; then
	chmod 755 "$WORK" # for the daemons, which have a user of their own
	$namespaces true 2>/dev/null || skip 'no network of its own'
	status=0
	$namespaces sh "$0" || status=$?
	exit $status
fi
ip link set lo up
chmod 755 "$WORK"
chmod 1777 "$TMPDIR"

# Nobody is there: it compiles here.
unset ICECC_TEST_SOCKET ICECC_PREFERRED_HOST 2>/dev/null || :
project alone a
cp -r alone local
makes 1 -C local
makes 1 -C alone BPFBAKE_LAUNCHER=icecc
cmp local/a.skel.h alone/a.skel.h || fail 'other bytes from icecc without a daemon'

# daemon NAME PORT: what it compiles goes into the log of its name.
daemon() {
	mkdir -p "$WORK/$1.environments"
	chown icecc "$WORK/$1.environments"
	ICECC_TEST_SOCKET="$WORK/farm/$1.socket" ICECC_ENV_COMPRESSION=none iceccd -s 127.0.0.1:18765 \
		-n bpfbake -N "$1" -p "$2" -m 4 -b "$WORK/$1.environments" -l "$WORK/farm/$1.log" -vvv &
}

mkdir "$WORK/farm"
chown icecc "$WORK/farm"
icecc-scheduler -p 18765 -n bpfbake -l "$WORK/farm/scheduler.log" -vvv &
daemon here 18775
daemon there 18776
for try in $(seq 100); do
	[ "$(grep -c ": login .* protocol version" "$WORK/farm/scheduler.log" 2>/dev/null)" != 2 ] || break
	[ "$try" -lt 100 ] || { tail -n 30 "$WORK"/farm/*.log >&2; fail 'the daemons do not come up'; }
	sleep 0.2
done
# From `here` to `there`, though it is the same machine.
export ICECC_TEST_SOCKET="$WORK/farm/here.socket" ICECC_TEST_REMOTEBUILD=1 ICECC_PREFERRED_HOST=there

# compiled N: so many objects in all came from there.
compiled() {
	[ "$(grep -c 'completed with exit code 0' "$WORK/farm/there.log")" -eq "$1" ] || {
		tail -n 40 "$WORK/farm"/*.log >&2
		fail "not $1 objects are from the daemon"
	}
}

rm -rf local
project local a b
mkdir local/lib
cp "$SOURCE_DIR/bpf/execs.bpf.c" "$SOURCE_DIR/bpf/packets.bpf.c" local/lib
cp "$SOURCE_DIR/tests/objects/attachable.bpf.c" "$SOURCE_DIR/tests/objects/core.bpf.c" local/lib
cp -r local remote
set -- a.skel.h b.skel.h lib/execs.skel.h lib/packets.skel.h lib/attachable.skel.h lib/core.skel.h
makes 6 -C local "$@"
makes 6 -j4 -C remote BPFBAKE_LAUNCHER=icecc "$@"
compiled 12
for file in local/*.skel.h local/*.o local/lib/*.skel.h local/lib/*.o; do
	cmp "$file" "remote/${file#local/}" || fail 'other bytes from icecc'
done
idle -C remote BPFBAKE_LAUNCHER=icecc a.skel.h
# Dependencies are known as ever.
echo '#define a_ANSWER 1' >remote/a.h
makes 1 -C remote BPFBAKE_LAUNCHER=icecc a.skel.h b.skel.h
compiled 14
