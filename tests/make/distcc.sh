# SPDX-License-Identifier: BSD-2-Clause
# BPFBAKE_LAUNCHER=distcc: another machine, which has no sources, compiles to the same bytes. That machine
# is a distccd of our own here.
. "$(dirname "$0")/project.sh"
needs distcc distccd
[ "$(id -u)" -ne 0 ] || id distccd >/dev/null 2>&1 || skip 'no user distccd'
[ -e /usr/lib/distcc/clang ] || skip 'distccd does not let clang run (/usr/lib/distcc/clang)'
export DISTCC_DIR="$WORK/distcc" DISTCC_FALLBACK=0
log=$WORK/distccd.log
mkdir "$DISTCC_DIR"
chmod 755 "$WORK"
chmod 1777 "$TMPDIR"

# start: on the first port that is free.
start() {
	for port in 23632 23633 23634 23635 23636 23637 23638 23639; do
		distccd --daemon --no-detach --listen 127.0.0.1 --allow 127.0.0.1 --port $port -j 4 \
			--log-level=info --log-stderr >"$log" 2>&1 &
		daemon=$!
		for try in 1 2 3 4 5 6 7 8 9 10; do
			if grep -q 'listening on' "$log"; then
				sleep 0.1
				kill -0 $daemon 2>/dev/null && return
			fi
			kill -0 $daemon 2>/dev/null || break
			sleep 0.2
		done
	done
	cat "$log" >&2
	skip 'distccd does not start'
}

start
# It ends with its children, which are in its own group only where it is told so.
trap 'status=$?; kill $daemon 2>/dev/null; wait $daemon 2>/dev/null || :; cd /; rm -rf "$WORK"; exit $status' EXIT
export DISTCC_HOSTS="127.0.0.1:$port"

compiled=0
for compiler in clang clang-16 clang-19; do
	[ -e /usr/lib/distcc/$compiler ] && command -v $compiler >/dev/null || continue
	rm -rf local remote
	project local a b
	cp "$SOURCE_DIR/bpf/execs.bpf.c" "$SOURCE_DIR/bpf/packets.bpf.c" local
	cp -r local remote
	makes 4 -C local a.skel.h b.skel.h execs.skel.h packets.skel.h BPFBAKE_CLANG=$compiler
	makes 4 -C remote a.skel.h b.skel.h execs.skel.h packets.skel.h BPFBAKE_CLANG=$compiler BPFBAKE_LAUNCHER=distcc
	compiled=$((compiled + 8))
	[ "$(grep -c COMPILE_OK "$log")" -eq $compiled ] || {
		cat "$log" >&2
		fail "$compiler: not all was compiled by distccd"
	}
	for file in local/*.o local/*.skel.h; do
		cmp "$file" "remote/${file#local/}" || fail "$compiler: other bytes from distcc"
	done
	idle -C remote a.skel.h BPFBAKE_CLANG=$compiler BPFBAKE_LAUNCHER=distcc
done
