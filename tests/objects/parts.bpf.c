/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs of which each needs other maps, and one that no kernel loads. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include <bpfbake.bpf.h>

char LICENSE[] SEC("license") = "GPL";

/* What parts_other.bpf.c has otherwise. */
#ifdef OTHER
#define PICK(ours, others) others
#else
#define PICK(ours, others) ours
#endif

enum mode {
	IDLE,
	BUSY = PICK(7, 8),
};

struct place {
	__u16 PICK(row, column), PICK(column, row);
};

struct entry {
	__u32 id;
	enum mode mode;
	struct place places[2];
	union {
		__u64 PICK(bytes, octets);
		__s32 error;
	};
	__u8 small : PICK(3, 4), large : PICK(5, 4);
};

/* Only in events. */
struct event {
	__u64 time;
	char name[PICK(16, 8)];
};

PICK(__u64, __u32) runs;
struct place last;
const volatile __u32 step = 1;

#define ARRAY(name, type_of_value, entries)               \
	struct {                                          \
		__uint(type, BPF_MAP_TYPE_ARRAY);         \
		__uint(max_entries, entries);             \
		__type(key, __u32);                       \
		__type(value, type_of_value);             \
	} name SEC(".maps")

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, struct entry);
} entries SEC(".maps");

ARRAY(numbers, PICK(__u64, __s64), PICK(4, 8));
ARRAY(deep, PICK(__u64, __u32), 1);
ARRAY(seen, __u64, 1);

/* Of all who load a program that uses it. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 3);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
	__type(key, __u32);
	__type(value, __u64);
} shared SEC(".maps");

ARRAY(PICK(unused, not_there), __u64, 1);

struct {
	__uint(type, PICK(BPF_MAP_TYPE_RINGBUF, BPF_MAP_TYPE_USER_RINGBUF));
	__uint(max_entries, 4096);
} events SEC(".maps");
BPFBAKE_EVENT(events, struct event);

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} inner_map SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, __u32);
	__array(values, struct inner);
} outer SEC(".maps") = {.values = {[1] = &inner_map}};

int second_step(struct xdp_md *context);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__uint(key_size, sizeof(__u32));
	__array(values, int(void *));
} steps SEC(".maps") = {.values = {[1] = (void *)&second_step}};

static int add(void *map, __u32 key, int answer)
{
	PICK(__u64, __u32) *number = bpf_map_lookup_elem(map, &key);

	if (number)
		++*number;
	return answer;
}

static __noinline int count_number(__u32 key)
{
	return add(&numbers, key, XDP_PASS);
}

/* Through a function of a function, one of which other files could call. */
__noinline int count_twice(__u32 key)
{
	return count_number(key) + count_number(key + 1) > 0 ? XDP_PASS : XDP_DROP;
}

SEC("xdp")
int first(struct xdp_md *context)
{
	runs += step;
	return count_twice(1);
}

SEC("xdp")
int stepper(struct xdp_md *context)
{
	bpf_tail_call(context, &steps, 1);
	return XDP_ABORTED;
}

SEC(PICK("xdp", "tc"))
int second_step(struct xdp_md *context)
{
	return add(&deep, 0, XDP_TX);
}

SEC("xdp")
int looker(struct xdp_md *context)
{
	__u32 key = 1;
	void *inner = bpf_map_lookup_elem(&outer, &key);

	return inner ? add(inner, 0, XDP_DROP) : XDP_ABORTED;
}

static long visit(void *map, __u32 *key, struct entry *entry, void *context)
{
	return add(&seen, 0, 0);
}

SEC("xdp")
int walker(struct xdp_md *context)
{
	return bpf_for_each_map_elem(&entries, visit, NULL, 0) ? XDP_PASS : XDP_DROP;
}

SEC("raw_tp/sys_enter")
int tracer(void *context)
{
	struct event event = {.time = 1};

#ifndef OTHER
	bpf_ringbuf_output(&events, &event, sizeof(event), 0);
#endif
	last.row++;
	return 0;
}

SEC("xdp")
int sharer(struct xdp_md *context)
{
	return add(&shared, 2, XDP_PASS);
}

#ifndef OTHER
/* Reads what no pointer points to. */
SEC("xdp")
int refused(struct xdp_md *context)
{
	return *(int *)(unsigned long)bpf_get_prandom_u32();
}
#endif
