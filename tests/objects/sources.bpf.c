/* SPDX-License-Identifier: BSD-2-Clause */
/* Records whose types the calls alone tell. BTF has none of the structs that only functions know. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define VERSION 3
#define PORT    bpf_htons(443) /* as it is on the wire */
#define PRODUCT "sources" "/" "3"

char LICENSE[] SEC("license") = "GPL";

#define RING(name)                                                                                 \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_RINGBUF);                                                \
		__uint(max_entries, 1 << 14);                                                      \
	} name SEC(".maps")

/* Where a program was, and how it went. */
RING(local);
RING(passed);
RING(other_passed);
RING(compat);
RING(dynamic);
RING(two);

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} perf SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 4096);
} commands SEC(".maps");

struct request {
	__u64 id; /* counts from 1 */
	char text[12];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct request);
} scratch SEC(".maps");

__u64 received;

static __always_inline long send(void *map, void *data, __u64 size)
{
	return bpf_ringbuf_output(map, data, size, 0);
}

static __always_inline void *reserve(__u64 size)
{
	return bpf_ringbuf_reserve(&compat, size, 0);
}

SEC("syscall")
int emit(void *context)
{
	struct {
		__u32 number;
	} unnamed = {.number = 21};
	/* one step of a program */
	struct step {
		__u8 kind : 3, depth : 5;
		enum { STEP_IN = -1, STEP_OUT = 7 } direction; /* where it goes */
		union {
			__u64 address;
			struct {
				__u32 low, high;
			};
		};
		struct request *request;
		long elapsed;
		__u16 tail[3];
	} __attribute__((packed)) step = {
		.kind = 5,
		.depth = 17,
		.direction = STEP_IN,
		.address = 0x1122334455667788,
		.request = (void *)4096,
		.elapsed = -2,
		.tail = {1, 2, 3},
	};
	struct request request = {.id = 9, .text = "request"}, *reserved;
	struct bpf_dynptr dynptr;

	bpf_ringbuf_output(&local, &step, sizeof(step), 0);
	send(&passed, &request, sizeof(request));
	send(&other_passed, &unnamed, sizeof(unnamed));
	reserved = reserve(sizeof(*reserved));
	if (reserved) {
		*reserved = request;
		reserved->id = 10;
		bpf_ringbuf_submit(reserved, 0);
	}
	bpf_ringbuf_reserve_dynptr(&dynamic, sizeof(struct request) + 4, 0, &dynptr);
	bpf_dynptr_write(&dynptr, 0, &request, sizeof(request), 0);
	bpf_ringbuf_submit_dynptr(&dynptr, 0);
	bpf_ringbuf_output(&two, &request, sizeof(request), 0);
	bpf_ringbuf_output(&two, &unnamed, sizeof(unnamed), 0);
	return 0;
}

SEC("raw_tp/sys_enter")
int emit_perf(void *context)
{
	__u32 zero = 0;
	void *event = bpf_map_lookup_elem(&scratch, &zero);

	if (!event)
		return 0;
	((struct request *)event)->id = 12;
	bpf_perf_event_output(context, &perf, BPF_F_CURRENT_CPU, event, sizeof(struct request));
	return 0;
}

static long take(struct bpf_dynptr *record, void *context)
{
	const struct command {
		__u32 factor;
		__u64 number;
	} *command = bpf_dynptr_data(record, 0, sizeof(*command));

	if (command)
		received += command->factor * command->number;
	return 0;
}

SEC("syscall")
int drain(void *context)
{
	return bpf_user_ringbuf_drain(&commands, take, 0, 0) < 0;
}
