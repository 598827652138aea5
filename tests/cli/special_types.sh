# SPDX-License-Identifier: BSD-2-Clause
# Types that only BPF has, or that compilers tell differently, with each clang that is here.
. "$(dirname "$0")/../lib/test.sh"

cat >s.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct task_struct;
#if __clang_major__ >= 15
#define POINTER __attribute__((btf_type_tag("kptr")))
#else
#define POINTER
#endif
struct special {
	struct bpf_spin_lock lock;
	struct bpf_timer timer;
	struct task_struct POINTER *task;
	int last;
};
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int);
	__type(value, struct special); } m SEC(".maps");
struct opaque { __u64 : 64; __u64 : 64; } __attribute__((aligned(8))) opaque;
enum wide { WIDE = 0x100000000ULL, NEGATIVE = -1 } wide;
enum __attribute__((packed)) narrow { NARROW = 3 } narrow;
enum sign { MINUS = -2, PLUS = 2 } sign;
double real; float small;
SEC("socket") int first(void *c)
{
	typedef int same_t;
	static same_t x;
	int k = 0;
	struct special *v = bpf_map_lookup_elem(&m, &k);
	return x++ + (v ? v->last : 0) + wide + narrow + sign;
}
SEC("socket") int second(void *c) { typedef long same_t; static same_t x; return x++; }
char LICENSE[] SEC("license") = "GPL";
END
cat >m.c <<'END'
#include "s.skel.h"
static int (*lookup)(const struct s *, __u32, struct s__special *) = s__m__lookup;
int main(void)
{
	struct s__special v = {0};
	_Static_assert(sizeof(v) == 40 && offsetof(struct s__special, timer) == 8 &&
		offsetof(struct s__special, task) == 24, "layout");
	_Static_assert(s__MINUS == -2 && s__NARROW == 3, "signs");
#ifdef HAS_ENUM64
	_Static_assert((unsigned long long)s__WIDE == 0x100000000ULL && s__NEGATIVE == -1, "wide");
#endif
	struct s *skel = s__open();
	s__wide__set(skel, -1);
	return !(lookup && s__wide__get(skel) == -1 && sizeof(skel->bss->narrow) == 1 &&
		sizeof(skel->bss->opaque) == 16 && !v.task);
}
END
for compiler in clang clang-16 clang-19; do
	command -v $compiler >/dev/null || continue
	quiet "$BPFBAKE" -cc $compiler s s.bpf.c
	defines=
	case $($compiler --version | sed -n 's/.*version \([0-9]*\).*/\1/p') in
	14) ;; # its BTF cuts 64-bit enumerators off
	*) defines=-DHAS_ENUM64 ;;
	esac
	has s.skel.h '/* struct task_struct * */'
	cc -Wall -Wextra -Werror $defines m.c -o m -lbpf
	./m || fail "wrong with $compiler"
done

# map_extra as __ulong of libbpf 1.4 writes it, and its like: an enumerator of 32 or 64 bits.
cat >x.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER); __uint(value_size, 4); __uint(max_entries, 8);
	enum { HASHES = 7 } map_extra; } narrow SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER); __uint(value_size, 4); __uint(max_entries, 8);
	enum { ADDRESS = 0x1ull << 44 } map_extra; } wide SEC(".maps");
END
for compiler in clang clang-16 clang-19; do
	command -v $compiler >/dev/null || continue
	quiet "$BPFBAKE" -cc $compiler x x.bpf.c
	for target in bpfel bpfeb; do
		run 0 "$BPFBAKE" inspect --json x_$target.o
		prints '"extra": 7,'
		case $($compiler --version | sed -n 's/.*version \([0-9]*\).*/\1/p') in
		14) ;;
		*) prints '"extra": 17592186044416,' ;;
		esac
	done
done
sed 's/HASHES = 7/A, B/' x.bpf.c >two.bpf.c
run 1 "$BPFBAKE" x two.bpf.c
says "two.bpf.c:4: map 'narrow': its member 'map_extra' is no number; write it with __uint"

# Arrays of no elements, which C and C++ have not: at the end, in the middle, in what others hold by value.
cat >e.bpf.c <<'EOF'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct last { int n; __u32 data[]; };
struct middle { int n; __u32 data[0]; __u32 behind; } middle;
struct holder { struct middle one, two[2]; union { int word; char bytes[0]; } u; int behind; } holder;
struct last filled = {1};
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, int);
	__type(value, struct holder); } m SEC(".maps");
SEC("socket") int first(void *c) { return middle.n + holder.behind + filled.n; }
char LICENSE[] SEC("license") = "GPL";
EOF
quiet "$BPFBAKE" e e.bpf.c
"$BPFBAKE" gen skeleton e_bpfel.o name plain >plain.h
cat >m.c <<'EOF'
#define plain__DEFINE_TYPES
#include "plain.h"
#include "e.skel.h"
int main(void)
{
	return sizeof(struct e__middle) == 8 && sizeof(struct e__holder) == 32 &&
		offsetof(struct e__holder, behind) == 28 && sizeof(struct holder) == 32 ? 0 : 1;
}
EOF
cp m.c m.cpp
for compiler in "gcc -std=c11 m.c" "g++ -std=c++11 m.cpp" "g++ -std=c++17 m.cpp" "clang -std=c11 m.c" "clang++ -std=c++17 m.cpp"; do
	# shellcheck disable=SC2086 # words
	$compiler -Wall -Wextra -Wconversion -Wsign-conversion -pedantic -Werror -o m -lbpf || fail "$compiler"
	./m || fail "another layout: $compiler"
done

# The key of old cgroup storage is the kernel's struct, by either name.
cat >g.bpf.c <<'EOF'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_CGROUP_STORAGE); __type(key, struct bpf_cgroup_storage_key);
	__type(value, __u64); } m SEC(".maps");
SEC("cgroup_skb/egress") int first(void *c) { return bpf_get_local_storage(&m, 0) != 0; }
char LICENSE[] SEC("license") = "GPL";
EOF
quiet "$BPFBAKE" g g.bpf.c
cat >m.c <<'EOF'
#include "g.skel.h"
int use(const struct g *g, __u64 *value);
int use(const struct g *g, __u64 *value)
{
	struct bpf_cgroup_storage_key key;
	struct g__bpf_cgroup_storage_key same;

	key.cgroup_inode_id = 1;
	key.attach_type = BPF_CGROUP_INET_EGRESS;
	same = key;
	return g__m__lookup(g, &key, value) || g__m__update(g, &same, value, 0);
}
EOF
cp m.c m.cpp
gcc -std=c11 -Wall -Wextra -Werror -pedantic -c m.c -o m.o || fail 'another key'
g++ -std=c++17 -Wall -Wextra -Werror -pedantic -c m.cpp -o m.o || fail 'another key in C++'

# GCC's name for it.
cat >g.bpf.c <<'EOF'
unsigned __int128 number;
char _license[] __attribute__((section("license"), used)) = "GPL";
EOF
clang -O2 -g -target bpf -c g.bpf.c -o clang.o
LC_ALL=C sed 's/unsigned __int128/__int128 unsigned/g' clang.o >g.o
run 0 "$BPFBAKE" btf dump file g.o
prints "INT '__int128 unsigned'"
quiet "$BPFBAKE" g g.o
has g.skel.h 'bpfbake_u128 number;'
echo '#include "g.skel.h"' | cc -Wall -Wextra -Werror -x c -fsyntax-only - -I.
