/* SPDX-License-Identifier: BSD-2-Clause */
/* What an interface receives and sends: packets, and their bytes from the Ethernet header on. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct traffic {
	__u64 packets, bytes;
};

struct traffic received, sent;

/* The next program decides, if there is one. */
static int count(struct traffic *traffic, const struct __sk_buff *packet)
{
	__sync_fetch_and_add(&traffic->packets, 1);
	__sync_fetch_and_add(&traffic->bytes, packet->len);
	return TC_ACT_UNSPEC;
}

SEC("tcx/ingress")
int on_ingress(struct __sk_buff *packet)
{
	return count(&received, packet);
}

SEC("tcx/egress")
int on_egress(struct __sk_buff *packet)
{
	return count(&sent, packet);
}
