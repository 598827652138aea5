# SPDX-License-Identifier: BSD-2-Clause
# Objects that no header can be made of: one message and status 1, in every command.
. "$(dirname "$0")/../lib/test.sh"
needs llvm-objcopy
tiny a.bpf.c
include="-idirafter /usr/include/$(cc -print-multiarch)"
# shellcheck disable=SC2086 # words
compile() { clang -O2 -target bpf $include "$@"; }
compile -g -c a.bpf.c -o good.o

bad() {
	text=$1 file=$2
	for command in "gen skeleton $file" "gen subskeleton $file" "inspect $file" "t $file"; do
		# shellcheck disable=SC2086 # words
		run 1 "$BPFBAKE" $command
		says "$file: $text"
		[ "$(grep -c '^bpfbake: ' "$WORK/err")" -eq 1 ] || fail "more than one message: $command"
		[ ! -s "$WORK/out" ] || fail "something on standard output: $command"
	done
}

echo 'no object' >text.o
bad 'is not an ELF file' text.o
: >empty.o
bad 'is empty' empty.o
echo 'int main;' | cc -x c -c - -o host.o
bad 'is an object for another machine' host.o
head -c 700 good.o >cut.o
bad 'the object is damaged or cut off' cut.o
compile -c a.bpf.c -o nobtf.o
bad "has no BTF; compile it with -g" nobtf.o
mkdir d.o
bad 'cannot be read: Is a directory' d.o

cat >old.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { int type, key_size, value_size, max_entries, flags; } m SEC("maps") = {1, 4, 4, 1, 0};
SEC("socket") int p(void *c) { return 0; }
END
compile -g -c old.bpf.c -o old.o
bad 'has maps of the old style' old.o
printf 'int x;\n' >none.bpf.c
compile -g -c none.bpf.c -o data.o
run 0 "$BPFBAKE" inspect data.o
printf 'static int f(void) { return 0; }\nint (*unused)(void) __attribute__((section("x"))) = f;\n' >none.bpf.c
cat >static.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static __attribute__((used)) SEC("socket") int p(void *c) { return 0; }
END
compile -g -c static.bpf.c -o static.o
bad "program 'p' in SEC(\"socket\") is static" static.o
cat >member.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, 1); __uint(wrong, 3); } m SEC(".maps");
END
compile -g -c member.bpf.c -o member.o
bad "map 'm': libbpf does not know its member 'wrong'" member.o
sed -i 's/wrong/pinning/' member.bpf.c
compile -g -c member.bpf.c -o pin.o
bad "map 'm': its pinning is neither" pin.o
sed -i 's/__uint(type, 1);//; s/, 3/, 1/' member.bpf.c
compile -g -c member.bpf.c -o type.o
bad "map 'm': it has no type" type.o

# An object that is not complete: libbpf would not open it.
cat >extern.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
extern int LINUX_KERNEL_VERSION __kconfig;
extern const int bpf_prog_active __ksym __weak;
extern int elsewhere;
int call(int n);
SEC("socket") int p(void *c) { return call(elsewhere + LINUX_KERNEL_VERSION) + !&bpf_prog_active; }
END
compile -g -c extern.bpf.c -o extern.o
run 1 "$BPFBAKE" gen skeleton extern.o
says "extern.o: needs 'elsewhere', which another object defines"
says "extern.o: needs 'call'"
[ "$(wc -l <"$WORK/err")" -eq 2 ] || fail 'settings and symbols of the kernel are no externs of other objects'
run 0 "$BPFBAKE" gen subskeleton extern.o
printf '%s\n' '#include <linux/bpf.h>' '#include <bpf/bpf_helpers.h>' 'int memcmp(const void *, const void *, unsigned long);' \
	'SEC("socket") int p(char *c) { return memcmp(c, c + 100, *c); }' >call.bpf.c
run 1 "$BPFBAKE" call call.bpf.c
says "call.bpf.c: calls 'memcmp' of the C library, which is not there for BPF; write a loop"

# A source is named by its own name.
run 1 "$BPFBAKE" t old.bpf.c
says 'bpfbake: old.bpf.c:'
says ': has maps of the old style'

# Names without end, which a small object may have thousands of times.
long=$(printf 'n%05000d' 0)
printf 'int x; __attribute__((section("%s"), used)) int f(void) { return x; }\n' "$long" >long.bpf.c
compile -g -c long.bpf.c -o section.o
bad 'the object is damaged or cut off (the name of a section)' section.o
printf 'struct %s { int x; } x;\n' "$long" >long.bpf.c
compile -g -c long.bpf.c -o type.o
bad 'its BTF is damaged (it refers to what is not there, or has endless names)' type.o
printf 'int %s;\n' "$long" >long.bpf.c
compile -g -c long.bpf.c -o symbol.o
bad 'the object is damaged or cut off (the name of a symbol)' symbol.o
