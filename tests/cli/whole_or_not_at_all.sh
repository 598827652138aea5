# SPDX-License-Identifier: BSD-2-Clause
# A run that fails leaves the outputs of the last one, and no temporary file.
. "$(dirname "$0")/../lib/test.sh"
tiny a.bpf.c
quiet "$BPFBAKE" -depfile t.d t a.bpf.c
sha256sum t_bpfel.o t_bpfeb.o t.skel.h t.d >"$WORK/sums"
same() {
	sha256sum -c --quiet "$WORK/sums" || fail "changed: $1"
	only a.bpf.c t_bpfel.o t_bpfeb.o t.skel.h t.d "$@"
}

cp a.bpf.c good
echo 'syntax error' >>a.bpf.c
run 1 "$BPFBAKE" -depfile t.d t a.bpf.c
same good
cp good a.bpf.c
echo 'int more;' >>a.bpf.c
run 1 "$BPFBAKE" -type none -depfile t.d t a.bpf.c
same good
# The last output cannot be written: neither are the others.
run 1 "$BPFBAKE" -depfile none/t.d t a.bpf.c
says 'none/t.d: cannot be written: No such file or directory; create its directory first'
same good
mkdir d
run 1 "$BPFBAKE" -depfile d t a.bpf.c
says 'd: cannot be written: Is a directory'
same good d
mkfifo fifo
run 1 "$BPFBAKE" -depfile fifo t a.bpf.c
same good d fifo
run 1 "$BPFBAKE" -output-dir /proc -depfile t.d t a.bpf.c
says '/proc/'
same good d fifo
if [ "$(id -u)" -ne 0 ]; then
	mkdir read-only
	chmod a-w read-only
	run 1 "$BPFBAKE" -output-dir read-only t a.bpf.c
	says 'cannot be written: Permission denied; choose another directory with -output-dir'
	rmdir read-only
fi
# A disk that is full.
if [ "$(id -u)" -eq 0 ] && mkdir full && mount -t tmpfs -o size=8k tmpfs full 2>/dev/null; then
	status=0
	"$BPFBAKE" -output-dir full t a.bpf.c 2>"$WORK/err" || status=$?
	left=$(ls -A full)
	umount full
	[ "$status" -eq 1 ] || fail "status $status on a full disk"
	says 'cannot be written: No space left on device'
	[ -z "$left" ] || fail "left on the full disk: $left"
fi
rm -rf full fifo d good

# An output that is an input, and one that is another.
run 1 "$BPFBAKE" -depfile a.bpf.c t a.bpf.c
says 'a.bpf.c: is an output and an input'
ln a.bpf.c link
run 1 "$BPFBAKE" -depfile link t a.bpf.c
says 'is an output and an input'
rm link
run 1 "$BPFBAKE" -depfile t.skel.h t a.bpf.c
says 'would be written twice'
# Also one that the source includes, when the compiler tells what it includes, and a template.
cp a.bpf.c b.bpf.c
printf '#include "other.skel.h"\n' >>b.bpf.c
printf 'static int mine;\n' >other.skel.h
run 1 "$BPFBAKE" -depfile d other b.bpf.c
says "other.skel.h: is an output and an input"
run 1 "$BPFBAKE" -template other.skel.h -o ./other.skel.h t a.bpf.c
says "is an output and an input"
[ "$(cat other.skel.h)" = 'static int mine;' ] || fail "an input was overwritten"
rm b.bpf.c other.skel.h
same

# A link stays a link.
mkdir real
mv t.skel.h real
ln -s real/t.skel.h t.skel.h
quiet "$BPFBAKE" t a.bpf.c
[ -L t.skel.h ] || fail 'the link was replaced'
has real/t.skel.h '__s32 more;'
