/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's types in keys, values, events, variables and contexts: user space has all of them. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

struct flow {
	struct in6_addr from, to;
	__be16 ports[2];
	enum tcp_ca_state state;
};

struct event {
	struct timespec64 when;
	struct flow flow;
	union {
		struct iphdr ip4;
		struct ipv6hdr ip6;
	};
	kuid_t uid;
	struct list_head *links;
	struct cgroup *group;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, struct flow);
	__type(value, struct bpf_perf_event_value);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct ethhdr);
} headers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

struct rlimit limits[2];
const volatile struct timezone zone;
enum pid_type kind = PIDTYPE_SID;

struct arguments {
	struct utimbuf times;
	struct iovec vector;
};

SEC("raw_tp/sys_enter")
int send(struct bpf_raw_tracepoint_args *context)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return 0;
	event->when.tv_sec = limits[0].rlim_cur + zone.tz_dsttime;
	event->flow.state = TCP_CA_CWR;
	event->uid.val = bpf_get_current_uid_gid() + kind;
	bpf_map_delete_elem(&flows, &event->flow);
	bpf_ringbuf_submit(event, 0);
	return 0;
}

SEC("syscall")
int set(struct arguments *arguments)
{
	arguments->vector.iov_len = arguments->times.actime;
	return 0;
}
