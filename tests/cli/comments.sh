# SPDX-License-Identifier: BSD-2-Clause
# Comments of the source stand above what is made of what they are about.
. "$(dirname "$0")/../lib/test.sh"

cat >a.bpf.c <<'END'
/* SPDX-License-Identifier: MIT */
/* of the file */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* of the struct */
struct conn {
	__u64 plain;
	__u32 behind;	/* of behind */
	__u16 slashes; // of slashes ??/ */ /* \
still
	/** of how */
	enum { FINE, /* of FINE */ RESET } how;
	struct { int x; /* of x */ } in;
};
/**
 * of the map:
 *   with { braces }, and a line that is so long that it has to be cut somewhere because nobody wants to read lines of that length
 */
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 3); __type(key, int);
	__type(value, struct conn); } peers SEC(".maps");
/* of only_port */
const volatile __u16 only_port;
__u64 seen; /* of seen */
static int hidden; /* of hidden */
/* before the ring */
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } ring SEC(".maps"); // behind the ring
/* of the typedef */
typedef struct { /* of first */ int first; int last; /* of last */ } packet_t;
packet_t packet; struct inside { struct named { int n; /* of n */ } named; } inside;
enum { PLAIN, LAST /* of LAST */ } chosen;
/* above ports */
int ports[] = {80, /* http */ 443 /* https */};
/* above limit */ int limit; //!< behind limit
struct callbacks { /* of call */ int (*call)(int a /* first */); } callbacks;
/* of CONFIG_HZ */
extern int CONFIG_HZ __kconfig;
#define MAP(name) struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, int); } name SEC(".maps")
// of before, a map
// that a macro makes
MAP(before);
MAP(behind); /* of behind */
/* of the program */
SEC("socket") int watch(void *c) { struct local { int l; /* of l */ } local = {CONFIG_HZ}; bpf_ringbuf_output(&ring, &local, sizeof(local), 0); return hidden; }
char LICENSE[] SEC("license") = "GPL";
END
quiet "$BPFBAKE" t a.bpf.c
grep -q 'of the struct' t.skel.h || skip 'no libclang'
# after COMMENT LINE: somewhere the line after the comment is LINE.
after() {
	grep -F -A1 -- "$1" t.skel.h | grep -qF -- "$2" ||
		fail "'$1' does not stand before '$2': $(grep -F -A1 -- "$1" t.skel.h)"
}
after '/* of the struct (a.bpf.c:7) */' 'struct t__conn {'
after '/* above ports (a.bpf.c:33) */' '__s32 ports[2];'
after ' * above limit' ' * behind limit'
after '/* of call (a.bpf.c:35) */' '__u64 call;'
after '/* of behind (a.bpf.c:9) */' '__u32 behind;'
after '/* of how (a.bpf.c:13) */' 'how;'
after '/* of FINE (a.bpf.c:13) */' 't__FINE = 0,'
after '/* of x (a.bpf.c:14) */' '__s32 x;'
after '/* of only_port (a.bpf.c:23) */' 'only_port;'
after '/* of seen (a.bpf.c:24) */' '__u64 seen;'
after '/* of the program (a.bpf.c:44) */' 'struct bpf_program *watch;'
after '/* of only_port (a.bpf.c:23) */' 'static inline __u16'
after ' * behind the ring' ' * (a.bpf.c:27)'
after ' * before the ring' ' * behind the ring'
after '/* of the typedef (a.bpf.c:29) */' 'struct t__packet_t {'
after '/* of first (a.bpf.c:29) */' '__s32 first;'
after '/* of last (a.bpf.c:29) */' '__s32 last;'
after '/* of n (a.bpf.c:30) */' '__s32 n;'
after '/* of LAST (a.bpf.c:31) */' 't__LAST = 1,'
after '/* of CONFIG_HZ (a.bpf.c:37) */' '__s32 CONFIG_HZ;'
after '/* above ports (a.bpf.c:33) */' '__s32 ports[2];'
after ' * above limit' ' * behind limit'
after '/* of call (a.bpf.c:35) */' '__u64 call;'
after '/* of behind (a.bpf.c:42) */' 'struct bpf_map *behind;'
after ' * of before, a map' ' * that a macro makes'
after '/* of l (a.bpf.c:44) */' '__s32 l;'
has t.skel.h 'of the map:'
has t.skel.h 'with { braces }, and a line that'
has t.skel.h 'of slashes ? ?/'
lacks t.skel.h 'of hidden'
lacks t.skel.h 'of the file'
[ "$(awk '!/^\t\t"/ && /of the map|with { braces/ && length > 100' t.skel.h | wc -l)" -eq 0 ] || fail 'not wrapped'
printf '/* Latin-1 \351, turned \342\200\256 around */\nint bytes;\n' >>a.bpf.c
quiet "$BPFBAKE" t a.bpf.c
has t.skel.h 'Latin-1 é, turned  around'
printf '#include "t.skel.h"\nint main(void) { return !t__open(); }\n' >m.c
for compiler in 'gcc -std=c11 -trigraphs' 'clang -std=c11' 'g++ -std=c++17 -x c++'; do
	command -v "${compiler%% *}" >/dev/null || continue
	$compiler -Wall -Wextra -Wcomment -pedantic -Werror -c m.c -o m.o || fail "$compiler"
done
# A type may have other comments in another header, and be the same.
sed 's/of behind/something else/' a.bpf.c >b.bpf.c
quiet "$BPFBAKE" -type-prefix shared_ one a.bpf.c
quiet "$BPFBAKE" -type-prefix shared_ two b.bpf.c
printf '#include "one.skel.h"\n#include "two.skel.h"\n' >m.c
cc -Wall -Werror -fsyntax-only m.c || fail 'comments make another type of it'
quiet "$BPFBAKE" -no-constants t a.bpf.c
lacks t.skel.h 'of behind'
