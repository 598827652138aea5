# SPDX-License-Identifier: BSD-2-Clause
# Compilers that do not behave: the old outputs stay, and who is to blame is said.
. "$(dirname "$0")/lib.sh"
tiny a.bpf.c
include=/usr/include/$(cc -print-multiarch)
make_old old

# compiler NAME: the script on standard input becomes it; $object is where it is to write.
compiler() {
	{
		# shellcheck disable=SC2016 # the script's own
		printf '%s\n' '#!/bin/sh' 'object=' \
			'for word; do [ "$last" != -o ] || object=$word; last=$word; done'
		cat
	} >"$WORK/$1"
	chmod +x "$WORK/$1"
}

# fails NAME TEXT: a run with it ends with 1 and says the text.
fails() {
	echo "with $1"
	run 1 timeout 60 "$BPFBAKE" -no-sys-include -cflags "-idirafter $include" -cc "$WORK/$1" -output-dir old \
		t a.bpf.c
	says "$2"
	is_old old "$1"
	no_child "$1"
}

# shellcheck disable=SC2016 # the scripts' own
{
	for signal in KILL SEGV TERM INT; do
		echo "echo half >\$object; kill -$signal \$\$; sleep 5" | compiler "killed-by-$signal"
		fails "killed-by-$signal" 'was killed by signal'
	done
	echo 'clang "$@"; size=$(wc -c <"$object"); truncate -s $((size / 2)) "$object"' | compiler half
	fails half 'a.bpf.c: the object is damaged or cut off'
	echo 'clang "$@"; : >"$object"' | compiler empty
	fails empty 'is empty'
	echo 'exit 0' | compiler none
	fails none 'made no object for bpfel'
	echo 'mkdir "$object"' | compiler directory
	fails directory 'made no object for bpfel'
	echo 'rm -rf "${object%/*}"' | compiler removes-everything
	fails removes-everything 'made no object for bpfel'
	echo 'mkdir -p "$object.d/x/y"; ln -s / "$object.d/root"; : >"$object.d/x/y/z"; exit 1' | compiler litter
	fails litter 'does not compile'
	[ -e /bin/sh ] || fail 'what a link in the temporary directory leads to is removed'
	# Of another machine.
	echo 'cc -x c -c /dev/null -o "$object"' | compiler other-machine
	fails other-machine 'for another machine'
	echo 'head -c 1048576 /dev/zero | tr "\0" x >&2; exit 1' | compiler loud
	fails loud 'does not compile'
	[ "$(wc -c <"$WORK/err")" -gt 1048576 ] || fail 'its messages are cut off'
	[ "$(wc -c <"$WORK/err")" -lt 1050000 ] || fail 'its messages are there twice'
	echo 'head -c 1048576 /dev/zero | tr "\0" x; exit 1' | compiler loud-on-output
	fails loud-on-output 'does not compile'
	# A grandchild keeps the pipes open.
	echo 'sleep 3 & exit 1' | compiler leaves-a-child
	start=$(date +%s)
	fails leaves-a-child 'does not compile'
	[ $(($(date +%s) - start)) -lt 3 ] || fail 'a grandchild is waited for'
	# A megabyte of warnings, and then it works.
	echo 'head -c 1048576 /dev/zero | tr "\0" x >&2; exec clang "$@"' | compiler talks
}
mkdir new
run 0 "$BPFBAKE" -no-sys-include -cflags "-idirafter $include" -output-dir new t a.bpf.c
(cd new && sha256sum -- *) >"$WORK/quiet"
run 0 "$BPFBAKE" -no-sys-include -cflags "-idirafter $include" -cc "$WORK/talks" -output-dir new t a.bpf.c
[ "$(wc -c <"$WORK/err")" -ge 1048576 ] || fail "what it says is lost"
(cd new && sha256sum -c --quiet "$WORK/quiet") || fail 'messages change the outputs'

# Hangs, and takes no notice of what ends others: the user's Ctrl-C goes to the process group, or to the tool.
# shellcheck disable=SC2016 # the script's own
echo 'trap "" INT TERM HUP; echo half >$object; echo $$ >>'"$WORK/pids"'; while :; do sleep 1; done' |
	compiler hangs
for whom in tool group; do
	: >"$WORK/pids"
	setsid env --default-signal=INT "$BPFBAKE" -no-sys-include -cc "$WORK/hangs" -output-dir old t a.bpf.c \
		>"$WORK/out" 2>&1 &
	tool=$!
	tries=0
	while [ "$(wc -l <"$WORK/pids")" -lt 2 ] && [ $tries -lt 400 ]; do
		sleep 0.02
		tries=$((tries + 1))
	done
	case $whom in
	tool) kill -INT "$tool" ;;
	group) env kill -s INT -- "-$tool" ;;
	esac
	status=0
	wait "$tool" || status=$?
	[ "$status" -eq 130 ] || fail "status $status after SIGINT to the $whom"
	while read -r pid; do
		! kill -0 "$pid" 2>/dev/null || fail "compiler $pid runs on after SIGINT to the $whom"
	done <"$WORK/pids"
	is_old old "SIGINT to the $whom"
done
