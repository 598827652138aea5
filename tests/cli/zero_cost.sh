# SPDX-License-Identifier: BSD-2-Clause
# A typed call has no instruction more than the libbpf call that it stands for.
. "$(dirname "$0")/../lib/test.sh"
needs objdump

cat >m.c <<'END'
#include "maps.skel.h"
#define PAIR(name, parameters, typed, plain) \
	int typed_##name parameters; int plain_##name parameters; \
	int typed_##name parameters { return typed; } \
	int plain_##name parameters { return plain; }
typedef const struct maps *skel_t;
typedef struct maps__pair pair_t;
PAIR(hash_lookup, (skel_t s, const pair_t *k, pair_t *v), maps__hash__lookup(s, k, v),
	bpf_map__lookup_elem(s->maps.hash, k, sizeof(*k), v, sizeof(*v), 0))
PAIR(hash_update, (skel_t s, const pair_t *k, const pair_t *v), maps__hash__update(s, k, v, BPF_ANY),
	bpf_map__update_elem(s->maps.hash, k, sizeof(*k), v, sizeof(*v), BPF_ANY))
PAIR(hash_delete, (skel_t s, const pair_t *k), maps__hash__delete(s, k),
	bpf_map__delete_elem(s->maps.hash, k, sizeof(*k), 0))
PAIR(hash_take, (skel_t s, const pair_t *k, pair_t *v), maps__hash__lookup_and_delete(s, k, v),
	bpf_map__lookup_and_delete_elem(s->maps.hash, k, sizeof(*k), v, sizeof(*v), 0))
PAIR(hash_next, (skel_t s, const pair_t *k, pair_t *n), maps__hash__next_key(s, k, n),
	bpf_map__get_next_key(s->maps.hash, k, n, sizeof(*k)))
PAIR(array_lookup, (skel_t s, __u32 i, pair_t *v), maps__array__lookup(s, i, v),
	bpf_map__lookup_elem(s->maps.array, &i, sizeof(i), v, sizeof(*v), 0))
PAIR(array_update, (skel_t s, __u32 i, const pair_t *v), maps__array__update(s, i, v, 0),
	bpf_map__update_elem(s->maps.array, &i, sizeof(i), v, sizeof(*v), 0))
PAIR(lpm_lookup, (skel_t s, const struct maps__lpm_key *k, __u32 *v), maps__lpm__lookup(s, k, v),
	bpf_map__lookup_elem(s->maps.lpm, k, sizeof(*k), v, sizeof(*v), 0))
PAIR(by_descriptor, (int fd, const pair_t *k, pair_t *v), maps__hash__lookup_fd(fd, k, v),
	bpf_map_lookup_elem(fd, k, v))
END

# instructions FUNCTION: how many it has.
instructions() {
	objdump -d --no-show-raw-insn m.o |
		awk -v wanted="<$1>:" '$2 == wanted {f = 1; next} /^$/ {f = 0} f && !/nop|xchg *%ax,%ax/ {n++} END {print n}'
}
compared=0
for compiler in gcc clang; do
	command -v $compiler >/dev/null || continue
	for level in -O2 -O3 -Os; do
		$compiler $level -I"$OBJECT_DIR" -c m.c -o m.o
		for name in hash_lookup hash_update hash_delete hash_take hash_next array_lookup \
			array_update lpm_lookup by_descriptor; do
			typed=$(instructions typed_$name) plain=$(instructions plain_$name)
			[ "$plain" -gt 0 ] || fail "no instructions of $name"
			[ "$typed" -le "$plain" ] ||
				fail "$compiler $level: $name has $typed instructions, libbpf's call $plain"
			compared=$((compared + 1))
		done
	done
done
[ $compared -gt 0 ] || fail 'nothing was compared'
