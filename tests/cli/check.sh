# SPDX-License-Identifier: BSD-2-Clause
# -check: 0 and silence where the files mean what the source says, else 3, what differs, and the command
# that mends it; nothing is written.
. "$(dirname "$0")/../lib/test.sh"
cat >first.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
struct task { int before; int tgid; } __attribute__((preserve_access_index));
struct event { int pid; __u64 time; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, int);
	__type(value, struct event); } events SEC(".maps");
int seen;
const volatile int limit = 3;
static __noinline int add(int x) { return seen + x; }
SEC("socket") int watch(struct __sk_buff *skb)
{
	struct task *task = (void *)(long)skb->mark;
	bpf_printk("seen");
	bpf_trace_printk("text", 5);
	seen += BPF_CORE_READ(task, tgid);
	return add(limit);
}
char LICENSE[] SEC("license") = "GPL";
END
# change SED: the source becomes the first one, so changed.
change() {
	sed "$1" first.c >a.bpf.c
	! cmp -s first.c a.bpf.c || fail "$1 changes nothing"
}
# differs TEXT...: and says so.
differs() {
	ls -l --time-style=full-iso >"$WORK/before"
	# shellcheck disable=SC2086 # words
	run 3 "$BPFBAKE" -check $options t a.bpf.c
	for text; do
		says "$text"
	done
	says "bpfbake: out of date; write the files anew with: bpfbake${options:+ $options} t a.bpf.c"
	ls -l --time-style=full-iso >"$WORK/after"
	cmp "$WORK/before" "$WORK/after" || fail 'something was written'
}

for options in '' -split -compress '-split -compress' '-split -embed incbin' '-embed c23'; do
	cp first.c a.bpf.c
	# shellcheck disable=SC2086 # words
	quiet "$BPFBAKE" $options t a.bpf.c
	# shellcheck disable=SC2086 # words
	quiet "$BPFBAKE" -check $options t a.bpf.c
	change 's/seen + x/seen - x/'
	differs "t_bpfel.o: program 'add': 1 of its"
	rm -f t_* t.skel.*
done
options=
cp first.c a.bpf.c
quiet "$BPFBAKE" t a.bpf.c

# What means the same: other lines, another place of a member that CO-RE looks up, types that nobody sees.
change '1i // a comment
	s/\(int watch\)/\n\n\1/'
quiet "$BPFBAKE" -check t a.bpf.c
change 's/int before; int tgid/int tgid, after/'
quiet "$BPFBAKE" -check t a.bpf.c
change 's/^int seen/struct nobody { int x; };\n&/'
quiet "$BPFBAKE" -check t a.bpf.c
mkdir -p 'other é'
cp first.c 'other é/a.bpf.c'
quiet "$BPFBAKE" -check t 'other é/a.bpf.c'
# The first comment tells how it was made; only what was made counts.
cp first.c a.bpf.c
quiet "$BPFBAKE" -cflags "-DX='*/ 1' -I inc -isystem/usr/include" t a.bpf.c -- -DY -include /dev/null
grep -qxF " * Flags: -O2 -mcpu=v1 -DY" t.skel.h || fail "no flags in the first comment: $(head -8 t.skel.h)"
quiet "$BPFBAKE" -cflags "-DX='*'" t a.bpf.c
grep -qxF " * Flags: -O2 -mcpu=v1 '-DX=*'" t.skel.h || fail "other flags in the first comment: $(head -8 t.skel.h)"
quiet "$BPFBAKE" -check t a.bpf.c -- -O3
sed -i "s/Flags: .*/& -DZ/" t.skel.h
quiet "$BPFBAKE" -check t a.bpf.c
# The command that mends it is the given one, whatever its words.
quiet "$BPFBAKE" check a.bpf.c
change "s/max_entries, 8/max_entries, 16/"
run 3 "$BPFBAKE" --check=true check a.bpf.c
says "write the files anew with: bpfbake check a.bpf.c"
rm check*

# What does not.
change 's/max_entries, 8/max_entries, 16/'
differs "t_bpfel.o: map 'events': max_entries is '8', not '16'" '  +/* events: hash, 16 entries */'
change 's/TYPE_HASH/TYPE_LRU_HASH/'
differs "map 'events': its type is 'hash', not 'lru_hash'"
change 's/limit = 3/limit = 4/'
differs "t_bpfel.o: variable 'limit': its value is '03000000', not '04000000'" \
	"t_bpfeb.o: variable 'limit': its value is '00000003', not '00000004'"
change 's/"seen"/"been"/'
differs "variable 'watch.____fmt': its value is"
change 's/"text"/"else"/'
differs "section '.rodata.str1.1': its data is"
change 's/task, tgid/task, before/'
differs "program 'watch': " 'instructions differ'
change 's/SEC("socket")/SEC("tc")/'
differs "program 'watch': its section is 'socket', not 'tc'"
change 's/"GPL"/"MIT"/'
differs "license: it is 'GPL', not 'MIT'"
change 's/^int seen/int more;\n&/'
differs "variable 'more' is missing"
change 's/^SEC/SEC("xdp") int other(void *c) { return 2; }\n&/'
differs "program 'other' is missing" 't.skel.h: ' ' more places differ'
change 's/int pid/long pid/'
differs '  -	__s32 pid;' '  +	__s64 pid;'
cp first.c a.bpf.c
options='-type-prefix x_'
differs 't.skel.h:'
options=

# A header that somebody has edited, and files that are not whole.
sed -i 's/^\(t__load(\)/\1int x, /' t.skel.h
differs '  -t__load(int x, struct t *obj)' '  +t__load(struct t *obj)'
quiet "$BPFBAKE" t a.bpf.c
head -c 500 t_bpfel.o >cut
cp cut t_bpfel.o
differs 't_bpfel.o: is no object that can be read'
rm t_bpfel.o
differs 't_bpfel.o: is missing'
# Who keeps none of the objects keeps the header alone, which has their bytes.
rm t_bpfeb.o
quiet "$BPFBAKE" -check t a.bpf.c
change 's/limit = 3/limit = 4/'
differs "t.skel.h: variable 'limit'"
rm t.skel.h
differs 't.skel.h: is missing'

# map_extra by __ulong of libbpf 1.4, an enum; clang 14 has no enum of 64 bits in BTF.
long() {
	printf '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nstruct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER);\n'
	printf '__uint(max_entries, 1); __type(value, int); enum { extra = %s } map_extra; } bloom SEC(".maps");\n' "$1"
}
long 3 >long.bpf.c
quiet "$BPFBAKE" t long.bpf.c
long 4 >long.bpf.c
run 3 "$BPFBAKE" -check t long.bpf.c
says "map 'bloom': map_extra is '3', not '4'"
if command -v clang-19 >/dev/null; then
	long 1ULL\<\<44 >long.bpf.c
	run 3 "$BPFBAKE" -cc clang-19 -check t long.bpf.c
	says "map_extra is '3', not '17592186044416'"
fi
rm long.bpf.c t_* t.skel.h

# Only the compiler's version differs: a note. One that gives other code differs.
if command -v clang-16 >/dev/null; then
	tiny a.bpf.c
	quiet "$BPFBAKE" t a.bpf.c
	run 0 "$BPFBAKE" -check -cc clang-16 t a.bpf.c
	says "t.skel.h: note: says 'Made by bpfbake"
fi
run 1 "$BPFBAKE" -check t none.bpf.c
echo 'int' >a.bpf.c
run 1 "$BPFBAKE" -check t a.bpf.c
only 'other é' a.bpf.c cut first.c $(ls t_bpfel.o t_bpfeb.o t.skel.h 2>/dev/null)
