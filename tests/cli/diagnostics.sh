# SPDX-License-Identifier: BSD-2-Clause
# A message stands at the line of the source that it is about, and says where the other thing is that
# it names; without libclang it stands at the file.
. "$(dirname "$0")/../lib/test.sh"

# program: a source of what stands in standard input, which begins in line 5.
program() {
	cat - "$WORK/end" >"$WORK/body"
	cat "$WORK/start" "$WORK/body" >a.bpf.c
}
cat >"$WORK/start" <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpfbake.bpf.h>
#define HASH(k, v) __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, k); __type(value, v)
END
echo 'char LICENSE[] SEC("license") = "GPL";' >"$WORK/end"

# at LINE TEXT OPTION...: the run fails, and says TEXT of the line; without libclang the same of the
# file, without the places in it.
at() {
	where=a.bpf.c:$1
	text=$2
	shift 2
	run 1 "$BPFBAKE" "$@" t a.bpf.c
	says "bpfbake: $where: $text"
	run 1 env BPFBAKE_LIBCLANG=/none "$BPFBAKE" "$@" t a.bpf.c
	says "bpfbake: a.bpf.c: $(printf '%s' "$text" | sed 's/ It is at [^ ]*\.$//; s/ ([^()]*bpf\.c:[^()]*)//g')"
	only a.bpf.c
}

program <<'END'
int seen;
SEC("socket") int p(void *c) { return seen; }
END
run 0 "$BPFBAKE" t a.bpf.c
! grep -q 'no libclang' "$WORK/err" || skip 'no libclang'
rm t*

# Maps.
program <<'END'
struct never_defined;
struct {
	HASH(struct never_defined, int);
} peers SEC(".maps");
END
at 8 "map 'peers': its key is no type with a size"

program <<'END'
struct { HASH(int, int); __uint(colour, 3); } peers SEC(".maps");
END
at 5 "map 'peers': libbpf does not know its member 'colour'"

program <<'END'
struct inner { HASH(int, int); __uint(pinning, 1); };
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 1); __type(key, int);
	__array(values, struct inner);
} outer SEC(".maps");
END
at 9 "map 'outer.inner': an inner map cannot be pinned"

program <<'END'

static struct { HASH(int, int); } peers SEC(".maps");
SEC("socket") int p(void *c) { int k = 0; return !bpf_map_lookup_elem(&peers, &k); }
END
at 6 "map 'peers': it is static"

program <<'END'
struct { int type; } old SEC("maps");
END
at 5 'has maps of the old style'

program <<'END'
struct { int (*f)(void); } *ops SEC(".struct_ops");
END
at 5 "struct_ops map 'ops' is no variable of a struct with a name"

# Variables and programs.
program <<'END'
struct config { int x; };
extern struct config CONFIG_OF_ALL __kconfig;
SEC("socket") int p(void *c) { return CONFIG_OF_ALL.x; }
END
at 6 "extern 'CONFIG_OF_ALL' of .kconfig has a type that libbpf cannot fill"

program <<'END'
SEC("socket") int p(void *c) { return 0; }
SEC("socket")
static __attribute__((used)) int hidden(void *c) { return 0; }
END
at 7 "program 'hidden' in SEC(\"socket\") is static"

# Names: of variables, of maps, of programs.
program <<'END'
int class_ = 1;
int class = 1;
SEC("socket") int p(void *c) { return class + class_; }
END
at 6 "variable 'class_' (a.bpf.c:5) and variable 'class' would both be 'class_' in section '.data'; rename one of them"

program <<'END'
struct { HASH(int, int); } bss SEC(".maps");
struct { HASH(int, int); } bss_ SEC(".maps");
int seen;
SEC("socket") int p(void *c) { return seen; }
END
at 6 "map 'bss_' (a.bpf.c:6) and map '.bss' would both be 'bss_' in the maps of struct t"

program <<'END'
SEC("socket") int new_(void *c) { return 0; }
SEC("socket") int new(void *c) { return 0; }
END
at 6 "program 'new_' (a.bpf.c:5) and program 'new' would both be 'new_' in the programs of struct t"

# A function of the header and a constant of it; enumerators and tags, which keep off both.
program <<'END'
struct { HASH(int, int); } VAR_a SEC(".maps");

int a__lookup;
SEC("socket") int p(void *c) { return a__lookup; }
END
at 7 "a function of map 'VAR_a' (a.bpf.c:5) and the constant of variable 'a__lookup' would both be 't__VAR_a__lookup' in the header"

program <<'END'
struct inner { HASH(int, int); };
struct { __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS); __uint(max_entries, 4); __type(key, int); __array(values, struct inner); } m SEC(".maps");
struct { HASH(int, int); } m__inner SEC(".maps");
END
at 7 "a function of map 'm' (a.bpf.c:6) and a function of map 'm__inner' would both be 't__m__inner__*' in the header"

program <<'END'
enum mode {
	m__pin_fd_ = 1,
	m__pin_fd,
};
struct { HASH(int, enum mode); } m SEC(".maps");
END
at 7 "enumerator 'm__pin_fd_' of enum mode (a.bpf.c:6) and enumerator 'm__pin_fd' of enum mode would both be 't__m__pin_fd_' in the header"

