# SPDX-License-Identifier: BSD-2-Clause
# Calls with a wrong type do not compile: as C++ and with clang 16 or later by themselves, as C with
# older compilers under -Werror=incompatible-pointer-types.
. "$(dirname "$0")/../lib/test.sh"

compiles() {
	printf '#include "kinds.skel.h"\nint f(struct kinds *s);\nint f(struct kinds *s)\n{\n%s\n}\n' "$1" >m.c
	cp m.c m.cpp
	cc -std=c11 -Werror=incompatible-pointer-types -Werror=int-conversion \
		-Werror=discarded-qualifiers -Werror=implicit-function-declaration -I"$OBJECT_DIR" -c m.c -o m.o 2>"$WORK/err"
}
right() {
	compiles "$1" || fail "does not compile as C: $1: $(cat "$WORK/err")"
	c++ -std=c++17 -I"$OBJECT_DIR" -c m.cpp -o m.o || fail "does not compile as C++: $1"
}
wrong() {
	! compiles "$1" || fail "compiles as C: $1"
	! c++ -std=c++17 -I"$OBJECT_DIR" -c m.cpp -o m.o 2>/dev/null || fail "compiles as C++: $1"
}

start='__u64 k = 1; __u32 n = 1; struct kinds__odd v; (void)k; (void)n; (void)v;'
right "$start return kinds__hash__lookup(s, &k, &v);"
wrong "$start return kinds__hash__lookup(s, &n, &v);"
wrong "$start return kinds__hash__lookup(s, &k, &k);"
wrong "$start return kinds__hash__lookup(s, k, &v);"
wrong "$start return kinds__hash__update(s, &k, &n, 0);"
wrong "$start return kinds__hash__update(s, &v, &v, 0);"
wrong "$start return kinds__hash__delete(s, &n);"
wrong "$start return kinds__hash__next_key(s, &n, &k);"
wrong "$start return kinds__hash__next_key(s, &k, &n);"
wrong "$start return kinds__hash__lookup_and_delete(s, &k, &k);"
wrong "$start struct kinds__lru__cursor c = {}; return kinds__hash__lookup_batch(s, &c, &k, &v, 1);"
right "$start struct kinds__hash__cursor c = {}; return kinds__hash__lookup_batch(s, &c, &k, &v, 1);"
wrong "$start return kinds__hash__update_batch(s, &k, &n, 1, 0);"
right "$start return kinds__mapped__lookup(s, n, &v);"
wrong "$start return kinds__mapped__lookup(s, &n, &v);"
wrong "$start return kinds__mapped__lookup(s, n, &n);"
right "$start return kinds__mapped__mmap(s) || kinds__mapped__at(s, 1)->bytes[0];"
wrong "$start __u32 *p = kinds__mapped__at(s, 1); return *p;"
wrong "$start return kinds__percpu_hash__lookup_percpu(s, &k, &v, 1);"
wrong "$start return kinds__percpu_hash__lookup_percpu(s, &n, &n, 1);"
right "$start return kinds__percpu_hash__lookup_percpu(s, &n, &v, 1);"
wrong "$start return kinds__queue__push(s, &n, 0);"
wrong "$start return kinds__queue__pop(s, &n);"
wrong "$start return kinds__bloom__test(s, &n);"
wrong "$start return kinds__programs__set(s, 1, s->maps.hash);"
right "$start return kinds__programs__set(s, 1, s->progs.first);"
wrong "$start return kinds__sockets__update(s, 1, &n, 0);"
wrong "$start return kinds__sockets__lookup(s, 1, &n);"
wrong "$start return kinds__devices__update(s, 1, &n, 0);"
right "$start return kinds__device_numbers__update(s, 1, &n, 0);"
wrong "$start return kinds__stacks__lookup(s, n, &n, 1);"
wrong "$start return kinds__task_storage__lookup(s, 3, &v);"
wrong "$start return kinds__outer_hash__set(s, &n, 3);"
wrong "$start return kinds__hash__for_each(s, (int (*)(void *, const __u32 *, const struct kinds__odd *))0, 0);"
right "$start return kinds__hash__for_each(s, (int (*)(void *, const __u64 *, const struct kinds__odd *))0, 0);"
wrong "$start return kinds__queue__delete(s, &n);"
wrong "$start return kinds__mapped__delete(s, 1);"
wrong "$start return kinds__missing__lookup(s, &n, &v);"
