# SPDX-License-Identifier: BSD-2-Clause
# What of slices is kept in the cache: the types, slices by the words that they are made of, and whether
# one compiles. A cache that is not there or damaged changes the time alone.
. "$(dirname "$0")/../lib/test.sh"
[ -r /sys/kernel/btf/vmlinux ] || skip 'the kernel has no BTF'
needs clang llvm-objdump
mkdir cache
export BPFBAKE_CACHE="$PWD/cache"

# What stands in the cache is in no dependency file, and with no cache it works as well.
cp "$SOURCE_DIR/tests/lean/questions.bpf.c" q.bpf.c
quiet "$BPFBAKE" -vmlinux auto -depfile q.d q q.bpf.c
lacks q.d "$PWD/cache"
lacks q.d "$TMPDIR"
cp q.skel.h first.h
BPFBAKE_CACHE='' quiet "$BPFBAKE" -vmlinux auto -depfile q.d q q.bpf.c
cmp q.skel.h first.h
lacks q.d "$TMPDIR"
[ -z "$(ls -A "$TMPDIR")" ] || fail "left in TMPDIR: $(ls -A "$TMPDIR")"

# The second time nobody reads the types, as long as the words are the same: not after other words.
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	reads_types() {
		strace -f -e trace=open,openat -o trace "$BPFBAKE" -vmlinux auto q q.bpf.c
		grep -q '"/sys/kernel/btf/vmlinux"' trace
	}
	! reads_types || fail 'types are read a second time'
	sed 's/^	return 0/	return 0 + 0/' q.bpf.c >r.bpf.c && mv r.bpf.c q.bpf.c
	! reads_types || fail 'types are read for the same words'
	sed 's/^	return 0/	return BPF_CORE_READ(task, exit_code)/' q.bpf.c >r.bpf.c && mv r.bpf.c q.bpf.c
	reads_types || fail 'types are not read for other words'
fi
quiet "$BPFBAKE" -vmlinux auto -lean verify q q.bpf.c

# Damaged, each file of it.
quiet "$BPFBAKE" vmlinux -o vmlinux.h
quiet "$BPFBAKE" q q.bpf.c
for file in cache/*; do
	[ -f "$file" ] || continue
	head -c 1000 "$file" >cut
	printf x >>cut
	cp cut "$file"
done
quiet "$BPFBAKE" -check q q.bpf.c
BPFBAKE_CACHE='' quiet "$BPFBAKE" -check q q.bpf.c
[ -z "$(ls -A "$TMPDIR")" ] || fail "left in TMPDIR: $(ls -A "$TMPDIR")"
# Another vmlinux.h: another slice.
sed 's/exit_code;/exit_code; int more_of_it;/' vmlinux.h >other.h && mv other.h vmlinux.h
quiet "$BPFBAKE" -lean verify q q.bpf.c
rm vmlinux.h

# compilations COMMAND...: how many the compiler makes, for one target.
cat >cc <<'END'
#!/bin/sh
case " $* " in *' -c '*) echo >>compiled ;; esac
exec clang "$@"
END
chmod +x cc
compilations() {
	count=$1
	rm -f compiled
	shift
	run "$@" "$BPFBAKE" -cc ./cc -vmlinux auto -target bpfel p p.bpf.c
	[ "$(wc -l <compiled)" -eq "$count" ] || fail "$(wc -l <compiled) compilations, not $count"
}
cat >paste.bpf.c <<'END'
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include "value.h"
#define PASTE(a, b) a##b
char LICENSE[] SEC("license") = "GPL";
SEC("socket") int p(void *c) { struct PASTE(task_, struct) *t = c; return t->PASTE(pi, d) + VALUE; }
END
echo '#define VALUE 1' >value.h
cp paste.bpf.c p.bpf.c
# The slice is tried once for a source as it is; so long it is the whole header at once.
compilations 2 0
compilations 1 0
# With another header, or other flags, it is another one.
echo '#define VALUE 2' >value.h
compilations 2 0
# Wrong, with whatever header: one compilation with a slice too, once.
sed 's/return/retrun/' paste.bpf.c >p.bpf.c
compilations 2 1
compilations 1 1
# Put right, it is tried again; and this one compiles with its slice.
sed 's/PASTE(task_, struct)/task_struct/; s/PASTE(pi, d)/pid/' paste.bpf.c >p.bpf.c
compilations 1 0
says_nothing=$(cat "$WORK/err")
[ -z "$says_nothing" ] || fail "$says_nothing"

# -n prints the slice that a run would use, and writes it where the run would.
rm -rf cache
quiet "$BPFBAKE" -vmlinux auto -lean only -target bpfel q q.bpf.c
run 0 "$BPFBAKE" -n -vmlinux auto -target bpfel q q.bpf.c
prints "-include $PWD/cache/"
mkdir TMPDIR
sh -e "$WORK/out"
mv TMPDIR/bpfel.o printed.o
for object in q_bpfel printed; do
	llvm-objdump -d --no-show-raw-insn $object.o | grep '^ ' >$object.txt
done
[ -s printed.txt ]
cmp q_bpfel.txt printed.txt || fail 'the printed command makes another object'
BPFBAKE_CACHE='' run 0 "$BPFBAKE" -n -vmlinux auto -target bpfel q q.bpf.c
prints '# A slice of vmlinux.h goes before it, by -include: bpfbake vmlinux -for SOURCE -o FILE writes it.'
[ -z "$(ls -A "$TMPDIR")" ] || fail "left in TMPDIR: $(ls -A "$TMPDIR")"

# ccache knows a slice by its name, in another directory too.
if command -v ccache >/dev/null; then
	mkdir -p here/deep there
	cp q.bpf.c here/deep/q.bpf.c
	cp q.bpf.c there/q.bpf.c
	export CCACHE_DIR="$PWD/ccache"
	unset CCACHE_NOHASHDIR CCACHE_BASEDIR 2>/dev/null || :
	(cd here/deep && quiet "$BPFBAKE" -cc 'ccache clang' -vmlinux auto q q.bpf.c)
	ccache -z >/dev/null
	(cd there && quiet "$BPFBAKE" -cc 'ccache clang' -vmlinux auto q q.bpf.c)
	ccache --print-stats | awk '/^(direct|preprocessed)_cache_hit/ { hits += $2 } /^cache_miss/ { misses = $2 }
		END { exit !(hits == 2 && !misses) }' || fail "$(ccache -s)"
fi