program <<'END'
enum mode {
	m__lookup_ = 1,
	m__lookup,
};
struct { HASH(int, enum mode); } m SEC(".maps");
END
at 7 "enumerator 'm__lookup_' of enum mode (a.bpf.c:6) and enumerator 'm__lookup' of enum mode would both be 't__m__lookup_' in the header"

program <<'END'
struct bss_ { int x; };
struct bss { int x; };
struct bss_ one;
struct bss two;
SEC("socket") int p(void *c) { return one.x + two.x; }
END
at 6 "struct bss_ (a.bpf.c:5) and struct bss would both be 't__bss_' in the header"

program <<'END'
struct conn {
	int class_;
	struct { int class; };
};
struct conn last;
SEC("socket") int p(void *c) { return last.class; }
END
at 7 "member 'class_' (a.bpf.c:6) and member 'class' would both be 'class_' in struct conn"

# Types: two of one name.
program <<'END'
typedef struct { int a; } conn;
/* the second */ struct conn { long a; };
struct conn one;
conn two;
SEC("socket") int p(void *c) { return one.a + two.a; }
END
at 6 "two types are named 'conn' and differ (a.bpf.c:5, a.bpf.c:6); rename one of them"

program <<'END'
SEC("socket") int p(void *c)
{
	struct local { int a; };
	static struct local x;
	return x.a++;
}
SEC("socket") int q(void *c)
{
	struct local { long a; };
	static struct local x;
	return x.a++;
}
END
at 13 "two types are named 'local' and differ (a.bpf.c:7, a.bpf.c:13); rename one of them" -type local

program <<'END'
struct t { int x; };
struct t last;
SEC("socket") int p(void *c) { return last.x; }
END
at 5 "the type 't' has the name of the skeleton" -type-prefix ''

# Options: what they name stands nowhere, so it is what comes near it that has a line.
program <<'END'
struct conn { int port; };
struct other { int port; };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } closed SEC(".maps");
struct { HASH(int, struct conn); } hash SEC(".maps");
struct other last;
SAID
SEC("socket") int p(void *c) { return last.port; }
END
said=-DSAID=
at_options() {
	line=$1
	text=$2
	shift 2
	at "$line" "$text" -cflags "$said" "$@"
}
run 1 "$BPFBAKE" -cflags "$said" -type con t a.bpf.c
says "bpfbake: a.bpf.c: no type 'con' in BTF; did you mean 'conn'? A type"
at_options 7 "-event closed=con: no type 'con' in BTF; did you mean 'conn'? A type" -event closed=con
at_options 8 "the map 'hash' has no events: it is no ring buffer and no perf event array; remove its -event" \
	-event hash=conn
at_options 7 "-event gives two types to the map 'closed', 'conn' and 'other'; remove one of them" \
	-event closed=conn -event 'closed=struct other'
run 1 "$BPFBAKE" -cflags "$said" -event clsed=conn t a.bpf.c
says "bpfbake: a.bpf.c: -event names a map 'clsed', which is not there; did you mean 'closed'? It is at a.bpf.c:7."
quiet "$BPFBAKE" -cflags "$said" -event closed=conn -event 'closed=struct conn' t a.bpf.c
rm t*
said="'-DSAID=BPFBAKE_EVENT(clsed, struct conn);'"
at_options 10 "BPFBAKE_EVENT names a map 'clsed', which is not there; did you mean 'closed'? It is at a.bpf.c:7."
said="'-DSAID=BPFBAKE_EVENT(hash, struct conn);'"
at_options 8 "the map 'hash' has no events: it is no ring buffer and no perf event array; remove its BPFBAKE_EVENT (a.bpf.c:10)"

# What must be the same for all targets.
program <<'END'
struct {
	__uint(type, BPF_MAP_TYPE_HASH); __type(key, int); __type(value, int);
	__uint(max_entries, __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 2 : 1);
} peers SEC(".maps");
END
at 8 'max_entries of peers is 1 for bpfel but 2 for bpfeb; it must be the same for all targets'

program <<'END'
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define KIND "xdp"
#else
#define KIND "socket"
#endif
SEC(KIND) int p(void *c) { return 0; }
END
at 10 "the section of p is 'socket' for bpfel but 'xdp' for bpfeb"

program <<'END'
SEC("socket") int p(void *c) { return 0; }
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
struct { HASH(int, int); } little SEC(".maps");
SEC("socket") int q(void *c) { return 0; }
#endif
END
at 7 "map 'little' is there for bpfel only; it must be there for all targets"
at 8 "program 'q' is there for bpfel only"

# In a header of the source's own.
echo 'int class_ = 1;' >own.h
program <<'END'
#include "own.h"
int class = 1;
SEC("socket") int p(void *c) { return class + class_; }
END
run 1 "$BPFBAKE" t a.bpf.c
says "bpfbake: a.bpf.c:6: variable 'class_' (own.h:1) and variable 'class' would both be"
