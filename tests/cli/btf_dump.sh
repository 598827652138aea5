# SPDX-License-Identifier: BSD-2-Clause
# btf dump: byte by byte what bpftool prints, of kernels, modules, and objects of either byte order.
. "$(dirname "$0")/../lib/test.sh"
needs bpftool cc clang readelf
kernel=/sys/kernel/btf/vmlinux
newer=$(sh "$(dirname "$0")/../lib/bpftool" "$SYSROOTS" 2>"$WORK/err") || {
	newer=
	sed 's/^SKIP: /without bpftool 7.5: /' "$WORK/err"
}

# same FILE [WORD...]: what is printed of it.
same() {
	"$BPFBAKE" btf dump file "$@" >ours
	bpftool btf dump file "$@" >theirs
	cmp theirs ours || fail "another dump than bpftool's: $*"
}
# A header without what bpftool 7.1 does not print: its libbpf has no one-byte enums.
old() {
	sed -e '/^#ifndef __ksym$/,/^$/d' -e '/^#ifndef __weak$/,/^$/d' -e '/^\/\* BPF kfuncs/,/^#endif$/d' \
		-e 's/ __attribute__((mode(byte)))//' "$1" | cat -s
}
compiles() {
	printf '#include "%s"\n' "$1" >user.c
	clang -target bpf -g -O2 -Wall -Werror -Wno-missing-declarations -Wno-pragma-clang-attribute -c user.c -o user.o 2>"$WORK/err" || {
		cat "$WORK/err" >&2
		fail "$1 does not compile"
	}
}
count=0
for object in "$OBJECT_DIR"/*_bpf*.o $kernel; do
	[ -r "$object" ] || continue
	same "$object"
	"$BPFBAKE" btf dump file "$object" format c unsorted >unsorted.h
	bpftool btf dump file "$object" format c >theirs.h
	old unsorted.h >ours
	old theirs.h >theirs
	case $object in
	*vmlinux_text*) ;; # whose bitfields its libbpf pads otherwise
	*) cmp theirs ours || fail "another header than bpftool's: $object" ;;
	esac
	"$BPFBAKE" btf dump file "$object" format c >sorted.h
	# The same definitions in another order; those of integers stand before the first of a struct.
	for order in un ''; do
		grep -E '^(struct|union|enum) .*\{$' ${order}sorted.h | sort
	done | sort | uniq -c | awk '$1 % 2 { exit 1 }' || fail "other types in another order: $object"
	[ "$object" = $kernel ] ||
		awk '/^struct .*\{$/ { seen = 1 } /^typedef (un)?signed / && seen { exit 1 }' sorted.h ||
		fail "not in order: $object"
	if [ -n "$newer" ]; then
		# It leaves out the type that is the first in this order, an enum mostly; what needs that one
		# has it elsewhere then.
		"$newer" btf dump file "$object" format c >theirs.h
		for header in theirs sorted; do
			grep -E '^(struct|union) .*\{$' $header.h >$header || :
		done
		cmp theirs sorted || fail "another order than bpftool 7.5's: $object"
		diff theirs.h sorted.h >difference || :
		[ "$object" != $kernel ] || { ! grep -q '^<' difference && [ "$(grep -cv '^>' difference)" -le 1 ]; } ||
			fail "another order than bpftool 7.5's: $object"
		"$newer" btf dump file "$object" format c unsorted | cmp - unsorted.h ||
			fail "another header than bpftool 7.5's: $object"
	fi
	case $object in
	*vmlinux_text* | *layouts*) ;; # types that clang itself refuses to read back
	*) compiles sorted.h ;;
	esac
	count=$((count + 1))
done
echo "$count files compared"
[ $count -gt 50 ] || fail 'too few files'

# JSON, where bpftool's is right: it writes 0xffffffff of an unsigned enum in 64 bits.
for object in "$OBJECT_DIR"/variables_bpf??.o; do
	same "$object" -j
	same "$object" -p
	same -jp "$object"
done
"$BPFBAKE" -j btf dump file "$OBJECT_DIR/types_bpfel.o" >ours
grep -q '"name":"LOW","val":4294967295' ours || grep -q '"name":"LOW","val":-1' ours || fail 'the value of an enum'

# A module's, on a base: raw BTF of the base, made here.
cat >module.c <<'END'
#include <bpf/btf.h>
#include <stdio.h>
static void save(const struct btf *btf, const char *path)
{
	__u32 size;
	const void *data = btf__raw_data(btf, &size);
	FILE *file = fopen(path, "w");
	fwrite(data, size, 1, file);
	fclose(file);
}
int main(void)
{
	struct btf *base = btf__new_empty(), *split;
	int number = btf__add_int(base, "int", 4, BTF_INT_SIGNED);
	int type = btf__add_struct(base, "in_base", 4);
	btf__add_field(base, "x", number, 0, 0);
	split = btf__new_empty_split(base);
	int pointer = btf__add_ptr(split, type);
	btf__add_struct(split, "in_module", 16);
	btf__add_field(split, "base", pointer, 0, 0);
	btf__add_field(split, "y", number, 64, 0);
	int proto = btf__add_func_proto(split, number);
	btf__add_func_param(proto > 0 ? split : NULL, "arg", pointer);
	int function = btf__add_func(split, "module_kfunc", BTF_FUNC_STATIC, proto);
	btf__add_decl_tag(split, "bpf_kfunc", function, -1);
	save(base, "base");
	save(split, "module");
	return 0;
}
END
cc module.c -o module.bin -lbpf && ./module.bin
same module -B base
"$BPFBAKE" --base-btf=base btf dump file module format c unsorted >unsorted.h
bpftool -B base btf dump file module format c >theirs.h
old unsorted.h >ours
old theirs.h | cmp - ours || fail 'another header of a module'
has unsorted.h 'extern int module_kfunc(struct in_base *arg) __weak __ksym;'
[ -z "$newer" ] || "$newer" -B base btf dump file module format c unsorted | cmp - unsorted.h || fail 'of a module'
compiles unsorted.h
run 1 "$BPFBAKE" btf dump file module
run 1 "$BPFBAKE" btf dump file module -B none
says 'none: cannot be read'

# Only some types. bpftool 7.1 has no root_id: its whole dump is the reference.
bpftool btf dump file "$OBJECT_DIR/maps_bpfel.o" >theirs
run 0 "$BPFBAKE" btf dump file "$OBJECT_DIR/maps_bpfel.o" root_id 2 root_id 0x5 7
for id in 2 5 7; do
	grep "^\[$id\]" theirs
done | cmp - "$WORK/out" || fail 'root_id'
id=$("$BPFBAKE" btf dump file "$OBJECT_DIR/variables_bpfel.o" | sed -n "s/^\[\([0-9]*\)\] STRUCT 'limits'.*/\1/p")
run 0 "$BPFBAKE" btf dump file "$OBJECT_DIR/variables_bpfel.o" format c root_id "$id"
prints 'struct limits {'
prints '__u64'
lacks "$WORK/out" 'kfuncs'
lacks "$WORK/out" '__u8'
run 1 "$BPFBAKE" btf dump file "$OBJECT_DIR/maps_bpfel.o" root_id 100000
says 'has no type 100000'
run 2 "$BPFBAKE" btf dump file "$OBJECT_DIR/maps_bpfel.o" root_id x
run 2 "$BPFBAKE" btf dump file "$OBJECT_DIR/maps_bpfel.o" format yaml
run 2 "$BPFBAKE" btf dump file "$OBJECT_DIR/maps_bpfel.o" other
run 2 "$BPFBAKE" btf dump file
says 'the command line is: bpfbake btf dump file FILE'
run 2 "$BPFBAKE" -j btf dump file "$OBJECT_DIR/maps_bpfel.o" format c
prints '{"error":"a header is no JSON'
for source in 'id 1' 'prog id 1' 'map name x'; do
	# shellcheck disable=SC2086 # words
	run 2 "$BPFBAKE" btf dump $source
	says 'call bpftool itself'
