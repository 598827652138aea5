# SPDX-License-Identifier: BSD-2-Clause
# Names that are taken: mended by the rule, or an error that names both.
. "$(dirname "$0")/../lib/test.sh"

cat >a.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";
int class__; int class; int class_;
SEC("socket") int p(void *c) { return class__ + class + class_; }
END
run 1 "$BPFBAKE" t a.bpf.c
says "class"
says "class_"
only a.bpf.c
sed -i "s/class__/other/g" a.bpf.c
quiet "$BPFBAKE" t a.bpf.c
has t.skel.h "__s32 class_;"
has t.skel.h "__s32 class__;"

# Two names that mangle to one: sections .data.a-b and .data.a_b.
cat >b.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";
int x SEC(".data.a-b") = 1, y SEC(".data.a_b") = 2;
SEC("socket") int p(void *c) { return x + y; }
END
run 0 "$BPFBAKE" t b.bpf.c
printf '#include "t.skel.h"\nint f(struct t *s) { return s->data_a_b->x + s->data_a_b_->y; }\n' >m.c
cc -Wall -Werror -c m.c || fail 'sections of one name do not compile'

# A function of a map that would be another's.
cat >c.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";
enum e { m__lookup = 1 };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, int);
	__type(value, enum e); } m SEC(".maps");
SEC("socket") int p(void *c) { return 0; }
END
run 0 "$BPFBAKE" t c.bpf.c
printf '#include "t.skel.h"\nint x = t__m__lookup_;\n' >m.c
cc -Wall -Wextra -Werror -c m.c || fail 'an enumerator named as a function does not compile'

# The macros of <errno.h> get an underscore; what only looks like them does not.
macros=$(echo '#include <errno.h>' | cc -dM -E - | awk '$2 ~ /^E[A-Z0-9]+$/ { print $2 }' | sort)
{
	printf '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nenum sort { EXEC, EXIT2, EVENT, %s } sort;\n' "$(echo $macros | tr ' ' ,)"
	printf 'int E2BIG2;\nSEC("socket") int p(void *c) { return sort + E2BIG2; }\nchar LICENSE[] SEC("license") = "GPL";\n'
} >e.bpf.c
quiet "$BPFBAKE" -type-prefix= t e.bpf.c
for name in $macros; do
	grep -q "^	${name}_ = " t.skel.h || fail "$name is not mended"
done
cat >m.c <<'EOF'
#include "t.skel.h"
int f(struct t *s);
int f(struct t *s) { return EXEC + EXIT2 + EVENT + ENOENT_ + s->bss->E2BIG2; }
EOF
cc -Wall -Wextra -Werror -c m.c || fail 'names of <errno.h> do not compile'
