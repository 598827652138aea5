/* SPDX-License-Identifier: BSD-2-Clause */
/* A program for each protocol, which can be put in and taken out while packets come in. */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

/* By the protocol of IPv4. */
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 256);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} handlers SEC(".maps");

__u64 dropped;

SEC("xdp")
int drop(struct xdp_md *context)
{
	__sync_fetch_and_add(&dropped, 1);
	return XDP_DROP;
}

SEC("xdp")
int dispatch(struct xdp_md *context)
{
	const void *end = (const void *)(long)context->data_end;
	const struct ethhdr *ethernet = (const void *)(long)context->data;
	const struct iphdr *ip = (const void *)(ethernet + 1);

	/* Comes back only where there is no handler. */
	if ((const void *)(ip + 1) <= end)
		bpf_tail_call(context, &handlers, ip->protocol);
	return XDP_PASS;
}
