# SPDX-License-Identifier: BSD-2-Clause
# gen skeleton: bpftool's members and functions, from either byte order, for foreign programs.
. "$(dirname "$0")/../lib/test.sh"
needs bpftool

members() {
	# struct N without what is ours by design: types that user space lacks.
	sed -n "/^struct $1 {/,/^#ifdef __cplus/p" "$2"
}
for name in maps programs; do
	run 0 "$BPFBAKE" gen skeleton "$OBJECT_DIR/${name}_bpfel.o" name "$name"
	cp "$WORK/out" ours
	bpftool gen skeleton "$OBJECT_DIR/${name}_bpfel.o" name "$name" >theirs
	members $name ours >ours.members
	members $name theirs >theirs.members
	diff theirs.members ours.members || fail "$name: other members than bpftool's"
	# The same functions.
	grep -oE "\b${name}__[a-z_]+\(" theirs | sort -u >theirs.functions
	grep -oE "\b${name}__[a-z_]+\(" ours | sort -u >ours.functions
	diff theirs.functions ours.functions || fail "$name: other functions than bpftool's"
	lacks ours bpfbake_report
	# The other byte order: the same text but for the bytes.
	run 0 "$BPFBAKE" gen skeleton "$OBJECT_DIR/${name}_bpfeb.o" name "$name"
	members $name "$WORK/out" >big.members
	diff big.members ours.members || fail "$name: other members for big endian"
done

# A program written for bpftool's header compiles with both and runs alike.
cat >user.c <<'END'
#include <stdio.h>
#include SKELETON
int main(void)
{
	struct variables *skel = variables__open();
	size_t size;
	if (!skel)
		return 1;
	printf("%s %d %d %d %lu\n", skel->skeleton->name, skel->skeleton->map_cnt,
	       skel->skeleton->prog_cnt, skel->skeleton->prog_skel_sz == sizeof(*skel->skeleton->progs),
	       (unsigned long)(variables__elf_bytes(&size) != NULL));
	printf("%u %d %lld %u %u %d\n", skel->rodata->filter, skel->data->byte,
	       (long long)skel->data->total, skel->data->words[1], skel->data_special->special,
	       (int)skel->data->mode);
	skel->bss->word = 5;
	printf("%p %s\n", (void *)skel->kconfig, bpf_program__name(skel->progs.count));
	variables__detach(skel);
	variables__destroy(skel);
	return 0;
}
END
echo 'enum mode { OFF }; struct limits { unsigned short low, high; unsigned long long bytes; };' >types.h
bpftool gen skeleton "$OBJECT_DIR/variables_bpfel.o" name variables >theirs.h
"$BPFBAKE" gen skeleton "$OBJECT_DIR/variables_bpfel.o" name variables >ours.h
case $(printf 1 | od -An -tx2) in
*0031*)
	for header in theirs ours; do
		cc -include linux/types.h -include types.h -DSKELETON="\"$header.h\"" -I. user.c -o user -lbpf
		./user >$header.out
	done
	diff theirs.out ours.out || fail 'another run than with the header of bpftool'
	;;
esac
# Ours needs no types of the includer when they are asked for.
printf '#define variables__DEFINE_TYPES\n#include "ours.h"\nint main(void) { return 0; }\n' >m.c
cc -Wall -Wextra -Werror -fsyntax-only m.c || fail 'DEFINE_TYPES does not compile'

# Names: from the file, mended; given, checked.
cp "$OBJECT_DIR/maps_bpfel.o" my-obj.bpf.o
run 0 "$BPFBAKE" gen skeleton my-obj.bpf.o
prints 'struct my_obj_bpf {'
cp my-obj.bpf.o int.o
run 0 "$BPFBAKE" gen skeleton int.o
prints 'struct int_ {'
cp my-obj.bpf.o 1foo.bpf.o
run 0 "$BPFBAKE" gen skeleton 1foo.bpf.o
prints 'struct _1foo_bpf {'
run 0 "$BPFBAKE" gen skel int.o n other
prints 'struct other {'
# Long ones, as bpftool cuts them.
struct_of() {
	sed -n 's/^struct \([A-Za-z0-9_]*\) {$/\1/p'
}
letters=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
for more in b bb bbb bbbb bbbbb bbbbbbbbbb bb.bpf .x.y.z; do
	cp int.o "$letters$more.o"
	expected=$(bpftool gen skeleton "$letters$more.o" | struct_of)
	run 0 "$BPFBAKE" gen skeleton "$letters$more.o"
	[ "$(struct_of <"$WORK/out")" = "$expected" ] || fail "not $expected: $letters$more.o"
	expected=$(bpftool gen skeleton int.o name "${letters}b$more" | struct_of)
	case $more in *.*) continue ;; esac
	run 0 "$BPFBAKE" gen skeleton int.o name "${letters}b$more"
	[ "$(struct_of <"$WORK/out")" = "$expected" ] || fail "not $expected: name ${letters}b$more"
done
rm $letters*
# A name that is none must not become a part of the header.
LC_ALL=C sed 's/weak_global/weak;global/g' "$OBJECT_DIR/variables_bpfel.o" >damaged.o
run 1 "$BPFBAKE" gen skeleton damaged.o
says 'it is no identifier'
[ ! -s "$WORK/out" ] || fail 'a header of a damaged object'
run 2 "$BPFBAKE" gen skeleton int.o name my-obj
run 1 "$BPFBAKE" gen skeleton none.o
says 'none.o: cannot be read'
run 1 sh -c '"$BPFBAKE" gen skeleton int.o >/dev/full'
says 'standard output: cannot be written'
# A struct by value of the skeleton's own name cannot be in it; bpftool gives a header that does not compile.
{
	printf '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nstruct conn { int x; } conn;\n'
	printf 'SEC("socket") int watch(void *c) { return conn.x; }\nchar LICENSE[] SEC("license") = "GPL";\n'
} >c.bpf.c
quiet "$BPFBAKE" -target bpfel c c.bpf.c
run 1 "$BPFBAKE" gen skeleton c_bpfel.o name conn
says "the type 'conn' has the name of the skeleton; choose another with name NAME"
run 0 "$BPFBAKE" gen subskeleton c_bpfel.o name conn
run 0 "$BPFBAKE" gen skeleton c_bpfel.o name conns
# libclang is not loaded on this path.
! ldd "$BPFBAKE" | grep -q libclang || fail 'libclang is linked'
