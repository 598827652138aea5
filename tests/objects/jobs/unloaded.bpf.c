/* SPDX-License-Identifier: BSD-2-Clause */
/* Some maps, programs and variables to be looked at. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct flow {
	__u32 source, destination;
	__u16 ports[2];
};

struct traffic {
	__u64 packets, bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct flow);
	__type(value, struct traffic);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} events SEC(".maps");

__u16 ports[8];

SEC("xdp")
int on_packet(struct xdp_md *context)
{
	struct flow flow = {.ports = {ports[0], ports[1]}};
	struct traffic *traffic = bpf_map_lookup_elem(&flows, &flow);

	if (traffic)
		bpf_ringbuf_output(&events, &flow, sizeof(flow), 0);
	return XDP_PASS;
}

SEC("raw_tp/sys_enter")
int on_call(void *context)
{
	return 0;
}
