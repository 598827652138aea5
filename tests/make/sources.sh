# SPDX-License-Identifier: BSD-2-Clause
# A header of several sources: all prerequisites of the header that are BPF C.
. "$(dirname "$0")/project.sh"
project .
mkdir lib
cat >>conns.bpf.c <<'END'
int more(int x);
SEC("socket") int sum(void *context) { return more(2); }
END
cat >lib/more.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "deep.h"
extern int seen;
__noinline int more(int x) { seen += x; return 0; }
END
: >lib/deep.h
echo 'conns.skel.h: lib/more.bpf.c' >>Makefile

# change FILE: the header is made once to have it changed.
change() {
	touch "$1"
	makes 1
	prints "'conns.bpf.c' 'lib/more.bpf.c'"
	idle
}

makes 1
idle
change conns.bpf.c
change lib/more.bpf.c
change lib/deep.h
change conns.h
./app || fail 'the program does not run'

# In another directory; and by a rule of its own, in which the first names the struct.
cat >other.mk <<'END'
BPFBAKE_OUT = o
include $(shell bpfbake --make-include)
o/conns.skel.h: conns.bpf.c lib/more.bpf.c
END
makes 1 -f other.mk o/conns.skel.h
prints "'conns.bpf.c' 'lib/more.bpf.c'"
idle -f other.mk o/conns.skel.h
cat >>Makefile <<'END'
named.skel.h: lib/more.bpf.c conns.bpf.c bpfbake_always
	$(bpfbake_recipe)
END
makes 1 named.skel.h
has named.skel.h 'struct more {'
idle named.skel.h

# What a source includes is none, whatever it is called, and whatever becomes of it.
echo '#define PART 3' >part.bpf.c
echo '#include "part.bpf.c"' >>conns.bpf.c
change conns.bpf.c
sed -i s/3/4/ part.bpf.c
run 1 make -q
change part.bpf.c
has conns.skel.h 'conns__PART 4'
mv part.bpf.c part.h
sed -i 's/part.bpf.c/part.h/' conns.bpf.c
change part.h

# A source less in the makefile is one less in the command, though the dependencies knew it.
sed -i '/^conns.skel.h: lib/d' Makefile
run 0 make -n
prints "'conns.bpf.c'"
lacks "$WORK/out" "'lib/more.bpf.c'"
