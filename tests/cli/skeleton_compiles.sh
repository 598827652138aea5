# SPDX-License-Identifier: BSD-2-Clause
# What gen skeleton and gen subskeleton print compiles alone, as C11 and C++17, without a warning, also in
# 32 bits; and with the includer's own definitions of the types.
. "$(dirname "$0")/../lib/test.sh"
needs gcc g++ clang
here=$(cd "$(dirname "$0")" && pwd)
warnings="-Wall -Wextra -Wconversion -Wsign-conversion -Wformat=2 -pedantic -Werror"
root=$("$here/../lib/sysroot" i386 - "$SYSROOTS" 2>"$WORK/err") || {
	root=
	echo 'without 32 bits'
}

# compile FLAG...: user.c by every compiler.
compile() {
	for compiler in 'gcc -std=c11' 'clang -std=c11' 'g++ -x c++ -std=c++17' 'clang++ -x c++ -std=c++17' \
		${root:+"clang --target=i386-linux-gnu --sysroot=$root -std=c11"} \
		${root:+"clang --target=i386-linux-gnu --sysroot=$root -x c++ -std=c++17 -nostdinc++"}; do
		# shellcheck disable=SC2086 # words
		$compiler $warnings "$@" -fsyntax-only user.c 2>"$WORK/err" || {
			head -n 20 "$WORK/err" >&2
			fail "$object: $compiler $*"
		}
		count=$((count + 1))
	done
}
count=0
for object in "$OBJECT_DIR"/*_bpfel.o "$OBJECT_DIR/variables_bpfeb.o" "$OBJECT_DIR/types_bpfeb.o"; do
	"$BPFBAKE" gen skeleton "$object" name n >n.skel.h
	"$BPFBAKE" gen subskeleton "$object" name part >part.subskel.h
	cat >user.c <<'END'
#include "n.skel.h"
#include "n.skel.h"
#include "part.subskel.h"
int main(void)
{
	struct n *skel = n__open_and_load();
	struct part *part = skel ? part__open(skel->obj) : NULL;
	size_t size;

	if (!skel || !part || n__attach(skel))
		return n__elf_bytes(&size) != NULL;
	part__destroy(part);
	n__detach(skel);
	n__destroy(skel);
	return 0;
}
END
	compile -Dn__DEFINE_TYPES
done
echo "$count compilations"

# A program's own types, of whatever name and kind, beside those that the header names.
cat >own.bpf.c <<'END'
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
typedef __u32 u32;
typedef u32 pid32_t;
enum mode { OFF, ON };
enum sign { NEGATIVE = -1 };
struct limits { __u16 low, high; __u64 bytes; };
typedef struct { int x; } point_t;
typedef struct limits limits_t;
typedef union both { int x; long y; } both;
u32 number;
pid32_t pid;
enum mode mode;
enum sign sign;
struct limits limits[2];
point_t point;
limits_t other;
both either;
struct { int a; enum mode mode; struct limits limits; struct { long x; } in[2]; } mixed, list[2];
struct sock *sk;
const char *text = "";
struct limits *all[3];
int (*function)(int);
pid32_t *pointed;
long word;
unsigned long size;
long sizes[4];
int class;
int errno;
struct bpf_sock_tuple tuple;
__u64 dashed SEC(".data.a-b"), lined SEC(".data.a_b");
SEC("socket") int use(void *context)
{
	number++, pid++, mode++, sign++, limits[0].low++, point.x++, other.low++, either.x++, mixed.a++;
	list[1].a++, sk = 0, text = 0, all[1] = 0, function = 0, pointed = 0, word++, size++, sizes[1]++;
	class++, errno++, tuple.ipv4.saddr++, dashed++, lined++;
	return 0;
}
char LICENSE[] SEC("license") = "GPL";
END
object=own.bpf.o
clang -target bpf -g -O2 -idirafter "/usr/include/$(gcc -print-multiarch)" -c own.bpf.c -o $object
"$BPFBAKE" gen skeleton $object name n >n.skel.h
"$BPFBAKE" gen subskeleton $object name part >part.subskel.h
compile_both() {
	cat >>user.c <<'END'
#include "n.skel.h"
#include "part.subskel.h"
struct sock;
int use(struct n *skel, struct part *part, struct sock *sk);
int use(struct n *skel, struct part *part, struct sock *sk)
{
#if __SIZEOF_POINTER__ == 8
	long *word = &skel->bss->word;
	unsigned long *size = part->bss.size;

	skel->bss->sk = sk;
	skel->bss->all[1] = &skel->bss->limits[1];
	*part->bss.sk = sk;
	*word = (long)*size;
	skel->bss->pointed = &skel->bss->number;
#endif
	(void)sk;
	skel->bss->mode = 1;
	skel->bss->sign = -1;
	skel->bss->other = skel->bss->limits[0];
	skel->bss->list[1].limits = *(&skel->bss->other);
	(*part->bss.limits)[1].low = skel->bss->limits->high;
	skel->bss->mixed.in[1].x = skel->bss->either.y;
	skel->data_a_b->dashed = (__u64)skel->bss->errno_;
	skel->data_a_b_->lined = skel->bss->tuple.ipv4.saddr;
	return skel->bss->point.x + part->bss.point->x;
}
END
	compile
}
printf '#define n__DEFINE_TYPES\n' >user.c
compile_both
# Some of them, in the includer's own words; on hosts of 32 bits a long is not the program's.
own='typedef __u32 u32; typedef u32 pid32_t; enum mode { OFF, ON }; enum sign { NEGATIVE = -1 };'
printf '#include <linux/types.h>\n%s\n#define n__DEFINE_TYPES\n' "$own" >user.c
compile_both
printf '#include <linux/types.h>\n%s\n' "$own" >user.c
cat >>user.c <<'END'
struct limits { __u16 low, high; __u64 bytes __attribute__((aligned(8))); };
typedef struct { int x; } point_t;
typedef struct limits limits_t;
typedef union both { int x; __s64 y; } both __attribute__((aligned(8)));
END
compile_both
echo "$count compilations"
