# SPDX-License-Identifier: BSD-2-Clause
# A library object in a program: its subskeleton finds maps, programs and variables in the object that it was
# linked into, before and after load, as bpftool's does.
. "$(dirname "$0")/../lib/test.sh"
needs bpftool clang
[ "$(id -u)" -eq 0 ] || skip 'not root'

cat >library.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct pair { int a; long b; };
int hits;
long total;
struct pair pair;
__u16 table[4];
void *where;
static int hidden = 3;
__hidden int out_of_sight;
__weak int perhaps = 3;
__weak int replaced = 1;
int class;
const volatile int step = 2;
int start = 40;
struct { int x; struct { int y; } in; } nameless;
extern int LINUX_KERNEL_VERSION __kconfig;
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, int);
	__type(value, long);
} numbers SEC(".maps");
__noinline int library_call(int n)
{
	int key = n & 3;
	long *number = bpf_map_lookup_elem(&numbers, &key);

	hits++;
	total += step + start;
	pair.b = n;
	table[n & 3] = 7;
	out_of_sight += hidden++;
	nameless.in.y = LINUX_KERNEL_VERSION > 0;
	class = perhaps + replaced;
	where = 0;
	if (number)
		*number += n;
	return hits;
}
SEC("syscall") int library_program(void *context) { return library_call(1); }
END
cat >program.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
extern int library_call(int n);
int first = 1, replaced = 20;
__u64 other[3];
static int hidden = 9;
SEC("syscall") int program(void *context)
{
	first++;
	other[1] = hidden++;
	return library_call(3) > 0 ? 0 : 1;
}
char LICENSE[] SEC("license") = "GPL";
END
cat >main.c <<'END'
#include <stdio.h>
#include <bpf/bpf.h>
struct pair { int a; long b; };
#include "whole.skel.h"
#include "library.subskel.h"
int main(void)
{
	struct whole *whole = whole__open();
	struct library *early, *late;
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	int key = 3, error;
	long number = 0;

	if (!whole || !(early = library__open(whole->obj)))
		return 1;
	*early->data.start = 100;
	*early->rodata.step = 5;
	error = whole__load(whole);
	if (error)
		return error == -EPERM ? 77 : 2;
	late = library__open(whole->obj);
	if (!late)
		return 3;
	error = bpf_prog_test_run_opts(bpf_program__fd(whole->progs.program), &opts);
	*late->bss.hits += 10;
	error |= bpf_prog_test_run_opts(bpf_program__fd(early->progs.library_program), &opts);
	bpf_map_lookup_elem(bpf_map__fd(early->maps.numbers), &key, &number);
	printf("%d: %u hits %d total %ld pair %ld table %d perhaps %d class %d number %ld step %d start %d\n", error,
	       opts.retval, *early->bss.hits, *late->bss.total, early->bss.pair->b, (*late->bss.table)[3],
	       *early->data.perhaps, *early->bss.class, number, *late->rodata.step, *late->data.start);
	printf("%d %d %d %d\n", early->bss.nameless->in.y, *early->kconfig.LINUX_KERNEL_VERSION > 0,
	       early->bss.hits == late->bss.hits, (void *)early->bss.hits == (void *)&whole->bss->hits);
	library__destroy(early);
	library__destroy(late);
	library__destroy(NULL);
	whole__destroy(whole);
	return 0;
}
END
sed -i 's/early->bss.nameless->in.y/early->bss.nameless->in.y/; /What is not there/,/whole__destroy(whole);/d' main.c
for name in library program; do
	clang -O2 -g -target bpf -idirafter "/usr/include/$(cc -print-multiarch)" -c $name.bpf.c -o $name.o
done
bpftool gen object whole.o program.o library.o
quiet sh -c '"$BPFBAKE" gen skeleton whole.o >whole.skel.h'
for tool in bpftool "$BPFBAKE"; do
	"$tool" gen subskeleton library.o >library.subskel.h
	cc -Wall -Wextra -Werror main.c -o main -lbpf
	status=0
	./main >"$(basename "$tool").out" || status=$?
	[ $status -ne 77 ] || skip 'no right to load programs'
	[ $status -eq 0 ] || fail "status $status with $tool"
done
cat bpfbake.out
diff bpftool.out bpfbake.out || fail 'another run than with the header of bpftool'
has bpfbake.out 'hits 12 total 210 pair 1 table 7 perhaps 3 class 23 number 3 step 5 start 100'

# In an object without the library there is nothing to find.
cat >main.c <<'END'
#include <stdio.h>
#include "other.skel.h"
#include "library.subskel.h"
int main(void)
{
	struct other *other = other__open();
	struct library *part = other ? library__open(other->obj) : NULL;
	int error = errno;

	printf("%d %d\n", part == NULL, error);
	other__destroy(other);
	return 0;
}
END
cp "$OBJECT_DIR/maps_bpfel.o" other.o
"$BPFBAKE" gen skeleton other.o >other.skel.h
cc -Wall -Wextra -Werror main.c -o main -lbpf
./main 2>/dev/null >out
has out '1 3'
