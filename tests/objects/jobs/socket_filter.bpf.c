/* SPDX-License-Identifier: BSD-2-Clause */
/* A socket that hears only datagrams which begin with a certain byte. */
#include <linux/bpf.h>
#include <linux/udp.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

char first_byte = 'a';

/* What it returns is how much of the packet the socket gets: nothing, or all. */
SEC("socket")
int filter(struct __sk_buff *packet)
{
	char byte;

	if (bpf_skb_load_bytes(packet, sizeof(struct udphdr), &byte, sizeof(byte)))
		return 0;
	return byte == first_byte ? packet->len : 0;
}
