/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbered records as fast as they are asked for, and one of everything that must be given back. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include <bpfbake.bpf.h>

char LICENSE[] SEC("license") = "GPL";

struct numbered {
	__u64 number;
	__u64 inverse; /* ~number */
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 16);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} perf SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} cells SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct numbered);
} numbers SEC(".maps");

BPFBAKE_EVENT(perf, struct numbered);

#define MOST_PER_RUN 200

__u32 per_run;
/* Of all numbers, those for which there was no room. */
__u64 produced, refused;
__u64 calls;

SEC("syscall")
int produce(void *context)
{
	for (__u32 i = 0; i < MOST_PER_RUN && i < per_run; i++) {
		__u64 number = produced++;
		struct numbered *event = bpf_ringbuf_reserve(&ring, sizeof(*event), 0);

		if (!event) {
			refused++;
			continue;
		}
		event->number = number;
		event->inverse = ~number;
		bpf_ringbuf_submit(event, 0);
	}
	return 0;
}

SEC("raw_tp")
int produce_perf(void *context)
{
	for (__u32 i = 0; i < MOST_PER_RUN && i < per_run; i++) {
		__u64 number = produced++;
		struct numbered event = {.number = number, .inverse = ~number};

		if (bpf_perf_event_output(context, &perf, BPF_F_CURRENT_CPU, &event, sizeof(event)))
			refused++;
	}
	return 0;
}

SEC("raw_tp/sys_enter")
int count_calls(void *context)
{
	__sync_fetch_and_add(&calls, 1);
	return 0;
}

SEC("xdp")
int on_packet(struct xdp_md *context)
{
	return XDP_PASS;
}

SEC("tc")
int on_filter(struct __sk_buff *context)
{
	return -1;
}

/* Refused by the verifier. */
SEC("?raw_tp")
int unchecked(void *context)
{
	__u32 key = 0;
	struct numbered *found = bpf_map_lookup_elem(&numbers, &key);

	return found->number;
}

/* Attached after the others, to nothing that there is. */
SEC("?raw_tp/bake_tracepoint")
int nowhere(void *context)
{
	return 0;
}
