# SPDX-License-Identifier: BSD-2-Clause
# A signal while the compiler runs: it ends, nothing stays, the status tells.
. "$(dirname "$0")/../lib/test.sh"
tiny a.bpf.c
# A compiler that writes half of its output and then hangs.
cat >"$WORK/cc" <<END
#!/bin/sh
while [ \$# -gt 0 ]; do [ "\$1" = -o ] && echo half >"\$2"; shift; done
echo \$\$ >>"$WORK/pids"
exec sleep 60
END
chmod +x "$WORK/cc"

for signal in INT TERM HUP; do
	: >"$WORK/pids"
	# A shell without job control lets its background jobs ignore SIGINT: env resets it.
	env --default-signal=INT "$BPFBAKE" -no-sys-include -cc "$WORK/cc" t a.bpf.c 2>"$WORK/err" &
	pid=$!
	tries=0
	while [ "$(wc -l <"$WORK/pids")" -lt 2 ] && [ $tries -lt 200 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	kill -$signal $pid
	status=0
	wait $pid || status=$?
	[ $status -eq $((128 + $(kill -l $signal 2>/dev/null | grep -x '[0-9]*' || case $signal in INT) echo 2 ;; TERM) echo 15 ;; HUP) echo 1 ;; esac))) ] ||
		fail "status $status after $signal"
	while read -r child; do
		! kill -0 "$child" 2>/dev/null || fail "compiler $child still runs after $signal"
	done <"$WORK/pids"
	only a.bpf.c
done

# Who starts it may have these ignored, as a shell does for SIGINT of what it runs in the background.
cat >"$WORK/cc" <<EOF
#!/bin/sh
echo \$\$ >>"$WORK/pids"
sleep 1
exec clang "\$@"
EOF
for signal in INT TERM HUP; do
	: >"$WORK/pids"
	env --ignore-signal=$signal "$BPFBAKE" -cc "$WORK/cc" t a.bpf.c 2>"$WORK/err" &
	pid=$!
	tries=0
	while [ ! -s "$WORK/pids" ] && [ $tries -lt 200 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	kill -$signal $pid
	wait $pid || fail "status $? after an ignored $signal"
	exists t_bpfel.o t_bpfeb.o t.skel.h
	rm t_* t.skel.h
done
