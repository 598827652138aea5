# SPDX-License-Identifier: BSD-2-Clause
# A vmlinux.h that the project has is sliced: the same programs as with all of it.
. "$(dirname "$0")/../lib/test.sh"
[ -r /sys/kernel/btf/vmlinux ] || skip 'the kernel has no BTF'
needs clang
targets='-target amd64,bpfeb -optional bpfeb'
mkdir -p text cache
export BPFBAKE_CACHE="$PWD/cache"
quiet "$BPFBAKE" vmlinux -o text/vmlinux.h
cp "$SOURCE_DIR"/tests/lean/*.bpf.c text

# Its types are read once. It stands in dependency files, and what is in the cache does not.
count=0
for compiler in clang clang-16 clang-19; do
	command -v $compiler >/dev/null || continue
	for source in text/*.bpf.c; do
		# shellcheck disable=SC2086 # words
		quiet "$BPFBAKE" -cc $compiler $targets -lean off t "$source"
		# shellcheck disable=SC2086 # words
		quiet "$BPFBAKE" -cc $compiler $targets -lean only -check t "$source"
		# shellcheck disable=SC2086 # words
		quiet "$BPFBAKE" -cc $compiler $targets -depfile t.d t "$source"
		has t.d text/vmlinux.h
		lacks t.d "$PWD/cache"
		count=$((count + 1))
		rm -f t_* t.skel.h
	done
done
echo "$count programs compared"
[ "$(find cache -name 'types*' | wc -l)" -eq 1 ] || fail 'the types are not kept, or more than once'

# One with more than types is taken whole.
sed 's/^#endif \/\* __VML/static inline int more(void) { return 1; }\n&/' text/vmlinux.h >more.h
mv more.h text/vmlinux.h
sed 's/^	return 0/	return more()/' text/questions.bpf.c >text/more.bpf.c
quiet "$BPFBAKE" m text/more.bpf.c
run 0 "$BPFBAKE" -verbose m text/more.bpf.c
says 'text/more.bpf.c: note: all of vmlinux.h is taken: text/vmlinux.h has more than types of the kernel'
run 1 "$BPFBAKE" -lean only m text/more.bpf.c
says 'text/vmlinux.h: has more than types of the kernel'
run 1 "$BPFBAKE" -vmlinux text/vmlinux.h -lean only m text/more.bpf.c
says 'text/vmlinux.h: has more than types of the kernel'
mkdir elsewhere
mv text/vmlinux.h elsewhere/types.h
quiet "$BPFBAKE" -vmlinux elsewhere/types.h m text/more.bpf.c

# Types that only an option names are whole as well, and a glob has all to choose from.
quiet "$BPFBAKE" vmlinux -o text/vmlinux.h
for type in filename 'struct filename' 'filena*'; do
	quiet "$BPFBAKE" -target amd64 -lean off -type "$type" t text/fields.bpf.c
	has t.skel.h 'struct t__filename {'
	quiet "$BPFBAKE" -target amd64 -check -type "$type" t text/fields.bpf.c
done
run 1 "$BPFBAKE" -target amd64 -lean only -type 'filena*' t text/fields.bpf.c
says 'cannot be compiled with a slice of vmlinux.h: -type filena* may mean any type; leave -lean out'
quiet "$BPFBAKE" -lean verify -depfile t.d t text/questions.bpf.c
lacks t.d "$PWD/cache"

# A macro that is defined before vmlinux.h and changes a word of it leads to the whole header.
sed 's/^#include "vml/#define pgd_t page_table_entry_t\n&/' text/fields.bpf.c >text/changed.bpf.c
run 0 "$BPFBAKE" -verbose -target amd64 t text/changed.bpf.c
! grep -q -- ' -include ' "$WORK/err" || fail 'a slice, although a macro changes vmlinux.h'
says "text/changed.bpf.c: note: all of vmlinux.h is taken: 'pgd_t' is defined as a macro before it is included"
run 1 "$BPFBAKE" -target amd64 -lean only t text/changed.bpf.c
says "text/changed.bpf.c: cannot be compiled with a slice of vmlinux.h: 'pgd_t' is defined as a macro before"
for why in '__VMLINUX_H__ is defined as a macro:#undef __VMLINUX_H__\n#define __VMLINUX_H__\n#undef __VMLINUX_H__' \
	'BPF_NO_PRESERVE_ACCESS_INDEX is defined under a condition:#if 0\n#define BPF_NO_PRESERVE_ACCESS_INDEX\n#endif'; do
	sed "s/^#include \"vml/${why#*:}\n&/" text/fields.bpf.c >text/changed.bpf.c
	run 0 "$BPFBAKE" -verbose -target amd64 t text/changed.bpf.c
	says "text/changed.bpf.c: note: all of vmlinux.h is taken: ${why%%:*}"
done
sed 's/^#include "vml/#define NO_WORD_OF_THE_KERNEL 1\n&/' text/fields.bpf.c >text/unchanged.bpf.c
run 0 "$BPFBAKE" -verbose -target amd64 t text/unchanged.bpf.c
says ' -include '
# One that vmlinux.h looks at, but perhaps: so does that.
sed 's/^#include "vml/#ifdef PLAIN\n#define BPF_NO_PRESERVE_ACCESS_INDEX\n#endif\n&/' text/fields.bpf.c >text/perhaps.bpf.c
run 0 "$BPFBAKE" -verbose -target amd64 t text/perhaps.bpf.c
! grep -q -- ' -include ' "$WORK/err" || fail 'a slice, although a macro may change vmlinux.h'
# With the flag's help its kfuncs are not there, as in the header itself.
quiet "$BPFBAKE" -target amd64 k text/kfuncs.bpf.c
run 1 "$BPFBAKE" -target amd64 -lean only k text/kfuncs.bpf.c -- -DBPF_NO_KFUNC_PROTOTYPES \
	-Werror=implicit-function-declaration
says 'bpf_task_from_pid'
# A type that is to match is whole; one that only an expression names leads to the whole header.
sed 's/^	return 0/	return bpf_core_type_matches(typeof(*task))/' text/flavors.bpf.c >text/match.bpf.c
if command -v clang-19 >/dev/null; then
	run 0 "$BPFBAKE" -cc clang-19 -verbose -target amd64 m text/match.bpf.c
	! grep -q -- ' -include ' "$WORK/err" || fail 'a slice, although a type that has no name is to match'
fi
