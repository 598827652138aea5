# SPDX-License-Identifier: BSD-2-Clause
# The type of a map's events, found from the calls that send or drain them: with each libclang that
# is here, and with none. Lines of a source say what is wanted of its maps:
#
#	//= ring closed struct t__conn       the callback of closed is given a pointer to that
#	//= perf closed void struct conn     to anything; the reason that the header gives
. "$(dirname "$0")/../lib/test.sh"

cat >common.h <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpfbake.bpf.h>
#define RING(name) struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } name SEC(".maps")
#define PERF(name) struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(key_size, 4); __uint(value_size, 4); } name SEC(".maps")
#define USER(name) struct { __uint(type, BPF_MAP_TYPE_USER_RINGBUF); __uint(max_entries, 4096); } name SEC(".maps")
#define SCRATCH(name, T) struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, T); } name SEC(".maps")
#define HEAP(name) struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __uint(key_size, 4); __uint(value_size, 4096); } name SEC(".maps")
#define PROGRAM(name) SEC("raw_tp/sys_enter") int name(void *ctx)
#define HERE BPF_F_CURRENT_CPU
struct conn { __u32 peer; __u16 port; __u64 bytes; };
struct other { __u64 when; char name[16]; };
struct head { __u32 kind; };
struct long_conn { struct head head; __u64 bytes[4]; };
struct tail { __u32 count; __u32 pad; __u8 bytes[]; };
typedef struct { char c[5]; } packet_t;
typedef struct message { __u64 x; } *message_t;
enum mode { FIRST, SECOND };
char LICENSE[] SEC("license") = "GPL";
END

LIBRARIES=
for version in 14 16 19; do
	library=/usr/lib/llvm-$version/lib/libclang-$version.so.1
	[ ! -e $library ] || LIBRARIES="$LIBRARIES $library"
done
[ -n "$LIBRARIES" ] || skip 'no libclang'

# prototype KIND MAP TYPE: C that is right only if the map's events are of the type.
prototype() {
	case $1,$3 in
	ring,*)
		echo "int on_$2(void *c, const $3 *e, size_t n); void *use_$2(struct t *s);"
		echo "void *use_$2(struct t *s) { return t__$2__ring_buffer(s, on_$2, 0); }"
		;;
	perf,*)
		echo "void on_$2(void *c, int cpu, const $3 *e, __u32 n); void *use_$2(struct t *s);"
		echo "void *use_$2(struct t *s) { return t__$2__perf_buffer(s, 1, on_$2, 0, 0); }"
		;;
	user,void)
		echo "extern void *(*use_$2)(struct user_ring_buffer *, __u32);"
		echo "void *(*use_$2)(struct user_ring_buffer *, __u32) = t__$2__reserve;"
		;;
	user,*)
		echo "extern $3 *(*use_$2)(struct user_ring_buffer *);"
		echo "$3 *(*use_$2)(struct user_ring_buffer *) = t__$2__reserve;"
		;;
	*) fail "a wish of no known kind: $*" ;;
	esac
}

# check: the header has what a.bpf.c wishes for.
check() {
	printf '#include "t.skel.h"\n' >m.c
	sed -n 's|^//= ||p' a.bpf.c >wishes
	[ -s wishes ] || fail 'no wish'
	# Comments are wrapped.
	sed ':a;N;$!ba;s/\n \* / /g' t.skel.h >flat
	while read -r kind map type; do
		case $type in
		void*)
			has flat "${type#void }"
			type=void
			;;
		esac
		prototype "$kind" "$map" "$type" >>m.c
	done <wishes
	cc -std=c11 -Wall -Wextra -Werror -c m.c || fail "with $BPFBAKE_LIBCLANG"
}

# gives OPTION...: what the source on standard input wishes for.
gives() {
	{
		printf '#include "common.h"\n'
		cat
	} >a.bpf.c
	for BPFBAKE_LIBCLANG in $LIBRARIES; do
		export BPFBAKE_LIBCLANG
		quiet "$BPFBAKE" -target bpfel "$@" t a.bpf.c
		check
	done
}