done
run 2 "$BPFBAKE" btf show

# Types that no compiler makes, and that libbpf would write for ever: it is a struct of itself, it has holes of gigabytes,
# many of them, a member that reaches far beyond it, it is doubled sixty times (also with names, by its alignment), has a
# member of no type, by whose alignment libbpf divides; and names that would be C.
cat >hostile.c <<'END'
#include <bpf/btf.h>
#include <stdio.h>
#include <string.h>
static void save(const struct btf *btf, const char *path)
{
	__u32 size;
	const void *data = btf__raw_data(btf, &size);
	FILE *file = fopen(path, "w");
	fwrite(data, size, 1, file);
	fclose(file);
}
static void save_name(int kind, const char *name)
{
	struct btf *btf = btf__new_empty();
	char path[8];
	int id;

	btf__add_int(btf, kind == 0 ? name : "int", 4, 0);
	btf__add_struct(btf, kind == 1 ? name : "s", 4);
	btf__add_field(btf, kind == 2 ? name : "x", 1, 0, 0);
	btf__add_enum(btf, kind == 3 ? name : "e", 4);
	btf__add_enum_value(btf, kind == 4 ? name : "E", 1);
	btf__add_typedef(btf, kind == 5 ? name : "t", 1);
	btf__add_fwd(btf, kind == 6 ? name : "f", BTF_FWD_STRUCT);
	btf__add_ptr(btf, btf__add_type_tag(btf, kind == 7 ? name : "user", 1));
	/* An attribute, in the words of newer kernels. */
	id = btf__add_type_tag(btf, kind == 10 ? name : "address_space(1)", 1);
	((struct btf_type *)btf__type_by_id(btf, id))->info |= 1U << 31;
	btf__add_ptr(btf, id);
	id = btf__add_func_proto(btf, 1);
	btf__add_func_param(btf, kind == 8 ? name : "p", 1);
	id = btf__add_func(btf, kind == 9 ? name : "k", BTF_FUNC_GLOBAL, id);
	btf__add_decl_tag(btf, "bpf_kfunc", id, -1);
	snprintf(path, sizeof(path), "name%d", kind);
	save(btf, path);
}
/* 65,000 members of one name. */
static void long_name(void)
{
	static char name[60001];
	struct btf *btf = btf__new_empty();

	memset(name, 'n', sizeof(name) - 1);
	btf__add_int(btf, "int", 4, 0);
	btf__add_struct(btf, "s", 4 * 65000);
	for (int i = 0; i < 65000; i++)
		btf__add_field(btf, name, 1, i * 32, 0);
	save(btf, "long");
}
/* The last one is fine. */
static void save_names(void)
{
	static const char *const names[] = {"int; int EVIL", "s { int x; }; struct EVIL", "x; int EVIL", "e {EVIL}; enum x",
		"E, EVIL", "t; int EVIL", "f; int EVIL", "user\"))) EVIL", "p), EVIL(int", "k(void); int EVIL",
		"address_space(1))) EVIL"};

	for (int i = 0; i < 11; i++)
		save_name(i, names[i]);
	save_name(11, "");
}
int main(void)
{
	struct btf *cycle = btf__new_empty(), *hole = btf__new_empty(), *doubled = btf__new_empty();
	struct btf *named = btf__new_empty(), *bare = btf__new_empty(), *holes = btf__new_empty();
	struct btf *reach = btf__new_empty();
	btf__add_const(cycle, 1);
	save(cycle, "cycle");
	btf__add_int(hole, "int", 4, 0);
	btf__add_struct(hole, "hole", 0x7ffffff0);
	btf__add_field(hole, "x", 1, 0, 0);
	save(hole, "hole");
	for (int i = 1; i < 60; i++) {
		btf__add_struct(doubled, i == 1 ? "doubled" : NULL, 8);
		btf__add_field(doubled, "x", i + 1, 0, 0);
		btf__add_field(doubled, "y", i + 1, 32, 0);
	}
	btf__add_int(doubled, "int", 4, 0);
	save(doubled, "doubled");
	btf__add_struct(named, "s0", 0);
	for (int i = 1; i < 60; i++) {
		char name[8];

		snprintf(name, sizeof(name), "s%d", i);
		btf__add_struct(named, name, 0);
		btf__add_field(named, "x", i, 0, 0);
		btf__add_field(named, "y", i, 0, 0);
	}
	save(named, "named");
	btf__add_struct(bare, "bare", 8);
	btf__add_field(bare, "x", 0, 0, 0);
	btf__add_field(bare, "y", 0, 32, 0);
	save(bare, "bare");
	btf__add_int(holes, "int", 4, 0);
	for (int i = 0; i < 100; i++) {
		char name[8];

		snprintf(name, sizeof(name), "s%d", i);
		btf__add_struct(holes, name, 1000000);
		btf__add_field(holes, "x", 1, 0, 0);
	}
	save(holes, "holes");
	btf__add_int(reach, "int", 4, 0);
	btf__add_array(reach, 1, 1, 0x4000005);
	btf__add_struct(reach, "reach", 24);
	btf__add_field(reach, "x", 2, 0, 0);
	btf__add_field(reach, "y", 1, 160, 0);
	save(reach, "reach");
	long_name();
	save_names();
	return 0;
}
END
cc hostile.c -o hostile -lbpf && ./hostile
for file in cycle hole holes reach doubled named bare name0 name1 name2 name3 name4 name5 name6 name7 name8 name9 name10; do
	run 1 timeout 20 "$BPFBAKE" vmlinux -btf $file
	says "$file: its types cannot be written as C: they are damaged"
	run 1 timeout 20 "$BPFBAKE" btf dump file $file format c
	says "$file: its types cannot be written as C: they are damaged"
	run 0 timeout 20 "$BPFBAKE" btf dump file $file
