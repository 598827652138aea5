# SPDX-License-Identifier: BSD-2-Clause
# -type, -no-global-types, -type-prefix, -no-accessors: each shows in the header, which compiles.
. "$(dirname "$0")/../lib.sh"
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
says 'unused'

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
compiles 'struct t__event e;'
