# SPDX-License-Identifier: BSD-2-Clause
# SIGINT, SIGTERM and SIGHUP at moments by chance, from before the first step to behind the last: the run
# ends by the signal, with all of the old outputs, or well, with all of the new ones.
. "$(dirname "$0")/lib.sh"
tiny a.bpf.c
make_old old
cp a.bpf.c new.bpf.c
echo 'int more;' >>new.bpf.c
mkdir new
quiet "$BPFBAKE" -output-dir new t new.bpf.c
(cd new && sha256sum t_bpfel.o t_bpfeb.o t.skel.h) >"$WORK/new"
mkdir there
# How long a run takes here and now; the cache is warm.
start=$(date +%s%N)
for _ in 1 2 3; do "$BPFBAKE" -output-dir there t new.bpf.c; done
duration=$((($(date +%s%N) - start) / 3))

seed=${BPFBAKE_TEST_SEED-$(date +%s)}
echo "seed $seed, $rounds rounds, a run takes $((duration / 1000)) us"
# A little more than a run takes; each has its own share of it.
awk -v seed="$seed" -v rounds="$rounds" -v duration="$duration" 'BEGIN {
	srand(seed)
	for (i = 0; i < rounds; i++)
		printf "%s %.6f\n", substr("INT TERMHUP ", 1 + 4 * (i % 3), 4), (i + rand()) / rounds * 1.2 * duration / 1e9
}' >"$WORK/moments"

ended=0 done=0
# interrupt SIGNAL SECONDS: one run.
interrupt() {
	signal=$1 moment=$2
	cp old/t* there
	what="SIG$signal after $moment s (seed $seed)"
	status=0
	# From outside, and not by the shell, which would take a moment of its own for it. env: a shell without
	# job control lets its children ignore SIGINT.
	env --default-signal=INT timeout --foreground -s "$signal" "$moment" \
		"$BPFBAKE" -output-dir there t new.bpf.c 2>"$WORK/err" || status=$?
	[ ! -s "$WORK/err" ] || fail "$what: says $(cat "$WORK/err")"
	if (cd there && sha256sum -c --status "$WORK/new"); then
		done=$((done + 1))
	elif (cd there && sha256sum -c --status "$WORK/old"); then
		ended=$((ended + 1))
		[ "$status" -eq 124 ] || fail "$what: status $status, and old outputs"
	else
		fail "$what: neither all old nor all new outputs"
	fi
	[ "$status" -eq 124 ] || [ "$status" -eq 0 ] || fail "$what: status $status"
	set -- there/* there/.[!.]*
	[ $# -eq 4 ] || fail "$what: left: $*"
	nothing_left "$what"
	no_child "$what"
}
while read -r signal moment; do interrupt "$signal" "$moment"; done <"$WORK/moments"
# On a machine that has become slower, or faster, since.
for factor in 2 4 8 16 32 64 128; do
	[ "$done" -gt 0 ] || interrupt TERM "$((duration * factor / 1000000000)).$(printf '%09d' $((duration * factor % 1000000000)))"
	[ "$ended" -gt 0 ] || interrupt INT 0.001
done
echo "$ended runs ended, $done were done"
[ "$ended" -gt 0 ] && [ "$done" -gt 0 ] || fail 'the moments are not spread over the run'
