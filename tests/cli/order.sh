# SPDX-License-Identifier: BSD-2-Clause
# A hundred types that hold one another come in the order that C needs, the same in every run.
. "$(dirname "$0")/../lib/test.sh"

{
	echo '#include <linux/bpf.h>'
	echo '#include <bpf/bpf_helpers.h>'
	echo '#include <bpfbake.bpf.h>'
	i=0
	while [ $i -lt 100 ]; do
		echo "struct s$i;"
		i=$((i + 1))
	done
	i=0
	while [ $i -lt 100 ]; do
		# By value what was defined before, by pointer what comes later.
		echo "enum e$i { E$i = $i };"
		echo "struct s$i { int a; enum e$i e; struct s$(((i * 7 + 3) % 100)) *later;"
		[ $i -lt 3 ] || echo "struct s$((i / 2)) by_value; union { struct s$((i / 3)) in; long l; };"
		echo "};"
		echo "BPFBAKE_EXPORT(struct s$i);"
		i=$((i + 1))
	done
	echo 'struct s99 last; struct s50 middle; struct s98 other;'
	echo 'SEC("socket") int p(void *c) { return 0; }'
	echo 'char LICENSE[] SEC("license") = "GPL";'
} >a.bpf.c
quiet "$BPFBAKE" -type 's*' t a.bpf.c
cp t.skel.h first
[ "$(grep -cE '^struct t__s[0-9]+ \{' first)" -eq 100 ] || fail 'not a hundred structs'
[ "$(grep -cE '^enum t__e[0-9]+ \{' first)" -eq 100 ] || fail 'not a hundred enums'
i=0
while [ $i -lt 5 ]; do
	quiet "$BPFBAKE" -type 's*' t a.bpf.c
	cmp first t.skel.h || fail 'another order in another run'
	i=$((i + 1))
done
printf '#include "t.skel.h"\nstruct t__s99 x;\n' >m.c
cc -std=c11 -Wall -Wextra -Werror -fsyntax-only m.c || fail 'the order is not that of C'

# One name, two layouts: an error that shows both. One name, one layout: one definition.
cat >b.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("socket") int p(void *c) { static struct twice { int a; } x; return x.a++; }
SEC("socket") int q(void *c) { static struct twice { SECOND; } x; return x.a++; }
char LICENSE[] SEC("license") = "GPL";
END
run 1 "$BPFBAKE" -type twice t b.bpf.c -- '-DSECOND=long a'
says "two types are named 'twice' and differ"
says '__s32 a;'
says '__s64 a;'
quiet "$BPFBAKE" -type twice t b.bpf.c -- '-DSECOND=int a'
[ "$(grep -c '^struct t__twice {' t.skel.h)" -eq 1 ] || fail 'not one definition'
