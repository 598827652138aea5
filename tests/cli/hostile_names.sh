# SPDX-License-Identifier: BSD-2-Clause
# Objects whose names are more than names. Each of them, in turn, becomes text that would be C, or obeyed by a
# terminal: there is a message, or the word EVIL is in no header but within comments and literals, and nowhere is there
# a control byte.
. "$(dirname "$0")/../lib/test.sh"
needs clang cc
include="-idirafter /usr/include/$(cc -print-multiarch)"
# Each name has 16 bytes, so that another one fits in its place wherever it stands in the object.
cat >one.bpf.c <<'END'
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
struct hostile_keytype0 { __u32 hostile_member00; };
struct hostile_valuety0 { __u64 a; enum hostile_enum0000 { hostile_enumer00, other } e; struct { int hostile_nested00; } n; };
typedef struct hostile_valuety0 hostile_typedef0;
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, struct hostile_keytype0);
	__type(value, hostile_typedef0); } hostile_mapname0 SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } hostile_ringbuf0 SEC(".maps");
int hostile_variabl0;
const volatile int hostile_rodata00 = 7;
hostile_typedef0 hostile_typed000;
union hostile_union000 { int a; float b; } hostile_uvar0000;
int hostile_custom00 SEC(".data.hostile_section0");
extern int CONFIG_hostile_kconfig0 __kconfig __weak;
extern const void hostile_ksym0000 __ksym __weak;
__attribute__((noinline)) int hostile_subprog0(int x) { return x + hostile_variabl0; }
SEC("xdp") int hostile_program0(struct xdp_md *c)
{
	struct hostile_keytype0 k = {1};
	bpf_map_lookup_elem(&hostile_mapname0, &k);
	return hostile_subprog0(hostile_rodata00 + hostile_custom00 + CONFIG_hostile_kconfig0 + !!&hostile_ksym0000 +
		hostile_typed000.a + hostile_uvar0000.a);
}
SEC("kprobe/hostile_kprobe00") int kp(void *c) { return 0; }
SEC("tracepoint/hostile_tpcat000/hostile_tpname00") int tp(void *c) { return 0; }
SEC("fentry/hostile_fentry00") int fe(void *c) { return 0; }
SEC("uprobe//bin/hostile_uprobe00:hostile_usymbol0") int up(void *c) { return 0; }
SEC("usdt//bin/x:hostile_provide0:hostile_usdt0000") int us(void *c) { return 0; }
SEC("iter/hostile_iter0000") int it(void *c) { return 0; }
SEC("hostile_anysect0") int any(void *c) { return 0; }
char _license[] SEC("license") = "hostile_license0";
END
cat >two.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct hostile_forward0;
union hostile_forward1;
enum hostile_penum000 { hostile_penumer0 };
struct hostile_pointed0 { int x; };
typedef int (*hostile_functype)(struct hostile_forward0 *);
typedef struct { int a; } hostile_anontype;
struct holder {
	struct hostile_forward0 *a;
	union hostile_forward1 **b;
	enum hostile_penum000 *c;
	struct hostile_pointed0 *const *d;
	hostile_functype e;
	hostile_anontype g;
	hostile_anontype *h;
	unsigned short hostile_bits0000 : 3;
	enum hostile_penum000 k : 4;
	unsigned __int128 *l; /* the number's name has 17 bytes */
};
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, int); __type(value, struct holder); } m SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 1); __type(key, int);
	__array(values, struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int);
	__type(value, struct holder); }); } hostile_outermap SEC(".maps");
struct holder variable;
struct hostile_ctxtype0 { int a; };
SEC("syscall") int hostile_sysprog0(struct hostile_ctxtype0 *c) { return c->a; }
SEC("socket") int p(void *c) { return variable.g.a; }
char _license[] SEC("license") = "GPL";
END
for object in one two; do
	# shellcheck disable=SC2086 # words
	clang -O2 -g -target bpf $include -c $object.bpf.c -o $object.o
done

# Control bytes, DEL, U+0080 to U+009F, U+202A to U+202E, and what is no UTF-8.
control=$(printf '[\001-\010\013-\037\177]|\302[\200-\237]|\342\200[\252-\256]|[\365-\377]|^[\200-\277]')
no_control() {
	! LC_ALL=C grep -aqE "$control" "$1" || fail "$what: control bytes from $2: $(od -c "$1" | head -n 20)"
}
# no_evil FILE: outside of comments and literals.
no_evil() {
	cc -std=c11 -w -Dh__DEFINE_TYPES -x c -E -P "$1" >preprocessed 2>cc.err || fail "$what: $(cat cc.err)"
	! LC_ALL=C sed -E 's/"([^"\\]|\\.)*"//g' preprocessed | grep -aqw EVIL ||
		fail "$what: $(LC_ALL=C sed -E 's/"([^"\\]|\\.)*"//g' preprocessed | grep -aw EVIL | head -n 3)"
}
# try COMMAND...: 0, or 1 and one line of a message.
try() {
	status=0
	timeout 20 "$BPFBAKE" "$@" >out 2>err || status=$?
	[ "$status" -eq 0 ] || { [ "$status" -eq 1 ] && [ "$(grep -ac '^bpfbake: ' err)" -eq "$(wc -l <err)" ]; } ||
		fail "$what: status $status: $* $(cat err)"
	no_control err "$1 (message)"
	return "$status"
}

# hostile OBJECT NAME TEXT: as printf has it, of at most 16 bytes.
hostile() {
	what="'$2' as '$3'" text=$(printf "$3" | od -An -tx1 -v | tr -d ' \n' | sed 's/../\\x&/g')
	while [ ${#text} -lt $((4 * ${#2})) ]; do text="$text\\x00"; done
	LC_ALL=C sed "s/$2/$text/g" "$1" >h.o
	! cmp -s "$1" h.o || fail "$2 is nowhere"
	rm -f h.skel.h g.skel.h
	if try -output-stem h h h.o; then no_evil h.skel.h; fi
	if try -no-global-types -output-stem g h h.o; then no_evil g.skel.h; fi
	for command in skeleton subskeleton; do
		if try gen $command h.o name h; then
			mv out printed.h
			no_evil printed.h
		fi
	done
	if try btf dump file h.o format c; then
		no_control out 'btf dump'
		mv out printed.h
		no_evil printed.h
	fi
	for command in 'inspect h.o' 'inspect h.o -json' 'btf dump file h.o' '-j btf dump file h.o'; do
		# shellcheck disable=SC2086 # words
		if try $command; then no_control out "$command"; fi
	done
	if try inspect h.o -dot; then
		no_control out 'a picture'
		! LC_ALL=C sed -E 's/"([^"\\]|\\.)*"//g' out | grep -aqw EVIL || fail "$what: $(cat out)"
	fi
}

count=0
for object in one two; do
	for name in $(grep -o 'hostile_[a-z0-9]*' $object.bpf.c | sort -u) $([ $object = one ] || echo 'unsigned.__int128'); do
		[ ${#name} -eq 16 ] || [ "$name" = unsigned.__int128 ] || fail "$name has not 16 bytes"
		hostile $object.o "$name" '*/int EVIL;/*'
		hostile $object.o "$name" '";\nint EVIL;\033['
		hostile $object.o "$name" '??/\n]" EVIL\302\233\377'
		count=$((count + 3))
	done
done
echo "$count names"