# The plain calls.
gives <<'END'
//= ring reserved struct t__conn
RING(reserved);
//= ring put struct t__conn
RING(put);
//= ring condition struct t__conn
RING(condition);
//= ring through struct t__conn
RING(through);
//= perf traced struct t__conn
PERF(traced);
//= perf literal struct t__conn
PERF(literal);
//= ring element struct t__conn
RING(element);
//= ring global struct t__other
RING(global);
static volatile struct other shared;
static int take(struct conn **to)
{
	*to = bpf_ringbuf_reserve(&through, sizeof(**to), 0);
	return !*to;
}
PROGRAM(p)
{
	struct conn *c = bpf_ringbuf_reserve(&reserved, sizeof(*c), 0), *d, one = {}, many[2] = {};

	if (c)
		bpf_ringbuf_submit(c, 0);
	bpf_ringbuf_output(&put, &one, sizeof one, 0);
	if (!(d = bpf_ringbuf_reserve(&condition, sizeof(struct conn), 0)))
		return 0;
	bpf_ringbuf_submit(d, 0);
	if (!take(&d))
		bpf_ringbuf_submit(d, 0);
	bpf_perf_event_output(ctx, &traced, HERE, &one, sizeof(one));
	bpf_perf_event_output(ctx, &literal, HERE, &(struct conn){.port = 1}, sizeof(struct conn));
	bpf_ringbuf_output(&element, &many[1], sizeof(many[1]), 0);
	bpf_ringbuf_output(&global, (void *)&shared, sizeof(shared), 0);
	return 0;
}
END

# Functions that know only a part of it.
gives <<'END'
//= ring by_map struct t__conn
RING(by_map);
//= perf by_record struct t__conn
PERF(by_record);
//= ring by_size struct t__other
RING(by_size);
//= perf all_three struct t__other
PERF(all_three);
//= ring typed struct t__conn
RING(typed);
//= ring called_back struct t__other
RING(called_back);
//= ring global_function struct t__other
RING(global_function);
//= ring filled struct t__conn
RING(filled);
HEAP(heap);
static int by_map_of(void *map)
{
	struct conn *c = bpf_ringbuf_reserve(map, sizeof(*c), 0);

	if (c)
		bpf_ringbuf_submit(c, 0);
	return 0;
}
static long send(void *ctx, struct conn *c)
{
	return bpf_perf_event_output(ctx, &by_record, HERE, c, sizeof(*c));
}
static __always_inline void *reserve(__u64 size)
{
	static const int zero = 0;

	if (bpf_get_smp_processor_id())
		return bpf_ringbuf_reserve(&by_size, size, 0);
	return bpf_map_lookup_elem(&heap, &zero);
}
static __always_inline void *reserve_again(__u64 size) { return reserve(size); }
static __always_inline long inner(void *ctx, void *map, void *data, __u32 size)
{
	return bpf_perf_event_output(ctx, map, HERE, data, size);
}
static __always_inline long outer(void *ctx, void *map, void *data, __u32 size)
{
	return inner(ctx, map, data, size);
}
static __always_inline struct conn *typed_of(void)
{
	return bpf_ringbuf_reserve(&typed, sizeof(struct conn), 0);
}
static long each(__u32 i, void *ctx)
{
	struct other *o = bpf_ringbuf_reserve(&called_back, sizeof(*o), 0);

	if (o)
		bpf_ringbuf_submit(o, 0);
	return 0;
}
__attribute__((noinline)) int global_send(struct other *o)
{
	return o ? bpf_ringbuf_output(&global_function, o, sizeof(*o), 0) : 0;
}
static __always_inline void fill(struct conn *c) { c->port = 1; }
PROGRAM(p)
{
	struct conn c = {}, *d;
	struct other other = {};
	struct other *o = reserve_again(sizeof(*o));
	void *raw = bpf_ringbuf_reserve(&filled, sizeof(c), 0);

	if (o)
		o->when = 1;
	by_map_of(&by_map);
	send(ctx, &c);
	outer(ctx, &all_three, &other, sizeof(other));
	d = typed_of();
	if (d)
		bpf_ringbuf_submit(d, 0);
	if (raw) {
		fill(raw);
		bpf_ringbuf_submit(raw, 0);
	}
	bpf_loop(2, each, 0, 0);
	return global_send(&other);
}
END

