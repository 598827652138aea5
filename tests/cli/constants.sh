# SPDX-License-Identifier: BSD-2-Clause
# Macros with a value become constants of the header, as clang evaluates them for the target.
. "$(dirname "$0")/../lib/test.sh"

cat >own.h <<'END'
#define FROM_OWN_HEADER 0x10
END
printf '#define FROM_VMLINUX 1\n' >vmlinux.h
tiny a.bpf.c
sed -i '1i #include "own.h"\n#include "vmlinux.h"' a.bpf.c
cat >>a.bpf.c <<'END'
#define DECIMAL 4096
#define NEGATIVE -5
#define UNSIGNED 7u
#define WIDE (1ULL << 40)
#define SMALLEST (-2147483647 - 1)
#define LOWEST (-9223372036854775807LL - 1)
#define CHARACTER 'x'
#define TEXT "it's \"quoted\" ?" "?/ \\"
#define FROM_OTHERS (DECIMAL / 2 - sizeof(long)) /* a comment */
#define CONTINUED \
	12 + \
	34
#define FROM_ENUM AN_ENUMERATOR
#define FROM_CALL TWICE(21)
enum { AN_ENUMERATOR = 77 };
/* None of these is a constant. */
#define EMPTY
#define TWICE(x) ((x) * 2)
#define OPEN (
#define BRACE {
#define STATEMENT do { } while (0)
#define A_TYPE struct event
#define ATTRIBUTE __attribute__((unused))
#define AT_RUN_TIME bpf_ktime_get_ns()
#define UNKNOWN not_defined_anywhere
#define REAL 1.5
#define GONE 3
#undef GONE
#if 0
#define NEVER 4
#endif
END
cat >m.c <<'END'
#include <string.h>
#include "t.skel.h"
#define SAME(name, type, wanted) \
	_Static_assert(t__##name == (wanted) && _Generic(t__##name, type: 1, default: 0), #name)
SAME(FROM_OWN_HEADER, int, 16);
SAME(DECIMAL, int, 4096);
SAME(NEGATIVE, int, -5);
SAME(UNSIGNED, unsigned, 7);
SAME(WIDE, unsigned long long, 1099511627776ULL);
SAME(SMALLEST, int, -2147483647 - 1);
SAME(LOWEST, long long, -9223372036854775807LL - 1);
SAME(CHARACTER, int, 'x');
SAME(FROM_OTHERS, unsigned long long, 2040);
SAME(CONTINUED, int, 46);
SAME(FROM_ENUM, int, 77);
SAME(FROM_CALL, int, 42);
#if defined(t__EMPTY) || defined(t__TWICE) || defined(t__OPEN) || defined(t__BRACE) || \
	defined(t__STATEMENT) || defined(t__A_TYPE) || defined(t__ATTRIBUTE) || \
	defined(t__AT_RUN_TIME) || defined(t__UNKNOWN) || defined(t__REAL) || defined(t__GONE) || \
	defined(t__NEVER) || defined(t__FROM_VMLINUX) || defined(t__BPF_ANY) || defined(t__SEC)
#error one that is none
#endif
int main(void) { return strcmp(t__TEXT, "it's \"quoted\" ?""?/ \\"); }
END
checked=0
for version in 14 16 19; do
	library=/usr/lib/llvm-$version/lib/libclang-$version.so.1
	[ -e $library ] || continue
	BPFBAKE_LIBCLANG=$library quiet "$BPFBAKE" t a.bpf.c
	cc -std=c11 -Wall -Wextra -Werror m.c -o m -lbpf && ./m || fail "wrong with libclang $version"
	checked=$((checked + 1))
done
[ $checked -gt 0 ] || skip 'no libclang'
quiet "$BPFBAKE" t a.bpf.c
has t.skel.h t__DECIMAL
quiet "$BPFBAKE" -no-constants t a.bpf.c
lacks t.skel.h t__DECIMAL
# Without libclang all else works, and the user is told.
BPFBAKE_LIBCLANG=/none run 0 "$BPFBAKE" t a.bpf.c
says 'note: no libclang'
lacks t.skel.h t__DECIMAL
# gen skeleton and prebuilt objects never load it.
cat >spy.c <<'END'
#include <fcntl.h>
#include <unistd.h>
__attribute__((constructor)) static void mark(void) { close(open("loaded", O_CREAT | O_WRONLY, 0600)); }
END
cc -shared -fPIC spy.c -o spy.so
export BPFBAKE_LIBCLANG="$PWD/spy.so"
"$BPFBAKE" gen skeleton t_bpfel.o >gen.h
quiet "$BPFBAKE" -output-stem p p t_bpfel.o
[ ! -e loaded ] || fail 'libclang was loaded for an object'
run 0 "$BPFBAKE" t a.bpf.c
[ -e loaded ] || fail 'the spy was not loaded'
