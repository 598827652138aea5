# SPDX-License-Identifier: BSD-2-Clause
# Objects as SOURCE: only read, one or a pair.
. "$(dirname "$0")/../lib/test.sh"
tiny a.bpf.c
mkdir o
clang -O2 -g -target bpfel -idirafter "/usr/include/$(cc -print-multiarch)" -c a.bpf.c -o o/x.el.o
clang -O2 -g -target bpfeb -idirafter "/usr/include/$(cc -print-multiarch)" -c a.bpf.c -o o/x.eb.o
sha256sum o/* >"$WORK/sums"

quiet "$BPFBAKE" t o/x.el.o
only a.bpf.c o t.skel.h
printf '#include "t.skel.h"\nint main(void) { struct t *s = t__open(); t__destroy(s); return !s; }\n' >m.c
case $(printf 1 | od -An -tx2) in *0031*) cc -Werror m.c -o m -lbpf && ./m ;; esac
rm -f m t.skel.h m.c
quiet "$BPFBAKE" t o/x.eb.o o/x.el.o
has t.skel.h __ORDER_BIG_ENDIAN__
has t.skel.h __ORDER_LITTLE_ENDIAN__
rm t.skel.h
sha256sum -c --quiet "$WORK/sums" || fail 'an object was changed'

run 2 "$BPFBAKE" t o/x.el.o o/x.el.o
says "'o/x.el.o' is given twice"
run 2 "$BPFBAKE" t o/x.el.o a.bpf.c
says 'cannot be mixed'
run 2 "$BPFBAKE" -target bpfel t o/x.el.o
says '-target has no meaning'
run 1 "$BPFBAKE" t none.o
says 'none.o: cannot be read: No such file'
only a.bpf.c o