# Macros, and expressions that are more than a name.
gives <<'END'
//= ring by_macro struct t__conn
RING(by_macro);
//= ring by_statement struct t__conn
RING(by_statement);
//= ring one struct t__conn
RING(one);
//= ring two struct t__conn
RING(two);
//= ring first_way struct t__other
RING(first_way);
//= ring second_way struct t__other
RING(second_way);
//= ring assigned struct t__conn
RING(assigned);
//= ring by_cast struct t__conn
RING(by_cast);
#define SEND(map, record) bpf_ringbuf_output(&map, record, sizeof(*(record)), 0)
#define RESERVE(map, T) ({ T *reserved_ = bpf_ringbuf_reserve(&map, sizeof(T), 0); reserved_; })
static __always_inline void *choose(int first)
{
	return first ? bpf_ringbuf_reserve(&first_way, 24, 0)
		     : bpf_ringbuf_reserve(&second_way, 24, 0);
}
PROGRAM(p)
{
	struct conn c = {}, *d = RESERVE(by_statement, struct conn);
	struct other *o;
	void *map = &assigned, *raw = &c;

	SEND(by_macro, &c);
	if (d)
		bpf_ringbuf_submit(d, 0);
	bpf_ringbuf_output(bpf_get_smp_processor_id() ? (void *)&one : &two, &c, sizeof(c), 0);
	o = choose(bpf_get_smp_processor_id() & 1);
	if (o)
		bpf_ringbuf_submit(o, 0);
	bpf_ringbuf_output(map, raw, sizeof(c), 0);
	bpf_ringbuf_output(&by_cast, (__u8 *)raw, sizeof(struct conn), 0);
	return 0;
}
END

# Records that lie in other maps, buffers that lie in maps, helpers by other names.
gives <<'END'
//= perf from_scratch struct t__conn
PERF(from_scratch);
//= perf from_function struct t__conn
PERF(from_function);
//= perf from_heap struct t__other
PERF(from_heap);
//= perf by_number struct t__conn
PERF(by_number);
//= ring first_of_many struct t__conn
//= ring second_of_many struct t__conn
struct many { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); }
	first_of_many SEC(".maps"), second_of_many SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 4); __type(key, int);
	__array(values, struct many); } buffers SEC(".maps") = {
	.values = {[0] = &first_of_many, [2] = &second_of_many}};
SCRATCH(scratch, struct conn);
HEAP(heap);
static void *(*find)(void *map, const void *key) = (void *)BPF_FUNC_map_lookup_elem;
static long (*send)(void *ctx, void *map, __u64 flags, void *data, __u64 size) = (void *)25;
static __always_inline void *get(void)
{
	int zero = 0;

	return bpf_map_lookup_elem(&scratch, &zero);
}
static __always_inline void *pick(int key) { return bpf_map_lookup_elem(&buffers, &key); }
PROGRAM(p)
{
	int zero = 0;
	void *raw = bpf_map_lookup_elem(&heap, &zero), *found = find(&scratch, &zero);
	struct conn *c = bpf_map_lookup_elem(&scratch, &zero), *d;
	void *map = pick(1);

	if (!c || !raw || !found || !map)
		return 0;
	bpf_perf_event_output(ctx, &from_scratch, HERE, c, sizeof(*c));
	bpf_perf_event_output(ctx, &from_function, HERE, get(), sizeof(*c));
	bpf_perf_event_output(ctx, &from_heap, HERE, raw, sizeof(struct other));
	send(ctx, &by_number, HERE, found, sizeof(*c));
	d = bpf_ringbuf_reserve(map, sizeof(*d), 0);
	if (d)
		bpf_ringbuf_submit(d, 0);
	return 0;
}
END
lacks t.skel.h inner__ring_buffer

