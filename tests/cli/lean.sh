# SPDX-License-Identifier: BSD-2-Clause
# -vmlinux and -lean: a slice of the kernel's types gives the same program as all of them; bpfbake
# vmlinux writes either.
. "$(dirname "$0")/../lib/test.sh"
btf=/sys/kernel/btf/vmlinux
[ -r $btf ] || skip 'the kernel has no BTF'
needs bpftool llvm-readelf
targets='-target amd64,bpfeb -optional bpfeb'

# The same instructions, CO-RE relocations, maps and header, with each compiler.
count=0
for compiler in clang clang-16 clang-19; do
	command -v $compiler >/dev/null || continue
	for source in "$SOURCE_DIR"/tests/lean/*.bpf.c; do
		# shellcheck disable=SC2086 # words
		quiet "$BPFBAKE" -cc $compiler $targets -vmlinux auto -lean off t "$source"
		# shellcheck disable=SC2086 # words
		quiet "$BPFBAKE" -cc $compiler $targets -vmlinux auto -lean only -check t "$source"
		count=$((count + 1))
		rm -f t_* t.skel.h
	done
done
echo "$count programs compared"
[ $count -gt 0 ] || fail 'no program was compared'
quiet "$BPFBAKE" -target amd64 -vmlinux auto -lean verify t "$SOURCE_DIR/tests/lean/fields.bpf.c"
rm -f t_* t.skel.h

# What is written out, as the tools write it: all types, and a slice that is kept beside the source.
quiet "$BPFBAKE" vmlinux -o all.h
bpftool btf dump file $btf format c unsorted >tool.h 2>/dev/null || bpftool btf dump file $btf format c >tool.h
# Versions of libbpf differ in the first two, which change nothing of what compiles; those of bpftool
# before 7.5 write no kfuncs.
for file in all tool; do
	sed -e 's/()/(void)/' -e 's/ __attribute__((mode([a-z]*)))//' -e '/^#/d' -e '/ __ksym;$/d' \
		-e '/^.* BPF kfuncs /d' -e '/^$/d' $file.h >$file.same.h
done
cmp all.same.h tool.same.h || fail 'other types than those of bpftool'
cp "$SOURCE_DIR/tests/lean/fields.bpf.c" a.bpf.c
quiet "$BPFBAKE" vmlinux -for a.bpf.c -o vmlinux.h
[ "$(wc -c <vmlinux.h)" -lt 60000 ] || fail 'the slice is no slice'
quiet "$BPFBAKE" -target amd64 t a.bpf.c
cp all.h vmlinux.h
quiet "$BPFBAKE" -target amd64 -check t a.bpf.c
# With a vmlinux.h of the project's, -vmlinux takes its place.
run 0 "$BPFBAKE" -verbose -target amd64 -vmlinux auto -depfile d t a.bpf.c
says "-include"
quiet "$BPFBAKE" -target amd64 -check -vmlinux $btf t a.bpf.c
lacks d /sys/kernel
has d vmlinux.h
rm vmlinux.h all.h tool.h ./*.same.h d t_* t.skel.h

# One that needs no vmlinux.h does not get it.
tiny b.bpf.c
run 0 "$BPFBAKE" -verbose -vmlinux auto b b.bpf.c
! grep -q -- -include "$WORK/err" || fail 'types for nothing'

# Words that are pasted together are not seen: then all types are taken.
cat >paste.bpf.c <<'END'
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#define PASTE(a, b) a##b
char LICENSE[] SEC("license") = "GPL";
SEC("socket") int p(void *c) { struct PASTE(task_, struct) *t = c; return t->PASTE(pi, d); }
END
run 0 "$BPFBAKE" -verbose -vmlinux auto p paste.bpf.c
says 'paste.bpf.c: note: needs more than a slice of vmlinux.h; all of it is taken'
quiet "$BPFBAKE" -check -vmlinux auto -lean off p paste.bpf.c
run 1 "$BPFBAKE" -vmlinux auto -lean only p paste.bpf.c
says 'task_struct'

# A type that is asked for by such a name, which the compiler does not miss: it would not be there on any kernel.
cat >asks.bpf.c <<'END'
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#define PASTE(a, b) a##b
char LICENSE[] SEC("license") = "GPL";
int there;
SEC("socket") int p(void *c) { there = bpf_core_type_exists(struct PASTE(bpf_ring, buf)); return 0; }
END
run 0 "$BPFBAKE" -verbose -vmlinux auto p asks.bpf.c
says 'asks.bpf.c: note: needs more than a slice of vmlinux.h; all of it is taken'
quiet "$BPFBAKE" -vmlinux auto -lean off w asks.bpf.c
for object in p w; do
	llvm-readelf -x .BTF $object'_bpfel.o' | tail -n +3 >$object.btf
done
cmp p.btf w.btf || fail 'other types than with the whole header'
run 1 "$BPFBAKE" -vmlinux auto -lean only p asks.bpf.c
says "asks for the type's existence bpf_ringbuf, which is only declared in the slice of vmlinux.h"
run 1 "$BPFBAKE" -vmlinux auto -lean verify p asks.bpf.c
rm p_* w_* p.skel.h w.skel.h ./*.btf

# An error of the source is told as the whole header gives it, once.
sed 's/return/retrun/' paste.bpf.c >wrong.bpf.c
run 1 "$BPFBAKE" -vmlinux auto w wrong.bpf.c
says 'wrong.bpf.c:5:'
[ "$(grep -c 'error:' "$WORK/err")" -eq 1 ] || fail 'errors of two runs'

# What vmlinux.h looks at is looked at.
sed 's/^#include "vml/#define BPF_NO_PRESERVE_ACCESS_INDEX\n&/' a.bpf.c >plain.bpf.c
quiet "$BPFBAKE" -target amd64 -vmlinux auto -lean off t plain.bpf.c
quiet "$BPFBAKE" -target amd64 -vmlinux auto -check t plain.bpf.c

run 1 "$BPFBAKE" t a.bpf.c
says 'a.bpf.c: includes vmlinux.h, which is nowhere; make one of the types that it needs (bpfbake vmlinux -for a.bpf.c -o vmlinux.h), or name'
run 1 "$BPFBAKE" -vmlinux none t a.bpf.c
says 'none: cannot be read: No such file or directory; give BTF'
run 1 "$BPFBAKE" -vmlinux /bin/true t a.bpf.c
says '/bin/true: has no BTF'
run 2 "$BPFBAKE" -lean some t a.bpf.c
says "-lean is 'some'; write auto, off, only or verify"
run 1 "$BPFBAKE" vmlinux -type no_such_type
says "this kernel has no type 'no_such_type'"
run 0 "$BPFBAKE" vmlinux -type timespec64 in6_addr
prints 'struct timespec64 {'
prints 'u6_addr8[16]'
printf '#include "s.h"\nstruct timespec64 a; struct in6_addr b; _Static_assert(sizeof(b) == 16, "");\n' >s.c
cp "$WORK/out" s.h
clang -target bpf -fsyntax-only s.c || fail 'types alone do not compile'
run 2 "$BPFBAKE" vmlinux a.bpf.c
says "'a.bpf.c' is no option; write bpfbake vmlinux -for SOURCE, or -type NAME"
