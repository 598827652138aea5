# SPDX-License-Identifier: BSD-2-Clause
# A server of sccache for this test alone, stopped at its end. Sourced by sh, behind test.sh.
needs sccache
export SCCACHE_DIR="$WORK/sccache" SCCACHE_IDLE_TIMEOUT=300
unset SCCACHE_BUCKET SCCACHE_REDIS SCCACHE_MEMCACHED SCCACHE_RECACHE SCCACHE_CONF 2>/dev/null || :
trap 'status=$?; sccache --stop-server >/dev/null 2>&1 || :; cd /; rm -rf "$WORK"; exit $status' EXIT

# sccache_start: on the first port that is free.
sccache_start() {
	for port in 24326 24327 24328 24329 24330 24331 24332 24333; do
		export SCCACHE_SERVER_PORT=$port
		sccache --start-server >"$WORK/log" 2>&1 && return
	done
	cat "$WORK/log" >&2
	fail 'the server of sccache does not start'
}

# is N NAME: sccache's counter of that name is N.
is() {
	sum=$(sccache --show-stats | sed -n "s/^$2  *\([0-9]*\)$/\1/p")
	[ "$sum" = "$1" ] || {
		sccache --show-stats >&2
		fail "$2: $sum, not $1"
	}
}
