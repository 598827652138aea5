# SPDX-License-Identifier: BSD-2-Clause
# gen object: for both byte orders, what libbpf's linker makes of the host's.
. "$(dirname "$0")/../lib/test.sh"
needs bpftool llvm-objcopy llvm-objdump

code() {
	llvm-objdump -dr --no-show-raw-insn "$1" | grep -v 'file format'
}
n_types() {
	bpftool btf dump file "$1" | grep -c '^\['
}
# model FILE: what there is in it, without its bytes.
model() {
	"$BPFBAKE" inspect -template model.mustache "$1"
}
cat >model.mustache <<'END'
{{license}}
{{#maps}}map {{name}} {{kind}} {{key_size}} {{value_size}} {{max_entries}} {{flags}}
{{/maps}}
{{#programs}}program {{name}} {{section}} {{instructions}}
{{/programs}}
{{#sections}}section {{name}}
{{#variants}}{{{text}}}
{{/variants}}
{{/sections}}
{{#struct_ops}}struct_ops {{name}}
{{/struct_ops}}
END
printf 1 | od -An -tx2 | grep -q 0031 && host=bpfel || host=bpfeb

# One object alone means what it meant; DWARF goes, and BTF has nothing twice.
mkdir alone theirs
n=0
for object in "$OBJECT_DIR"/*.clang.o; do
	name=$(basename "$object" .clang.o).o
	run 0 "$BPFBAKE" gen object "alone/$name" "$object"
	cp "$object" "$name"
	model "$name" >before 2>/dev/null || continue
	model "alone/$name" >after 2>/dev/null
	diff before after || fail "$name: linked alone it is another program"
	grep -q . after || fail "$name: an empty model"
	case $name in
	*_$host.o) ;;
	*) continue ;;
	esac
	bpftool gen object "theirs/$name" "$object" 2>theirs.log || continue
	code "theirs/$name" >theirs.code
	code "alone/$name" >ours.code
	diff theirs.code ours.code || fail "$name: other code than libbpf's linker makes"
	[ "$(n_types "alone/$name")" -le "$(n_types "theirs/$name")" ] || fail "$name: more types than with libbpf"
	n=$((n + 1))
done
[ "$n" -ge 10 ] || fail "only $n objects were compared with libbpf's"

# Two sources, with all that they can share.
cat >one.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} shared SEC(".maps");
extern int LINUX_KERNEL_VERSION __kconfig;
static int counter = 7;
int total;
extern int offset;
extern const int not_there __ksym __weak;
__weak int choose(int x) { return x + 1; }
static __noinline int helper(int x) { counter += x; return counter; }
int other(int x);
SEC("raw_tp/sys_enter") int first(void *ctx)
{
	__u32 key = 1;
	__u64 value = total;

	bpf_map_update_elem(&shared, &key, &value, 0);
	total += helper(3) + other(2) + choose(1) + offset + LINUX_KERNEL_VERSION;
	bpf_printk("%d %p", total, &not_there);
	return 0;
}
END
cat >two.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char _license[] SEC("license") = "GPL";
extern struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} shared SEC(".maps");
extern int LINUX_KERNEL_VERSION __kconfig;
static int counter = 9;
int offset = 5;
extern int total;
static __noinline int helper(int x) { counter -= x; return counter; }
int choose(int x) { return x + 100 + helper(x); }
int other(int x)
{
	__u32 key = x;
	__u64 *value = bpf_map_lookup_elem(&shared, &key);

	return value ? *value + LINUX_KERNEL_VERSION : helper(x) + total;
}
struct bpf_map;
static int each(struct bpf_map *map, const void *key, void *value, void *ctx) { counter++; return 0; }
SEC("raw_tp/sys_exit") int second(void *ctx)
{
	total += choose(2);
	bpf_for_each_map_elem(&shared, each, 0, 0);
	return 0;
}
END
compile() {
	clang -O2 -g -mcpu=v1 -target "$2" -idirafter "/usr/include/$(cc -print-multiarch)" -c "$1.bpf.c" -o "$1_$2.o"
}
for target in bpfel bpfeb; do
	compile one $target
	compile two $target
	run 0 "$BPFBAKE" gen object both_$target.o one_$target.o two_$target.o
	lacks "$WORK/out" .
done
mkdir el eb
cp both_bpfel.o el/both.o
cp both_bpfeb.o eb/both.o
model el/both.o >el/model
model eb/both.o >eb/model
diff el/model eb/model || fail 'the byte orders are linked to other programs'
bpftool gen object theirs.o one_$host.o two_$host.o
code theirs.o >theirs.code
for target in bpfel bpfeb; do
	code both_$target.o >ours.code
	diff theirs.code ours.code || fail "$target: other code than libbpf's linker makes"
	[ "$(n_types both_$target.o)" -le "$(n_types theirs.o)" ] || fail "$target: more types than with libbpf"
done
# The order of the files decides nothing but the order of what they hold.
run 0 "$BPFBAKE" gen obj reversed.o two_$host.o one_$host.o
bpftool gen object theirs.o two_$host.o one_$host.o
code theirs.o >theirs.code
code reversed.o >ours.code
diff theirs.code ours.code || fail 'other code, the other way round'

# conflict MESSAGE CODE: what does not go with one.bpf.c, and is refused by libbpf's linker too.
conflict() {
	{
		printf '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n'
		printf '%s\n' "$2"
	} >bad.bpf.c
	compile bad $host
	! bpftool gen object theirs.o one_$host.o bad_$host.o 2>/dev/null || fail "libbpf links it: $2"
	run 1 "$BPFBAKE" gen object bad.o one_$host.o bad_$host.o
	says "bad_$host.o: "
	says "one_$host.o"
	says "$1"
	[ ! -e bad.o ] || fail 'there is an output all the same'
}
license='char LICENSE[] SEC("license") = "GPL";'
conflict "its license is 'MIT', and 'GPL' in" 'char LICENSE[] SEC("license") = "MIT"; int x;'
conflict "'total' is also defined in" "$license int total = 1;"
conflict "'other' is not declared as in" "$license long other(int); SEC(\"xdp\") int p(void *c) { return other(1); }"
conflict "a function of 2 parameters here and 1 there" "$license int other(int x, int y) { return x; }"
conflict "'total' is not declared as in" "$license extern long total; SEC(\"xdp\") int p(void *c) { return total; }"
conflict "max_entries is 32 here and 16 there" "$license extern struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 32);
	__type(key, __u32);
	__type(value, __u64);
} shared SEC(\".maps\");
SEC(\"xdp\") int p(void *c) { __u32 key = 0; return !bpf_map_lookup_elem(&shared, &key); }"
conflict "the type of its value is" "$license extern struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u32);
} shared SEC(\".maps\");
SEC(\"xdp\") int p(void *c) { __u32 key = 0; return !bpf_map_lookup_elem(&shared, &key); }"

# agree CODE: what goes with one.bpf.c, in the eyes of libbpf's linker too.
agree() {
	printf '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n%s\n' "$1" >good.bpf.c
	compile good $host
	bpftool gen object theirs.o one_$host.o good_$host.o
	quiet "$BPFBAKE" gen object ours.o one_$host.o good_$host.o
	code theirs.o >theirs.code
	code ours.o >ours.code
	diff theirs.code ours.code || fail "other code than libbpf's linker makes: $1"
}
agree "$license extern unsigned total; SEC(\"xdp\") int p(void *c) { return total; }"
agree "$license unsigned other(unsigned); SEC(\"xdp\") int p(void *c) { return other(1); }"
# Of a struct behind a pointer each has the members that it needs.
cp one_$host.o kept.o
cat >one.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct task { int pid; } __attribute__((preserve_access_index));
__attribute__((noinline)) int of(struct task *task) { return task->pid; }
END
compile one $host
agree "$license struct task { int tgid; long start; } __attribute__((preserve_access_index));
int of(struct task *); SEC(\"raw_tp\") int p(struct task **c) { return of(*c) + (*c)->tgid; }"
mv kept.o one_$host.o

run 1 "$BPFBAKE" gen object mixed.o one_bpfel.o two_bpfeb.o
says "two_bpfeb.o: is big endian, and 'one_bpfel.o' is not"
run 1 "$BPFBAKE" gen object one_bpfel.o one_bpfel.o
says 'is an output and an input'
run 1 "$BPFBAKE" gen object x.o none.o
says 'none.o: cannot be read'
run 2 "$BPFBAKE" gen object x.o
says 'gen object OUTPUT INPUT...'

# Damaged objects: types in a chain, as deep as there are types, and a struct of many structs of itself.
cat >btf.c <<'END'
#include <bpf/btf.h>
#include <stdio.h>
int main(int argc, char **argv)
{
	struct btf *btf = btf__new_empty();
	const void *data;
	__u32 size;
	if (argc > 2) {
		for (int i = 1; i <= 300000; i++)
			btf__add_ptr(btf, i < 300000 ? i + 1 : 0);
	} else {
		btf__add_struct(btf, "s", 4);
		for (int i = 0; i < 40; i++) {
			char name[8];
			snprintf(name, sizeof(name), "m%d", i);
			btf__add_field(btf, name, 1, 0, 0);
		}
		btf__add_var(btf, "total", argv[1][0] == 'e' ? 2 : 1, 1);
	}
	data = btf__raw_data(btf, &size);
	fwrite(data, 1, size, stdout);
	btf__free(btf);
	return 0;
}
END
cc btf.c -o btf -lbpf
printf 'int total = 1;\n' >defines.bpf.c
printf 'extern int total;\n__attribute__((section("xdp"))) int p(void *c) { return total; }\n' >wants.bpf.c
compile defines $host
compile wants $host
# damage NAME ARGUMENT...: damaged_NAME.o, whose BTF btf.c makes.
damage() {
	name=$1
	shift
	./btf "$@" >btf.bin
	llvm-objcopy --remove-section .rel.BTF --remove-section .rel.BTF.ext --remove-section .BTF.ext \
		--update-section .BTF=btf.bin ${name}_$host.o damaged_$name.o
}
damage defines defines chain
run 0 timeout 60 "$BPFBAKE" gen object x.o damaged_defines.o
damage defines defines
damage wants extern
run 1 timeout 60 "$BPFBAKE" gen object x.o damaged_defines.o damaged_wants.o
says 'more types inside than can be compared'
