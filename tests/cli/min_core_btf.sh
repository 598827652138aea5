# SPDX-License-Identifier: BSD-2-Clause
# gen min_core_btf: as small as bpftool's or smaller, in INPUT's byte order, whole or not at all. That it
# says the same to libbpf is tests/kernel/min_core_btf.sh's.
. "$(dirname "$0")/../lib/test.sh"
needs bpftool

# A kernel in few words.
cat >kernel.c <<'END'
typedef int pid_t;
struct list_head { struct list_head *next, *prev; };
enum pid_type { PIDTYPE_PID, PIDTYPE_TGID, PIDTYPE_PGID, PIDTYPE_SID, PIDTYPE_MAX };
struct task_struct { long padding; unsigned __state; pid_t pid, tgid; char comm[16]; int prio;
	unsigned in_execve : 1, sched_reset_on_fork : 1; struct { struct list_head tasks; };
	unsigned long start_time; struct task_struct *real_parent; };
struct unused { int nothing; };
struct task_struct *task;
struct unused *unused;
enum pid_type type;
END
for target in bpfel bpfeb; do
	clang -target $target -g -O2 -c kernel.c -o $target.o
	llvm-objcopy --dump-section .BTF=$target.btf $target.o
done
# task_struct of core.bpf.c and relocations.bpf.c.
for object in core relocations; do
	bpftool gen min_core_btf bpfel.btf theirs.btf "$OBJECT_DIR/${object}_bpfel.o" ||
		fail "bpftool takes no $object"
	quiet "$BPFBAKE" gen min_core_btf bpfel.btf ours.btf "$OBJECT_DIR/${object}_bpfel.o"
	[ "$(wc -c <ours.btf)" -le "$(wc -c <theirs.btf)" ] || fail "$object: more than bpftool's"
	# The other byte order of the object does not matter, an ELF file's BTF is the same.
	quiet "$BPFBAKE" gen min_core_btf bpfel.o eb.btf "$OBJECT_DIR/${object}_bpfeb.o"
	cmp ours.btf eb.btf || fail "$object: another result for big endian"
	# That of INPUT does; what is in it is the same.
	quiet "$BPFBAKE" gen min_core_btf bpfeb.btf big.btf "$OBJECT_DIR/${object}_bpfel.o"
	[ "$(od -An -tx1 -N2 big.btf)" = " eb 9f" ] || fail "$object: INPUT is big endian, not OUTPUT"
	bpftool btf dump file big.btf >big.dump
	bpftool btf dump file ours.btf >ours.dump
	[ "$object" != core ] || diff big.dump ours.dump || fail 'other types for big endian'
done
has ours.dump "'__state'"
has ours.dump "'PIDTYPE_MAX' val=4"
lacks ours.dump 'unused'
lacks ours.dump "'PIDTYPE_PGID'"
# Of several objects, all that one of them needs. Words may be shortened, as bpftool's.
quiet "$BPFBAKE" gen min bpfel.btf both.btf "$OBJECT_DIR/maps_bpfel.o" "$OBJECT_DIR/relocations_bpfeb.o"
quiet "$BPFBAKE" gen min_core_btf bpfel.btf ours.btf "$OBJECT_DIR/relocations_bpfel.o"
cmp both.btf ours.btf
# Nothing to relocate: no types. bpftool writes the same.
quiet "$BPFBAKE" gen min_core_btf bpfel.btf none.btf "$OBJECT_DIR/maps_bpfel.o"
bpftool gen min_core_btf bpfel.btf theirs.btf "$OBJECT_DIR/maps_bpfel.o"
cmp none.btf theirs.btf
# In its own place, and where there was something.
cp bpfel.btf same.btf
quiet "$BPFBAKE" gen min_core_btf same.btf same.btf "$OBJECT_DIR/relocations_bpfel.o"
cmp same.btf ours.btf
quiet "$BPFBAKE" gen min_core_btf same.btf again.btf "$OBJECT_DIR/relocations_bpfel.o"
cmp again.btf ours.btf || fail 'less is left of the least'

# What is wrong is said, and nothing is written.
rm -f out.btf
run 2 "$BPFBAKE" gen min_core_btf bpfel.btf out.btf
says 'gen min_core_btf INPUT OUTPUT OBJECT...'
run 1 "$BPFBAKE" gen min_core_btf none out.btf "$OBJECT_DIR/maps_bpfel.o"
says 'none: cannot be read'
run 1 "$BPFBAKE" gen min_core_btf bpfel.btf out.btf none.o
says 'none.o: cannot be read'
run 1 "$BPFBAKE" gen min_core_btf bpfel.btf out.btf bpfel.btf
says 'bpfel.btf: is not an ELF file'
clang -target bpfel -O2 -c kernel.c -o no_btf.o
run 1 "$BPFBAKE" gen min_core_btf bpfel.btf out.btf no_btf.o
says 'no_btf.o: has no .BTF section'
head -c 100 bpfel.btf >cut.btf
run 1 "$BPFBAKE" gen min_core_btf cut.btf out.btf "$OBJECT_DIR/core_bpfel.o"
says 'cut.btf: its BTF cannot be read'
run 1 "$BPFBAKE" gen min_core_btf bpfel.btf none/out.btf "$OBJECT_DIR/core_bpfel.o"
says 'none/out.btf: cannot be written'
cp "$OBJECT_DIR/core_bpfel.o" core.o
run 1 "$BPFBAKE" gen min_core_btf bpfel.btf core.o core.o
says 'is an output and an input'
cmp core.o "$OBJECT_DIR/core_bpfel.o"
cat >index.bpf.c <<'END'
struct list { int n[2]; } __attribute__((preserve_access_index));
__attribute__((section("socket"))) int f(struct list *list) { return list->n[5]; }
END
clang -target bpfel -g -O2 -w -c index.bpf.c -o index.o
run 1 "$BPFBAKE" gen min_core_btf bpfel.btf out.btf index.o
says 'index.o: section socket, instruction 0: byte offset of list.n[5]'
[ ! -e out.btf ] || fail 'something is written'
