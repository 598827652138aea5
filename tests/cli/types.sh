# SPDX-License-Identifier: BSD-2-Clause
# -type, -no-global-types, -type-prefix, -no-accessors: each shows in the header, which compiles.
. "$(dirname "$0")/../lib/test.sh"
tiny a.bpf.c
cat >>a.bpf.c <<'END'
struct extra { long a; short b; };
enum kind { ONE = 1, TWO };
typedef struct { int x; } plain_t;
const struct extra *unused1 __attribute__((unused));
const enum kind *unused2 __attribute__((unused));
const plain_t *unused3 __attribute__((unused));
END

compiles() {
	printf '%s\n#include "t.skel.h"\n%s\nint main(void) { return 0; }\n' "${2-}" "$1" >m.c
	cc -Wall -Wextra -Werror -fsyntax-only m.c || fail "does not compile: $1"
	rm m.c
}

quiet "$BPFBAKE" t a.bpf.c
lacks t.skel.h "struct t__extra"
compiles 'struct t__event e; int f(struct t *s) { return t__events__lookup(s, &s->bss->seen, &e); }'

quiet "$BPFBAKE" -type extra --type=kind -type plain_t -type event t a.bpf.c
compiles 'struct t__extra e; enum t__kind k = t__TWO;
_Static_assert(sizeof(e) == 16 && t__ONE == 1, "");'
has t.skel.h t__plain_t
quiet "$BPFBAKE" -type 'struct extra' t a.bpf.c
compiles 'struct t__extra e;'

run 1 "$BPFBAKE" -type extre t a.bpf.c
says "a.bpf.c: no type 'extre' in BTF; did you mean 'extra'?"
run 1 "$BPFBAKE" -type nothing_like_it t a.bpf.c
says "no type 'nothing_like_it' in BTF"
says 'keep it with BPFBAKE_EXPORT(struct nothing_like_it)'

# Globs: all that they fit; an error when they fit nothing.
quiet "$BPFBAKE" -type 'ex*' -type '[jk]ind' t a.bpf.c
compiles 'struct t__extra e; enum t__kind k;'
lacks t.skel.h t__plain_t
run 1 "$BPFBAKE" -type 'none*' t a.bpf.c
says "no type 'none*' in BTF"

# BPFBAKE_EXPORT keeps a type and costs nothing: the object is that of a source without it.
needs llvm-objcopy readelf bpftool
tiny b.bpf.c
quiet "$BPFBAKE" -output-stem plain t b.bpf.c
printf '#include <bpfbake.bpf.h>\nstruct kept { long a; };\nenum also { THIS = 3 };\nBPFBAKE_EXPORT(struct kept);\nBPFBAKE_EXPORT(enum also);\n' >>b.bpf.c
quiet "$BPFBAKE" t b.bpf.c
compiles 'struct t__kept k; enum t__also a = t__THIS;'
for target in bpfel bpfeb; do
	readelf -SW t_$target.o | grep -q bpfbake && fail 'the section of exports is left'
	readelf -sW t_$target.o | grep -q export && fail 'a symbol of the exports is left'
	readelf -sW t_$target.o | awk 'NR > 3 {print $2, $3, $4, $5, $8}' >with
	readelf -sW plain_$target.o | awk 'NR > 3 {print $2, $3, $4, $5, $8}' >without
	cmp with without || fail 'other symbols with exports'
done
bpftool btf dump file t_bpfel.o >dump
has dump "STRUCT 'kept'"
lacks dump "DATASEC '.bpfbake"
# libbpf opens it, and the kernel, where it may, loads it.
printf '#include "t.skel.h"\n#include <errno.h>\nint main(void) { struct t *s = t__open(); int e = s ? t__load(s) : 1; return e && e != -EPERM; }\n' >m.c
cc m.c -o m -lbpf
./m || fail 'the object with exports does not load'
quiet "$BPFBAKE" -no-strip t b.bpf.c
readelf -SW t_bpfel.o | grep -q bpfbake && fail 'the section of exports is left with -no-strip'
! grep -qa "$TMPDIR" t_bpfel.o || fail 'a path of this run is in the object'

quiet "$BPFBAKE" -no-global-types t a.bpf.c
lacks t.skel.h "struct t__event "
compiles 'int f(struct t *s, struct event *e) { return t__events__lookup(s, &s->bss->seen, e); }' \
	'struct event { int pid; };'

quiet "$BPFBAKE" -type-prefix my_ -type kind t a.bpf.c
compiles 'struct my_event e; enum my_kind k = my_ONE;'
quiet "$BPFBAKE" -type-prefix '' t a.bpf.c
compiles 'struct event e;'
printf 'struct t { int x; }; struct t variable;\n' >>a.bpf.c
run 1 "$BPFBAKE" -type-prefix '' t a.bpf.c
quiet "$BPFBAKE" t a.bpf.c

quiet "$BPFBAKE" -no-accessors t a.bpf.c
lacks t.skel.h events__lookup
lacks t.skel.h report
compiles 'struct t__event e;'

# Types that only the source has, and the signs of its enums, as libclang tells them.
quiet "$BPFBAKE" t a.bpf.c
BPFBAKE_LIBCLANG=/none run 0 "$BPFBAKE" t a.bpf.c
if BPFBAKE_LIBCLANG= "$BPFBAKE" t a.bpf.c 2>&1 | grep -q 'no libclang'; then exit 0; fi
cat >c.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct gone_one { int a; };
struct gone_two { char b; };
typedef struct { long c; } gone_t;
enum large { LARGE = 0xfffffff0u };
typedef enum { LARGE_TOO = 0xfffffff1u } large_t;
enum small { SMALL = -1 };
enum large large;
int gone_count; /* no types */
struct gone_two gone_variable;
large_t large_too;
enum small small;
SEC("socket") int p(void *c) { return large; }
char LICENSE[] SEC("license") = "GPL";
END
quiet "$BPFBAKE" -type 'gone_*' t c.bpf.c
cat >m.c <<'END'
#include "t.skel.h"
_Static_assert(sizeof(struct t__gone_one) == 4 && sizeof(struct t__gone_two) == 1, "");
_Static_assert(sizeof(struct t__gone_t) == 8, "");
_Static_assert(t__LARGE == 0xfffffff0u && t__LARGE_TOO == 0xfffffff1u && t__SMALL == -1, "");
END
cc -std=c11 -Wall -Wextra -Werror -fsyntax-only m.c || fail 'types of the source'
lacks t.skel.h 'struct t__gone_variable {'
lacks t.skel.h 't__gone_count;'