# Functions that call themselves, and many ways to the same call.
gives <<'END'
//= ring passed struct t__conn
RING(passed);
//= ring returned struct t__conn
RING(returned);
//= user again __u64
USER(again);
//= ring crossroads struct t__conn
RING(crossroads);
static __noinline int way0(void *map, void *data, __u32 size) { return bpf_ringbuf_output(map, data, size, 0); }
#define GO(n, way) if (size > n) way(map, data, size)
#define WAY(name, way) static __noinline int name(void *map, void *data, __u32 size) \
{ GO(0, way); GO(1, way); GO(2, way); GO(3, way); GO(4, way); GO(5, way); GO(6, way); return way(map, data, size); }
WAY(way1, way0)
WAY(way2, way1)
WAY(way3, way2)
WAY(way4, way3)
WAY(way5, way4)
WAY(way6, way5)
WAY(way7, way6)
WAY(way8, way7)
static void *same(void *what, int n) { return n ? same(same(what, n - 1), n - 1) : what; }
static void *reserve(int n) { return n ? reserve(n - 1) : bpf_ringbuf_reserve(&returned, 16, 0); }
static long on_record(struct bpf_dynptr *record, void *ctx)
{
	__u64 number = 0;

	bpf_dynptr_read(&number, sizeof(number), record, 0, 0);
	if (number > 1)
		return on_record(record, ctx) + on_record(record, ctx) + on_record(record, ctx) + on_record(record, ctx);
	return number;
}
PROGRAM(p)
{
	struct conn c = {}, *d = reserve(3);

	if (d)
		bpf_ringbuf_submit(d, 0);
	bpf_user_ringbuf_drain(&again, on_record, 0, 0);
	way8(&crossroads, &c, sizeof(c));
	return bpf_ringbuf_output(same(&passed, 2), same(&c, 3), 16, 0);
}
END

# Dynptrs, both ways.
gives <<'END'
//= ring written struct t__conn
RING(written);
//= ring data struct t__conn
RING(data);
//= ring with_tail struct t__head
RING(with_tail);
//= user read struct t__conn
USER(read);
//= user looked_at struct t__conn
USER(looked_at);
//= user in_parts struct t__conn
USER(in_parts);
//= user scalar __u64
USER(scalar);
//= user with_more void It may be struct conn of varying size (a.bpf.c:
USER(with_more);
//= user kind_first void It may be __u32 of varying size (a.bpf.c:
USER(kind_first);
static long on_read(struct bpf_dynptr *record, void *ctx)
{
	struct conn c;

	bpf_dynptr_read(&c, sizeof(c), record, 0, 0);
	return c.port;
}
static long on_look(struct bpf_dynptr *record, void *ctx)
{
	const struct conn *c = bpf_dynptr_data(record, 0, sizeof(*c));

	return c ? c->port : 0;
}
static long on_parts(struct bpf_dynptr *record, void *ctx)
{
	__u64 bytes = 0;

	bpf_dynptr_read(&bytes, sizeof(bytes), record, __builtin_offsetof(struct conn, bytes), 0);
	return on_read(record, ctx) + bytes;
}
static long on_scalar(struct bpf_dynptr *record, void *ctx)
{
	__u64 number = 0;

	bpf_dynptr_read(&number, sizeof(number), record, 0, 0);
	return number;
}
static long on_more(struct bpf_dynptr *record, void *ctx)
{
	struct other o;

	bpf_dynptr_read(&o, sizeof(o), record, sizeof(struct conn), 0);
	return on_read(record, ctx) + o.when;
}
static long on_kind(struct bpf_dynptr *record, void *ctx)
{
	struct other o;
	__u32 kind = 0;

	bpf_dynptr_read(&kind, sizeof(kind), record, 0, 0);
	bpf_dynptr_read(&o, sizeof(o), record, kind, 0);
	return o.when;
}
PROGRAM(p)
{
	struct bpf_dynptr to;
	struct conn c = {}, *d;
	struct head *head;

	bpf_ringbuf_reserve_dynptr(&written, sizeof(c), 0, &to);
	bpf_dynptr_write(&to, 0, &c, sizeof(c), 0);
	bpf_ringbuf_submit_dynptr(&to, 0);
	return 0;
}
PROGRAM(q)
{
	struct bpf_dynptr to;
	struct conn *d;

	bpf_ringbuf_reserve_dynptr(&data, 64, 0, &to);
	d = bpf_dynptr_data(&to, 0, sizeof(*d));
	if (d)
		d->port = 1;
	bpf_ringbuf_submit_dynptr(&to, 0);
	return 0;
}
PROGRAM(r)
{
	struct bpf_dynptr to;
	struct head *head;

	bpf_ringbuf_reserve_dynptr(&with_tail, sizeof(*head) + bpf_get_smp_processor_id(), 0, &to);
	head = bpf_dynptr_data(&to, 0, sizeof(*head));
	if (head)
		head->kind = 1;
	bpf_ringbuf_submit_dynptr(&to, 0);
	return 0;
}
PROGRAM(s)
{
	bpf_user_ringbuf_drain(&read, on_read, 0, 0);
	bpf_user_ringbuf_drain(&looked_at, &on_look, 0, 0);
	bpf_user_ringbuf_drain(&in_parts, on_parts, 0, 0);
	bpf_user_ringbuf_drain(&scalar, on_scalar, 0, 0);
	bpf_user_ringbuf_drain(&with_more, on_more, 0, 0);
	bpf_user_ringbuf_drain(&kind_first, on_kind, 0, 0);
	return 0;
}
END

