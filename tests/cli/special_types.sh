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
