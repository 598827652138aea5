/* SPDX-License-Identifier: BSD-2-Clause */
/* What the processes of a cgroup send: packets, and their bytes from the IP header on. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct traffic {
	__u64 packets, bytes;
};

struct traffic sent;

/* 1 lets the packet go, 0 drops it. */
SEC("cgroup_skb/egress")
int count(struct __sk_buff *packet)
{
	__sync_fetch_and_add(&sent.packets, 1);
	__sync_fetch_and_add(&sent.bytes, packet->len);
	return 1;
}
