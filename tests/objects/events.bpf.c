/* SPDX-License-Identifier: BSD-2-Clause */
/* Records on their way to user space and back, by every kind of map that has them. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include <bpfbake.bpf.h>

char LICENSE[] SEC("license") = "GPL";

struct numbered {
	__u64 number;
	char text[7];
};

struct wide {
	__u32 number;
	__u32 values[20];
} __attribute__((aligned(64)));

struct other {
	__u32 number;
};

#define RING(name, size)                                                                           \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_RINGBUF);                                                \
		__uint(max_entries, size);                                                         \
	} name SEC(".maps")

RING(ring, 1 << 18);
RING(wide_ring, 1 << 16);
RING(untyped, 4096);
RING(mixed, 4096);

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} perf SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 4096);
} commands SEC(".maps");

BPFBAKE_EVENT(ring, struct numbered);
BPFBAKE_EVENT(wide_ring, struct wide);
BPFBAKE_EVENT(perf, struct numbered);
BPFBAKE_EVENT(commands, struct other);
BPFBAKE_EVENT(mixed, struct numbered);
BPFBAKE_EVENT(mixed, struct other);
BPFBAKE_EXPORT(struct other);

__u64 submitted, dropped, drained;
__u64 flags; /* BPF_RB_ */

#define PER_RUN 200

/* As many records as find room. */
SEC("syscall")
int emit(void *context)
{
	for (int i = 0; i < PER_RUN; i++) {
		struct numbered *event = bpf_ringbuf_reserve(&ring, sizeof(*event), 0);

		if (!event) {
			dropped++;
			return 0;
		}
		event->number = submitted++;
		event->text[0] = 'r';
		bpf_ringbuf_submit(event, flags);
	}
	return 0;
}

SEC("syscall")
int emit_one_each(void *context)
{
	struct wide wide = {.number = 7, .values = {[19] = 8}};
	struct numbered numbered = {.number = 9};
	struct other other = {.number = 10};
	char bytes[sizeof(other)];

	bpf_ringbuf_output(&wide_ring, &wide, sizeof(wide), 0);
	__builtin_memcpy(bytes, &other, sizeof(bytes));
	bpf_ringbuf_output(&untyped, bytes, sizeof(bytes), 0);
	bpf_ringbuf_output(&mixed, &numbered, sizeof(numbered), 0);
	bpf_ringbuf_output(&mixed, &other, sizeof(other), 0);
	/* Too short, and longer than the type. */
	bpf_ringbuf_output(&ring, &other, sizeof(other), 0);
	bpf_ringbuf_output(&ring, &wide, sizeof(wide), 0);
	return 0;
}

SEC("raw_tp/sys_enter")
int emit_perf(void *context)
{
	struct numbered numbered = {.number = 11, .text = "perf"};
	struct other other = {.number = 12};

	bpf_perf_event_output(context, &perf, BPF_F_CURRENT_CPU, &numbered, sizeof(numbered));
	/* A perf record's size says 4 mod 8: this one has 4 bytes, which is too short. */
	bpf_perf_event_output(context, &perf, BPF_F_CURRENT_CPU, &other, sizeof(other));
	return 0;
}

static long take(struct bpf_dynptr *record, void *context)
{
	struct other other;

	if (!bpf_dynptr_read(&other, sizeof(other), record, 0, 0))
		drained += other.number;
	return 0;
}

SEC("syscall")
int drain(void *context)
{
	return bpf_user_ringbuf_drain(&commands, take, 0, 0) < 0;
}