# Kinds of types.
gives <<'END'
//= ring without_tag struct t__packet_t
RING(without_tag);
//= perf by_pointer_name struct t__message
PERF(by_pointer_name);
//= ring local struct t__inside
RING(local);
//= ring unnamed struct t__unnamed__event
RING(unnamed);
//= ring number __u64
RING(number);
//= ring small __s32
RING(small);
//= ring choice enum t__mode
RING(choice);
//= ring either union t__either
RING(either);
//= ring tailed struct t__tail
RING(tailed);
//= ring grown struct t__tail
RING(grown);
//= ring bounded struct t__conn
RING(bounded);
//= ring beginning struct t__long_conn
RING(beginning);
//= ring by_beginning struct t__long_conn
RING(by_beginning);
union either { __u64 whole; __u32 half[2]; };
HEAP(heap);
static __always_inline void push(void *ctx, message_t m)
{
	bpf_perf_event_output(ctx, &by_pointer_name, HERE, m, sizeof(*m));
}
PROGRAM(p)
{
	struct inside {
		__u32 plain : 3, : 2, rest : 7;
		struct { int x; union { __u64 y; char *z; }; };
		enum { INSIDE_A = 5, INSIDE_B } how;
		struct conn *far;
		struct inside *next;
		struct conn near[2];
	} in = {};
	struct { int a; long b; } none = {};
	packet_t packet = {};
	struct message m = {};
	const volatile __u64 number_sent = 1;
	enum mode mode = SECOND;
	union either e = {};
	int zero = 0;

	bpf_ringbuf_output(&without_tag, &packet, sizeof(packet), 0);
	push(ctx, &m);
	bpf_ringbuf_output(&local, &in, sizeof(in), 0);
	bpf_ringbuf_output(&unnamed, &none, sizeof(none), 0);
	bpf_ringbuf_output(&number, (void *)&number_sent, sizeof(number_sent), 0);
	bpf_ringbuf_output(&small, &zero, sizeof(zero), 0);
	bpf_ringbuf_output(&choice, &mode, sizeof(mode), 0);
	bpf_ringbuf_output(&either, &e, sizeof(e), 0);
	return 0;
}
PROGRAM(q)
{
	int zero = 0;
	struct tail *t = bpf_map_lookup_elem(&heap, &zero);
	struct head *head = bpf_ringbuf_reserve(&beginning, sizeof(struct long_conn), 0);
	struct long_conn big = {};
	struct conn c[4] = {};
	__u32 size = sizeof(*t), room = sizeof(struct conn);

	if (head)
		bpf_ringbuf_submit(head, 0);
	if (!t)
		return 0;
	size += t->count & 63;
	if (t->count < 20)
		room = 20;
	bpf_ringbuf_output(&tailed, t, sizeof(*t) + (t->count & 63), 0);
	bpf_ringbuf_output(&grown, t, size, 0);
	bpf_ringbuf_output(&bounded, c, room, 0);
	bpf_ringbuf_output(&by_beginning, &big.head, sizeof(big), 0);
	return 0;
}
END
cat >m.c <<'END'
#include <string.h>
#include "t.skel.h"
#define AT(member, offset) _Static_assert(__builtin_offsetof(struct t__inside, member) == (offset), #member)
AT(x, 8);
AT(y, 16);
AT(how, 24);
AT(far, 32);
AT(near, 48);
_Static_assert(sizeof(struct t__inside) == 80 && t__INSIDE_B == 6, "struct inside");
int main(void)
{
	struct t__inside in;
	__u32 first;

	memset(&in, 0, sizeof(in));
	in.rest = 5;
	memcpy(&first, &in, sizeof(first));
	return first != 5 << 5;
}
END
cc -std=c11 -Wall -Wextra -Werror m.c -o m -lbpf && ./m || fail 'the layout of a struct inside a function'

