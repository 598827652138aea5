/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that the verifier refuses, each with a mistake that people make: the first message of
 * each is quoted in docs/troubleshooting.md. None is loaded by default. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64[4]);
} slots SEC(".maps");

struct key {
	__u8 kind;
	__u32 id;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, struct key);
	__type(value, __u64);
} padded SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} records SEC(".maps");

const volatile __u64 settings[4] = {1};

SEC("?raw_tp/sys_enter")
int lookup_unchecked(void *context)
{
	struct key key = {};
	__u64 *value = bpf_map_lookup_elem(&padded, &key);

	return *value;
}

SEC("?raw_tp/sys_enter")
int reserve_unchecked(void *context)
{
	__u64 *record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);

	*record = 1;
	bpf_ringbuf_submit(record, 0);
	return 0;
}

SEC("?raw_tp/sys_enter")
int record_lost(void *context)
{
	__u64 *record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);

	if (record && bpf_get_smp_processor_id())
		bpf_ringbuf_submit(record, 0);
	return 0;
}

SEC("?xdp")
int packet_unchecked(struct xdp_md *context)
{
	return *(volatile __u8 *)(long)context->data;
}

SEC("?raw_tp/sys_enter")
int kernel_pointer(struct bpf_raw_tracepoint_args *context)
{
	return *(volatile __u64 *)context->args[0];
}

SEC("?raw_tp/sys_enter")
int index_unbounded(void *context)
{
	__u32 key = 0, i = bpf_get_prandom_u32() & 7;
	__u64 *slot = bpf_map_lookup_elem(&slots, &key);

	return slot ? slot[i] : 0;
}

SEC("?raw_tp/sys_enter")
int index_unknown(void *context)
{
	__u32 key = 0;
	__u64 i = bpf_ktime_get_ns(), *slot = bpf_map_lookup_elem(&slots, &key);

	return slot ? *(volatile __u8 *)((void *)slot + i) : 0;
}

SEC("?raw_tp/sys_enter")
int size_negative(struct bpf_raw_tracepoint_args *context)
{
	__u32 key = 0;
	__u64 *slot = bpf_map_lookup_elem(&slots, &key);

	return slot ? bpf_probe_read_kernel(slot, bpf_ktime_get_ns(), (void *)context->args[0]) : 0;
}

SEC("?raw_tp/sys_enter")
int size_unbounded(struct bpf_raw_tracepoint_args *context)
{
	__u32 key = 0;
	__u64 *slot = bpf_map_lookup_elem(&slots, &key);

	return slot ? bpf_probe_read_kernel(slot, bpf_ktime_get_ns() >> 33,
					    (void *)context->args[0])
		    : 0;
}

/* Only without CAP_PERFMON. */
SEC("?socket")
int unwritten(struct __sk_buff *context)
{
	struct key key;

	return bpf_map_lookup_elem(&padded, &key) ? 1 : 0;
}

SEC("?raw_tp/sys_enter")
int endless(void *context)
{
	while (bpf_get_prandom_u32())
		asm volatile("");
	return 0;
}

SEC("?raw_tp/sys_enter")
int steps(void *context)
{
	__u64 count = 0;

	asm volatile("again%=: %0 += 1\n\tif %0 != 1000000 goto again%=" : "+r"(count));
	return count == 0;
}

SEC("?raw_tp/sys_enter")
int branches(void *context)
{
	__u64 pid = bpf_get_current_pid_tgid();

	asm volatile(".rept 9000\n\tif %0 == 1 goto +1\n\t%0 += 1\n\t.endr" : "+r"(pid));
	return pid;
}

static __attribute__((noinline)) int inner(struct __sk_buff *context, char *text)
{
	char more[300] = {0};

	bpf_skb_load_bytes(context, 0, more, sizeof(more));
	return more[1] + text[0];
}

SEC("?socket")
int stack(struct __sk_buff *context)
{
	char text[300] = {0};

	bpf_skb_load_bytes(context, 0, text, sizeof(text));
	return inner(context, text);
}

SEC("?socket")
int helper(struct __sk_buff *context)
{
	return bpf_override_return((void *)context, 1);
}

/* Loaded under another license. */
SEC("?raw_tp/sys_enter")
int gpl_only(void *context)
{
	return bpf_probe_read_kernel(NULL, 0, context);
}

__attribute__((noinline)) int global(void *data)
{
	asm volatile("");
	return data ? 1 : 0;
}

SEC("?raw_tp/sys_enter")
int argument(void *context)
{
	char data[8] = {0};

	return global(data);
}

SEC("?xdp")
int field(struct xdp_md *context)
{
	return *(volatile __u32 *)((void *)context + sizeof(*context));
}

SEC("?cgroup_skb/egress")
int verdict(struct __sk_buff *context)
{
	return 7;
}

SEC("?raw_tp/sys_enter")
int pointer(struct bpf_raw_tracepoint_args *context)
{
	bpf_map_lookup_elem(&slots, (void *)context->args[0]);
	return 0;
}

SEC("?raw_tp/sys_enter")
int constant(void *context)
{
	*(volatile __u64 *)settings = 2;
	return 0;
}

SEC("?raw_tp/sys_enter")
int unset(void *context)
{
	asm volatile("r0 = r7");
	return 0;
}

SEC("?raw_tp/sys_enter")
int moved(struct bpf_raw_tracepoint_args *context)
{
	return context->args[bpf_get_prandom_u32() & 1];
}
