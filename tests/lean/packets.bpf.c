/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps from one header of a packet to the next, by the sizes of structs of which only some
 * members are named: where a step is computed is up to the compiler, and must not depend on the
 * other members. */
#include "vmlinux.h"
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define ETH_P_IP   0x0800
#define ETH_P_IPV6 0x86dd

char LICENSE[] SEC("license") = "GPL";

__u64 ports[65536];

static int count(void *transport, void *end)
{
	struct tcphdr *tcp = transport;

	if ((void *)(tcp + 1) > end)
		return 0;
	__sync_fetch_and_add(&ports[bpf_ntohs(tcp->dest)], 1);
	return tcp->syn;
}

SEC("tc")
int see(struct __sk_buff *packet)
{
	void *start = (void *)(__u64)packet->data, *end = (void *)(__u64)packet->data_end;
	struct ethhdr *ethernet = start;
	struct ipv6hdr *ip6;
	struct iphdr *ip;

	if ((void *)(ethernet + 1) > end)
		return 0;
	if (packet->protocol == bpf_htons(ETH_P_IPV6)) {
		ip6 = (struct ipv6hdr *)(ethernet + 1);
		if ((void *)(ip6 + 1) > end || ip6->nexthdr != IPPROTO_TCP)
			return 0;
		return count(ip6 + 1, end);
	}
	if (packet->protocol != bpf_htons(ETH_P_IP))
		return 0;
	ip = (struct iphdr *)(ethernet + 1);
	if ((void *)(ip + 1) > end)
		return 0;
	bpf_printk("%d bytes, %d hops", bpf_ntohs(ip->tot_len), ip->ttl);
	return ip->protocol == IPPROTO_TCP ? count(ip + 1, end) : 0;
}
