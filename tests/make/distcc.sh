# SPDX-License-Identifier: BSD-2-Clause
# BPFBAKE_LAUNCHER=distcc: another machine, which has no sources, compiles to the same bytes. That machine
# is a distccd of our own here.
. "$(dirname "$0")/project.sh"
needs distcc distccd
[ "$(id -u)" -ne 0 ] || id distccd >/dev/null 2>&1 || skip 'no user distccd'
[ -e /usr/lib/distcc/clang ] || skip 'distccd does not let clang run (/usr/lib/distcc/clang)'
# What does not compile there is an error, and the next one goes there all the same.
export DISTCC_DIR="$WORK/distcc" DISTCC_FALLBACK=0 DISTCC_BACKOFF_PERIOD=0
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
# all_came N: so many objects more were compiled by distccd, at least.
all_came() {
	compiled=$((compiled + $1))
	[ "$(grep -c COMPILE_OK "$log")" -ge $compiled ] || {
		cat "$log" >&2
		fail "$compiler: not all was compiled by distccd"
	}
}

# same LOCAL REMOTE: what is in the two directories.
same() {
	for file in "$1"/*.o "$1"/*.skel.h; do
		cmp "$file" "$2/${file#"$1/"}" || fail "$compiler: other bytes from distcc"
	done
}

# Macros of several statements, and of several lines: preprocessed text has them in other columns.
cat >macros.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>
#define ADD(to, what) ({ long sum = (to); if (sum > 9) sum -= 3; \
	(to) = sum + (what); sum; })
#define EACH(i, n, what) \
	for (int i = 0; i < (n); i++) { \
		what; \
	}
long total, other;
SEC("raw_tp/sched_switch") int BPF_PROG(on_switch,
	int preempt, void *previous,
	void *next)
{
	ADD(total, preempt ? bpf_ntohl(preempt)
		: bpf_get_smp_processor_id());
	ADD(other, total); ADD(total, other);
	EACH(i, preempt & 7,
		ADD(total, i);
		if (total & 1)
			ADD(other, (long)next);
		__sync_fetch_and_add(&other,
			i))
	bpf_printk("%d %d",
		preempt, ADD(other,
			1));
	return 0;
}
char LICENSE[] SEC("license") = "GPL";
END

# As many kinds of source as there are.
sources=0
for compiler in clang clang-16 clang-19; do
	[ -e /usr/lib/distcc/$compiler ] && command -v $compiler >/dev/null || continue
	rm -rf local remote
	mkdir local remote
	for source in macros.bpf.c "$SOURCE_DIR"/bpf/*.bpf.c "$SOURCE_DIR"/tests/objects/*.bpf.c \
		"$SOURCE_DIR"/tests/objects/jobs/*.bpf.c "$SOURCE_DIR"/tests/lean/*.bpf.c; do
		set -- -target amd64,bpfel,bpfeb -optional bpfel,bpfeb
		if grep -q '"vmlinux.h"' "$source"; then
			[ -r /sys/kernel/btf/vmlinux ] || continue
			set -- "$@" -vmlinux auto
		fi
		name=$(basename "$source" .bpf.c)
		[ "$name" != vmlinux_text ] || continue # which is no program
		run 0 "$PREFIX/bin/bpfbake" -cc $compiler "$@" -output-dir local "$name" "$source"
		run 0 "$PREFIX/bin/bpfbake" -cc "distcc $compiler" "$@" -output-dir remote "$name" "$source"
		sources=$((sources + 1))
	done
	all_came "$(ls remote | grep -c "\.o$")"
	same local remote
done
echo "$sources sources with distcc and without"
[ $sources -gt 0 ] || skip 'no compiler that distccd lets run'
compiled=$(grep -c COMPILE_OK "$log")

# By make.
rm -rf local remote
project local a b
cp -r local remote
compiler=clang
makes 2 -C local
makes 2 -C remote BPFBAKE_LAUNCHER=distcc
all_came 4
same local remote
idle -C remote a.skel.h BPFBAKE_LAUNCHER=distcc
