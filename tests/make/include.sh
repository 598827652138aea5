# SPDX-License-Identifier: BSD-2-Clause
# Where bpfbake.mk is, and what it does to a makefile that includes it: nothing that surprises.
. "$(dirname "$0")/project.sh"
quoted=$(printf %s "$PREFIX" | sed 's/ /\\ /g')
[ "$(bpfbake --make-include)" = "$quoted/share/bpfbake/bpfbake.mk" ] || fail "$(bpfbake --make-include)"
[ "$(bpfbake -make-include)" = "$(bpfbake --make-include)" ] || fail 'one dash'
run 2 bpfbake --make-include x
says 'takes no further word'

# Moved, by a link, and alone.
cp -r "$PREFIX" "$WORK/moved"
ln -s "$WORK/moved/bin/bpfbake" link
[ "$(./link --make-include)" = "$WORK/moved/share/bpfbake/bpfbake.mk" ] || fail 'not found by a link'
rm link
mkdir "$WORK/alone"
cp "$PREFIX/bin/bpfbake" "$WORK/alone"
run 1 "$WORK/alone/bpfbake" --make-include
says 'share/bpfbake/bpfbake.mk: is missing'
cp "$PREFIX/share/bpfbake/bpfbake.mk" "$WORK/alone"
[ "$("$WORK/alone/bpfbake" --make-include)" = "$WORK/alone/bpfbake.mk" ] || fail 'not found beside it'

pc() {
	PKG_CONFIG_PATH=$WORK/moved/share/pkgconfig pkg-config "$@" bpfbake
}
[ "$(realpath "$(pc --variable=make_include)")" = "$WORK/moved/share/bpfbake/bpfbake.mk" ] ||
	fail 'pkg-config: make_include'
[ "$(realpath "$(pc --variable=bpfbake)")" = "$WORK/moved/bin/bpfbake" ] || fail 'pkg-config: bpfbake'
exists "$(pc --variable=includedir)/bpf/bpfbake.bpf.h"
bpfbake --version | grep -qF "$(pc --modversion)" || fail 'pkg-config: version'

# The first target of the makefile stays the default, before and after there are dependencies; variables
# may be set behind the include, and come from the environment.
project .
cat >Makefile <<'END'
include $(shell bpfbake --make-include)
include $(shell bpfbake --make-include)
first: conns.skel.h ; @echo first
BPFBAKE_FLAGS += -no-accessors
END
makes 1
prints first
prints -no-accessors
makes 0
prints first
sed -i 's/^first/export\n&/' Makefile
makes 0
prints first
BPF_CFLAGS=-DFROM_OUTSIDE makes 1
prints -DFROM_OUTSIDE

# The name in C is the source's, whatever the target is called.
mv conns.bpf.c new-conns.v2.bpf.c
cat >>Makefile <<'END'
other.skel.h: new-conns.v2.bpf.c bpfbake_always
	$(bpfbake_recipe)
named.skel.h: BPFBAKE_NAME = named
named.skel.h: new-conns.v2.bpf.c bpfbake_always
	$(bpfbake_recipe)
END
makes 1 new-conns.v2.skel.h
has new-conns.v2.skel.h 'struct new_conns_v2 {'
makes 2 other.skel.h named.skel.h
has other.skel.h 'struct new_conns_v2 {'
has named.skel.h 'struct named {'
idle other.skel.h

# The architecture is the compiler's; a target beats it, and then no other is optional.
for pair in x86_64-linux-gnu:amd64,bpfeb s390x-linux-gnu:s390x,bpfel armv7l-none-linux-gnueabi:arm,bpfeb; do
	printf '#!/bin/sh\necho %s\n' "${pair%:*}" >fake-cc
	chmod +x fake-cc
	run 0 make -n CC=./fake-cc BPF_CFLAGS=-DNEW new-conns.v2.skel.h
	prints "-target ${pair#*:} -optional ${pair#*,}"
done
prints '--target=armv7l-none-linux-gnueabi'
run 0 make -n CC="cc -m32" new-conns.v2.skel.h
prints '-target 386,bpfeb'
makes 1 BPFBAKE_TARGETS=bpfel new-conns.v2.skel.h
exists new-conns.v2_bpfel.o
run 0 make -n BPFBAKE_FLAGS=-target=bpfeb new-conns.v2.skel.h
lacks "$WORK/out" -optional

# PT_REGS_* wants an architecture: the other byte order is left out.
cat >probe.bpf.c <<'END'
#include <linux/ptrace.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
SEC("kprobe/x") int BPF_KPROBE(probe, int a) { return a; }
char LICENSE[] SEC("license") = "GPL";
END
makes 1 probe.skel.h
[ ! -s "$WORK/err" ] || fail "$(cat "$WORK/err")"
idle probe.skel.h

# The bytes in a file of their own.
cat >Makefile <<'END'
include $(shell bpfbake --make-include)
app: main.o conns.skel.o
	$(CC) -o $@ $^ $(BPFBAKE_LIBS)
main.o: conns.skel.h
BPFBAKE_FLAGS = -split
END
mv new-conns.v2.bpf.c conns.bpf.c
makes 1
idle
rm conns.skel.c
makes 1
idle
touch conns.h
makes 1
idle
sed -i '/-split/d' Makefile
rm conns.skel.c
run 2 make
says 'conns.skel.c is made with -split in BPFBAKE_FLAGS'
