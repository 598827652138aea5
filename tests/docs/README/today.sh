# today.skel.h, by the commands of today; without bpftool by ours that stands in for it.
clang -g -O2 -target bpf -idirafter "/usr/include/$(gcc -print-multiarch)" -c conns.bpf.c -o today.o
llvm-strip -g today.o
bpftool=$(command -v bpftool || echo bpfbake)
"$bpftool" gen skeleton today.o name conns >today.skel.h
