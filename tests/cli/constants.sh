# SPDX-License-Identifier: BSD-2-Clause
# Macros with a value become constants of the header, as clang evaluates them for the target.
. "$(dirname "$0")/../lib/test.sh"

cat >own.h <<'END'
#define FROM_OWN_HEADER 0x10
END
mkdir -p 'my headers/bpf'
printf '#define FROM_ANGLES 17\n#include "deeper.h"\n' >'my headers/angles.h'
printf '#define FROM_DEEPER 18\n' >'my headers/deeper.h'
printf '#define FROM_LIBBPF 1\n' >'my headers/bpf/bpf_endian.h'
printf '#define FROM_VMLINUX 1\n' >vmlinux.h
tiny a.bpf.c
sed -i '1i #include "own.h"\n#include <angles.h>\n#include <bpf/bpf_endian.h>\n#include "vmlinux.h"' a.bpf.c
cat >>a.bpf.c <<'END'
#define DECIMAL 4096
#define NEGATIVE -5
#define UNSIGNED 7u
#define WIDE (1ULL << 40)
#define SMALLEST (-2147483647 - 1)
#define LOWEST (-9223372036854775807LL - 1)
#define CHARACTER 'x'
#define TEXT "it's \"quoted\" ?" "?/ \\"
#define ALIAS TEXT
#define JOINED ("a" OTHER_TEXT)
#define OTHER_TEXT "b\0c"
#define ADDRESS "http://[::1]//"
#define SMALL ((__u8)200)
#define TRUTH ((_Bool)7)
#define LONG_ONE 1L
#define BIG_OR_LITTLE (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 1 : 2)
#define ONLY_HERE __BYTE_ORDER__
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#undef ONLY_HERE
#endif
#define event_is_a_tag 3
#define MAP_events 9 /* the header has one already */
#define HIGHEST_BIT (1 << 31)
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
#define TO_BRACE TO_OPEN_BRACE + 1
#define TO_OPEN_BRACE BRACE
#define STATEMENT do { } while (0)
#define A_TYPE struct event
#define ATTRIBUTE __attribute__((unused))
#define AT_RUN_TIME bpf_ktime_get_ns()
#define UNKNOWN not_defined_anywhere
#define REAL 1.5
#define TWO_VALUES 1 2
#define GARBAGE 5 garbage
#define COLON 1 : 2
#define MIXED "a" 1
#define LIST 1, 2
#define TOO_LARGE 99999999999999999999999
#define BAD_ESCAPE "\x"
#define SHIFTED (1 << 40)
#define NEGATIVE_SHIFT (1 << -1)
#define DIVIDED (1 / 0)
#define OPEN_IN(x) (x
#define OPENED OPEN_IN(1)
#define SEMICOLON_IN(x) x; int bad
#define SEMICOLON SEMICOLON_IN(3)
#define WHEN __DATE__ __TIME__
#define WHERE __LINE__
#define WHERE_IN(x) __FILE__
#define WHERE_TOO WHERE_IN(1)
#define GONE 3
#undef GONE
#if 0
#define NEVER 4
#endif
END
cat >m.c <<'END'
#ifndef BIG
#define LITTLE 1
#include <string.h>
#else
#define LITTLE 0
int strcmp(const char *, const char *);
#endif
#include "t.skel.h"
#define SAME(name, type, wanted) \
	_Static_assert(t__##name == (wanted) && _Generic(t__##name, type: 1, default: 0), #name)
SAME(FROM_OWN_HEADER, int, 16);
SAME(FROM_ANGLES, int, 17);
SAME(FROM_DEEPER, int, 18);
SAME(DECIMAL, int, 4096);
SAME(SMALL, int, 200);
SAME(HIGHEST_BIT, int, -2147483647 - 1);
SAME(TRUTH, int, 1);
SAME(LONG_ONE, long long, 1);
SAME(BIG_OR_LITTLE, int, LITTLE ? 1 : 2);
SAME(event_is_a_tag, int, 3);
#if !LITTLE == defined(t__ONLY_HERE)
#error there for both, or for the wrong one
#endif
_Static_assert(sizeof(t__ALIAS) == sizeof(t__TEXT), "ALIAS");
_Static_assert(sizeof(t__JOINED) == 5, "JOINED");
_Static_assert(sizeof(t__ADDRESS) == sizeof("http://[::1]//"), "ADDRESS");
_Static_assert(sizeof(t__MAP_events) == sizeof("events"), "MAP_events");
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
	defined(t__TWO_VALUES) || defined(t__GARBAGE) || defined(t__COLON) || defined(t__MIXED) || \
	defined(t__LIST) || defined(t__TOO_LARGE) || defined(t__BAD_ESCAPE) || defined(t__SHIFTED) || \
	defined(t__NEGATIVE_SHIFT) || defined(t__DIVIDED) || defined(t__OPENED) || \
	defined(t__SEMICOLON) || defined(t__WHEN) || defined(t__WHERE) || defined(t__WHERE_TOO) || \
	defined(t__TO_BRACE) || defined(t__STATEMENT) || defined(t__A_TYPE) || defined(t__ATTRIBUTE) || \
	defined(t__AT_RUN_TIME) || defined(t__UNKNOWN) || defined(t__REAL) || defined(t__GONE) || \
	defined(t__NEVER) || defined(t__FROM_LIBBPF) || defined(t__FROM_VMLINUX) || defined(t__BPF_ANY) || defined(t__SEC)
#error one that is none
#endif
int main(void) { return strcmp(t__TEXT, "it's \"quoted\" ?""?/ \\"); }
END
checked=0
for version in 14 16 19; do
	library=/usr/lib/llvm-$version/lib/libclang-$version.so.1
	[ -e $library ] || continue
	BPFBAKE_LIBCLANG=$library quiet "$BPFBAKE" t a.bpf.c -- -I'my headers'
	cc -std=c11 -Wall -Wextra -Werror m.c -o m -lbpf && ./m || fail "wrong with libclang $version"
	# For a big-endian host: as far as a little-endian one can look at that.
	sed -n '/^\/\* The macros/,/^\/\* The names/p' t.skel.h >macros.h
	printf '#define __BYTE_ORDER__ __ORDER_BIG_ENDIAN__\n' | cc -std=c11 -Wno-builtin-macro-redefined -DBIG \
		-E -dM -include /dev/stdin macros.h | grep -qx '#define t__BIG_OR_LITTLE 2' ||
		fail "not the big-endian one with libclang $version"
	checked=$((checked + 1))
done
[ $checked -gt 0 ] || skip 'no libclang'
# One header for both byte orders has both values, one for a single target just that one.
quiet "$BPFBAKE" -target bpfeb t a.bpf.c -- -I'my headers'
has t.skel.h '#define t__BIG_OR_LITTLE 2'
lacks t.skel.h '#define t__BIG_OR_LITTLE 1'
# What turns around with the byte order has both values.
cat >swapped.bpf.c <<'E'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#define PORT WIRE(80)
#define WIRE(x) bpf_htons(x)
#define NEXT ((__u16)(PORT + 1))
#define PLAIN 3
SEC("socket") int watch(void *context) { return 0; }
E
quiet "$BPFBAKE" t swapped.bpf.c
sed -n '/^\/\* The macros/,/^\/\* The names/p' t.skel.h >macros.h
for order in LITTLE:20480:20481 BIG:80:81; do
	printf '#define __BYTE_ORDER__ __ORDER_%s_ENDIAN__\n' "${order%%:*}" |
		cc -Wno-builtin-macro-redefined -E -dM -include /dev/stdin macros.h >values
	values=${order#*:}
	has values "#define t__PORT ${values%:*}"
	has values "#define t__NEXT ${values#*:}"
	has values '#define t__PLAIN 3'
done
# Headers that the command includes, and what is long or deep.
printf '#define FORCED 5\n' >forced.h
{ cat a.bpf.c; printf '#define ENDLESS 1'; printf ' + 1%.0s' $(seq 40000); printf '\n#define DEEP '
	printf '(%.0s' $(seq 300); printf '1'; printf ')%.0s' $(seq 300); printf '\n#define LAST 6\n'; } >long.bpf.c
quiet "$BPFBAKE" t long.bpf.c -- -I'my headers' -include forced.h
has t.skel.h '#define t__FORCED 5'
has t.skel.h '#define t__DEEP 1'
has t.skel.h '#define t__LAST 6'
lacks t.skel.h t__ENDLESS
# The prefix is that of types; who shares it may share the macros.
quiet "$BPFBAKE" -type-prefix '' t a.bpf.c -- -I'my headers'
printf '#define DECIMAL (4000 + 96)\n#include "t.skel.h"\n#if DECIMAL != 4096 || FROM_ANGLES != 17\n#error\n#endif\n' >p.c
cc -std=c11 -Wall -Wextra -Werror -fsyntax-only p.c || fail 'an empty prefix'
sed -i 's/4000 + 96/4000/; s/#if .*/#if 0/' p.c
! cc -std=c11 -fsyntax-only p.c 2>p.err || fail 'another constant of that name is not noticed'
has p.err 'DECIMAL is another one already'
{ cat a.bpf.c; echo '#define load 5'; echo '#define key 6'; } >lower.bpf.c
quiet "$BPFBAKE" -type-prefix '' t lower.bpf.c -- -I'my headers'
lacks t.skel.h '#define load'
lacks t.skel.h '#define key'
quiet "$BPFBAKE" t a.bpf.c -- -I'my headers'
has t.skel.h t__DECIMAL
quiet "$BPFBAKE" -no-constants t a.bpf.c -- -I'my headers'
lacks t.skel.h t__DECIMAL
# Without libclang all else works, and the user is told.
BPFBAKE_LIBCLANG=/none run 0 "$BPFBAKE" t a.bpf.c -- -I'my headers'
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
# Nor does a source of which nothing is wanted.
quiet "$BPFBAKE" -no-constants t a.bpf.c -- -I'my headers'
cat >e.bpf.c <<'E'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpfbake.bpf.h>
struct event { int a; };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } first SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} second SEC(".maps");
BPFBAKE_EVENT(first, struct event);
SEC("socket") int watch(void *context) { return 0; }
E
sed -i 's/^struct event/\/* BPFBAKE_EVENT(second, struct event) or so *\/\nstruct event/' e.bpf.c
quiet "$BPFBAKE" -no-constants -event second=event e e.bpf.c
[ ! -e loaded ] || fail 'libclang was loaded for a source of which nothing is wanted'
run 0 "$BPFBAKE" -no-constants e e.bpf.c
[ -e loaded ] || fail 'libclang was not asked for the type of an event'
rm loaded
sed 's/BPF_MAP_TYPE_PERF_EVENT_ARRAY/4/' e.bpf.c >number.bpf.c
run 0 "$BPFBAKE" -no-constants e number.bpf.c
[ -e loaded ] || fail 'libclang was not asked for the type of an event that only the object tells of'
rm loaded
run 0 "$BPFBAKE" t a.bpf.c -- -I'my headers'
[ -e loaded ] || fail 'the spy was not loaded'