done

# Damaged BTF: no crash, one message.
for at in 0 8 12 16 20 30 60 200; do
	cp base damaged
	printf '\377\377\377' | dd of=damaged bs=1 seek=$at conv=notrunc 2>/dev/null
	status=0
	"$BPFBAKE" btf dump file damaged format c >"$WORK/out" 2>"$WORK/err" || status=$?
	[ $status -le 1 ] || fail "status $status with damage at $at"
done
run 0 "$BPFBAKE" btf dump file name11 format c
prints 'extern int k(int p) __weak __ksym;'
for command in 'btf dump file long' 'btf dump file long format c' 'vmlinux -btf long'; do
	# shellcheck disable=SC2086 # words
	run 1 timeout 20 "$BPFBAKE" $command
	says 'long: its BTF is damaged'
done

# A section without bytes (SHT_NOBITS), for which libbpf reads some.
cp "$OBJECT_DIR/maps_bpfel.o" nobits.o
index=$(readelf -SW nobits.o | sed -n 's/^ *\[ *\([0-9]*\)\] \.BTF .*/\1/p')
headers=$(readelf -hW nobits.o | awk '/Start of section headers/ { print $5 }')
printf '\010' | dd of=nobits.o bs=1 seek=$((headers + 64 * index + 4)) conv=notrunc 2>/dev/null
readelf -SW nobits.o | grep -q '\.BTF *NOBITS' || fail 'another byte was changed'
for command in 'dump file nobits.o' 'dump file nobits.o format c' '-B nobits.o dump file base' '-B base dump file nobits.o'; do
	# shellcheck disable=SC2086 # words
	run 1 "$BPFBAKE" btf $command
	says 'nobits.o: has no BTF'
done
run 1 "$BPFBAKE" gen skeleton nobits.o
run 1 "$BPFBAKE" -d gen skeleton nobits.o