# What no one type is right for: the header says what it may be.
gives <<'END'
//= perf variable void variable, which may be struct conn of varying size (a.bpf.c:38).
PERF(variable);
//= ring cut void struct other, at least its first 8 bytes (a.bpf.c:
RING(cut);
//= ring two_types void two_types, which may be any of: struct conn (a.bpf.c:40), struct other (a.bpf.c:41).
RING(two_types);
//= ring by_size void by_size, which may be any of: struct conn (a.bpf.c:42), struct other (a.bpf.c:43).
RING(by_size);
//= ring bytes void bytes, which may be char[64] (a.bpf.c:
RING(bytes);
//= ring reserved_bytes void reserved_bytes, which may be something of no known type (a.bpf.c:
RING(reserved_bytes);
//= ring numbers void 80 bytes that begin with __u64 (a.bpf.c:
RING(numbers);
//= ring masked void masked, which may be struct conn of varying size (a.bpf.c:
RING(masked);
//= ring same_name void another struct local (a.bpf.c:
RING(same_name);
//= ring nobody void Who gets the events of nobody.
RING(nobody);
static __always_inline long send(void *record, __u32 size) { return bpf_ringbuf_output(&by_size, record, size, 0); }
static __attribute__((unused)) void uncalled(void)
{
	struct conn c = {};

	bpf_ringbuf_output(&nobody, &c, sizeof(c), 0);
}
PROGRAM(p)
{
	struct local { __u64 x; } l = {};
	struct conn c = {};
	struct other o = {};
	char text[64] = {}, *raw;
	__u64 numbers_sent[10] = {}, *first = numbers_sent, masked_size = sizeof(c);

	masked_size &= 15;
	bpf_perf_event_output(ctx, &variable, HERE, &c, bpf_get_smp_processor_id() & 15);
	bpf_ringbuf_output(&cut, &o, __builtin_offsetof(struct other, name), 0);
	bpf_ringbuf_output(&two_types, &c, sizeof(c), 0);
	bpf_ringbuf_output(&two_types, &o, sizeof(o), 0);
	send(&c, sizeof(c));
	send(&o, sizeof(o));
	bpf_ringbuf_output(&bytes, text, sizeof(text), 0);
	raw = bpf_ringbuf_reserve(&reserved_bytes, 64, 0);
	if (raw)
		bpf_ringbuf_submit(raw, 0);
	bpf_ringbuf_output(&numbers, first, 80, 0);
	bpf_ringbuf_output(&masked, &c, masked_size, 0);
	bpf_ringbuf_output(&same_name, &l, sizeof(l), 0);
	return 0;
}
PROGRAM(q)
{
	struct local { __u32 y; } l = {};

	return bpf_ringbuf_output(&same_name, &l, sizeof(l), 0);
}
END

