# SPDX-License-Identifier: BSD-2-Clause
# Places where outputs cannot be: all or nothing, and what was there stays.
. "$(dirname "$0")/lib.sh"
tiny a.bpf.c
make_old old

# refused WHAT TEXT ARGUMENT...
refused() {
	what=$1 text=$2
	shift 2
	run 1 timeout 60 "$BPFBAKE" "$@" t a.bpf.c
	says "$text"
	nothing_left "$what"
}

# Each output in turn is what no file can replace.
for output in t_bpfel.o t_bpfeb.o t.skel.h; do
	for kind in directory fifo device; do
		rm -rf there
		mkdir there
		case $kind in
		directory) mkdir "there/$output" ;;
		fifo) mkfifo "there/$output" ;;
		device) ln -s /dev/full "there/$output" ;;
		esac
		refused "a $kind" "there/$output: cannot be written" -output-dir there
		[ "$(ls -A there)" = "$output" ] || fail "left beside a $kind: $(ls -A there)"
	done
done
[ -c /dev/full ] || fail '/dev/full was replaced'
refused 'a depfile in a device' 'cannot be written' -depfile /dev/full -output-dir old
is_old old 'a depfile in a device'

# Standard output.
run 1 sh -c '"$0" gen skeleton old/t_bpfel.o >/dev/full' "$BPFBAKE"
says 'standard output: cannot be written: No space left on device'
run 1 sh -c '"$0" --version >/dev/full' "$BPFBAKE"
says 'standard output: cannot be written'
run 1 sh -c '"$0" inspect -json old/t_bpfel.o >&-' "$BPFBAKE"
says 'standard output: cannot be written: Bad file descriptor'

# Links: to a file, to one that is not there yet, in a circle, to nowhere.
rm -rf there
mkdir there elsewhere
echo old >elsewhere/header
ln -s ../elsewhere/header there/t.skel.h
ln -s ../elsewhere/little there/t_bpfel.o
quiet "$BPFBAKE" -output-dir there t a.bpf.c
for link in t.skel.h t_bpfel.o; do
	[ -L "there/$link" ] || fail "the link $link was replaced"
	cmp "there/$link" "old/$link" || fail "what the link $link leads to is another file"
done
[ "$(ls -A elsewhere | tr '\n' ' ')" = 'header little ' ] || fail 'left behind the link'
ln -sf t.skel.h there/t.skel.h
refused 'a circle of links' 'Too many levels of symbolic links' -output-dir there
ln -sf ../nowhere/header there/t.skel.h
refused 'a link to nowhere' 'cannot be written: No such file or directory' -output-dir there
[ "$(ls -A there | tr '\n' ' ')" = 't.skel.h t_bpfeb.o t_bpfel.o ' ] || fail 'left beside the link'

# A directory that may not be written: as another user, since root may.
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	chmod 755 "$WORK" "$WORK/w"
	chmod a-w old
	cp "$BPFBAKE" "$WORK/tool"
	mkdir -m 777 "$WORK/other"
	TMPDIR=$WORK/other run 1 setpriv --reuid=65534 --clear-groups "$WORK/tool" -output-dir old t a.bpf.c
	says 'cannot be written: Permission denied; choose another directory with -output-dir'
	[ -z "$(ls -A "$WORK/other")" ] || fail 'left by another user'
	chmod u+w old
	is_old old 'a directory that is read-only'
fi

# A disk that fills up, after the first, the second and the third output. In a mount namespace of its own nobody
# else sees it.
sizes=$(cat old/t_bpfel.o old/t_bpfeb.o old/t.skel.h | wc -c)
cat >"$WORK/full.sh" <<'END'
mount -t tmpfs -o "size=$2" tmpfs "$3" || exit 99
cp old/t* "$3" || exit 98
dd if=/dev/zero of="$3/filler" bs=4096 count="$4" 2>/dev/null || exit 97
status=0
"$1" -output-dir "$3" t a.bpf.c || status=$?
rm "$3/filler"
ls -A "$3" | tr '\n' ' '
cd "$3" && sha256sum -c --quiet "$5" || exit 96
exit $status
END
mkdir full
if unshare -m true 2>/dev/null; then
	room=$(((sizes / 4096 + 4) * 2))
	used=$((room / 2))
	for free in 0 1 2 3 8; do
		status=0
		unshare -m sh "$WORK/full.sh" "$BPFBAKE" $((room * 4096)) full $((room - used - free)) "$WORK/old" \
			>"$WORK/out" 2>"$WORK/err" || status=$?
		[ "$status" -ne 99 ] || break
		[ "$status" -eq 1 ] || fail "status $status with $free free pages: $(cat "$WORK/out" "$WORK/err")"
		says 'cannot be written: No space left on device'
		[ "$(cat "$WORK/out")" = 't.skel.h t_bpfeb.o t_bpfel.o ' ] || fail "on the full disk: $(cat "$WORK/out")"
		nothing_left 'a full disk'
	done
	# TMPDIR is full.
	status=0
	# shellcheck disable=SC2016 # the script's own
	unshare -m sh -c 'mount -t tmpfs -o size=4k tmpfs full && TMPDIR=full exec "$0" -output-dir old t a.bpf.c' \
		"$BPFBAKE" >"$WORK/out" 2>"$WORK/err" || status=$?
	[ "$status" -eq 1 ] || fail "status $status with a full TMPDIR: $(cat "$WORK/err")"
	is_old old 'a full TMPDIR'
else
	echo 'SKIP: no mount namespace, so no disk that fills up'
fi
