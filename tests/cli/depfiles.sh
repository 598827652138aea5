# SPDX-License-Identifier: BSD-2-Clause
# -depfile and -makebase: rules that make reads, whatever the names are.
. "$(dirname "$0")/../lib/test.sh"
needs make
mkdir 'src dir' out 'src dir/a#b'
tiny 'src dir/a$1.bpf.c'
echo 'int from_header;' >'src dir/a#b/h é.h'
echo '#include "a#b/h é.h"' >>'src dir/a$1.bpf.c'

quiet "$BPFBAKE" -output-dir out -depfile out/t.d t 'src dir/a$1.bpf.c'
exists out/t.d
[ "$(grep -c '^out/t\.skel\.h:' out/t.d)" -eq 1 ] || fail 'the header is not the target'
[ "$(grep -cE '^[^ ].*: ' out/t.d)" -eq 1 ] || fail 'more than one rule'
has out/t.d '/bpf_helpers.h'
lacks out/t.d '.o:'

# make rebuilds when the header changes, when it is gone it does not stop, and else it does nothing.
cat >Makefile <<'END'
out/t.skel.h: src\ dir/a$$1.bpf.c
	@echo rebuilt
	@touch $@
-include out/t.d
END
run 0 make -s
[ ! -s "$WORK/out" ] || prints 'up to date'
sleep 0.01
touch -d '+2 seconds' 'src dir/a#b/h é.h'
run 0 make
prints rebuilt
rm 'src dir/a#b/h é.h'
run 0 make
prints rebuilt
echo 'int from_header;' >'src dir/a#b/h é.h'
rm Makefile

quiet "$BPFBAKE" -output-dir out -makebase out t 'src dir/a$1.bpf.c'
exists out/t.skel.h.d
[ "$(head -1 out/t.skel.h.d)" = 't.skel.h t_bpfel.o t_bpfeb.o: \' ] || fail 'other targets'
grep -qF '../src\ dir/a$$1.bpf.c' out/t.skel.h.d || fail 'the source is not relative to the base'
grep -qF '../src\ dir/a\#b/h\ é.h' out/t.skel.h.d || fail 'the header is not relative to the base'
rm out/t.skel.h.d
BPFBAKE_MAKEBASE=out quiet "$BPFBAKE" -output-dir out t 'src dir/a$1.bpf.c'
exists out/t.skel.h.d
rm out/t.skel.h.d
BPF2GO_MAKEBASE=. quiet "$BPFBAKE" -output-dir out t 'src dir/a$1.bpf.c'
has out/t.skel.h.d 'out/t.skel.h out/t_bpfel.o'
run 1 "$BPFBAKE" -makebase none t 'src dir/a$1.bpf.c'
says 'none: is no directory for -makebase'

# A prebuilt object and a template are dependencies too.
echo '{{N}}' >x.mustache
quiet "$BPFBAKE" -template x.mustache -o x.txt -depfile p.d p out/t_bpfel.o
has p.d 'out/t_bpfel.o'
has p.d 'x.mustache'
[ "$(cat x.txt)" = p ] || fail 'the template gave something else'

if command -v ninja >/dev/null; then
	cat >build.ninja <<END
rule bake
  command = "$BPFBAKE" -output-dir out -depfile out/t.d t 'src dir/a\$\$1.bpf.c'
  depfile = out/t.d
  deps = gcc
build out/t.skel.h: bake src\$ dir/a\$\$1.bpf.c
END
	run 0 ninja
	run 0 ninja
	prints 'no work to do'
	touch -d '+4 seconds' 'src dir/a#b/h é.h'
	run 0 ninja
	prints '[1/1]'
fi
