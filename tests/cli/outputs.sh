# SPDX-License-Identifier: BSD-2-Clause
# The names of the outputs, and what decides them.
. "$(dirname "$0")/../lib/test.sh"
tiny a.bpf.c

quiet "$BPFBAKE" Conns a.bpf.c
only a.bpf.c conns_bpfel.o conns_bpfeb.o conns.skel.h
has conns.skel.h 'struct Conns {'
has conns.skel.h '__CONNS_SKEL_H__'
rm conns*

quiet "$BPFBAKE" -output-stem Stem -output-suffix _x conns a.bpf.c
only a.bpf.c Stem_bpfel_x.o Stem_bpfeb_x.o Stem_x.skel.h
rm Stem*

mkdir 'd é'
quiet "$BPFBAKE" -output-dir 'd é' conns a.bpf.c
exists 'd é/conns_bpfel.o' 'd é/conns_bpfeb.o' 'd é/conns.skel.h'
only a.bpf.c 'd é'
rm -r 'd é'

GOFILE=main_test.go GOPACKAGE=x quiet "$BPFBAKE" -go-package y conns a.bpf.c
only a.bpf.c conns_bpfel_test.o conns_bpfeb_test.o conns_test.skel.h
rm conns*
GOFILE=main.go quiet "$BPFBAKE" conns a.bpf.c
only a.bpf.c conns_bpfel.o conns_bpfeb.o conns.skel.h
rm conns*

quiet "$BPFBAKE" build gen a.bpf.c
exists gen.skel.h

run 2 "$BPFBAKE" -output-stem a/b conns a.bpf.c
says '-output-dir'
run 2 "$BPFBAKE" -output-stem '' conns a.bpf.c
run 2 "$BPFBAKE" -output-suffix a/b conns a.bpf.c