# A sum in a macro: only libclang 17 and later tell where it is written.
ALL=$LIBRARIES
LIBRARIES=
for library in $ALL; do
	case $library in
	*llvm-1[4-6]/*) ;;
	*) LIBRARIES="$LIBRARIES $library" ;;
	esac
done
gives <<'END'
#define SIZE(t) (sizeof(*(t)) + (t)->count)
#define LONG_SIZE(t) \
	(sizeof(*(t)) \
	 + (t)->count)
#define LESS(t) (sizeof(*(t)) - (t)->count)
//= ring sum struct t__tail
RING(sum);
//= ring long_sum struct t__tail
RING(long_sum);
//= ring difference void struct tail of varying size
RING(difference);
HEAP(heap);
PROGRAM(p)
{
	int zero = 0;
	struct tail *t = bpf_map_lookup_elem(&heap, &zero);

	if (!t)
		return 0;
	t->count &= 15;
	bpf_ringbuf_output(&sum, t, SIZE(t), 0);
	bpf_ringbuf_output(&long_sum, t, LONG_SIZE(t), 0);
	return bpf_ringbuf_output(&difference, t, LESS(t), 0);
}
END
LIBRARIES=$ALL

# What the user says counts more than the calls; without libclang it is all there is.
gives -event c=head <<'END'
//= ring a struct t__conn
RING(a);
//= ring b struct t__other
RING(b);
BPFBAKE_EVENT(b, struct other);
//= ring c struct t__head
RING(c);
BPFBAKE_EVENT(c, struct other);
BPFBAKE_EXPORT(struct head);
PROGRAM(p)
{
	struct conn one = {};

	bpf_ringbuf_output(&a, &one, sizeof(one), 0);
	bpf_ringbuf_output(&b, &one, sizeof(one), 0);
	return bpf_ringbuf_output(&c, &one, sizeof(one), 0);
}
END
sed -i 's|^//= ring a .*|//= ring a void Who gets the events of a.|' a.bpf.c
export BPFBAKE_LIBCLANG=/none
run 0 "$BPFBAKE" -target bpfel -event c=head t a.bpf.c
says 'note: no libclang'
check

# Room for any record, and who looks at it as one.
for BPFBAKE_LIBCLANG in $LIBRARIES; do
	export BPFBAKE_LIBCLANG
	cat >a.bpf.c <<'E'
#include "common.h"
//= ring closed struct t__conn
RING(closed);
SCRATCH(room, char[400]);
PROGRAM(p)
{
	int zero = 0;
	char *buffer = bpf_map_lookup_elem(&room, &zero);
	struct conn *one = (struct conn *)buffer;

	if (!buffer)
		return 0;
	one->port = 1;
	return bpf_ringbuf_output(&closed, buffer, sizeof(*one), 0);
}
E
	quiet "$BPFBAKE" t a.bpf.c
	check
done

# A struct of a function's own, beside another one of that name in BTF: neither is guessed.
export BPFBAKE_LIBCLANG="${LIBRARIES##* }"
cat >a.bpf.c <<'E'
#include "common.h"
//= ring closed void struct conn (a.bpf.c:9)
RING(closed);
struct conn kept;
PROGRAM(p)
{
	struct conn { __u64 shadow; } one = {};

	return bpf_ringbuf_output(&closed, &one, sizeof(one), 0);
}
E
run 0 "$BPFBAKE" t a.bpf.c
says "warning: libclang gives the type 'conn' the member 'shadow' where the compiler has 'peer'"
[ "$(wc -l <"$WORK/err")" -eq 1 ] || fail 'said for each target'
check
