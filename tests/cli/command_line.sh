# SPDX-License-Identifier: BSD-2-Clause
# What is no command line: status 2, one message, nothing written.
. "$(dirname "$0")/../lib/test.sh"
tiny a.bpf.c

wrong() {
	text=$1
	shift
	run 2 "$BPFBAKE" "$@"
	says "$text"
	[ "$(grep -c '^bpfbake: ' "$WORK/err")" -eq 1 ] || fail "more than one message: $*"
	[ ! -s "$WORK/out" ] || fail "something on standard output: $*"
	only a.bpf.c
}

wrong 'IDENT and SOURCE are missing'
wrong 'SOURCE is missing' conns
wrong "IDENT, the name of the header's struct, is missing before a.bpf.c; for example: bpfbake conns a.bpf.c" a.bpf.c
wrong "IDENT and SOURCE are missing" -verbose
wrong "'my-obj' cannot be the name of a struct" my-obj a.bpf.c
wrong "'class' cannot be the name" class a.bpf.c
wrong "'errno' cannot be the name" errno a.bpf.c
wrong "'1a' cannot be" 1a a.bpf.c
wrong "'é' cannot be" é a.bpf.c
wrong "'a.bpf.c' is given twice" conns a.bpf.c b.bpf.c a.bpf.c
wrong 'DWARF is lost' -no-strip conns a.bpf.c b.bpf.c
wrong "did you mean '-target'" -taget bpfel conns a.bpf.c
wrong "unknown option '-I'" conns a.bpf.c -I .
wrong "behind '--'" conns a.bpf.c -I .
wrong "needs a value" conns a.bpf.c -target
wrong "unknown target 'sparc'; known: bpf bpfel bpfeb native 386 amd64 arm arm64 loong64 mips ppc64 ppc64le riscv64 s390x" \
	-target bpfel,sparc conns a.bpf.c
wrong "unknown target 'x86_64'; write amd64" -target bpfeb,x86_64 conns a.bpf.c
wrong "unknown target 'aarch64'; write arm64" -target aarch64 conns a.bpf.c
wrong "unknown option '-g'; see" -g conns a.bpf.c
wrong "'-MD' is among the flags" conns a.bpf.c -- -MD
wrong "'-MF' is among the flags" -cflags '-O1 -MF x' conns a.bpf.c
# A struct of these names is there already when the header's comes.
for name in bpf_map bpf_attr timespec xdp_action utsname; do
	wrong "'$name' cannot be the name of a struct: libbpf or the system has" $name a.bpf.c
done
wrong '-cc is empty' -cc ' ' conns a.bpf.c
wrong 'does not end' -cflags "'x" conns a.bpf.c
wrong '-template needs -o' -template x conns a.bpf.c
wrong '-o is the output of -template, which is not given; the header' -o conns.h conns a.bpf.c
wrong '-type-prefix' -type-prefix 'a-' conns a.bpf.c
wrong "is no tag" -tags 'a b' conns a.bpf.c
wrong "neither true nor false" -no-strip=perhaps conns a.bpf.c
wrong "no 'gen nonsense'" gen nonsense x.o
wrong 'gen skeleton FILE' gen skeleton
wrong 'gen skeleton FILE' gen skeleton x.o nam
wrong 'gen skeleton FILE' gen skeleton x.o name a b
wrong "'my-obj' cannot be" gen skeleton x.o name my-obj
wrong 'inspect FILE' inspect
wrong 'inspect FILE' inspect -json -template x y.o
wrong 'help for one of' help none

# What an option names has to be there, whether the source needs it or not.
run 1 "$BPFBAKE" -vmlinux none t a.bpf.c
says 'none: cannot be read: No such file or directory; give BTF'
run 1 "$BPFBAKE" -btf none t a.bpf.c
says 'none: cannot be read: No such file or directory; give BTF'
# A home that is not there is not made.
quiet env -u XDG_CACHE_HOME HOME="$PWD/none" "$BPFBAKE" t a.bpf.c
[ ! -e none ] || fail 'the home was made'
mkdir home
quiet env -u XDG_CACHE_HOME HOME="$PWD/home" "$BPFBAKE" t a.bpf.c
exists home/.cache/bpfbake
