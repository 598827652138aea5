/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who sends packets to an interface: packets and bytes for each source address, counted before the
 * kernel does anything with the packet.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/types.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define MAX_SOURCES 4096

char LICENSE[] SEC("license") = "GPL";

/* An address of IPv6, or of IPv4 as ::ffff:a.b.c.d, in the network's byte order. */
struct source {
	__u32 words[4];
};

struct traffic {
	__u64 packets;
	__u64 bytes; /* from the Ethernet header on */
};

/* Where it is full, the source that was silent for the longest time goes. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MAX_SOURCES);
	__type(key, struct source);
	__type(value, struct traffic);
} sources SEC(".maps");

/* Packets of neither IPv4 nor IPv6. */
__u64 others;

/* Each access to the packet needs a look at its end, or the kernel refuses the program. */
static int read_source(const struct xdp_md *context, struct source *source)
{
	const void *end = (const void *)(long)context->data_end;
	const struct ethhdr *ethernet = (const void *)(long)context->data;
	const struct iphdr *ip = (const void *)(ethernet + 1);
	const struct ipv6hdr *ipv6 = (const void *)(ethernet + 1);

	if ((const void *)(ethernet + 1) > end)
		return -1;
	if (ethernet->h_proto == bpf_htons(ETH_P_IP) && (const void *)(ip + 1) <= end) {
		source->words[2] = bpf_htonl(0xffff);
		source->words[3] = ip->saddr;
		return 0;
	}
	if (ethernet->h_proto == bpf_htons(ETH_P_IPV6) && (const void *)(ipv6 + 1) <= end) {
		__builtin_memcpy(source->words, &ipv6->saddr, sizeof(source->words));
		return 0;
	}
	return -1;
}

SEC("xdp")
int count(struct xdp_md *context)
{
	__u64 size = context->data_end - context->data;
	struct traffic first = {.packets = 1, .bytes = size}, *traffic;
	struct source source = {};

	if (read_source(context, &source)) {
		__sync_fetch_and_add(&others, 1);
		return XDP_PASS;
	}
	traffic = bpf_map_lookup_elem(&sources, &source);
	/* Another CPU may have been faster. */
	if (!traffic && bpf_map_update_elem(&sources, &source, &first, BPF_NOEXIST))
		traffic = bpf_map_lookup_elem(&sources, &source);
	if (traffic) {
		__sync_fetch_and_add(&traffic->packets, 1);
		__sync_fetch_and_add(&traffic->bytes, size);
	}
	return XDP_PASS;
}
