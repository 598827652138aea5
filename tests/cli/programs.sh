# SPDX-License-Identifier: BSD-2-Clause
# Functions of programs: which there are, and that their headers go together.
. "$(dirname "$0")/../lib/test.sh"

start() {
	printf '#include <linux/bpf.h>\n#include <linux/types.h>\n#include <bpf/bpf_helpers.h>\n'
	printf 'char LICENSE[] SEC("license") = "GPL";\n'
}
compiles() {
	cc -std=c11 -Wall -Wextra -Wconversion -Werror -fsyntax-only "$1" || fail "$2"
}

# Those that libbpf does not know have none; comments end where they should.
{
	start
	echo 'SEC("kprobe.multi/*/") int many(void *c) { return 0; }'
	echo 'SEC("foo/bar") int unknown(void *c) { return 0; }'
	echo 'SEC("uprobe/none") int incomplete(void *c) { return 0; }'
	echo 'SEC("kprobe/f+0x10") int at_offset(void *c) { return 0; }'
	echo 'SEC("usdt//usr/bin/\"a\":b:c") int quoted(void *c) { return 0; }'
} >a.bpf.c
quiet "$BPFBAKE" a a.bpf.c
printf '#include "a.skel.h"\nint main(void) { return 0; }\n' >a.c
compiles a.c 'the header does not compile'
has a.skel.h 'a__many__attach_opts(struct a *skel, const struct bpf_kprobe_multi_opts *opts)'
has a.skel.h 'a__incomplete__attach(struct a *skel)'
has a.skel.h 'bpfbake_kprobe(skel->progs.at_offset, false, "f", 16, opts)'
has a.skel.h '"/usr/bin/\"a\"", "b", "c", opts'
lacks a.skel.h a__unknown__
lacks a.skel.h a__incomplete__attach_opts
lacks a.skel.h bpfbake_attached
lacks a.skel.h sys/socket.h

# Two headers in one file, each with helpers that the other lacks.
{
	start
	echo 'struct args { int a; };'
	echo 'SEC("xdp") int b(struct xdp_md *c) { return 2; }'
	echo 'SEC("syscall") int run(struct args *args) { return args->a; }'
} >b.bpf.c
quiet "$BPFBAKE" b b.bpf.c
printf '#include "a.skel.h"\n#include "b.skel.h"\n
	int f(struct b *s, struct b__args *a) { return b__run__test_run(s, a) + b__b__attach(s, 1, 0); }\n' >b.c
compiles b.c 'two headers do not go together'
lacks b.skel.h bpfbake_kprobe

# None where they are not wanted.
quiet "$BPFBAKE" -no-accessors b b.bpf.c
lacks b.skel.h b__b__attach
lacks b.skel.h bpfbake_attach
lacks b.skel.h b__args
run 0 "$BPFBAKE" gen skeleton b_bpfel.o name b
! grep -q 'b__b__attach\|bpfbake_' "$WORK/out" || fail 'functions of programs in bpftool'"'"'s face'

# A name that a function of a program has already: mended.
{
	start
	echo 'enum e { p__detach = 1 };'
	echo 'enum e value;'
	echo 'SEC("xdp") int p(struct xdp_md *c) { return value; }'
} >c.bpf.c
quiet "$BPFBAKE" t c.bpf.c
has t.skel.h 't__p__detach_ '
