/* SPDX-License-Identifier: BSD-2-Clause */
/* How many IPv4 packets come from each address, counted before the kernel looks at them. */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

/* Where it is full, the address that was not seen for the longest time goes. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32); /* in the network's byte order */
	__type(value, __u64);
} packets SEC(".maps");

SEC("xdp")
int count(struct xdp_md *context)
{
	const void *end = (const void *)(long)context->data_end;
	const struct ethhdr *ethernet = (const void *)(long)context->data;
	const struct iphdr *ip = (const void *)(ethernet + 1);
	__u64 one = 1, *value;
	__u32 source;

	if ((const void *)(ip + 1) > end || ethernet->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	source = ip->saddr;
	value = bpf_map_lookup_elem(&packets, &source);
	if (value)
		__sync_fetch_and_add(value, 1);
	else
		bpf_map_update_elem(&packets, &source, &one, BPF_NOEXIST);
	return XDP_PASS;
}
